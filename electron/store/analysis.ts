import { customerOrderTerm } from './customer-lists.ts';
import type { Reader, SqlValue } from './sql.ts';

/** Sums behind the composition analyses, from the summaries that triggers keep. Amounts in minor units of their currency. */

export interface ClassSum {
  readonly value: string | null;
  readonly currency: string;
  readonly amount: number;
}

const monthColumns = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `m${String(first + index).padStart(2, '0')}`).join(' + ');

/** Some months of a year. */
export interface SalesSlice {
  readonly year: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Sales of several slices by a classification of the customers, the sums of each slice in their order. One statement for all of them: each
 * customer is looked up once, and sums are gathered by customer, in the order of the summaries, before anything is sorted.
 */
export function salesByClass(sql: Reader, field: string, slices: readonly SalesSlice[]): ClassSum[][] {
  const group = customerOrderTerm(field, 'grouped');
  const years = [...new Set(slices.map(({ year }) => year))];
  const rows = sql.all<{ value: string | null; currency: string } & Record<`amount${number}`, number>>(
    `WITH sums AS MATERIALIZED (
       SELECT customer_id, currency, ${slices.map(({ first, last }, at) => `sum(iif(year = ?, ${monthColumns(first, last)}, 0)) AS amount${at}`).join(', ')}
       FROM customer_sales WHERE year IN (${years.map(() => '?').join(', ')}) GROUP BY customer_id, currency)
     SELECT nullif(CAST(${group.term} AS TEXT), '') AS value, sums.currency AS currency, ${slices.map((_, at) => `sum(amount${at}) AS amount${at}`).join(', ')}
     FROM sums CROSS JOIN customer INDEXED BY customer_listed ON customer.id = sums.customer_id ${group.join} GROUP BY 1, 2`,
    ...slices.map(({ year }) => year),
    ...years,
    ...group.values,
  );
  return slices.map((_, at) =>
    rows.flatMap(({ value, currency, [`amount${at}` as const]: amount = 0 }) =>
      amount === 0 ? [] : [{ value, currency, amount }],
    ),
  );
}

/** Sales of some months of a year by customer, the largest first; `ids`: of these alone. */
export function salesByCustomer(
  sql: Reader,
  { year, first, last }: SalesSlice,
  ids?: readonly number[],
): { id: number; currency: string; amount: number }[] {
  const among = ids === undefined ? '' : 'AND customer_id IN (SELECT value FROM json_each(?))';
  const bound: SqlValue[] = ids === undefined ? [] : [JSON.stringify(ids)];
  return sql.all(
    `SELECT customer_id AS id, currency, ${monthColumns(first, last)} AS amount FROM customer_sales WHERE year = ? ${among}`,
    year,
    ...bound,
  );
}

/** Sales of some months of a year in all, by currency. */
export function salesTotals(sql: Reader, { year, first, last }: SalesSlice): ClassSum[] {
  // A year has as many rows of products as products, not as customers.
  return sql.all<ClassSum>(
    `SELECT NULL AS value, currency, sum(${monthColumns(first, last)}) AS amount FROM product_sales WHERE year = ? GROUP BY currency`,
    year,
  );
}

/** Sales of some months of a year by product or by group of products. */
export function salesByProduct(
  sql: Reader,
  of: 'product' | 'productGroup',
  { year, first, last }: SalesSlice,
): ClassSum[] {
  return sql.all<ClassSum>(
    `SELECT nullif(product.${of === 'product' ? 'name' : 'product_group'}, '') AS value, sales.currency AS currency,
       sum(${monthColumns(first, last)}) AS amount
     FROM product_sales AS sales JOIN product ON product.id = sales.product_id WHERE sales.year = ? GROUP BY 1, 2`,
    year,
  );
}

/** What is owed now by a classification of the customers. */
export function owedByClass(sql: Reader, field: string): ClassSum[] {
  const group = customerOrderTerm(field, 'grouped');
  return sql.all<ClassSum>(
    `SELECT nullif(CAST(${group.term} AS TEXT), '') AS value, balance.currency AS currency, sum(balance.receivable) AS amount
     FROM customer_balance AS balance CROSS JOIN customer INDEXED BY customer_listed ON customer.id = balance.customer_id ${group.join}
     WHERE balance.receivable <> 0 GROUP BY 1, 2`,
    ...group.values,
  );
}

/** What is owed past its day. */
export function overdueByClass(sql: Reader, field: string, today: string): ClassSum[] {
  const group = customerOrderTerm(field, 'grouped');
  return sql.all<ClassSum>(
    `SELECT nullif(CAST(${group.term} AS TEXT), '') AS value, receivable.currency AS currency, sum(receivable.open) AS amount
     FROM receivable INDEXED BY receivable_open CROSS JOIN customer INDEXED BY customer_listed ON customer.id = receivable.customer_id ${group.join}
     WHERE receivable.open > 0 AND receivable.due < ? GROUP BY 1, 2`,
    ...group.values,
    today,
  );
}

/** Credit limits on the cards, in whole units of their currency. */
export function limitsByClass(sql: Reader, field: string): ClassSum[] {
  const group = customerOrderTerm(field, 'grouped');
  return sql.all<ClassSum>(
    `SELECT nullif(CAST(${group.term} AS TEXT), '') AS value, coalesce(currency.value, '') AS currency, sum(granted.value) AS amount
     FROM card_value AS granted
     CROSS JOIN customer INDEXED BY customer_listed ON customer.id = granted.customer_id
     LEFT JOIN card_value AS currency ON currency.field = 'creditLimit.currency' AND currency.customer_id = granted.customer_id AND currency.ordinal = 0
     ${group.join}
     WHERE granted.field = 'creditLimit' AND granted.value > 0 AND customer.status <> 'sealed' GROUP BY 1, 2`,
    ...group.values,
  );
}
