import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArchiveOperationName } from '../../../shared/contract/contract.ts';
import { type HandClock, handClock, secretFor } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

const HOUR = 3_600_000;
const { secret } = TEST_KEEPER;
let folder: string;
let clock: HandClock;
let desk: TestArchive;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-announced-'));
  clock = handClock();
  desk = await openTestArchive({ clock, directory: join(folder, 'archive') });
  await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '甲公司' } });
  await desk.dispatch('agreements.setWaitingHour', { on: true, secret });
});
afterEach(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const refusal = async (name: ArchiveOperationName, input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : `${answer.error.code} ${String(answer.error.params?.['reason'] ?? '')}`.trim();
};
/** Work goes on meanwhile: the desk does not lock. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 120_000) {
    clock.advance(Math.min(left, 120_000));
    await desk.dispatch('session.touch', {});
  }
}
const announce = async (matter: Parameters<typeof statementOf>[0]) =>
  desk.dispatch('agreements.announce', { statement: await statementOf(matter), secret });
async function statementOf(matter: { act: 'rotateKey' | 'reissueRecovery' | 'waitingHourOff' }) {
  return (await desk.dispatch('agreements.matter', { matter })).statement;
}

describe('R71 §15 with one keeper alone who has taken the waiting hour on', () => {
  it('the whole archive leaves an hour after it was announced, once, into that folder; its entry says so', async () => {
    const directory = join(folder, 'bag');
    const carry = (to = directory) => refusal('archive.exportBag', { directory: to, secret });
    expect(await carry()).toBe('SECOND_PERSON_MISSING none');
    const { approval, statement } = await desk.dispatch('archive.exportStatement', { directory });
    expect(approval).toBe('waitingHour');
    expect(await refusal('agreements.announce', { statement, secret: secretFor('other') })).toBe('SECRET_WRONG');
    const { number, usableFrom } = await desk.dispatch('agreements.announce', { statement, secret });
    expect(await carry()).toBe('SECOND_PERSON_MISSING waiting');
    await pass(HOUR - 1_000);
    // Work of that hour makes it no other export.
    await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '乙公司' } });
    expect(await carry()).toBe('SECOND_PERSON_MISSING waiting');
    await pass(2_000);
    expect(await carry(join(folder, 'elsewhere'))).toBe('SECOND_PERSON_MISSING changed');
    expect(await carry()).toBe('ok');
    expect(existsSync(join(directory, 'bagit.txt'))).toBe(true);
    rmSync(directory, { recursive: true });
    expect(await carry()).toBe('SECOND_PERSON_MISSING used');
    const [entry] = (await desk.dispatch('audit.list', { type: 'archive.export', outcome: 'ok' })).entries;
    expect(JSON.parse(entry?.data ?? '')).toMatchObject({ alone: 1, agreement: number, announcedFor: usableFrom });
  });

  it('a list as well; announced, it stands on the desk and can be taken back, and lapses after a day', async () => {
    const list = { format: 'csv', selection: { query: { filter: [] } }, columns: ['number', 'name'] };
    const file = join(folder, 'list.csv');
    const carry = () => refusal('exports.customers', { ...list, file, secret });
    const { statement } = await desk.dispatch('exports.statement', list as never);
    const { number } = await desk.dispatch('agreements.announce', { statement, secret });
    const duty = async () =>
      (await desk.dispatch('duties.today', {})).duties.find(({ key }) => key === 'announced')?.lines[0];
    expect(await duty()).toMatchObject({ subject: number, note: 'duty.announced.note.listExport' });
    await desk.dispatch('agreements.withdraw', { number, reason: '不是我預告的' });
    expect(await duty()).toBeUndefined();
    await pass(HOUR + 1_000);
    expect(await carry()).toBe('SECOND_PERSON_MISSING withdrawn');
    const again = await desk.dispatch('agreements.announce', { statement, secret });
    await pass(HOUR + 1_000);
    expect(await duty()).toMatchObject({ subject: again.number, note: 'duty.announced.note.listExport.ready' });
    clock.set(new Date(clock.now().getTime() + 24.5 * HOUR).toISOString());
    expect(await carry()).toBe('SECOND_PERSON_MISSING expired');
    expect((await desk.dispatch('agreements.announced', {})).acts).toEqual([]);
  });

  it('giving rights waits, taking them away and naming the first supervisor do not', async () => {
    const add = (login: string, role: string) => ({
      login,
      displayName: login,
      role,
      secret: secretFor(login),
      ownSecret: secret,
    });
    expect(await refusal('users.add', add('service', 'customerService'))).toBe('SECOND_PERSON_MISSING none');
    const matter = { act: 'addUser', login: 'Service', role: 'customerService' } as const;
    const { statement } = await desk.dispatch('agreements.matter', { matter });
    await desk.dispatch('agreements.announce', { statement, secret });
    await pass(HOUR + 1_000);
    expect(await refusal('users.add', add('service', 'executive'))).toBe('SECOND_PERSON_MISSING changed');
    expect(await refusal('users.add', add('service', 'customerService'))).toBe('ok');

    const limit = { login: 'service', reason: '調職', ownSecret: secret };
    expect(await refusal('users.limit', { ...limit, validUntil: '2026-03-01', now: false })).toBe('ok');
    expect(await refusal('users.limit', { ...limit, validUntil: '2026-02-01', now: false })).toBe('ok');
    expect(await refusal('users.limit', { ...limit, validUntil: '2026-12-31', now: false })).toBe(
      'SECOND_PERSON_MISSING none',
    );
    expect(await refusal('users.limit', { ...limit, validUntil: null, now: true })).toBe('ok');
    const again = { login: 'service', secret: secretFor('again'), reason: '忘記密語', ownSecret: secret };
    expect(await refusal('users.readmit', again)).toBe('SECOND_PERSON_MISSING none');

    expect(await refusal('users.add', add('chief', 'supervisor'))).toBe('ok');
    // From here on a supervisor agrees instead; nothing waits.
    const { approval } = await desk.dispatch('agreements.matter', { matter: { act: 'rotateKey' } });
    expect(approval).toBe('supervisor');
    expect(await refusal('agreements.announce', { statement, secret })).toBe('SECOND_PERSON_MISSING self');
  });

  it('keys wait; the hour itself is given up only after it', async () => {
    expect(await refusal('keys.reissueRecovery', { secret })).toBe('SECOND_PERSON_MISSING none');
    expect(await refusal('keys.rotate', { secret })).toBe('SECOND_PERSON_MISSING none');
    expect(await refusal('agreements.setWaitingHour', { on: false, secret })).toBe('SECOND_PERSON_MISSING none');
    // Not through the settings either.
    expect(await refusal('settings.update', { waitingHour: false })).toBe('INPUT_INVALID');
    await announce({ act: 'reissueRecovery' });
    await announce({ act: 'waitingHourOff' });
    await pass(HOUR + 1_000);
    expect(await refusal('keys.reissueRecovery', { secret })).toBe('ok');
    expect(await refusal('agreements.setWaitingHour', { on: false, secret })).toBe('ok');
    expect(await refusal('keys.rotate', { secret })).toBe('ok');
  });

  it('a clock set back makes nothing ripe, and another kind of matter cannot be announced', async () => {
    await announce({ act: 'rotateKey' });
    clock.set('2026-01-05T06:00:00.000Z');
    expect(await refusal('keys.rotate', { secret })).toMatch(/^SECOND_PERSON_MISSING|^CLOCK/);
    const statement = { ...(await statementOf({ act: 'rotateKey' })), kind: 'loan' as const };
    expect(await refusal('agreements.announce', { statement, secret })).toBe('SECOND_PERSON_MISSING self');
  });
});

it('without it a keeper alone acts at once (§1.4), and the entry says that one person did', async () => {
  const lone = await openTestArchive();
  try {
    const directory = join(folder, 'bag');
    expect((await lone.dispatch('archive.exportStatement', { directory })).approval).toBe('none');
    await lone.dispatch('archive.exportBag', { directory, secret });
    const [entry] = (await lone.dispatch('audit.list', { type: 'archive.export' })).entries;
    expect(JSON.parse(entry?.data ?? '')).toMatchObject({ alone: 1 });
  } finally {
    await lone.close();
  }
});

it('a supervisor at the desk neither waits nor is asked for another one', async () => {
  const own = '大江東去浪淘盡千古風流人物故壘西邊';
  const chief = { login: 'chief', displayName: '趙主管', role: 'supervisor', secret: own } as const;
  await desk.dispatch('users.add', { ...chief, ownSecret: secret });
  const { directory } = desk;
  await desk.close();
  desk = await openTestArchive({ clock, directory, start: 'empty' });
  await desk.dispatch('archive.unlock', { directory, login: 'chief', secret: own });
  const bag = join(folder, 'bag');
  expect((await desk.dispatch('archive.exportStatement', { directory: bag })).approval).toBe('none');
  await desk.dispatch('archive.exportBag', { directory: bag, secret: own });
});
