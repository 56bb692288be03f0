import { type Connection, SqliteConnection } from './binding.ts';

/** A connection to an encrypted database, with its key set. For connection.ts and the thread that checks it. */

/** The archive process is alone behind the instance lock, so waiting long for a lock would only hide a mistake. */
export const BUSY_MS = 1000;

export function connect(path: string, key: Uint8Array, readonly: boolean): Connection {
  const database = new SqliteConnection(path, { fileMustExist: true, readonly, timeout: BUSY_MS });
  try {
    unlock(database, key);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Without these the binding's own cipher or none at all would be used, and 32 bare bytes would be taken for a passphrase (M4). */
export function unlock(database: Connection, key: Uint8Array): void {
  database.pragma("cipher='sqlcipher'");
  database.pragma('legacy=4');
  const raw = Buffer.alloc(4 + 32);
  raw.write('raw:', 'latin1');
  raw.set(key, 4);
  try {
    database.key(raw);
  } finally {
    raw.fill(0);
  }
  const cipher = database.pragma('cipher', { simple: true });
  const legacy = database.pragma('legacy', { simple: true });
  if (cipher !== 'sqlcipher' || String(legacy) !== '4')
    throw new Error('The database library did not accept the cipher');
}
