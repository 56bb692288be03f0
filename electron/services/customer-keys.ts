import { normaliseCode, organisationCodeOf } from '../../shared/domain/check-characters.ts';
import { type CardForms, type CardKind, cardFields, nameField } from '../../shared/domain/form-fields.ts';
import type { CardValues, FieldDefinition, FieldValue } from '../../shared/domain/forms/field.ts';
import { comparablePhone, nameLikeness, nameParts } from '../../shared/domain/name-likeness.ts';
import { type CustomerKey, customersWithKey, customerTitle, writeKeys } from '../store/customers.ts';
import { findNamesLike } from '../store/search-index.ts';
import { foldForSearch } from '../store/search-text.ts';
import type { Reader, Writer } from '../store/sql.ts';

/** By what two cards of one customer are found (C1): codes, phones and names in one spelling each; and which cards refer to which. */

const CODE_FIELDS = [
  'unifiedSocialCreditCode',
  'taiwanBusinessNumber',
  'taxNumber',
  'organisationCode',
  'businessLicenceNumber',
  'overseasRegistrationNumber',
  'identityDocumentNumber',
] as const;
const NAME_FIELDS = ['registeredName', 'name', 'shortName', 'foreignName'] as const;
const KEYED_ALWAYS = [...CODE_FIELDS, ...NAME_FIELDS, 'formerNames'] as const;
/** Codes shorter than that are placeholders. */
const SHORTEST_CODE = 6;

interface FieldKey extends CustomerKey {
  readonly field: string;
}

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');

function entriesOf(value: FieldValue | undefined): Record<string, FieldValue>[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).filter(
    (entry): entry is Record<string, FieldValue> => typeof entry === 'object' && entry !== null,
  );
}

interface KeyedField {
  readonly key: string;
  readonly form: 'phone' | 'reference';
  /** Of a list: the parts that are phones. */
  readonly parts: readonly string[] | null;
}

const keyedOfFields = new WeakMap<readonly FieldDefinition[], readonly KeyedField[]>();

/** The fields of a form that hold phones or other cards' numbers. */
function keyedFields(kind: CardKind, forms: CardForms): readonly KeyedField[] {
  const fields = cardFields(kind, forms);
  let keyed = keyedOfFields.get(fields);
  if (keyed === undefined) {
    keyed = fields.flatMap(({ key, type, itemFields = [] }): KeyedField[] => {
      if (type === 'phone') return [{ key, form: 'phone', parts: null }];
      if (type === 'customer') return [{ key, form: 'reference', parts: null }];
      const parts = type === 'list' ? itemFields.filter((part) => part.type === 'phone').map((part) => part.key) : [];
      return parts.length === 0 ? [] : [{ key, form: 'phone', parts }];
    });
    keyedOfFields.set(fields, keyed);
  }
  return keyed;
}

/** The keys of a card with the field each comes from; each key once. */
function fieldKeys(kind: CardKind, values: CardValues, forms: CardForms): FieldKey[] {
  const keys = new Map<string, FieldKey>();
  const add = (form: CustomerKey['form'], key: string, field: string) => {
    if (key !== '' && !keys.has(`${form} ${key}`)) keys.set(`${form} ${key}`, { form, key, field });
  };
  for (const field of CODE_FIELDS) {
    const given = text(values[field]);
    // Most fields of most cards are empty: nothing is folded for them.
    if (given === '') continue;
    const code = normaliseCode(given);
    if (code.length < SHORTEST_CODE) continue;
    add('code', code, field);
    const organisation = field === 'unifiedSocialCreditCode' ? organisationCodeOf(code) : undefined;
    if (organisation !== undefined) add('code', organisation, field);
  }
  const named = (name: string, field: string) => {
    if (name === '') return;
    const { plain } = nameParts(foldForSearch(name));
    if ([...plain].length >= 2) add('name', plain, field);
  };
  for (const field of NAME_FIELDS) named(text(values[field]), field);
  for (const entry of entriesOf(values['formerNames'])) named(text(entry['name']), 'formerNames');
  for (const { key, form, parts } of keyedFields(kind, forms)) {
    if (values[key] === undefined) continue;
    if (form === 'reference') add(form, text(values[key]).trim().toUpperCase(), key);
    else if (parts === null) add(form, comparablePhone(text(values[key])), key);
    else
      for (const entry of entriesOf(values[key]))
        for (const part of parts) add(form, comparablePhone(text(entry[part])), `${key}.${part}`);
  }
  return [...keys.values()];
}

/** Keeps the keys of a card in step with its values. `before`: null for a new card, `after`: null for one that goes. */
export function keepKeys(
  sql: Writer,
  customerId: number,
  kind: CardKind,
  { before, after, forms }: { before: CardValues | null; after: CardValues | null; forms: CardForms },
): void {
  if (before !== null && after !== null && KEYED_ALWAYS.every((key) => before[key] === after[key]))
    if (keyedFields(kind, forms).every(({ key }) => before[key] === after[key])) return;
  const former = before === null ? [] : fieldKeys(kind, before, forms);
  const present = after === null ? [] : fieldKeys(kind, after, forms);
  const same = (a: CustomerKey) => (b: CustomerKey) => a.form === b.form && a.key === b.key;
  const owned = ({ form, key }: CustomerKey) => ({ form, key, customerId });
  writeKeys(
    sql,
    former.filter((key) => !present.some(same(key))).map(owned),
    present.filter((key) => !former.some(same(key))).map(owned),
  );
}

/** The keys of cards that have none yet. */
export function addKeys(
  sql: Writer,
  cards: readonly { readonly id: number; readonly kind: CardKind; readonly values: CardValues }[],
  forms: CardForms,
): void {
  const added = cards.flatMap(({ id, kind, values }) =>
    fieldKeys(kind, values, forms).map(({ form, key }) => ({ form, key, customerId: id })),
  );
  writeKeys(sql, [], added);
}

export interface SimilarCard {
  readonly number: string;
  readonly name: string;
  readonly because: 'code' | 'phone' | 'name';
  /** Field of what was typed that both share. */
  readonly field: string;
  readonly how: 'same' | 'script' | 'legalForm' | 'place' | 'similar';
}

const RANK = { code: 0, name: 1, phone: 2 } as const;
const HOW = { same: 0, script: 1, legalForm: 2, place: 3, similar: 4 } as const;
const SHOWN = 10;
const CANDIDATES = 200;

/** Cards that may be the same customer as what has been typed, most telling first. */
export function similarCards(
  sql: Reader,
  kind: CardKind,
  values: CardValues,
  { except, forms }: { readonly except: number | undefined; readonly forms: CardForms },
): SimilarCard[] {
  const found = new Map<number, SimilarCard>();
  const say = (id: number, card: Omit<SimilarCard, 'number' | 'name'>, title?: { number: string; title: string }) => {
    const named = title ?? customerTitle(sql, id);
    if (id === except || named === undefined) return;
    const known = found.get(id);
    const better =
      known === undefined ||
      RANK[card.because] < RANK[known.because] ||
      (card.because === known.because && HOW[card.how] < HOW[known.how]);
    if (better) found.set(id, { number: named.number, name: named.title, ...card });
  };
  const typedName = text(values[nameField(kind)]);
  for (const { form, key, field } of fieldKeys(kind, values, forms)) {
    if (form === 'reference') continue;
    for (const id of customersWithKey(sql, form, key, CANDIDATES)) {
      const title = customerTitle(sql, id);
      const how = form === 'name' && title !== undefined ? howNamed(typedName, title.title) : 'same';
      say(id, { because: form, field, how }, title);
    }
  }
  if (kind === 'enterprise' && typedName.trim() !== '') {
    const typed = nameParts(foldForSearch(typedName));
    for (const id of findNamesLike(sql, typed.core, CANDIDATES)) {
      if (found.get(id)?.because === 'code') continue;
      const title = customerTitle(sql, id);
      const likeness = title && nameLikeness(typed, nameParts(foldForSearch(title.title)));
      if (likeness !== undefined && likeness !== 'same')
        say(id, { because: 'name', field: nameField(kind), how: likeness }, title);
    }
  }
  return [...found.values()]
    .sort((a, b) => RANK[a.because] - RANK[b.because] || HOW[a.how] - HOW[b.how] || (a.number < b.number ? -1 : 1))
    .slice(0, SHOWN);
}

function howNamed(typed: string, name: string): SimilarCard['how'] {
  if (typed.trim() === name.trim()) return 'same';
  const likeness = nameLikeness(nameParts(foldForSearch(typed)), nameParts(foldForSearch(name)));
  // The same after folding, but not as it is written: other characters, or other width.
  return likeness === 'same' ? 'script' : (likeness ?? 'same');
}
