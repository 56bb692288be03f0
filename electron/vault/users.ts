/** Admitting people, changing secrets, ending admissions (security.md §6). */

import type { Role } from '../../shared/domain/roles.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { signerFromSeed } from '../platform/signer.ts';
import { attemptGuard } from './attempts.ts';
import { type KdfParameters, PRODUCTION_KDF, parsePhc } from './kdf.ts';
import type { KeyFile } from './key-file.ts';
import { isActive, type KeyringSigner, type KeyringUser, requireMac } from './keyring.ts';
import { changeKeyring, type KeyringOutcome, mayCosign, type Person, signersFor } from './keyring-change.ts';
import { normaliseLogin, requireLogin, requireName } from './login.ts';
import { type OpenVault, toVaultUser, type VaultAccess, type VaultUser } from './open-vault.ts';
import { requireGoodSecret, type SecretBlocklist } from './secret-rules.ts';
import { keyFileWanted, sealSlot } from './slot.ts';
import { adoptOwnSlot, readValidSlot, stageSlot } from './slot-files.ts';
import { authenticate, readVault, type SecretAttempt, VAULT_KEY_ROLES } from './unlock.ts';
import { createUserKeys, publicKeysOf } from './user-keys.ts';
import { readVaultJson, writeVaultJson } from './vault-files.ts';

/** What every change of people needs. `approver` is a second person who is present and has proved themselves. */
export interface PeopleChange {
  readonly opened: OpenVault;
  readonly clock: Clock;
  readonly random: Random;
  readonly kdf?: KdfParameters;
  readonly approver?: Person;
  readonly isBlocked?: SecretBlocklist;
}

/** A person to admit; they type their own secret. `validUntil` is an instant, absent = without end. */
export interface NewUser {
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly secret: string;
  readonly validFrom?: string;
  readonly validUntil?: string | null;
}

/** `inForce` false: the change waits for a supervisor (`proposedChange`, `approveChange`). */
export interface PeopleChangeResult {
  readonly user: VaultUser;
  readonly inForce: boolean;
}

/** A change that waits for its log entry. `isEnough` false: a supervisor has to sign as well. */
export interface HeldPeopleChange extends KeyringOutcome {
  readonly user: VaultUser;
}

function requireInstant(value: string, path: string): string {
  const time = Date.parse(value);
  if (Number.isNaN(time)) throw new AppError('INPUT_INVALID', { fields: [{ path, message: 'validation.instant' }] });
  return new Date(time).toISOString();
}

async function secretRules(
  change: PeopleChange,
  secret: string,
  words: readonly string[],
  path: string,
): Promise<void> {
  requireGoodSecret(secret, path, {
    vaultWords: [change.opened.name, ...words],
    ...(change.isBlocked === undefined ? {} : { isBlocked: change.isBlocked }),
  });
}

/** Keys and staged slot for a person, new or readmitted. */
async function newIdentity(change: PeopleChange, userId: string, secret: string) {
  const { opened, clock, random, kdf = PRODUCTION_KDF } = change;
  const keys = await createUserKeys(random, opened.fingerprint);
  const slot = await sealSlot({ vaultId: opened.vaultId, userId, secret, keys, kdf, random, clock });
  await stageSlot(opened.directory, userId, slot);
  const own: KeyringSigner = { who: userId, signer: signerFromSeed(keys.seed) };
  const entry = { ...(await publicKeysOf(keys)), slot: slot.sha256 };
  keys.seed.fill(0);
  return { own, entry };
}

/** The present keyring, proved to be written by somebody with the vault key. */
async function currentUsers(access: VaultAccess): Promise<readonly KeyringUser[]> {
  const { keyring } = await readVault(access.directory);
  requireMac(keyring, access.checkKey);
  return keyring.content.users;
}

function requireUser(users: readonly KeyringUser[], userId: string): KeyringUser {
  const user = users.find(({ id }) => id === userId);
  if (user === undefined) throw new AppError('NOT_FOUND');
  return user;
}

/**
 * Admits a person. Keepers and supervisors get the vault key wrapped to them. With a supervisor in the vault the change
 * waits for one unless `approver` is one; the first supervisor signs the own admission.
 * @throws AppError INPUT_INVALID, CONFLICT (login taken)
 */
export async function addUser(change: PeopleChange & { readonly newUser: NewUser }): Promise<PeopleChangeResult> {
  const { user, isEnough } = await admit(change, false);
  return { user, inForce: isEnough };
}

/** The same up to the last step, which `forceHeldChange` takes once the log entry is durable (R34), or `withdrawChange` takes back. */
export function holdNewUser(change: PeopleChange & { readonly newUser: NewUser }): Promise<HeldPeopleChange> {
  return admit(change, true);
}

async function admit(change: PeopleChange & { readonly newUser: NewUser }, hold: boolean): Promise<HeldPeopleChange> {
  const { opened, clock, random, newUser } = change;
  const login = requireLogin(newUser.login, 'login');
  const displayName = requireName(newUser.displayName, 'displayName', 80);
  await secretRules(change, newUser.secret, [login, displayName], 'secret');
  const until = newUser.validUntil ?? null;
  const user = {
    id: `u-${random.bytes(4).toString('hex')}`,
    login,
    displayName,
    role: newUser.role,
    validFrom: requireInstant(newUser.validFrom ?? clock.now().toISOString(), 'validFrom'),
    validUntil: until === null ? null : requireInstant(until, 'validUntil'),
  };
  const { keyring } = await readVault(opened.directory);
  if (keyring.content.users.some((other) => other.login === login))
    throw new AppError('CONFLICT', { fields: [{ path: 'login', message: 'validation.loginTaken' }] });
  const { own, entry } = await newIdentity(change, user.id, newUser.secret);
  try {
    const signers = signersFor(opened, change.approver);
    if (mayCosign(user, keyring.content)) signers.push(own);
    const outcome = await changeKeyring({
      access: opened,
      clock,
      signers,
      hold,
      change: (base) => {
        if (base.users.some((other) => other.login === login))
          throw new AppError('CONFLICT', { fields: [{ path: 'login', message: 'validation.loginTaken' }] });
        return { users: [...base.users, { ...user, ...entry }] };
      },
    });
    return { user: toVaultUser({ ...user, ...entry }), ...outcome };
  } finally {
    own.signer.close();
  }
}

/**
 * Gives a person who forgot the secret a new identity and slot; the vault key is wrapped to it if the role has it.
 * Also clears the person's failed attempts. The own slot is changed with `changeSecret` instead.
 * @throws AppError NOT_FOUND, INPUT_INVALID, CONFLICT (one's own slot)
 */
export async function readmitUser(
  change: PeopleChange & { readonly userId: string; readonly secret: string },
): Promise<PeopleChangeResult> {
  const { user, isEnough } = await readmit(change, false);
  if (isEnough) await clearAttempts({ opened: change.opened, clock: change.clock, login: user.login });
  return { user, inForce: isEnough };
}

/** The same up to the last step, which `forceHeldChange` takes; the failed attempts are cleared by the caller then. */
export function holdReadmission(
  change: PeopleChange & { readonly userId: string; readonly secret: string },
): Promise<HeldPeopleChange> {
  return readmit(change, true);
}

async function readmit(
  change: PeopleChange & { readonly userId: string; readonly secret: string },
  hold: boolean,
): Promise<HeldPeopleChange> {
  const { opened, clock, userId, secret } = change;
  if (userId === opened.user.id) throw new AppError('CONFLICT');
  const { keyring } = await readVault(opened.directory);
  const before = requireUser(keyring.content.users, userId);
  await secretRules(change, secret, [before.login, before.displayName], 'secret');
  const { own, entry } = await newIdentity(change, userId, secret);
  try {
    const signers = signersFor(opened, change.approver);
    if (mayCosign(before, keyring.content)) signers.push(own);
    const outcome = await changeKeyring({
      access: opened,
      clock,
      signers,
      hold,
      change: (base) => ({ users: base.users.map((user) => (user.id === userId ? { ...user, ...entry } : user)) }),
    });
    return { user: toVaultUser(before), ...outcome };
  } finally {
    own.signer.close();
  }
}

/**
 * Changes until when a person is admitted; `validUntil` now or earlier ends it.
 * @returns also `rotationNeeded`: somebody who held the vault key is no longer admitted, so a new epoch is due (R08)
 */
export async function setValidity(
  change: PeopleChange & { readonly userId: string; readonly validUntil: string | null },
): Promise<PeopleChangeResult & { readonly rotationNeeded: boolean }> {
  const { user, isEnough: inForce, rotationNeeded } = await limit(change, false);
  return { user, inForce, rotationNeeded: inForce && rotationNeeded };
}

/** The same up to the last step (`forceHeldChange`). */
export function holdValidity(
  change: PeopleChange & { readonly userId: string; readonly validUntil: string | null },
): Promise<HeldPeopleChange & { readonly rotationNeeded: boolean }> {
  return limit(change, true);
}

async function limit(
  change: PeopleChange & { readonly userId: string; readonly validUntil: string | null },
  hold: boolean,
): Promise<HeldPeopleChange & { readonly rotationNeeded: boolean }> {
  const { opened, clock, userId } = change;
  const validUntil = change.validUntil === null ? null : requireInstant(change.validUntil, 'validUntil');
  const before = requireUser(await currentUsers(opened), userId);
  const isEnding = !isActive({ validFrom: before.validFrom, validUntil }, clock.now());
  if (userId === opened.user.id && isEnding) throw new AppError('CONFLICT');
  const outcome = await changeKeyring({
    access: opened,
    clock,
    signers: signersFor(opened, change.approver),
    hold,
    change: (base) => ({ users: base.users.map((user) => (user.id === userId ? { ...user, validUntil } : user)) }),
  });
  const rotationNeeded = isEnding && VAULT_KEY_ROLES.includes(before.role);
  return { user: toVaultUser({ ...before, validUntil }), ...outcome, rotationNeeded };
}

/**
 * The keeper's office goes over to another keeper (M3): the admission of the one who opened the vault ends, and both keepers and a
 * supervisor sign. Up to the last step, which `forceHeldChange` takes once the log entry is durable.
 * @throws AppError ROLE_REFUSED if the successor is no keeper or the supervisor none
 */
export async function holdOfficeHandover(
  change: Omit<PeopleChange, 'approver'> & { readonly successor: Person; readonly supervisor: Person },
): Promise<HeldPeopleChange> {
  const { opened, clock, successor, supervisor } = change;
  if (successor.user.role !== 'keeper' || successor.user.id === opened.user.id)
    throw new AppError('ROLE_REFUSED', { params: { role: successor.user.role } });
  if (supervisor.user.role !== 'supervisor')
    throw new AppError('ROLE_REFUSED', { params: { role: supervisor.user.role } });
  const validUntil = clock.now().toISOString();
  const outcome = await changeKeyring({
    access: opened,
    clock,
    signers: [opened, successor, supervisor].map(({ user, signer }) => ({ who: user.id, signer })),
    hold: true,
    change: (base) => ({
      users: base.users.map((user) => (user.id === opened.user.id ? { ...user, validUntil } : user)),
    }),
  });
  return { user: toVaultUser({ ...opened.user, validUntil } as KeyringUser), ...outcome };
}

/** What changing one's own secret takes. */
export interface SecretChange extends Omit<SecretAttempt, 'secret'> {
  readonly current: string;
  readonly next: string;
  /** The key file that the slot asks for from then on; null: none. Absent: as it is. */
  readonly nextKeyFile?: KeyFile | null;
  readonly isBlocked?: SecretBlocklist;
}

/** A new secret whose slot is made and not yet valid. */
export interface HeldSecret {
  readonly user: VaultUser;
  /** How often the secret was changed since admission, this time included. */
  readonly changes: number;
  /** Makes it the valid one. */
  adopt(): Promise<void>;
  /** Forgets it. Either this or `adopt` is called, once. */
  discard(): void;
}

/**
 * Changes one's own secret: a new slot, nothing else (1 s). Works for every role; the old secret is proved and counted.
 * @throws AppError as `verifySecret`; INPUT_INVALID for a secret that may not be chosen
 */
export async function changeSecret(
  change: SecretChange,
): Promise<{ readonly user: VaultUser; readonly changes: number }> {
  const { user, changes, adopt } = await holdSecret(change);
  await adopt();
  return { user, changes };
}

/** The same up to the last step, which is taken once the log entry is durable (R34). */
export async function holdSecret(change: SecretChange): Promise<HeldSecret> {
  const { directory, clock, random, current, next, kdf = PRODUCTION_KDF } = change;
  const { json, keyring, user, keys, slot: before, keyFile } = await authenticate({ ...change, secret: current });
  const signer = signerFromSeed(keys.seed);
  try {
    if (next !== current)
      requireGoodSecret(next, 'next', {
        vaultWords: [keyring.content.name, user.login, user.displayName],
        ...(change.isBlocked === undefined ? {} : { isBlocked: change.isBlocked }),
      });
    const vaultId = json.vault;
    const sealed = { vaultId, userId: user.id, secret: next, keys, kdf, random, clock };
    const slot = await sealSlot({
      ...sealed,
      keyFile: change.nextKeyFile === undefined ? keyFile : (change.nextKeyFile ?? undefined),
    });
    const changes = before.changes + 1;
    return {
      user: toVaultUser(user),
      changes,
      adopt: async () => {
        try {
          await adoptOwnSlot({ directory, vaultId, user, slot, changes, signer });
        } finally {
          signer.close();
        }
      },
      discard: () => signer.close(),
    };
  } catch (thrown) {
    signer.close();
    throw thrown;
  } finally {
    keys.seed.fill(0);
    keyFile?.key.fill(0);
  }
}

/** The key file that a person's slot asks for, by its id. */
export async function keyFileOf(input: { readonly directory: string; readonly login: string }): Promise<string | null> {
  const { json, keyring } = await readVault(input.directory);
  const user = keyring.content.users.find(({ login }) => login === normaliseLogin(input.login));
  if (user === undefined) return null;
  const { bytes } = await readValidSlot(input.directory, json.vault, user);
  return keyFileWanted(bytes, json.vault, user.id) ?? null;
}

/** The slot asks for less work than new ones do: it is made anew at the next sign-in. */
export async function hasWeakSlot(input: {
  readonly directory: string;
  readonly login: string;
  readonly kdf?: KdfParameters;
}): Promise<boolean> {
  const { directory, kdf = PRODUCTION_KDF } = input;
  const { json, keyring } = await readVault(directory);
  const user = keyring.content.users.find(({ login }) => login === normaliseLogin(input.login));
  if (user === undefined) return false;
  const { bytes } = await readValidSlot(directory, json.vault, user);
  const call = parsePhc((JSON.parse(bytes.toString('utf8')) as { kdf: string }).kdf, kdf);
  return call.memoryKiB < kdf.memoryKiB || call.passes < kdf.passes;
}

/**
 * Everybody in the keyring, ended admissions included.
 * @param input with `opened`, the keyring is also proved to be written by somebody with the vault key
 */
export async function listUsers(input: {
  readonly directory: string;
  readonly opened?: VaultAccess;
}): Promise<VaultUser[]> {
  const { keyring } = await readVault(input.directory);
  if (input.opened !== undefined) requireMac(keyring, input.opened.checkKey);
  return keyring.content.users.map(toVaultUser);
}

/** Opens a login again that failed too often (R26: by the supervisor; the recovery key does it through `readmitKeeper`). */
export async function clearAttempts(input: {
  readonly opened: OpenVault;
  readonly clock: Clock;
  readonly login: string;
}): Promise<void> {
  const { opened, clock } = input;
  const knownLogins = (await currentUsers(opened)).map(({ login }) => login);
  const guard = attemptGuard({ directory: opened.directory, vaultId: opened.vaultId, clock, knownLogins });
  await guard.succeeded(normaliseLogin(input.login));
}

/** Notes that somebody has shown that the recovery sheet is readable. */
export async function setRecoveryPassed(input: { readonly directory: string; readonly clock: Clock }): Promise<void> {
  const json = await readVaultJson(input.directory);
  await writeVaultJson(input.directory, { ...json, recoveryPassed: input.clock.now().toISOString() });
}
