import type { Reader } from '../sql.ts';
import { RECORD_BOUNDS } from './record-bounds.ts';
import {
  baseOf,
  codesOf,
  columnOf,
  DESK,
  fromFor,
  groupTerm,
  isWhole,
  type RecordAtom,
  type RecordFilter,
  sourceOf,
  type Turn,
} from './record-lists.ts';
import { type Narrowed, scanOf } from './record-narrowing.ts';

/** Groups and sums of a list of records, added up piece by piece. */

export interface Group {
  readonly value: RecordAtom;
  readonly count: number;
}
export interface Sum {
  readonly currency: string;
  readonly sum: number;
  readonly count: number;
}
const MOST_CURRENCIES = 20;
const AFTER_ANY_TEXT = '\u{10FFFF}';

/** Nothing before numbers before texts, as the store sorts. */
export function compareAtoms(a: RecordAtom, b: RecordAtom): number {
  const rank = (value: RecordAtom) => (value === null ? 0 : typeof value === 'number' ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a === null || b === null || a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

/** The rows of every piece of what fits, under one statement: `select` with its FROM and WHERE, and what comes behind. */
async function* pieces<T>(
  sql: Reader,
  filter: RecordFilter,
  { ids }: Narrowed,
  select: string,
  behind: string,
  turn: Turn,
): AsyncGenerator<T[]> {
  const { list, today } = filter;
  if (ids === undefined) {
    const { from, where, values, ranges } = scanOf(sql, filter, turn, select);
    for await (const range of ranges())
      yield sql.all<T>(`${DESK} SELECT ${select} FROM ${from} ${where} ${behind}`, today, ...values, ...range);
    return;
  }
  for (let from = 0; from < ids.length; from += RECORD_BOUNDS.rowsOfAPiece) {
    if (from > 0) await turn();
    yield sql.all<T>(
      `${DESK} SELECT ${select} FROM json_each(?) AS wanted CROSS JOIN ${fromFor(list, select)} WHERE ${sourceOf(list).at} ${behind}`,
      today,
      JSON.stringify(ids.slice(from, from + RECORD_BOUNDS.rowsOfAPiece)),
    );
  }
}

/** How many records of a list have which value of a field, in the order of the list grouped by it: the first so many. */
export async function groupsOf(
  sql: Reader,
  filter: RecordFilter,
  narrowed: Narrowed,
  field: string,
  limit: number,
  turn: Turn,
): Promise<Group[]> {
  if (columnOf(filter.list, field).index !== undefined && isWhole(filter) && sourceOf(filter.list).where === undefined)
    return await groupsAlong(sql, filter, field, limit, turn);
  const codes = isWhole(filter) ? codesOf(filter, field) : undefined;
  if (codes !== undefined)
    return [...codes]
      .map(([value, { index, sql: where, values }]) => ({
        value,
        count:
          sql.get<{ n: number }>(
            `SELECT count(*) AS n FROM ${baseOf(filter.list)} INDEXED BY ${index} WHERE ${where}`,
            ...values,
          )?.n ?? 0,
      }))
      .filter(({ count }) => count > 0)
      .slice(0, limit);
  const term = groupTerm(filter.list, field);
  const counts = new Map<RecordAtom, number>();
  for await (const piece of pieces<Group>(
    sql,
    filter,
    narrowed,
    `${term} AS value, count(*) AS count`,
    'GROUP BY 1',
    turn,
  )) {
    for (const { value, count } of piece) counts.set(value, (counts.get(value) ?? 0) + count);
    // What stands behind so many others is no group of the first ones, whatever comes.
    if (counts.size > limit * 2)
      for (const value of [...counts.keys()].toSorted(compareAtoms).slice(limit)) counts.delete(value);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => compareAtoms(a.value, b.value))
    .slice(0, limit);
}

/** Of a whole list along the index of the field: from one value to the next. */
async function groupsAlong(
  sql: Reader,
  { list }: RecordFilter,
  field: string,
  limit: number,
  turn: Turn,
): Promise<Group[]> {
  const { sql: column, index } = columnOf(list, field);
  const from = `${baseOf(list)} INDEXED BY ${index}`;
  const byDay = groupTerm(list, field).includes('substr(');
  const count = (where: string, ...values: (string | number)[]) =>
    sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${from} WHERE ${where}`, ...values)?.n ?? 0;
  const without = count(`${column} IS NULL`) + count(`${column} = ''`);
  const groups: Group[] = without === 0 ? [] : [{ value: null, count: without }];
  let beyond: string | number = Number.NEGATIVE_INFINITY;
  while (groups.length < limit) {
    const next: RecordAtom | undefined = sql.get<{ value: RecordAtom }>(
      `SELECT ${column} AS value FROM ${from} WHERE ${column} > ? AND ${column} <> '' ORDER BY ${column} LIMIT 1`,
      beyond,
    )?.value;
    if (next === undefined || next === null) break;
    const value: string | number = byDay ? String(next).slice(0, 10) : next;
    beyond = byDay ? `${value}${AFTER_ANY_TEXT}` : value;
    groups.push({
      value,
      count: byDay ? count(`${column} >= ? AND ${column} < ?`, value, beyond) : count(`${column} = ?`, value),
    });
    await turn();
  }
  return groups;
}

/** So many values of a number with an index are each multiplied by how often they stand there. */
const MOST_VALUES = 1_000;

/** The sum of a field over a list; an amount's by its currency (`''` for plain numbers). */
export async function sumsOf(
  sql: Reader,
  filter: RecordFilter,
  narrowed: Narrowed,
  field: string,
  turn: Turn,
): Promise<Sum[]> {
  if (narrowed.total === 0) return [];
  const { sql: expression, currency, index } = columnOf(filter.list, field);
  if (index !== undefined && currency === undefined && isWhole(filter)) {
    const values = await groupsOf(sql, filter, narrowed, field, MOST_VALUES + 1, turn);
    if (values.length <= MOST_VALUES) {
      const filled = values.filter(({ value }) => value !== null);
      return [
        {
          currency: '',
          sum: filled.reduce((sum, { value, count }) => sum + Number(value) * count, 0),
          count: filled.reduce((sum, { count }) => sum + count, 0),
        },
      ];
    }
  }
  const sums = new Map<string, { sum: number; count: number }>();
  const select = `${currency === undefined ? "''" : `coalesce(${currency}, '')`} AS currency, coalesce(sum(${expression}), 0) AS sum, count(${expression}) AS count`;
  for await (const piece of pieces<Sum>(sql, filter, narrowed, select, 'GROUP BY 1 HAVING count(*) > 0', turn))
    for (const { currency: name, sum, count } of piece) {
      const known = sums.get(name) ?? { sum: 0, count: 0 };
      sums.set(name, { sum: known.sum + sum, count: known.count + count });
    }
  return [...sums]
    .map(([name, sum]) => ({ currency: name, ...sum }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_CURRENCIES);
}
