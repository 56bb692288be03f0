import type { Figures } from '../../electron/services/analysis.ts';
import { type ClassSum, type SalesSlice, salesByProduct } from '../../electron/store/analysis.ts';
import { customerOrderTerm } from '../../electron/store/customer-list-filters.ts';
import { customerGroups } from '../../electron/store/customer-lists.ts';
import type { Convert } from '../../electron/store/largest-customers.ts';
import type { Reader } from '../../electron/store/sql.ts';
import { currencyDecimals } from '../../shared/domain/money.ts';

/** What the analyses add up, counted row by row from cards, order lines, balances and open items: what is kept must equal it. */

/** First and last month of a slice. */
const monthsOf = ({ year, first, last }: SalesSlice) =>
  [first, last].map((month) => `${year}-${String(month).padStart(2, '0')}`);

/** A salesperson may stand on the card by the number in the register, which `card_value` has as a real. */
const byClass = (sql: Reader, field: string, rows: string, values: readonly (string | number)[]): ClassSum[] => {
  const group = customerOrderTerm(field, 'grouped');
  return sql.all<ClassSum>(
    `SELECT nullif(CAST(iif(typeof(${group.term}) = 'real', CAST(${group.term} AS INTEGER), ${group.term}) AS TEXT), '') AS value, had.currency AS currency, sum(had.amount) AS amount
     FROM (${rows}) AS had JOIN customer ON customer.id = had.customer_id ${group.join}
     GROUP BY 1, 2 HAVING sum(had.amount) <> 0 ORDER BY 1, 2`,
    ...values,
    ...group.values,
  );
};

export function recountedSales(sql: Reader, field: string, slices: readonly SalesSlice[]): ClassSum[][] {
  return slices.map((slice) =>
    byClass(
      sql,
      field,
      'SELECT customer_id, currency, amount FROM order_line WHERE counted = 1 AND substr(date, 1, 7) BETWEEN ? AND ?',
      monthsOf(slice),
    ),
  );
}

export function recountedOwed(sql: Reader, field: string): ClassSum[] {
  return byClass(sql, field, 'SELECT customer_id, currency, receivable AS amount FROM customer_balance', []);
}

export function recountedOverdue(sql: Reader, field: string, today: string): ClassSum[] {
  return byClass(sql, field, 'SELECT customer_id, currency, open AS amount FROM receivable WHERE due < ?', [today]);
}

export function recountedLimits(sql: Reader, field: string): ClassSum[] {
  const rows = `SELECT granted.customer_id, coalesce(currency.value, '') AS currency, granted.value AS amount FROM card_value AS granted
    JOIN customer ON customer.id = granted.customer_id AND customer.status <> 'sealed'
    LEFT JOIN card_value AS currency ON currency.field = 'creditLimit.currency' AND currency.customer_id = granted.customer_id AND currency.ordinal = 0
    WHERE granted.field = 'creditLimit' AND granted.value > 0`;
  return byClass(sql, field, rows, []).map((row) => ({
    ...row,
    amount: Math.round(row.amount * 10 ** currencyDecimals(row.currency)),
  }));
}

export function recountedCards(sql: Reader, field: string, limit = 2_000): { value: string | null; count: number }[] {
  return customerGroups(sql, { show: 'all', today: '' }, field, limit).map(({ value, count }) => ({
    value: value === null ? null : String(value),
    count,
  }));
}

const LINES = 'FROM order_line WHERE counted = 1 AND substr(date, 1, 7) BETWEEN ? AND ?';

/** Every customer that bought something in these months, the largest first; of equals the one whose id as text comes first. */
export function recountedLargest(sql: Reader, slices: readonly SalesSlice[], convert: Convert): string[] {
  const amounts = new Map<number, number>();
  for (const slice of slices)
    for (const { id, currency, amount } of sql.all<{ id: number; currency: string; amount: number }>(
      `SELECT customer_id AS id, currency, sum(amount) AS amount FROM order_line
       WHERE counted = 1 AND substr(date, 1, 7) BETWEEN ? AND ? GROUP BY 1, 2`,
      ...monthsOf(slice),
    ))
      amounts.set(id, (amounts.get(id) ?? 0) + (convert(amount, currency) ?? 0));
  return [...amounts]
    .filter(([, amount]) => amount !== 0)
    .map(([id, amount]): [string, number] => [String(id), amount])
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .map(([id]) => id);
}

/** All of it, as a composition asks for it; sums by product have a recount of their own (services/analysis.test.ts). */
export const RECOUNTED: Figures = {
  salesByClass: recountedSales,
  cardsByClass: recountedCards,
  owedByClass: recountedOwed,
  overdueByClass: recountedOverdue,
  limitsByClass: recountedLimits,
  largestCustomers: (sql, slices, count, convert) => recountedLargest(sql, slices, convert).slice(0, count),
  salesByCustomer: (sql, slice, ids) =>
    sql.all(
      `SELECT customer_id AS id, currency, sum(amount) AS amount ${LINES} AND customer_id IN (SELECT value FROM json_each(?)) GROUP BY 1, 2`,
      ...monthsOf(slice),
      JSON.stringify(ids),
    ),
  salesTotals: (sql, slice) =>
    sql.all(
      `SELECT NULL AS value, currency, sum(amount) AS amount ${LINES} GROUP BY 2 HAVING sum(amount) <> 0`,
      ...monthsOf(slice),
    ),
  salesByProduct,
};
