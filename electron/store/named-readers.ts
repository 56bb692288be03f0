import type { Reader, Writer } from './sql.ts';

/** Cards that only named people may read (L1). */

export interface NamedReaderRow {
  readonly customer_id: number;
  readonly staff_id: number;
  readonly reason: string;
  readonly named_at: string;
  readonly named_by: string;
}
export interface NamedReaderView extends NamedReaderRow {
  readonly customer: string;
  readonly customer_name: string;
  readonly reader: string;
  readonly department: string;
}

/** Staff ids of whoever alone may read a card; empty: whoever's role may. */
export function namedReadersOf(sql: Reader, customerId: number): number[] {
  return sql
    .all<{ staff_id: number }>('SELECT staff_id FROM named_reader WHERE customer_id = ?', customerId)
    .map(({ staff_id }) => staff_id);
}
/** Cards that have named readers of whom this person is none. */
export function cardsClosedTo(sql: Reader, staffId: number | null): number[] {
  return sql
    .all<{ customer_id: number }>(
      'SELECT DISTINCT customer_id FROM named_reader WHERE customer_id NOT IN (SELECT customer_id FROM named_reader WHERE staff_id = ?)',
      staffId,
    )
    .map(({ customer_id }) => customer_id);
}
/** Named readers of one card, or of all, card by card. */
export function listNamedReaders(sql: Reader, customerId: number | null): NamedReaderView[] {
  return sql.all<NamedReaderView>(
    `SELECT named_reader.*, customer.number AS customer, customer.name AS customer_name, staff.name AS reader, staff.department
     FROM named_reader JOIN customer ON customer.id = customer_id JOIN staff ON staff.id = staff_id
     WHERE :customerId IS NULL OR customer_id = :customerId ORDER BY customer.number, staff.name`,
    { customerId },
  );
}
/** These and nobody else; none: whoever's role may. */
export function writeNamedReaders(
  sql: Writer,
  customerId: number,
  staffIds: readonly number[],
  named: { readonly reason: string; readonly at: string; readonly by: string },
): void {
  sql.run('DELETE FROM named_reader WHERE customer_id = ?', customerId);
  for (const staffId of staffIds)
    sql.run('INSERT INTO named_reader VALUES (?, ?, ?, ?, ?)', customerId, staffId, named.reason, named.at, named.by);
}
/** The person of the directory behind a login. */
export function staffIdOfLogin(sql: Reader, login: string): number | null {
  return (
    sql.get<{ id: number }>('SELECT id FROM staff WHERE login = ? ORDER BY active DESC LIMIT 1', login)?.id ?? null
  );
}
