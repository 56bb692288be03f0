import { closeSync, openSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { type Connection, SqliteConnection } from './binding.ts';
import { sqlError } from './sql.ts';

/** Held from before the vault is opened until the process ends or releases it. */
export interface InstanceLock {
  release(): void;
}

/** Locks held by this process: a connection that nothing refers to would be collected, and its lock freed unseen. */
const heldLocks = new Set<Connection>();

/**
 * Takes the lock of a vault (§9, R47): an empty file on which one process at a time holds SQLite's exclusive lock. It is a file of its
 * own because reading the live database with fs would cancel the locks SQLite holds on it (M10); nothing else may open
 * it. The operating system frees it when the holder dies. The folder must exist.
 *
 * Errors: VAULT_IN_USE when another process, or this one, holds it; VAULT_DAMAGED when the file is not empty; READ_ONLY.
 */
export function acquireInstanceLock(path: string): InstanceLock {
  const file = join(realpathSync(dirname(path)), basename(path));
  createIfMissing(file);
  let connection: Connection | undefined;
  try {
    connection = new SqliteConnection(file, { fileMustExist: true, timeout: 0 });
    connection.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    connection?.close();
    throw AppError.from(sqlError(thrown));
  }
  const held = connection;
  heldLocks.add(held);
  let released = false;
  return {
    release: () => {
      if (released) return;
      released = true;
      held.exec('ROLLBACK');
      held.close();
      heldLocks.delete(held);
    },
  };
}

function createIfMissing(file: string): void {
  const present = statSync(file, { throwIfNoEntry: false });
  if (present !== undefined) {
    if (!present.isFile() || present.size !== 0)
      throw new AppError('VAULT_DAMAGED', { params: { file: basename(file), reason: 'lock' } });
    return;
  }
  try {
    // A file that was not there a moment ago carries no lock of ours that closing it could cancel.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return;
    throw AppError.from(thrown);
  }
}
