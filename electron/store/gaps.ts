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
export function claimsOf(sql: Reader, customerId: number): GapClaimRow[] {
  return sql.all<GapClaimRow>(
    'SELECT type, export_order, owed_by, asked_on, due_on, note FROM gap_claim WHERE customer_id = ?',
    customerId,
  );
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

/** Customers that lack something, or of whom somebody said that something will never come; by number. */
export function customersWithGaps(sql: Reader, never: boolean): number[] {
  const condition = never
    ? 'EXISTS (SELECT 1 FROM waiver WHERE waiver.customer_id = customer.id)'
    : "missing_papers > 0 AND status <> 'sealed'";
  return sql.all<{ id: number }>(`SELECT id FROM customer WHERE ${condition} ORDER BY number`).map(({ id }) => id);
}

export interface ExportSetRow {
  readonly customer_id: number;
  readonly number: string;
  readonly name: string;
  readonly order_number: string;
  readonly date: string;
}
/** Export orders of direct-export customers, newest first. */
export function exportSets(sql: Reader): ExportSetRow[] {
  return sql.all<ExportSetRow>(
    `SELECT customer.id AS customer_id, customer.number, customer.name, order_number, customer_order.date
     FROM customer JOIN customer_order ON customer_order.customer_id = customer.id AND export = 1
     WHERE direct_export = 1 AND status <> 'sealed' ORDER BY customer_order.date DESC, order_number`,
  );
}
