import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { AppError } from '../../shared/errors/app-error.ts';
import { type Connection, SqliteConnection } from './binding.ts';
import {
  BUSY_MS,
  connect,
  LARGEST_LOG,
  LOG_PAGES,
  PRAGMAS,
  setPragma,
  setPragmas,
  unlock,
} from './cipher-connection.ts';
import { integrityProblems } from './integrity-check.ts';
import { type Migration, migrate, newestVersion, refuseNewer } from './migrate.ts';
import { isPlaintextHeader, judgeFirstPage, PAGE_SIZE, verifyPages } from './page-verifier.ts';
import { rekeyCopy, takePlaceOf } from './rekeyed-copy.ts';
import { type Reader, sharedReaderOf, sqlError, type Writer, writerOf } from './sql.ts';

/** 'DOSS': says whose database this is, once decrypted. */
export const ARCHIVE_APPLICATION_ID = 0x444f5353;
/**
 * Kilobytes of pages kept in memory: each page read again from the file is decrypted and authenticated again. The connection that
 * writes also answers nearly all questions (`sharedReaderOf`); the other one only what is asked during a transaction, and row by row.
 */
const CACHE_KB = { writer: 65_536, reader: 16_384 } as const;

export interface ArchiveDatabase {
  /** The one connection that changes the archive. Only the dispatcher opens and ends its transactions. */
  readonly writer: Writer;
  /** Sees what is committed, also while a transaction is open on the writer; refuses every statement that writes. */
  readonly reader: Reader;
  readonly inTransaction: boolean;
  /** False once the connections have ended: by `close`, or because the database went under another key. */
  readonly isOpen: boolean;
  /** `user_version` after the migrations. */
  readonly schemaVersion: number;
  /** BEGIN IMMEDIATE on the writer. */
  begin(): void;
  /**
   * Returns once the transaction is synced to the disk. If that fails, it is rolled back and the reason thrown.
   * `leavesLog`: after very many changes the log stays where it is, and `logWaits` says so.
   */
  commit(options?: { readonly leavesLog: boolean }): void;
  /** Also right after SQLite has rolled back on its own, as it does on a full disk. */
  rollback(): void;
  /** Reads and authenticates all pages, checks the structure and the references, while nothing else happens. Empty when all is well. */
  integrityCheck(): string[];
  /** Moves the write-ahead log into the database. False when a running query kept part of it, and when it waits for a thread. */
  checkpointWal(): boolean;
  /** True when the log is too large to be moved while others wait: no commit moves it until `logMoved` (`moveLogApart`). */
  readonly logWaits: boolean;
  /** A thread has moved the log, or could not: commits move what comes after. */
  logMoved(): void;
  /** A consistent copy under the same key, synced, at a path where nothing stands yet (M5, M18). Not inside a transaction. */
  vacuumInto(path: string): void;
  /**
   * Ends both connections and puts a copy under another key in this database's place (R08). Not inside a transaction. Whatever fails
   * before the swap leaves the database as it was, though closed; `copy` is gone in any case.
   */
  swapForRekeyed(copy: string, oldKey: Uint8Array, newKey: Uint8Array): void;
  /** Ends both connections; the write-ahead log is folded in. */
  close(): void;
}

export interface OpenOptions {
  readonly path: string;
  /** 32 bytes; copies made here are overwritten, the caller's own is left to the caller. */
  readonly key: Uint8Array;
  readonly migrations: readonly Migration[];
  readonly applicationId?: number;
}

export interface CreateOptions extends OpenOptions {
  /** First rows (vault id, log entry 0), written in one transaction before the database appears under its name. */
  readonly populate?: (writer: Writer) => void;
}

/** Databases this process has open: none of them may be touched with fs (M10), nor opened twice. */
const openPaths = new Set<string>();

/**
 * Makes a new archive database. It is built under another name and renamed when whole, so that half a database never stands
 * under `path`. Errors: VAULT_EXISTS when anything stands there, NO_SPACE, READ_ONLY. Returns it opened.
 */
export function createArchiveDatabase(options: CreateOptions): ArchiveDatabase {
  const path = realPath(options.path);
  if (existsSync(path)) throw new AppError('VAULT_EXISTS', { params: { file: basename(path) } });
  const building = `${path}.new`;
  // Left over from an interrupted creation: it never was a vault.
  removeBuilding(building);
  try {
    // Made here rather than by SQLite so that only the owner can read it from the first byte on.
    closeSync(openSync(building, 'wx', 0o600));
    build(building, options);
    syncPath(building);
    refuseUnlessGenuine(building, options.key);
    if (existsSync(path)) throw new AppError('VAULT_EXISTS', { params: { file: basename(path) } });
    renameSync(building, path);
    syncPath(dirname(path));
  } catch (thrown) {
    removeBuilding(building);
    throw AppError.from(sqlError(thrown));
  }
  return openArchiveDatabase(options);
}

/**
 * Opens the archive database in the order of §7; the caller holds the instance lock. Runs pending migrations after
 * putting a verified copy of the old state beside the database (`<path>.before-<version>`, R51).
 *
 * Errors, all before anything is written (R03, R50): VAULT_DAMAGED (`reason`: missing, empty, size, page), VAULT_NOT_A_VAULT (plaintext
 * or somebody else's database), FORMAT_NEWER, VAULT_IN_USE when this process has it open already. A vault that does not open is
 * never created anew, truncated, renamed or written.
 */
export function openArchiveDatabase(options: OpenOptions): ArchiveDatabase {
  const path = realPath(options.path);
  if (openPaths.has(path)) throw new AppError('VAULT_IN_USE', { params: { file: basename(path) } });
  refuseUnlessGenuine(path, options.key);
  openPaths.add(path);
  const hadLog = existsSync(`${path}-wal`);
  const opened: Connection[] = [];
  try {
    rollBackWhatWasCut(path, options.key);
    // The read-only connection comes first and judges everything: closing it never folds a write-ahead log into the file.
    const readerDatabase = connect(path, options.key, true);
    opened.push(readerDatabase);
    const version = judgeContents(readerDatabase, options);
    const writerDatabase = connect(path, options.key, false);
    opened.push(writerDatabase);
    setPragmas(writerDatabase);
    setPragma(writerDatabase, 'cache_size', -CACHE_KB.writer, -CACHE_KB.writer);
    setPragmas(readerDatabase);
    setPragma(readerDatabase, 'cache_size', -CACHE_KB.reader, -CACHE_KB.reader);
    setPragma(readerDatabase, 'query_only', 'ON', 1);
    if (version < newestVersion(options.migrations)) {
      keepCopyBefore(writerDatabase, path, version, options.key);
      migrate(migrationTarget(writerDatabase), version, options.migrations);
    }
    return handle(path, readerDatabase, writerDatabase);
  } catch (thrown) {
    for (const database of opened.reverse()) database.close();
    if (!hadLog) removeEmptyLog(path);
    openPaths.delete(path);
    throw AppError.from(sqlError(thrown));
  }
}

/**
 * A kill in the middle of a change that is not in the write-ahead log (a change of the journal's kind) leaves a journal that SQLite rolls back
 * when it may write; a read-only connection is refused instead (SQLITE_READONLY_ROLLBACK). The first page has been authenticated under this key.
 */
function rollBackWhatWasCut(path: string, key: Uint8Array): void {
  if (!existsSync(`${path}-journal`)) return;
  const database = connect(path, key, false);
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
  } finally {
    database.close();
  }
}

function removeBuilding(building: string): void {
  for (const end of ['', '-journal']) rmSync(building + end, { force: true });
}

/** The real place of a file that need not exist; the binding would cut blanks off the ends and read `file:` as a URI. */
function realPath(path: string): string {
  const absolute = resolve(path);
  if (absolute !== absolute.trim() || absolute.includes('\0')) throw new AppError('INPUT_INVALID');
  const folder = dirname(absolute);
  if (!existsSync(folder))
    throw new AppError('VAULT_DAMAGED', { params: { file: basename(absolute), reason: 'missing' } });
  return join(realpathSync(folder), basename(absolute));
}

/** A refused vault is left as it was found: an empty write-ahead log that looking at it has made goes again. */
function removeEmptyLog(path: string): void {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (log?.size !== 0) return;
  rmSync(`${path}-wal`, { force: true });
  rmSync(`${path}-shm`, { force: true });
}

function refuseUnlessGenuine(path: string, key: Uint8Array): void {
  if (key.length !== 32) throw new Error('The database key has 32 bytes');
  const file = basename(path);
  if (existsSync(path) && !statSync(path).isFile()) throw new AppError('VAULT_NOT_A_VAULT', { params: { file } });
  const verdict = judgeFirstPage(path, key);
  if (verdict === 'plaintext') throw new AppError('VAULT_NOT_A_VAULT', { params: { file } });
  if (verdict !== 'genuine') throw new AppError('VAULT_DAMAGED', { params: { file, reason: verdict } });
}

/** Steps 5 and 7 of §7, on the read-only connection. Returns the schema version. */
function judgeContents(database: Connection, options: OpenOptions): number {
  database.prepare('SELECT count(*) FROM sqlite_schema').get();
  if (database.pragma('application_id', { simple: true }) !== (options.applicationId ?? ARCHIVE_APPLICATION_ID)) {
    throw new AppError('VAULT_NOT_A_VAULT', { params: { file: basename(options.path) } });
  }
  const version = Number(database.pragma('user_version', { simple: true }));
  refuseNewer(version, options.migrations);
  return version;
}

function build(path: string, options: CreateOptions): void {
  const database = new SqliteConnection(path, { fileMustExist: true, timeout: BUSY_MS });
  try {
    unlock(database, options.key);
    for (const [name, value, reads] of PRAGMAS) {
      // No write-ahead log while building: the file alone is the database when it is renamed.
      if (name !== 'journal_mode') setPragma(database, name, value, reads);
    }
    setPragma(
      database,
      'application_id',
      options.applicationId ?? ARCHIVE_APPLICATION_ID,
      options.applicationId ?? ARCHIVE_APPLICATION_ID,
    );
    migrate(migrationTarget(database), 0, options.migrations);
    if (options.populate !== undefined) {
      database.exec('BEGIN IMMEDIATE');
      options.populate(writerOf(database));
      database.exec('COMMIT');
    }
  } finally {
    database.close();
  }
}

function migrationTarget(database: Connection): Parameters<typeof migrate>[0] {
  return {
    exec: (sql) => void database.exec(sql),
    pragma: (name) => database.pragma(name) as unknown[],
    get inTransaction(): boolean {
      return database.inTransaction;
    },
  };
}

function keepCopyBefore(database: Connection, path: string, version: number, key: Uint8Array): void {
  const copy = `${path}.before-${version}`;
  const part = `${copy}.part`;
  rmSync(part, { force: true });
  vacuumInto(database, part);
  const { bad } = verifyPages(part, key);
  if (bad.length > 0) throw new AppError('VAULT_DAMAGED', { params: { file: basename(copy), reason: 'page' } });
  renameSync(part, copy);
  syncPath(dirname(copy));
}

function vacuumInto(database: Connection, target: string): void {
  if (existsSync(target)) throw new AppError('VAULT_EXISTS', { params: { file: basename(target) } });
  closeSync(openSync(target, 'wx', 0o600));
  try {
    database.prepare('VACUUM INTO ?').run(target);
    syncPath(target);
    syncPath(dirname(target));
    const start = Buffer.alloc(PAGE_SIZE);
    const file = openSync(target, 'r');
    const got = readSync(file, start, 0, PAGE_SIZE, 0);
    closeSync(file);
    if (got !== PAGE_SIZE || isPlaintextHeader(start)) throw new Error('The copy is not encrypted');
  } catch (thrown) {
    rmSync(target, { force: true });
    throw sqlError(thrown);
  }
}

/** Flushes a file or a folder to the disk; folders cannot be opened for that on Windows, where renames are durable on their own. */
function syncPath(path: string): void {
  if (process.platform === 'win32' && statSync(path).isDirectory()) return;
  const handleOfPath = openSync(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    fsyncSync(handleOfPath);
  } finally {
    closeSync(handleOfPath);
  }
}

/** Changed rows, with those of triggers, from which on a transaction leaves its part of the log to a thread: some tenths of a second of work. */
const MANY_CHANGES = 20_000;

function handle(path: string, readerDatabase: Connection, writerDatabase: Connection): ArchiveDatabase {
  const guarded = <T>(action: () => T): T => {
    try {
      return action();
    } catch (thrown) {
      throw sqlError(thrown);
    }
  };
  const counting = writerDatabase.prepare('SELECT total_changes() AS n');
  const changes = () => (counting.get() as { n: number }).n;
  let changesBefore = 0;
  let logWaits = false;
  let ended = false;
  const leaveLog = (leave: boolean): void => {
    if (logWaits === leave) return;
    logWaits = leave;
    const pages = leave ? 0 : LOG_PAGES;
    setPragma(writerDatabase, 'wal_autocheckpoint', pages, pages);
  };
  // Left by a process that ended before it was moved.
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) leaveLog(true);
  const close = (): void => {
    if (!openPaths.delete(path)) return;
    ended = true;
    if (writerDatabase.inTransaction) writerDatabase.exec('ROLLBACK');
    // The writer goes last: the last connection folds the write-ahead log into the database.
    readerDatabase.close();
    writerDatabase.close();
  };
  return Object.freeze({
    writer: writerOf(writerDatabase),
    reader: sharedReaderOf(writerDatabase, readerDatabase),
    get inTransaction(): boolean {
      return writerDatabase.inTransaction;
    },
    get isOpen(): boolean {
      return openPaths.has(path);
    },
    get schemaVersion(): number {
      return Number(writerDatabase.pragma('user_version', { simple: true }));
    },
    begin: () =>
      guarded(() => {
        writerDatabase.exec('BEGIN IMMEDIATE');
        changesBefore = changes();
      }),
    commit: ({ leavesLog } = { leavesLog: false }) =>
      guarded(() => {
        try {
          if (leavesLog && changes() - changesBefore > MANY_CHANGES) leaveLog(true);
          writerDatabase.exec('COMMIT');
        } catch (thrown) {
          if (writerDatabase.inTransaction) writerDatabase.exec('ROLLBACK');
          throw thrown;
        }
      }),
    rollback: () => guarded(() => void (writerDatabase.inTransaction && writerDatabase.exec('ROLLBACK'))),
    integrityCheck: () => integrityProblems(readerDatabase),
    get logWaits(): boolean {
      return logWaits;
    },
    logMoved: () => guarded(() => ended || leaveLog(false)),
    checkpointWal: () =>
      guarded(() => {
        if (logWaits) return false;
        const [result] = writerDatabase.pragma('wal_checkpoint(PASSIVE)') as {
          busy: number;
          log: number;
          checkpointed: number;
        }[];
        return result !== undefined && result.busy === 0 && result.log === result.checkpointed;
      }),
    vacuumInto: (target: string) => guarded(() => vacuumInto(writerDatabase, target)),
    swapForRekeyed: (copy: string, oldKey: Uint8Array, newKey: Uint8Array) =>
      guarded(() => {
        try {
          vacuumInto(writerDatabase, copy);
          rekeyCopy(copy, oldKey, newKey);
          syncPath(copy);
          close();
          takePlaceOf(path, copy);
          syncPath(dirname(path));
        } finally {
          rmSync(copy, { force: true });
        }
      }),
    close,
  });
}
