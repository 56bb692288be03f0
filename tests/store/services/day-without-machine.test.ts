import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';
import { readPdf } from '../../unit/print/read-pdf.ts';

const DAY = 86_400_000;
/** A clock that can be moved over days on which nothing is written. */
const clock = {
  offset: 0,
  now: () => new Date(Date.UTC(2026, 0, 5, 9) + clock.offset),
  monotonicMs: () => clock.offset,
};
let desk: TestArchive;
let [customer, paper, second, borrowerId] = ['', '', '', 0];
let numbers: string[] = [];

beforeAll(async () => {
  desk = await openTestArchive({ clock });
  customer = (
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '重慶永順貿易股份有限公司', telephone: '02-8765-4321' },
    })
  ).number;
  await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: 'Zenith Tools' } });
  const file = async (title: string, more: object = {}) =>
    (
      await desk.dispatch('dossiers.addPaper', {
        customer,
        type: 'contract',
        title,
        date: '2025-05-01',
        pages: 4,
        security: 'internal',
        place: '二號櫃 3 層',
        ...more,
      })
    ).code;
  paper = await file('供貨合同');
  second = await file('補充協議');
  borrowerId = (await desk.dispatch('staff.save', { name: '李業務', department: '業務部' })).id;
});
afterAll(() => desk.close());

const refused = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : `${answer.error.code} ${answer.error.fields?.map(({ path }) => path).join() ?? ''}`.trim();
};
async function words(document: string): Promise<string> {
  const pdf = await readPdf((await desk.surroundings.shelf.get(document)).bytes);
  return (await Promise.all(Array.from({ length: pdf.pages }, (_, index) => pdf.text(index + 1)))).join('\f');
}

describe('the printed lookup index', () => {
  it('leads from the initials to number, place and codes, and says nothing of what is inside', async () => {
    const { document } = await desk.dispatch('print.form', { form: 'lookupIndex' });
    const text = await words(document);
    for (const said of ['CQYSMYGF', '重慶永順', customer, '二號櫃 3 層', `KH·2·${customer}`, 'ZENITH'])
      expect(text).toContain(said);
    for (const inside of ['8765', '供貨合同']) expect(text).not.toContain(inside);
  });

  it('is printed by letters, and another word for them is refused at its field', async () => {
    const { document } = await desk.dispatch('print.form', { form: 'lookupIndex', number: 'a-f' });
    const text = await words(document);
    expect(text).toContain('重慶永順');
    expect(text).not.toContain('Zenith');
    const narrow = await desk.dispatch('print.form', { form: 'lookupIndex', number: 'CR-ZD' });
    expect(await words(narrow.document)).not.toContain('重慶永順');
    expect(await refused('print.form', { form: 'lookupIndex', number: 'A1' })).toBe('INPUT_INVALID number');
  });
});

describe('numbered blanks keyed in later', () => {
  it('stand under their numbers with the real day; spoilt ones say why', async () => {
    ({ numbers } = await desk.dispatch('loans.reserveForms', { count: 3 }));
    const [first = '', other = '', spoilt = ''] = numbers;
    clock.offset = 3 * DAY;
    const lent = { code: paper, borrowerId, purpose: '續約' };
    expect(await refused('loans.lend', { ...lent, lentOn: '2026-01-06' })).toBe('INPUT_INVALID formNumber');
    expect(await refused('loans.lend', { ...lent, formNumber: first, lentOn: '2026-01-04' })).toBe(
      'INPUT_INVALID lentOn',
    );
    const form = await desk.dispatch('loans.lend', { ...lent, formNumber: first.toLowerCase(), lentOn: '2026-01-06' });
    expect(form).toMatchObject({ loanNumber: first, borrower: '李業務', due: '2026-01-20' });
    expect(form.lentAt.slice(0, 10)).toBe('2026-01-06');
    expect(await refused('loans.lend', { ...lent, code: second, formNumber: first })).toBe('CONFLICT');
    await desk.dispatch('loans.voidForm', { number: spoilt, reason: '寫壞' });
    expect(await refused('loans.lend', { ...lent, code: second, formNumber: spoilt })).toBe('CONFLICT');
    const { forms } = await desk.dispatch('loans.reservedForms', { onlyOpen: false });
    expect(forms.map(({ number, state, reason }) => [number, state, reason])).toEqual([
      [spoilt, 'void', '寫壞'],
      [other, 'free', ''],
      [first, 'used', ''],
    ]);
    const { entries } = await desk.dispatch('audit.list', { type: 'loan.lend', outcome: 'ok' });
    expect(entries[0]?.data).toContain('"keyedIn":"2026-01-06"');
  });

  it('B2 the way back on the same form has its own day, so that nobody is late by keying in', async () => {
    const [first = ''] = numbers;
    expect(await refused('loans.return', { loanNumber: first, pagesIn: 4, returnedOn: '2026-01-05' })).toBe(
      'INPUT_INVALID returnedOn',
    );
    const back = await desk.dispatch('loans.return', { loanNumber: first, pagesIn: 4, returnedOn: '2026-01-07' });
    expect(back.items[0]?.returnedAt?.slice(0, 10)).toBe('2026-01-07');
  });

  it('a borrower who is late today because the machine was away is judged by the day of the form', async () => {
    const [, other = ''] = numbers;
    const late = await desk.dispatch('loans.lend', { code: paper, borrowerId, purpose: '查核' });
    clock.offset = 25 * DAY;
    expect((await desk.dispatch('loans.get', { loanNumber: late.loanNumber })).state).toBe('overdue');
    const lent = { code: second, borrowerId, purpose: '查核' };
    expect(await refused('loans.lend', lent)).toBe('BORROWER_BLOCKED');
    const form = await desk.dispatch('loans.lend', { ...lent, formNumber: other, lentOn: '2026-01-09' });
    expect(form.lentAt.slice(0, 10)).toBe('2026-01-09');
  });
});

describe('the silence of the log', () => {
  it('is found around the forms, stands on the first screen until explained, and is refused where the log speaks', async () => {
    const { gaps } = await desk.dispatch('outages.list', {});
    expect(gaps.map(({ forms }) => forms)).toEqual([[numbers[1]], [numbers[0]]]);
    const duties = async () => (await desk.dispatch('duties.today', {})).duties.find(({ key }) => key === 'outages');
    expect((await duties())?.count).toBe(2);
    const [, gap] = gaps;
    if (gap === undefined) throw new Error('no gap');
    const { entries } = await desk.dispatch('audit.list', { limit: 1 });
    expect(await refused('outages.explain', { from: gap.from, to: entries[0]?.ts, reason: '停電' })).toBe(
      'INPUT_INVALID from',
    );
    expect(await refused('outages.explain', { from: gap.to, to: gap.from, reason: '停電' })).toBe('INPUT_INVALID to');
    for (const { from, to } of gaps) await desk.dispatch('outages.explain', { from, to, reason: '颱風停電' });
    const after = await desk.dispatch('outages.list', {});
    expect(after.gaps).toEqual([]);
    expect(after.explained.map(({ reason, forms }) => [reason, forms])).toEqual([
      ['颱風停電', [numbers[0]]],
      ['颱風停電', [numbers[1]]],
    ]);
    expect(await duties()).toBeUndefined();
  });
});

describe('registers between two days', () => {
  it('the log and the lookup register are listed from a day to a day, both included', async () => {
    const seen = await desk.dispatch('audit.list', { from: '2026-01-08', to: '2026-01-08', limit: 500 });
    expect(seen.entries.length).toBeGreaterThan(3);
    expect(seen.total).toBe(seen.entries.length);
    expect(new Set(seen.entries.map(({ ts }) => ts.slice(0, 10)))).toEqual(new Set(['2026-01-08']));
    expect((await desk.dispatch('audit.list', { from: '2026-01-09', to: '2026-01-29' })).total).toBe(0);
    const loans = await desk.dispatch('audit.list', { to: '2026-01-08', type: 'loan', outcome: 'ok' });
    expect(loans.total).toBe(loans.entries.length);
    expect(loans.entries.every(({ ts }) => ts < '2026-01-09')).toBe(true);
    const [newest] = seen.entries;
    const older = await desk.dispatch('audit.list', { from: '2026-01-08', to: '2026-01-08', before: newest?.seq ?? 0 });
    expect(older.entries.length).toBe(seen.entries.length - 1);
    expect((await desk.dispatch('lookup.register', { from: '2026-01-01', to: '2026-12-31' })).total).toBe(0);
  });
});
