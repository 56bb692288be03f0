import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedRecords } from '../../electron/services/listed-records.ts';
import { BLOCK_BITS } from '../../electron/store/migrations/0760-audit-counts.ts';
import { RECORD_BOUNDS } from '../../electron/store/record-lists/record-bounds.ts';
import type { RecordFilter } from '../../electron/store/record-lists/record-lists.ts';
import { recordsNamed } from '../../electron/store/record-lists/records-named.ts';
import type { Reader } from '../../electron/store/sql.ts';
import { conditionHolds } from '../../shared/domain/lists/list-query.ts';
import { explainedReader } from '../support/explained-reader.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';

/** The list of the log: what it is narrowed to is counted by blocks, and its pages stand along an index. */

interface Entry {
  readonly ts: string;
  readonly actor: string;
  readonly type: string;
  readonly obj: string;
  readonly outcome: string;
}
const today = '2026-01-15';
const ENTRIES = 2 ** BLOCK_BITS + 500;
const FIRST_DAY = Date.UTC(2025, 0, 1);
const usual = { ...RECORD_BOUNDS };
let desk: TestArchive;
let before = 0;
const entries: Entry[] = [];

beforeAll(async () => {
  desk = await openTestArchive();
  const { database } = desk.archive;
  database.begin();
  const { writer } = database;
  before = writer.get<{ n: number }>('SELECT count(*) AS n FROM audit_log')?.n ?? 0;
  for (const { bytes } of writer.all<{ bytes: Buffer }>('SELECT bytes FROM audit_log ORDER BY seq'))
    entries.push(JSON.parse(bytes.toString()) as Entry);
  for (let seq = before; seq < ENTRIES; seq += 1) {
    const entry: Entry = {
      // A clock that was set back now and then.
      ts: new Date(FIRST_DAY + seq * 600_000 - (seq % 1_000 === 0 ? 4 * 86_400_000 : 0)).toISOString(),
      actor: ['wang', 'li', 'chen'][seq % 3] ?? '',
      type: ['card.view', 'card.change', 'loan.lend', 'print'][(seq * 7) % 4] ?? '',
      obj: `customer:E${String(seq % 50).padStart(6, '0')}`,
      outcome: seq % 300 === 0 ? 'refused' : 'ok',
    };
    entries.push(entry);
    writer.run(
      'INSERT INTO audit_log (seq, bytes, chain, sig) VALUES (?, ?, zeroblob(32), zeroblob(64))',
      seq,
      Buffer.from(JSON.stringify({ ...entry, role: 'keeper', why: '', data: {} })),
    );
    writer.run(
      'INSERT INTO audit_index (seq, type, actor, obj, outcome, at) VALUES (?, ?, ?, ?, ?, ?)',
      seq,
      entry.type,
      entry.actor,
      entry.obj,
      entry.outcome,
      entry.ts,
    );
  }
  // As if there were very many.
  Object.assign(RECORD_BOUNDS, { kept: 20, few: 10, sortedAtOnce: 10 });
});
afterAll(async () => {
  Object.assign(RECORD_BOUNDS, usual);
  desk.archive.database.rollback();
  await desk.close();
});

const conditions = [
  { field: 'type', type: 'text', is: 'is', values: ['card.view'] },
  { field: 'type', type: 'text', is: 'startsWith', values: ['card'] },
  { field: 'type', type: 'text', is: 'isNot', values: ['loan.lend'] },
  { field: 'actor', type: 'text', is: 'is', values: ['li'] },
  { field: 'actor', type: 'text', is: 'contains', values: ['n'] },
  { field: 'outcome', type: 'text', is: 'is', values: ['refused'] },
  { field: 'outcome', type: 'text', is: 'isNot', values: ['refused'] },
  { field: 'at', type: 'date', is: 'atLeast', values: ['2025-02-01'] },
  { field: 'at', type: 'date', is: 'atMost', values: ['2025-02'] },
  { field: 'at', type: 'date', is: 'is', values: ['2025-01-29'] },
  { field: 'at', type: 'date', is: 'atLeast', values: ['2025-02-01T12'] },
  { field: 'at', type: 'date', is: 'between', values: ['2025-01-20', '2025-02-20T06:30'] },
  { field: 'object', type: 'text', is: 'is', values: ['customer:E000007'] },
] as const;
const STORED = { at: 'ts', object: 'obj', type: 'type', actor: 'actor', outcome: 'outcome' } as const;

const listed = (sql: Reader, filter: RecordFilter) =>
  storedRecords(sql, filter, () => Promise.resolve(), { find: (_what, find) => find(), has: () => false });
/** Sequence numbers of what fits, the newest first. */
const fitting = (condition: (typeof conditions)[number]): number[] =>
  entries
    .flatMap((entry, seq) => (conditionHolds(condition.type, condition, [entry[STORED[condition.field]]]) ? [seq] : []))
    .toReversed();

for (const condition of conditions)
  test(`${condition.field} ${condition.is} ${condition.values.join(', ')}: counted and shown as by who looks at every entry`, async () => {
    const { writer } = desk.archive.database;
    const wanted = fitting(condition);
    expect(wanted.length).toBeGreaterThan(20);
    const list = listed(writer, { list: 'audit', today, conditions: [condition] });
    expect(await list.count()).toBe(wanted.length);
    const order = { sort: 'seq', descending: true };
    expect(await list.ids(order, 0, 30)).toEqual(wanted.slice(0, 30));
    expect(await list.ids(order, wanted.length - 10, 30)).toEqual(wanted.slice(-10));
  });

test('a typed number finds what was done with the records that begin with it, without the rest of the log', async () => {
  const { writer } = desk.archive.database;
  const turn = () => Promise.resolve();
  const find = (text: string, most: number) => recordsNamed(writer, { list: 'audit', today }, text, most, turn);
  const about = (start: string) =>
    entries.flatMap(({ obj }, seq) =>
      obj.startsWith(`customer:${start}`) || obj.startsWith(`loan:${start}`) ? [seq] : [],
    );
  const one = await find('e000007', 1_000);
  expect(one?.ids.toSorted((a, b) => a - b)).toEqual(about('E000007'));
  expect((await find('E00000', 10_000))?.ids).toHaveLength(about('E00000').length);
  // The newest, where there are more than are looked for.
  expect(await find('E000007', 5)).toEqual({ ids: about('E000007').toReversed().slice(0, 5), firstOnly: true });
  expect(await find('E9', 1_000)).toBeUndefined();
  expect(await find('card', 1_000)).toBeUndefined();

  const found = { text: 'e000007', customers: [], records: one?.ids };
  const list = listed(writer, { list: 'audit', today, conditions: [], found });
  expect(await list.count()).toBe(about('E000007').length);
  expect(await list.ids({ sort: 'seq', descending: true }, 0, 5)).toEqual(about('E000007').toReversed().slice(0, 5));
});

test('of a typed text that many entries have the newest are there before they are counted', async () => {
  const { writer } = desk.archive.database;
  const read: string[] = [];
  const watched: Reader = {
    ...writer,
    all(sql, ...params) {
      read.push(sql);
      return writer.all(sql, ...params);
    },
    get: (sql, ...params) => writer.get(sql, ...params),
  };
  Object.assign(RECORD_BOUNDS, { countedFirst: 20, rowsOfAPiece: 100, entriesOfAPiece: 100 });
  const found = { text: 'card', customers: [], records: undefined };
  const list = listed(watched, { list: 'audit', today, conditions: [], found });
  const wanted = entries.flatMap(({ actor, type, obj }, seq) =>
    `${actor} ${type} ${obj}`.includes('card') ? [seq] : [],
  );
  const page = await list.page({ sort: 'seq', descending: true }, 0, 30, true);
  expect(page).toMatchObject({ ids: wanted.toReversed().slice(0, 30), more: true });
  // A hundred at a time, of which half fit: eight thousand are not looked at.
  expect(read.length).toBeLessThan(10);
  expect(await list.count()).toBe(wanted.length);
  Object.assign(RECORD_BOUNDS, { ...usual, kept: 20, few: 10, sortedAtOnce: 10 });
});

test('a type, a person, an outcome and a day are counted without passing the entries of a whole block', async () => {
  const { reader, statements } = explainedReader(desk.archive.database.writer);
  for (const field of ['type', 'actor', 'outcome', 'at'] as const)
    for (const condition of conditions)
      if (condition.field === field && !condition.values.some((value) => value.includes('T')))
        await listed(reader, { list: 'audit', today, conditions: [condition] }).count();
  await listed(reader, { list: 'audit', today, conditions: [] }).count();
  // What only looks whether there are few stops soon.
  const counting = statements.filter(({ sql }) => !sql.includes('LIMIT')).flatMap(({ steps }) => steps);
  const passed = counting.filter((step) => /^(?:SCAN|SEARCH) audit_index /.test(step));
  expect(passed).not.toEqual([]);
  // From the first entry that no block has counted yet.
  for (const step of passed) expect(step).toMatch(/INTEGER PRIMARY KEY \(rowid>\?\)|^SEARCH audit_index$/);
});
