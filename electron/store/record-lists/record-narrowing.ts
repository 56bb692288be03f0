import { denied } from '../list-sql.ts';
import type { Reader, SqlValue } from '../sql.ts';
import { RECORD_BOUNDS } from './record-bounds.ts';
import { countedAlong, countedByValue, countedTable, countWhole } from './record-counts.ts';
import {
  type Asked,
  askedOf,
  baseOf,
  DESK,
  fromFor,
  isWhole,
  parentOf,
  type RecordFilter,
  type StoredListName,
  sourceOf,
  type Turn,
  whereOf,
} from './record-lists.ts';
import { idsTyped, idsWithText, isTextAlong } from './record-texts.ts';
import { manyIds } from './record-walks.ts';
import { alongGroup, alongOwn, alongParent, alongSearch, type Ids, ranges } from './record-ways.ts';
import { RowIds } from './row-ids.ts';

/** Which rows of a list fit what it is asked: found along the index of what fewest have, else all are looked at, piece by piece. */

export interface Narrowed {
  readonly total: number;
  /** All that fit; undefined for a whole list, and for more than an index counts that leads to them. */
  readonly ids?: RowIds | undefined;
}

const idsIn = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id);

/** A statement over all rows of a list that fit, in ranges of the ids it goes by. */
export interface Scan {
  readonly from: string;
  readonly where: string;
  readonly values: readonly SqlValue[];
  ranges(): AsyncGenerator<readonly [number, number]>;
}

/** Whether a list is read in pieces: its rows have one whole number each, by which the table itself is ordered. */
const isInPieces = (list: StoredListName): boolean => /^\w+\.\w+$/.test(sourceOf(list).id);

/**
 * How all rows of a list are looked at that fit. Where everything that is asked, and what is read, is of one parent, only its index is.
 * `read`: what the statement names beside.
 */
export function scanOf(sql: Reader, filter: RecordFilter, turn: Turn, ...read: readonly string[]): Scan {
  const { list } = filter;
  const asked = askedOf(filter);
  const { where, values } = whereOf(list, asked);
  const source = sourceOf(list);
  const parent = soleParent(list, filter, read);
  if (parent !== undefined)
    return {
      from: parent.from.replace(parent.table, `${parent.table} INDEXED BY ${parent.index}`),
      where: `${where === '' ? 'WHERE' : `${where} AND`} ${parent.id} > ? AND ${parent.id} <= ?`,
      values,
      ranges: () => ranges(sql, parent.table, parent.id, RECORD_BOUNDS.parentsOfAPiece, turn),
    };
  const from = fromFor(list, where, ...read);
  const base = baseOf(list);
  if (!isInPieces(list))
    return { from, where: `${where === '' ? 'WHERE' : `${where} AND`} ? < ?`, values, ranges: once };
  return {
    from: from.replace(base, `${base} NOT INDEXED`),
    where: `${where === '' ? 'WHERE' : `${where} AND`} ${source.id} > ? AND ${source.id} <= ?`,
    values,
    ranges: () => ranges(sql, base, source.id, RECORD_BOUNDS.rowsOfAPiece, turn),
  };
}

async function* once(): AsyncGenerator<readonly [number, number]> {
  yield [0, 1];
}

/** The one parent of which all is asked, if it has an index for that and every row has one. */
function soleParent(list: StoredListName, { found, conditions, group }: RecordFilter, read: readonly string[]) {
  if (found !== undefined || (conditions.length === 0 && group === undefined && read.length === 0)) return undefined;
  const fields = [...conditions.map(({ field }) => field), ...(group === undefined ? [] : [group.field])];
  const parents = fields.map((field) => parentOf(list, field));
  const [first] =
    fields.length > 0
      ? parents
      : Object.entries(sourceOf(list).parents ?? {}).map(([table, parent]) => ({ ...parent, table }));
  if (first?.index === undefined || first.without !== undefined || sourceOf(list).where !== undefined) return undefined;
  if (parents.some((parent) => parent?.table !== first.table)) return undefined;
  const other = new RegExp(`\\b(?!${first.table}\\.)\\w+\\.\\w`);
  return read.some((term) => other.test(term)) ? undefined : first;
}

/** The rows that fit among these. */
export async function fittingOf(
  sql: Reader,
  { list, today }: RecordFilter,
  ids: readonly number[],
  asked: readonly Asked[],
  turn: Turn,
): Promise<readonly number[]> {
  if (asked.length === 0 && sourceOf(list).where === undefined) return ids;
  const { where, values } = whereOf(list, asked);
  const { at } = sourceOf(list);
  const fitting: number[] = [];
  for (let from = 0; from < ids.length; from += RECORD_BOUNDS.rowsOfAPiece) {
    if (from > 0) await turn();
    const found = sql.all<{ id: number }>(
      `${DESK} SELECT ${sourceOf(list).id} AS id FROM json_each(?) AS wanted CROSS JOIN ${fromFor(list, where)} ${where} AND ${at} ORDER BY wanted.key`,
      today,
      JSON.stringify(ids.slice(from, from + RECORD_BOUNDS.rowsOfAPiece)),
      ...values,
    );
    for (const { id } of found) fitting.push(id);
  }
  return fitting;
}

interface Way {
  /** What fits is found by each of them. */
  readonly ways: readonly Ids[];
  /** To how many they lead; more than are kept where they are met in pieces. */
  readonly count: number;
  /** What is still asked of those to which it leads. */
  readonly rest: readonly Asked[];
}

/** The shortest way to what fits: to `most` at most, or those that are met in pieces; undefined where no index leads there. */
async function alongIndex(
  sql: Reader,
  filter: RecordFilter,
  turn: Turn,
  most = RECORD_BOUNDS.kept,
): Promise<Way | undefined> {
  const { list, found, conditions, group } = filter;
  const [text, ...others] = found === undefined ? [undefined, ...askedOf(filter)] : askedOf(filter);
  const ways: (() => Ids | undefined | Promise<Ids | undefined>)[] = [];
  const { id, customerId, parents } = sourceOf(list);
  const rests: Asked[][] = [];
  const add = (way: (typeof ways)[number], own: Asked | undefined) => {
    ways.push(way);
    rests.push([text, ...others].filter((asked) => asked !== undefined && asked !== own) as Asked[]);
  };
  const customer = parents?.['customer'];
  if (found?.records !== undefined && customer !== undefined && customerId !== undefined)
    add(
      () => ({
        sql: `SELECT value AS id FROM json_each(?) UNION SELECT ${id} FROM json_each(?) AS wanted CROSS JOIN ${customer.from} WHERE customer.id = wanted.value`,
        values: [JSON.stringify(found.records), JSON.stringify(found.customers)],
      }),
      text,
    );
  else if (found?.records !== undefined && customerId === undefined)
    add(() => ({ sql: 'SELECT value AS id FROM json_each(?)', values: [JSON.stringify(found.records)] }), text);
  for (const [at, condition] of conditions.entries())
    add(() => alongOwn(filter, condition) ?? alongParent(sql, list, condition, turn), others[at]);
  for (const condition of conditions) add(() => alongSearch(list, condition), undefined);
  if (group !== undefined) add(() => alongGroup(filter, group), others.at(-1));
  let best: Way | undefined;
  const wide: Way[] = [];
  for (const [at, way] of ways.entries()) {
    const ids = await way();
    if (ids === undefined) continue;
    const rest = rests[at] ?? [];
    const below: number = best?.count ?? most + 1;
    const count =
      sql.get<{ n: number }>(`SELECT count(*) AS n FROM (${ids.sql} LIMIT ?)`, ...ids.values, below)?.n ?? 0;
    if (count < below) best = { ways: [ids], count, rest };
    else if (ids.inPieces !== undefined) wide.push({ ways: [ids], count, rest });
    await turn();
  }
  if (best !== undefined || wide.length === 0) return best;
  const rest = [text, ...others].filter((asked) => asked !== undefined);
  return {
    ways: wide.flatMap((way) => way.ways),
    count: Number.POSITIVE_INFINITY,
    rest: rest.filter((asked) => wide.every((way) => way.rest.includes(asked))),
  };
}

/** The rows to which an index leads, of which not all need fit: those that do are among them. */
export interface Candidates {
  readonly ids: RowIds;
  readonly rest: readonly Asked[];
}

async function candidatesOf(sql: Reader, { ways, count, rest }: Way, turn: Turn): Promise<Candidates> {
  let ids: RowIds | undefined;
  for (const way of ways) {
    const among = ids;
    ids = new RowIds();
    if (way.inPieces === undefined || count <= RECORD_BOUNDS.kept) ids.add(manyIds(sql, way.sql, ...way.values));
    else
      for await (const piece of way.inPieces(sql, turn))
        ids.add(among === undefined ? piece : piece.filter((id) => among.has(id)));
  }
  return { ids: ids ?? new RowIds(), rest };
}

/** Rows to which an index leads, if one does. */
export async function candidates(sql: Reader, filter: RecordFilter, turn: Turn): Promise<Candidates | undefined> {
  const way = await alongIndex(sql, filter, turn);
  if (way !== undefined) return await candidatesOf(sql, way, turn);
  const ids = await idsTyped(sql, filter, turn);
  return ids === undefined ? undefined : { ids, rest: askedOf({ ...filter, found: undefined }) };
}

/** A row is read for itself in the time in which so many are looked through. */
const PASSED_FOR_A_ROW = 8;

async function fittingAmong(
  sql: Reader,
  filter: RecordFilter,
  { ids, rest }: Candidates,
  turn: Turn,
): Promise<Narrowed> {
  if (rest.length === 0 && sourceOf(filter.list).where === undefined) return { total: ids.size, ids };
  const fitting = new RowIds();
  for (const piece of ids.pieces(RECORD_BOUNDS.rowsOfAPiece)) {
    fitting.add(await fittingOf(sql, filter, piece, rest, turn));
    await turn();
  }
  return { total: fitting.size, ids: fitting };
}

/** Which rows of a list fit, where an index leads to few of them. */
export async function narrowedToFew(sql: Reader, filter: RecordFilter, turn: Turn): Promise<Narrowed | undefined> {
  const way = await alongIndex(sql, filter, turn, RECORD_BOUNDS.few);
  if (way === undefined || way.count > RECORD_BOUNDS.few) return undefined;
  return await fittingAmong(sql, filter, await candidatesOf(sql, way, turn), turn);
}

/** Which rows of a list fit, where an index says so; undefined where rows must be looked through. `known`: how many there are, if somebody counted. */
export async function nearlyNarrowed(
  sql: Reader,
  filter: RecordFilter,
  turn: Turn,
  known?: number,
  led: () => Promise<Candidates | undefined> = () => candidates(sql, filter, turn),
): Promise<Narrowed | undefined> {
  if (isWhole(filter)) return { total: countWhole(sql, filter) };
  const kept = countedByValue(sql, filter);
  if (kept !== undefined && kept > RECORD_BOUNDS.few) return { total: kept };
  const near = await led();
  // To read a large part of the rows one by one takes longer than to look through all of them, or an index that has the text itself.
  const isLarge = near !== undefined && near.ids.size * PASSED_FOR_A_ROW > (countedTable(sql, filter.list) ?? 0);
  if (near !== undefined && (near.rest.length === 0 || near.ids.size <= RECORD_BOUNDS.kept || !isLarge))
    return await fittingAmong(sql, filter, near, turn);
  if (known !== undefined && known > RECORD_BOUNDS.kept) return { total: known };
  const counted = await countedAlong(sql, filter, turn);
  if (counted !== undefined) return { total: counted };
  const [only] = filter.conditions;
  const opposite = only === undefined ? undefined : denied(only);
  if (
    opposite === undefined ||
    filter.conditions.length > 1 ||
    filter.found !== undefined ||
    filter.group !== undefined
  )
    return undefined;
  const others = await nearlyNarrowed(sql, { ...filter, conditions: [opposite] }, turn);
  const total = others === undefined ? 0 : countWhole(sql, filter) - others.total;
  return total > RECORD_BOUNDS.kept ? { total } : undefined;
}

/** Which rows of a list fit, all of them looked through, or the entries of an index with a text of each. */
export async function lookedThrough(sql: Reader, filter: RecordFilter, turn: Turn): Promise<Narrowed> {
  const text = filter.conditions.find((condition) => isTextAlong(filter.list, condition));
  if (text !== undefined) {
    const fitting = new RowIds();
    const others = askedOf({ ...filter, conditions: filter.conditions.filter((one) => one !== text) });
    for await (const piece of idsWithText(sql, filter, text, turn))
      fitting.add(await fittingOf(sql, filter, piece, others, turn));
    return { total: fitting.size, ids: fitting };
  }
  const { from, where, values, ranges: pieces } = scanOf(sql, filter, turn);
  const ids = new RowIds();
  for await (const range of pieces())
    ids.add(
      idsIn(
        sql.all<{ id: number }>(
          `${DESK} SELECT ${sourceOf(filter.list).id} AS id FROM ${from} ${where}`,
          filter.today,
          ...values,
          ...range,
        ),
      ),
    );
  return { total: ids.size, ids };
}
