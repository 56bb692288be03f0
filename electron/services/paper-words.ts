import { fromMinor, QUANTITY_STEPS } from '../../shared/domain/money.ts';
import type { CardField } from '../print/print-data.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';
import { sheetText } from './visit-sheets.ts';

/** Words, options and amounts of the papers of dealings and credit, in the language of the paper. */
export interface PaperWords {
  t(key: string, values?: Readonly<Record<string, string | number>>): string;
  title(form: string): string;
  option(set: string, value: string): string;
  /** Grouped, without the currency; empty where no currency is known. */
  amount(minor: number, currency: string): string;
  money(minor: number, currency: string): string;
  quantity(thousandths: number, unit: string): string;
  field(key: string, value: string, wide?: boolean): CardField;
}

export function paperWords(language: PaperLanguage): PaperWords {
  const t: PaperWords['t'] = (key, values = {}) => sheetText(language, `creditPaper.${key}`, values);
  const amount: PaperWords['amount'] = (minor, currency) => {
    if (currency === '') return '';
    const written = fromMinor(minor, currency);
    const minimumFractionDigits = written.split('.')[1]?.length ?? 0;
    return new Intl.NumberFormat(language, { minimumFractionDigits }).format(Number(written));
  };
  return {
    t,
    title: (form) => sheetText(language, `kit.print.${form}`),
    option: (set, value) => (value === '' ? '' : recordText(language, `option.${set}.${value}`)),
    amount,
    money: (minor, currency) => (currency === '' ? '' : `${currency} ${amount(minor, currency)}`),
    quantity: (thousandths, unit) =>
      thousandths === 0
        ? ''
        : `${new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(thousandths / QUANTITY_STEPS)} ${unit}`.trim(),
    field: (key, value, wide = false) => ({ label: t(key), value, ...(wide ? { wide: true } : {}) }),
  };
}
