import type { Reader, Writer } from './sql.ts';

/** C4: when the card of each visit was filled in. */
export interface FillingRow {
  readonly customer_id: number;
  readonly visited_at: string;
  readonly filled_at: string;
  readonly filled_by: string;
  readonly limit_hours: number;
  readonly late: number;
}

export function insertFilling(sql: Writer, row: FillingRow): void {
  sql.run(
    `INSERT INTO card_filling (customer_id, visited_at, filled_at, filled_by, limit_hours, late)
     VALUES (:customer_id, :visited_at, :filled_at, :filled_by, :limit_hours, :late)`,
    { ...row },
  );
}

export interface FillingView {
  readonly number: string;
  readonly name: string;
  readonly kind: string;
  readonly tier: string;
  readonly region: string;
  readonly salesperson: string;
  readonly visited_at: string;
  /** Null: not filled in yet. */
  readonly filled_at: string | null;
  readonly filled_by: string;
  readonly limit_hours: number;
  readonly late: number;
}

const SALESPERSON = `coalesce((SELECT staff.name FROM visit JOIN staff ON staff.id = visit.staff_id
  WHERE visit.customer_id = customer.id AND visit.visited_at = %at LIMIT 1), '')`;

/** Cards filled in after visits of a period, and cards of visits of that period that wait still; of very many the newest, the oldest visit of them first. */
export function listFillings(
  sql: Reader,
  period: { readonly from: string; readonly to: string; readonly limitHours: number },
): FillingView[] {
  const newestFirst = sql.all<FillingView>(
    `SELECT customer.number, customer.name, customer.kind, customer.tier, customer.region, ${SALESPERSON.replace('%at', 'f.visited_at')} AS salesperson,
       f.visited_at, f.filled_at, f.filled_by, f.limit_hours, f.late
     FROM card_filling f JOIN customer ON customer.id = f.customer_id WHERE f.visited_at >= :from AND f.visited_at < :to
     UNION ALL
     SELECT customer.number, customer.name, customer.kind, customer.tier, customer.region, ${SALESPERSON.replace('%at', 'customer.visited_at')},
       customer.visited_at, NULL, '', :limitHours, 0
     FROM customer WHERE customer.visited_at > customer.updated_at AND customer.visited_at >= :from AND customer.visited_at < :to
     ORDER BY visited_at DESC, 1 DESC LIMIT 20000`,
    { ...period },
  );
  return newestFirst.reverse();
}
