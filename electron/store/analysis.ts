import type { Reader } from './sql.ts';

/** Sums behind the composition analyses, from the summaries that are kept (migrations 0110, 0580). Amounts in minor units of their currency. */

export interface ClassSum {
  readonly value: string | null;
  readonly currency: string;
  readonly amount: number;
}

const monthColumns = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `m${String(first + index).padStart(2, '0')}`).join(' + ');

export const monthOf = (year: number, month: number) => `${year}-${String(month).padStart(2, '0')}`;

/** Some months of a year. */
export interface SalesSlice {
  readonly year: number;
  readonly first: number;
  readonly last: number;
}

/** Sales of several slices by a classification of the customers, the sums of each slice in their order. */
export function salesByClass(sql: Reader, field: string, slices: readonly SalesSlice[]): ClassSum[][] {
  const months = slices.map(({ year, first, last }) => [monthOf(year, first), monthOf(year, last)] as const);
  const rows = sql.all<{ value: string | null; currency: string } & Record<`amount${number}`, number>>(
    `SELECT nullif(value, '') AS value, currency, ${slices.map((_, at) => `sum(iif(at BETWEEN ? AND ?, amount, 0)) AS amount${at}`).join(', ')}
     FROM class_figure WHERE what = 'sales' AND class = ? AND at BETWEEN ? AND ? GROUP BY 1, 2`,
    ...months.flat(),
    field,
    months.map(([from]) => from).sort()[0] ?? '',
    months
      .map(([, to]) => to)
      .sort()
      .at(-1) ?? '',
  );
  return slices.map((_, at) =>
    rows.flatMap(({ value, currency, [`amount${at}` as const]: amount = 0 }) =>
      amount === 0 ? [] : [{ value, currency, amount }],
    ),
  );
}

/** Sales of some months of a year of these customers. */
export function salesByCustomer(
  sql: Reader,
  { year, first, last }: SalesSlice,
  ids: readonly number[],
): { id: number; currency: string; amount: number }[] {
  return sql.all(
    `SELECT customer_id AS id, currency, ${monthColumns(first, last)} AS amount FROM customer_sales
     WHERE year = ? AND customer_id IN (SELECT value FROM json_each(?))`,
    year,
    JSON.stringify(ids),
  );
}

/** Sales of some months of a year in all, by currency. */
export function salesTotals(sql: Reader, { year, first, last }: SalesSlice): ClassSum[] {
  // A year has as many rows of products as products, not as customers.
  return sql.all<ClassSum>(
    `SELECT NULL AS value, currency, sum(${monthColumns(first, last)}) AS amount FROM product_sales
     WHERE year = ? GROUP BY currency HAVING amount <> 0`,
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
  return figures(sql, 'owed', field);
}

/** What is owed past its day. */
export function overdueByClass(sql: Reader, field: string, today: string): ClassSum[] {
  return figures(sql, 'due', field, today);
}

/** Credit limits of the cards that are not sealed. */
export function limitsByClass(sql: Reader, field: string): ClassSum[] {
  return figures(sql, 'limit', field);
}

/** How many cards that are not sealed are in each class, in the order of the classes. */
export function cardsByClass(sql: Reader, field: string, limit: number): { value: string | null; count: number }[] {
  return figures(sql, 'cards', field)
    .slice(0, limit)
    .map(({ value, amount }) => ({ value, count: amount }));
}

/** `before`: the day up to which what is due is counted, itself not counted in. */
function figures(sql: Reader, what: 'owed' | 'due' | 'limit' | 'cards', field: string, before?: string): ClassSum[] {
  return sql.all<ClassSum>(
    `SELECT nullif(value, '') AS value, currency, sum(amount) AS amount FROM class_figure
     WHERE what = ? AND class = ? ${before === undefined ? '' : 'AND at < ?'} GROUP BY 1, 2 HAVING sum(amount) <> 0`,
    what,
    field,
    ...(before === undefined ? [] : [before]),
  );
}
