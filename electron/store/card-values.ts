import { insertRows } from './insert-rows.ts';
import type { SqlValue, Writer } from './sql.ts';

/**
 * The values of a card's form as rows of `card_value`, which lists are filtered, sorted, grouped and counted by. Written here, by
 * the only two statements that write a card's form, and not by triggers: reading a form's JSON text in SQL takes three times as long.
 */

/** Field, place in its list, value. Entries of lists: `contacts.mobile`; an amount's currency apart: `creditLimit.currency`. */
export type CardValueRow = readonly [field: string, ordinal: number, value: string | number];

/** Places of a list inside an entry of a list: entry × this + place. */
const INNER_PLACES = 1000;

/** The values of a form as it is stored, read from `field_values`. */
export type FormValues = Readonly<Record<string, unknown>>;

/** Every value of a form. */
export function cardValueRows(values: FormValues): CardValueRow[] {
  const rows: CardValueRow[] = [];
  const put = (field: string, ordinal: number, value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'number') rows.push([field, ordinal, value]);
    else if (typeof value === 'boolean') rows.push([field, ordinal, value ? 1 : 0]);
    else if (typeof value === 'object' && value !== null) {
      const { amount, currency } = value as { amount?: unknown; currency?: unknown };
      if (amount !== undefined && amount !== null) rows.push([field, ordinal, Number(amount)]);
      if (typeof currency === 'string') rows.push([`${field}.currency`, ordinal, currency]);
    }
  };
  for (const [field, value] of Object.entries(values)) {
    if (!Array.isArray(value)) put(field, 0, value);
    else for (const [at, entry] of value.entries()) putEntry(put, field, at, entry);
  }
  return rows;
}

function putEntry(put: (field: string, at: number, value: unknown) => void, field: string, at: number, entry: unknown) {
  if (typeof entry !== 'object' || entry === null) return put(field, at, entry);
  for (const [part, value] of Object.entries(entry)) {
    if (!Array.isArray(value)) put(`${field}.${part}`, at, value);
    else for (const [place, inner] of value.entries()) put(`${field}.${part}`, at * INNER_PLACES + place, inner);
  }
}

const keyOf = ([field, ordinal]: CardValueRow): string => `${field} ${ordinal}`;

/** The fields in which two forms differ, as each has them: a save mostly touches one of sixty. */
function differing(before: FormValues, after: FormValues): readonly [before: FormValues, after: FormValues] {
  const differs = (key: string) =>
    before[key] !== after[key] && JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  const keys = new Set([...Object.keys(before), ...Object.keys(after)].filter(differs));
  const only = (values: FormValues) => Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(key)));
  return [only(before), only(after)];
}

/** The rows of cards that have none yet; of several cards field by field, as the table lies. */
export function insertCardValues(
  sql: Writer,
  cards: readonly { readonly id: number; readonly values: FormValues }[],
): void {
  const byField = new Map<string, SqlValue[][]>();
  for (const { id, values } of cards)
    for (const [field, ordinal, value] of cardValueRows(values)) {
      const row = [field, id, ordinal, value];
      const rows = byField.get(field);
      if (rows === undefined) byField.set(field, [row]);
      else rows.push(row);
    }
  insertRows(sql, 'INSERT OR FAIL INTO card_value (field, customer_id, ordinal, value)', [...byField.values()].flat());
}

/** Brings the rows of a card from its form as it was to its form as it is; only what differs is written. */
export function updateCardValues(sql: Writer, customerId: number, before: FormValues, after: FormValues): void {
  const [was, is] = differing(before, after);
  const former = new Map(cardValueRows(was).map((row) => [keyOf(row), row]));
  for (const row of cardValueRows(is)) {
    const key = keyOf(row);
    const stored = former.get(key);
    former.delete(key);
    const [field, ordinal, value] = row;
    if (stored === undefined)
      sql.run(
        'INSERT INTO card_value (field, customer_id, ordinal, value) VALUES (?, ?, ?, ?)',
        field,
        customerId,
        ordinal,
        value,
      );
    else if (stored[2] !== value)
      sql.run(
        'UPDATE card_value SET value = ? WHERE field = ? AND customer_id = ? AND ordinal = ?',
        value,
        field,
        customerId,
        ordinal,
      );
  }
  for (const [field, ordinal] of former.values())
    sql.run('DELETE FROM card_value WHERE field = ? AND customer_id = ? AND ordinal = ?', field, customerId, ordinal);
}
