import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../electron/platform/clock.ts';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { addDays } from '../../../shared/util/days.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

const SECRET = 'an own secret for the tests';
/** A desk whose day can be turned; the monotonic clock runs on. */
let today = '2026-03-02';
const clock: Clock = { ...systemClock, now: () => new Date(`${today}T08:00:00.000Z`) };

let desk: TestArchive;
let customer = '';
beforeAll(async () => {
  desk = await openTestArchive({ clock });
  await desk.dispatch('users.add', {
    ownSecret: TEST_KEEPER.secret,
    login: 'manager',
    displayName: '張客戶經理',
    role: 'accountManager',
    secret: SECRET,
  });
  customer = (await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '甲公司' } }))
    .number;
});
afterAll(() => desk.close());

let people = 0;
const person = async () => {
  people += 1;
  return (await desk.dispatch('staff.save', { name: `業務員${people}`, department: '業務部' })).id;
};
const file = async (more: Partial<InputOf<'dossiers.addPaper'>> = {}) =>
  (
    await desk.dispatch('dossiers.addPaper', {
      customer,
      type: 'contract',
      title: '合同',
      date: '2026-01-05',
      pages: 4,
      security: 'internal',
      ...more,
    })
  ).code;
const refused = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : `${answer.error.code} ${answer.error.hint ?? answer.error.fields[0]?.path ?? ''}`;
};
const lend = async (code: string, borrowerId: number, more: object = {}) =>
  desk.dispatch('loans.lend', { code, borrowerId, purpose: '洽談', ...more });
const later = (days: number) => {
  today = addDays(today, days);
};

describe('a form is out once it is signed (B1)', () => {
  it('prepared, it keeps its papers and its number; nothing is late, comes back or is extended; signed, it is out', async () => {
    const borrowerId = await person();
    const code = await file();
    const { loanNumber } = await lend(code, borrowerId, { signed: 'later' });
    expect(await desk.dispatch('loans.get', { loanNumber })).toMatchObject({ state: 'prepared', daysOverdue: 0 });
    expect(await refused('loans.lend', { code, borrowerId: await person(), purpose: '看' })).toMatch(
      /^ITEM_ALREADY_LENT/,
    );
    const waits = 'CONFLICT hint.loanNotSigned';
    expect(await refused('loans.return', { loanNumber, pagesIn: 4 })).toBe(waits);
    expect(await refused('loans.extend', { loanNumber, due: addDays(today, 30), reason: '再看' })).toBe(waits);
    expect(await refused('loans.remind', { loanNumber, method: '電話' })).toBe(waits);
    const held = async () => (await desk.dispatch('holdings.list', { staffId: borrowerId })).total;
    const duty = async () =>
      (await desk.dispatch('duties.today', {})).duties.find((one) => one.key === 'loansPrepared')?.count ?? 0;
    later(40);
    expect(await desk.dispatch('loans.get', { loanNumber })).toMatchObject({ state: 'prepared', daysOverdue: 0 });
    expect([await held(), await duty()]).toEqual([0, 1]);
    expect((await desk.dispatch('borrowers.get', { borrowerId })).refusals).toEqual([]);
    later(-40);
    expect(await desk.dispatch('loans.sign', { loanNumber })).toMatchObject({ state: 'out', drawn: false });
    expect([await held(), await duty()]).toEqual([1, 0]);
    expect(await refused('loans.sign', { loanNumber })).toBe('CONFLICT hint.loanSigned');
    const { entries } = await desk.dispatch('audit.list', { object: `loan:${loanNumber}`, limit: 10 });
    expect(entries.filter(({ outcome }) => outcome === 'ok').map(({ type }) => type)).toEqual([
      'loan.sign',
      'loan.lend',
    ]);
    await desk.dispatch('loans.return', { loanNumber, pagesIn: 4 });
  });

  it('not signed, it goes back with the reason: no loan of that person, its number stays taken', async () => {
    const borrowerId = await person();
    const code = await file();
    const { loanNumber } = await lend(code, borrowerId, { signed: 'later' });
    expect(await refused('loans.putBack', { loanNumber, reason: '' })).toBe('INPUT_INVALID reason');
    const form = await desk.dispatch('loans.putBack', { loanNumber, reason: '借閱人改期' });
    expect(form).toMatchObject({ state: 'putBack', open: 0 });
    expect((await desk.dispatch('dossiers.paper', { code })).paper.state).toBe('inPlace');
    expect(await desk.dispatch('borrowers.get', { borrowerId })).toMatchObject({ loans: 0, open: 0, returnedLate: 0 });
    expect(await refused('loans.sign', { loanNumber })).toBe('CONFLICT hint.loanSigned');
    const again = await lend(code, borrowerId);
    expect(again.loanNumber).not.toBe(loanNumber);
    expect(again.state).toBe('out');
  });

  it('the store itself takes nothing back that nobody signed for', async () => {
    const { loanNumber } = await lend(await file(), await person(), { signed: 'later' });
    const { writer } = desk.archive.database;
    expect(() =>
      writer.run("UPDATE loan SET returned_at = '2026-03-02T08:00:00.000Z' WHERE number = ?", loanNumber),
    ).toThrow();
  });
});

describe('somebody with an overdue paper (B2, wish 6)', () => {
  it('borrows only where a manager agrees to the reason; an open case is never let pass (B3)', async () => {
    const borrowerId = await person();
    const late = await lend(await file(), borrowerId, { due: addDays(today, 1) });
    later(2);
    const asked = { code: await file(), borrowerId, purpose: '投標' };
    expect(await refused('loans.lend', asked)).toBe('BORROWER_BLOCKED loanRefusal.overdueLoan');
    const excused = { ...asked, override: '投標截止在今日' };
    expect(await refused('loans.lend', excused)).toBe('SECOND_PERSON_MISSING hint.agreement.none');
    const { needed, statement } = await desk.dispatch('loans.approval', excused);
    expect(needed).toBe(true);
    expect(statement.lines).toContainEqual({ field: 'overrides', value: '投標截止在今日' });
    await desk.dispatch('agreements.give', { statement, login: 'manager', secret: SECRET });
    // What was agreed to is this reason and no other.
    expect(await refused('loans.lend', { ...excused, override: '別的理由' })).toBe(
      'SECOND_PERSON_MISSING hint.agreement.changed',
    );
    const { loanNumber } = await desk.dispatch('loans.lend', excused);
    const { entries } = await desk.dispatch('audit.list', { object: `loan:${loanNumber}`, limit: 1 });
    expect(entries[0]).toMatchObject({ type: 'loan.lend', outcome: 'ok', why: '投標截止在今日' });
    const back = await desk.dispatch('loans.return', {
      loanNumber: late.loanNumber,
      pagesIn: 3,
      conditionIn: 'pagesMissing',
    });
    expect(back.incidents).toHaveLength(1);
    expect(await refused('loans.lend', { ...excused, code: await file() })).toBe(
      'BORROWER_BLOCKED loanRefusal.openBreach',
    );
  });
});

describe('the queue (B2)', () => {
  it('the queue: the next is told when it comes back, it is kept for them, and they let it pass', async () => {
    const code = await file();
    const [has, first, second] = [await person(), await person(), await person()];
    const { loanNumber } = await lend(code, has);
    const one = await desk.dispatch('requests.add', { code, borrowerId: first, purpose: '查核' });
    const two = await desk.dispatch('requests.add', { code, borrowerId: second, purpose: '洽談' });
    expect([one.place, two.place]).toEqual([1, 2]);
    expect(await refused('requests.add', { code, borrowerId: first, purpose: '再' })).toBe(
      'CONFLICT hint.requestTwice',
    );
    expect(await refused('requests.add', { code, borrowerId: has, purpose: '再' })).toBe('CONFLICT hint.requestTwice');
    expect(await refused('requests.tell', { id: one.id, method: '電話' })).toMatch(/^CONFLICT/);
    const { next } = await desk.dispatch('loans.return', { loanNumber, pagesIn: 4 });
    expect(next.map((request) => request.id)).toEqual([one.id]);
    expect((await desk.dispatch('loans.notices', {})).turns.map((turn) => turn.id)).toContain(one.id);
    expect(await refused('requests.tell', { id: two.id, method: '電話' })).toBe('CONFLICT hint.othersFirst');
    const told = await desk.dispatch('requests.tell', { id: one.id, method: '電話' });
    expect(told).toMatchObject({ state: 'told', holdUntil: addDays(today, 3) });
    expect(await refused('loans.lend', { code, borrowerId: second, purpose: '看' })).toBe(
      'CONFLICT loanRefusal.reserved',
    );
    later(4);
    await desk.dispatch('requests.tell', { id: two.id, method: '電話' });
    expect((await desk.dispatch('requests.list', { code, state: 'all' })).requests.map((each) => each.state)).toEqual([
      'told',
      'lapsed',
    ]);
    await lend(code, second);
    expect((await desk.dispatch('requests.list', { code })).requests).toEqual([]);
  });
});

describe('the reading room (L3)', () => {
  it('an original is read here with its times; meanwhile nobody else has it; pages are counted', async () => {
    const code = await file({ original: true });
    const staffId = await person();
    const reading = await desk.dispatch('readings.begin', { code, staffId, basis: 'executive', purpose: '核對用印' });
    expect((await desk.dispatch('loans.proposal', { code })).reading?.id).toBe(reading.id);
    expect(await refused('readings.begin', { code, staffId, basis: 'executive', purpose: '再' })).toBe(
      'CONFLICT loanRefusal.beingRead',
    );
    expect(await refused('readings.end', { id: reading.id, pagesIn: 3 })).toBe('INPUT_INVALID note');
    expect((await desk.dispatch('readings.end', { id: reading.id, pagesIn: 4 })).endedAt).not.toBeNull();
    expect((await desk.dispatch('dossiers.paper', { code })).trail.map((act) => act.act)).toContain('readInRoom');
  });
});
