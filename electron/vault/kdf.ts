/** From a person's secret to keys: NFKC, Argon2id, PHC string (security.md §5, R06). */
import { hashRaw } from '@node-rs/argon2';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

/** Costs of Argon2id. `minimumMemoryKiB` is the least memory a slot that is read may ask for. */
export interface KdfParameters {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly minimumMemoryKiB: number;
}

/** R06: 256 MiB, 3 passes, 4 lanes for new slots; slots below 64 MiB are refused. Tests pass cheaper ones in code. */
export const PRODUCTION_KDF: KdfParameters = {
  memoryKiB: 262_144,
  passes: 3,
  lanes: 4,
  minimumMemoryKiB: 65_536,
};

const MAXIMUM_MEMORY_KIB = 1_048_576;
const MAXIMUM_PASSES = 20;
const MAXIMUM_LANES = 8;
const ARGON2ID = 2;
const VERSION_13 = 1;
const PHC = /^\$argon2id\$v=19\$m=(\d{1,10}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})$/;

/** A PHC string taken apart: what Argon2id is to be run with. */
export interface KdfCall {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
}

/** The two halves of the 64 bytes Argon2id gives: the key of the slot, and what is compared before it is used (§5). */
export interface SecretKeys {
  readonly slotKey: Buffer;
  readonly commitment: Buffer;
}

/** A PHC string with a fresh 16-byte salt. */
export function newPhc(parameters: KdfParameters, random: Random): string {
  const { memoryKiB, passes, lanes } = parameters;
  const salt = random.bytes(16).toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${salt}`;
}

/**
 * Takes a PHC string apart and refuses costs outside R06 (m < floor or > 1 GiB, t > 20, p > 8) before anything is allocated.
 * @throws AppError VAULT_DAMAGED
 */
export function parsePhc(text: string, parameters: KdfParameters): KdfCall {
  const [, m, t, p, saltText] = PHC.exec(text) ?? [];
  const call = {
    memoryKiB: Number(m),
    passes: Number(t),
    lanes: Number(p),
    salt: Buffer.from(saltText ?? '', 'base64'),
  };
  const isAllowed =
    call.memoryKiB >= parameters.minimumMemoryKiB &&
    call.memoryKiB >= 8 * call.lanes &&
    call.memoryKiB <= MAXIMUM_MEMORY_KIB &&
    call.passes >= 1 &&
    call.passes <= MAXIMUM_PASSES &&
    call.lanes >= 1 &&
    call.lanes <= MAXIMUM_LANES &&
    call.salt.length >= 8 &&
    call.salt.length <= 64;
  if (!isAllowed) throw new AppError('VAULT_DAMAGED', { params: { reason: 'kdf' } });
  return call;
}

/**
 * Runs Argon2id over the whole secret (NFKC, UTF-8). Rejects only if memory runs out.
 * @param keyFile the key of a key file, as Argon2's own secret value (RFC 9106 §3.1)
 */
export async function deriveFromSecret(secret: string, call: KdfCall, keyFile?: Buffer): Promise<SecretKeys> {
  const password = Buffer.from(secret.normalize('NFKC'), 'utf8');
  try {
    const output = await hashRaw(password, {
      algorithm: ARGON2ID,
      version: VERSION_13,
      memoryCost: call.memoryKiB,
      timeCost: call.passes,
      parallelism: call.lanes,
      outputLen: 64,
      salt: call.salt,
      ...(keyFile === undefined ? {} : { secret: keyFile }),
    });
    const keys = { slotKey: Buffer.from(output.subarray(0, 32)), commitment: Buffer.from(output.subarray(32)) };
    output.fill(0);
    return keys;
  } catch {
    // The library's message is not passed on: it has seen the secret.
    throw new AppError('INTERNAL', { params: { reason: 'kdf' } });
  } finally {
    password.fill(0);
  }
}

/** At setup: raises the passes until one derivation takes about `targetMs` on this machine; never below production (§5). */
export async function calibratedKdf(clock: Clock, random: Random, targetMs = 700): Promise<KdfParameters> {
  const call = { ...PRODUCTION_KDF, salt: random.bytes(16) };
  const start = clock.monotonicMs();
  const { slotKey } = await deriveFromSecret('calibration', call);
  slotKey.fill(0);
  const msPerPass = Math.max(1, clock.monotonicMs() - start) / call.passes;
  const passes = Math.min(MAXIMUM_PASSES, Math.max(PRODUCTION_KDF.passes, Math.floor(targetMs / msPerPass)));
  return { ...PRODUCTION_KDF, passes };
}
