import { setTimeout as wait } from 'node:timers/promises';
import { connect, setPragmas } from './cipher-connection.ts';

/** Milliseconds between two tries, and how many there are. */
const TRY_EVERY_MS = 100;
const TRIES = 30;

/**
 * Holds the file of an open database still, so that a copy of it, made by another process (M10), is what the database says at this moment.
 *
 * Why that is so, in write-ahead mode: the log is moved into the file whole, and a transaction that begins to read then finds nothing in the log
 * that it needs. SQLite has it take read mark 0, and whoever moves the log into the file has to hold that mark alone before the first byte
 * (`walCheckpoint`, `walTryBeginRead`): until this one ends, everything that is written goes into the log and stays there. Between the moving and
 * the beginning nothing can be committed: both are one step of the thread that holds the only connection that writes.
 *
 * @returns what lets it go; undefined when somebody reads an older state for so long that the log cannot be moved whole
 */
export async function holdFileStill(
  path: string,
  key: Uint8Array,
  signal: AbortSignal,
  tries = TRIES,
): Promise<(() => void) | undefined> {
  for (let left = tries; left > 0; left -= 1) {
    const release = tryToHold(path, key);
    if (release !== undefined) return release;
    await wait(TRY_EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return undefined;
  }
  return undefined;
}

function tryToHold(path: string, key: Uint8Array): (() => void) | undefined {
  const database = connect(path, key, false);
  try {
    setPragmas(database);
    const [moved] = database.pragma('wal_checkpoint(PASSIVE)') as { busy: number; log: number; checkpointed: number }[];
    if (moved?.busy === 0 && moved.log === moved.checkpointed) {
      database.exec('BEGIN');
      database.prepare('SELECT count(*) FROM sqlite_schema').get();
      return () => database.close();
    }
  } catch (thrown) {
    database.close();
    throw thrown;
  }
  database.close();
  return undefined;
}
