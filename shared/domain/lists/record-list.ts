import type { ListField, ListFieldType } from './list-query.ts';

/** What a list of records other than cards can be asked for, and how it looks before anybody sets it up. */
export interface RecordList {
  readonly fields: ReadonlyMap<string, ListField>;
  /** Fields shown as columns until somebody chooses others. */
  readonly usual: readonly string[];
  readonly sort: { readonly key: string; readonly descending: boolean };
}

/** One field of a list of records; its label is `list.field.<key>` unless another is given. */
export interface RecordField extends Omit<ListField, 'key' | 'labelKey' | 'section' | 'type'> {
  readonly type: ListFieldType;
  readonly labelKey?: string;
  readonly section?: string;
}

export const TEXT: RecordField = { type: 'text' };
export const DATE: RecordField = { type: 'date' };
export const NUMBER: RecordField = { type: 'number' };
export const FLAG: RecordField = { type: 'flag' };
/** An amount; the list brings its currency along as `<key>.currency`. */
export const MONEY: RecordField = { type: 'number', money: true };
/** Options of the list's own: named by `<key>.<value>`. */
export const choice = (key: string, values: readonly string[]): RecordField => ({
  type: 'option',
  words: { key, values },
});

/** What the customer of a record is called: every reader of a list of the desk sees it. */
export const CUSTOMER_FIELDS = {
  customerNumber: { type: 'text', section: 'control' },
  customer: { type: 'text', section: 'control' },
  customerKind: { type: 'option', options: 'cardKind', labelKey: 'field.control.kind', section: 'control' },
  tier: { type: 'option', options: 'tier', labelKey: 'field.control.tier', section: 'control' },
  region: { type: 'option', options: 'region', section: 'control' },
} as const satisfies Record<string, RecordField>;

/** A list out of its fields; `fields` in the order in which menus offer them. */
export function recordList<Fields extends Record<string, RecordField>>(
  fields: Fields,
  usual: readonly (keyof Fields & string)[],
  sort: { readonly key: keyof Fields & string; readonly descending?: boolean },
): RecordList & { readonly keys: readonly (keyof Fields & string)[] } {
  const listed = Object.entries<RecordField>(fields).map(
    ([key, field]): ListField => ({ labelKey: `list.field.${key}`, section: 'record', ...field, key }),
  );
  return {
    fields: new Map(listed.map((field) => [field.key, field])),
    keys: Object.keys(fields),
    usual,
    sort: { key: sort.key, descending: sort.descending ?? false },
  };
}
