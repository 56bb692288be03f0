import type { Reader, Writer } from './sql.ts';

/** G4: orders that took their customer beyond the limit: held until somebody answered for them. */
export interface OverLimitRow {
  readonly order_id: number;
  readonly currency: string;
  readonly credit_limit: number;
  /** With the order, when it was noticed. */
  readonly exposure: number;
  readonly noticed_at: string;
  readonly state: 'held' | 'released';
  readonly released_at: string | null;
  readonly released_by: string;
  readonly reason: string;
  readonly agreement: string;
}

export function findOverLimit(sql: Reader, orderId: number): OverLimitRow | undefined {
  return sql.get<OverLimitRow>('SELECT * FROM order_over_limit WHERE order_id = ?', orderId);
}
/** Holds an order, or says anew by how much one that is held passes the limit. */
export function holdOrder(
  sql: Writer,
  row: Pick<OverLimitRow, 'order_id' | 'currency' | 'credit_limit' | 'exposure' | 'noticed_at'>,
): void {
  sql.run(
    `INSERT INTO order_over_limit (order_id, currency, credit_limit, exposure, noticed_at, state)
     VALUES (:order_id, :currency, :credit_limit, :exposure, :noticed_at, 'held')
     ON CONFLICT (order_id) DO UPDATE SET currency = excluded.currency, credit_limit = excluded.credit_limit, exposure = excluded.exposure,
       state = 'held', released_at = NULL, released_by = '', reason = '', agreement = ''`,
    { ...row },
  );
}
export function releaseOrder(
  sql: Writer,
  orderId: number,
  released: { readonly at: string; readonly by: string; readonly reason: string; readonly agreement: string },
): void {
  sql.run(
    `UPDATE order_over_limit SET state = 'released', released_at = ?, released_by = ?, reason = ?, agreement = ? WHERE order_id = ?`,
    released.at,
    released.by,
    released.reason,
    released.agreement,
    orderId,
  );
}
/** An order that needs no release any more. */
export function letGo(sql: Writer, orderId: number): void {
  sql.run("DELETE FROM order_over_limit WHERE order_id = ? AND state = 'held'", orderId);
}
/** A customer within the limit again has nothing held. */
export function letGoAllOf(sql: Writer, customerId: number): void {
  sql.run(
    `DELETE FROM order_over_limit WHERE state = 'held'
       AND (SELECT customer_id FROM customer_order WHERE customer_order.id = order_over_limit.order_id) = ?`,
    customerId,
  );
}
/** Customers with an order that waits for a release. */
export function customersWithHeldOrders(sql: Reader): ReadonlySet<number> {
  const rows = sql.all<{ id: number }>(
    `SELECT DISTINCT customer_order.customer_id AS id FROM order_over_limit
     JOIN customer_order ON customer_order.id = order_over_limit.order_id WHERE order_over_limit.state = 'held'`,
  );
  return new Set(rows.map(({ id }) => id));
}
export function countHeld(sql: Reader, customerId: number): number {
  return (
    sql.get<{ n: number }>(
      `SELECT count(*) AS n FROM order_over_limit JOIN customer_order ON customer_order.id = order_over_limit.order_id
       WHERE order_over_limit.state = 'held' AND customer_order.customer_id = ?`,
      customerId,
    )?.n ?? 0
  );
}
