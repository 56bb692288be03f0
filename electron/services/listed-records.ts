import { conditionHolds } from '../../shared/domain/lists/list-query.ts';
import { type RecordListName, recordListOf } from '../../shared/domain/lists/record-lists.ts';
import type { ListCondition } from '../store/list-sql.ts';
import {
  countRecords,
  type RecordAtom,
  type RecordFilter,
  type RecordOrder,
  type RecordRow,
  recordGroups,
  recordIds,
  recordSums,
  recordsByIds,
} from '../store/record-lists/record-lists.ts';
import { matchOf } from '../store/search-text.ts';
import type { Reader } from '../store/sql.ts';

/** The records of a list under a filter, wherever they come from: tables, or a rule that works them out. */
export interface ListedRecords {
  ids(order: RecordOrder, offset: number, limit: number): readonly number[];
  /** Rows by their ids, in the order of the ids, with these fields. */
  rows(ids: readonly number[], fields: readonly string[]): readonly RecordRow[];
  count(): number;
  groups(field: string, limit: number): { value: RecordAtom; count: number }[];
  sums(field: string): { currency: string; sum: number; count: number }[];
}

export function storedRecords(sql: Reader, filter: RecordFilter): ListedRecords {
  return {
    ids: (order, offset, limit) => recordIds(sql, filter, order, offset, limit),
    rows: (ids, fields) => recordsByIds(sql, filter.list, filter.today, ids, fields),
    count: () => countRecords(sql, filter),
    groups: (field, limit) => recordGroups(sql, filter, field, limit),
    sums: (field) => recordSums(sql, filter, field),
  };
}

/** Nothing before numbers before texts, as the store sorts. */
function compare(a: RecordAtom, b: RecordAtom): number {
  const rank = (value: RecordAtom) => (value === null ? 0 : typeof value === 'number' ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}

/** Rows that stand in memory: the same filters, orders, groups and sums as the store's. An id is the row's place in `all`. */
export function computedRecords(
  list: RecordListName,
  all: readonly RecordRow[],
  { text, conditions }: { readonly text: string; readonly conditions: readonly ListCondition[] },
): ListedRecords {
  const { fields } = recordListOf(list);
  const at = (id: number, field: string): RecordAtom => all[id]?.values[field] ?? null;
  const searched = [...fields.values()].filter(({ type }) => type === 'text').map(({ key }) => key);
  const fits = (row: RecordRow): boolean =>
    conditions.every((condition) => {
      const value = row.values[condition.field] ?? null;
      return conditionHolds(condition.type, condition, value === null ? [] : [value]);
    }) &&
    (text === '' || searched.some((field) => matchOf(String(row.values[field] ?? ''), text, true) !== undefined));
  const kept = all.flatMap((row, id) => (fits(row) ? [id] : []));
  const grouped = (id: number, field: string): RecordAtom => {
    const value = at(id, field);
    if (value === '' || value === null) return null;
    return fields.get(field)?.type === 'date' ? String(value).slice(0, 10) : value;
  };
  return {
    ids({ sort, descending, group }, offset, limit) {
      const sign = descending ? -1 : 1;
      return kept
        .toSorted(
          (a, b) =>
            (group === undefined ? 0 : compare(grouped(a, group), grouped(b, group))) ||
            sign * (compare(at(a, sort), at(b, sort)) || a - b),
        )
        .slice(offset, offset + limit);
    },
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
        .sort((a, b) => compare(a.value, b.value))
        .slice(0, limit),
    sums(field) {
      const numbers = kept.map((id) => at(id, field)).filter((value) => typeof value === 'number');
      if (kept.length === 0) return [];
      return [{ currency: '', sum: numbers.reduce((sum, value) => sum + value, 0), count: numbers.length }];
    },
  };
}
