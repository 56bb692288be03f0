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

/** Pages of the write-ahead log from which on a commit moves it into the database: 16 MB. */
export const LOG_PAGES = 4_000;
/** Bytes to which a log is cut back once it has been moved. */
export const LARGEST_LOG = 64 * 1024 * 1024;

/**
 * Set and read back on every connection (§7 step 6): name, value to set, value to read. `synchronous` is not stored in the file and falls
 * back to NORMAL in WAL mode, which loses acknowledged writes in a power cut (M1, R43); `temp_store` keeps plaintext out of
 * temporary files (M3, R02); `recursive_triggers` lets triggers stop REPLACE (M11).
 */
export const PRAGMAS: readonly (readonly [name: string, value: string | number, reads: string | number])[] = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['temp_store', 'MEMORY', 2],
  ['foreign_keys', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['mmap_size', 0, 0],
  // The log is moved into the database while nobody waits (`checkpointWal`, `moveLogApart`), and by a save only once it holds so many pages.
  ['wal_autocheckpoint', LOG_PAGES, LOG_PAGES],
  // A log that one large import has grown is cut back at the next checkpoint that can.
  ['journal_size_limit', LARGEST_LOG, LARGEST_LOG],
  ...(process.platform === 'darwin'
    ? ([
        ['fullfsync', 1, 1],
        ['checkpoint_fullfsync', 1, 1],
      ] as const)
    : []),
];

export function setPragmas(database: Connection): void {
  for (const [name, value, reads] of PRAGMAS) setPragma(database, name, value, reads);
}

export function setPragma(database: Connection, name: string, value: string | number, reads: string | number): void {
  database.pragma(`${name}=${value}`);
  const answer = database.pragma(name, { simple: true });
  if (answer !== reads) throw new Error(`PRAGMA ${name} is ${String(answer)}, not ${reads}`);
}
