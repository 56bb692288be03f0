import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HandClock, handClock } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

const SUPERVISOR = { login: 'supervisor', secret: 'another long secret of the supervisor' };

describe('R74 the supervisor signs the log and looks at the month', () => {
  let clock: HandClock;
  let desk: TestArchive;
  beforeEach(async () => {
    clock = handClock('2026-03-02T03:00:00.000Z');
    desk = await openTestArchive({ clock });
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      ...SUPERVISOR,
      displayName: '李主管',
      role: 'supervisor',
    });
    await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '甲公司' } });
  });
  afterEach(() => desk.close());

  it('R74 the entry carries the key of the supervisor: the tail of the keeper alone begins anew there (R73)', async () => {
    const before = (await desk.dispatch('desk.overview', {})).audit;
    expect(before.unanchored).toBeGreaterThan(2);
    const signed = await desk.dispatch('audit.countersign', { ...SUPERVISOR, month: '2026-03' });
    expect(signed).toMatchObject({ size: before.entries, by: '李主管' });
    expect((await desk.dispatch('desk.overview', {})).audit.unanchored).toBe(0);
    const entry = desk.archive.audit.entry(signed.size);
    expect(entry).toMatchObject({ type: 'countersign', actor: 'supervisor', role: 'supervisor' });
    expect(entry?.key).not.toBe(desk.archive.deskActor.signer.keyId);
    const verified = await desk.dispatch('audit.verify', {});
    expect(verified.ok).toBe(true);
  });

  it('R74 the keeper signs nothing in the supervisor’s place, nor does a wrong secret', async () => {
    const keeper = { login: TEST_KEEPER.login, secret: TEST_KEEPER.secret };
    expect(await desk.answer('audit.countersign', keeper)).toMatchObject({
      ok: false,
      error: { code: 'ROLE_REFUSED' },
    });
    const wrong = { ...SUPERVISOR, secret: 'not the secret of the supervisor' };
    expect(await desk.answer('audit.countersign', wrong)).toMatchObject({ ok: false, error: { code: 'SECRET_WRONG' } });
    expect((await desk.dispatch('audit.report', { month: '2026-03' })).countersigned).toBeNull();
  });

  it('R74 the monthly report counts what was looked at, on the screen and on paper', async () => {
    for (let view = 0; view < 25; view += 1) await desk.dispatch('customers.get', { number: 'E000001' });
    clock.set('2026-03-02T15:00:00.000Z');
    await desk.answer('audit.countersign', { ...SUPERVISOR, secret: 'not the secret of the supervisor' });
    await desk.dispatch('audit.countersign', SUPERVISOR);
    const report = await desk.dispatch('audit.report', { month: '2026-03' });
    const count = (key: string) => report.signals.find((signal) => signal.key === key)?.count;
    expect([count('busyHours'), count('exports'), count('newMedia')]).toEqual([1, 0, 0]);
    expect(report.people[0]?.login).toBe('keeper');
    expect(report.people[0]?.views).toBeGreaterThanOrEqual(25);
    expect(report.countersigned).toMatchObject({ by: '李主管' });
    const printed = await desk.dispatch('print.form', { form: 'supervisionReport', number: '2026-03' });
    expect([printed.pages, printed.missingGlyphs]).toEqual([1, []]);
    // Another month has nothing of it.
    expect((await desk.dispatch('audit.report', { month: '2026-01' })).entries).toBe(0);
  });
});
