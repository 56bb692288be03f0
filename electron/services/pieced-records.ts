import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareAtoms } from '../store/record-lists/record-figures.ts';
import type { RecordAtom, RecordOrder, RecordRow } from '../store/record-lists/record-lists.ts';
import type { ListedRecords, Remembered } from './listed-records.ts';

/** Records that a rule works out and of which a large archive has very many: gone through some at a time, and never all held at once. */

export interface PiecedRow {
  readonly id: number;
  readonly row: RecordRow;
  /** Stands behind all that are not, where a list's order leaves it open. */
  readonly isBehind: boolean;
}

export interface RowPieces {
  /** All of them, some milliseconds' worth at a time. */
  pieces(): Iterable<readonly PiecedRow[]>;
  /** Rows by their ids, in the order of the ids; what is no longer there is left out. */
  rows(ids: readonly number[]): readonly RecordRow[];
  /** Of an order that is known without going through all: a page, and how many there are. Undefined: it is not known. */
  known?(order: RecordOrder, offset: number, limit: number): Promise<KnownPage> | undefined;
  count?(): Promise<number> | undefined;
}
export interface KnownPage {
  readonly ids: readonly number[];
  readonly total: number;
}

/** Rows that are kept from one going-through for the pages to come; of more, twice as many. */
export const KEPT_AT_LEAST = 2_000;

interface Candidate {
  readonly id: number;
  readonly group: RecordAtom;
  readonly value: RecordAtom;
  readonly isBehind: boolean;
  readonly place: number;
}

/**
 * @param fits which rows the filter leaves
 * @param asked the filter, as the key of what is remembered
 * @param grouped the value that a row is grouped by
 */
export function piecedRecords(
  source: RowPieces,
  fits: (row: RecordRow) => boolean,
  grouped: (row: RecordRow, field: string) => RecordAtom,
  {
    asked,
    remembered,
    signal,
  }: { readonly asked: readonly unknown[]; readonly remembered: Remembered; readonly signal: AbortSignal },
): ListedRecords {
  const goThrough = async (take: (fitting: PiecedRow) => void): Promise<void> => {
    for (const piece of source.pieces()) {
      for (const one of piece) if (fits(one.row)) take(one);
      await nextTurn();
      signal.throwIfAborted();
    }
  };
  /** The first `most` ids of an order, and how many there are in all. */
  const first = (order: RecordOrder, most: number) =>
    remembered.find([...asked, 'first', order, most], async () => {
      const sign = order.descending ? -1 : 1;
      let best: Candidate[] = [];
      let total = 0;
      const cut = () => {
        best.sort(
          (a, b) =>
            compareAtoms(a.group, b.group) ||
            sign * (compareAtoms(a.value, b.value) || Number(a.isBehind) - Number(b.isBehind) || a.place - b.place),
        );
        if (best.length > most) best = best.slice(0, most);
      };
      await goThrough(({ id, row, isBehind }) => {
        best.push({
          id,
          isBehind,
          group: order.group === undefined ? null : grouped(row, order.group),
          value: row.values[order.sort] ?? null,
          place: total,
        });
        total += 1;
        if (best.length >= 2 * most) cut();
      });
      cut();
      return { ids: best.map(({ id }) => id), total };
    });
  const pageOf = async (order: RecordOrder, offset: number, limit: number): Promise<KnownPage> => {
    const known = source.known?.(order, offset, limit);
    if (known !== undefined) return await known;
    let most = KEPT_AT_LEAST;
    while (most < offset + limit) most *= 2;
    const { ids, total } = await first({ ...order }, most);
    return { ids: ids.slice(offset, offset + limit), total };
  };
  const sumsOf = (field: string) =>
    remembered.find([...asked, 'sums', field], async () => {
      let [rows, sum, count] = [0, 0, 0];
      await goThrough(({ row }) => {
        const value = row.values[field];
        rows += 1;
        if (typeof value !== 'number') return;
        sum += value;
        count += 1;
      });
      return { rows, sum, count };
    });
  return {
    page: async (order, offset, limit) => ({ ...(await pageOf(order, offset, limit)), more: false }),
    ids: async (order, offset, limit) => (await pageOf(order, offset, limit)).ids,
    rows: (ids, wanted) =>
      source.rows(ids).map((row) => ({
        ...row,
        values: Object.fromEntries(wanted.map((field) => [field, row.values[field] ?? null])),
      })),
    count: async () => (await source.count?.()) ?? (await sumsOf('')).rows,
    groups: async (field, limit) => {
      const groups = await remembered.find([...asked, 'groups', field], async () => {
        const counts = new Map<RecordAtom, number>();
        await goThrough(({ row }) => {
          const value = grouped(row, field);
          counts.set(value, (counts.get(value) ?? 0) + 1);
        });
        return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => compareAtoms(a.value, b.value));
      });
      return groups.slice(0, limit);
    },
    async sums(field) {
      const { rows, sum, count } = await sumsOf(field);
      return rows === 0 ? [] : [{ currency: '', sum, count }];
    },
  };
}
