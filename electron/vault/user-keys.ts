/** What a person's slot holds: an age identity, an Ed25519 seed, the fingerprint of the vault (security.md §5). */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Random } from '../platform/random.ts';
import { type Signer, signerFromSeed } from '../platform/signer.ts';
import { canonicalJson } from './canonical-json.ts';

/** The private half. `seed` has 32 bytes. */
export interface UserKeys {
  readonly ageIdentity: string;
  readonly seed: Buffer;
  /** SHA-256 of log entry 0 in hex: a vault with another first entry is a planted one. */
  readonly fingerprint: string;
}

/** The public half, as it stands in the keyring. */
export interface PublicKeys {
  readonly recipient: string;
  /** 32 bytes in base64. */
  readonly ed25519: string;
}

const secretShape = z.strictObject({
  v: z.literal(1),
  age: z.string().regex(/^AGE-SECRET-KEY-1[A-Z0-9]{58}$/),
  ed25519: z.base64().length(44),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Fresh keys for a person. */
export async function createUserKeys(random: Random, fingerprint: string): Promise<UserKeys> {
  return { ageIdentity: await generateX25519Identity(), seed: random.bytes(32), fingerprint };
}

/** The public half of a person's keys. */
export async function publicKeysOf(keys: UserKeys): Promise<PublicKeys> {
  const signer = signerFromSeed(keys.seed);
  const ed25519 = signer.publicKey.toString('base64');
  signer.close();
  return { recipient: await identityToRecipient(keys.ageIdentity), ed25519 };
}

/** A signer for a person. */
export function signerOf(keys: UserKeys): Signer {
  return signerFromSeed(keys.seed);
}

/** The bytes that are sealed in a slot. Zero them after use. */
export function encodeUserKeys(keys: UserKeys): Buffer {
  const { ageIdentity: age, seed, fingerprint } = keys;
  return canonicalJson({ v: 1, age, ed25519: seed.toString('base64'), fingerprint });
}

/** @throws AppError VAULT_DAMAGED if the bytes are not what `encodeUserKeys` gives */
export function decodeUserKeys(bytes: Uint8Array): UserKeys {
  try {
    const parsed = secretShape.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    const seed = Buffer.from(parsed.ed25519, 'base64');
    if (seed.length === 32) return { ageIdentity: parsed.age, seed, fingerprint: parsed.fingerprint };
  } catch {
    // No cause: a parser's message may quote what it read.
  }
  throw new AppError('VAULT_DAMAGED', { params: { reason: 'slot' } });
}
