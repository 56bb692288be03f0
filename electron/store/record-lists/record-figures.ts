import type { Reader } from '../sql.ts';
import { RECORD_BOUNDS } from './record-bounds.ts';
import {
  type Asked,
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
import { countedInPieces } from './record-walks.ts';

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
  for (const piece of ids.pieces(RECORD_BOUNDS.rowsOfAPiece)) {
    await turn();
    yield sql.all<T>(
      `${DESK} SELECT ${select} FROM json_each(?) AS wanted CROSS JOIN ${fromFor(list, select)} WHERE ${sourceOf(list).at} ${behind}`,
      today,
      JSON.stringify(piece),
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
  if (standAlong(filter, field)) {
    const groups: Group[] = [];
    for await (const { value, count } of groupsAlong(sql, filter, field, turn)) {
      groups.push({ value, count: await count() });
      if (groups.length === limit) break;
      await turn();
    }
    return groups;
  }
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

/** Whether the groups of a list stand along an index. */
export const standAlong = (filter: RecordFilter, field: string): boolean =>
  isWhole(filter) &&
  sourceOf(filter.list).where === undefined &&
  (columnOf(filter.list, field).index ?? columnOf(filter.list, field).codes) !== undefined;

/** The groups of a whole list, one after the other along the index of the field; those that nobody wants to know the size of are not counted. */
export async function* groupsAlong(
  sql: Reader,
  filter: RecordFilter,
  field: string,
  turn: Turn,
): AsyncGenerator<{ readonly value: RecordAtom; readonly count: () => Promise<number> }> {
  const { list } = filter;
  const { sql: column, index } = columnOf(list, field);
  const some = ({ index: of = index, sql: where, values }: Asked & { readonly index?: string }) => {
    const from = `${baseOf(list)} INDEXED BY ${of}`;
    const is = sql.get(`SELECT 1 FROM ${from} WHERE ${where} LIMIT 1`, ...values) !== undefined;
    return is ? () => countedInPieces(sql, filter.list, field, { from, sql: where, values }, turn) : undefined;
  };
  for (const [value, asked] of codesOf(filter, field) ?? []) {
    const count = some(asked);
    if (count !== undefined) yield { value, count };
  }
  if (index === undefined) return;
  const byDay = groupTerm(list, field).includes('substr(');
  const without = [
    { sql: `${column} IS NULL`, values: [] },
    { sql: `${column} = ?`, values: [''] },
  ].flatMap((asked) => some(asked) ?? []);
  if (without.length > 0)
    yield {
      value: null,
      count: async () => {
        let all = 0;
        for (const count of without) all += await count();
        return all;
      },
    };
  let beyond: string | number = Number.NEGATIVE_INFINITY;
  while (true) {
    const next: RecordAtom | undefined = sql.get<{ value: RecordAtom }>(
      `SELECT ${column} AS value FROM ${baseOf(list)} INDEXED BY ${index} WHERE ${column} > ? AND ${column} <> '' ORDER BY ${column} LIMIT 1`,
      beyond,
    )?.value;
    if (next === undefined || next === null) return;
    const value: string | number = byDay ? String(next).slice(0, 10) : next;
    beyond = byDay ? `${value}${AFTER_ANY_TEXT}` : value;
    const count = some(
      byDay
        ? { sql: `${column} >= ? AND ${column} < ?`, values: [value, beyond] }
        : { sql: `${column} = ?`, values: [value] },
    );
    if (count !== undefined) yield { value, count };
  }
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
