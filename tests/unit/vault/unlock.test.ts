import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as argon2 from '@node-rs/argon2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemRandom } from '../../../electron/platform/random.ts';
import {
  createVault,
  databaseSize,
  folderState,
  openVault,
  openVaultWithRecoveryKey,
  PRODUCTION_KDF,
  prepareVault,
  setIncompleteAside,
  vaultPaths,
  verifySecret,
} from '../../../electron/vault/vault.ts';
import {
  buildVault,
  FAST_KDF,
  FINGERPRINT,
  failureOf,
  type HandClock,
  handClock,
  hashTree,
  KEEPER_SECRET,
  scratchFolder,
} from '../../builders/vault-builder.ts';

vi.mock(import('@node-rs/argon2'), async (original) => {
  const actual = await original();
  return { ...actual, hashRaw: vi.fn(actual.hashRaw) };
});

let folder: ReturnType<typeof scratchFolder>;
let directory: string;
let clock: HandClock;
beforeEach(() => {
  folder = scratchFolder();
  directory = join(folder.path, 'vault');
  clock = handClock();
});
afterEach(() => folder.remove());

const attempt = (over: Partial<Parameters<typeof openVault>[0]> = {}) =>
  openVault({ directory, login: 'keeper', secret: KEEPER_SECRET, clock, random: systemRandom, kdf: FAST_KDF, ...over });

describe('making a vault', () => {
  it('opens again with the secret, with the same keys', async () => {
    const { opened } = await buildVault(directory, clock);
    const again = await attempt({ login: ' Keeper ' });
    expect(again.databaseKey).toEqual(opened.databaseKey);
    expect(again.databaseKey).toHaveLength(32);
    expect(new Set([again.databaseKey, again.draftsKey, again.anchorKey, again.checkKey].map(String)).size).toBe(4);
    expect(again.fingerprint).toBe(FINGERPRINT);
    expect(again.user).toMatchObject({ login: 'keeper', displayName: '王小明', role: 'keeper' });
    expect(again.signer.keyId).toBe(again.signer.publicKey.subarray(0, 8).toString('hex'));
    expect(again.signer.publicKey).toEqual(opened.signer.publicKey);
  });

  it('R06 takes 256 MiB by default', async () => {
    const made = await createVault({
      directory,
      name: '館',
      keeper: { login: 'keeper', displayName: '王', secret: KEEPER_SECRET },
      clock,
      random: systemRandom,
      writeGenesis: async () => FINGERPRINT,
    });
    const slot = readFileSync(vaultPaths(directory).slot(made.opened.user.id), 'utf8');
    expect(slot).toContain('$argon2id$v=19$m=262144,t=3,p=4$');
    await expect(attempt({ kdf: PRODUCTION_KDF })).resolves.toBeDefined();
  });

  it('R06 a slot of a test is refused by the program itself', async () => {
    await buildVault(directory, clock);
    expect((await failureOf(attempt({ kdf: PRODUCTION_KDF }))).code).toBe('VAULT_DAMAGED');
  });

  it('refuses a folder that is not empty and leaves it as it is', async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'letter.txt'), 'dear');
    expect((await failureOf(buildVault(directory, clock))).code).toBe('VAULT_EXISTS');
    expect(readdirSync(directory)).toEqual(['letter.txt']);
    rmSync(directory, { recursive: true });
    await buildVault(directory, clock);
    const before = hashTree(directory);
    expect((await failureOf(buildVault(directory, clock))).code).toBe('VAULT_EXISTS');
    expect(hashTree(directory)).toEqual(before);
  });

  it('cut short leaves a folder that is recognised as incomplete and never offered', async () => {
    const prepared = await prepareVault({
      directory,
      name: '館',
      keeper: { login: 'keeper', displayName: '王', secret: KEEPER_SECRET },
      clock,
      random: systemRandom,
      kdf: FAST_KDF,
    });
    writeFileSync(join(directory, 'archive.db'), randomBytes(4096));
    prepared.discard();
    expect(await folderState(directory)).toBe('incomplete');
    expect((await failureOf(attempt())).code).toBe('VAULT_NOT_A_VAULT');
    expect((await failureOf(buildVault(directory, clock))).code).toBe('VAULT_EXISTS');
    const aside = await setIncompleteAside(directory, clock);
    expect(readdirSync(aside)).toContain('archive.db');
    await buildVault(directory, clock);
    expect(await folderState(directory)).toBe('vault');
  });

  it('failing anywhere in the second step leaves no vault.json', async () => {
    const failure = createVault({
      directory,
      name: '館',
      keeper: { login: 'keeper', displayName: '王', secret: KEEPER_SECRET },
      clock,
      random: systemRandom,
      kdf: FAST_KDF,
      writeGenesis: async () => Promise.reject(new Error('disk pulled')),
    });
    await expect(failure).rejects.toThrow('disk pulled');
    expect(await folderState(directory)).toBe('incomplete');
  });

  it('zeroes the keys when it is closed', async () => {
    const { opened } = await buildVault(directory, clock);
    opened.close();
    for (const key of [opened.databaseKey, opened.draftsKey, opened.anchorKey, opened.checkKey])
      expect(key.equals(Buffer.alloc(32))).toBe(true);
    expect(() => opened.signer.sign(Buffer.from('x'))).toThrow();
  });
});

describe('what is not a vault, or not one of ours', () => {
  it('R50 R03 a missing vault is never made anew', async () => {
    expect((await failureOf(attempt())).code).toBe('VAULT_NOT_A_VAULT');
    expect(await folderState(directory)).toBe('absent');
    expect(await databaseSize(directory)).toBeUndefined();
  });

  it('R51 a newer format is refused and not written', async () => {
    await buildVault(directory, clock);
    const paths = vaultPaths(directory);
    const json = JSON.parse(readFileSync(paths.vaultJson, 'utf8'));
    writeFileSync(paths.vaultJson, JSON.stringify({ ...json, format: 2, somethingNew: true }));
    const before = hashTree(directory);
    expect((await failureOf(attempt())).code).toBe('FORMAT_NEWER');
    expect(hashTree(directory)).toEqual(before);
  });

  it('R50 damage anywhere in the small files is refused, changes nothing and opens nothing', async () => {
    const { opened } = await buildVault(directory, clock);
    const paths = vaultPaths(directory);
    const files = [paths.vaultJson, paths.keyring, paths.slot(opened.user.id), paths.envelope(1)];
    for (const file of files) {
      const whole = readFileSync(file);
      const positions = Array.from({ length: 25 }, (_, index) => Math.floor((index * whole.length) / 25));
      for (const position of positions) {
        const changed = Buffer.from(whole);
        changed[position] = (changed[position] ?? 0) ^ 1;
        writeFileSync(file, changed);
        const before = hashTree(directory);
        const result = await attempt().then(
          (vault) => vault.databaseKey.toString('hex'),
          (thrown: { code: string }) => thrown.code,
        );
        // Fields nobody authenticates (program version, times in vault.json) may differ; the keys may not.
        if (file === paths.vaultJson && result === opened.databaseKey.toString('hex')) continue;
        expect(['VAULT_DAMAGED', 'VAULT_NOT_A_VAULT', 'FORMAT_NEWER', 'SECRET_WRONG']).toContain(result);
        expect(hashTree(directory)).toEqual(before);
      }
      for (const length of [0, 1, Math.floor(whole.length / 2)]) {
        writeFileSync(file, whole.subarray(0, length));
        expect(['VAULT_DAMAGED', 'VAULT_NOT_A_VAULT']).toContain((await failureOf(attempt())).code);
      }
      writeFileSync(file, whole);
    }
    await expect(attempt()).resolves.toBeDefined();
  });

  it('a planted vault with a copied slot is refused', async () => {
    const { opened } = await buildVault(directory, clock);
    const planted = join(folder.path, 'planted');
    await buildVault(planted, clock);
    const [slot = ''] = readdirSync(vaultPaths(planted).slots);
    writeFileSync(join(vaultPaths(planted).slots, slot), readFileSync(vaultPaths(directory).slot(opened.user.id)));
    expect((await failureOf(attempt({ directory: planted }))).code).toBe('VAULT_DAMAGED');
  });

  it('the envelope of another vault is refused', async () => {
    await buildVault(directory, clock);
    const other = join(folder.path, 'other');
    await buildVault(other, clock);
    writeFileSync(vaultPaths(directory).envelope(1), readFileSync(vaultPaths(other).envelope(1)));
    await expect(attempt()).rejects.toThrow();
  });
});

describe('wrong secrets', () => {
  it('R04 100 of them change no file but the counter, and the right one is not lost', async () => {
    await buildVault(directory, clock);
    const before = hashTree(directory);
    for (let count = 0; count < 99; count += 1) {
      expect((await failureOf(attempt({ secret: `wrong secret number ${count}` }))).code).toBe('SECRET_WRONG');
      clock.advance(15 * 60_000);
    }
    const after = hashTree(directory);
    expect(after['attempts.json']).not.toBe(before['attempts.json']);
    expect({ ...after, 'attempts.json': '' }).toEqual({ ...before, 'attempts.json': '' });
    await expect(attempt()).resolves.toBeDefined();
    expect((await failureOf(attempt({ secret: 'wrong secret once more' }))).code).toBe('SECRET_WRONG');
    await expect(attempt()).resolves.toBeDefined();
  });

  it('R04 somebody unknown gets the same answer after the same work', async () => {
    await buildVault(directory, clock);
    const hashRaw = vi.mocked(argon2.hashRaw);
    hashRaw.mockClear();
    const known = await failureOf(attempt({ secret: 'not the secret at all' }));
    const unknown = await failureOf(attempt({ login: 'nobody', secret: 'not the secret at all' }));
    expect(unknown.code).toBe(known.code);
    expect(unknown.message).toBe(known.message);
    const costs = hashRaw.mock.calls.map(([, options]) => [
      options?.memoryCost,
      options?.timeCost,
      options?.parallelism,
    ]);
    expect(costs).toHaveLength(2);
    expect(costs[0]).toEqual(costs[1]);
    for (let count = 0; count < 4; count += 1) await failureOf(attempt({ login: 'nobody' }));
    expect((await failureOf(attempt({ login: 'nobody' }))).code).toBe('SECRET_DELAYED');
  });

  it('R26 many at the same moment are counted one by one', async () => {
    await buildVault(directory, clock);
    const codes = await Promise.all(
      Array.from({ length: 12 }, async () => (await failureOf(attempt({ secret: 'a guess like others' }))).code),
    );
    expect(codes.filter((code) => code === 'SECRET_WRONG')).toHaveLength(5);
    expect(codes.filter((code) => code === 'SECRET_DELAYED')).toHaveLength(7);
  });

  it('leave a vault that is open alone', async () => {
    const { opened } = await buildVault(directory, clock);
    const key = Buffer.from(opened.databaseKey);
    await failureOf(
      verifySecret({ directory, login: 'keeper', secret: 'wrong', clock, random: systemRandom, kdf: FAST_KDF, opened }),
    );
    expect(opened.databaseKey).toEqual(key);
    expect(opened.signer.sign(Buffer.from('still there'))).toHaveLength(64);
  });

  it('R05 neither secrets nor keys appear in errors', async () => {
    const { recoveryKey } = await buildVault(directory, clock);
    const typo = `${recoveryKey.slice(0, -1)}${recoveryKey.endsWith('Q') ? 'P' : 'Q'}`;
    const failures = [
      await failureOf(attempt({ secret: 'a-secret-that-is-wrong-42' })),
      await failureOf(openVaultWithRecoveryKey({ directory, recoveryKey: typo })),
      await failureOf(openVaultWithRecoveryKey({ directory, recoveryKey: 'AGE-SECRET-KEY-1NONSENSE' })),
    ];
    const text = JSON.stringify(failures);
    expect(text).not.toContain('a-secret-that-is-wrong-42');
    expect(text).not.toContain(typo.slice(0, 24));
    expect(text).not.toContain('NONSENSE');
    await expect(openVaultWithRecoveryKey({ directory, recoveryKey: typo })).rejects.not.toHaveProperty('cause');
  });
});
