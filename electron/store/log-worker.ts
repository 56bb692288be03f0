import { workerData } from 'node:worker_threads';
import { connect, setPragmas } from './cipher-connection.ts';
import type { LogOrder } from './log-apart.ts';

/** Entry of the thread that moves a write-ahead log into its database (`moveLogApart`): it ends when that is done. */
function move({ path, key }: LogOrder): void {
  const bytes = new Uint8Array(key);
  const database = connect(path, bytes, false);
  bytes.fill(0);
  try {
    setPragmas(database);
    // It waits for nobody, and nobody for it.
    database.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    database.close();
  }
}

move(workerData as LogOrder);
