import { closeSync, openSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../shared/errors/app-error.ts';
import { connect } from './cipher-connection.ts';
import type { CopyAnswer, CopyOrder } from './copy-apart.ts';
import { verifyPages } from './page-verifier.ts';
import { readerOf, sqlError } from './sql.ts';
import { tableCounts } from './table-counts.ts';

/** Entry of the thread of a copy (`copyApart`): makes it where it does not stand yet, says when it does, then how many rows it has and what its pages are like, and ends. */
const say = (answer: CopyAnswer) => parentPort?.postMessage(answer);

/** `VACUUM INTO`: reads, deciphers, enciphers and writes everything. */
function rebuild(path: string, target: string, key: Uint8Array): void {
  // For the owner only, from its first byte on.
  closeSync(openSync(target, 'wx', 0o600));
  const database = connect(path, key, true);
  try {
    // Nothing of it may reach a temporary file (M3), every connection syncs (R43); each page is read once, so a large cache is of no use.
    for (const pragma of ['temp_store=MEMORY', 'synchronous=FULL', 'cell_size_check=ON', 'cache_size=-8192'])
      database.pragma(pragma);
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    database.close();
  }
}

function copy({ path, target, key, stands }: CopyOrder): void {
  const bytes = new Uint8Array(key);
  try {
    if (!stands) rebuild(path, target, bytes);
    say({ copied: true });
    const made = connect(target, bytes, true);
    try {
      say({ rows: tableCounts(readerOf(made)) });
    } finally {
      made.close();
    }
    say({ pages: verifyPages(target, bytes) });
  } catch (thrown) {
    say({ failed: AppError.from(sqlError(thrown)).toData() });
  } finally {
    bytes.fill(0);
  }
}

copy(workerData as CopyOrder);
