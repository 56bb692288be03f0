import type { CustomerRow } from './customers.ts';
import type { Reader, Writer } from './sql.ts';

/** The missing-paper ledger: who owes what, and what will never come (D4, D7). */

export interface GapClaimRow {
  readonly type: string;
  readonly export_order: string;
  readonly owed_by: string;
  readonly asked_on: string;
  readonly due_on: string | null;
  readonly note: string;
}
export function claimsOf(
  sql: Reader,
  customerIds: readonly number[],
): (GapClaimRow & { readonly customer_id: number })[] {
  return sql.all(
    `SELECT customer_id, gap_claim.type, export_order, owed_by, asked_on, due_on, note
     FROM json_each(?) AS wanted CROSS JOIN gap_claim ON gap_claim.customer_id = wanted.value`,
    JSON.stringify(customerIds),
  );
}
/** The days by which papers were promised, all promises of a customer in one text. */
export function promisesByCustomer(sql: Reader): Map<number, string> {
  const rows = sql.all<{ id: number; promises: string }>(
    `SELECT customer_id AS id, json_group_array(json_array(type, export_order, due_on)) AS promises
     FROM gap_claim WHERE due_on IS NOT NULL GROUP BY customer_id`,
  );
  return new Map(rows.map(({ id, promises }) => [id, promises]));
}
/** Numbers of the customers with a promise for a day on or after one and before another. */
export function numbersOfOverdueClaims(sql: Reader, from: string, before: string): string[] {
  return sql
    .all<{ number: string }>(
      `SELECT number FROM gap_claim JOIN customer ON customer.id = gap_claim.customer_id WHERE due_on >= ? AND due_on < ?`,
      from,
      before,
    )
    .map(({ number }) => number);
}
export function setClaim(
  sql: Writer,
  row: GapClaimRow & { readonly customer_id: number; readonly at: string; readonly by: string },
): void {
  sql.run(
    `INSERT INTO gap_claim (customer_id, type, export_order, owed_by, asked_on, due_on, note, at, by)
     VALUES (:customer_id, :type, :export_order, :owed_by, :asked_on, :due_on, :note, :at, :by)
     ON CONFLICT (customer_id, type, export_order) DO UPDATE SET owed_by = excluded.owed_by, asked_on = excluded.asked_on,
       due_on = excluded.due_on, note = excluded.note, at = excluded.at, by = excluded.by`,
    { ...row },
  );
}

/** When a paper of this type was last taken out or superseded; null: never. */
export function lastTakenOut(sql: Reader, customerId: number, type: string, order: string): string | null {
  return (
    sql.get<{ at: string | null }>(
      `SELECT max(paper_act.at) AS at FROM paper JOIN paper_act ON paper_act.paper_id = paper.id
       LEFT JOIN customer_order ON customer_order.id = paper.export_order_id
       WHERE paper.customer_id = ? AND paper.type = ? AND coalesce(order_number, '') = ? AND act IN ('removed', 'superseded')`,
      customerId,
      type,
      order,
    )?.at ?? null
  );
}
/** The last day on which the papers of this type were valid; null: none has an end. */
export function lastValidity(sql: Reader, customerId: number, type: string): string | null {
  return (
    sql.get<{ day: string | null }>(
      "SELECT max(valid_until) AS day FROM paper WHERE customer_id = ? AND type = ? AND state IN ('inPlace', 'lent', 'bound')",
      customerId,
      type,
    )?.day ?? null
  );
}

/** Of a card what the ledger looks at. */
export type DossierWithGaps = Pick<
  CustomerRow,
  'id' | 'number' | 'name' | 'kind' | 'status' | 'direct_export' | 'field_values' | 'created_at' | 'missing_papers'
>;
/** Those of these customers that lack something, or of whom somebody said that something will never come, or all; in the order given. */
export function dossiersWithGaps(sql: Reader, customerIds: readonly number[], all: boolean): DossierWithGaps[] {
  return sql.all<DossierWithGaps>(
    `SELECT customer.id, number, name, kind, status, direct_export, field_values, created_at, missing_papers
     FROM json_each(?) AS wanted CROSS JOIN customer ON customer.id = wanted.value
     WHERE ? OR (missing_papers > 0 AND status <> 'sealed') OR EXISTS (SELECT 1 FROM waiver WHERE waiver.customer_id = customer.id)
     ORDER BY wanted.key`,
    JSON.stringify(customerIds),
    all ? 1 : 0,
  );
}

export interface ExportSetRow {
  readonly id: number;
  readonly customer_id: number;
  readonly number: string;
  readonly name: string;
  readonly order_number: string;
  readonly date: string;
}
/** Export orders of direct-export customers, newest first; of one customer or of all. */
export function exportSetIds(sql: Reader, customerId?: number): number[] {
  return sql
    .all<{ id: number }>(
      `SELECT customer_order.id FROM customer_order CROSS JOIN customer ON customer.id = customer_order.customer_id
       WHERE export = 1 AND direct_export = 1 AND status <> 'sealed' ${customerId === undefined ? '' : 'AND customer_id = ?'}
       ORDER BY customer_order.date DESC, order_number, customer_order.id`,
      ...(customerId === undefined ? [] : [customerId]),
    )
    .map(({ id }) => id);
}
/** Export orders by their ids, in the order given. */
export function exportSetsByIds(sql: Reader, ids: readonly number[]): ExportSetRow[] {
  return sql.all<ExportSetRow>(
    `SELECT customer_order.id, customer_id, customer.number, customer.name, order_number, customer_order.date
     FROM json_each(?) AS wanted CROSS JOIN customer_order ON customer_order.id = wanted.value
     CROSS JOIN customer ON customer.id = customer_order.customer_id ORDER BY wanted.key`,
    JSON.stringify(ids),
  );
}
/** Papers of these types that stand in these customers' export orders, each dossier in its order. */
export function exportPapersOf(
  sql: Reader,
  customerIds: readonly number[],
  types: readonly string[],
): { readonly customer_id: number; readonly type: string; readonly order_number: string; readonly code: string }[] {
  return sql.all(
    `SELECT paper.customer_id, paper.type, order_number, code
     FROM json_each(:customers) AS wanted CROSS JOIN paper INDEXED BY paper_customer ON paper.customer_id = wanted.value
     CROSS JOIN customer_order ON customer_order.id = paper.export_order_id
     WHERE paper.type IN (SELECT value FROM json_each(:types)) AND superseded = 0 AND paper.state IN ('inPlace', 'lent', 'bound')
     ORDER BY wanted.key, paper.class, paper.sequence`,
    { customers: JSON.stringify(customerIds), types: JSON.stringify(types) },
  );
}
