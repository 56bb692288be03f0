import type { Comparison } from '../../../shared/domain/lists/list-query.ts';
import type { Reader } from '../sql.ts';
import { RECORD_BOUNDS } from './record-bounds.ts';
import { countedTable } from './record-counts.ts';
import {
  type Asked,
  askedCondition,
  askedOf,
  columnOf,
  DESK,
  fromFor,
  isWhole,
  orderTerms,
  type RecordFilter,
  type RecordOrder,
  sourceOf,
  type Turn,
  whereOf,
} from './record-lists.ts';
import { type Candidates, fittingOf, type Narrowed, scanOf } from './record-narrowing.ts';
import { entriesWithin, type IndexEntries, idsAlong, isWalked, walked } from './record-walks.ts';
import type { RowIds } from './row-ids.ts';
import { idsOfWhole, page } from './whole-pages.ts';

/** Pages of a list of records: along the index of the order where what fits is frequent in it, sorted out of what fits where that is little. */

export interface Page {
  readonly offset: number;
  readonly limit: number;
}
type Order = Omit<RecordOrder, 'group'>;

/** Where a page lies, seen from the nearer end of the list. */
function seenFromEnd(order: Order, total: number, { offset, limit }: Page) {
  const fromEnd = offset > total / 2;
  const rows = Math.max(0, Math.min(limit, total - offset));
  return {
    fromEnd,
    rows,
    skipped: fromEnd ? Math.max(0, total - offset - rows) : offset,
    order: { ...order, descending: order.descending !== fromEnd },
  };
}

/** Ids of a page of a list, in its order. `narrowed`: which of its rows fit. `isEven`: they may be met soon in the order; nobody has tried. */
export async function pageOfIds(
  sql: Reader,
  filter: RecordFilter,
  { total, ids }: Narrowed,
  whole: Order,
  page: Page,
  turn: Turn,
  isEven = true,
): Promise<readonly number[]> {
  const { fromEnd, rows, skipped, order } = seenFromEnd(whole, total, page);
  if (rows === 0) return [];
  const upTo = skipped + rows;
  const isAlong = isWalked(filter.list, order.sort);
  const within = ids !== undefined && ids.size <= RECORD_BOUNDS.sortedAtOnce ? undefined : withinOf(filter, order);
  const first = async (): Promise<readonly number[]> => {
    if (within !== undefined) return await idsWithin(sql, filter, within, ids, order, upTo, turn);
    if (ids !== undefined) return await idsOfFew(sql, filter, ids, order, upTo, turn, isEven || fromEnd);
    if (isAlong) return await idsOnTheWay(sql, filter, undefined, order, upTo, turn);
    if (upTo > RECORD_BOUNDS.near || isSortedByIndex(sql, filter, order)) return plainIds(sql, filter, order, 0, upTo);
    return await idsOfAll(sql, filter, order, upTo, turn);
  };
  const found =
    within !== undefined && within.others.length === 0
      ? idsOfValue(sql, within.entries, order, skipped, rows)
      : isWhole(filter) && isAlong
        ? idsOfWhole(sql, filter, order, total, skipped, rows)
        : (await first()).slice(skipped, upTo);
  return fromEnd ? found.toReversed() : found;
}

/** The entries that have all rows of one value in the order that is asked for, and what is asked beside. */
interface Within {
  readonly entries: IndexEntries;
  readonly others: readonly Asked[];
}
function withinOf(filter: RecordFilter, { sort }: Order): Within | undefined {
  const { list, conditions, group } = filter;
  if (sourceOf(list).where !== undefined) return undefined;
  if (group !== undefined && group.value !== null) {
    const entries = entriesWithin(filter, group.field, group.value, sort);
    if (entries !== undefined) return { entries, others: askedOf({ ...filter, group: undefined }) };
  }
  for (const condition of conditions) {
    const [value, ...more] = condition.is === 'is' && condition.type !== 'date' ? condition.values : [];
    if (value === undefined || more.length > 0) continue;
    const entries = entriesWithin(filter, condition.field, value === true ? 1 : value === false ? 0 : value, sort);
    if (entries !== undefined)
      return { entries, others: askedOf({ ...filter, conditions: conditions.filter((one) => one !== condition) }) };
  }
  return undefined;
}

/** Along the rows of one value: what else is asked is looked up in them. */
async function idsWithin(
  sql: Reader,
  filter: RecordFilter,
  { entries, others }: Within,
  ids: RowIds | undefined,
  order: Order,
  upTo: number,
  turn: Turn,
  most?: number,
): Promise<readonly number[]> {
  return await taken(
    idsAlong(sql, entries, order.descending, turn),
    upTo,
    (piece) => (ids === undefined ? fittingOf(sql, filter, piece, others, turn) : piece.filter((id) => ids.has(id))),
    most,
  );
}

function idsOfValue(
  sql: Reader,
  { table, column, id, index, only }: IndexEntries,
  order: Order,
  skip: number,
  count: number,
): number[] {
  const along = order.descending ? 'DESC' : 'ASC';
  const where = `WHERE ${only?.sql ?? '1'}`;
  return page(
    sql,
    `${table} INDEXED BY ${index}`,
    where,
    `${column} ${along}, ${id} ${along}`,
    id,
    skip,
    count,
    only?.values,
  );
}

const sortedByIndex = new Map<string, boolean>();
const MOST_STATEMENTS = 400;
/** Whether SQLite itself has an index that a list can be read along, so that nothing is sorted. */
function isSortedByIndex(sql: Reader, filter: RecordFilter, order: Order): boolean {
  const { statement, values } = plainStatement(filter, order);
  let known = sortedByIndex.get(statement);
  if (known === undefined) {
    const steps = sql.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${statement}`, ...values, 1, 0);
    known = !steps.some(({ detail }) => detail.startsWith('USE TEMP B-TREE FOR ORDER BY'));
    if (sortedByIndex.size >= MOST_STATEMENTS) sortedByIndex.clear();
    sortedByIndex.set(statement, known);
  }
  return known;
}

/** One statement that sorts all that fits. */
function plainStatement({ list, today, ...asked }: RecordFilter, order: RecordOrder) {
  const { where, values } = whereOf(list, askedOf({ list, today, ...asked }));
  const terms = orderTerms(list, order);
  return {
    statement: `${DESK} SELECT ${sourceOf(list).id} AS id FROM ${fromFor(list, where, terms)} ${where} ORDER BY ${terms} LIMIT ? OFFSET ?`,
    values: [today, ...values],
  };
}

/** Ids of a page by that statement: for what is asked seldom, and the order that the other ways must have. */
export function plainIds(
  sql: Reader,
  filter: RecordFilter,
  order: RecordOrder,
  offset: number,
  limit: number,
): number[] {
  const { statement, values } = plainStatement(filter, order);
  return idsIn(sql.all(statement, ...values, limit, offset));
}

const idsIn = (rows: readonly unknown[]): number[] => (rows as { id: number }[]).map(({ id }) => id);

/** The first so many of these ids in an order. */
function sorted(
  sql: Reader,
  { list, today }: RecordFilter,
  ids: readonly number[],
  order: Order,
  limit: number,
): number[] {
  const { at, id } = sourceOf(list);
  const terms = orderTerms(list, order);
  return idsIn(
    sql.all(
      `${DESK} SELECT ${id} AS id FROM json_each(?) AS wanted CROSS JOIN ${fromFor(list, terms)} WHERE ${at} ORDER BY ${terms} LIMIT ?`,
      today,
      JSON.stringify(ids),
      limit,
    ),
  );
}

async function idsOfFew(
  sql: Reader,
  filter: RecordFilter,
  ids: RowIds,
  order: Order,
  upTo: number,
  turn: Turn,
  isEven: boolean,
): Promise<readonly number[]> {
  const { sortedAtOnce, near, rowsOfAPiece, entriesOfARow, kept } = RECORD_BOUNDS;
  if (ids.size <= sortedAtOnce) return sorted(sql, filter, [...ids.pieces(ids.size + 1)].flat(), order, upTo);
  const among = countedTable(sql, filter.list) ?? 0;
  const entries = ids.size * entriesOfARow;
  if (isEven && isWalked(filter.list, order.sort) && (upTo * among) / ids.size < entries) {
    // Where they do not stand evenly in the order, all of them are put in it after so many entries.
    const most = upTo > near && ids.size > kept ? Number.POSITIVE_INFINITY : entries;
    const met = await idsOnTheWay(sql, filter, { ids, rest: [] }, order, upTo, turn, most);
    if (met.length >= Math.min(upTo, ids.size)) return met;
  }
  if (upTo > near) return sorted(sql, filter, [...ids.pieces(ids.size)].flat(), order, upTo);
  let nearest: number[] = [];
  for (const piece of ids.pieces(rowsOfAPiece)) {
    nearest = sorted(sql, filter, [...nearest, ...piece], order, upTo);
    await turn();
  }
  return nearest;
}

async function taken(
  pieces: AsyncIterable<readonly number[]>,
  upTo: number,
  fitting: (piece: readonly number[]) => readonly number[] | Promise<readonly number[]>,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly number[]> {
  const found: number[] = [];
  let looked = 0;
  for await (const piece of pieces) {
    for (const id of await fitting(piece)) found.push(id);
    looked += piece.length;
    if (found.length >= upTo || looked >= most) break;
  }
  return found;
}

/**
 * The first rows of a list that is not counted yet, if that many are met soon in its order; undefined where they are not. What is rare in it is
 * known among what an index leads to, which costs less than to look at each row.
 */
export async function firstIds(
  sql: Reader,
  filter: RecordFilter,
  order: Order,
  count: number,
  turn: Turn,
  led: () => Promise<Candidates | undefined>,
): Promise<readonly number[] | undefined> {
  const { first, entriesForFirst, entriesOfARow } = RECORD_BOUNDS;
  if (count > first) return undefined;
  const within = withinOf(filter, order);
  if (within === undefined && !isWalked(filter.list, order.sort)) return undefined;
  const met =
    within === undefined
      ? await idsOnTheWay(sql, filter, undefined, order, count, turn, entriesForFirst)
      : await idsWithin(sql, filter, within, undefined, order, count, turn, entriesForFirst);
  if (met.length >= count) return met.slice(0, count);
  if (within !== undefined) return undefined;
  const known = await led();
  if (known === undefined) return undefined;
  const more = await idsOnTheWay(
    sql,
    filter,
    known,
    order,
    count,
    turn,
    Math.max(entriesForFirst, known.ids.size) * entriesOfARow,
  );
  return more.length < count ? undefined : more.slice(0, count);
}

/** Conditions that an index of their column begins and ends with. */
const RANGES: readonly Comparison[] = ['is', 'atLeast', 'atMost', 'between'];

/** Met one after the other in their order: what fits is frequent. Beside what is known to fit, each row is looked at. */
async function idsOnTheWay(
  sql: Reader,
  filter: RecordFilter,
  known: Candidates | undefined,
  order: Order,
  upTo: number,
  turn: Turn,
  most?: number,
): Promise<readonly number[]> {
  const { list, conditions } = filter;
  const own = conditions.filter(
    ({ field, is }) => field === order.sort && columnOf(list, field).index !== undefined && RANGES.includes(is),
  );
  const only = own.map((condition) => askedCondition(list, condition));
  const others = askedOf({ ...filter, conditions: conditions.filter((condition) => !own.includes(condition)) });
  const pieces = walked(sql, list, order, turn, only.length === 0 ? undefined : joined(only));
  return await taken(
    pieces,
    upTo,
    (piece) => {
      if (known === undefined) return fittingOf(sql, filter, piece, others, turn);
      const among = piece.filter((id) => known.ids.has(id));
      return among.length === 0 || known.rest.length === 0 ? among : fittingOf(sql, filter, among, known.rest, turn);
    },
    most,
  );
}

const joined = (asked: readonly Asked[]): Asked => ({
  sql: asked.map(({ sql }) => sql).join(' AND '),
  values: asked.flatMap(({ values }) => values),
});

/** The first of all that fits in an order that no index has: kept sorted while all is looked at. */
async function idsOfAll(
  sql: Reader,
  filter: RecordFilter,
  order: Order,
  upTo: number,
  turn: Turn,
): Promise<readonly number[]> {
  const { list, today } = filter;
  const terms = orderTerms(list, order);
  const { from, where, values, ranges } = scanOf(sql, filter, turn, terms);
  let nearest: number[] = [];
  for await (const range of ranges()) {
    const more = sql.all(
      `${DESK} SELECT ${sourceOf(list).id} AS id FROM ${from} ${where} ORDER BY ${terms} LIMIT ?`,
      today,
      ...values,
      ...range,
      upTo,
    );
    nearest = sorted(sql, filter, [...nearest, ...idsIn(more)], order, upTo);
  }
  return nearest;
}
