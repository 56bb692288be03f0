import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
let first = '';
let second = '';

beforeAll(async () => {
  desk = await openTestArchive();
  const create = async (registeredName: string) =>
    (await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName } })).number;
  first = await create('宏昌精密有限公司');
  second = await create('永順貿易有限公司');
  await desk.dispatch('staff.save', { number: 'S-1', name: '李業務', department: '業務部' });
});
afterAll(() => desk.close());

const code = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : `${answer.error.code} ${answer.error.fields.map((field) => field.path).join()}`.trim();
};

describe('visits from a table', () => {
  const upload = async (csv: string) => {
    const bytes = Buffer.from(csv);
    const begun = await desk.dispatch('uploads.begin', { name: '日報.csv', size: bytes.length, purpose: 'table' });
    await desk.dispatch('uploads.append', { upload: begun.upload, data: bytes.toString('base64') });
    return (await desk.dispatch('visits.readTable', { upload: begun.upload })).table;
  };
  const HEAD = '日期,業務員,客戶名稱,時間,目的,洽談內容,結果,收款金額,備考\n';

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
