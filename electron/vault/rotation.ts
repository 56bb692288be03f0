/**
 * A new vault key (new epoch), when somebody who held it leaves (R08). In this order, so that a crash anywhere leaves the
 * old state or the new one: envelope of the next epoch → signed keyring of the next epoch beside the present one → the
 * caller swaps in the re-keyed copy of the database → the next keyring replaces the present one → old envelope removed.
 */
import { AppError } from '../../shared/errors/app-error.ts';
import { removeDurably, replaceDurably } from '../platform/durable-files.ts';
import { deriveKey } from './derive.ts';
import {
  createdAfter,
  type Keyring,
  type KeyringContent,
  parseKeyring,
  requireMac,
  signersOf,
  signersSuffice,
  signKeyring,
  vaultKeyRecipients,
} from './keyring.ts';
import { signersFor } from './keyring-change.ts';
import {
  nextVaultKeyOf,
  type OpenVault,
  openVaultOf,
  type VaultAccess,
  vaultAccess,
  vaultKeyOf,
} from './open-vault.ts';
import { readNext, readVault } from './unlock.ts';
import type { PeopleChange } from './users.ts';
import { readNextKeyring, readVaultJson, vaultPaths } from './vault-files.ts';
import { checkValueOf, wrapVaultKey } from './vault-key.ts';

/** A rotation under way: the database copy is re-keyed with `databaseKey` and swapped in before `finish`. */
export interface PreparedRotation {
  readonly epoch: number;
  readonly databaseKey: Buffer;
  /** After the database was swapped. The vault that was open before is closed. @returns the vault of the new epoch */
  finish(): Promise<OpenVault>;
  /** Before the database was swapped: removes what was prepared. */
  abandon(): Promise<void>;
}

/**
 * Makes the next vault key for everybody who is admitted now.
 * @throws AppError SECOND_PERSON_MISSING if the vault has a supervisor and `approver` is none; CONFLICT if one was cut short
 */
export async function prepareRotation(change: Omit<PeopleChange, 'kdf' | 'isBlocked'>): Promise<PreparedRotation> {
  const { opened, clock, random } = change;
  const { directory, vaultId } = opened;
  const paths = vaultPaths(directory);
  const { keyring: current } = await readVault(directory);
  requireMac(current, opened.checkKey);
  if (opened.interruptedRotation !== undefined) throw new AppError('CONFLICT', { params: { reason: 'rotation' } });
  const epoch = current.content.epoch + 1;
  const vaultKey = random.bytes(32);
  const checkKey = deriveKey(vaultKey, vaultId, 'check', epoch);
  const content: KeyringContent = {
    ...current.content,
    serial: current.content.serial + 1,
    previous: current.sha256,
    created: createdAfter(current.content, clock.now()),
    epoch,
    checks: { full: checkValueOf(checkKey, { vaultId, epoch }) },
  };
  const note = signKeyring(content, signersFor(opened, change.approver), checkKey);
  checkKey.fill(0);
  const next = parseKeyring(note, vaultId);
  if (!signersSuffice(content, signersOf(next), current.content)) {
    vaultKey.fill(0);
    throw new AppError('SECOND_PERSON_MISSING');
  }
  const recipients = vaultKeyRecipients(content);
  await replaceDurably(paths.envelope(epoch), await wrapVaultKey(vaultKey, { vaultId, epoch }, recipients));
  await replaceDurably(paths.nextKeyring, note);
  const databaseKey = deriveKey(vaultKey, vaultId, 'db', epoch);
  return {
    epoch,
    databaseKey,
    finish: async () => {
      databaseKey.fill(0);
      await installNext(opened, next);
      return withPerson(await renewed(opened, next, vaultKey), opened);
    },
    abandon: async () => {
      databaseKey.fill(0);
      vaultKey.fill(0);
      await forgetNext(opened);
    },
  };
}

/** Puts the next keyring in force on the disk. */
async function installNext(access: VaultAccess, next: Keyring): Promise<void> {
  const paths = vaultPaths(access.directory);
  const note = await readNextKeyring(access.directory);
  if (note === undefined || parseKeyring(note, access.vaultId).sha256 !== next.sha256)
    throw new AppError('CONFLICT', { params: { reason: 'rotation' } });
  await replaceDurably(paths.keyring, note);
  await removeDurably(paths.nextKeyring);
  // A change that waited was made for the keyring just replaced.
  await removeDurably(paths.proposedKeyring);
  await removeDurably(paths.envelope(next.content.epoch - 1));
}

async function forgetNext(access: VaultAccess): Promise<void> {
  const paths = vaultPaths(access.directory);
  await removeDurably(paths.nextKeyring);
  await removeDurably(paths.envelope(access.epoch + 1));
}

/** The same vault with the keys of `vaultKey`, which is zeroed, as are the keys of the one before; its signer lives on. */
async function renewed(before: VaultAccess, keyring: Keyring, vaultKey: Buffer): Promise<VaultAccess> {
  const json = await readVaultJson(before.directory);
  const access = vaultAccess({ directory: before.directory, json, keyring, vaultKey: Buffer.from(vaultKey) });
  vaultKey.fill(0);
  for (const key of [before.databaseKey, before.draftsKey, before.anchorKey, before.checkKey]) key.fill(0);
  return access;
}

function withPerson(access: VaultAccess, { user, signer, fingerprint }: OpenVault): OpenVault {
  return openVaultOf(access, { user, signer, fingerprint, close: () => signer.close() });
}

function isOpenVault(access: VaultAccess): access is OpenVault {
  return 'signer' in access;
}

/**
 * Ends a rotation that was cut short; until then the keyring can not be changed.
 * @param databaseOpensWith which key opened the database: `present` = it was not swapped yet, `next` = it was
 * @returns the vault to go on with; the keys of `opened` are zeroed
 */
export async function settleRotation(input: SettleInput<OpenVault>): Promise<OpenVault>;
export async function settleRotation(input: SettleInput<VaultAccess>): Promise<VaultAccess>;
export async function settleRotation({ opened, databaseOpensWith }: SettleInput<VaultAccess>): Promise<VaultAccess> {
  const { keyring } = await readVault(opened.directory);
  const next = await readNext(opened.directory, keyring);
  const nextKey = nextVaultKeyOf(opened);
  let access: VaultAccess;
  if (databaseOpensWith === 'present') {
    await forgetNext(opened);
    access = await renewed(opened, keyring, vaultKeyOf(opened));
  } else {
    if (nextKey === undefined || next === undefined)
      throw new AppError('VAULT_DAMAGED', { params: { reason: 'rotation' } });
    await installNext(opened, next);
    access = await renewed(opened, next, nextKey);
  }
  return isOpenVault(opened) ? withPerson(access, opened) : access;
}

interface SettleInput<Access extends VaultAccess> {
  readonly opened: Access;
  readonly databaseOpensWith: 'present' | 'next';
}
