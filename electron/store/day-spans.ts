import type { Reader } from './sql.ts';

/** Tables with an index of days, and the column that it begins with. */
const DAY_OF = {
  visit: 'day',
  customer_order: 'date',
  delivery: 'date',
  receipt: 'date',
  returned_goods: 'date',
} as const;

export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** Before and behind all days: where nobody has set a bound. */
const EVER: DaySpan = { from: '', to: '9999-12-31' };
/** Read between two turns of the event loop. */
export const ROWS_AT_ONCE = 1_000;

/** The days of a table, the last first, so many together that they have `atOnce` rows (a single day may have more): found along the index of days. */
export function* daySpans(
  sql: Reader,
  table: keyof typeof DAY_OF,
  { from = EVER.from, to = EVER.to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  atOnce: number,
): Generator<DaySpan> {
  const day = DAY_OF[table];
  for (let last: string | null = to; last !== null && last >= from; ) {
    const first: string | undefined = sql.get<{ day: string }>(
      `SELECT ${day} AS day FROM ${table} WHERE ${day} >= ? AND ${day} <= ? ORDER BY ${day} DESC LIMIT 1 OFFSET ?`,
      from,
      last,
      atOnce - 1,
    )?.day;
    yield { from: first ?? from, to: last };
    if (first === undefined) return;
    last =
      sql.get<{ day: string | null }>(`SELECT max(${day}) AS day FROM ${table} WHERE ${day} < ?`, first)?.day ?? null;
  }
}
