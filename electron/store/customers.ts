import { type FormValues, insertCardValues, updateCardValues } from './card-values.ts';
import { deleteCustomerClass, insertCustomerClasses, updateCustomerClass } from './customer-classes.ts';
import { insertRows } from './insert-rows.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/** Cards, their numbers and their history. Values are JSON text; the columns beside them serve lists and look-ups. */
export interface CustomerRow {
  readonly id: number;
  readonly number: string;
  readonly kind: 'enterprise' | 'individual';
  readonly status: 'inPreparation' | 'active' | 'suspended' | 'sealed';
  readonly tier: 'key' | 'special' | 'general';
  readonly direct_export: number;
  readonly field_values: string;
  readonly confirmations: string;
  readonly name: string;
  readonly region: string;
  readonly credit_grade: string;
  readonly phone: string;
  readonly contact: string;
  readonly code: string;
  readonly folded_name: string;
  readonly completeness: number;
  readonly papers: number;
  readonly missing_papers: number;
  readonly late: number;
  readonly visited_at: string | null;
  readonly created_at: string;
  readonly created_by: string;
  readonly updated_at: string;
  readonly updated_by: string;
  readonly reviewed_on: string;
  readonly review_due: string;
  readonly revision: number;
  readonly import_id: number | null;
  /** Last day of the licence and of the credit limit, as the form has them; null: it says nothing. */
  readonly licence_until: string | null;
  readonly credit_until: string | null;
}

export type NewCustomerRow = Omit<CustomerRow, 'id'>;

const COLUMNS = [
  'number',
  'kind',
  'status',
  'tier',
  'direct_export',
  'field_values',
  'confirmations',
  'name',
  'region',
  'credit_grade',
  'phone',
  'contact',
  'code',
  'folded_name',
  'completeness',
  'papers',
  'missing_papers',
  'late',
  'visited_at',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'reviewed_on',
  'review_due',
  'revision',
  'import_id',
  'licence_until',
  'credit_until',
] as const satisfies readonly (keyof NewCustomerRow)[];
const INSERT = `INSERT OR FAIL INTO customer (id, ${COLUMNS.join(', ')})` as const;

export function findCustomer(sql: Reader, number: string): CustomerRow | undefined {
  return sql.get<CustomerRow>('SELECT * FROM customer WHERE number = ?', number);
}

export function findCustomerById(sql: Reader, id: number): CustomerRow | undefined {
  return sql.get<CustomerRow>('SELECT * FROM customer WHERE id = ?', id);
}

/** Cards that are in use, in the order they were made. */
export function activeCustomerIds(sql: Reader): number[] {
  return sql.all<{ id: number }>("SELECT id FROM customer WHERE status <> 'sealed' ORDER BY id").map(({ id }) => id);
}

/** Every card of a kind with its values, by number, one at a time. */
export function customersOfKind(sql: Reader, kind: string): IterableIterator<CustomerRow> {
  return sql.iterate<CustomerRow>('SELECT * FROM customer WHERE kind = ? ORDER BY number', kind);
}

/** What a card is called, without reading its values. */
export function customerTitle(sql: Reader, id: number): { number: string; title: string } | undefined {
  // SQLite prefers the row itself; the index is a fraction of it and stays in memory.
  return sql.get('SELECT number, name AS title FROM customer INDEXED BY customer_title WHERE id = ?', id);
}

export function findCustomerByCode(sql: Reader, kind: string, code: string): CustomerRow | undefined {
  return sql.get<CustomerRow>("SELECT * FROM customer WHERE code = ? AND code <> '' AND kind = ?", code, kind);
}

/** By the name as it is compared for doubles. */
export function findCustomerByFoldedName(sql: Reader, kind: string, foldedName: string): CustomerRow | undefined {
  return sql.get<CustomerRow>(
    'SELECT * FROM customer WHERE folded_name = ? AND kind = ? ORDER BY id',
    foldedName,
    kind,
  );
}

export function findCustomersByFoldedName(sql: Reader, foldedName: string): CustomerRow[] {
  return sql.all<CustomerRow>(
    "SELECT * FROM customer WHERE folded_name = ? AND folded_name <> '' ORDER BY id",
    foldedName,
  );
}

/** Every card of a kind, without its values. */
export function cardsOfKind(sql: Reader, kind: string): { id: number; completeness: number }[] {
  return sql.all('SELECT id, completeness FROM customer WHERE kind = ? ORDER BY id', kind);
}

/** The stored values of a card, as JSON text. */
export function valuesTextOf(sql: Reader, id: number): string {
  return sql.get<{ text: string }>('SELECT field_values AS text FROM customer WHERE id = ?', id)?.text ?? '{}';
}

export function setCompleteness(sql: Writer, id: number, percent: number): void {
  sql.run('UPDATE customer SET completeness = ? WHERE id = ?', percent, id);
}

const formOf = (text: string): FormValues => JSON.parse(text) as FormValues;

export function insertCustomer(sql: Writer, row: NewCustomerRow): number {
  return insertCustomers(sql, [{ row, values: formOf(row.field_values) }])[0] ?? 0;
}

/** New cards, table by table: the pages of one table's orders stay at hand while its rows are written. Ids rise in the order of the rows. */
export function insertCustomers(
  sql: Writer,
  cards: readonly { readonly row: NewCustomerRow; readonly values: FormValues }[],
): number[] {
  const first = (sql.get<{ id: number | null }>('SELECT max(id) AS id FROM customer')?.id ?? 0) + 1;
  const written = cards.map((card, index) => ({ ...card, id: first + index }));
  writeCards(sql, written);
  return written.map(({ id }) => id);
}

/** The rows of cards, and what is written with a new card beside its row. */
function writeCards(
  sql: Writer,
  cards: readonly { readonly id: number; readonly row: NewCustomerRow; readonly values: FormValues }[],
): void {
  insertRows(
    sql,
    INSERT,
    cards.map(({ id, row }) => [id, ...COLUMNS.map((column) => row[column])]),
  );
  insertCardValues(sql, cards);
  insertCustomerClasses(sql, cards);
}

/** Puts a card in again as it was; `id` null: under a new number in the table. Answers the number. */
export function insertCustomerAs(sql: Writer, id: number | null, row: CustomerRow): number {
  if (id === null) return insertCustomer(sql, row);
  writeCards(sql, [{ id, row, values: formOf(row.field_values) }]);
  return id;
}

/** Takes the row of a card out; nothing may refer to it any more. */
export function deleteCustomerRow(sql: Writer, id: number): void {
  updateCardValues(sql, id, formOf(valuesTextOf(sql, id)), {});
  deleteCustomerClass(sql, id);
  sql.run('DELETE FROM customer WHERE id = ?', id);
}

/** Writes the columns in which `row` differs from what is stored (`before`): an index is touched only when its order changes. */
export function updateCustomer(sql: Writer, row: CustomerRow, before: CustomerRow): void {
  const changed = COLUMNS.filter((column) => row[column] !== before[column]);
  if (changed.length === 0) return;
  sql.run(
    `UPDATE customer SET ${changed.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
    ...changed.map((column) => row[column]),
    row.id,
  );
  const forms =
    before.field_values === row.field_values
      ? undefined
      : ([formOf(before.field_values), formOf(row.field_values)] as const);
  if (forms !== undefined) updateCardValues(sql, row.id, ...forms);
  updateCustomerClass(sql, row.id, [before, row], forms);
}

/** By what two cards of one customer are found, in one spelling each; `reference`: the number of another card it names. */
export interface CustomerKey {
  readonly form: 'code' | 'phone' | 'name' | 'reference';
  readonly key: string;
}

/** A key and the card that it leads to. */
export interface OwnedKey extends CustomerKey {
  readonly customerId: number;
}

export function writeKeys(sql: Writer, gone: readonly OwnedKey[], added: readonly OwnedKey[]): void {
  for (const { form, key, customerId } of gone)
    sql.run('DELETE FROM customer_key WHERE form = ? AND key = ? AND customer_id = ?', form, key, customerId);
  insertRows(
    sql,
    'INSERT OR IGNORE INTO customer_key (form, key, customer_id)',
    added.map(({ form, key, customerId }) => [form, key, customerId]),
  );
}

/** Ids of the cards that have a key, at most `limit`. */
export function customersWithKey(sql: Reader, form: CustomerKey['form'], key: string, limit: number): number[] {
  return sql
    .all<{ id: number }>(
      'SELECT customer_id AS id FROM customer_key WHERE form = ? AND key = ? ORDER BY customer_id LIMIT ?',
      form,
      key,
      limit,
    )
    .map(({ id }) => id);
}

export function registerNumbers(
  sql: Writer,
  entries: readonly { number: string; kind: string; sequence: number; at: string; by: string }[],
): void {
  insertRows(
    sql,
    'INSERT OR FAIL INTO customer_number (number, kind, sequence, assigned_at, assigned_by)',
    entries.map(({ number, kind, sequence, at, by }) => [number, kind, sequence, at, by]),
  );
}

export function numberIsTaken(sql: Reader, number: string): boolean {
  return sql.get('SELECT 1 FROM customer_number WHERE number = ?', number) !== undefined;
}

export function voidNumber(sql: Writer, number: string, at: string, reason: string): void {
  sql.run('UPDATE customer_number SET voided_at = ?, void_reason = ? WHERE number = ?', at, reason, number);
}

/** Sequence numbers of a kind that were passed over, as ranges (C1: reported, not filled). */
export function numberGaps(sql: Reader, kind: string): { from: number; to: number }[] {
  return sql.all(
    `SELECT previous + 1 AS "from", sequence - 1 AS "to" FROM
       (SELECT sequence, lag(sequence, 1, 0) OVER (ORDER BY sequence) AS previous FROM customer_number WHERE kind = ? AND sequence > 0)
     WHERE sequence > previous + 1 LIMIT 1000`,
    kind,
  );
}

export interface ChangeRow {
  readonly customer_id: number;
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly field: string;
  readonly from_value: string;
  readonly to_value: string;
  readonly evidence: string;
  readonly audit_sequence: number;
  /** Number of the merged card under which it was made; empty: the card's own. */
  readonly origin: string;
}

export function insertChange(sql: Writer, row: Omit<ChangeRow, 'origin'>): void {
  sql.run(
    `INSERT INTO customer_change (customer_id, revision, at, by, field, from_value, to_value, evidence, audit_sequence)
     VALUES (:customer_id, :revision, :at, :by, :field, :from_value, :to_value, :evidence, :audit_sequence)`,
    { ...row },
  );
}

/** The changes of a card since an instant that were made under its own number, newest first. */
export function changesSince(sql: Reader, customerId: number, at: string): ChangeRow[] {
  return sql.all<ChangeRow>(
    "SELECT * FROM customer_change WHERE customer_id = ? AND origin = '' AND at > ? ORDER BY id DESC",
    customerId,
    at,
  );
}

/** One field's change by its number in the log. */
export function findChange(
  sql: Reader,
  customerId: number,
  field: string,
  auditSequence: number,
): ChangeRow | undefined {
  return sql.get<ChangeRow>(
    'SELECT * FROM customer_change WHERE customer_id = ? AND field = ? AND audit_sequence = ?',
    customerId,
    field,
    auditSequence,
  );
}

/** `fields`: changes of these alone; `replacedOnly`: not those where nothing stood before. */
export function listChanges(
  sql: Reader,
  customerId: number,
  {
    fields,
    replacedOnly = false,
  }: { readonly fields?: readonly string[] | undefined; readonly replacedOnly?: boolean },
  offset: number,
  limit: number,
): { rows: ChangeRow[]; total: number } {
  const named = fields === undefined ? '' : ' AND field IN (SELECT value FROM json_each(?))';
  const replaced = replacedOnly ? ` AND from_value NOT IN ('null', '""')` : '';
  const condition = `customer_id = ?${named}${replaced}`;
  const values: SqlValue[] = fields === undefined ? [customerId] : [customerId, JSON.stringify(fields)];
  return {
    rows: sql.all<ChangeRow>(
      `SELECT * FROM customer_change WHERE ${condition} ORDER BY id DESC LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM customer_change WHERE ${condition}`, ...values)?.n ?? 0,
  };
}
