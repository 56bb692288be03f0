/**
 * Slot files on disk. The keyring names the slot of each person by hash; who changes the own secret says so in a note
 * signed with the own key, beside the slot, so that this needs nobody else (security.md §6, "own passphrase change").
 * A new slot is written under a staged name first and becomes valid by one atomic replacement of keyring or note; readers
 * find it under either name, so a crash leaves the old secret or the new one valid, never neither (R44).
 */
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { readIfPresent, removeDurably, replaceDurably } from '../platform/durable-files.ts';
import { formatNote, isSignedBy, parseNote, signNote } from '../platform/signed-note.ts';
import type { Signer } from '../platform/signer.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256Hex } from './hash.ts';
import type { KeyringUser } from './keyring.ts';
import type { SealedSlot } from './slot.ts';
import { readSlotNote, vaultPaths } from './vault-files.ts';

const SLOT_LIMIT = 16_384;
const HEX_64 = z.string().regex(/^[0-9a-f]{64}$/);
const noteShape = z.strictObject({
  v: z.literal(1),
  vault: z.string(),
  user: z.string(),
  admitted: HEX_64,
  slot: HEX_64,
  changes: z.int().positive(),
});

/** The slot of a person that is valid now, and how often its secret was changed since admission. */
export interface ValidSlot {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly changes: number;
}

function damaged(userId: string, reason: string): AppError {
  return new AppError('VAULT_DAMAGED', { params: { reason, user: userId } });
}

/** Which slot is valid: the one of the person's own note, if it belongs to the present admission, else the admitted one. */
async function expectedSlot(directory: string, vaultId: string, user: KeyringUser): Promise<Omit<ValidSlot, 'bytes'>> {
  const admitted = { sha256: user.slot, changes: 0 };
  const bytes = await readSlotNote(directory, user.id);
  if (bytes === undefined) return admitted;
  const note = parseNote(bytes);
  const [line] = note?.signatures ?? [];
  let statement: z.infer<typeof noteShape>;
  try {
    statement = noteShape.parse(JSON.parse(note?.text ?? ''));
  } catch {
    throw damaged(user.id, 'slotNote');
  }
  // A note left from before a readmission was signed with a key that is no longer the person's.
  if (statement.admitted !== user.slot) return admitted;
  const isOwn =
    note !== undefined &&
    line !== undefined &&
    note.signatures.length === 1 &&
    statement.vault === vaultId &&
    statement.user === user.id &&
    isSignedBy(note.text, line, `${vaultId}/${user.id}`, Buffer.from(user.ed25519, 'base64'));
  if (!isOwn) throw damaged(user.id, 'slotNote');
  return { sha256: statement.slot, changes: statement.changes };
}

/** @throws AppError VAULT_DAMAGED if the valid slot of a person is not in the folder */
export async function readValidSlot(directory: string, vaultId: string, user: KeyringUser): Promise<ValidSlot> {
  const expected = await expectedSlot(directory, vaultId, user);
  const paths = vaultPaths(directory);
  for (const path of [paths.slot(user.id), paths.stagedSlot(user.id, expected.sha256)]) {
    const bytes = await readIfPresent(path, SLOT_LIMIT);
    if (bytes !== undefined && sha256Hex(bytes) === expected.sha256) return { ...expected, bytes };
  }
  throw damaged(user.id, 'slot');
}

/** Writes a slot that is not valid yet. */
export async function stageSlot(directory: string, userId: string, slot: SealedSlot): Promise<void> {
  await replaceDurably(vaultPaths(directory).stagedSlot(userId, slot.sha256), slot.bytes);
}

/** Gives the valid slot of a person its lasting name; does nothing if it has it. */
export async function settleSlot(directory: string, vaultId: string, user: KeyringUser): Promise<void> {
  const paths = vaultPaths(directory);
  const valid = await readValidSlot(directory, vaultId, user);
  const settled = await readIfPresent(paths.slot(user.id), SLOT_LIMIT);
  if (settled === undefined || sha256Hex(settled) !== valid.sha256)
    await replaceDurably(paths.slot(user.id), valid.bytes);
  if (valid.changes === 0) await removeDurably(paths.slotNote(user.id));
  await removeDurably(paths.stagedSlot(user.id, valid.sha256));
}

/** Makes a staged slot the valid one by a note the person signs, then settles it. */
export async function adoptOwnSlot(input: {
  readonly directory: string;
  readonly vaultId: string;
  readonly user: KeyringUser;
  readonly slot: SealedSlot;
  readonly changes: number;
  readonly signer: Signer;
}): Promise<void> {
  const { directory, vaultId, user, slot, changes, signer } = input;
  await stageSlot(directory, user.id, slot);
  const statement = { v: 1, vault: vaultId, user: user.id, admitted: user.slot, slot: slot.sha256, changes };
  const text = `${canonicalJson(statement).toString('utf8')}\n`;
  const note = formatNote({ text, signatures: [signNote(text, `${vaultId}/${user.id}`, signer)] });
  await replaceDurably(vaultPaths(directory).slotNote(user.id), note);
  await settleSlot(directory, vaultId, user);
}
