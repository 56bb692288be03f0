import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../electron/platform/random.ts';
import { parseKeyring, requireMac, requireSigned } from '../../../electron/vault/keyring.ts';
import {
  addUser,
  approveChange,
  backupRecipientsOf,
  changeSecret,
  listUsers,
  type OpenVault,
  openVault,
  openVaultWithRecoveryKey,
  prepareRotation,
  proposedChange,
  readmitKeeper,
  readmitUser,
  setRecoveryPassed,
  settleRotation,
  setValidity,
  vaultPaths,
  vaultSummary,
  verifySecret,
  withdrawChange,
} from '../../../electron/vault/vault.ts';
import type { Role } from '../../../shared/domain/roles.ts';
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

const as = (login: string, secret = secretFor(login)) => ({
  directory,
  login,
  secret,
  clock,
  random: systemRandom,
  kdf: FAST_KDF,
});
const keeper = () => openVault(as('keeper', KEEPER_SECRET));
const add = (login: string, role: Role, more: Partial<Parameters<typeof addUser>[0]> = {}) =>
  addUser({ ...changeBase(opened, clock), newUser: newUserOf(login, role), ...more });
const keyringNow = () => parseKeyring(readFileSync(vaultPaths(directory).keyring), opened.vaultId);

describe('a keeper alone', () => {
  it('admits people of every role; each proves themselves by their secret', async () => {
    for (const role of ['accountManager', 'businessManager', 'customerService', 'executive', 'auditor'] as const) {
      expect((await add(role.toLowerCase(), role)).inForce).toBe(true);
      const proven = await verifySecret({ ...as(role.toLowerCase()), opened });
      expect(proven.user.role).toBe(role);
      expect(proven.fingerprint).toBe(opened.fingerprint);
      expect(proven.signer.keyId).not.toBe(opened.signer.keyId);
    }
    expect((await listUsers({ directory, opened })).map(({ login }) => login)).toHaveLength(6);
    expect((await vaultSummary(directory)).users).toHaveLength(6);
    await expect(keeper()).resolves.toBeDefined();
  });

  it('§1.3 the secret of other roles opens nothing', async () => {
    await add('chen', 'executive');
    expect((await failureOf(openVault(as('chen')))).code).toBe('ROLE_REFUSED');
  });

  it('refuses a login that is taken, a bad login, and a secret made of the own name', async () => {
    await add('chen', 'executive');
    expect((await failureOf(add('Chen', 'auditor'))).code).toBe('CONFLICT');
    expect((await failureOf(add('two words', 'auditor'))).code).toBe('INPUT_INVALID');
    const newUser = { ...newUserOf('meiling', 'auditor'), displayName: '林美玲', secret: '林美玲meiling20260105' };
    expect((await failureOf(addUser({ ...changeBase(opened, clock), newUser }))).code).toBe('INPUT_INVALID');
    expect(keyringNow().content.users).toHaveLength(2);
  });

  it('ends an admission to the minute', async () => {
    const validUntil = '2026-01-05T09:00:00.000Z';
    await add('chen', 'businessManager', { newUser: { ...newUserOf('chen', 'businessManager'), validUntil } });
    clock.set('2026-01-05T08:59:59.999Z');
    await expect(verifySecret(as('chen'))).resolves.toBeDefined();
    clock.set(validUntil);
    expect((await failureOf(verifySecret(as('chen')))).code).toBe('ROLE_REFUSED');
    expect((await failureOf(verifySecret(as('chen', 'a wrong secret entirely')))).code).toBe('SECRET_WRONG');
  });

  it('R37 a clock set back does not stop the keeper from admitting people', async () => {
    clock.set('2025-12-31T08:00:00.000Z');
    expect((await add('chen', 'executive')).inForce).toBe(true);
    clock.set('2026-01-05T08:00:00.000Z');
    await expect(verifySecret(as('chen'))).resolves.toBeDefined();
  });

  it('gives a person who forgot the secret a new one; the old one opens nothing', async () => {
    const { user } = await add('chen', 'businessManager');
    const secret = '新的密語寫在雲上而不在紙上啊';
    expect((await readmitUser({ ...changeBase(opened, clock), userId: user.id, secret: `${secret}呢` })).inForce).toBe(
      true,
    );
    await expect(verifySecret(as('chen', `${secret}呢`))).resolves.toBeDefined();
    expect((await failureOf(verifySecret(as('chen')))).code).toBe('SECRET_WRONG');
  });

  it('notes that the recovery sheet was confirmed', async () => {
    expect(opened.recoveryPassed).toBe(false);
    await setRecoveryPassed({ directory, clock });
    expect((await keeper()).recoveryPassed).toBe(true);
  });
});

describe('changing the own secret', () => {
  const next = '渡口的老船伕收起最後一張網回家';

  it('works for every role, keeps the keys, and ends the old secret', async () => {
    await add('chen', 'executive');
    await changeSecret({ ...as('chen'), current: secretFor('chen'), next });
    await changeSecret({ ...as('keeper'), current: KEEPER_SECRET, next: `${next}了` });
    expect((await failureOf(verifySecret(as('chen')))).code).toBe('SECRET_WRONG');
    expect((await failureOf(keeper())).code).toBe('SECRET_WRONG');
    await expect(verifySecret({ ...as('chen', next), opened })).resolves.toBeDefined();
    const again = await openVault(as('keeper', `${next}了`));
    expect(again.signer.publicKey).toEqual(opened.signer.publicKey);
    expect(again.databaseKey).toEqual(opened.databaseKey);
  });

  it('needs the present one, and a new one that is allowed', async () => {
    const before = hashTree(directory);
    expect((await failureOf(changeSecret({ ...as('keeper'), current: 'not the present one', next }))).code).toBe(
      'SECRET_WRONG',
    );
    expect((await failureOf(changeSecret({ ...as('keeper'), current: KEEPER_SECRET, next: 'short' }))).code).toBe(
      'INPUT_INVALID',
    );
    expect({ ...hashTree(directory), 'attempts.json': '' }).toEqual({ ...before, 'attempts.json': '' });
  });

  it('an old slot put back is noticed', async () => {
    const slot = vaultPaths(directory).slot(opened.user.id);
    copyFileSync(slot, join(folder.path, 'old-slot'));
    await changeSecret({ ...as('keeper'), current: KEEPER_SECRET, next });
    copyFileSync(join(folder.path, 'old-slot'), slot);
    expect((await failureOf(keeper())).code).toBe('VAULT_DAMAGED');
  });

  it('R44 cut short at any step leaves the old secret or the new one valid', async () => {
    const paths = vaultPaths(directory);
    const before = readFileSync(paths.slot(opened.user.id));
    await changeSecret({ ...as('keeper'), current: KEEPER_SECRET, next });
    const after = readFileSync(paths.slot(opened.user.id));
    const sha256 = createHash('sha256').update(after).digest('hex');
    // After the note was replaced, before the slot got its lasting name.
    writeFileSync(paths.slot(opened.user.id), before);
    writeFileSync(paths.stagedSlot(opened.user.id, sha256), after);
    await expect(openVault(as('keeper', next))).resolves.toBeDefined();
    // Before the note was replaced.
    rmSync(paths.slotNote(opened.user.id));
    await expect(keeper()).resolves.toBeDefined();
  });
});

describe('with a supervisor', () => {
  let supervisor: OpenVault;
  beforeEach(async () => {
    expect((await add('lin', 'supervisor')).inForce).toBe(true);
    supervisor = await openVault(as('lin'));
  });

  it('the supervisor opens the vault too, and backups go to the supervisor and not to the keeper', async () => {
    expect(supervisor.databaseKey).toEqual(opened.databaseKey);
    const { users, recovery } = keyringNow().content;
    const recipients = await backupRecipientsOf(opened);
    expect(recipients.sort()).toEqual([recovery.recipient, users[1]?.recipient].sort());
  });

  it('R71 a change waits for the supervisor, who approves exactly what was shown', async () => {
    const { user, inForce } = await add('chen', 'executive');
    expect(inForce).toBe(false);
    expect((await failureOf(verifySecret(as('chen')))).code).toBe('SECRET_WRONG');
    const waiting = await proposedChange(opened);
    expect(waiting?.admitted.map(({ login }) => login)).toEqual(['chen']);
    expect(waiting?.signedBy).toEqual([opened.user.id]);
    const statement = waiting?.statement ?? '';
    const own = { access: opened, approver: opened, statement };
    expect((await failureOf(approveChange(own))).code).toBe('SECOND_PERSON_MISSING');
    const other = { access: opened, approver: supervisor, statement: '0'.repeat(64) };
    expect((await failureOf(approveChange(other))).code).toBe('CONFLICT');
    expect(await approveChange({ access: opened, approver: supervisor, statement })).toBe(true);
    expect((await verifySecret({ ...as('chen'), opened })).user.id).toBe(user.id);
    expect(await proposedChange(opened)).toBeUndefined();
  });

  it('several changes wait together; withdrawn they leave nothing in force', async () => {
    await add('chen', 'executive');
    await add('wu', 'auditor');
    expect((await proposedChange(opened))?.admitted.map(({ login }) => login)).toEqual(['chen', 'wu']);
    await withdrawChange(opened);
    expect(await proposedChange(opened)).toBeUndefined();
    expect(keyringNow().content.users).toHaveLength(2);
  });

  it('a supervisor who is present signs at once', async () => {
    const approver = await verifySecret(as('lin'));
    expect((await add('chen', 'executive', { approver })).inForce).toBe(true);
  });

  it('nobody admits the supervisor who then approves the admission', async () => {
    expect((await add('friend', 'supervisor')).inForce).toBe(false);
    const lin = (await listUsers({ directory })).find(({ login }) => login === 'lin');
    const takeover = await readmitUser({
      ...changeBase(opened, clock),
      userId: lin?.id ?? '',
      secret: secretFor('takeover'),
    });
    expect(takeover.inForce).toBe(false);
    await withdrawChange(opened);
    expect((await addUser({ ...changeBase(supervisor, clock), newUser: newUserOf('puppet', 'keeper') })).inForce).toBe(
      false,
    );
  });

  it('a supervisor gives the keeper who forgot the secret a new one', async () => {
    const secret = secretFor('keeper');
    const change = { ...changeBase(supervisor, clock), userId: opened.user.id, secret };
    expect((await readmitUser(change)).inForce).toBe(true);
    const again = await openVault(as('keeper'));
    expect(again.databaseKey).toEqual(opened.databaseKey);
    expect((await failureOf(keeper())).code).toBe('SECRET_WRONG');
  });

  it('a keyring with one signature, a foreign signature or a changed word is refused', async () => {
    const whole = readFileSync(vaultPaths(directory).keyring, 'utf8');
    const lines = whole.split('\n');
    const isLine = (id: string) => (line: string) => line.startsWith('—') && line.includes(id);
    const write = (text: string) => writeFileSync(vaultPaths(directory).keyring, text);
    for (const id of [opened.user.id, supervisor.user.id]) {
      write(lines.filter((line) => !isLine(id)(line)).join('\n'));
      expect((await failureOf(keeper())).code).toBe('VAULT_DAMAGED');
    }
    write(whole.replace('"role":"supervisor"', '"role":"executive"'));
    expect((await failureOf(keeper())).code).toBe('VAULT_DAMAGED');
    write(lines.filter((line) => !line.includes('/vault-key ')).join('\n'));
    expect((await failureOf(keeper())).code).toBe('VAULT_DAMAGED');
    const keeperLine = lines.find(isLine(opened.user.id)) ?? '';
    write(whole.replace(keeperLine, `${keeperLine}\n${keeperLine.replace(opened.user.id, 'u-00000000')}`));
    expect((await failureOf(keeper())).code).toBe('VAULT_DAMAGED');
    write(whole);
    await expect(keeper()).resolves.toBeDefined();
  });

  it('R08 a supervisor who leaves opens nothing after the rotation, and the old envelope is gone', async () => {
    const approver = await verifySecret(as('lin'));
    const ended = await setValidity({
      ...changeBase(opened, clock),
      approver,
      userId: supervisor.user.id,
      validUntil: clock.now().toISOString(),
    });
    expect(ended).toMatchObject({ inForce: true, rotationNeeded: true });
    expect((await failureOf(openVault(as('lin')))).code).toBe('ROLE_REFUSED');
    const oldKey = Buffer.from(opened.databaseKey);
    const rotation = await prepareRotation(changeBase(opened, clock));
    const newKey = Buffer.from(rotation.databaseKey);
    const renewed = await rotation.finish();
    expect(renewed.epoch).toBe(2);
    expect(renewed.databaseKey).toEqual(newKey);
    expect(newKey).not.toEqual(oldKey);
    expect(existsSync(vaultPaths(directory).envelope(1))).toBe(false);
    expect((await keeper()).databaseKey).toEqual(newKey);
    expect((await add('chen', 'executive', { opened: renewed })).inForce).toBe(true);
  });

  it('a rotation needs the supervisor', async () => {
    expect((await failureOf(prepareRotation(changeBase(opened, clock)))).code).toBe('SECOND_PERSON_MISSING');
  });
});

describe('a change of the vault key', () => {
  it('R44 cut short before the database was swapped keeps the old state', async () => {
    const rotation = await prepareRotation(changeBase(opened, clock));
    const again = await keeper();
    expect(again.databaseKey).toEqual(opened.databaseKey);
    expect(again.interruptedRotation?.databaseKey).toEqual(rotation.databaseKey);
    const settled = await settleRotation({ opened: again, databaseOpensWith: 'present' });
    expect(settled.epoch).toBe(1);
    expect(settled.databaseKey).toEqual((await keeper()).databaseKey);
    expect((await keeper()).interruptedRotation).toBeUndefined();
    expect(existsSync(vaultPaths(directory).envelope(2))).toBe(false);
  });

  it('R44 cut short after the database was swapped goes on to the new state', async () => {
    const rotation = await prepareRotation(changeBase(opened, clock));
    const newKey = Buffer.from(rotation.databaseKey);
    const settled = await settleRotation({ opened: await keeper(), databaseOpensWith: 'next' });
    expect(settled).toMatchObject({ epoch: 2 });
    expect(settled.databaseKey).toEqual(newKey);
    expect((await keeper()).databaseKey).toEqual(newKey);
  });

  it('R44 cut short, people cannot be changed before it is settled, with the recovery key neither', async () => {
    await prepareRotation(changeBase(opened, clock));
    const again = await keeper();
    const newUser = newUserOf('chen', 'executive');
    expect((await failureOf(addUser({ ...changeBase(again, clock), newUser }))).code).toBe('CONFLICT');
    const readmission = { ...as('keeper'), recoveryKey };
    expect((await failureOf(readmitKeeper(readmission))).code).toBe('CONFLICT');
    const access = await openVaultWithRecoveryKey({ directory, recoveryKey });
    const settled = await settleRotation({ opened: access, databaseOpensWith: 'next' });
    expect(settled.epoch).toBe(2);
    expect((await readmitKeeper(readmission)).databaseKey).toEqual(settled.databaseKey);
  });

  it('a planted next keyring is not believed', async () => {
    const other = join(folder.path, 'other');
    const planted = await buildVault(other, clock);
    await prepareRotation(changeBase(planted.opened, clock));
    copyFileSync(vaultPaths(other).nextKeyring, vaultPaths(directory).nextKeyring);
    copyFileSync(vaultPaths(other).envelope(2), vaultPaths(directory).envelope(2));
    const result = await keeper().then(
      (vault) => vault.interruptedRotation,
      (thrown: { code: string }) => thrown.code,
    );
    expect([undefined, 'VAULT_DAMAGED']).toContain(result);
  });
});

describe('the keyring note', () => {
  it('counts up and names the one before', async () => {
    const first = keyringNow();
    await add('chen', 'executive');
    const second = keyringNow();
    expect(second.content.serial).toBe(2);
    expect(second.content.previous).toBe(first.sha256);
    expect(() => requireSigned(second)).not.toThrow();
    expect(() => requireMac(second, opened.checkKey)).not.toThrow();
    expect(() => requireMac(second, Buffer.alloc(32))).toThrow('VAULT_DAMAGED');
  });
});
