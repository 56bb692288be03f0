import type { Card } from '../../shared/contract/customers.ts';
import {
  type CardForms,
  type CardKind,
  type CardValues,
  CODE_FIELDS,
  cardFields,
  completeness,
  customerName,
  type FieldDefinition,
  type FieldValue,
  nameField,
  STANDARD_FORMS,
  validateCard,
} from '../../shared/domain/form-fields.ts';
import { cardLateness } from '../../shared/domain/lateness.ts';
import {
  CARD_VIEWS,
  isMasked,
  isPathVisible,
  projectCard,
  projectValueOf,
  visibleValues,
} from '../../shared/domain/masks.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { CustomerRow, NewCustomerRow } from '../store/customers.ts';
import type { IndexedRecord } from '../store/search-index.ts';
import { foldForSearch } from '../store/search-text.ts';

/** Between a card's values (the form) and its row: what lists, search and look-ups need beside the values. */

export type StoredValues = Record<string, FieldValue>;

export function valuesOf(row: Pick<CustomerRow, 'field_values'>): StoredValues {
  return JSON.parse(row.field_values) as StoredValues;
}

type Confirmations = Card['confirmations'];
type Confirmation = Confirmations[string];
interface ConfirmedTogether extends Confirmation {
  readonly keys: string[];
}

/** All these values confirmed by one act. */
export function packConfirmation(keys: readonly string[], confirmation: Confirmation): string {
  return JSON.stringify([{ ...confirmation, keys }]);
}

/** Who confirmed which value when, as it is stored: values confirmed together are, mostly all of a card, and are written once. */
export function packConfirmations(confirmations: Confirmations): string {
  const groups = new Map<string, ConfirmedTogether>();
  for (const [key, { at, by, evidence }] of Object.entries(confirmations)) {
    const mark = `${at}|${by}|${evidence}`;
    const group = groups.get(mark);
    if (group === undefined) groups.set(mark, { at, by, evidence, keys: [key] });
    else group.keys.push(key);
  }
  return JSON.stringify([...groups.values()]);
}

export function confirmationsOf(row: Pick<CustomerRow, 'confirmations'>): Confirmations {
  const stored = JSON.parse(row.confirmations) as readonly ConfirmedTogether[] | Confirmations;
  if (!isGrouped(stored)) return stored;
  return Object.fromEntries(stored.flatMap(({ keys, ...confirmation }) => keys.map((key) => [key, confirmation])));
}

const isGrouped = (stored: readonly ConfirmedTogether[] | Confirmations): stored is readonly ConfirmedTogether[] =>
  Array.isArray(stored);

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');
export const PHONE_KEYS = ['telephone', 'mobile', 'officePhone', 'homePhone'] as const;
const LEGAL_SUFFIX = /(股份)?有限(责任)?公司$|(股份)?公司$/u;

/** The name as it is compared for doubles: folded, without the legal form (有限公司 / 有限責任公司). */
export function nameForComparison(name: string): string {
  return foldForSearch(name)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(LEGAL_SUFFIX, '');
}

/** Digits of a phone number as they are compared. */
export function phoneForComparison(phone: string): string {
  return phone.normalize('NFKC').replace(/\D/g, '');
}

function firstContact(values: CardValues): string {
  const { contacts } = values;
  if (Array.isArray(contacts)) {
    const first = contacts[0];
    if (typeof first === 'object' && first !== null && 'name' in first) return text(first['name'] as FieldValue);
  }
  return text(values['legalRepresentative']);
}

/** What lists and hits show of a card besides its name and number. */
export type ListedColumns = Pick<CustomerRow, 'region' | 'credit_grade' | 'phone' | 'contact'>;

function listedColumns(kind: CardKind, values: CardValues): ListedColumns {
  return {
    region: text(values['region']),
    credit_grade: text(values['creditGrade']),
    phone: phoneForComparison(PHONE_KEYS.map((key) => text(values[key])).find((value) => value !== '') ?? ''),
    contact: kind === 'enterprise' ? firstContact(values) : text(values['employer']),
  };
}

/** By what a row of a table finds its card: its code, and its name as names are compared. */
export function comparedColumns(kind: CardKind, values: CardValues): Pick<NewCustomerRow, 'code' | 'folded_name'> {
  return {
    code: CODE_FIELDS.map((key) => text(values[key])).find((value) => value !== '') ?? '',
    folded_name: nameForComparison(customerName(kind, values)),
  };
}

/** Columns that follow from the values. */
export function derivedColumns(
  kind: CardKind,
  values: StoredValues,
  forms: CardForms = STANDARD_FORMS,
  /** Of these values, where it is known already. */
  { percent } = completeness(kind, values, forms),
): Pick<
  NewCustomerRow,
  | 'field_values'
  | 'name'
  | 'region'
  | 'credit_grade'
  | 'phone'
  | 'contact'
  | 'code'
  | 'folded_name'
  | 'completeness'
  | 'direct_export'
  | 'licence_until'
  | 'credit_until'
> {
  const name = customerName(kind, values);
  return {
    field_values: JSON.stringify(values),
    name,
    ...listedColumns(kind, values),
    ...comparedColumns(kind, values),
    completeness: percent,
    direct_export: values['directExport'] === true ? 1 : 0,
    licence_until: text(values['licenceValidUntil']) || null,
    credit_until: text(values['creditLimitValidUntil']) || null,
  };
}

/** Throws `INPUT_INVALID` when a value cannot be stored; answers the warnings (§1.10: a check character never refuses). */
export function checkValues(kind: CardKind, values: StoredValues, forms: CardForms = STANDARD_FORMS): Card['warnings'] {
  const { errors, warnings } = validateCard(kind, values, forms);
  if (errors.length > 0)
    throw new AppError('INPUT_INVALID', {
      fields: errors.map((error) => ({ ...error, path: `values.${error.path}` })),
    });
  return warnings.map(({ path, message, params }) => ({
    path,
    message,
    ...(params === undefined ? {} : { params: { ...params } }),
  }));
}

/** C4: filled in later than the limit after the visit. */
export function isLate(visitedAt: string | null, updatedAt: string, limitHours: number): boolean {
  return visitedAt !== null && cardLateness(visitedAt, updatedAt, updatedAt, limitHours).state === 'late';
}

/** Types that are found by the one search unless their definition says otherwise. */
const SEARCHED_TYPES: ReadonlySet<FieldDefinition['type']> = new Set([
  'text',
  'phone',
  'email',
  'address',
  'customer',
  'staff',
]);

/** Found by the one search: short texts, never remarks; what is sensitive only if its definition says so. */
export function isSearched(field: FieldDefinition): boolean {
  if (field.searched !== undefined) return field.searched;
  return field.computed !== true && field.sensitive !== true && SEARCHED_TYPES.has(field.type);
}

interface SearchedField {
  readonly key: string;
  /** Of a list: the parts that are searched. */
  readonly parts: readonly string[] | null;
}

const searchedOfFields = new WeakMap<readonly FieldDefinition[], readonly SearchedField[]>();

function searchedFields(kind: CardKind, forms: CardForms): readonly SearchedField[] {
  const fields = cardFields(kind, forms);
  let searched = searchedOfFields.get(fields);
  if (searched === undefined) {
    searched = fields.flatMap((field): SearchedField[] => {
      if (field.key === nameField(kind)) return [];
      if (field.type !== 'list') return isSearched(field) ? [{ key: field.key, parts: null }] : [];
      const parts = (field.itemFields ?? []).filter(isSearched).map((part) => part.key);
      return parts.length === 0 || field.sensitive === true || field.computed === true
        ? []
        : [{ key: field.key, parts }];
    });
    searchedOfFields.set(fields, searched);
  }
  return searched;
}

function partTexts(value: FieldValue | undefined, parts: readonly string[]): string[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const item = entry as Record<string, unknown>;
    return parts.flatMap((part) => (typeof item[part] === 'string' ? [item[part]] : []));
  });
}

/** Searched texts by field, for the index and for saying which field matched. The name has a place of its own. */
export function searchedTexts(
  kind: CardKind,
  values: CardValues,
  forms: CardForms = STANDARD_FORMS,
): { field: string; text: string }[] {
  const found: { field: string; text: string }[] = [];
  for (const { key, parts } of searchedFields(kind, forms)) {
    const value = values[key];
    if (parts !== null) for (const text of partTexts(value, parts)) found.push({ field: key, text });
    else if (typeof value === 'string') found.push({ field: key, text: value });
  }
  return found;
}

/** The searched values alone: what a search result is made of, without the rest of the card. */
export function searchedValues(kind: CardKind, values: StoredValues, forms: CardForms): StoredValues {
  const keys = new Set(searchedFields(kind, forms).map((field) => field.key));
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(key)));
}

export function indexedCustomer(
  id: number,
  row: Pick<CustomerRow, 'number' | 'kind' | 'name'>,
  values: StoredValues,
  forms: CardForms = STANDARD_FORMS,
  /** Numbers and names of cards that were merged into it: they still lead here. */
  also: readonly string[] = [],
): IndexedRecord {
  return {
    kind: 'customer',
    id,
    name: row.name,
    body: [row.number, ...searchedTexts(row.kind, values, forms).map((entry) => entry.text), ...also],
  };
}

/** The columns that lists show, from the values this role may see: the stored ones come from the whole card. */
export function listedFor(
  role: Role,
  row: ListedColumns & Pick<CustomerRow, 'kind'>,
  values: StoredValues,
  forms: CardForms,
): ListedColumns {
  return CARD_VIEWS[role] === 'full' ? row : listedColumns(row.kind, visibleValues(role, row.kind, values, forms));
}

/** True if this role sees the old and new values of every field. */
export function seesEverything(role: Role): boolean {
  return CARD_VIEWS[role] === 'full';
}

/** Old or new value of a change as this role may see it (C6, rule R). */
export function changedValueFor(
  role: Role,
  kind: CardKind,
  field: string,
  stored: string,
  forms: CardForms,
): Card['values'][string] {
  return projectValueOf(role, kind, field, JSON.parse(stored) as FieldValue, forms) as Card['values'][string];
}

/** The card as a role may see it: the one projection for screen, search and print (rule R). */
export function cardFor(role: Role, row: CustomerRow, forms: CardForms = STANDARD_FORMS): Card {
  const all = valuesOf(row);
  const values = projectCard(role, row.kind, all, forms);
  const masked = Object.keys(all).filter((key) => !(key in values) || isMasked(values[key]));
  const confirmations = confirmationsOf(row);
  const { warnings } = validateCard(row.kind, all, forms);
  const { percent, missing } = completeness(row.kind, all, forms);
  return {
    number: row.number,
    kind: row.kind,
    name: row.name,
    status: row.status,
    tier: row.tier,
    directExport: row.direct_export === 1,
    values: Object.fromEntries(Object.entries(values).filter(([, value]) => !isMasked(value))) as Card['values'],
    masked,
    confirmations: Object.fromEntries(Object.entries(confirmations).filter(([key]) => !masked.includes(key))),
    completeness: { percent, missing: [...missing] },
    warnings: warnings
      // What is wrong with a hidden value says something about it: its length, its last character.
      .filter(({ path }) => isPathVisible(role, row.kind, path, forms))
      .map(({ path, message, params }) => ({
        path,
        message,
        ...(params === undefined ? {} : { params: { ...params } }),
      })),
    visitedAt: row.visited_at,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    reviewedOn: row.reviewed_on,
    reviewDue: row.review_due,
    late: row.late === 1,
    revision: row.revision,
    mergedFrom: [],
  };
}
