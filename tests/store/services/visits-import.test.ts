import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handClock } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
let first = '';
let second = '';
let staffId = 0;
/** Later than the hours of every table here; moved on before an act that has to be later than the one before. */
const clock = handClock(new Date(2026, 2, 20, 12).toISOString());
const pass = (hours: number) => clock.advance(hours * 3_600_000);
const SECRET = 'supervisor secret for the tests';

beforeAll(async () => {
  desk = await openTestArchive({ clock });
  const create = async (registeredName: string) =>
    (await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName } })).number;
  first = await create('宏昌精密有限公司');
  second = await create('永順貿易有限公司');
  staffId = (await desk.dispatch('staff.save', { number: 'S-1', name: '李業務', department: '業務部' })).id;
  await desk.dispatch('users.add', {
    ownSecret: TEST_KEEPER.secret,
    login: 'boss',
    displayName: '周主管',
    role: 'supervisor',
    secret: SECRET,
  });
});
afterAll(() => desk.close());

const code = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : `${answer.error.code} ${answer.error.fields.map((field) => field.path).join()}`.trim();
};

const upload = async (csv: string) => {
  const bytes = Buffer.from(csv);
  const begun = await desk.dispatch('uploads.begin', { name: '日報.csv', size: bytes.length, purpose: 'table' });
  await desk.dispatch('uploads.append', { upload: begun.upload, data: bytes.toString('base64') });
  return (await desk.dispatch('visits.readTable', { upload: begun.upload })).table;
};
const HEAD = '日期,業務員,客戶名稱,時間,目的,洽談內容,結果,收款金額,備考\n';

describe('visits from a table', () => {
  it('is tried first, names every refused row, and brought in twice changes nothing', async () => {
    const csv = `${HEAD}2026-03-16,李業務,宏昌精密有限公司,9:00-9:40,回訪,對帳,待跟進,"3,000元",\n2026-03-16,李業務,永順貿易有限公司,10:30,收款,收款完成,成交,,\n2026-03-17,王不在,宏昌精密有限公司,9點,回訪,無,待跟進,,\n2026-03-17,李業務,沒有這家,9點,回訪,無,待跟進,,\n`;
    const table = await upload(csv);
    const tried = await desk.dispatch('visits.importTable', { table, dryRun: true });
    expect(tried).toMatchObject({ rows: 4, imported: 2, refusedTotal: 2, unrecognised: ['備考'], reports: [] });
    expect(tried.refused.map((row) => [row.row, row.field, row.value])).toEqual([
      [4, '業務員', '王不在'],
      [5, '客戶名稱', '沒有這家'],
    ]);
    expect(await code('visits.importTable', { table })).toMatch(/^IMPORT_REFUSED/);
    const done = await desk.dispatch('visits.importTable', { table, acceptValid: true });
    expect(done.reports).toHaveLength(1);
    const report = await desk.dispatch('dailyReports.get', { number: done.reports[0] ?? '' });
    expect(report.lines.map((visit) => [visit.customer, visit.details['collected'] ?? null])).toEqual([
      [first, { amount: '3000', currency: 'CNY' }],
      [second, null],
    ]);
    const again = await desk.dispatch('visits.importTable', { table: await upload(csv), acceptValid: true });
    expect(again).toMatchObject({ imported: 0, unchanged: 2, reports: [] });
  });
});

describe('an import of visits is taken back as a whole (wish 27)', () => {
  const bring = async (...rows: string[]) => {
    const table = await upload(HEAD + rows.map((row) => `${row}\n`).join(''));
    const { importId, reports } = await desk.dispatch('visits.importTable', { table });
    pass(1);
    return { importId: importId ?? 0, reports };
  };
  const takeBack = (importId: number) => desk.answer('imports.takeBack', { importId });
  const why = async (importId: number) => {
    const { imports } = await desk.dispatch('imports.list', {});
    const { touched } = imports.find(({ id }) => id === importId) ?? {};
    return touched === null || touched === undefined ? null : `${touched.number} ${touched.name} ${touched.why}`;
  };
  const report = (number: string) => desk.dispatch('dailyReports.get', { number });
  const visited = async () => (await desk.dispatch('customers.get', { number: second })).visitedAt;
  const contents = async (number: string) => (await report(number)).lines.map((line) => line.content);

  it('C1 V1 a report that it made goes: its number is void with the reason and not given again; the day is missing again, C4 is as it was', async () => {
    await desk.dispatch('reportingDuty.set', { staffId, from: '2026-03-18' });
    const before = await visited();
    const { importId, reports } = await bring(
      '2026-03-18,李業務,永順貿易有限公司,9:00,回訪,看樣,待跟進,,',
      '2026-03-18,李業務,宏昌精密有限公司,11:00,回訪,看樣,待跟進,,',
    );
    const [number = ''] = reports;
    expect(await visited()).not.toBe(before);
    expect((await desk.dispatch('imports.list', {})).imports[0]).toMatchObject({
      kind: 'visits',
      file: '日報.csv',
      imported: 2,
      mayTakeBack: true,
    });
    expect(await takeBack(importId)).toMatchObject({ ok: true, output: { cards: 0, records: 2 } });
    const gone = await desk.answer('dailyReports.get', { number });
    expect(gone).toMatchObject({
      error: {
        code: 'NOT_FOUND',
        hint: 'hint.dailyReportVoid',
        params: { number, reason: `import ${importId} 日報.csv` },
      },
    });
    expect((await desk.dispatch('visits.register', { from: '2026-03-18', to: '2026-03-18' })).total).toBe(0);
    expect((await desk.dispatch('dailyReports.open', { staffId, day: '2026-03-18' })).state).toBe('missing');
    expect(await visited()).toBe(before);
    expect(await takeBack(importId)).toMatchObject({ error: { code: 'CONFLICT' } });
    const { entries } = await desk.dispatch('audit.list', { limit: 5 });
    expect(entries.find(({ type, outcome }) => type === 'import.takeBack' && outcome === 'ok')).toMatchObject({
      obj: `import:${importId}`,
      data: JSON.stringify({ cards: 0, first: number, last: number, records: 2, voided: 1 }),
    });
    // The same table again comes in under the next number.
    const again = await bring('2026-03-18,李業務,永順貿易有限公司,9:00,回訪,看樣,待跟進,,');
    expect(again.reports.map((one) => one > number)).toEqual([true]);
    expect((await takeBack(again.importId)).ok).toBe(true);
  });

  it('a report that was there has its former lines again as a new version, with its signature; two imports go one after the other', async () => {
    const { number, revision } = await desk.dispatch('dailyReports.save', {
      staffId,
      day: '2026-03-19',
      values: {},
      lines: [
        {
          customer: first,
          visitedAt: new Date(2026, 2, 19, 10).toISOString(),
          method: 'onSite',
          purpose: 'followUp',
          content: '原有',
          result: 'toFollowUp',
        },
      ],
      handedInAt: new Date(2026, 2, 19, 17).toISOString(),
    });
    const review = { numbers: [number], comment: '' };
    const { statement } = await desk.dispatch('dailyReports.reviewStatement', review);
    await desk.dispatch('agreements.give', { statement, login: 'boss', secret: SECRET });
    await desk.dispatch('dailyReports.review', review);
    pass(1);
    const one = await bring('2026-03-19,李業務,永順貿易有限公司,9:00,回訪,其一,待跟進,,');
    const two = await bring('2026-03-19,李業務,永順貿易有限公司,14:00,回訪,其二,待跟進,,');
    expect(await contents(number)).toEqual(['其一', '原有', '其二']);
    expect(await why(one.importId)).toBe(`${number} 李業務 2026-03-19 changed`);
    expect((await takeBack(two.importId)).ok).toBe(true);
    expect(await contents(number)).toEqual(['其一', '原有']);
    expect((await takeBack(one.importId)).ok).toBe(true);
    const { lines, ...back } = await report(number);
    expect(lines.map((line) => line.content)).toEqual(['原有']);
    expect(back).toMatchObject({ revision: revision + 4, reviewedBy: '周主管', state: 'handedIn' });
    const { versions } = await desk.dispatch('dailyReports.versions', { number });
    expect(versions.map(({ content }) => (content as unknown as { lines: object[] }).lines.length)).toEqual([
      2, 3, 2, 1,
    ]);
  });

  it('is not taken back once a report was signed, saved again or added to, or a card was filled in or read before a visit', async () => {
    const touches = async (day: string, act: (number: string) => Promise<unknown>) => {
      const { importId, reports } = await bring(`${day},李業務,永順貿易有限公司,9:00,回訪,看樣,待跟進,,`);
      const [number = ''] = reports;
      await act(number);
      pass(1);
      const touched = (await why(importId))?.replace(number, 'report').replace(second, 'card');
      expect(await takeBack(importId)).toMatchObject({ error: { code: 'IMPORT_TOUCHED' } });
      expect(await contents(number)).toContain('看樣');
      return touched;
    };
    const visit = { staffId, method: 'onSite', purpose: 'followUp', content: '另一次', result: 'toFollowUp' } as const;
    const found = [
      await touches('2026-03-01', async (number) => {
        const { lines, ...saved } = await report(number);
        const same = lines.map(({ id, customer, visitedAt }) => ({
          ...visit,
          id,
          customer,
          visitedAt,
          content: '看樣',
        }));
        for (const line of same) Reflect.deleteProperty(line, 'staffId');
        await desk.dispatch('dailyReports.save', {
          staffId,
          day: saved.day,
          revision: 1,
          values: {},
          lines: same,
          handedInAt: saved.handedInAt,
        });
      }),
      await touches('2026-03-02', async (number) => {
        const review = { numbers: [number], comment: '' };
        const { statement } = await desk.dispatch('dailyReports.reviewStatement', review);
        await desk.dispatch('agreements.give', { statement, login: 'boss', secret: SECRET });
        await desk.dispatch('dailyReports.review', review);
      }),
      await touches('2026-03-03', () =>
        desk.dispatch('visits.record', { ...visit, number: first, visitedAt: new Date(2026, 2, 3, 15).toISOString() }),
      ),
      await touches('2026-03-04', (dailyReport) =>
        desk.dispatch('dossiers.addPaper', {
          customer: second,
          type: 'visitReport',
          title: '走訪',
          pages: 1,
          extra: { dailyReport },
        }),
      ),
      await touches('2026-03-05', () => desk.dispatch('briefs.take', { number: second, staffId, how: 'screen' })),
    ];
    expect(found).toEqual([
      'report 李業務 2026-03-01 changed',
      'report 李業務 2026-03-02 signed',
      'report 李業務 2026-03-03 holds',
      'report 李業務 2026-03-04 holds',
      'card 永順貿易有限公司 briefed',
    ]);
    pass(24);
    const { importId } = await bring('2026-03-21,李業務,永順貿易有限公司,9:00,回訪,看樣,待跟進,,');
    const card = await desk.dispatch('customers.get', { number: second });
    await desk.dispatch('customers.update', { number: second, revision: card.revision, values: { telephone: '02-1' } });
    expect(await why(importId)).toBe(`${second} 永順貿易有限公司 filled`);
    const [survivor, merged] = await Promise.all(
      ['併入之卡', '併出之卡'].map((registeredName) =>
        desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName } }),
      ),
    );
    const moved = await bring('2026-03-20,李業務,併出之卡,8:00,回訪,看樣,待跟進,,');
    expect(await why(moved.importId)).toBeNull();
    await desk.dispatch('customers.merge', {
      survivor: survivor?.number ?? '',
      survivorRevision: 1,
      merged: merged?.number ?? '',
      mergedRevision: 1,
      reason: '同一家',
    });
    expect(await why(moved.importId)).toBe(`${survivor?.number} 併入之卡 merged`);
  });
});
