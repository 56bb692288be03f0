import { monthOf, type SalesSlice, salesByCustomer } from './analysis.ts';
import type { Reader, SqlValue } from './sql.ts';

/** The customers that bought most in a period, found along an index (migration 0590): not by adding up all of them. */

/** In the base currency; undefined where no rate is known. Never falls as the amount grows. */
export type Convert = (minor: number, currency: string) => number | undefined;

interface Limits {
  /** So many order lines are added up by themselves: of a month that has hardly begun a year's order says nothing. */
  readonly lines: number;
  /** Customers looked at in a first round, of each list; later rounds are up to so many times as long. */
  readonly round: number;
}
const USUAL: Limits = { lines: 50_000, round: 64 };
const LONGEST_ROUND = 64;

type Amounts = Map<number, number>;

function add(into: Amounts, rows: readonly { id: number; currency: string; amount: number }[], convert: Convert): void {
  for (const { id, currency, amount } of rows) {
    const converted = convert(amount, currency);
    if (converted !== undefined) into.set(id, (into.get(id) ?? 0) + converted);
  }
}

/** What stands first: the larger, of equals the one whose id as text comes first. */
function largestOf(amounts: Amounts, count: number): [id: string, amount: number][] {
  return [...amounts]
    .filter(([, amount]) => amount !== 0)
    .map(([id, amount]): [string, number] => [String(id), amount])
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, count);
}

/**
 * Ids of the customers that bought most in these months, the largest first; none that bought nothing.
 */
export function largestCustomers(
  sql: Reader,
  slices: readonly SalesSlice[],
  count: number,
  convert: Convert,
  { lines, round } = USUAL,
): string[] {
  const inPart = slices.some(({ first, last }) => first !== 1 || last !== 12);
  const amounts =
    (inPart ? ofFewLines(sql, slices, convert, lines) : undefined) ?? alongYears(sql, slices, count, convert, round);
  return largestOf(amounts, count).map(([id]) => id);
}

/** All amounts, when few lines make them up. */
function ofFewLines(sql: Reader, slices: readonly SalesSlice[], convert: Convert, most: number): Amounts | undefined {
  const amounts: Amounts = new Map();
  let left = most;
  for (const { year, first, last } of slices) {
    const days: SqlValue[] = [`${monthOf(year, first)}-01`, `${monthOf(year, last)}-31`];
    const lines = sql.get<{ n: number }>(
      'SELECT count(*) AS n FROM (SELECT 1 FROM order_line INDEXED BY order_line_sales WHERE counted = 1 AND date BETWEEN ? AND ? LIMIT ?)',
      ...days,
      left + 1,
    );
    left -= lines?.n ?? 0;
    if (left < 0) return undefined;
    // Year by year and currency by currency, as the summaries have it: each sum is converted, and rounded, by itself.
    const rows = sql.all<{ id: number; currency: string; amount: number }>(
      `SELECT customer_id AS id, currency, sum(amount) AS amount FROM order_line INDEXED BY order_line_sales
       WHERE counted = 1 AND date BETWEEN ? AND ? GROUP BY 1, 2`,
      ...days,
    );
    add(amounts, rows, convert);
  }
  return amounts;
}

/** A year's customers of one currency in falling order of what they bought at most. */
class YearList {
  readonly #sql: Reader;
  readonly #key: readonly [year: number, mixed: number, currency: string];
  readonly #convert: Convert;
  #last: { readonly id: number; readonly most: number } | undefined;
  ended = false;
  /** What a customer further down bought at most, in the base currency. */
  bound = Number.POSITIVE_INFINITY;
  constructor(sql: Reader, convert: Convert, ...key: readonly [year: number, mixed: number, currency: string]) {
    this.#sql = sql;
    this.#key = key;
    this.#convert = convert;
  }
  next(rows: number): number[] {
    if (this.ended) return [];
    const below = this.#last === undefined ? '' : 'AND (most, customer_id) < (?, ?)';
    const from = this.#last === undefined ? [] : [this.#last.most, this.#last.id];
    const found = this.#sql.all<{ id: number; most: number }>(
      `SELECT customer_id AS id, most FROM customer_sales INDEXED BY customer_sales_most
       WHERE year = ? AND mixed = ? AND currency = ? ${below} ORDER BY most DESC, customer_id DESC LIMIT ?`,
      ...this.#key,
      ...from,
      rows,
    );
    this.#last = found.at(-1);
    this.ended = found.length < rows;
    this.bound = this.ended ? 0 : (this.#convert(this.#last?.most ?? 0, this.#key[2]) ?? 0);
    return found.map(({ id }) => id);
  }
}

const sumOf = (lists: readonly YearList[]): number => lists.reduce((sum, { bound }) => sum + bound, 0);

/** All lists of a year: of the customers that bought in one currency, and of those that bought in several. */
class Year {
  readonly #single: readonly YearList[];
  readonly #mixed: readonly YearList[];
  constructor(sql: Reader, convert: Convert, year: number) {
    const currencies = sql
      .all<{ currency: string }>('SELECT DISTINCT currency FROM product_sales WHERE year = ?', year)
      .map(({ currency }) => currency)
      .filter((currency) => convert(0, currency) !== undefined);
    const lists = (mixed: number) => currencies.map((currency) => new YearList(sql, convert, year, mixed, currency));
    this.#single = lists(0);
    this.#mixed = lists(1);
  }
  get ended(): boolean {
    return [...this.#single, ...this.#mixed].every(({ ended }) => ended);
  }
  /** What a customer further down in all of its lists bought in this year at most. */
  get bound(): number {
    return Math.max(0, sumOf(this.#mixed), ...this.#single.map(({ bound }) => bound));
  }
  /** The next customers of the lists that bound it; a list of small amounts waits until the others have come down to it. */
  next(rows: number): number[] {
    const enough = this.bound / 4;
    const single = this.#single.filter(({ bound }) => bound >= enough);
    const mixed = sumOf(this.#mixed) >= enough ? this.#mixed : [];
    return [...single, ...mixed].flatMap((list) => list.next(rows));
  }
}

/** Amounts of the largest, and of all that were looked at to be sure of them. */
function alongYears(
  sql: Reader,
  slices: readonly SalesSlice[],
  count: number,
  convert: Convert,
  round: number,
): Amounts {
  const years = slices.map(({ year }) => new Year(sql, convert, year));
  const amounts: Amounts = new Map();
  for (let rows = round; ; rows = Math.min(round * LONGEST_ROUND, rows * 2)) {
    const found = new Set(years.flatMap((year) => year.next(rows)));
    // In the order of the table.
    const unseen = [...found].filter((id) => !amounts.has(id)).sort((a, b) => a - b);
    for (const id of unseen) amounts.set(id, 0);
    for (const slice of slices) add(amounts, salesByCustomer(sql, slice, unseen), convert);
    const left = years.reduce((sum, { bound }) => sum + bound, 0);
    const least = largestOf(amounts, count)[count - 1]?.[1];
    if ((least !== undefined && left < least) || years.every(({ ended }) => ended)) return amounts;
  }
}
