import { groupDigits } from '../../util/group-digits.ts';
import { type FieldDefinition, INDEFINITE } from './field.ts';
import { optionWords } from './option-sets.ts';

/** Words for stored values, as the paper form would show them; whoever shows them says how days and amounts are written. */
export interface ValueWords {
  readonly t: (key: string, params?: Readonly<Record<string, string | number>>) => string;
  readonly formats: {
    day(value: string): string;
    money(amount: string, currency: string): string;
  };
  /** Name of a member of staff by id. */
  readonly staffName: (id: number) => string | undefined;
}

/** The value of a field as one line of text; empty text for an empty value. Lists give their number of entries. */
export function valueText(field: FieldDefinition, value: unknown, words: ValueWords): string {
  if (typeof value === 'boolean') return words.t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return numberText(field, value, words);
  if (Array.isArray(value)) return value.length === 0 ? '' : arrayText(field, value, words);
  if (typeof value === 'string') return value.trim() === '' ? '' : writtenText(field, value, words);
  return typeof value === 'object' && value !== null ? moneyText(value, words) : '';
}

function writtenText(field: FieldDefinition, value: string, words: ValueWords): string {
  if (field.type === 'enum') return optionText(field, value, words);
  if (value === INDEFINITE && field.allowIndefinite === true) return words.t('value.indefinite');
  return field.type === 'date' || field.type === 'partialDate' ? words.formats.day(value) : value;
}

function moneyText(value: { readonly amount?: unknown; readonly currency?: unknown }, words: ValueWords): string {
  return typeof value.amount === 'string' ? words.formats.money(value.amount, String(value.currency ?? '')) : '';
}

function arrayText(field: FieldDefinition, value: readonly unknown[], words: ValueWords): string {
  if (field.type === 'multiEnum')
    return value.map((entry) => optionText(field, String(entry), words)).join(words.t('form.listSeparator'));
  return words.t('form.entries', { count: value.length });
}

function numberText(field: FieldDefinition, value: number, words: ValueWords): string {
  if (field.type === 'staff') return words.staffName(value) ?? String(value);
  if (field.type === 'percent') return `${value} %`;
  // A year is a name, not an amount.
  const isYear = field.type === 'integer' && field.min === 1900;
  const figure = isYear ? String(value) : groupDigits(String(value));
  return field.unit === undefined ? figure : `${figure} ${words.t(`unit.${field.unit}`)}`;
}

/** Label of an option; a value outside the set was typed freely and stands as it is. */
export function optionText(field: FieldDefinition, value: string, words: Pick<ValueWords, 't'>): string {
  return optionWords(field, value, words.t);
}
