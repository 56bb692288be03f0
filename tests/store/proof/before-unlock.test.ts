import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rememberSecondStart } from '../../../electron/services/second-start.ts';
import { acquireInstanceLock } from '../../../electron/store/instance-lock.ts';
import { FAST_KDF, type HandClock, handClock, hashTree, KEEPER_SECRET } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

const SUPERVISOR = { login: 'supervisor', secret: 'another long secret of the supervisor' };

let folder: string;
let directory: string;
let clock: HandClock;
let desk: TestArchive;
let recoveryKey = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-outer-'));
  directory = join(folder, 'archive');
  clock = handClock('2026-03-02T08:00:00.000Z');
  desk = await openTestArchive({ directory, clock });
  recoveryKey = desk.archive.recoveryKey ?? '';
});
afterEach(async () => {
  await desk.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

async function reopen(): Promise<void> {
  await desk.close();
  desk = await openTestArchive({ directory, clock, start: 'empty' });
}
const unlock = (secret: string = KEEPER_SECRET) =>
  desk.answer('archive.unlock', { directory, login: TEST_KEEPER.login, secret });
const typesSince = async (seq: number) => {
  const { entries } = await desk.dispatch('audit.list', { limit: 100 });
  return entries
    .filter((entry) => entry.seq >= seq)
    .map((entry) => entry.type)
    .reverse();
};
const outer = () => join(directory, 'outer.log');

describe('R38 what happens before an unlock', () => {
  it('R38 failed tries are kept, and are in the log in their order after the next unlock, once', async () => {
    await reopen();
    await unlock();
    const before = desk.archive.audit.size();
    await reopen();
    for (let round = 0; round < 3; round += 1) {
      expect(await unlock(`a wrong secret number ${round}`)).toMatchObject({
        ok: false,
        error: { code: 'SECRET_WRONG' },
      });
      clock.advance(1_000);
    }
    const typo = `${recoveryKey.slice(0, -1)}${recoveryKey.endsWith('Q') ? 'P' : 'Q'}`;
    const attempt = { directory, recoveryKey: typo, newSecret: 'a new secret for the keeper' };
    expect(await desk.answer('archive.unlockWithRecoveryKey', attempt)).toMatchObject({ ok: false });
    const kept = readFileSync(outer(), 'utf8');
    expect(kept).not.toContain('wrong secret number');
    expect((await unlock()).ok).toBe(true);
    const types = await typesSince(before);
    expect(types.slice(0, 5)).toEqual([...Array(4).fill('outer.secret.wrong'), 'session.unlock']);
    const seq = desk.archive.audit.size();
    await reopen();
    await unlock();
    expect((await typesSince(seq)).filter((type) => type.startsWith('outer'))).toEqual([]);
    expect((await desk.dispatch('audit.verify', {})).ok).toBe(true);
  });

  it('R38 deleting the file, or changing what was merged, is itself in the log', async () => {
    await reopen();
    await unlock();
    await desk.close();
    expect(existsSync(outer())).toBe(true);
    rmSync(outer());
    await reopen();
    let seq = 0;
    await unlock();
    expect(await typesSince(seq)).toContain('outer.missing');
    seq = desk.archive.audit.size();
    await desk.close();
    const text = readFileSync(outer(), 'utf8');
    writeFileSync(outer(), text.replace('begun', 'other'));
    await reopen();
    await unlock();
    expect(await typesSince(seq)).toContain('outer.changed');
    // It goes on from there, and is whole again.
    seq = desk.archive.audit.size();
    await reopen();
    await unlock();
    expect((await typesSince(seq)).filter((type) => type.startsWith('outer'))).toEqual([]);
  });
});

describe('R38 R47 a second start', () => {
  it('R38 R47 is in the log after the next unlock, once, whether the archive was open or locked; a folder that is none stays as it was', async () => {
    await reopen();
    await unlock();
    const at = clock.now().toISOString();
    await rememberSecondStart(desk.surroundings, null);
    await reopen();
    clock.advance(5_000);
    await rememberSecondStart(desk.surroundings, directory);
    await rememberSecondStart(desk.surroundings, join(folder, 'nowhere'));
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
    await unlock();
    const { entries } = await desk.dispatch('audit.list', { type: 'outer.start.second', limit: 10 });
    expect(entries.map((entry) => (JSON.parse(entry.data) as { at: string }).at).sort()).toEqual([
      at,
      clock.now().toISOString(),
    ]);
    await reopen();
    await unlock();
    expect((await desk.dispatch('audit.list', { type: 'outer.start.second', limit: 10 })).entries).toHaveLength(2);
    expect((await typesSince(0)).filter((type) => type === 'outer.changed')).toEqual([]);
  });

  it('R47 nothing is written beside an archive that another process holds', async () => {
    await reopen();
    const held = acquireInstanceLock(join(directory, 'lock.db'));
    try {
      const before = hashTree(directory);
      await rememberSecondStart(desk.surroundings, directory);
      expect(hashTree(directory)).toEqual(before);
    } finally {
      held.release();
    }
  });
});

describe('keys', () => {
  it('R06 a slot made at a lower cost is made anew at the next sign-in, with the same secret, and never again', async () => {
    await reopen();
    const dearer = { ...FAST_KDF, memoryKiB: 128, passes: 2 };
    (desk.surroundings as { kdf: typeof dearer }).kdf = dearer;
    expect((await unlock()).ok).toBe(true);
    const strengthened = async () =>
      (await desk.dispatch('audit.list', { type: 'user.strengthenSlot', limit: 10 })).entries.length;
    expect(await strengthened()).toBe(1);
    await reopen();
    (desk.surroundings as { kdf: typeof dearer }).kdf = dearer;
    expect((await unlock()).ok).toBe(true);
    expect(await strengthened()).toBe(1);
    expect((await desk.dispatch('audit.verify', {})).ok).toBe(true);
  });

  it('R10 a new recovery sheet: printed, the old key opens no longer, the desk asks for one after the old was used', async () => {
    const { recoveryKey: next } = await desk.dispatch('keys.reissueRecovery', { secret: KEEPER_SECRET });
    expect(next).not.toBe(recoveryKey);
    expect((await desk.dispatch('session.current', {})).recoveryKeyUnconfirmed).toBe(true);
    const sheet = await desk.dispatch('print.form', { form: 'recoverySheet' });
    expect(sheet.pages).toBe(1);
    await reopen();
    const old = { directory, recoveryKey, newSecret: 'a new secret for the keeper' };
    expect(await desk.answer('archive.unlockWithRecoveryKey', old)).toMatchObject({
      ok: false,
      error: { code: 'RECOVERY_KEY_WRONG' },
    });
    expect((await desk.answer('archive.unlockWithRecoveryKey', { ...old, recoveryKey: next })).ok).toBe(true);
    // A card makes it an archive with something to lose.
    await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '甲公司' } });
    expect(JSON.stringify(await desk.dispatch('duties.today', {}))).toContain('duty.recoverySheet');
  });

  it('R71 with a supervisor a new recovery sheet takes both secrets', async () => {
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      ...SUPERVISOR,
      displayName: '李主管',
      role: 'supervisor',
    });
    const alone = await desk.answer('keys.reissueRecovery', { secret: KEEPER_SECRET });
    expect(alone).toMatchObject({ ok: false, error: { code: 'SECOND_PERSON_MISSING' } });
    const both = await desk.dispatch('keys.reissueRecovery', { secret: KEEPER_SECRET, witness: SUPERVISOR });
    expect(both.recoveryKey).toMatch(/^AGE-SECRET-KEY-1/);
  });
});
