import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/platform/clock.ts';
import { systemRandom } from '../../../electron/platform/random.ts';
import {
  changeSecret,
  folderState,
  listUsers,
  openVault,
  setIncompleteAside,
  verifySecret,
} from '../../../electron/vault/vault.ts';
import {
  buildVault,
  FAST_KDF,
  failureOf,
  KEEPER_SECRET,
  scratchFolder,
  secretFor,
} from '../../builders/vault-builder.ts';
import { SECRETS } from '../../support/vault-workload-secrets.ts';

const WORKLOAD = join(import.meta.dirname, '../../support/vault-workload.ts');
let folder: ReturnType<typeof scratchFolder>;
beforeEach(() => {
  folder = scratchFolder();
});
afterEach(() => folder.remove());

/** Runs a workload and kills it some time after its first round. */
function runAndKill(kind: string, directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [WORKLOAD, kind, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (status, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error(`ended by itself: ${status}`)),
    );
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), Math.random() * 60));
  });
}

const as = (directory: string, login: string, secret: string) => ({
  directory,
  login,
  secret,
  clock: systemClock,
  random: systemRandom,
  kdf: FAST_KDF,
});

describe('killed at random points', () => {
  it('R44 making a vault leaves a complete one or one recognised as incomplete', async () => {
    const vaults = join(folder.path, 'vaults');
    mkdirSync(vaults);
    for (let kill = 0; kill < 8; kill += 1) await runAndKill('create', vaults);
    const states: string[] = [];
    for (const name of readdirSync(vaults)) {
      const directory = join(vaults, name);
      const state = await folderState(directory);
      states.push(state);
      if (state === 'vault') await expect(openVault(as(directory, 'keeper', KEEPER_SECRET))).resolves.toBeDefined();
      else expect((await failureOf(openVault(as(directory, 'keeper', KEEPER_SECRET)))).code).toBe('VAULT_NOT_A_VAULT');
      if (state === 'incomplete') await setIncompleteAside(directory, systemClock);
    }
    expect(states.filter((state) => state !== 'vault' && state !== 'incomplete' && state !== 'empty')).toEqual([]);
    expect(states.filter((state) => state === 'vault').length).toBeGreaterThanOrEqual(8);
  });

  it('R44 changing the secret leaves exactly one of the two valid', async () => {
    const directory = join(folder.path, 'vault');
    await buildVault(directory, systemClock);
    for (let kill = 0; kill < 6; kill += 1) {
      await runAndKill('secret', directory);
      const valid: string[] = [];
      for (const secret of SECRETS)
        await openVault(as(directory, 'keeper', secret)).then(
          () => valid.push(secret),
          (thrown: { code: string }) => expect(thrown.code).toBe('SECRET_WRONG'),
        );
      expect(valid).toHaveLength(1);
      // The workload starts from the first secret.
      if (valid[0] !== SECRETS[0]) {
        await changeSecret({ ...as(directory, 'keeper', ''), current: valid[0] ?? '', next: SECRETS[0] ?? '' });
      }
    }
  });

  it('R44 admitting people leaves each of them admitted and able to sign in, or not admitted', async () => {
    const directory = join(folder.path, 'vault');
    await buildVault(directory, systemClock);
    for (let kill = 0; kill < 5; kill += 1) await runAndKill('people', directory);
    const opened = await openVault(as(directory, 'keeper', KEEPER_SECRET));
    const people = (await listUsers({ directory, opened })).filter(({ role }) => role === 'executive');
    expect(people.length).toBeGreaterThanOrEqual(5);
    for (const { login } of people)
      await expect(verifySecret({ ...as(directory, login, secretFor(login)), opened })).resolves.toBeDefined();
  });

  it('R44 changing the vault key leaves the old or the new epoch', async () => {
    const directory = join(folder.path, 'vault');
    await buildVault(directory, systemClock);
    for (let kill = 0; kill < 6; kill += 1) {
      await runAndKill('rotate', directory);
      const opened = await openVault(as(directory, 'keeper', KEEPER_SECRET));
      expect(opened.epoch).toBeGreaterThan(kill);
      opened.close();
    }
  });
});
