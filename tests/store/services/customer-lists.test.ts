import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/platform/clock.ts';
import { selectedCustomers } from '../../../electron/services/customer-lists.ts';
import { withNamesFromIndex } from '../../../electron/store/customer-list-filters.ts';
import {
  countCustomers,
  customerIdsOf,
  listCustomers,
  pageOfCustomers,
} from '../../../electron/store/customer-lists.ts';
import type { ListCondition } from '../../../electron/store/list-sql.ts';
import { customerListFields } from '../../../shared/domain/lists/customer-list.ts';
import {
  type Condition,
  comparisonsOf,
  conditionHolds,
  conditionProblem,
  type ListField,
  type StoredAtom,
  valuesNeeded,
} from '../../../shared/domain/lists/list-query.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
  await Promise.all(CARDS.map((values) => desk.dispatch('customers.create', { kind: 'enterprise', ...values })));
});
afterAll(() => desk.close());

const money = (amount: string, currency: string) => ({ amount, currency });
const CARDS = [
  {
    values: {
      registeredName: '華東機械有限公司',
      region: 'eastChina',
      industry: 'machinery',
      employees: 120,
      annualTurnover: money('1000000.50', 'CNY'),
      foundedOn: '2001-05',
      contacts: [
        { name: '王小明', position: 'Buyer', purchaseRoles: ['user'] },
        { name: '歐陽華', position: '100% owner_1' },
      ],
    },
    tier: 'key' as const,
  },
  {
    values: {
      registeredName: '南方電子股份公司',
      industry: 'electronics',
      employees: 0,
      annualTurnover: money('2000', 'USD'),
      foundedOn: '2001-05-17',
      directExport: true,
    },
  },
  {
    values: { registeredName: 'Abc Ltd', shortName: 'ABC', foundedOn: '1999', employees: 120 },
    tier: 'special' as const,
  },
  { values: { registeredName: '北方化工廠', annualTurnover: money('500', 'CNY'), licenceValidUntil: 'indefinite' } },
];

const FIELDS = customerListFields('keeper');
const TRIED = [
  'number',
  'name',
  'tier',
  'region',
  'completeness',
  'papers',
  'late',
  'directExport',
  'visitedAt',
  'createdAt',
  'industry',
  'employees',
  'annualTurnover',
  'annualTurnover.currency',
  'foundedOn',
  'licenceValidUntil',
  'shortName',
  'contacts.name',
  'contacts.position',
  'contacts.purchaseRoles',
].filter((key) => FIELDS.has(key));

/** Values that stand in the cards, parts of them, and values that do not. */
const TEXTS = [
  'a',
  'ABC',
  'abc',
  '%',
  '_',
  '\\',
  "'",
  '華',
  '機械',
  'machinery',
  'key',
  'E000001',
  'user',
  '100% owner_1',
  '王',
];
const NUMBERS = [0, 1, 120, 1000000.5, 2000, -1];
const DATES = ['1999', '2001', '2001-05', '2001-05-17', '2026-11-28', '2001-05-18'];

function conditionOf(field: ListField): fc.Arbitrary<Condition> {
  const value: fc.Arbitrary<string | number | boolean> =
    field.type === 'number'
      ? fc.constantFrom(...NUMBERS)
      : field.type === 'flag'
        ? fc.boolean()
        : field.type === 'date'
          ? fc.constantFrom(...DATES)
          : fc.constantFrom(...TEXTS);
  return fc.constantFrom(...comparisonsOf(field.type)).chain((is) => {
    const { least, most } = valuesNeeded(is);
    return fc
      .array(value, { minLength: least, maxLength: Math.min(most, 3) })
      .map((values) => ({ field: field.key, is, values: field.type === 'flag' ? values.slice(0, 1) : values }));
  });
}
const anyCondition = fc.constantFrom(...TRIED).chain((key) => conditionOf(FIELDS.get(key) as ListField));

/** What is stored of a field, read without the code under test. */
function atomsOf(number: string, field: string): StoredAtom[] {
  const { reader } = desk.archive.database;
  const row =
    reader.get<Record<string, string | number | null>>('SELECT * FROM customer WHERE number = ?', number) ?? {};
  const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (column in row) return row[column] === null ? [] : [row[column] as StoredAtom];
  const values = JSON.parse(String(row['field_values'])) as Record<string, unknown>;
  const read = (value: unknown, steps: readonly string[]): unknown[] => {
    if (Array.isArray(value)) return value.flatMap((entry) => read(entry, steps));
    const [step, ...rest] = steps;
    if (step !== undefined)
      return typeof value === 'object' && value !== null ? read((value as Record<string, unknown>)[step], rest) : [];
    if (typeof value === 'object' && value !== null && 'amount' in value) return [Number(value.amount)];
    return value === undefined || value === null ? [] : [typeof value === 'boolean' ? Number(value) : value];
  };
  return read(values, field.split('.')) as StoredAtom[];
}

describe('the list of cards', () => {
  it('74 · any conditions on any fields find exactly the cards for which the rule holds', () => {
    const { reader } = desk.archive.database;
    const numbers = reader.all<{ number: string }>('SELECT number FROM customer').map(({ number }) => number);
    fc.assert(
      fc.property(fc.array(anyCondition, { minLength: 1, maxLength: 3 }), (conditions) => {
        const typed: ListCondition[] = conditions.map((one) => ({
          ...one,
          type: FIELDS.get(one.field)?.type ?? 'text',
        }));
        const filter = { show: 'all' as const, today: '2026-11-28', conditions: typed };
        const found = listCustomers(reader, filter, { sort: 'number', descending: false, offset: 0, limit: 100 });
        const expected = numbers.filter((number) =>
          typed.every((one) => conditionHolds(one.type, one, atomsOf(number, one.field))),
        );
        expect(found.map((row) => row.number)).toEqual(expected);
        expect(countCustomers(reader, filter)).toBe(expected.length);
        const page = pageOfCustomers(reader, filter, { sort: 'number', descending: false, offset: 0, limit: 100 });
        expect([page.total, page.rows.map((row) => row.number)]).toEqual([expected.length, expected]);
      }),
      { numRuns: 400 },
    );
  });

  it('sorted by any field, downwards as well, every card stands in it once', () => {
    const { reader } = desk.archive.database;
    for (const sort of TRIED)
      for (const descending of [false, true]) {
        const ids = customerIdsOf(reader, { show: 'all', today: '2026-11-28' }, { sort, descending }, 100);
        expect([...ids].sort(), sort).toEqual([1, 2, 3, 4]);
      }
    const byTurnover = customerIdsOf(
      reader,
      { show: 'all', today: '2026-11-28' },
      { sort: 'annualTurnover', descending: true },
      100,
    );
    expect(byTurnover.slice(0, 3)).toEqual([1, 2, 4]);
  });

  it('groups add up to the list and come in its order; sums are by currency', async () => {
    const { groups, total, complete } = await desk.dispatch('customers.groups', { group: 'employees' });
    expect(groups).toEqual([
      { value: null, count: 1 },
      { value: 0, count: 1 },
      { value: 120, count: 2 },
    ]);
    expect([total, complete]).toEqual([4, true]);
    const { rows } = await desk.dispatch('customers.list', {
      group: 'employees',
      sort: 'name',
      columns: ['employees'],
    });
    expect(rows.map((row) => row.more['employees'] ?? null)).toEqual([null, 0, 120, 120]);
    expect(rows.slice(2).map((row) => row.name)).toEqual(['Abc Ltd', '華東機械有限公司']);
    const { sums } = await desk.dispatch('customers.totals', { fields: ['employees', 'annualTurnover'] });
    expect(sums).toEqual([
      { field: 'employees', currency: '', sum: 240, count: 3 },
      { field: 'annualTurnover', currency: 'CNY', sum: 1000500.5, count: 2 },
      { field: 'annualTurnover', currency: 'USD', sum: 2000, count: 1 },
    ]);
  });

  it('chosen columns come with the rows, of repeating groups every entry', async () => {
    const { rows } = await desk.dispatch('customers.list', {
      filter: [{ field: 'contacts.name', is: 'contains', values: ['歐陽'] }],
      columns: ['contacts.name', 'annualTurnover', 'industry', 'createdBy'],
    });
    expect(rows.map((row) => row.more)).toEqual([
      {
        'contacts.name': ['王小明', '歐陽華'],
        annualTurnover: { amount: '1000000.50', currency: 'CNY' },
        industry: 'machinery',
        createdBy: '王小明',
      },
    ]);
  });

  it('the table of values follows every change of a card', async () => {
    const before = await desk.dispatch('customers.get', { number: 'E000003' });
    await desk.dispatch('customers.update', {
      number: 'E000003',
      revision: before.revision,
      values: { contacts: [{ name: '趙六' }], employees: null },
    });
    const asked = (filter: object) =>
      desk.dispatch('customers.list', { filter: [filter as Condition & { values: [] }] });
    expect((await asked({ field: 'contacts.name', is: 'is', values: ['趙六'] })).rows.map((row) => row.number)).toEqual(
      ['E000003'],
    );
    expect((await asked({ field: 'employees', is: 'empty', values: [] })).total).toBe(2);
    await desk.dispatch('customers.update', {
      number: 'E000003',
      revision: before.revision + 1,
      values: { contacts: null, employees: 120 },
    });
    expect((await asked({ field: 'contacts.name', is: 'is', values: ['趙六'] })).total).toBe(0);
    const { reader } = desk.archive.database;
    const rows = reader.all<{ id: number; number: string }>('SELECT id, number FROM customer');
    for (const { id, number } of rows)
      for (const key of TRIED.filter((field) => field.includes('.') || field.startsWith('annual')))
        expect(
          reader.all('SELECT value FROM card_value WHERE customer_id = ? AND field = ? ORDER BY ordinal', id, key),
        ).toEqual(atomsOf(number, key).map((value) => ({ value })));
  });
});

describe('the vocabulary is closed', () => {
  it('an unknown field, a comparison of another type and a value of another type are refused by their place', async () => {
    const answers = await Promise.all(
      [
        { filter: [{ field: 'field_values', is: 'is', values: ['x'] }] },
        { filter: [{ field: 'employees', is: 'contains', values: ['1'] }] },
        { filter: [{ field: 'employees', is: 'is', values: ['120'] }] },
        { filter: [{ field: 'industry', is: 'is', values: [] }] },
        { sort: "name'; DROP TABLE customer" },
        { group: '__proto__' },
        { columns: ['number', 'constructor'] },
      ].map((input) => desk.answer(input.group === undefined ? 'customers.list' : 'customers.groups', input)),
    );
    expect(
      answers.map((answer) =>
        answer.ok ? 'ok' : `${answer.error.code} ${answer.error.fields[0]?.path} ${answer.error.fields[0]?.message}`,
      ),
    ).toEqual([
      'INPUT_INVALID filter.0 validation.list.unknownField',
      'INPUT_INVALID filter.0 validation.list.comparison',
      'INPUT_INVALID filter.0 validation.list.valueType',
      'INPUT_INVALID filter.0 validation.list.values',
      'INPUT_INVALID sort validation.list.unknownField',
      'INPUT_INVALID group validation.list.unknownField',
      'INPUT_INVALID columns.1 validation.list.unknownField',
    ]);
  });

  it('R · what a role sees only as a mask it cannot filter, sort or group by', () => {
    const masked = customerListFields('supervisor');
    for (const key of ['birthDate', 'identityDocumentNumber', 'bankAccounts.accountNumber', 'family.name']) {
      expect(FIELDS.has(key), key).toBe(true);
      expect(conditionProblem(masked, { field: key, is: 'filled', values: [] }), key).toBe('unknownField');
    }
    expect(customerListFields('auditor').size).toBe(0);
  });
});

describe('a list of many cards', () => {
  let many: TestArchive;
  beforeAll(async () => {
    many = await openTestArchive({ start: 'empty' });
    const directory = join(many.directory, 'practice');
    await many.dispatch('archive.practice', { directory, customers: 700, seed: 5, scans: false });
  }, 120_000);
  afterAll(() => many.close());

  it('7 · any page, upwards or downwards, narrowed or not, is that part of the whole order', () => {
    const { reader } = many.archive.database;
    const today = '2026-11-28';
    const page = fc.record({
      sort: fc.constantFrom(
        ...['industry', 'employees', 'foundedOn', 'legalRepresentative', 'birthDate', 'annualTurnover', 'country'],
        ...['name', 'number', 'completeness', 'updatedAt'],
      ),
      conditions: fc.subarray([
        { field: 'region', is: 'is' as const, values: ['eastChina', 'northTaiwan'], type: 'option' as const },
        { field: 'name', is: 'containsNot' as const, values: ['新'], type: 'text' as const },
        { field: 'name', is: 'contains' as const, values: ['公司'], type: 'text' as const },
        { field: 'region', is: 'isNot' as const, values: ['eastChina'], type: 'option' as const },
        { field: 'number', is: 'startsWith' as const, values: ['E0000'], type: 'text' as const },
        { field: 'visitedAt', is: 'empty' as const, values: [], type: 'date' as const },
        { field: 'createdAt', is: 'atMost' as const, values: ['2026'], type: 'date' as const },
        { field: 'industry', is: 'filled' as const, values: [], type: 'option' as const },
        { field: 'industry', is: 'isNot' as const, values: ['manufacturing'], type: 'option' as const },
        { field: 'foundedOn', is: 'atLeast' as const, values: ['2001-05'], type: 'date' as const },
        { field: 'annualTurnover', is: 'atMost' as const, values: [5_000_000], type: 'number' as const },
        { field: 'completeness', is: 'atLeast' as const, values: [60], type: 'number' as const },
        { field: 'papers', is: 'atLeast' as const, values: [1], type: 'number' as const },
        { field: 'updatedAt', is: 'atLeast' as const, values: ['2026-01'], type: 'date' as const },
        { field: 'visitedAt', is: 'atMost' as const, values: ['2026-11-20'], type: 'date' as const },
      ]),
      descending: fc.boolean(),
      show: fc.constantFrom('all' as const, 'incomplete' as const, 'stale' as const),
      kind: fc.constantFrom(undefined, 'enterprise', 'individual'),
      offset: fc.integer({ min: 0, max: 720 }),
      limit: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(page, ({ sort, descending, show, kind, conditions, offset, limit }) => {
        const filter = { show, today, kind, conditions };
        const whole = customerIdsOf(reader, filter, { sort, descending }, 10_000);
        const total = countCustomers(reader, filter);
        expect(total).toBe(whole.length);
        const rows = listCustomers(reader, filter, { sort, descending, offset, limit, total });
        expect(rows.map(({ id }) => id)).toEqual(whole.slice(offset, offset + limit));
        // Names looked up in the search index, as if few or many had the text.
        for (const cards of [100_000, 12]) {
          const indexed = { ...filter, conditions: withNamesFromIndex(reader, conditions, cards) };
          expect(countCustomers(reader, indexed)).toBe(whole.length);
          const page = pageOfCustomers(reader, indexed, { sort, descending, offset, limit });
          expect(page.rows.map(({ id }) => id)).toEqual(whole.slice(offset, offset + limit));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('what a typed text found is listed in the same order, whether few of the cards are found or nearly all', () => {
    const { reader } = many.archive.database;
    const all = reader.all<{ id: number }>('SELECT id FROM customer').map(({ id }) => id);
    expect(countCustomers(reader, { show: 'sealed', today: '2026-11-28' })).toBeGreaterThan(0);
    const asked = fc.record({
      ids: fc.oneof(fc.subarray(all, { maxLength: 60 }), fc.subarray(all, { minLength: 500 })),
      sort: fc.constantFrom('name', 'number', 'completeness', 'updatedAt', 'kind', 'phone'),
      descending: fc.boolean(),
      show: fc.constantFrom('all' as const, 'incomplete' as const, 'stale' as const, 'sealed' as const),
      offset: fc.nat(720),
      limit: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(asked, ({ ids, sort, descending, show, offset, limit }) => {
        const filter = { show, today: '2026-11-28' };
        const found = new Set(ids);
        const whole = customerIdsOf(reader, filter, { sort, descending }, 10_000).filter((id) => found.has(id));
        const page = pageOfCustomers(reader, { ...filter, ids }, { sort, descending, offset, limit });
        expect([page.total, page.rows.map(({ id }) => id)]).toEqual([
          whole.length,
          whole.slice(offset, offset + limit),
        ]);
      }),
      { numRuns: 200 },
    );
  });

  it('74 · a part of a name is found in the index as in the names themselves, whatever it is made of', () => {
    const { reader } = many.archive.database;
    const names = reader.all<{ name: string }>('SELECT name FROM customer').map(({ name }) => [...name]);
    const part = fc
      .record({ name: fc.constantFrom(...names), from: fc.nat(12), length: fc.integer({ min: 1, max: 4 }) })
      .map(({ name, from, length }) => name.slice(from, from + length).join(''))
      .filter((text) => text.trim() !== '');
    const filter = { show: 'all' as const, today: '2026-11-28' };
    const order = { sort: 'number', descending: false, offset: 0, limit: 100 };
    fc.assert(
      fc.property(part, fc.constantFrom('contains' as const, 'containsNot' as const), (text, is) => {
        const conditions: ListCondition[] = [{ field: 'name', type: 'text', is, values: [text] }];
        const indexed = withNamesFromIndex(reader, conditions, 100_000);
        if (/^\p{Script=Han}+$/u.test(text)) expect(indexed[0]?.inIndex).toBeDefined();
        const whole = customerIdsOf(reader, { ...filter, conditions }, order, 10_000);
        const counted = withNamesFromIndex(reader, conditions, 12);
        expect(countCustomers(reader, { ...filter, conditions: counted })).toBe(whole.length);
        const page = pageOfCustomers(reader, { ...filter, conditions: indexed }, order);
        expect([page.total, page.rows.map(({ id }) => id)]).toEqual([whole.length, whole.slice(0, 100)]);
      }),
      { numRuns: 200 },
    );
  });

  it('a typed text lists the first five thousand that it finds; an act on the whole list is about all of them', async () => {
    const rows = Array.from({ length: 5_100 }, (_, at) => `大宗名錄${at}`);
    const text = ['客戶名稱', ...rows].join('\n');
    const { upload } = await many.dispatch('uploads.begin', {
      name: 'a.csv',
      size: Buffer.byteLength(text),
      purpose: 'table',
    });
    await many.dispatch('uploads.append', { upload, data: Buffer.from(text).toString('base64') });
    const { table } = await many.dispatch('imports.read', { upload });
    await many.dispatch('imports.apply', { table });
    expect((await many.dispatch('customers.list', { text: '大宗名錄' })).total).toBe(5_000);
    const firstOnly = async (text: string) => (await many.dispatch('customers.totals', { text, fields: [] })).firstOnly;
    expect([await firstOnly('大宗名錄'), await firstOnly('大宗名錄7')]).toEqual([5_000, null]);
    const { reader } = many.archive.database;
    const narrowing = fc.record({
      sort: fc.constantFrom('name', 'number', 'completeness', 'updatedAt', 'industry'),
      descending: fc.boolean(),
      kind: fc.constantFrom(undefined, 'enterprise', 'individual'),
      conditions: fc.subarray(
        [
          { field: 'name', is: 'contains' as const, values: ['大宗'], type: 'text' as const },
          { field: 'name', is: 'containsNot' as const, values: ['9'], type: 'text' as const },
          { field: 'region', is: 'isNot' as const, values: ['eastChina'], type: 'option' as const },
          { field: 'industry', is: 'empty' as const, values: [], type: 'option' as const },
        ],
        { minLength: 1 },
      ),
      offset: fc.nat(1_100),
      limit: fc.integer({ min: 1, max: 120 }),
    });
    let more = 0;
    fc.assert(
      fc.property(narrowing, ({ sort, descending, kind, conditions, offset, limit }) => {
        const filter = { show: 'all' as const, today: '2026-11-28', kind, conditions };
        const whole = customerIdsOf(reader, filter, { sort, descending }, 10_000);
        const page = pageOfCustomers(reader, filter, { sort, descending, offset, limit }, { enough: true });
        expect(page.rows.map(({ id }) => id)).toEqual(whole.slice(offset, offset + limit));
        if (page.more) more += 1;
        if (page.more) expect(page.total).toBeLessThan(whole.length);
        else expect(page.total).toBe(whole.length);
      }),
      { numRuns: 120 },
    );
    expect(more).toBeGreaterThan(10);
    const filter = [{ field: 'name', is: 'contains' as const, values: ['大宗'] }];
    const first = await many.dispatch('customers.list', { filter, count: 'enough', limit: 100 });
    expect([first.more, first.rows.length, first.total < 5_100]).toEqual([true, 100, true]);
    const total = async () => (await many.dispatch('customers.totals', { filter, fields: [] })).total;
    expect([await total(), await total()]).toEqual([5_100, 5_100]);
    await many.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '大宗一號' } });
    expect(await total()).toBe(5_101);
    const asking = { sql: many.archive.database.reader, clock: systemClock, actor: { role: 'keeper' } } as never;
    const query = { text: '大宗名錄', show: 'all', filter: [] } as never;
    expect(selectedCustomers(asking, { query }, 200_000)).toHaveLength(5_100);
  });
});
