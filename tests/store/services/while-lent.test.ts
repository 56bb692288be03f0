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

describe('while it is out (B2)', () => {
  it('is extended once, with reason and approval; not when overdue, recalled or waited for', async () => {
    const borrowerId = await person();
    const secret = await file({ security: 'ordinaryTradeSecret' });
    const asked = { code: secret, borrowerId, purpose: '續約' };
    const { statement } = await desk.dispatch('loans.approval', asked);
    await desk.dispatch('agreements.give', { statement, login: 'manager', secret: SECRET });
    const { loanNumber, due } = await desk.dispatch('loans.lend', asked);
    later(1);
    const extension = { loanNumber, due: addDays(due, 3), reason: '還沒談完' };
    expect(await refused('loans.extend', extension)).toBe('SECOND_PERSON_MISSING hint.agreement.none');
    const approval = await desk.dispatch('loans.extensionApproval', extension);
    expect(approval).toMatchObject({ needed: true, refusals: [] });
    if (approval.statement === null) throw new Error('no statement');
    await desk.dispatch('agreements.give', { statement: approval.statement, login: 'manager', secret: SECRET });
    expect((await desk.dispatch('loans.extend', extension)).due).toBe(addDays(due, 3));
    expect(await refused('loans.extend', { ...extension, due: addDays(due, 5) })).toBe(
      'CONFLICT renewalRefusal.noMoreRenewals',
    );
    const waited = await file();
    const other = await lend(waited, borrowerId);
    await desk.dispatch('requests.add', { code: waited, borrowerId: await person(), purpose: '查核' });
    expect(
      await refused('loans.extend', { loanNumber: other.loanNumber, due: addDays(other.due, 3), reason: '慢' }),
    ).toBe('CONFLICT renewalRefusal.othersWait');
    const recalled = await lend(await file(), borrowerId);
    const early = await desk.dispatch('loans.recall', {
      loanNumber: recalled.loanNumber,
      due: addDays(today, 1),
      reason: '裝訂',
    });
    expect(early.items[0]?.recall).toMatchObject({ from: recalled.due, to: addDays(today, 1), reason: '裝訂' });
    // The card in its place in the binder says it too.
    const { paper: out } = await desk.dispatch('dossiers.paper', { code: recalled.items[0]?.code ?? '' });
    expect(out.loan).toMatchObject({ recalled: true, due: addDays(today, 1), since: recalled.lentAt });
    expect(
      await refused('loans.extend', { loanNumber: recalled.loanNumber, due: addDays(recalled.due, 9), reason: '慢' }),
    ).toBe('CONFLICT renewalRefusal.recalled');
    expect(await refused('loans.recall', { loanNumber: recalled.loanNumber, due: recalled.due, reason: '再' })).toBe(
      'INPUT_INVALID due',
    );
  });

  it('reminders go in steps, each once, and lateness refuses a new loan; letters are printed for each borrower', async () => {
    const borrowerId = await person();
    const { loanNumber, due } = await lend(await file(), borrowerId);
    const mine = async () =>
      (await desk.dispatch('loans.notices', { limit: 500 })).due
        .filter((one) => one.loan.loanNumber === loanNumber)
        .map((one) => `${one.kind} ${one.step}`);
    expect(await mine()).toEqual([]);
    today = addDays(due, -2);
    expect(await mine()).toEqual(['dueSoon 0']);
    await desk.dispatch('loans.remind', { loanNumber, method: '內部郵件' });
    expect(await mine()).toEqual([]);
    today = addDays(due, 1);
    expect(await mine()).toEqual(['overdue 1']);
    const letters = await desk.dispatch('loans.remind', { loanNumbers: [loanNumber], method: '催還單', letter: true });
    expect([letters.pages, typeof letters.document]).toEqual([1, 'string']);
    expect(await mine()).toEqual([]);
    today = addDays(due, 8);
    expect(await mine()).toEqual(['overdue 2']);
    expect(await refused('loans.lend', { code: await file(), borrowerId, purpose: '看' })).toBe(
      'BORROWER_BLOCKED loanRefusal.overdueLoan',
    );
    expect(await refused('loans.extend', { loanNumber, due: addDays(today, 3), reason: '慢' })).toBe(
      'CONFLICT renewalRefusal.overdue',
    );
    await desk.dispatch('loans.return', { loanNumber, pagesIn: 4 });
    expect(await desk.dispatch('borrowers.get', { borrowerId })).toMatchObject({ returnedLate: 1, refusals: [] });
  });
});
