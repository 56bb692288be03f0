import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Condition,
  comparisonsOf,
  conditionHolds,
  conditionProblem,
  type ListField,
  type StoredAtom,
  valuesNeeded,
} from '../../../shared/domain/lists/list-query.ts';
import { RECORD_LIST_NAMES, type RecordListName, recordListOf } from '../../../shared/domain/lists/record-lists.ts';
import { handClock } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

/** Lists of a practice archive: every list, every field. */
let desk: TestArchive;
let keeper = '';
const folder = mkdtempSync(join(tmpdir(), 'dossier-lists-'));
beforeAll(async () => {
  desk = await openTestArchive({ start: 'empty', clock: handClock('2026-11-23T04:00:00.000Z') });
  const made = await desk.dispatch('archive.practice', {
    directory: desk.directory,
    customers: 30,
    seed: 5,
    scans: false,
  });
  keeper = made.users.find((user) => user.role === 'keeper')?.secret ?? '';
}, 120_000);
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const fieldsOf = (list: RecordListName): ListField[] => [...recordListOf(list).fields.values()];
type Row = { readonly key: string; readonly values: Readonly<Record<string, string | number | null>> };
const kept = new Map<RecordListName, readonly Row[]>();
/** All rows with all their fields, without filter. */
async function everything(list: RecordListName): Promise<readonly Row[]> {
  let rows = kept.get(list);
  if (rows === undefined) {
    const columns = fieldsOf(list).map(({ key }) => key);
    const all: Row[] = [];
    for (let offset = 0; ; offset += 500) {
      const page = await desk.dispatch('lists.rows', { list, columns, offset, limit: 500 });
      all.push(...page.rows);
      if (all.length >= page.total) break;
    }
    rows = all;
    kept.set(list, rows);
  }
  return rows;
}
const atomsOf = (row: Row, field: string): StoredAtom[] => {
  const value = row.values[field];
  return value === null || value === undefined ? [] : [value];
};

describe('every list of the desk', () => {
  it('practice archives have something on every list that work leaves traces on', async () => {
    const empty: string[] = [];
    for (const list of RECORD_LIST_NAMES) if ((await everything(list)).length === 0) empty.push(list);
    // Nothing was bound, brought in by file or written off in an archive that was just made up; few of its changes are worth watching.
    expect(empty.filter((list) => !['volumes', 'imports', 'watchFlags'].includes(list))).toEqual([]);
  });

  it.each(RECORD_LIST_NAMES)(
    '75 · %s: every field can be a column, an order both ways and a group whose counts add up',
    async (list) => {
      const rows = await everything(list);
      for (const field of fieldsOf(list)) {
        const atoms = rows.map((row) => row.values[field.key] ?? null);
        const wanted = field.type === 'number' || field.type === 'flag' ? 'number' : 'string';
        const strange = atoms.filter((atom) => atom !== null && typeof atom !== wanted);
        expect(strange.slice(0, 3), `${list}.${field.key}`).toEqual([]);
        const { rows: up } = await desk.dispatch('lists.rows', {
          list,
          sort: field.key,
          columns: [field.key],
          limit: 500,
        });
        const sorted = up.map((row) => row.values[field.key] ?? null).filter((atom) => atom !== null);
        expect(
          sorted.every((atom, index) => index === 0 || (sorted[index - 1] as StoredAtom) <= atom),
          `${list} by ${field.key}`,
        ).toBe(true);
        const groups = await desk.dispatch('lists.groups', { list, group: field.key });
        if (groups.complete)
          expect(
            groups.groups.reduce((sum, { count }) => sum + count, 0),
            `${list} by ${field.key}`,
          ).toBe(rows.length);
      }
    },
  );

  it('75 · rows of one group stand together, in the order of the groups', async () => {
    const { groups } = await desk.dispatch('lists.groups', { list: 'visits', group: 'result' });
    const { rows } = await desk.dispatch('lists.rows', {
      list: 'visits',
      group: 'result',
      columns: ['result'],
      limit: 500,
    });
    const expected = groups.flatMap(({ value, count }) => Array.from({ length: count }, () => value)).slice(0, 500);
    expect(rows.map((row) => row.values['result'] ?? null)).toEqual(expected);
  });

  it('74 · any conditions on any fields find exactly the records for which the rule holds', async () => {
    const samples = new Map<string, (string | number)[]>();
    for (const list of RECORD_LIST_NAMES)
      for (const field of fieldsOf(list)) {
        const present = [...new Set((await everything(list)).flatMap((row) => atomsOf(row, field.key)))];
        samples.set(`${list} ${field.key}`, present.filter((atom) => atom !== '').slice(0, 12));
      }
    const conditionIn = (list: RecordListName): fc.Arbitrary<Condition> =>
      fc.constantFrom(...fieldsOf(list)).chain((field) => {
        const present = samples.get(`${list} ${field.key}`) ?? [];
        const value: fc.Arbitrary<string | number | boolean> =
          field.type === 'flag'
            ? fc.boolean()
            : field.type === 'number'
              ? fc.constantFrom(0, 1, 5, ...present.map(Number))
              : fc
                  .constantFrom('a', '%', '_', '2026', ...present.map(String))
                  .chain((text) => fc.constantFrom(text, text.slice(0, 10), text.slice(0, 1)));
        return fc.constantFrom(...comparisonsOf(field.type)).chain((is) => {
          const { least, most } = valuesNeeded(is);
          return fc
            .array(value, { minLength: least, maxLength: Math.min(most, 3) })
            .map((values) => ({ field: field.key, is, values: field.type === 'flag' ? values.slice(0, 1) : values }));
        });
      });
    const asked = fc
      .constantFrom(...RECORD_LIST_NAMES)
      .chain((list) =>
        fc.record({ list: fc.constant(list), filter: fc.array(conditionIn(list), { minLength: 1, maxLength: 3 }) }),
      );
    await fc.assert(
      fc.asyncProperty(asked, async ({ list, filter }) => {
        const { fields } = recordListOf(list);
        fc.pre(filter.every((condition) => conditionProblem(fields, condition) === undefined));
        const expected = (await everything(list)).filter((row) =>
          filter.every((condition) =>
            conditionHolds(fields.get(condition.field)?.type ?? 'text', condition, atomsOf(row, condition.field)),
          ),
        );
        const input = filter.map((condition) => ({ ...condition, values: [...condition.values] }));
        const { total } = await desk.dispatch('lists.rows', { list, filter: input, limit: 1 });
        expect(total).toBe(expected.length);
      }),
      { numRuns: 150 },
    );
  });

  it('sums of amounts go by currency, in whole units', async () => {
    const rows = await everything('orders');
    const { sums } = await desk.dispatch('lists.totals', { list: 'orders', fields: ['amount'] });
    for (const { currency, sum, count } of sums) {
      const own = rows.filter((row) => row.values['amount.currency'] === currency);
      expect(count).toBe(own.length);
      expect(sum).toBeCloseTo(
        own.reduce((total, row) => total + Number(row.values['amount']), 0),
        2,
      );
    }
    expect(sums.length).toBeGreaterThan(0);
  });

  it('a typed text finds the records of a customer by the initials of the name, and by what the list is searched by', async () => {
    const [paper] = await everything('papers');
    const found = await desk.dispatch('lists.rows', { list: 'papers', text: String(paper?.key), columns: ['code'] });
    expect(found.rows.map((row) => row.key)).toContain(paper?.key);
    const card = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '重慶嘉陵機械有限公司' },
    });
    for (const text of ['chongqing', '重庆', card.number]) {
      const { rows } = await desk.dispatch('lists.rows', { list: 'dossiers', text });
      expect(
        rows.map((row) => row.key),
        text,
      ).toContain(card.number);
    }
  });

  it('a field that the list does not have, and a sum of words, are refused by name', async () => {
    const unknown = await desk.answer('lists.rows', { list: 'loans', sort: 'field_values' });
    expect(unknown.ok ? '' : unknown.error.fields[0]?.message).toBe('validation.list.unknownField');
    const words = await desk.answer('lists.totals', { list: 'loans', fields: ['title'] });
    expect(words.ok ? '' : words.error.fields[0]?.message).toBe('validation.list.notNumeric');
  });

  it('R25, R64: a list goes out as a table of words, numbers and amounts after the own secret', async () => {
    const file = join(folder, 'orders.csv');
    const ask = { list: 'orders', format: 'csv', columns: ['orderNumber', 'kind', 'amount', 'state'] } as const;
    const wrong = await desk.answer('exports.records', { ...ask, file, secret: 'not the secret' });
    expect(wrong.ok ? '' : wrong.error.code).toBe('SECRET_WRONG');
    expect(existsSync(file)).toBe(false);
    const done = await desk.dispatch('exports.records', { ...ask, columns: [...ask.columns], file, secret: keeper });
    const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
    expect(lines).toHaveLength(done.rows + 1);
    expect(lines[0]).toContain('"訂單號","種類","金額","金額 · 幣別","狀態"');
    expect(lines[1]).toMatch(/^"[^"]+","訂單|合同[^"]*",[\d.]+,"[A-Z]{3}","[^"]+"$/u);
    const [entry] = (await desk.dispatch('audit.list', { limit: 1, type: 'export.records' })).entries;
    expect(JSON.parse(entry?.data ?? '{}')).toMatchObject({ list: 'orders', rows: done.rows });
  });
});

it('M1: changes to watch are filtered by one of their fields and leave the archive in words, no key among them', async () => {
  const own = await openTestArchive();
  const { number, revision } = await own.dispatch('customers.create', {
    kind: 'enterprise',
    values: { registeredName: '甲公司', legalForm: 'limitedLiability', legalRepresentative: '王一' },
  });
  await own.dispatch('customers.update', {
    number,
    revision,
    values: { registeredName: '甲股份公司', legalForm: 'jointStock', legalRepresentative: '李二' },
  });
  const watched = async (field: string) =>
    (
      await own.dispatch('lists.rows', {
        list: 'watchFlags',
        columns: ['watched'],
        filter: [{ field: 'changedFields', is: 'is', values: [field] }],
      })
    ).rows.map((row) => row.values['watched']);
  expect(await watched('legalForm')).toEqual(['legalForm']);
  expect(await watched('legalRepresentative')).toEqual(['personInCharge']);
  expect(await watched('country')).toEqual([]);
  const file = join(folder, 'watched.csv');
  await own.dispatch('exports.records', {
    list: 'watchFlags',
    format: 'csv',
    columns: ['watched', 'changedFields'],
    file,
    secret: TEST_KEEPER.secret,
  });
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('"企業性質／組織形式、企業名稱（全稱）"');
  expect(text).toContain('"法定代表人／負責人"');
  expect(text).not.toMatch(/legal|registeredName/u);
  await own.close();
});

it('R71: once there is a supervisor, a list needs their agreement to exactly its contents', async () => {
  const own = await openTestArchive();
  const secret = 'another long secret of the supervisor';
  await own.dispatch('users.add', {
    ownSecret: TEST_KEEPER.secret,
    login: 'chief',
    displayName: '陳主管',
    role: 'supervisor',
    secret,
  });
  await own.dispatch('staff.save', { name: '林大華', department: '業務部' });
  const file = join(folder, 'staff.csv');
  const ask = { list: 'staff', format: 'csv', columns: ['staffName', 'department'] } as const;
  const wanted = { ...ask, columns: [...ask.columns] };
  const out = () => own.answer('exports.records', { ...wanted, file, secret: TEST_KEEPER.secret });
  const code = async () => {
    const answer = await out();
    return answer.ok ? 'ok' : answer.error.code;
  };
  expect(await code()).toBe('SECOND_PERSON_MISSING');
  const agree = async () => {
    const { statement } = await own.dispatch('exports.recordsStatement', wanted);
    await own.dispatch('agreements.give', { statement, login: 'chief', secret });
  };
  await agree();
  await own.dispatch('staff.save', { name: '王小美', department: '業務部' });
  expect(await code()).toBe('SECOND_PERSON_MISSING');
  await agree();
  expect(await code()).toBe('ok');
  expect(await code()).toBe('SECOND_PERSON_MISSING');
  await own.close();
});

it('32: customers gone quiet are a condition on the list of balances; 33: how far sales hang on a few is told line by line', async () => {
  const quiet = await desk.dispatch('lists.rows', {
    list: 'balances',
    filter: [{ field: 'quietDays', is: 'atLeast', values: [60] }],
    columns: ['lastOrderOn', 'quietDays'],
    limit: 500,
  });
  for (const row of quiet.rows) expect(String(row.values['lastOrderOn']) <= '2026-09-24').toBe(true);
  const { rows } = await desk.dispatch('analysis.compose', { analysis: 'sales', from: '2025-01', to: '2026-12' });
  const steps = rows.map((row) => row.cumulative);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(steps.at(-1)).toBeCloseTo(100, 1);
});

it('C11: the register book holds every number that was given, also merged and void ones', async () => {
  const book = await desk.dispatch('print.form', { form: 'registerBook' });
  expect(book.pages).toBeGreaterThan(0);
  const wrong = await desk.answer('print.form', { form: 'registerBook', number: 'X' });
  expect(wrong.ok ? '' : wrong.error.fields[0]?.message).toBe('validation.registerBook');
});
