/** What an unlocked vault is, and the parts of it that never leave `electron/vault`. */
import type { Role } from '../../shared/domain/roles.ts';
import type { Signer } from '../platform/signer.ts';
import { deriveKey, deriveKeys, zeroKeys } from './derive.ts';
import type { Keyring, KeyringUser } from './keyring.ts';
import { signerOf, type UserKeys } from './user-keys.ts';
import type { VaultJson } from './vault-files.ts';

/** A person of the vault. `validFrom`, `validUntil` are instants; `validUntil` null = without end. */
export interface VaultUser {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly validFrom: string;
  readonly validUntil: string | null;
}

/** Somebody whose secret was right: may sign what they do, holds no vault key. */
export interface ProvenUser {
  readonly user: VaultUser;
  readonly signer: Signer;
  /** Fingerprint of the vault as this person's slot has it. */
  readonly fingerprint: string;
  close(): void;
}

/** Keys and facts of an unlocked vault. The buffers have 32 bytes and are zeroed by `close`. */
export interface VaultAccess {
  readonly directory: string;
  readonly vaultId: string;
  readonly name: string;
  readonly epoch: number;
  readonly created: string;
  readonly databaseKey: Buffer;
  readonly draftsKey: Buffer;
  readonly anchorKey: Buffer;
  readonly checkKey: Buffer;
  /** SHA-256 of log entry 0 in hex: compare with the log before a session is given. */
  readonly fingerprint: string;
  /** Compare with what the log recorded last: a lower serial is an old keyring put back (§6). */
  readonly keyring: { readonly serial: number; readonly sha256: string };
  /** True once somebody has shown that the recovery sheet is readable. */
  readonly recoveryPassed: boolean;
  /** A change of the vault key was cut short: the database opens with `databaseKey` or with this one (`settleRotation`). */
  readonly interruptedRotation?: { readonly epoch: number; readonly databaseKey: Buffer };
  close(): void;
}

/** A vault opened by a keeper or supervisor. */
export interface OpenVault extends VaultAccess {
  readonly user: VaultUser;
  readonly signer: Signer;
}

/** Keys only this folder uses. */
export interface Internals {
  readonly vaultKey: Buffer;
  /** The vault key of the next epoch after a rotation that was cut short. */
  readonly nextVaultKey?: Buffer;
}
const internalsOf = new WeakMap<VaultAccess, Internals>();

/** The vault key behind an open vault. For `electron/vault` only. */
export function vaultKeyOf(access: VaultAccess): Buffer {
  const internals = internalsOf.get(access);
  if (internals === undefined) throw new TypeError('this vault is closed');
  return internals.vaultKey;
}

/** The vault key of the next epoch, if a rotation was cut short. For `electron/vault` only. */
export function nextVaultKeyOf(access: VaultAccess): Buffer | undefined {
  return internalsOf.get(access)?.nextVaultKey;
}

/** The part of a keyring entry that others may see. */
export function toVaultUser(user: KeyringUser): VaultUser {
  const { id, login, displayName, role, validFrom, validUntil } = user;
  return { id, login, displayName, role, validFrom, validUntil };
}

/** A person whose keys have been opened. Zeroes the seed. */
export function provenUser(user: KeyringUser, keys: UserKeys): ProvenUser {
  const signer = signerOf(keys);
  keys.seed.fill(0);
  return { user: toVaultUser(user), signer, fingerprint: keys.fingerprint, close: () => signer.close() };
}

/** Keys and facts of a vault from its vault key, which now belongs to the result. */
export function vaultAccess(input: {
  readonly directory: string;
  readonly json: VaultJson;
  readonly keyring: Keyring;
  readonly vaultKey: Buffer;
  readonly nextVaultKey?: Buffer | undefined;
}): VaultAccess {
  const { directory, json, keyring, vaultKey, nextVaultKey } = input;
  const { content, sha256 } = keyring;
  const keys = deriveKeys(vaultKey, json.vault, content.epoch);
  const nextEpoch = content.epoch + 1;
  const nextDatabaseKey = nextVaultKey === undefined ? undefined : deriveKey(nextVaultKey, json.vault, 'db', nextEpoch);
  const access: VaultAccess = {
    directory,
    vaultId: json.vault,
    name: content.name,
    epoch: content.epoch,
    created: json.created,
    ...keys,
    fingerprint: content.fingerprint,
    keyring: { serial: content.serial, sha256 },
    recoveryPassed: json.recoveryPassed !== null,
    ...(nextDatabaseKey === undefined
      ? {}
      : { interruptedRotation: { epoch: nextEpoch, databaseKey: nextDatabaseKey } }),
    close: () => {
      zeroKeys(keys);
      vaultKey.fill(0);
      nextVaultKey?.fill(0);
      nextDatabaseKey?.fill(0);
      internalsOf.delete(access);
    },
  };
  internalsOf.set(access, nextVaultKey === undefined ? { vaultKey } : { vaultKey, nextVaultKey });
  return access;
}

/** An open vault of one person. */
export function openVaultOf(access: VaultAccess, person: ProvenUser): OpenVault {
  const internals = internalsOf.get(access);
  const opened: OpenVault = {
    ...access,
    user: person.user,
    signer: person.signer,
    close: () => {
      person.close();
      internalsOf.delete(opened);
      access.close();
    },
  };
  if (internals !== undefined) internalsOf.set(opened, internals);
  return opened;
}
