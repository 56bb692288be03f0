import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DUTY_SOURCES } from '../../../electron/services/duties/sources.ts';
import { addDays } from '../../../shared/util/days.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

/** The clock of the test: a day that the test moves. */
let today = '2026-03-02';
const clock = { now: () => new Date(`${today}T04:00:00.000Z`), monotonicMs: () => performance.now() };

let desk: TestArchive;
let customer = '';
let borrowerId = 0;
beforeAll(async () => {
  desk = await openTestArchive({ clock });
  customer = (await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '甲公司' } }))
    .number;
  borrowerId = (await desk.dispatch('staff.save', { name: '李業務' })).id;
});
afterAll(() => desk.close());

const duty = async (key: string) => (await desk.dispatch('duties.today', {})).duties.find((one) => one.key === key);
const subjects = async (key: string) => (await duty(key))?.lines.map((line) => line.subject) ?? [];
const code = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : answer.error.code;
};
async function lend(title: string, due: string): Promise<{ loanNumber: string; code: string }> {
  const paper = await desk.dispatch('dossiers.addPaper', {
    customer,
    type: 'contract',
    title,
    date: '2026-01-05',
    pages: 1,
    security: 'internal',
  });
  const loan = await desk.dispatch('loans.lend', { code: paper.code, borrowerId, purpose: '洽談', due });
  return { loanNumber: loan.loanNumber, code: paper.code };
}

describe('what is to be done', () => {
  it('every source has its texts in every language', () => {
    for (const locale of ['zh-Hant', 'zh-Hans', 'en']) {
      const folder = join(import.meta.dirname, '../../../shared/i18n', locale);
      const keys = readdirSync(folder).flatMap((file) =>
        Object.keys(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object),
      );
      for (const { key } of DUTY_SOURCES) {
        expect(keys, locale).toContain(`duty.${key}`);
        expect(
          keys.some((name) => name === `duty.${key}.note` || name.startsWith(`duty.${key}.note`)),
          `${locale} ${key}`,
        ).toBe(true);
      }
    }
    expect(new Set(DUTY_SOURCES.map(({ key }) => key)).size).toBe(DUTY_SOURCES.length);
  });

  it('a loan shows three days before it is due, is red after, leads to itself, and leaves when it is back', async () => {
    const due = addDays(today, 5);
    const { loanNumber } = await lend('供貨合同', due);
    expect(await subjects('loans')).toEqual([]);
    today = addDays(due, -3);
    expect(await duty('loans')).toMatchObject({ count: 1, overdue: 0, standing: 'soon' });
    today = addDays(due, 2);
    expect((await duty('loans'))?.lines[0]).toMatchObject({
      subject: loanNumber,
      title: '供貨合同',
      day: due,
      standing: 'overdue',
      params: { borrower: '李業務' },
      place: { screen: 'loans', number: loanNumber },
    });
    expect((await desk.dispatch('desk.overview', {})).waiting).toContainEqual({ screen: 'loans', count: 1 });
    await desk.dispatch('loans.return', { loanNumber, pagesIn: 1 });
    expect(await duty('loans')).toBeUndefined();
  });

  it('nothing nags twice: of an overdue loan with an open case the case alone is said, with what is still out', async () => {
    const due = addDays(today, 1);
    const { loanNumber } = await lend('年度協議', due);
    today = addDays(due, 4);
    expect(await subjects('loans')).toEqual([loanNumber]);
    const { number } = await desk.dispatch('breaches.open', { loanNumber, kind: 'overdue', facts: '屢催未還' });
    expect(await subjects('loans')).toEqual([]);
    expect((await duty('breaches'))?.lines).toMatchObject([
      { subject: number, note: 'duty.breaches.note.out', params: { paper: '年度協議', due } },
    ]);
    today = addDays(today, 1);
    const { waiting } = await desk.dispatch('desk.overview', {});
    expect(waiting.filter(({ screen }) => screen === 'loans')).toEqual([{ screen: 'loans', count: 1 }]);
    // Closed while the paper is still out: the loan is the work again.
    await desk.dispatch('breaches.record', { number, act: 'notice', text: '電話' });
    await desk.dispatch('breaches.record', { number, act: 'measure', measure: 'reminder', decidedBy: '張經理' });
    await desk.dispatch('breaches.close', { number, as: 'closed', outcome: '續催' });
    expect(await subjects('loans')).toEqual([loanNumber]);
    expect(await duty('breaches')).toBeUndefined();
    await desk.dispatch('loans.return', { loanNumber, pagesIn: 1 });
  });

  it('nothing nags twice: what is put off stays away till its day, with its reason, and comes back by itself', async () => {
    const { loanNumber } = await lend('補充協議', addDays(today, 1));
    const until = addDays(today, 7);
    await desk.dispatch('duties.putOff', { duty: 'loans', subject: loanNumber, until, reason: '對方出差' });
    expect(await subjects('loans')).toEqual([]);
    expect((await desk.dispatch('desk.overview', {})).waiting).toEqual([]);
    expect((await desk.dispatch('duties.putOffList', {})).lines).toMatchObject([
      { duty: 'loans', subject: loanNumber, until, reason: '對方出差', by: '王小明' },
    ]);
    const calendar = await desk.dispatch('duties.calendar', { from: today, to: addDays(today, 30) });
    expect(calendar.days.find(({ day }) => day === until)?.duties).toContainEqual({ key: 'loans', count: 1 });
    today = addDays(until, -1);
    expect(await subjects('loans')).toEqual([]);
    today = until;
    expect(await subjects('loans')).toEqual([loanNumber]);
    expect((await desk.dispatch('duties.putOffList', {})).lines).toEqual([]);
  });

  it('what is put off can be taken up again; a whole kind too', async () => {
    const [loanNumber = ''] = await subjects('loans');
    const until = addDays(today, 3);
    await desk.dispatch('duties.putOff', { duty: 'loans', subject: loanNumber, until, reason: '等' });
    await desk.dispatch('duties.takeUp', { duty: 'loans', subject: loanNumber });
    expect(await subjects('loans')).toEqual([loanNumber]);
    await desk.dispatch('duties.putOff', { duty: 'incompleteCards', until, reason: '月底再補' });
    expect(await duty('incompleteCards')).toBeUndefined();
    expect((await desk.dispatch('duties.today', {})).putOff).toBe(1);
    await desk.dispatch('duties.takeUp', { duty: 'incompleteCards' });
    expect(await duty('incompleteCards')).toMatchObject({ standing: 'open', lines: [{ subject: customer }] });
    expect(await code('duties.takeUp', { duty: 'incompleteCards' })).toBe('NOT_FOUND');
  });

  it('putting off asks for a later day within a year, a reason, and something that is there', async () => {
    const [subject = ''] = await subjects('loans');
    const wish = { duty: 'loans', subject, until: addDays(today, 3), reason: '等' };
    expect(await code('duties.putOff', { ...wish, until: today })).toBe('INPUT_INVALID');
    expect(await code('duties.putOff', { ...wish, until: addDays(today, 400) })).toBe('INPUT_INVALID');
    expect(await code('duties.putOff', { ...wish, reason: '' })).toBe('INPUT_INVALID');
    expect(await code('duties.putOff', { ...wish, subject: 'JY-1999-0001' })).toBe('NOT_FOUND');
    expect(await code('duties.putOff', { ...wish, duty: 'nothing' })).toBe('NOT_FOUND');
  });

  it('C4: a visited card waits until it is filled in', async () => {
    today = addDays(today, 1);
    await desk.dispatch('visits.record', {
      number: customer,
      visitedAt: `${today}T03:30:00.000Z`,
      staffId: borrowerId,
      method: 'onSite',
      purpose: 'followUp',
      content: '談價格',
      result: 'interested',
    });
    expect(await duty('cardAfterVisit')).toMatchObject({ count: 1, lines: [{ subject: customer, standing: 'soon' }] });
    today = addDays(today, 3);
    expect(await duty('cardAfterVisit')).toMatchObject({ overdue: 1 });
    const { revision } = await desk.dispatch('customers.get', { number: customer });
    await desk.dispatch('customers.update', { number: customer, revision, values: { telephone: '02-2345-6789' } });
    expect(await duty('cardAfterVisit')).toBeUndefined();
  });

  it('what runs out is said from the notice on: licence, limit, papers; the licence once', async () => {
    const { revision } = await desk.dispatch('customers.get', { number: customer });
    const licenceValidUntil = addDays(today, 20);
    await desk.dispatch('customers.update', {
      number: customer,
      revision,
      values: { licenceValidUntil, creditLimitValidUntil: addDays(today, 45) },
    });
    await desk.dispatch('dossiers.addPaper', {
      customer,
      type: 'businessLicence',
      title: '營業執照',
      date: '2020-01-01',
      validUntil: licenceValidUntil,
    });
    const { code: letter } = await desk.dispatch('dossiers.addPaper', {
      customer,
      type: 'powerOfAttorney',
      title: '法人委託書',
      date: '2025-01-01',
      validUntil: addDays(today, -4),
    });
    expect(await subjects('licences')).toEqual([customer]);
    expect(await subjects('creditLimits')).toEqual([]);
    expect(await subjects('paperValidity')).toEqual([letter]);
    await desk.dispatch('settings.update', { expiryNoticeDays: 60 });
    expect(await subjects('creditLimits')).toEqual([customer]);
  });

  it('backup and checkpoint are due, and leave when they are made', async () => {
    expect(await duty('backup')).toMatchObject({ count: 1, lines: [{ note: 'duty.backup.note.never', subject: '' }] });
    await desk.dispatch('archive.backup', { file: join(desk.directory, '..', 'a.backup.age') });
    expect(await duty('backup')).toBeUndefined();
    expect(await duty('checkpoint')).toMatchObject({ count: 1 });
    await desk.dispatch('audit.checkpoint', { file: join(desk.directory, '..', 'checkpoint.txt') });
    expect(await duty('checkpoint')).toBeUndefined();
    today = addDays(today, 8);
    expect(await duty('backup')).toMatchObject({ standing: 'overdue', lines: [{ note: 'duty.backup.note.second' }] });
  });

  it('the calendar and its days hold the same; a stretch that is too long is refused', async () => {
    const from = addDays(today, -30);
    const to = addDays(today, 31);
    const { days } = await desk.dispatch('duties.calendar', { from, to });
    expect(days.length).toBeGreaterThan(2);
    for (const { day, duties } of days) {
      const there = (await desk.dispatch('duties.day', { day })).duties;
      expect(there.map(({ key, count }) => ({ key, count }))).toEqual(duties);
    }
    expect(await code('duties.calendar', { from, to: addDays(from, 63) })).toBe('INPUT_INVALID');
    expect(await code('duties.calendar', { from: to, to: from })).toBe('INPUT_INVALID');
  });

  it('lists are paged and count the same', async () => {
    const { lines, total } = await desk.dispatch('duties.list', { duty: 'missingPapers', limit: 1 });
    expect([lines.length, total]).toEqual([1, 1]);
    expect((await desk.dispatch('duties.list', { duty: 'missingPapers', offset: 1 })).lines).toEqual([]);
  });
});
