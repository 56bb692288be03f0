/** Changing the keyring: proposed by one person, in force when the signatures suffice (security.md §6, R71). */
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import { removeDurably, replaceDurably } from '../platform/durable-files.ts';
import { sha256Hex } from './hash.ts';
import {
  activeUsers,
  cosignKeyring,
  createdAfter,
  type Keyring,
  type KeyringContent,
  type KeyringSigner,
  type KeyringUser,
  parseKeyring,
  requireMac,
  signersOf,
  signersSuffice,
  signKeyring,
  vaultKeyRecipients,
} from './keyring.ts';
import { oneAtATime } from './one-at-a-time.ts';
import {
  type OpenVault,
  type ProvenUser,
  toVaultUser,
  type VaultAccess,
  type VaultUser,
  vaultKeyOf,
} from './open-vault.ts';
import { settleSlot } from './slot-files.ts';
import { readNext, readVault } from './unlock.ts';
import { readProposedBytes, vaultPaths } from './vault-files.ts';
import { wrapVaultKey } from './vault-key.ts';

/** Somebody who has just proved themselves and signs: an opened vault's person or one from `verifySecret`. */
export type Person = Pick<ProvenUser, 'user' | 'signer'>;

/** A change of the keyring that waits for another signature. */
export interface ProposedChange {
  /** SHA-256 of the exact statement to approve, hex. */
  readonly statement: string;
  readonly created: string;
  readonly admitted: readonly VaultUser[];
  readonly changed: readonly VaultUser[];
  readonly removed: readonly VaultUser[];
  /** Ids of the people who have signed so far. */
  readonly signedBy: readonly string[];
}

async function readCurrent(access: VaultAccess): Promise<Keyring> {
  const { keyring } = await readVault(access.directory);
  requireMac(keyring, access.checkKey);
  return keyring;
}

/** A keyring changed now would orphan the one prepared for the next epoch, and with it a database already re-keyed. */
async function refuseDuringRotation(access: VaultAccess, current: Keyring): Promise<void> {
  if ((await readNext(access.directory, current)) !== undefined)
    throw new AppError('CONFLICT', { params: { reason: 'rotation' } });
}

/** The waiting keyring, if there is one and it belongs to the present one. */
async function readProposed(access: VaultAccess, current: Keyring): Promise<Keyring | undefined> {
  const bytes = await readProposedBytes(access.directory);
  if (bytes === undefined) return undefined;
  const proposed = parseKeyring(bytes, access.vaultId);
  requireMac(proposed, access.checkKey);
  return proposed.content.previous === current.sha256 ? proposed : undefined;
}

async function putInForce(access: VaultAccess, note: Buffer, current: Keyring): Promise<void> {
  const { directory, vaultId } = access;
  const paths = vaultPaths(directory);
  const { content } = parseKeyring(note, vaultId);
  const recipients = vaultKeyRecipients(content);
  const before = vaultKeyRecipients(current.content);
  if (recipients.length !== before.length || recipients.some((recipient) => !before.includes(recipient))) {
    const name = { vaultId, epoch: content.epoch };
    await replaceDurably(paths.envelope(content.epoch), await wrapVaultKey(vaultKeyOf(access), name, recipients));
  }
  await replaceDurably(paths.keyring, note);
  await removeDurably(paths.proposedKeyring);
  const known = new Map(current.content.users.map((user) => [user.id, user.slot]));
  for (const user of content.users) if (known.get(user.id) !== user.slot) await settleSlot(directory, vaultId, user);
}

/** What became of a change: `isEnough` if the signatures suffice; `sha256` of the keyring written. */
export interface KeyringOutcome {
  readonly isEnough: boolean;
  readonly sha256: string;
}

/**
 * Changes the keyring, or leaves the change waiting for a second signature. A change builds on one that waits already.
 * @param change gives the new users (and parts) from those of the keyring it builds on
 * @param signers people who sign now
 * @param hold leave it waiting in any case: `forceHeldChange` puts it in force once its log entry is durable (R34)
 * @returns without `hold`, a change whose signatures suffice is in force
 */
export async function changeKeyring(input: {
  readonly access: VaultAccess;
  readonly clock: Clock;
  readonly signers: readonly KeyringSigner[];
  readonly change: (
    base: KeyringContent,
    current: KeyringContent,
  ) => Promise<Partial<KeyringContent>> | Partial<KeyringContent>;
  readonly hold?: boolean;
}): Promise<KeyringOutcome> {
  const { access, clock, signers, hold = false } = input;
  return oneAtATime(`keyring ${access.directory}`, async () => {
    const current = await readCurrent(access);
    await refuseDuringRotation(access, current);
    const base = (await readProposed(access, current)) ?? current;
    const content: KeyringContent = {
      ...base.content,
      ...(await input.change(base.content, current.content)),
      serial: current.content.serial + 1,
      previous: current.sha256,
      created: createdAfter(current.content, clock.now()),
    };
    const note = signKeyring(content, signers, access.checkKey);
    // Read back as any reader would, so that a mistake here never reaches the disk.
    const written = parseKeyring(note, access.vaultId);
    const isEnough = signersSuffice(content, signersOf(written), current.content);
    if (isEnough && !hold) await putInForce(access, note, current);
    else await replaceDurably(vaultPaths(access.directory).proposedKeyring, note);
    return { isEnough, sha256: written.sha256 };
  });
}

/**
 * Puts a held change in force.
 * @throws AppError CONFLICT if another change, or none, waits now; SECOND_PERSON_MISSING if its signatures do not suffice
 */
export async function forceHeldChange(access: VaultAccess, sha256: string): Promise<void> {
  await oneAtATime(`keyring ${access.directory}`, async () => {
    const current = await readCurrent(access);
    await refuseDuringRotation(access, current);
    const proposed = await readProposed(access, current);
    const bytes = await readProposedBytes(access.directory);
    if (proposed === undefined || bytes === undefined || proposed.sha256 !== sha256) throw new AppError('CONFLICT');
    if (!signersSuffice(proposed.content, signersOf(proposed), current.content))
      throw new AppError('SECOND_PERSON_MISSING');
    await putInForce(access, bytes, current);
  });
}

/**
 * Ends a held change that a crash cut short: in force if the log has accepted it, else withdrawn. One that waits for a second
 * signature goes on waiting.
 * @param accepted `sha256` of the last change whose entry is durable
 */
export async function settleHeldChange(access: VaultAccess, accepted: string | undefined): Promise<void> {
  const current = await readCurrent(access);
  const proposed = await readProposed(access, current);
  if (proposed === undefined || !signersSuffice(proposed.content, signersOf(proposed), current.content)) return;
  if (proposed.sha256 === accepted) await forceHeldChange(access, accepted);
  else await withdrawChange(access);
}

/** The people who sign what an opened vault's person does: that person and, if present, who approves it. */
export function signersFor(opened: OpenVault, approver: Person | undefined): KeyringSigner[] {
  const people = [opened, ...(approver === undefined || approver.user.id === opened.user.id ? [] : [approver])];
  return people.map(({ user, signer }) => ({ who: user.id, signer }));
}

/** True if a new person's own key may count as signature: a keeper's always, a supervisor's only for the first one. */
export function mayCosign(user: Pick<KeyringUser, 'role'>, current: KeyringContent): boolean {
  return user.role === 'keeper' || (user.role === 'supervisor' && activeUsers(current, 'supervisor').length === 0);
}

/** The change that waits for a signature, or `undefined`. */
export async function proposedChange(access: VaultAccess): Promise<ProposedChange | undefined> {
  const current = await readCurrent(access);
  const proposed = await readProposed(access, current);
  if (proposed === undefined) return undefined;
  const before = new Map(current.content.users.map((user) => [user.id, JSON.stringify(user)]));
  const after = new Set(proposed.content.users.map(({ id }) => id));
  const { users } = proposed.content;
  return {
    statement: statementHash(proposed),
    created: proposed.content.created,
    admitted: users.filter(({ id }) => !before.has(id)).map(toVaultUser),
    changed: users
      .filter((user) => before.has(user.id) && before.get(user.id) !== JSON.stringify(user))
      .map(toVaultUser),
    removed: current.content.users.filter(({ id }) => !after.has(id)).map(toVaultUser),
    signedBy: [...signersOf(proposed)],
  };
}

/**
 * Signs the waiting change as a second person; it comes into force if the signatures now suffice (R71).
 * @param statement hash of exactly the change that was shown; one changed byte voids the approval
 * @returns true if the change is in force
 * @throws AppError NOT_FOUND, CONFLICT (another change waits now), SECOND_PERSON_MISSING (signed by this person already)
 */
export async function approveChange(input: {
  readonly access: VaultAccess;
  readonly approver: Person;
  readonly statement: string;
}): Promise<boolean> {
  const { access, approver, statement } = input;
  return oneAtATime(`keyring ${access.directory}`, async () => {
    const current = await readCurrent(access);
    await refuseDuringRotation(access, current);
    const proposed = await readProposed(access, current);
    if (proposed === undefined) throw new AppError('NOT_FOUND');
    if (statementHash(proposed) !== statement) throw new AppError('CONFLICT');
    const listed = proposed.content.users.find(({ id }) => id === approver.user.id);
    const isOwnKey = listed?.ed25519 === approver.signer.publicKey.toString('base64');
    if (!isOwnKey || signersOf(proposed).has(approver.user.id)) throw new AppError('SECOND_PERSON_MISSING');
    const note = cosignKeyring(proposed, { who: approver.user.id, signer: approver.signer });
    const signed = parseKeyring(note, access.vaultId);
    const isEnough = signersSuffice(signed.content, signersOf(signed), current.content);
    if (isEnough) await putInForce(access, note, current);
    else await replaceDurably(vaultPaths(access.directory).proposedKeyring, note);
    return isEnough;
  });
}

/** Withdraws the waiting change, if there is one, with the slots made for it. */
export async function withdrawChange(access: VaultAccess): Promise<void> {
  await oneAtATime(`keyring ${access.directory}`, async () => {
    const paths = vaultPaths(access.directory);
    const current = await readCurrent(access);
    const proposed = await readProposed(access, current).catch(() => undefined);
    await removeDurably(paths.proposedKeyring);
    const known = new Map(current.content.users.map((user) => [user.id, user.slot]));
    for (const { id, slot } of proposed?.content.users ?? [])
      if (known.get(id) !== slot) await removeDurably(paths.stagedSlot(id, slot));
  });
}

function statementHash(keyring: Keyring): string {
  return sha256Hex(keyring.note.text);
}
