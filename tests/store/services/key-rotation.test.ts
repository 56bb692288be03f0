import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archiveMigrations } from '../../../electron/services/archive-schema.ts';
import { openArchiveDatabase } from '../../../electron/store/connection.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

const SUPERVISOR = { login: 'supervisor', secret: 'another long secret of the supervisor' };

describe('R08 a new vault key', () => {
  let folder: string;
  let desk: TestArchive;
  let directory: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dossier-rotation-'));
    directory = join(folder, 'archive');
    desk = await openTestArchive({ directory });
    await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '甲公司' } });
  });
  afterEach(async () => {
    await desk.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  });

  const openAgain = async (login: string = TEST_KEEPER.login, secret: string = TEST_KEEPER.secret) => {
    await desk.close().catch(() => undefined);
    desk = await openTestArchive({ directory, start: 'empty' });
    return desk.answer('archive.unlock', { directory, login, secret });
  };
  const opens = (key: Uint8Array) => {
    try {
      openArchiveDatabase({ path: join(directory, 'archive.db'), key, migrations: archiveMigrations }).close();
      return true;
    } catch {
      return false;
    }
  };

  it('R08 the old key opens nothing, the same secret opens everything, and the session has ended', async () => {
    const oldKey = Buffer.from(desk.archive.vault.databaseKey);
    // What a migration has kept opens under the old key too.
    writeFileSync(join(directory, 'archive.db.before-10'), 'kept');
    expect(await desk.dispatch('keys.rotate', { secret: TEST_KEEPER.secret })).toEqual({ epoch: 2 });
    expect(desk.ended).toEqual(['rekeyed']);
    const unlocked = await openAgain();
    expect(unlocked.ok).toBe(true);
    expect(desk.archive.vault.epoch).toBe(2);
    expect(await desk.dispatch('customers.list', {})).toMatchObject({ total: 1 });
    expect(await desk.dispatch('audit.verify', { deep: true })).toMatchObject({ ok: true });
    const { entries } = await desk.dispatch('audit.list', { type: 'key.rotate', limit: 5 });
    expect(entries.map((entry) => entry.outcome)).toEqual(['ok']);
    await desk.close();
    expect(opens(oldKey)).toBe(false);
    expect(existsSync(join(directory, 'keys', 'full-1.age'))).toBe(false);
    expect(readdirSync(directory).filter((name) => /before|tmp|next/u.test(name))).toEqual([]);
  });

  it('R25 a wrong secret changes nothing', async () => {
    const answer = await desk.answer('keys.rotate', { secret: 'not the secret of the keeper' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'SECRET_WRONG' } });
    expect(await desk.dispatch('customers.list', {})).toMatchObject({ total: 1 });
    expect(readdirSync(join(directory, 'keys'))).toEqual(['full-1.age']);
  });

  it('R71 with a supervisor in the archive it takes both secrets', async () => {
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      ...SUPERVISOR,
      displayName: '李主管',
      role: 'supervisor',
    });
    const alone = await desk.answer('keys.rotate', { secret: TEST_KEEPER.secret });
    expect(alone).toMatchObject({ ok: false, error: { code: 'SECOND_PERSON_MISSING' } });
    const twice = { login: TEST_KEEPER.login, secret: TEST_KEEPER.secret };
    const self = await desk.answer('keys.rotate', { secret: TEST_KEEPER.secret, witness: twice });
    expect(self).toMatchObject({ ok: false, error: { code: 'SECOND_PERSON_MISSING' } });
    expect(await desk.dispatch('keys.rotate', { secret: TEST_KEEPER.secret, witness: SUPERVISOR })).toEqual({
      epoch: 2,
    });
    expect((await openAgain()).ok).toBe(true);
  });

  it('M3 after a handover the first screen asks for it until it is done; then the old keeper has nothing that opens', async () => {
    const successor = { login: 'successor', secret: 'a long secret of the one who takes over' };
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      ...successor,
      displayName: '何接任',
      role: 'keeper',
    });
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      ...SUPERVISOR,
      displayName: '李主管',
      role: 'supervisor',
    });
    const keyChange = async () =>
      (await desk.dispatch('duties.today', {})).duties.find(({ key }) => key === 'keyChange');
    expect(await keyChange()).toBeUndefined();
    const oldKey = Buffer.from(desk.archive.vault.databaseKey);
    const { sha256 } = await desk.dispatch('office.inventory', {});
    await desk.dispatch('office.handOver', {
      sha256,
      secret: TEST_KEEPER.secret,
      successor,
      supervisor: SUPERVISOR,
      differences: '',
    });
    // The secret of the old keeper opens nothing from the handover on.
    expect(await openAgain()).toMatchObject({ ok: false, error: { code: 'ROLE_REFUSED' } });
    expect((await openAgain(successor.login, successor.secret)).ok).toBe(true);
    // The key itself is still the one that was in those hands.
    expect(Buffer.from(desk.archive.vault.databaseKey).equals(oldKey)).toBe(true);
    expect(await keyChange()).toMatchObject({ count: 1, lines: [{ title: TEST_KEEPER.displayName }] });
    const putOff = await desk.answer('duties.putOff', {
      duty: 'keyChange',
      record: 0,
      until: '2099-01-01',
      reason: '忙',
    });
    expect(putOff.ok).toBe(false);
    await desk.dispatch('keys.rotate', { secret: successor.secret, witness: SUPERVISOR });
    expect((await openAgain(successor.login, successor.secret)).ok).toBe(true);
    expect(await keyChange()).toBeUndefined();
    expect((await openAgain()).ok).toBe(false);
    await desk.close();
    expect(opens(oldKey)).toBe(false);
  });
});
