import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../electron/platform/random.ts';
import {
  addUser,
  confirmsRecoveryKey,
  groupsToConfirm,
  isRecoveryKeyOf,
  type OpenVault,
  openVault,
  openVaultWithRecoveryKey,
  parseRecoveryKey,
  proposedChange,
  readmitKeeper,
  recoveryKeyGroups,
  replaceRecoveryKey,
  vaultPaths,
} from '../../../electron/vault/vault.ts';
import {
  buildVault,
  changeBase,
  FAST_KDF,
  failureOf,
  type HandClock,
  handClock,
  hashTree,
  KEEPER_SECRET,
  newUserOf,
  scratchFolder,
  secretFor,
} from '../../builders/vault-builder.ts';

let folder: ReturnType<typeof scratchFolder>;
let directory: string;
let clock: HandClock;
let opened: OpenVault;
let recoveryKey: string;
beforeEach(async () => {
  folder = scratchFolder();
  directory = join(folder.path, 'vault');
  clock = handClock();
  ({ opened, recoveryKey } = await buildVault(directory, clock));
});
afterEach(() => folder.remove());

const base = () => ({ directory, clock, random: systemRandom, kdf: FAST_KDF });

describe('the recovery key', () => {
  it('R10 alone opens the vault, typed in groups, small letters, full width, over lines', async () => {
    const groups = recoveryKeyGroups(recoveryKey);
    expect(groups).toHaveLength(19);
    const fullWidth = [...recoveryKey].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
    for (const typed of [
      recoveryKey,
      groups.join(' '),
      groups.join('\n').toLowerCase(),
      fullWidth,
      `\u3000${recoveryKey} `,
    ]) {
      const access = await openVaultWithRecoveryKey({ directory, recoveryKey: typed });
      expect(access.databaseKey).toEqual(opened.databaseKey);
      expect(access.fingerprint).toBe(opened.fingerprint);
    }
  });

  it('R10 with every single character wrong is refused', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-';
    let refused = 0;
    let tried = 0;
    for (let index = 0; index < recoveryKey.length; index += 1)
      for (const letter of alphabet) {
        if (letter === recoveryKey[index]) continue;
        tried += 1;
        const typed = `${recoveryKey.slice(0, index)}${letter}${recoveryKey.slice(index + 1)}`;
        refused += await parseRecoveryKey(typed).then(
          () => 0,
          () => 1,
        );
      }
    expect(tried).toBe(74 * 36);
    expect(refused).toBe(tried);
  });

  it('R10 with two neighbours exchanged, one left out or one doubled is refused', async () => {
    for (let index = 0; index < recoveryKey.length - 1; index += 1) {
      const [a = '', b = ''] = [recoveryKey[index], recoveryKey[index + 1]];
      const variants = [
        recoveryKey.slice(0, index) + recoveryKey.slice(index + 1),
        recoveryKey.slice(0, index) + a + recoveryKey.slice(index),
        ...(a === b ? [] : [recoveryKey.slice(0, index) + b + a + recoveryKey.slice(index + 2)]),
      ];
      for (const typed of variants) expect((await failureOf(parseRecoveryKey(typed))).code).toBe('RECOVERY_KEY_WRONG');
    }
  });

  it('R10 is on no disk', () => {
    const secretPart = recoveryKey.slice(16);
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const bytes = readFileSync(join(entry.parentPath, entry.name));
        expect(bytes.includes(secretPart) || bytes.includes(secretPart.toLowerCase())).toBe(false);
        expect(bytes.includes(Buffer.from(recoveryKey).toString('base64').slice(24, 80))).toBe(false);
      }
  });

  it('R10 of another vault is refused and changes nothing', async () => {
    const other = await buildVault(join(folder.path, 'other'), clock);
    const before = hashTree(directory);
    const failure = await failureOf(openVaultWithRecoveryKey({ directory, recoveryKey: other.recoveryKey }));
    expect(failure.code).toBe('RECOVERY_KEY_WRONG');
    expect(hashTree(directory)).toEqual(before);
  });

  it.skipIf(spawnSync('age', ['--version']).status !== 0)('the public age command opens the vault key with it', () => {
    const identity = join(folder.path, 'recovery.txt');
    writeFileSync(identity, `${recoveryKey}\n`);
    const out = spawnSync('age', ['-d', '-i', identity, vaultPaths(directory).envelope(1)], { encoding: 'utf8' });
    expect(JSON.parse(out.stdout)).toMatchObject({ v: 1, kind: 'full', epoch: 1, vault: opened.vaultId });
  });

  it('is confirmed by typing two of its groups, or all of it', async () => {
    const asked = groupsToConfirm(recoveryKey, systemRandom);
    expect(asked).toHaveLength(2);
    expect(asked.every((index) => index >= 4 && index < 18)).toBe(true);
    const groups = recoveryKeyGroups(recoveryKey);
    const typed = asked.map((index) => ({ index, text: ` ${groups[index]?.toLowerCase()}` }));
    expect(confirmsRecoveryKey(recoveryKey, asked, typed)).toBe(true);
    expect(confirmsRecoveryKey(recoveryKey, asked, [typed[0]!, { ...typed[1]!, text: 'AAAA' }])).toBe(false);
    expect(confirmsRecoveryKey(recoveryKey, asked, [typed[0]!, typed[0]!])).toBe(false);
    expect(confirmsRecoveryKey(recoveryKey, [], [])).toBe(false);
    expect(await isRecoveryKeyOf(opened, groups.join(' '))).toBe(true);
  });
});

describe('with the recovery key alone', () => {
  it('R58 the keeper gets a new secret, also when all slots are gone as after a restore', async () => {
    rmSync(vaultPaths(directory).slots, { recursive: true });
    rmSync(vaultPaths(directory).attempts);
    const again = await readmitKeeper({ ...base(), recoveryKey, secret: secretFor('keeper') });
    expect(again.databaseKey).toEqual(opened.databaseKey);
    expect(again.user).toEqual(opened.user);
    expect(again.signer.publicKey).not.toEqual(opened.signer.publicKey);
    await expect(openVault({ ...base(), login: 'keeper', secret: secretFor('keeper') })).resolves.toBeDefined();
    expect((await failureOf(openVault({ ...base(), login: 'keeper', secret: KEEPER_SECRET }))).code).toBe(
      'SECRET_WRONG',
    );
  });

  it('R26 a keeper who is shut out after 100 failures comes in again', async () => {
    for (let count = 0; count < 100; count += 1) {
      await failureOf(openVault({ ...base(), login: 'keeper', secret: 'never the right one' }));
      clock.advance(900_000);
    }
    expect((await failureOf(openVault({ ...base(), login: 'keeper', secret: KEEPER_SECRET }))).code).toBe(
      'SECRET_DISABLED',
    );
    await expect(
      readmitKeeper({ ...base(), recoveryKey, login: 'keeper', secret: secretFor('keeper') }),
    ).resolves.toBeDefined();
  });

  it('a supervisor in the vault does not stand in the way, and stays', async () => {
    await addUser({ ...changeBase(opened, clock), newUser: newUserOf('lin', 'supervisor') });
    await addUser({ ...changeBase(opened, clock), newUser: newUserOf('waiting', 'executive') });
    expect(await proposedChange(opened)).toBeDefined();
    const again = await readmitKeeper({ ...base(), recoveryKey, login: 'keeper', secret: secretFor('keeper') });
    expect((await proposedChange(again))?.admitted).toBeUndefined();
    const supervisor = await openVault({ ...base(), login: 'lin', secret: secretFor('lin') });
    expect(supervisor.databaseKey).toEqual(opened.databaseKey);
    expect(again.keyring.serial).toBe(3);
  });

  it('a login nobody has, or one without the vault key, is not readmitted', async () => {
    await addUser({ ...changeBase(opened, clock), newUser: newUserOf('chen', 'executive') });
    for (const login of ['nobody', 'chen'])
      expect(
        (await failureOf(readmitKeeper({ ...base(), recoveryKey, login, secret: secretFor('keeper') }))).code,
      ).toBe('NOT_FOUND');
  });

  it('a new recovery key ends the old one', async () => {
    const replaced = await replaceRecoveryKey(changeBase(opened, clock));
    expect(replaced.inForce).toBe(true);
    expect((await failureOf(openVaultWithRecoveryKey({ directory, recoveryKey }))).code).toBe('RECOVERY_KEY_WRONG');
    const access = await openVaultWithRecoveryKey({ directory, recoveryKey: replaced.recoveryKey });
    expect(access.databaseKey).toEqual(opened.databaseKey);
  });
});
