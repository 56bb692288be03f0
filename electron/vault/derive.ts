import { hkdfSync } from 'node:crypto';

/** What a key derived from the vault key is for (security.md §5). */
export const KEY_USES = ['db', 'anchor', 'check', 'drafts'] as const;
export type KeyUse = (typeof KEY_USES)[number];

/** The keys a vault key gives, 32 bytes each. */
export interface DerivedKeys {
  readonly databaseKey: Buffer;
  readonly anchorKey: Buffer;
  readonly checkKey: Buffer;
  readonly draftsKey: Buffer;
}

/**
 * HKDF-SHA-256 of the vault key: salt = vault id (16 bytes), info = `archive/v1/<use>/epoch=<n>` (§5, vectors §14).
 * @param vaultId 32 hex digits
 */
export function deriveKey(vaultKey: Uint8Array, vaultId: string, use: string, epoch: number): Buffer {
  const salt = Buffer.from(vaultId, 'hex');
  if (salt.length !== 16 || vaultKey.length !== 32 || use === '')
    throw new TypeError('key derivation needs key, salt, use');
  return Buffer.from(hkdfSync('sha256', vaultKey, salt, `archive/v1/${use}/epoch=${epoch}`, 32));
}

/** The drafts key of one person, 32 bytes. */
export function draftsKeyOf(vault: { draftsKey: Uint8Array; vaultId: string; epoch: number }, login: string): Buffer {
  return deriveKey(vault.draftsKey, vault.vaultId, `drafts/${login}`, vault.epoch);
}

/** All derived keys of one epoch. */
export function deriveKeys(vaultKey: Uint8Array, vaultId: string, epoch: number): DerivedKeys {
  const of = (use: KeyUse) => deriveKey(vaultKey, vaultId, use, epoch);
  return { databaseKey: of('db'), anchorKey: of('anchor'), checkKey: of('check'), draftsKey: of('drafts') };
}

/** Overwrites derived keys with zeroes. */
export function zeroKeys(keys: DerivedKeys): void {
  for (const key of [keys.databaseKey, keys.anchorKey, keys.checkKey, keys.draftsKey]) key.fill(0);
}
