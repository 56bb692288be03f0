import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedRecords } from '../../electron/services/listed-records.ts';
import { RECORD_BOUNDS } from '../../electron/store/record-lists/record-bounds.ts';
import type { RecordFilter, RecordOrder, StoredListName } from '../../electron/store/record-lists/record-lists.ts';
import { isWalked } from '../../electron/store/record-lists/record-walks.ts';
import { recordsNamed } from '../../electron/store/record-lists/records-named.ts';
import type { Reader } from '../../electron/store/sql.ts';
import { recordListOf } from '../../shared/domain/lists/record-lists.ts';
import { explainedReader } from '../support/explained-reader.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';
import { addRecordsOfAllKinds } from '../support/records-of-all-kinds.ts';

/** Lists of papers, visits, orders and loans: a page goes along an index, and so do the counts. */

let desk: TestArchive;
const usual = { ...RECORD_BOUNDS };
beforeAll(async () => {
  desk = await openTestArchive();
  desk.archive.database.begin();
  // As if there were very many.
  Object.assign(RECORD_BOUNDS, { kept: 5, sortedAtOnce: 3 });
  addRecordsOfAllKinds(desk.archive.database.writer);
});
afterAll(async () => {
  Object.assign(RECORD_BOUNDS, usual);
  desk.archive.database.rollback();
  await desk.close();
});

const today = '2026-01-15';
const LISTS = ['papers', 'visits', 'orders', 'loans', 'dossiers'] as const;
/** Sorted, or looked at row by row, in pieces: most have none, or few are not yet put back. Rows without a report, or under their limit, stand in no order. */
const NOT_WALKED: Readonly<Record<(typeof LISTS)[number], readonly string[]>> = {
  papers: [],
  visits: ['report'],
  orders: ['overLimit'],
  loans: [],
  dossiers: [],
};

/** The steps of every statement that `ask` runs. */
async function plan(ask: (sql: Reader) => unknown): Promise<string[]> {
  const { reader, statements } = explainedReader(desk.archive.database.writer);
  await ask(reader);
  const steps = statements.flatMap((one) => one.steps);
  expect(steps).not.toEqual([]);
  return steps;
}

const listed = (sql: Reader, filter: RecordFilter) =>
  storedRecords(sql, filter, () => Promise.resolve(), { find: (_what, find) => find(), has: () => false });
const page = (sql: Reader, list: StoredListName, order: RecordOrder, conditions: RecordFilter['conditions'] = []) =>
  listed(sql, { list, today, conditions }).ids(order, 0, 20);

/** A table of many rows read from end to end, or a whole list sorted. */
const READS_ALL = /^SCAN (?:customer|paper|visit|customer_order|loan|attachment)(?!\w)(?! USING (?:COVERING )?INDEX)/;
const SORTS_ALL = /^USE TEMP B-TREE FOR ORDER BY$/;
const READS_ROWS = /^(?:SCAN|SEARCH) (?:paper|visit|customer_order|loan) USING INTEGER PRIMARY KEY \(rowid[<>]/;

describe('the first and last rows of a whole list', () => {
  for (const list of LISTS)
    for (const sort of recordListOf(list).usual.filter((key) => !NOT_WALKED[list].includes(key)))
      for (const descending of [false, true])
        it(`${list} by ${sort}${descending ? ', the last first' : ''}: along an index`, async () => {
          const steps = await plan((sql) => page(sql, list, { sort, descending }));
          const people = /^SCAN staff$/;
          const sorted = steps.filter((step) => SORTS_ALL.test(step));
          // Few people are put in order themselves.
          expect(sorted.length).toBeLessThanOrEqual(steps.some((step) => people.test(step)) ? 1 : 0);
          expect(steps.filter((step) => READS_ALL.test(step) || READS_ROWS.test(step))).toEqual([]);
        });
});

describe('a condition', () => {
  const VALUES = { option: 'x', text: 'x', number: 1, flag: true, date: '2026-01-01' } as const;
  for (const list of LISTS) {
    const fields = [...recordListOf(list).fields.values()].filter(({ key }) => isWalked(list, key));
    it(`on any field with an index finds its ${list} along one`, async () => {
      for (const { key, type } of fields) {
        const is = type === 'date' ? 'atLeast' : 'is';
        const steps = await plan((sql) =>
          listed(sql, { list, today, conditions: [{ field: key, type, is, values: [VALUES[type]] }] }).count(),
        );
        expect({ key, read: steps.filter((step) => READS_ALL.test(step) || READS_ROWS.test(step)) }).toEqual({
          key,
          read: [],
        });
      }
    });
  }

  it('that many papers fulfil is counted in the index alone, and their first rows stand in it', async () => {
    const conditions = [{ field: 'type', type: 'option', is: 'is', values: ['contract'] }] as const;
    const steps = await plan((sql) => page(sql, 'papers', { sort: 'code', descending: false }, conditions));
    expect(steps).toContain('SEARCH paper USING COVERING INDEX paper_type (type=?)');
    expect(steps.filter((step) => READS_ALL.test(step) || READS_ROWS.test(step))).toEqual([]);
  });

  it('on a part of a title is looked for in the search index', async () => {
    const conditions = [{ field: 'title', type: 'text', is: 'contains', values: ['永昌'] }] as const;
    RECORD_BOUNDS.kept = usual.kept;
    const steps = await plan((sql) => listed(sql, { list: 'papers', today, conditions }).count());
    expect(steps).toContainEqual(expect.stringMatching(/^SCAN search_index VIRTUAL TABLE/));
    expect(steps.filter((step) => READS_ALL.test(step) || READS_ROWS.test(step))).toEqual([]);
  });
});

describe('a typed text', () => {
  for (const list of ['papers', 'loans'] as const)
    it(`is looked for in the search index: no ${list} are read but those found`, async () => {
      const steps = await plan((sql) => recordsNamed(sql, { list, today }, '永昌', 100, () => Promise.resolve()));
      expect(steps).toContainEqual(expect.stringMatching(/^SCAN search_index VIRTUAL TABLE/));
      expect(steps.filter((step) => READS_ALL.test(step) || READS_ROWS.test(step))).toEqual([]);
    });
});

describe('groups of a whole list', () => {
  it('are counted along the index of their field', async () => {
    for (const list of LISTS)
      for (const { key } of [...recordListOf(list).fields.values()].filter(({ key: field }) => isWalked(list, field))) {
        const steps = await plan((sql) => listed(sql, { list, today, conditions: [] }).groups(key, 100));
        expect({ key, read: steps.filter((step) => READS_ALL.test(step)) }).toEqual({ key, read: [] });
      }
  });
});
