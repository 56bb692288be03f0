import type { Json } from '../../../shared/contract/common.ts';
import { type FieldDefinition, INDEFINITE } from '../../../shared/domain/forms/field.ts';
import { fieldOptions, optionWords } from '../../../shared/domain/forms/option-sets.ts';
import type { Formats } from '../../i18n/format.ts';
import { isEmptyValue } from './field-values.ts';
import { groupedAmount } from './typed-value.ts';

/** Words for stored values, as the paper form would show them. */
export interface ValueWords {
  readonly t: (key: string, params?: Readonly<Record<string, string | number>>) => string;
  readonly formats: Pick<Formats, 'day' | 'money'>;
  /** Name of a member of staff by id. */
  readonly staffName: (id: number) => string | undefined;
}

/** The value of a field as one line of text; empty text for an empty value. Lists give their number of entries. */
export function valueText(field: FieldDefinition, value: Json | undefined, words: ValueWords): string {
  if (value === undefined || value === null || isEmptyValue(value)) return '';
  if (typeof value === 'boolean') return words.t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return numberText(field, value, words);
  if (Array.isArray(value)) return arrayText(field, value, words);
  if (typeof value === 'object')
    return typeof value['amount'] === 'string'
      ? words.formats.money(value['amount'], String(value['currency'] ?? ''))
      : '';
  if (field.type === 'enum') return optionText(field, value, words);
  if (value === INDEFINITE && field.allowIndefinite === true) return words.t('value.indefinite');
  return field.type === 'date' || field.type === 'partialDate' ? words.formats.day(value) : value;
}

function arrayText(field: FieldDefinition, value: readonly Json[], words: ValueWords): string {
  if (field.type === 'multiEnum')
    return value.map((entry) => optionText(field, String(entry), words)).join(words.t('form.listSeparator'));
  return words.t('form.entries', { count: value.length });
}

function numberText(field: FieldDefinition, value: number, words: ValueWords): string {
  if (field.type === 'staff') return words.staffName(value) ?? String(value);
  if (field.type === 'percent') return `${value} %`;
  const isYear = field.type === 'integer' && field.min === 1900;
  const figure = isYear ? String(value) : groupedAmount(String(value));
  return field.unit === undefined ? figure : `${figure} ${words.t(`unit.${field.unit}`)}`;
}

/** Label of an option; a value outside the set was typed freely and stands as it is. */
export function optionText(field: FieldDefinition, value: string, words: Pick<ValueWords, 't'>): string {
  return optionWords(field, value, words.t);
}

/** The stored value of a typed option text: its code where the text is a label or a code of the set, else the text itself. */
export function optionValue(field: FieldDefinition, text: string, words: Pick<ValueWords, 't'>): string | null {
  const typed = text.trim();
  if (typed === '') return null;
  const known = fieldOptions(field).find(
    ({ value }) => value === typed || optionWords(field, value, words.t) === typed,
  );
  return known?.value ?? typed;
}

/** Fields that take the whole width of the paper. */
export function isWide(field: FieldDefinition): boolean {
  return (
    field.type === 'longText' || field.type === 'address' || field.type === 'list' || (field.maxLength ?? 0) >= 1000
  );
}
