/**
 * A new vault key (new epoch), when somebody who held it leaves (R08). In this order, so that a crash anywhere leaves the
 * old state or the new one: envelope of the next epoch → signed keyring of the next epoch beside the present one → the
 * caller swaps in the re-keyed copy of the database → the next keyring replaces the present one → old envelope removed.
 */
import { AppError } from '../../shared/errors/app-error.ts';
import { removeDurably, replaceDurably } from '../platform/durable-files.ts';
import { deriveKey } from './derive.ts';
import {
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
import { nextVaultKeyOf, type OpenVault, openVaultOf, type VaultAccess, vaultAccess } from './open-vault.ts';
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
    created: clock.now().toISOString(),
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
      return adopt(opened, next, vaultKey);
    },
    abandon: async () => {
      databaseKey.fill(0);
      vaultKey.fill(0);
      await forgetNext(opened);
    },
  };
}

/** Puts the next keyring in force; `vaultKey` belongs to the result. */
async function adopt(opened: OpenVault, next: Keyring, vaultKey: Buffer): Promise<OpenVault> {
  const { directory } = opened;
  const paths = vaultPaths(directory);
  await replaceDurably(paths.keyring, await readNextBytes(opened, next));
  await removeDurably(paths.nextKeyring);
  // A change that waited was made for the keyring just replaced.
  await removeDurably(paths.proposedKeyring);
  await removeDurably(paths.envelope(next.content.epoch - 1));
  const json = await readVaultJson(directory);
  const ownKey = Buffer.from(vaultKey);
  const { user, signer, fingerprint } = opened;
  const person = { user, signer, fingerprint, close: () => signer.close() };
  const renewed = openVaultOf(vaultAccess({ directory, json, keyring: next, vaultKey: ownKey }), person);
  vaultKey.fill(0);
  closeKeysOnly(opened);
  return renewed;
}

/** The signer lives on in the renewed vault; only the old keys go. */
function closeKeysOnly(opened: OpenVault): void {
  for (const key of [opened.databaseKey, opened.draftsKey, opened.anchorKey, opened.checkKey]) key.fill(0);
}

async function readNextBytes(access: VaultAccess, expected: Keyring): Promise<Buffer> {
  const bytes = await readNextKeyring(access.directory);
  if (bytes === undefined || parseKeyring(bytes, access.vaultId).sha256 !== expected.sha256)
    throw new AppError('CONFLICT', { params: { reason: 'rotation' } });
  return bytes;
}

async function forgetNext(access: VaultAccess): Promise<void> {
  const paths = vaultPaths(access.directory);
  await removeDurably(paths.nextKeyring);
  await removeDurably(paths.envelope(access.epoch + 1));
}

/**
 * Ends a rotation that was cut short.
 * @param databaseOpensWith which key opened the database: `present` = it was not swapped yet, `next` = it was
 * @returns the vault to go on with
 */
export async function settleRotation(input: {
  readonly opened: OpenVault;
  readonly databaseOpensWith: 'present' | 'next';
}): Promise<OpenVault> {
  const { opened } = input;
  const vaultKey = nextVaultKeyOf(opened);
  if (input.databaseOpensWith === 'present') {
    await forgetNext(opened);
    return opened;
  }
  const { keyring } = await readVault(opened.directory);
  const next = await readNext(opened.directory, keyring);
  if (vaultKey === undefined || next === undefined)
    throw new AppError('VAULT_DAMAGED', { params: { reason: 'rotation' } });
  return adopt(opened, next, vaultKey);
}
