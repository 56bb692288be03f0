/**
 * The recovery key: an age identity of 74 characters with a checksum that refuses every wrong character (M13, R10).
 * It also signs: a keyring that readmits the keeper is signed by a key derived from it.
 */
import { hkdfSync } from 'node:crypto';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Random } from '../platform/random.ts';
import { type Signer, signerFromSeed } from '../platform/signer.ts';
import { equalBytes } from './hash.ts';
import type { PublicKeys } from './user-keys.ts';

const IDENTITY = /^AGE-SECRET-KEY-1[A-Z0-9]{58}$/;
const GROUP_LENGTH = 4;
/** `AGE- SECR ET-K EY-1` are the same on every sheet and prove nothing. */
const FIXED_GROUPS = 4;

/** A new recovery key as one line, as the `age` command takes it. */
export async function createRecoveryKey(): Promise<string> {
  return generateX25519Identity();
}

/** The recovery key cut into groups of four, as it is printed; the last has two. */
export function recoveryKeyGroups(recoveryKey: string): string[] {
  return recoveryKey.match(new RegExp(`.{1,${GROUP_LENGTH}}`, 'gu')) ?? [];
}

/**
 * Reads a recovery key as somebody typed it: spaces and line breaks anywhere, small or full-width letters.
 * @returns the key as one line
 * @throws AppError RECOVERY_KEY_WRONG for every key with a typing error (R10); never quoting it
 */
export async function parseRecoveryKey(typed: string): Promise<string> {
  const key = typed.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
  try {
    if (IDENTITY.test(key)) {
      await identityToRecipient(key);
      return key;
    }
  } catch {
    // The checksum failed. The library's message quotes the key, so it stays here.
  }
  throw new AppError('RECOVERY_KEY_WRONG');
}

/** Signs in the name of the recovery key of one vault. */
export function recoverySigner(recoveryKey: string, vaultId: string): Signer {
  const input = Buffer.from(recoveryKey, 'utf8');
  const seed = Buffer.from(hkdfSync('sha256', input, Buffer.from(vaultId, 'hex'), 'archive/v1/recovery-sign', 32));
  const signer = signerFromSeed(seed);
  seed.fill(0);
  input.fill(0);
  return signer;
}

/** The public half of a recovery key: recipient of the vault key and of every backup, and its verifying key. */
export async function publicHalf(recoveryKey: string, vaultId: string): Promise<PublicKeys> {
  const signer = recoverySigner(recoveryKey, vaultId);
  const ed25519 = signer.publicKey.toString('base64');
  signer.close();
  return { recipient: await identityToRecipient(recoveryKey), ed25519 };
}

/** A printed group typed back: its place from 0. */
export interface TypedGroup {
  readonly index: number;
  readonly text: string;
}

/** Chooses which groups somebody types back to show that the sheet is readable: places from 0, ascending. */
export function groupsToConfirm(recoveryKey: string, random: Random, count = 2): number[] {
  const pool = recoveryKeyGroups(recoveryKey)
    .map((_, index) => index)
    .slice(FIXED_GROUPS, -1);
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, pool.length)) {
    const pick = pool[random.bytes(4).readUInt32BE() % pool.length];
    if (pick !== undefined) chosen.add(pick);
  }
  return [...chosen].sort((a, b) => a - b);
}

/** True if what was typed for the groups asked for is what the sheet says. */
export function confirmsRecoveryKey(
  recoveryKey: string,
  asked: readonly number[],
  typed: readonly TypedGroup[],
): boolean {
  const groups = recoveryKeyGroups(recoveryKey);
  const fold = (text: string) => text.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
  const wanted = asked.map((index) => `${index} ${groups[index] ?? ''}`).join('|');
  const given = typed.map(({ index, text }) => `${index} ${fold(text)}`).join('|');
  return asked.length > 0 && equalBytes(Buffer.from(wanted), Buffer.from(given));
}
