import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Connection } from './binding.ts';
import { connect } from './cipher-connection.ts';
import { integrityProblems } from './integrity-check.ts';
import { verifyPages } from './page-verifier.ts';

/** The one place that changes a key, and only of a copy that nobody else has open (security §6): the narrow type elsewhere leaves it out. */
interface RekeyableConnection extends Connection {
  rekey(key: Buffer): unknown;
}

/**
 * Puts a copy under another key and proves it: every page authenticates under the new key, structure and references hold.
 * @param oldKey 32 bytes @param newKey 32 bytes
 * @throws AppError VAULT_DAMAGED when the copy does not hold; the caller removes it
 */
export function rekeyCopy(copy: string, oldKey: Uint8Array, newKey: Uint8Array): void {
  const database = connect(copy, oldKey, false) as RekeyableConnection;
  const raw = Buffer.concat([Buffer.from('raw:', 'latin1'), newKey]);
  try {
    database.pragma('synchronous=FULL');
    database.pragma('temp_store=MEMORY');
    database.rekey(raw);
  } finally {
    raw.fill(0);
    database.close();
  }
  const damaged = () => new AppError('VAULT_DAMAGED', { params: { file: basename(copy), reason: 'rekey' } });
  if (verifyPages(copy, newKey).bad.length > 0) throw damaged();
  const check = connect(copy, newKey, true);
  try {
    if (integrityProblems(check).length > 0) throw damaged();
  } finally {
    check.close();
  }
  // As it will be worked with: else the first to open it would have to change it over, and a kill then leaves a journal to roll back.
  const changed = connect(copy, newKey, false);
  try {
    changed.pragma('journal_mode=WAL');
  } finally {
    changed.close();
  }
}

/**
 * Gives a copy the name of a database that has just been closed; nothing of the old one is left beside it, also not the copies that
 * migrations have kept, which open under the old key (R08).
 */
export function takePlaceOf(path: string, copy: string): void {
  // A write-ahead log of the old database would be played into the new one.
  if (existsSync(`${path}-wal`))
    throw new AppError('VAULT_DAMAGED', { params: { file: basename(path), reason: 'log' } });
  rmSync(`${path}-shm`, { force: true });
  renameSync(copy, path);
  const kept = `${basename(path)}.before-`;
  for (const name of readdirSync(dirname(path)))
    if (name.startsWith(kept)) rmSync(join(dirname(path), name), { force: true });
}
