import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookupIsOver, sessionDue } from '../../../electron/services/session.ts';
import { archiveContract } from '../../../shared/contract/contract.ts';
import { type HandClock, handClock, secretFor } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

const MINUTE = 60_000;
let clock: HandClock;
let desk: TestArchive;
beforeEach(async () => {
  clock = handClock();
  desk = await openTestArchive({ clock });
});
afterEach(() => desk.close());

const due = (idleLockSeconds = 300) => sessionDue(desk.surroundings, idleLockSeconds);
const code = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : answer.error.code;
};
const signIn = async (login = 'manager') => {
  if (desk.surroundings.session.kind === 'desk') await desk.dispatch('lookup.handOver', {});
  return desk.dispatch('lookup.signIn', { login, secret: secretFor(login), purpose: '核對往來資料' });
};
const admit = (login: string) =>
  desk.dispatch('users.add', {
    ownSecret: TEST_KEEPER.secret,
    login,
    displayName: '張經理',
    role: 'businessManager',
    secret: secretFor(login),
  });
const back = () => desk.dispatch('lookup.backToDesk', { secret: TEST_KEEPER.secret });

describe('R23 the desk', () => {
  it('R23 locks after 300 s without activity, to the second, and warns before', async () => {
    clock.advance(299_000);
    expect(due()).toEqual({ due: null, secondsLeft: 1 });
    await desk.dispatch('session.touch', {});
    clock.advance(299_999);
    expect(due().due).toBeNull();
    clock.advance(1);
    expect(due()).toEqual({ due: 'idle', secondsLeft: 0 });
  });

  it('R23 locks after twelve hours whatever is done', async () => {
    for (let at = 0; at < 12 * 60 - 4; at += 4) {
      clock.advance(4 * MINUTE);
      await desk.dispatch('session.touch', {});
    }
    expect(due()).toEqual({ due: null, secondsLeft: 240 });
    clock.advance(4 * MINUTE);
    await desk.dispatch('session.touch', {});
    expect(due().due).toBe('idle');
  });

  it('R23 goes by monotonic time: the clock of the computer shortens and lengthens nothing', () => {
    clock.set('2020-01-01T00:00:00.000Z');
    clock.advance(299_000);
    expect(due().due).toBeNull();
    clock.set('2035-01-01T00:00:00.000Z');
    expect(due()).toEqual({ due: null, secondsLeft: 1 });
    clock.advance(1_000);
    expect(due().due).toBe('idle');
  });

  it('R23 no setting makes it wait longer than 300 s', async () => {
    expect(await code('settings.update', { idleLockSeconds: 301 })).toBe('INPUT_INVALID');
    expect(await code('settings.update', { idleLockSeconds: 120 })).toBe('ok');
  });

  it('R23 L2 a lookup, and a screen handed over, lock after 60 s', async () => {
    await admit('manager');
    await signIn();
    clock.advance(59_999);
    expect(due().due).toBeNull();
    clock.advance(1);
    expect(due().due).toBe('idle');
    await back();
    await desk.dispatch('lookup.handOver', {});
    clock.advance(60_000);
    expect(due().due).toBe('idle');
  });
});

describe('R28 a locked lookup', () => {
  beforeEach(async () => {
    await admit('manager');
    await admit('colleague');
  });
  const make = async (count: number) => {
    const numbers: string[] = [];
    for (let index = 0; index < count; index += 1)
      numbers.push(
        (await desk.dispatch('customers.create', { kind: 'individual', values: { name: `陳${index}` } })).number,
      );
    return numbers;
  };

  it('R28 shows 50 records and no 51st; those seen may be seen again', async () => {
    const numbers = await make(51);
    await signIn();
    for (const number of numbers.slice(0, 50)) expect(await code('customers.get', { number })).toBe('ok');
    expect(await code('customers.get', { number: numbers[50] })).toBe('LOOKUP_LIMIT');
    expect(await code('dossiers.get', { number: numbers[50] })).toBe('LOOKUP_LIMIT');
    expect(await code('customers.get', { number: numbers[0] })).toBe('ok');
    expect((await desk.dispatch('session.current', {})).lookup?.recordsLeft).toBe(0);
    await back();
    const [lookup] = (await desk.dispatch('lookup.register', {})).lookups;
    expect(lookup?.records).toHaveLength(50);
    const refused = await desk.dispatch('audit.list', { outcome: 'refused' });
    expect(refused.entries.map((entry) => [entry.type, entry.actor])).toEqual([
      ['dossier.view', 'manager'],
      ['card.view', 'manager'],
    ]);
  });

  it('R28 R23 expires to the minute on the monotonic clock, also with the wall clock set back', async () => {
    const [number] = await make(1);
    await signIn();
    for (let minute = 0; minute < 14; minute += 1) {
      clock.advance(MINUTE);
      await desk.dispatch('session.touch', {});
    }
    clock.set('2026-01-05T08:00:00.000Z');
    clock.advance(MINUTE - 1);
    expect(await code('customers.get', { number })).toBe('ok');
    clock.advance(1);
    for (const name of ['customers.get', 'dossiers.get', 'visits.list'] as const)
      expect(await code(name, { number })).toBe('LOOKUP_EXPIRED');
    expect(await code('search.find', { text: '陳' })).toBe('LOOKUP_EXPIRED');
    // Ending it and going back always work.
    expect(await code('lookup.end', {})).toBe('ok');
    expect(await code('lookup.backToDesk', { secret: TEST_KEEPER.secret })).toBe('ok');
  });

  it('L2 the register says who handed over, how it ended, and who was refused and why', async () => {
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      login: 'auditor',
      displayName: '審計員',
      role: 'auditor',
      secret: secretFor('auditor'),
    });
    await desk.dispatch('lookup.handOver', {});
    const attempt = (login: string, secret: string, purpose = '核對往來資料') =>
      code('lookup.signIn', { login, secret, purpose });
    expect(await attempt('salesperson', secretFor('salesperson'))).toBe('SECRET_WRONG');
    expect(await attempt('manager', secretFor('colleague'))).toBe('SECRET_WRONG');
    expect(await attempt(TEST_KEEPER.login, TEST_KEEPER.secret)).toBe('ROLE_REFUSED');
    await signIn();
    for (let minute = 0; minute < 15; minute += 1) {
      clock.advance(MINUTE);
      await desk.dispatch('session.touch', {});
    }
    expect(lookupIsOver(desk.surroundings)).toBe(true);
    await desk.dispatch('lookup.end', {});
    await back();
    const { lookups, refused } = await desk.dispatch('lookup.register', {});
    expect(lookups[0]).toMatchObject({ user: 'manager', keeper: TEST_KEEPER.displayName, ended: 'expired' });
    expect(refused.map((one) => [one.login, one.code, one.purpose])).toEqual([
      [TEST_KEEPER.login, 'ROLE_REFUSED', '核對往來資料'],
      ['manager', 'SECRET_WRONG', '核對往來資料'],
      ['salesperson', 'SECRET_WRONG', '核對往來資料'],
    ]);
  });

  it('L2 a lock that cuts a lookup short leaves its end in the register', async () => {
    await signIn();
    desk.surroundings.session.ending = 'idle';
    await desk.dispatch('lookup.end', {});
    desk.surroundings.session.ending = null;
    await back();
    expect((await desk.dispatch('lookup.register', {})).lookups[0]?.ended).toBe('idle');
  });

  it('R an auditor sits down at the desk that the keeper handed over: reads the log under the own name, and no card', async () => {
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      login: 'auditor',
      displayName: '審計員',
      role: 'auditor',
      secret: secretFor('auditor'),
    });
    const [number] = await make(1);
    const keepersKey = (await desk.dispatch('session.draftsKey', {})).key;
    await desk.dispatch('lookup.handOver', {});
    const entered = await desk.dispatch('lookup.signIn', {
      login: 'auditor',
      secret: secretFor('auditor'),
      purpose: '年度稽核日誌',
    });
    expect(entered).toMatchObject({ role: 'auditor', expiresAt: null });
    expect(await desk.dispatch('session.current', {})).toMatchObject({ kind: 'desk', user: { login: 'auditor' } });
    expect((await desk.dispatch('audit.list', {})).entries[0]).toMatchObject({
      type: 'lookup.signIn',
      actor: 'auditor',
      why: '年度稽核日誌',
    });
    expect((await desk.dispatch('audit.verify', {})).ok).toBe(true);
    for (const name of ['customers.get', 'dossiers.get', 'visits.list'] as const)
      expect(await code(name, { number })).toBe('ROLE_REFUSED');
    // What the keeper has not finished stays the keeper's.
    expect((await desk.dispatch('session.draftsKey', {})).key).not.toBe(keepersKey);
  });

  it('R28 thirty searches an hour are a person’s, not a sign-in’s', async () => {
    await signIn();
    for (let count = 0; count < 30; count += 1) await desk.dispatch('search.find', { text: '陳' });
    await back();
    await signIn();
    expect(await code('search.find', { text: '陳' })).toBe('LOOKUP_LIMIT');
    await back();
    await signIn('colleague');
    expect(await code('search.find', { text: '陳' })).toBe('ok');
    await back();
    clock.advance(60 * MINUTE);
    await signIn();
    expect(await code('search.find', { text: '陳' })).toBe('ok');
  });

  it('R28 shows something through nine calls, and no others', () => {
    const shows = Object.entries(archiveContract)
      .filter(([, operation]) => (operation.sessions as readonly string[]).includes('lookup'))
      .map(([name]) => name)
      .filter((name) => !/^(session|lookup)\.|\.close$/.test(name));
    expect(shows.sort()).toEqual([
      'customers.get',
      // A part of what documents.read hands over of the same opened document.
      'documents.firstPage',
      'documents.read',
      'dossiers.get',
      'dossiers.paper',
      // The form alone: its own fields and their names, no record.
      'forms.get',
      'scans.open',
      'search.find',
      'visits.list',
    ]);
  });

  it('R28 logs each search; the purpose stands in the entry of the sign-in', async () => {
    await signIn();
    const before = desk.archive.audit.size();
    await desk.dispatch('search.find', { text: '陳' });
    expect(desk.archive.audit.size()).toBe(before + 1);
    expect(desk.archive.audit.list({ limit: 1 }).entries[0]).toMatchObject({ type: 'search', actor: 'manager' });
    await back();
    const [entry] = (await desk.dispatch('audit.list', { type: 'lookup.signIn', outcome: 'ok' })).entries;
    expect(entry?.why).toBe('核對往來資料');
  });
});
