import type { InputOf } from '../../../shared/contract/contract.ts';
import { useText } from '../../i18n/use-text.ts';
import { printForm } from './document-dialog.tsx';

/** Typesets a printed form and shows it, ready to be saved. */
export function usePrint(): (input: InputOf<'print.form'>) => void {
  const { t } = useText();
  return (input) => printForm(input, t(`kit.print.${input.form}`));
}
