import {
  type Condition,
  type ConditionValue,
  type ListField,
  listOptionWords,
} from '../../../shared/domain/lists/list-query.ts';
import type { Formats } from '../../i18n/format.ts';
import type { Texts } from '../../i18n/use-text.ts';

type T = Texts['t'];

/** What a field of a list is called; a part of a repeating group with the group before it. */
export function listFieldLabel(field: ListField, t: T): string {
  const label = field.label ?? t(field.labelKey);
  return field.groupLabelKey === undefined
    ? label
    : t('list.partOf', { list: field.groupLabel ?? t(field.groupLabelKey), part: label });
}

/** The word of a comparison, as it is said of dates too. */
export function comparisonLabel(field: ListField, is: Condition['is'], t: T): string {
  return field.type === 'date' && (is === 'is' || is === 'atLeast' || is === 'atMost')
    ? t(`list.comparison.date.${is}`)
    : t(`list.comparison.${is}`);
}

/** A stored value of a field in words. */
export function listValueText(
  field: ListField,
  value: ConditionValue | null,
  t: T,
  formats: Pick<Formats, 'number' | 'day'>,
): string {
  if (value === null || value === '') return t('list.group.empty');
  if (field.type === 'flag') return t(value === true || value === 1 ? 'list.yes' : 'list.no');
  // A year is no quantity: no separator of thousands.
  if (typeof value === 'number') return field.key === 'year' ? String(value) : formats.number(value);
  const text = String(value);
  if (field.type === 'option') return listOptionWords(field, text, t);
  return field.type === 'date' && text.length >= 10 ? formats.day(text.slice(0, 10)) : text;
}

/** A condition as a sentence: 產業 是 機械或電子. */
export function conditionText(
  field: ListField,
  { is, values }: Condition,
  t: T,
  formats: Pick<Formats, 'number' | 'day'>,
): string {
  const shown = values.map((value) => listValueText(field, value, t, formats));
  return [
    listFieldLabel(field, t),
    comparisonLabel(field, is, t),
    shown.join(is === 'between' ? ' – ' : ` ${t('list.or')} `),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export interface FieldSection {
  readonly label: string;
  readonly fields: readonly { readonly key: string; readonly label: string }[];
}

/** Fields by section, for menus; `accept` chooses among them. */
export function fieldSections(
  fields: ReadonlyMap<string, ListField>,
  t: T,
  accept: (field: ListField) => boolean = () => true,
): FieldSection[] {
  const sections = new Map<string, { key: string; label: string }[]>();
  for (const field of fields.values()) {
    if (!accept(field)) continue;
    const list = sections.get(field.section) ?? [];
    list.push({ key: field.key, label: listFieldLabel(field, t) });
    sections.set(field.section, list);
  }
  return [...sections].map(([section, list]) => ({ label: t(`section.${section}`), fields: list }));
}
