import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ListedRecords, type Remembered, storedRecords } from '../../electron/services/listed-records.ts';
import { rememberedWhileUnchanged } from '../../electron/services/remembered.ts';
import { RECORD_BOUNDS } from '../../electron/store/record-lists/record-bounds.ts';
import {
  RECORD_SOURCES,
  type RecordAtom,
  type RecordFilter,
  recordsByIds,
  type StoredListName,
} from '../../electron/store/record-lists/record-lists.ts';
import { plainIds } from '../../electron/store/record-lists/record-pages.ts';
import { isWalked } from '../../electron/store/record-lists/record-walks.ts';
import { type Comparison, comparisonsOf, conditionHolds } from '../../shared/domain/lists/list-query.ts';
import { recordListOf } from '../../shared/domain/lists/record-lists.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';
import { addRecordsOfAllKinds } from '../support/records-of-all-kinds.ts';

/** Pages, counts, groups and sums of lists of records, by whichever way they are found, are those of all rows looked at one by one. */

const NOTHING_KEPT: Remembered = { find: (_what, find) => find(), has: () => false };
const LISTS = ['papers', 'visits', 'orders', 'loans', 'dossiers'] as const;
const TODAY = '2026-01-15';
let desk: TestArchive;
const usual = { ...RECORD_BOUNDS };
beforeAll(async () => {
  desk = await openTestArchive();
  desk.archive.database.begin();
  addRecordsOfAllKinds(desk.archive.database.writer);
});
afterAll(async () => {
  desk.archive.database.rollback();
  await desk.close();
});

/** Every row of a list with all its values, as the store shows them. */
const known = new Map<StoredListName, ReadonlyMap<number, Readonly<Record<string, RecordAtom>>>>();
function rowsOf(list: StoredListName) {
  const have = known.get(list);
  if (have !== undefined) return have;
  const sql = desk.archive.database.writer;
  const ids = plainIds(
    sql,
    { list, today: TODAY, conditions: [] },
    { sort: recordListOf(list).sort.key, descending: false },
    0,
    1e6,
  );
  const rows = recordsByIds(sql, list, TODAY, ids, [...recordListOf(list).fields.keys()]);
  const all = new Map(ids.map((id, at) => [id, rows[at]?.values ?? {}]));
  known.set(list, all);
  return all;
}

function fits(filter: RecordFilter, id: number): boolean {
  const row = rowsOf(filter.list).get(id) ?? {};
  const holds = filter.conditions.every((condition) => {
    const value = row[condition.field] ?? null;
    return conditionHolds(condition.type, condition, value === null ? [] : [value]);
  });
  if (!holds || filter.found === undefined) return holds;
  const { text, records, customers } = filter.found;
  if (customers.some((customer) => row['customerNumber'] === numberOf(customer))) return true;
  if (records !== undefined) return records.includes(id);
  const searched = RECORD_SOURCES[filter.list].searched as readonly string[];
  return searched
    .map((field) => String(row[field] ?? ''))
    .join(' ')
    .toLowerCase()
    .includes(text.toLowerCase());
}
const numberOf = (id: number) =>
  desk.archive.database.writer.get<{ number: string }>('SELECT number FROM customer WHERE id = ?', id)?.number;

const listed = (filter: RecordFilter): ListedRecords =>
  storedRecords(desk.archive.database.writer, filter, () => Promise.resolve(), NOTHING_KEPT);

const bounds = fc.record({
  entriesForFirst: fc.constantFrom(1, 20, 20_000),
  first: fc.constantFrom(10, 1_000),
  countedFirst: fc.constantFrom(0, 20_000),
  few: fc.constantFrom(2, 30, 5_000),
  kept: fc.constantFrom(5, 60, 100_000),
  parents: fc.constantFrom(2, 20_000),
  sortedAtOnce: fc.constantFrom(3, 5_000),
  near: fc.constantFrom(20, 2_000),
  entriesOfARow: fc.constantFrom(0.001, 1_000),
  rowsOfAPiece: fc.constantFrom(7, 4_000),
  countedOfAPiece: fc.constantFrom(4, 50_000),
  entriesOfAPiece: fc.constantFrom(3, 2_000),
  parentsOfAPiece: fc.constantFrom(4, 2_000),
  namesOfAPiece: fc.constantFrom(5, 10_000),
  orderedParents: fc.constantFrom(2, 200),
});

/** A condition with values that some rows have. */
const condition = (list: StoredListName) =>
  fc
    .tuple(fc.constantFrom(...recordListOf(list).fields.values()), fc.nat(), fc.nat(), fc.nat())
    .map(([field, how, first, second]) => {
      const is = comparisonsOf(field.type)[how % comparisonsOf(field.type).length] as Comparison;
      const all = [...rowsOf(list).values()]
        .map((row) => row[field.key])
        .filter((value) => value !== null && value !== '');
      const one = (at: number) => {
        const value = all[at % Math.max(1, all.length)] ?? (field.type === 'number' ? 1 : 'x');
        if (field.type === 'flag') return at % 2 === 0;
        if (field.type === 'number') return Number(value);
        if (field.type === 'date') return String(value).slice(0, 10);
        return is === 'contains' || is === 'containsNot' || is === 'startsWith'
          ? String(value).slice(0, 1 + (at % 3))
          : String(value);
      };
      const values =
        is === 'empty' || is === 'filled'
          ? []
          : is === 'between'
            ? [one(first), one(second)].toSorted()
            : is === 'is' && field.type === 'option'
              ? [one(first), one(second)]
              : [one(first)];
      return {
        field: field.key,
        type: field.type,
        is,
        values: field.type === 'date' && is === 'between' ? values : values,
      };
    });

const question = fc.constantFrom(...LISTS).chain((list) => {
  const fields = [...recordListOf(list).fields.keys()];
  return fc.record({
    list: fc.constant(list),
    bounds,
    conditions: fc
      .array(fc.nat(), { maxLength: 2 })
      .chain((seeds) => fc.tuple(...seeds.map(() => fc.constant(0).chain(() => condition(list))))),
    text: fc.option(
      fc.record({
        text: fc.constantFrom('永昌', 'L1', 'packing', '櫃'),
        customers: fc.constantFrom([], [1, 2, 3]),
        indexed: fc.boolean(),
      }),
      { freq: 4 },
    ),
    // Mostly those that rows are walked by.
    sort: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...fields.filter((field) => isWalked(list, field))) },
      fc.constantFrom(...fields),
    ),
    descending: fc.boolean(),
    group: fc.option(fc.constantFrom(...fields), { freq: 4 }),
    offset: fc.nat({ max: 240 }),
    limit: fc.integer({ min: 1, max: 40 }),
    figure: fc.constantFrom(...fields),
  });
});

describe('lists of papers, visits, orders and loans', () => {
  it('show the same rows by every way', async () => {
    const sql = desk.archive.database.writer;
    await fc.assert(
      fc.asyncProperty(
        question,
        async ({ list, bounds: drawn, conditions, text, sort, descending, group, offset, limit, figure }) => {
          Object.assign(RECORD_BOUNDS, drawn);
          try {
            const records =
              text?.indexed === true && (list === 'papers' || list === 'loans') ? [1, 5, 9, 30, 33] : undefined;
            const filter: RecordFilter = {
              list,
              today: TODAY,
              conditions,
              found: text === null ? undefined : { text: text.text, customers: text.customers, records },
            };
            const order = { sort, descending, group: group ?? undefined };
            const all = plainIds(sql, { list, today: TODAY, conditions: [] }, order, 0, 1e6);
            const wanted = all.filter((id) => fits(filter, id));
            const answer = listed(filter);
            expect(await answer.count()).toBe(wanted.length);
            expect(await answer.ids(order, offset, limit)).toEqual(wanted.slice(offset, offset + limit));
            const page = await answer.page(order, offset, limit, true);
            expect(page.ids).toEqual(wanted.slice(offset, offset + limit));
            if (page.more) expect(wanted.length).toBeGreaterThanOrEqual(page.total);
            else expect(page.total).toBe(wanted.length);

            const values = wanted.map((id) => rowsOf(list).get(id)?.[figure] ?? null);
            const byDay = recordListOf(list).fields.get(figure)?.type === 'date';
            const grouped = Map.groupBy(values, (value) =>
              value === '' || value === null ? null : byDay ? String(value).slice(0, 10) : value,
            );
            const groups = await answer.groups(figure, 2_000);
            expect(new Map(groups.map(({ value, count }) => [value, count]))).toEqual(
              new Map([...grouped].map(([value, rows]) => [value, rows.length])),
            );

            if (recordListOf(list).fields.get(figure)?.type === 'number') {
              const sums = await answer.sums(figure);
              const numbers = values.filter((value) => typeof value === 'number');
              expect(sums.reduce((sum, one) => sum + one.sum, 0)).toBeCloseTo(
                numbers.reduce((sum, one) => sum + one, 0),
                6,
              );
              expect(sums.reduce((sum, one) => sum + one.count, 0)).toBe(numbers.length);
            }
          } finally {
            Object.assign(RECORD_BOUNDS, usual);
          }
        },
      ),
      { numRuns: 3_000 },
    );
  }, 120_000);

  it('keep count of the scans of a paper, whatever happens to them', () => {
    const sql = desk.archive.database.writer;
    const [first = 0, second = 0] = sql.all<{ id: number }>('SELECT id FROM paper LIMIT 2').map(({ id }) => id);
    const arrangement = sql.run("INSERT INTO scan_arrangement (at, by, reason) VALUES ('', '', '')");
    const acts: readonly (readonly [string, ...(string | number | null)[]])[] = [
      ['UPDATE attachment SET retired_in = ? WHERE paper_id = ?', Number(arrangement.lastInsertRowid), first],
      ['UPDATE attachment SET retired_in = NULL WHERE paper_id = ?', first],
      ['UPDATE attachment SET paper_id = ? WHERE paper_id = ?', second, first],
      [
        'UPDATE attachment SET paper_id = NULL WHERE id IN (SELECT id FROM attachment WHERE paper_id = ? LIMIT 1)',
        second,
      ],
      ['DELETE FROM attachment WHERE paper_id = ?', second],
    ];
    const wrong = () =>
      sql.all(
        `SELECT id, scans FROM paper WHERE scans <> (SELECT count(*) FROM attachment WHERE paper_id = paper.id AND retired_in IS NULL)`,
      );
    expect(sql.get('SELECT sum(scans) > 50 AS many FROM paper')).toEqual({ many: 1 });
    expect(wrong()).toEqual([]);
    for (const [statement, ...values] of acts) {
      sql.run(statement, ...values);
      expect({ statement, wrong: wrong() }).toEqual({ statement, wrong: [] });
    }
    known.clear();
  });

  it('are looked through in pieces: others are answered between two of them, and who gives up ends it', async () => {
    Object.assign(RECORD_BOUNDS, { rowsOfAPiece: 20 });
    try {
      const sql = desk.archive.database.writer;
      const conditions = [{ field: 'note', type: 'text', is: 'containsNot', values: ['備'] }] as const;
      const filter = { list: 'papers', today: TODAY, conditions } as const;
      let turns = 0;
      const asked = (turn: () => void) =>
        storedRecords(sql, filter, async () => turn(), NOTHING_KEPT).ids({ sort: 'note', descending: false }, 0, 20);
      expect(await asked(() => (turns += 1))).toHaveLength(20);
      expect(turns).toBeGreaterThan(8);
      let left = 3;
      await expect(
        asked(() => {
          left -= 1;
          if (left === 0) throw new Error('given up');
        }),
      ).rejects.toThrow('given up');
      expect(left).toBe(0);
    } finally {
      Object.assign(RECORD_BOUNDS, usual);
    }
  });
});

describe('what was found out about a list', () => {
  it('is asked for once, until something changes, and again where the first to ask gave up', async () => {
    const { database } = desk.archive;
    let size = 1;
    const remembered = rememberedWhileUnchanged({ database, audit: { ...desk.archive.audit, size: () => size } });
    let asked = 0;
    const find = async () => (asked += 1);
    expect([
      await remembered.find(['a'], find),
      await remembered.find(['a'], find),
      await remembered.find(['b'], find),
    ]).toEqual([1, 1, 2]);
    expect([remembered.has(['a']), remembered.has(['c'])]).toEqual([true, false]);
    size = 2;
    expect(remembered.has(['a'])).toBe(false);
    expect(await remembered.find(['a'], find)).toBe(3);
    const given = remembered.find(['c'], () => Promise.reject(new Error('given up')));
    const waiting = remembered.find(['c'], find);
    await expect(given).rejects.toThrow('given up');
    expect(await waiting).toBe(4);
  });
});
