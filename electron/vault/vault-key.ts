/** The vault key in its envelope `keys/full-<epoch>.age` (security.md §5, §6). */
import { createHmac } from 'node:crypto';
import { Decrypter, Encrypter } from 'age-encryption';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { canonicalJson } from './canonical-json.ts';

const payloadShape = z.strictObject({
  v: z.literal(1),
  vault: z.string(),
  kind: z.literal('full'),
  epoch: z.int().positive(),
  key: z.base64().length(44),
});

/** Which vault key is meant. */
export interface VaultKeyName {
  readonly vaultId: string;
  readonly epoch: number;
}

/** Wraps the vault key for keepers, supervisors and the recovery key. Post-quantum recipients are never mixed in (§11). */
export async function wrapVaultKey(key: Buffer, name: VaultKeyName, recipients: readonly string[]): Promise<Buffer> {
  const encrypter = new Encrypter();
  for (const recipient of new Set(recipients)) {
    if (!/^age1[a-z0-9]{58}$/.test(recipient)) throw new TypeError('recipients are X25519 only');
    encrypter.addRecipient(recipient);
  }
  const payload = canonicalJson({
    v: 1,
    vault: name.vaultId,
    kind: 'full',
    epoch: name.epoch,
    key: key.toString('base64'),
  });
  try {
    return Buffer.from(await encrypter.encrypt(payload));
  } finally {
    payload.fill(0);
  }
}

/**
 * Opens the envelope and compares vault id, kind and epoch.
 * @param wrongKey the error if the identity is none of the recipients
 * @throws AppError `wrongKey`, or VAULT_DAMAGED
 */
export async function unwrapVaultKey(
  envelope: Uint8Array,
  name: VaultKeyName,
  identity: string,
  wrongKey: 'RECOVERY_KEY_WRONG' | 'VAULT_DAMAGED',
): Promise<Buffer> {
  const damaged = () => new AppError('VAULT_DAMAGED', { params: { reason: 'envelope' } });
  let plain: Uint8Array;
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    plain = await decrypter.decrypt(envelope);
  } catch (thrown) {
    const isNoRecipient = thrown instanceof Error && thrown.message.includes('no identity matched');
    throw isNoRecipient && wrongKey !== 'VAULT_DAMAGED' ? new AppError(wrongKey) : damaged();
  }
  try {
    const payload = payloadShape.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
    const key = Buffer.from(payload.key, 'base64');
    if (payload.vault === name.vaultId && payload.epoch === name.epoch && key.length === 32) return key;
  } catch {
    // No cause: a parser's message may quote what it read.
  } finally {
    plain.fill(0);
  }
  throw damaged();
}

/** What the keyring says about a vault key, so that an unwrapped key can be compared: age does not say who wrapped it (§5). */
export function checkValueOf(checkKey: Buffer, name: VaultKeyName): string {
  return createHmac('sha256', checkKey)
    .update(`archive-vault-key-check/v1\n${name.vaultId}\n${name.epoch}\n`)
    .digest('hex');
}
