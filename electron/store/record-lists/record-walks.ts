import type { Reader, SqlValue } from '../sql.ts';
import { RECORD_BOUNDS } from './record-bounds.ts';
import {
  type Asked,
  baseOf,
  codesOf,
  columnOf,
  orderWithin,
  parentOf,
  type RecordFilter,
  type StoredListName,
  sourceOf,
  type Turn,
} from './record-lists.ts';
import type { RecordParent } from './record-source.ts';

/** Rows of a list in the order of one of its columns, found along an index piece by piece. */

interface Entry {
  readonly id: number;
  readonly key: SqlValue;
}

/** The entries of an index: `column` of `table`, further narrowed by conditions on that column alone. */
export interface IndexEntries {
  readonly table: string;
  readonly column: string;
  readonly id: string;
  readonly index?: string | undefined;
  readonly only?: { readonly sql: string; readonly values: readonly SqlValue[] } | undefined;
}

/** The ids that a statement answers as `id`, in its order: as one text, which for very many takes a third of the time of rows. */
export function manyIds(sql: Reader, statement: string, ...values: SqlValue[]): number[] {
  const found = sql.get<{ ids: string }>(`SELECT json_group_array(id) AS ids FROM (${statement})`, ...values);
  return JSON.parse(found?.ids ?? '[]') as number[];
}

/** The ids of a piece of entries after `after`; those without a value stand before all others. */
function idsAfter(
  sql: Reader,
  { table, column, id, index, only }: IndexEntries,
  down: boolean,
  after: Entry | undefined,
  limit: number,
): number[] {
  const [beyond, direction] = down ? ['<', 'DESC'] : ['>', 'ASC'];
  const from = index === undefined ? table : `${table} INDEXED BY ${index}`;
  let found: number[] = [];
  const take = (where: string, ...values: SqlValue[]) => {
    if (found.length >= limit) return;
    const more = manyIds(
      sql,
      `SELECT ${id} AS id FROM ${from} WHERE ${where}${only === undefined ? '' : ` AND ${only.sql}`}
       ORDER BY ${column} ${direction}, ${id} ${direction} LIMIT ?`,
      ...values,
      ...(only?.values ?? []),
      limit - found.length,
    );
    found = found.length === 0 ? more : [...found, ...more];
  };
  const none = `${column} IS NULL`;
  const some = `${column} IS NOT NULL`;
  if (after === undefined) for (const where of down ? [some, none] : [none, some]) take(where);
  else if (after.key === null) {
    take(`${none} AND ${id} ${beyond} ?`, after.id);
    if (!down) take(some);
  } else {
    take(`${column} = ? AND ${id} ${beyond} ?`, after.key, after.id);
    take(`${column} ${beyond} ?`, after.key);
    if (down) take(none);
  }
  return found;
}

/** All ids of an index in its order, piece by piece. */
export async function* idsAlong(
  sql: Reader,
  entries: IndexEntries,
  down: boolean,
  turn: Turn,
  size = RECORD_BOUNDS.entriesOfAPiece,
) {
  const { table, column, id } = entries;
  let after: Entry | undefined;
  while (true) {
    const found = idsAfter(sql, entries, down, after, size);
    const last = found.at(-1);
    if (last === undefined) return;
    yield found;
    if (found.length < size) return;
    after = {
      id: last,
      key: sql.get<Entry>(`SELECT ${column} AS key FROM ${table} WHERE ${id} = ?`, last)?.key ?? null,
    };
    await turn();
  }
}

/** Entries of the rows of one value of a field that has an index, in the order that it has them in. */
export function entriesOfValue(
  filter: Pick<RecordFilter, 'list' | 'today'>,
  field: string,
  value: SqlValue,
): IndexEntries | undefined {
  const { list } = filter;
  const within = orderWithin(list, field);
  if (within !== undefined) return entriesWithin(filter, field, value, within);
  const { sql, index } = columnOf(list, field);
  const { id } = sourceOf(list);
  return index === undefined
    ? undefined
    : { table: baseOf(list), column: id, id, index, only: { sql: `${sql} = ?`, values: [value] } };
}

/** How many entries an index has, counted in pieces where all have one value: by what stands behind it. `from` names the index of the field. */
export async function countedInPieces(
  sql: Reader,
  list: StoredListName,
  field: string,
  { from, sql: where, values }: Asked & { readonly from: string },
  turn: Turn,
): Promise<number> {
  const within = orderWithin(list, field);
  const by = within === undefined ? sourceOf(list).id : columnOf(list, within).sql;
  const inPieces = / (?:= \?|IS NULL)$/.test(where);
  let total = 0;
  let after: SqlValue = Number.NEGATIVE_INFINITY;
  while (inPieces) {
    const upTo: SqlValue | undefined = sql.get<{ by: SqlValue }>(
      `SELECT ${by} AS by FROM ${from} WHERE ${where} AND ${by} > ? ORDER BY ${by} LIMIT 1 OFFSET ?`,
      ...values,
      after,
      RECORD_BOUNDS.countedOfAPiece,
    )?.by;
    if (upTo === undefined) break;
    total +=
      sql.get<{ n: number }>(
        `SELECT count(*) AS n FROM ${from} WHERE ${where} AND ${by} > ? AND ${by} <= ?`,
        ...values,
        after,
        upTo,
      )?.n ?? 0;
    after = upTo;
    await turn();
  }
  const rest = inPieces ? ` AND ${by} > ?` : '';
  return (
    total +
    (sql.get<{ n: number }>(
      `SELECT count(*) AS n FROM ${from} WHERE ${where}${rest}`,
      ...values,
      ...(inPieces ? [after] : []),
    )?.n ?? 0)
  );
}

/** Whether a field is the number by which the table of a list itself is ordered. */
const isOwnOrder = (list: StoredListName, sort: string): boolean => columnOf(list, sort).sql === sourceOf(list).id;

/** Whether the rows of a list stand along an index in the order of a field. */
export const isWalked = (list: StoredListName, sort: string): boolean =>
  isOwnOrder(list, sort) ||
  (columnOf(list, sort).index !== undefined && columnOf(list, sort).then === undefined) ||
  parentOf(list, sort) !== undefined;

/** Entries of the rows of one value of a field, where its index has them in the order of another one. */
export function entriesWithin(
  { list, today }: Pick<RecordFilter, 'list' | 'today'>,
  field: string,
  value: SqlValue,
  sort: string,
): IndexEntries | undefined {
  if (orderWithin(list, field) !== sort) return undefined;
  const entries = { table: baseOf(list), column: columnOf(list, sort).sql, id: sourceOf(list).id };
  const code = codesOf({ list, today }, field)?.get(String(value));
  if (code !== undefined) return { ...entries, index: code.index, only: code };
  const { sql: column, index } = columnOf(list, field);
  return index === undefined ? undefined : { ...entries, index, only: { sql: `${column} = ?`, values: [value] } };
}

/**
 * Ids of the rows of a list in the order of a field (`orderTerms`), piece by piece, until nobody asks for more. `only`: a condition on that
 * field, if it has an index of its own.
 */
export async function* walked(
  sql: Reader,
  list: StoredListName,
  { sort, descending }: { readonly sort: string; readonly descending: boolean },
  turn: Turn,
  only?: IndexEntries['only'],
): AsyncGenerator<readonly number[]> {
  const { sql: column, index } = columnOf(list, sort);
  const { id } = sourceOf(list);
  const table = baseOf(list);
  if (index !== undefined || isOwnOrder(list, sort)) {
    yield* idsAlong(sql, { table, column, id, index, only }, descending, turn);
    return;
  }
  const parent = parentOf(list, sort);
  if (parent === undefined) throw new Error(`The list ${list} is not walked by ${sort}`);
  if (!descending) yield* rowsWithout(sql, list, parent, descending, turn);
  const parents = { table: parent.table, column, id: parent.id };
  for await (const ids of idsAlong(
    sql,
    parents,
    descending,
    turn,
    parent.few === true ? 1 : RECORD_BOUNDS.orderedParents,
  ))
    if (parent.few === true)
      yield* rowsOfOne(sql, { from: parent.from, where: `${parent.id} = ?`, values: ids }, id, descending, turn);
    else yield rowsOfAll(sql, parent, ids, id, descending);
  if (descending) yield* rowsWithout(sql, list, parent, descending, turn);
}

const along = (down: boolean) => (down ? 'DESC' : 'ASC');

/** Rows of these parents, in the order in which the parents stand. */
const rowsOfAll = (
  sql: Reader,
  { from, id: parent }: RecordParent,
  parents: readonly number[],
  id: string,
  down: boolean,
): number[] =>
  sql
    .all<{ id: number }>(
      `SELECT ${id} AS id FROM json_each(?) AS wanted CROSS JOIN ${from} WHERE ${parent} = wanted.value ORDER BY wanted.key, ${id} ${along(down)}`,
      JSON.stringify(parents),
    )
    .map((row) => row.id);

/** Very many rows that an index has in the order of their ids. */
async function* rowsOfOne(
  sql: Reader,
  { from, where, values }: { readonly from: string; readonly where: string; readonly values: readonly SqlValue[] },
  id: string,
  down: boolean,
  turn: Turn,
): AsyncGenerator<readonly number[]> {
  let after = down ? Number.MAX_SAFE_INTEGER : -1;
  while (true) {
    const found = sql
      .all<{ id: number }>(
        `SELECT ${id} AS id FROM ${from} WHERE ${where} AND ${id} ${down ? '<' : '>'} ? ORDER BY ${id} ${along(down)} LIMIT ?`,
        ...values,
        after,
        RECORD_BOUNDS.entriesOfAPiece,
      )
      .map((row) => row.id);
    if (found.length > 0) yield found;
    if (found.length < RECORD_BOUNDS.entriesOfAPiece) return;
    after = found.at(-1) ?? after;
    await turn();
  }
}

async function* rowsWithout(sql: Reader, list: StoredListName, { without }: RecordParent, down: boolean, turn: Turn) {
  if (without === undefined) return;
  yield* rowsOfOne(sql, { from: baseOf(list), where: without, values: [] }, sourceOf(list).id, down, turn);
}
