import type { OwnOption } from '../forms/field.ts';
import { fieldOptions, type OptionSetName, optionWords } from '../forms/option-sets.ts';

/** What every list may be asked: a closed vocabulary of fields and comparisons. No text of a query language crosses the contract. */

export const LIST_FIELD_TYPES = ['text', 'option', 'number', 'date', 'flag'] as const;
export type ListFieldType = (typeof LIST_FIELD_TYPES)[number];

export const COMPARISONS = [
  'is',
  'isNot',
  'contains',
  'containsNot',
  'startsWith',
  'atLeast',
  'atMost',
  'between',
  'empty',
  'filled',
] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** One field that a list can be filtered, sorted, grouped by, or shown with. */
export interface ListField {
  readonly key: string;
  readonly type: ListFieldType;
  readonly labelKey: string;
  /** Words of a field of the keeper's own, in place of `labelKey`. */
  readonly label?: string;
  /** Of a part of a repeating group: the label of the group before its own. */
  readonly groupLabelKey?: string;
  /** Words of a group of the keeper's own, in place of `groupLabelKey`. */
  readonly groupLabel?: string;
  /** For `option`: the set whose labels name the values; a value outside it is shown as written. */
  readonly options?: OptionSetName;
  /** Values that the keeper added, with their words. */
  readonly ownOptions?: readonly OwnOption[];
  /** For `option` without a set of the forms: the values, each named by the text `<key>.<value>`. */
  readonly words?: { readonly key: string; readonly values: readonly string[] };
  /** Amounts in a currency, which `<key>.currency` names. */
  readonly money?: true;
  /** A record may have several values: a condition holds if one of them fits. */
  readonly several?: true;
  /** The value is several options in one text, with commas between. */
  readonly joined?: true;
  /** Can be asked for, but stands in no column: what is counted from other records. */
  readonly filterOnly?: true;
  /** Section of the form, for menus: `section.<key>`. */
  readonly section: string;
}

/** The values that an option field offers. */
export function listOptions(field: ListField): readonly string[] {
  return field.words?.values ?? fieldOptions(field).map(({ value }) => value);
}

/** A value of an option field in words; one that nobody offers stands as it is. */
export function listOptionWords(field: ListField, value: string, text: (key: string) => string): string {
  const { words } = field;
  if (words === undefined) return optionWords(field, value, text);
  const one = (part: string) => (words.values.includes(part) ? text(`${words.key}.${part}`) : part);
  return field.joined === true ? value.split(',').map(one).join(text('form.listSeparator')) : one(value);
}

export type ConditionValue = string | number | boolean;

/** `values`: one for most comparisons, two for `between`, any number for `is` and `isNot`, none for `empty` and `filled`. */
export interface Condition {
  readonly field: string;
  readonly is: Comparison;
  readonly values: readonly ConditionValue[];
}

const BY_TYPE: Readonly<Record<ListFieldType, readonly Comparison[]>> = {
  text: ['contains', 'containsNot', 'is', 'isNot', 'startsWith', 'empty', 'filled'],
  option: ['is', 'isNot', 'empty', 'filled'],
  number: ['is', 'isNot', 'atLeast', 'atMost', 'between', 'empty', 'filled'],
  date: ['is', 'atLeast', 'atMost', 'between', 'empty', 'filled'],
  flag: ['is'],
};

/** What may be asked of a field, the usual one first. */
export function comparisonsOf(type: ListFieldType): readonly Comparison[] {
  return BY_TYPE[type];
}

/** How many values a comparison takes. */
export function valuesNeeded(comparison: Comparison): { readonly least: number; readonly most: number } {
  if (comparison === 'empty' || comparison === 'filled') return { least: 0, most: 0 };
  if (comparison === 'between') return { least: 2, most: 2 };
  if (comparison === 'is' || comparison === 'isNot') return { least: 1, most: 100 };
  return { least: 1, most: 1 };
}

export type ConditionProblem = 'unknownField' | 'comparison' | 'values' | 'valueType';

/** Why a condition cannot be asked of these fields; undefined if it can. */
export function conditionProblem(
  fields: ReadonlyMap<string, ListField>,
  { field: key, is, values }: Condition,
): ConditionProblem | undefined {
  const field = fields.get(key);
  if (field === undefined) return 'unknownField';
  if (!comparisonsOf(field.type).includes(is)) return 'comparison';
  const { least, most } = valuesNeeded(is);
  if (values.length < least || values.length > most) return 'values';
  const wanted = field.type === 'number' ? 'number' : field.type === 'flag' ? 'boolean' : 'string';
  if (
    values.some(
      (value) => typeof value !== wanted || value === '' || (typeof value === 'number' && !Number.isFinite(value)),
    )
  )
    return 'valueType';
  return undefined;
}

/** A stored value as lists compare it: texts and dates as text, numbers, amounts and flags (0, 1) as numbers. */
export type StoredAtom = string | number;

/** Behind every instant and every fuller date that begins with the same day, month or year. */
export const AFTER_ANY_TIME = '~';

const ascii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function fits(type: ListFieldType, is: Comparison, values: readonly ConditionValue[], atom: StoredAtom): boolean {
  const [first = '', second = ''] = values;
  if (type === 'flag') return (atom === 1) === first;
  if (type === 'number') {
    if (typeof atom !== 'number') return false;
    if (is === 'is') return values.includes(atom);
    if (is === 'atLeast') return atom >= Number(first);
    if (is === 'atMost') return atom <= Number(first);
    return atom >= Number(first) && atom <= Number(second);
  }
  const text = String(atom);
  if (type === 'date') {
    const from = is === 'atMost' ? '' : String(first);
    const to = is === 'atLeast' ? undefined : `${String(is === 'between' ? second : first)}${AFTER_ANY_TIME}`;
    return text >= from && (to === undefined || text < to);
  }
  if (is === 'is') return values.includes(text);
  if (is === 'startsWith') return ascii(text).startsWith(ascii(String(first)));
  return ascii(text).includes(ascii(String(first)));
}

/**
 * Whether a record with these stored values of the field fits; the rule that the store's filter must equal (property test).
 * `isNot` and `containsNot` hold when no value fits, an empty field among them.
 */
export function conditionHolds(
  type: ListFieldType,
  { is, values }: Omit<Condition, 'field'>,
  atoms: readonly StoredAtom[],
): boolean {
  const present = atoms.filter((atom) => atom !== '');
  if (is === 'empty') return present.length === 0;
  if (is === 'filled') return present.length > 0;
  if (is === 'isNot') return !present.some((atom) => fits(type, 'is', values, atom));
  if (is === 'containsNot') return !present.some((atom) => fits(type, 'contains', values, atom));
  // A flag that was never answered is no.
  if (type === 'flag' && present.length === 0) return values[0] === false;
  return present.some((atom) => fits(type, is, values, atom));
}
