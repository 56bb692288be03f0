import { conditionHolds } from '../../shared/domain/lists/list-query.ts';
import { type RecordListName, recordListOf } from '../../shared/domain/lists/record-lists.ts';
import type { ListCondition } from '../store/list-sql.ts';
import { RECORD_BOUNDS } from '../store/record-lists/record-bounds.ts';
import { countedTable } from '../store/record-lists/record-counts.ts';
import {
  compareAtoms,
  type Group,
  groupsAlong,
  groupsOf,
  type Sum,
  standAlong,
  sumsOf,
} from '../store/record-lists/record-figures.ts';
import {
  isWhole,
  orderWithin,
  type RecordAtom,
  type RecordFilter,
  type RecordOrder,
  type RecordRow,
  recordsByIds,
  type Turn,
} from '../store/record-lists/record-lists.ts';
import {
  candidates,
  lookedThrough,
  type Narrowed,
  narrowedToFew,
  nearlyNarrowed,
} from '../store/record-lists/record-narrowing.ts';
import { firstIds, pageOfIds, plainIds } from '../store/record-lists/record-pages.ts';
import { matchOf } from '../store/search-text.ts';
import type { Reader } from '../store/sql.ts';

/** The records of a list under a filter, wherever they come from: tables, or a rule that works them out. */
export interface ListedRecords {
  /**
   * Ids of a page in the list's order, and how many rows the list has. `enough`: of many the first may come before they are counted; `more` then
   * says that there are more than `total`.
   */
  page(order: RecordOrder, offset: number, limit: number, enough: boolean): Promise<RecordPage> | RecordPage;
  /** The same once all are counted. */
  ids(order: RecordOrder, offset: number, limit: number): Promise<readonly number[]> | readonly number[];
  /** Rows by their ids, in the order of the ids, with these fields. */
  rows(ids: readonly number[], fields: readonly string[]): readonly RecordRow[];
  count(): Promise<number> | number;
  groups(field: string, limit: number): Promise<readonly Group[]> | readonly Group[];
  sums(field: string): Promise<readonly Sum[]> | readonly Sum[];
}

export interface RecordPage {
  readonly ids: readonly number[];
  readonly total: number;
  readonly more: boolean;
}

/** What was found out about a list is kept as long as nothing changes. */
export interface Remembered {
  find<T>(what: readonly unknown[], find: () => Promise<T>): Promise<T>;
  /** Whether it is known already. */
  has(what: readonly unknown[]): boolean;
}

const MOST_GROUPS = 2_000;

/** Records of tables. Long work is done in pieces, between which `turn` lets other calls be answered. */
export function storedRecords(sql: Reader, filter: RecordFilter, turn: Turn, remembered: Remembered): ListedRecords {
  const led = (of: RecordFilter) => () => remembered.find(['led', of], () => candidates(sql, of, turn));
  const nearly = (of: RecordFilter, known?: number): Promise<Narrowed | undefined> =>
    isWhole(of)
      ? nearlyNarrowed(sql, of, turn)
      : remembered.find(['nearly', of], () => nearlyNarrowed(sql, of, turn, known, led(of)));
  const few = async (of: RecordFilter): Promise<Narrowed | undefined> =>
    isWhole(of) ? undefined : await remembered.find(['few', of], () => narrowedToFew(sql, of, turn));
  const fitting = async (of: RecordFilter, known?: number): Promise<Narrowed> =>
    (await few(of)) ??
    (await nearly(of, known)) ??
    (await remembered.find(['fitting', of], () => lookedThrough(sql, of, turn)));
  const groups = async (field: string): Promise<readonly Group[]> => {
    const narrow = await fitting(filter);
    return await remembered.find(['groups', filter, field], () =>
      groupsOf(sql, filter, narrow, field, MOST_GROUPS, turn),
    );
  };
  /** One group after the other; undefined where there are more of them than were counted. */
  const idsInGroups = async (
    { group: field = '', ...order }: RecordOrder,
    offset: number,
    limit: number,
    fromLast = false,
  ) => {
    const all = fromLast ? (await groups(field)).toReversed() : await groups(field);
    const { total } = await fitting(filter);
    if (all.reduce((sum, { count }) => sum + count, 0) < (fromLast ? total : Math.min(total, offset + limit)))
      return undefined;
    const found: number[] = [];
    let skip = offset;
    for (const { value, count } of all) {
      if (found.length >= limit) break;
      if (skip < count) {
        const one = { ...filter, group: { field, value } };
        const page = { offset: skip, limit: limit - found.length };
        found.push(...(await pageOfIds(sql, one, await fitting(one, count), order, page, turn)));
      }
      skip = Math.max(0, skip - count);
    }
    return found;
  };
  /** The first rows of a whole list in groups, none of which is counted; undefined where they are not met soon. */
  const firstInGroups = async ({ group: field = '', ...order }: RecordOrder, upTo: number) => {
    if (!standAlong(filter, field)) return undefined;
    const found: number[] = [];
    for await (const { value } of groupsAlong(sql, filter, field, turn)) {
      const one = { ...filter, group: { field, value } };
      const narrow = await few(one);
      const limit = upTo - found.length;
      const ids =
        narrow === undefined
          ? await firstIds(sql, one, order, limit, turn, led(one))
          : await pageOfIds(sql, one, narrow, order, { offset: 0, limit }, turn);
      if (ids === undefined) return undefined;
      found.push(...ids);
      if (found.length >= upTo) break;
    }
    return found;
  };
  const ids = async (order: RecordOrder, offset: number, limit: number, isEven = true): Promise<readonly number[]> => {
    if (order.group !== undefined)
      return (await idsInGroups(order, offset, limit)) ?? plainIds(sql, filter, order, offset, limit);
    const narrow = await fitting(filter);
    const then = orderWithin(filter.list, order.sort);
    if (then !== undefined && (narrow.ids === undefined || narrow.ids.size > RECORD_BOUNDS.kept)) {
      const { sort: group, descending } = order;
      const found = await idsInGroups({ group, sort: then, descending }, offset, limit, descending);
      if (found !== undefined) return found;
    }
    return await pageOfIds(sql, filter, narrow, order, { offset, limit }, turn, isEven);
  };
  return {
    ids: (order, offset, limit) => ids(order, offset, limit),
    async page(order, offset, limit, enough) {
      const rows = countedTable(sql, filter.list) ?? 0;
      const many = enough && rows > RECORD_BOUNDS.countedFirst;
      if (many && order.group !== undefined && isWhole(filter) && !remembered.has(['groups', filter, order.group])) {
        const first = await firstInGroups(order, offset + limit);
        if (first !== undefined) return { ids: first.slice(offset), total: (await fitting(filter)).total, more: false };
      }
      const open = many && order.group === undefined && !remembered.has(['fitting', filter]) && !isWhole(filter);
      const isNarrowed = async () =>
        (await few(filter)) !== undefined ||
        (remembered.has(['nearly', filter]) && (await nearly(filter)) !== undefined);
      const isOpen = open && !(await isNarrowed());
      if (isOpen) {
        const first = await firstIds(sql, filter, order, offset + limit + 1, turn, led(filter));
        if (first !== undefined) return { ids: first.slice(offset, offset + limit), total: first.length, more: true };
      }
      const { total } = await fitting(filter);
      return { ids: await ids(order, offset, limit, !isOpen), total, more: false };
    },
    rows: (ids, fields) => recordsByIds(sql, filter.list, filter.today, ids, fields),
    count: async () => (await fitting(filter)).total,
    groups: async (field, limit) => (await groups(field)).slice(0, limit),
    sums: async (field) => {
      const narrow = await fitting(filter);
      return await remembered.find(['sums', filter, field], () => sumsOf(sql, filter, narrow, field, turn));
    },
  };
}

interface Filter {
  readonly text: string;
  readonly conditions: readonly ListCondition[];
}

/** Which rows that a rule has worked out a filter leaves, as the store's lists do. */
export function rowFits(list: RecordListName, { text, conditions }: Filter): (row: RecordRow) => boolean {
  const searched = [...recordListOf(list).fields.values()].filter(({ type }) => type === 'text').map(({ key }) => key);
  return (row) =>
    conditions.every((condition) => {
      const value = row.values[condition.field] ?? null;
      return conditionHolds(condition.type, condition, value === null ? [] : [value]);
    }) &&
    (text === '' || searched.some((field) => matchOf(String(row.values[field] ?? ''), text, true) !== undefined));
}

/** What rows that a rule has worked out are grouped by. */
export function rowGroup(list: RecordListName): (row: RecordRow, field: string) => RecordAtom {
  const { fields } = recordListOf(list);
  return (row, field) => {
    const value = row.values[field] ?? null;
    if (value === '' || value === null) return null;
    return fields.get(field)?.type === 'date' ? String(value).slice(0, 10) : value;
  };
}

/** Rows that stand in memory: the same filters, orders, groups and sums as the store's. An id is the row's place in `all`. */
export function computedRecords(list: RecordListName, all: readonly RecordRow[], filter: Filter): ListedRecords {
  const at = (id: number, field: string): RecordAtom => all[id]?.values[field] ?? null;
  const fits = rowFits(list, filter);
  const groupOf = rowGroup(list);
  const grouped = (id: number, field: string): RecordAtom => {
    const row = all[id];
    return row === undefined ? null : groupOf(row, field);
  };
  const kept = all.flatMap((row, id) => (fits(row) ? [id] : []));
  const ids = ({ sort, descending, group }: RecordOrder, offset: number, limit: number): readonly number[] => {
    const sign = descending ? -1 : 1;
    return kept
      .toSorted(
        (a, b) =>
          (group === undefined ? 0 : compareAtoms(grouped(a, group), grouped(b, group))) ||
          sign * (compareAtoms(at(a, sort), at(b, sort)) || a - b),
      )
      .slice(offset, offset + limit);
  };
  return {
    ids,
    page: (order, offset, limit) => ({ ids: ids(order, offset, limit), total: kept.length, more: false }),
    rows: (ids, wanted) =>
      ids.flatMap((id) => {
        const row = all[id];
        const values = Object.fromEntries(wanted.map((field) => [field, at(id, field)]));
        return row === undefined ? [] : [{ ...row, values }];
      }),
    count: () => kept.length,
    groups: (field, limit) =>
      [...Map.groupBy(kept, (id) => grouped(id, field))]
        .map(([value, ids]) => ({ value, count: ids.length }))
        .sort((a, b) => compareAtoms(a.value, b.value))
        .slice(0, limit),
    sums(field) {
      const numbers = kept.map((id) => at(id, field)).filter((value) => typeof value === 'number');
      if (kept.length === 0) return [];
      return [{ currency: '', sum: numbers.reduce((sum, value) => sum + value, 0), count: numbers.length }];
    },
  };
}
