/** A person's slot: the private keys under a key from the person's secret (security.md §6). */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { canonicalJson } from './canonical-json.ts';
import { equalBytes, sha256Hex } from './hash.ts';
import { deriveFromSecret, type KdfParameters, newPhc, parsePhc } from './kdf.ts';
import type { KeyFile } from './key-file.ts';
import { decodeUserKeys, encodeUserKeys, type UserKeys } from './user-keys.ts';

const TAG_LENGTH = 16;
const MAXIMUM_SLOT_BYTES = 16_384;
const HEX = /^[0-9a-f]+$/;

const slotFields = {
  vault: z.string().length(32).regex(HEX),
  user: z.string().regex(/^u-[0-9a-f]{4,16}$/),
  kdf: z.string().max(200),
  commit: z.string().length(64).regex(HEX),
  nonce: z.string().length(24).regex(HEX),
  ct: z.base64().max(8_192),
  created: z.iso.datetime({ precision: 3 }),
};
/** Version 2 asks for a key file, which its `device` names; a program that knows only version 1 says that it is too old. */
const slotShape = z.discriminatedUnion('v', [
  z.strictObject({ v: z.literal(1), ...slotFields, device: z.null() }),
  z.strictObject({
    v: z.literal(2),
    ...slotFields,
    device: z.strictObject({ kind: z.literal('keyFile'), id: z.string().length(16).regex(HEX) }),
  }),
]);
const NEWEST_SLOT = 2;
type Slot = z.infer<typeof slotShape>;

/** A slot ready to be written, and the hash the keyring keeps of it. */
export interface SealedSlot {
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** All of a slot but what is encrypted. */
type OpenPart = Omit<z.infer<z.ZodObject<typeof slotFields>>, 'nonce' | 'ct'> & Pick<Slot, 'v' | 'device'>;

function associatedData(slot: OpenPart): Buffer {
  const { v, vault, user, kdf, commit, device, created } = slot;
  return canonicalJson({ v, vault, user, kdf, commit, device, created });
}

/** Seals a person's keys under a secret, with new salt and nonce (§5, §6). */
export async function sealSlot(input: {
  readonly vaultId: string;
  readonly userId: string;
  readonly secret: string;
  readonly keys: UserKeys;
  readonly kdf: KdfParameters;
  readonly random: Random;
  readonly clock: Clock;
  /** The key file without which the slot does not open from then on. */
  readonly keyFile?: KeyFile | undefined;
}): Promise<SealedSlot> {
  const kdf = newPhc(input.kdf, input.random);
  const { slotKey, commitment } = await deriveFromSecret(input.secret, parsePhc(kdf, input.kdf), input.keyFile?.key);
  const open: OpenPart = {
    v: input.keyFile === undefined ? 1 : 2,
    vault: input.vaultId,
    user: input.userId,
    kdf,
    commit: commitment.toString('hex'),
    device: input.keyFile === undefined ? null : { kind: 'keyFile', id: input.keyFile.id },
    created: input.clock.now().toISOString(),
  };
  const nonce = input.random.bytes(12);
  const plain = encodeUserKeys(input.keys);
  const cipher = createCipheriv('aes-256-gcm', slotKey, nonce, { authTagLength: TAG_LENGTH });
  cipher.setAAD(associatedData(open));
  const ct = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  for (const buffer of [slotKey, commitment, plain]) buffer.fill(0);
  const { v, vault, user, commit, device, created } = open;
  const slot = {
    v,
    vault,
    user,
    kdf,
    commit,
    nonce: nonce.toString('hex'),
    ct: ct.toString('base64'),
    device,
    created,
  };
  const bytes = Buffer.from(JSON.stringify(slot), 'utf8');
  return { bytes, sha256: sha256Hex(bytes) };
}

function damaged(userId: string): AppError {
  return new AppError('VAULT_DAMAGED', { params: { reason: 'slot', user: userId } });
}

function parseSlot(bytes: Buffer, vaultId: string, userId: string): Slot {
  let json: unknown;
  try {
    if (bytes.length > MAXIMUM_SLOT_BYTES) throw damaged(userId);
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw damaged(userId);
  }
  if (typeof json === 'object' && json !== null && 'v' in json && typeof json.v === 'number' && json.v > NEWEST_SLOT)
    throw new AppError('FORMAT_NEWER', { params: { format: json.v } });
  const parsed = slotShape.safeParse(json);
  if (!parsed.success || parsed.data.vault !== vaultId || parsed.data.user !== userId) throw damaged(userId);
  return parsed.data;
}

/** Which key file a slot asks for; undefined where the secret alone opens it. */
export function keyFileWanted(bytes: Buffer, vaultId: string, userId: string): string | undefined {
  return parseSlot(bytes, vaultId, userId).device?.id;
}

/**
 * Opens a slot with a secret. The commitment is compared first, in constant time (§5).
 * @throws AppError SECRET_WRONG, VAULT_DAMAGED (also for costs outside R06, at once), FORMAT_NEWER
 */
export async function openSlot(input: {
  readonly bytes: Buffer;
  readonly vaultId: string;
  readonly userId: string;
  readonly secret: string;
  readonly kdf: KdfParameters;
  readonly keyFile?: KeyFile | undefined;
}): Promise<UserKeys> {
  const slot = parseSlot(input.bytes, input.vaultId, input.userId);
  const { slotKey, commitment } = await deriveFromSecret(
    input.secret,
    parsePhc(slot.kdf, input.kdf),
    input.keyFile?.key,
  );
  try {
    if (!equalBytes(commitment, Buffer.from(slot.commit, 'hex'))) throw new AppError('SECRET_WRONG');
    return decodeUserKeys(decrypt(slot, slotKey, input.userId));
  } finally {
    slotKey.fill(0);
    commitment.fill(0);
  }
}

function decrypt(slot: Slot, slotKey: Buffer, userId: string): Buffer {
  const sealed = Buffer.from(slot.ct, 'base64');
  if (sealed.length <= TAG_LENGTH) throw damaged(userId);
  try {
    const decipher = createDecipheriv('aes-256-gcm', slotKey, Buffer.from(slot.nonce, 'hex'), {
      authTagLength: TAG_LENGTH,
    });
    decipher.setAAD(associatedData(slot));
    decipher.setAuthTag(sealed.subarray(-TAG_LENGTH));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_LENGTH)), decipher.final()]);
  } catch {
    // The secret was right, so the file was changed after it was written.
    throw damaged(userId);
  }
}

/**
 * Spends the time and memory a real slot would have cost, then refuses: somebody who does not exist looks like a wrong secret (R04).
 * @param like bytes of some real slot whose costs are copied, if there is one
 */
export async function openDecoy(
  secret: string,
  like: Buffer | undefined,
  kdf: KdfParameters,
  random: Random,
): Promise<never> {
  let phc = newPhc(kdf, random);
  try {
    const json: unknown = JSON.parse(like?.toString('utf8') ?? '{}');
    const parsed = slotShape.safeParse(json);
    if (parsed.success) phc = parsed.data.kdf;
  } catch {
    // A damaged slot of somebody else changes nothing here.
  }
  const { slotKey, commitment } = await deriveFromSecret(secret, parsePhc(phc, kdf));
  equalBytes(commitment, random.bytes(32));
  slotKey.fill(0);
  commitment.fill(0);
  throw new AppError('SECRET_WRONG');
}
