import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArchiveOperationName } from '../../../shared/contract/contract.ts';
import { type HandClock, handClock, secretFor } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

let clock: HandClock;
let desk: TestArchive;
beforeEach(async () => {
  clock = handClock();
  desk = await openTestArchive({ clock });
});
afterEach(() => desk.close());

const code = async (name: ArchiveOperationName, input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : answer.error.code;
};
const ownSecret = TEST_KEEPER.secret;
const person = (login: string) => ({ login, secret: secretFor(login) });
const admit = (login: string, role: 'keeper' | 'supervisor' | 'customerService', more: object = {}) =>
  desk.dispatch('users.add', {
    login,
    displayName: `${login} 先生`,
    role,
    secret: secretFor(login),
    ownSecret,
    ...more,
  });
const users = async () => (await desk.dispatch('users.list', {})).users;

async function lentPaper(borrowerId: number) {
  const { number } = await desk.dispatch('customers.create', { kind: 'individual', values: { name: '陳美玲' } });
  const { code: paper } = await desk.dispatch('dossiers.addPaper', {
    customer: number,
    type: 'background',
    title: '走訪調查報告',
    pages: 3,
    security: 'internal',
  });
  return desk.dispatch('loans.lend', { code: paper, borrowerId, purpose: '準備拜訪' });
}

describe('staff', () => {
  it('nobody leaves with an open loan: the refusal says which; after the return the person leaves and can no longer sign in', async () => {
    await admit('service', 'customerService');
    const { id } = await desk.dispatch('staff.save', { name: '何小姐', number: 'S012', login: 'service' });
    const loan = await lentPaper(id);
    const before = await desk.dispatch('staff.obligations', { id });
    expect(before.mayLeave).toBe(false);
    expect(before.obligations.map(({ kind, number }) => [kind, number])).toEqual([
      ['loan', loan.loanNumber],
      ['login', 'service'],
    ]);
    for (const [name, input] of [
      ['staff.leave', { id, on: '2026-01-31', reason: '離職', ownSecret }],
      ['staff.save', { id, name: '何小姐', active: false }],
    ] as const) {
      const answer = await desk.answer(name, input);
      expect(answer.ok).toBe(false);
      expect(JSON.stringify(answer)).toContain(loan.loanNumber);
    }
    await desk.dispatch('loans.return', { loanNumber: loan.loanNumber, pagesIn: 3 });
    await desk.dispatch('staff.leave', { id, on: '2026-01-31', reason: '離職', ownSecret });
    const { staff } = await desk.dispatch('staff.list', { includeInactive: true });
    expect(staff[0]).toMatchObject({ active: false, leftOn: '2026-01-31' });
    expect((await users()).find(({ login }) => login === 'service')?.active).toBe(false);
    await desk.dispatch('lookup.handOver', {});
    expect(await code('lookup.signIn', { ...person('service'), purpose: '核對往來資料' })).toBe('ROLE_REFUSED');
  });

  it('a login belongs to one person of the directory', async () => {
    await admit('service', 'customerService');
    await desk.dispatch('staff.save', { name: '何小姐', login: 'service' });
    expect(await code('staff.save', { name: '張先生', login: 'service' })).toBe('INPUT_INVALID');
    expect(await code('staff.save', { name: '張先生', login: 'nobody' })).toBe('NOT_FOUND');
  });
});

describe('R25, R71 with one keeper alone', () => {
  it('an open desk admits nobody, ends nobody and gives no new secret without the keeper’s own, typed anew; the entry says that one person acted alone', async () => {
    const wrong = { ownSecret: secretFor('somebody else') };
    const newcomer = { login: 'service', displayName: '何小姐', role: 'customerService', secret: secretFor('service') };
    expect(await code('users.add', newcomer)).toBe('INPUT_INVALID');
    const refused = await desk.answer('users.add', { ...newcomer, ...wrong });
    expect(refused).toMatchObject({ ok: false, error: { code: 'SECRET_WRONG', fields: [{ path: 'ownSecret' }] } });
    expect((await users()).map(({ login }) => login)).toEqual(['keeper']);

    await admit('service', 'customerService');
    const end = { login: 'service', validUntil: null, now: true, reason: '調職' };
    const again = { login: 'service', secret: secretFor('service again'), reason: '忘記密語' };
    const { id } = await desk.dispatch('staff.save', { name: '何小姐', login: 'service' });
    const leaves = { id, on: '2026-01-31', reason: '離職' };
    expect(await code('users.limit', { ...end, ...wrong })).toBe('SECRET_WRONG');
    expect(await code('users.readmit', { ...again, ...wrong })).toBe('SECRET_WRONG');
    expect(await code('staff.leave', leaves)).toBe('FRESH_SECRET_NEEDED');
    expect(await code('users.limit', { ...end, ownSecret })).toBe('ok');
    expect(await code('users.readmit', { ...again, ownSecret })).toBe('ok');
    for (const type of ['user.add', 'user.limit', 'user.readmit']) {
      const { entries } = await desk.dispatch('audit.list', { type, outcome: 'ok' });
      expect(entries.map(({ data }) => JSON.parse(data).alone)).toEqual([1]);
    }
  });
});

describe('R71 with a supervisor, changes of people take the supervisor too', () => {
  beforeEach(() => admit('supervisor', 'supervisor'));

  it('admission, end and a new secret: refused without, refused with somebody else, done with the supervisor', async () => {
    const newcomer = {
      login: 'service',
      displayName: '何小姐',
      role: 'customerService',
      secret: secretFor('service'),
      ownSecret,
    };
    expect(await code('users.add', newcomer)).toBe('SECOND_PERSON_MISSING');
    expect(
      await code('users.add', { ...newcomer, approver: { login: 'supervisor', secret: 'wrong secret 長長長長長' } }),
    ).toBe('SECRET_WRONG');
    expect(
      await code('users.add', { ...newcomer, approver: { login: TEST_KEEPER.login, secret: TEST_KEEPER.secret } }),
    ).toBe('ROLE_REFUSED');
    expect(await code('users.add', { ...newcomer, approver: person('supervisor') })).toBe('ok');
    const next = secretFor('service again');
    const again = { login: 'service', secret: next, reason: '忘記密語', ownSecret };
    expect(await code('users.readmit', again)).toBe('SECOND_PERSON_MISSING');
    expect(await code('users.readmit', { ...again, approver: person('supervisor') })).toBe('ok');
    const end = { login: 'service', validUntil: null, now: true, reason: '調職', ownSecret };
    expect(await code('users.limit', end)).toBe('SECOND_PERSON_MISSING');
    expect(await desk.dispatch('users.limit', { ...end, approver: person('supervisor') })).toEqual({
      keyChangeDue: false,
    });
    expect((await users()).find(({ login }) => login === 'service')?.active).toBe(false);
    const [entry] = (await desk.dispatch('audit.list', { type: 'user.limit', outcome: 'ok' })).entries;
    expect(entry).toMatchObject({ obj: 'user:service', why: '調職' });
    expect(entry?.data).toContain('"approvedBy":"supervisor"');
    expect((await desk.dispatch('audit.verify', {})).ok).toBe(true);
  });
});

describe('M3 the office of the keeper', () => {
  const handOver = async (more: object = {}) => {
    const { sha256 } = await desk.dispatch('office.inventory', {});
    return desk.answer('office.handOver', {
      sha256,
      secret: TEST_KEEPER.secret,
      successor: person('successor'),
      supervisor: person('supervisor'),
      differences: '第 3 號櫃少一把鑰匙',
      ...more,
    });
  };
  const refusal = async (more: object) => {
    const answer = await handOver(more);
    return answer.ok ? 'ok' : answer.error.code;
  };
  beforeEach(async () => {
    await admit('supervisor', 'supervisor');
    await admit('successor', 'keeper', { approver: person('supervisor') });
    await admit('service', 'customerService', { approver: person('supervisor') });
  });

  it('is refused with a wrong secret, without a supervisor, to nobody else, to no keeper, and for a list that has changed', async () => {
    expect(await refusal({ secret: secretFor('other') })).toBe('SECRET_WRONG');
    expect(await refusal({ supervisor: person('successor') })).toBe('ROLE_REFUSED');
    expect(await refusal({ successor: person('service') })).toBe('ROLE_REFUSED');
    expect(await refusal({ successor: { login: TEST_KEEPER.login, secret: TEST_KEEPER.secret } })).toBe(
      'SECOND_PERSON_MISSING',
    );
    const { sha256 } = await desk.dispatch('office.inventory', {});
    await desk.dispatch('customers.create', { kind: 'individual', values: { name: '李先生' } });
    expect(await refusal({ sha256 })).toBe('CONFLICT');
    expect((await desk.dispatch('office.handovers', {})).total).toBe(0);
    expect(desk.ended).toEqual([]);
  });

  it('lists what goes over, names all three in the log and in the record; then the new keeper works and the old one does not', async () => {
    const { id } = await desk.dispatch('staff.save', { name: '何小姐' });
    const loan = await lentPaper(id);
    const inventory = await desk.dispatch('office.inventory', {});
    const section = (key: string) => inventory.sections.find((one) => one.key === key);
    expect(section('papers')?.count).toBe(1);
    expect(section('openLoans')?.items[0]).toMatchObject({ number: loan.loanNumber });
    expect(section('users')?.items.map(({ number }) => number)).toEqual([
      'keeper',
      'supervisor',
      'successor',
      'service',
    ]);

    expect(await handOver()).toMatchObject({ ok: true });
    expect(desk.ended).toEqual(['handedOver']);
    const acts = desk.archive.audit.list({ limit: 3 }).entries;
    expect(acts.map(({ type, actor }) => [type, actor])).toEqual([
      ['office.handOver', 'keeper'],
      ['agreement.give', 'supervisor'],
      ['agreement.give', 'successor'],
    ]);
    const { directory } = desk;
    await desk.dispatch('audit.verify', {}).then(({ ok }) => expect(ok).toBe(true));
    const [record] = (await desk.dispatch('office.handovers', {})).handovers;
    expect(record).toMatchObject({
      from: { login: 'keeper' },
      to: { login: 'successor' },
      supervisor: { login: 'supervisor' },
      differences: '第 3 號櫃少一把鑰匙',
      auditSequence: acts[0]?.seq,
    });
    expect(record?.inventory.sha256).toMatch(/^[0-9a-f]{64}$/);

    const { leaveArchive } = await import('../../../electron/services/open-archive.ts');
    await leaveArchive(desk.archive);
    const { closedSession } = await import('../../../electron/services/session.ts');
    Object.assign(desk.surroundings.session, closedSession());
    expect(await code('archive.unlock', { directory, login: TEST_KEEPER.login, secret: TEST_KEEPER.secret })).toBe(
      'ROLE_REFUSED',
    );
    expect(await code('archive.unlock', { directory, ...person('successor') })).toBe('ok');
    expect(await code('customers.create', { kind: 'individual', values: { name: '接任後的客戶' } })).toBe('ok');
    expect((await desk.dispatch('audit.verify', { deep: true })).ok).toBe(true);
  });
});
