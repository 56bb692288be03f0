import type { InputOf } from '../../../shared/contract/contract.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { toast } from '../dialog/toasts.tsx';
import { printForm } from './document-dialog.tsx';

/** Typesets a printed form and shows it, ready to be saved. While a backup is looked into nothing is printed, and that is said. */
export function usePrint(): (input: InputOf<'print.form'>) => void {
  const { t } = useText();
  const acts = useActingRole() !== undefined;
  return (input) => {
    if (acts) printForm(input, t(`kit.print.${input.form}`));
    else toast(`${t('error.BACKUP_LOOKED_INTO')} ${t('hint.backupLookedInto')}`);
  };
}
