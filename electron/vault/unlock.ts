/** Opening a vault with a person's secret or with the recovery key, and proving a person by the secret alone. */

import type { Role } from '../../shared/domain/roles.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { attemptGuard } from './attempts.ts';
import { deriveKey } from './derive.ts';
import { type KdfParameters, PRODUCTION_KDF } from './kdf.ts';
import { findKeyFile, type KeyFile, rememberKeyFile } from './key-file.ts';
import {
  createdAfter,
  isActive,
  type Keyring,
  type KeyringUser,
  parseKeyring,
  requireMac,
  requireSigned,
  signersOf,
  signersSuffice,
} from './keyring.ts';
import { normaliseLogin } from './login.ts';
import { oneAtATime } from './one-at-a-time.ts';
import {
  type OpenVault,
  openVaultOf,
  type ProvenUser,
  provenUser,
  type VaultAccess,
  vaultAccess,
} from './open-vault.ts';
import { parseRecoveryKey } from './recovery-key.ts';
import { keyFileWanted, openDecoy, openSlot } from './slot.ts';
import { readValidSlot, type ValidSlot } from './slot-files.ts';
import { publicKeysOf, type UserKeys } from './user-keys.ts';
import { readEnvelope, readKeyringBytes, readNextKeyring, readVaultJson, type VaultJson } from './vault-files.ts';
import { checkValueOf, unwrapVaultKey } from './vault-key.ts';

/** Roles to which the vault key is wrapped (§1.3). */
export const VAULT_KEY_ROLES: readonly Role[] = ['keeper', 'supervisor'];

/** A login and its secret, as typed. */
export interface SecretAttempt {
  readonly directory: string;
  readonly login: string;
  readonly secret: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly kdf?: KdfParameters;
  /** Where the key file lies: the file or its folder. Absent: looked for on what is plugged in. */
  readonly keyFile?: string | undefined;
}

/** A vault folder read and its keyring found well signed. */
export interface ReadVault {
  readonly json: VaultJson;
  readonly keyring: Keyring;
}

/** @throws AppError VAULT_NOT_A_VAULT, VAULT_DAMAGED, FORMAT_NEWER */
export async function readVault(directory: string): Promise<ReadVault> {
  const json = await readVaultJson(directory);
  const keyring = parseKeyring(await readKeyringBytes(directory), json.vault);
  requireSigned(keyring);
  return { json, keyring };
}

/** Somebody whose slot was opened; private to this folder. */
export interface Authenticated extends ReadVault {
  readonly user: KeyringUser;
  readonly keys: UserKeys;
  readonly slot: ValidSlot;
  /** What the slot asked for beside the secret. The caller zeroes its key. */
  readonly keyFile: KeyFile | undefined;
}

async function matchesKeyring(keys: UserKeys, user: KeyringUser, keyring: Keyring): Promise<boolean> {
  const own = await publicKeysOf(keys);
  return (
    own.recipient === user.recipient && own.ed25519 === user.ed25519 && keys.fingerprint === keyring.content.fingerprint
  );
}

/**
 * Proves a person by the secret: counts attempts (R26), gives the same answer after the same work for somebody unknown (R04).
 * The caller zeroes `keys.seed`.
 * @throws AppError SECRET_WRONG, KEY_FILE_NEEDED { file }, SECRET_DELAYED { seconds }, SECRET_DISABLED, ROLE_REFUSED (validity over), VAULT_*
 */
export async function authenticate(attempt: SecretAttempt): Promise<Authenticated> {
  const { directory, secret, clock, random, kdf = PRODUCTION_KDF } = attempt;
  return oneAtATime(`secret ${directory}`, async () => {
    const { json, keyring } = await readVault(directory);
    const { users } = keyring.content;
    const login = normaliseLogin(attempt.login);
    const user = users.find((candidate) => candidate.login === login);
    const knownLogins = users.map((candidate) => candidate.login);
    const guard = attemptGuard({ directory, vaultId: json.vault, clock, knownLogins });
    await guard.before(login);
    const like = user ?? users[0];
    const slot = like === undefined ? undefined : await readValidSlot(directory, json.vault, like);
    const wanted =
      user === undefined || slot === undefined ? undefined : keyFileWanted(slot.bytes, json.vault, user.id);
    // Not a wrong try: nothing was tried. Who has one stands in the slot for everybody to read.
    const keyFile =
      wanted === undefined ? undefined : await findKeyFile({ vaultId: json.vault, id: wanted, login }, attempt.keyFile);
    let keys: UserKeys;
    try {
      if (user === undefined || slot === undefined) return await openDecoy(secret, slot?.bytes, kdf, random);
      keys = await openSlot({ bytes: slot.bytes, vaultId: json.vault, userId: user.id, secret, kdf, keyFile });
    } catch (thrown) {
      keyFile?.key.fill(0);
      if (thrown instanceof AppError && thrown.code === 'SECRET_WRONG') await guard.failed(login);
      throw thrown;
    }
    if (!(await matchesKeyring(keys, user, keyring))) {
      keys.seed.fill(0);
      throw new AppError('VAULT_DAMAGED', { params: { reason: 'keyring' } });
    }
    // A full disk must not keep anybody out; the count then merely stays higher.
    await guard.succeeded(login).catch(() => undefined);
    // A clock set back shuts nobody out and lengthens nothing: it is later than when this keyring was made.
    if (!isActive(user, new Date(createdAfter(keyring.content, clock.now())))) {
      keys.seed.fill(0);
      throw new AppError('ROLE_REFUSED', { params: { reason: 'validity' } });
    }
    return { json, keyring, user, keys, slot, keyFile };
  });
}

/** Unwraps the vault key of a keyring's epoch and compares it with the check value there, and the keyring with the key (§5). */
async function unwrapChecked(
  directory: string,
  keyring: Keyring,
  identity: string,
  wrongKey: 'RECOVERY_KEY_WRONG' | 'VAULT_DAMAGED',
): Promise<Buffer> {
  const { vault: vaultId, epoch, checks } = keyring.content;
  const vaultKey = await unwrapVaultKey(await readEnvelope(directory, epoch), { vaultId, epoch }, identity, wrongKey);
  const checkKey = deriveKey(vaultKey, vaultId, 'check', epoch);
  try {
    if (checkValueOf(checkKey, { vaultId, epoch }) !== checks.full)
      throw new AppError('VAULT_DAMAGED', { params: { reason: 'envelope' } });
    requireMac(keyring, checkKey);
    return vaultKey;
  } catch (thrown) {
    vaultKey.fill(0);
    throw thrown;
  } finally {
    checkKey.fill(0);
  }
}

/** Keys and facts for one age identity, with the keys of a rotation that was cut short. */
async function accessFor(
  directory: string,
  { json, keyring }: ReadVault,
  identity: string,
  wrongKey: 'RECOVERY_KEY_WRONG' | 'VAULT_DAMAGED',
): Promise<VaultAccess> {
  const vaultKey = await unwrapChecked(directory, keyring, identity, wrongKey);
  const next = await readNext(directory, keyring);
  let nextVaultKey: Buffer | undefined;
  // The next envelope may be missing or not ours yet; the present keys are then the right ones.
  if (next !== undefined)
    nextVaultKey = await unwrapChecked(directory, next, identity, wrongKey).catch(() => undefined);
  return vaultAccess({ directory, json, keyring, vaultKey, nextVaultKey });
}

/** The keyring of the next epoch, if it follows the present one and is signed by people the present one lists. */
export async function readNext(directory: string, current: Keyring): Promise<Keyring | undefined> {
  const bytes = await readNextKeyring(directory);
  if (bytes === undefined) return undefined;
  const next = parseKeyring(bytes, current.content.vault);
  const keys = new Map(current.content.users.map(({ id, ed25519 }) => [id, ed25519]));
  const isKnown = ({ id, ed25519 }: KeyringUser) => keys.get(id) === ed25519;
  const signers = new Set(
    [...signersOf(next)].filter((who) => next.content.users.some((user) => user.id === who && isKnown(user))),
  );
  const follows = next.content.previous === current.sha256 && next.content.epoch === current.content.epoch + 1;
  return follows && signersSuffice(next.content, signers, current.content) ? next : undefined;
}

/**
 * Opens a vault for a keeper or supervisor. Changes nothing but the attempt counter, and that only after failures (R04).
 * @throws AppError as `authenticate`; ROLE_REFUSED for people without the vault key, whose secret alone opens nothing (§1.3)
 */
export async function openVault(attempt: SecretAttempt): Promise<OpenVault> {
  const found = await authenticate(attempt);
  try {
    if (!VAULT_KEY_ROLES.includes(found.user.role))
      throw new AppError('ROLE_REFUSED', { params: { reason: 'vaultKey' } });
    const access = await accessFor(attempt.directory, found, found.keys.ageIdentity, 'VAULT_DAMAGED');
    if (found.keyFile !== undefined) rememberKeyFile(found.keyFile);
    return openVaultOf(access, provenUser(found.user, found.keys));
  } finally {
    found.keys.seed.fill(0);
    found.keyFile?.key.fill(0);
  }
}

/**
 * Proves a person without opening anything: other roles inside a vault the keeper has opened, and every fresh secret (R25).
 * @param attempt with `opened`, the keyring is also proved to be written by somebody with the vault key
 * @throws AppError as `authenticate`
 */
export async function verifySecret(attempt: SecretAttempt & { readonly opened?: VaultAccess }): Promise<ProvenUser> {
  const found = await authenticate(attempt);
  try {
    if (attempt.opened !== undefined) requireMac(found.keyring, attempt.opened.checkKey);
    return provenUser(found.user, found.keys);
  } finally {
    found.keys.seed.fill(0);
    found.keyFile?.key.fill(0);
  }
}

/**
 * Opens a vault with the printed recovery key alone, on any machine (R10). Nobody is signed in by it.
 * @throws AppError RECOVERY_KEY_WRONG (typing error, or the key of another vault), VAULT_*
 */
export async function openVaultWithRecoveryKey(input: {
  readonly directory: string;
  readonly recoveryKey: string;
}): Promise<VaultAccess> {
  const found = await readVault(input.directory);
  const identity = await parseRecoveryKey(input.recoveryKey);
  return accessFor(input.directory, found, identity, 'RECOVERY_KEY_WRONG');
}
