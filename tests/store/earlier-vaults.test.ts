import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { archiveMigrations } from '../../electron/services/archive-schema.ts';
import { KEEPER_SECRET } from '../builders/vault-builder.ts';
import { BOSS_SECRET } from '../fixtures/keep-vault.ts';
import { openTestArchive } from '../support/open-test-archive.ts';

const KEPT = join(import.meta.dirname, '..', 'fixtures', 'vaults');
const folder = mkdtempSync(join(tmpdir(), 'dossier-earlier-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const versions = readdirSync(KEPT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => Number(name.slice(1)));
const newest = archiveMigrations.at(-1)?.version ?? 0;

test('R51 the schema of this program has its vault kept, as every one has from 440 on (tests/fixtures/keep-vault.ts)', () => {
  const since = archiveMigrations.map(({ version }) => version).filter((version) => version >= 440);
  expect(versions).toEqual(expect.arrayContaining(since));
});

describe.each(versions)('an archive of schema %i', (version) => {
  const directory = join(folder, `v${version}`);
  cpSync(join(KEPT, `v${version}`), directory, { recursive: true });

  test.each([
    ['boss', BOSS_SECRET],
    ['keeper', KEEPER_SECRET],
  ])('R51 opens for %s, is brought up, holds what it held and verifies', async (login, secret) => {
    const desk = await openTestArchive({ directory, start: 'empty', clock: systemClock });
    try {
      await desk.dispatch('archive.unlock', { directory, login, secret });
      expect(desk.archive.database.schemaVersion).toBe(newest);
      const { users } = await desk.dispatch('users.list', {});
      expect(users.map((user) => [user.login, user.role]).sort()).toEqual([
        ['boss', 'supervisor'],
        ['keeper', 'keeper'],
      ]);
      expect((await desk.dispatch('customers.list', {})).total).toBe(1);
      expect(await desk.dispatch('audit.verify', { deep: true })).toMatchObject({ ok: true });
      // The state before stands beside it, whole, until the new one has proved itself.
      expect(existsSync(join(directory, `archive.db.before-${version}`))).toBe(version < newest);
    } finally {
      await desk.close();
    }
  });

  test('R51 R10 its recovery key still opens it', async () => {
    const recoveryKey = readFileSync(join(KEPT, `v${version}.recovery-key.txt`), 'utf8').trim();
    const desk = await openTestArchive({ directory, start: 'empty', clock: systemClock });
    try {
      const newSecret = '開啟留存檔案的新密語寫在窗邊的日曆上';
      const state = await desk.dispatch('archive.unlockWithRecoveryKey', { directory, recoveryKey, newSecret });
      expect(state.kind).toBe('desk');
    } finally {
      await desk.close();
    }
  });
});
