import { fromMinor } from '../../../shared/domain/money.ts';
import { useFormats } from '../../i18n/format.ts';

/** Minor units of a currency in words: `TWD 1,234.50`; a dash where no currency is known. */
export function useMoney(): (minor: number, currency: string) => string {
  const formats = useFormats();
  return (minor, currency) => (currency === '' ? '—' : formats.money(fromMinor(minor, currency), currency));
}
