import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Connection } from './binding.ts';
import { sqlError } from './sql.ts';

/**
 * Reads and authenticates all pages, checks the structure and the references. Empty when all is well; else each line
 * begins with the name of the table that it concerns, `:` and a blank, as far as one table can be told apart.
 */
export function integrityProblems(database: Connection): string[] {
  const problems = problemsOf(database);
  return problems.length === 0 ? problems : (byTable(database) ?? problems);
}

/** The same table by table: slower, so only when something is wrong. Undefined when no single table shows it. */
function byTable(database: Connection): string[] | undefined {
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name")
      .all() as { name: string }[];
    const named = tables.flatMap(({ name }) => {
      try {
        const lines = database.pragma(`integrity_check('${name.replaceAll("'", "''")}')`) as {
          integrity_check: string;
        }[];
        return lines.filter((line) => line.integrity_check !== 'ok').map((line) => `${name}: ${line.integrity_check}`);
      } catch (thrown) {
        const translated = sqlError(thrown);
        if (translated instanceof AppError && translated.code === 'VAULT_DAMAGED')
          return [`${name}: ${String((thrown as Error).message)}`];
        throw translated;
      }
    });
    return named.length === 0 ? undefined : named;
  } catch {
    // The list of tables itself cannot be read.
    return undefined;
  }
}

function problemsOf(database: Connection): string[] {
  try {
    const structure = (database.pragma('integrity_check') as { integrity_check: string }[]).map(
      (row) => row.integrity_check,
    );
    const references = (
      database.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[]
    ).map((row) => `row ${row.rowid ?? '?'} of ${row.table} refers to a missing ${row.parent}`);
    return [...structure.filter((line) => line !== 'ok'), ...references];
  } catch (thrown) {
    const translated = sqlError(thrown);
    if (translated instanceof AppError && translated.code === 'VAULT_DAMAGED')
      return [String((thrown as Error).message)];
    throw translated;
  }
}

/** What the thread is started with. The key lies in shared memory: the thread overwrites it once it has been used. */
export interface IntegrityOrder {
  readonly path: string;
  readonly key: SharedArrayBuffer;
}
export type IntegrityAnswer = { readonly problems: readonly string[] } | { readonly failed: string };

/**
 * The same on a connection and a thread of its own: half a gigabyte takes many seconds, and the process answers meanwhile.
 * The database may be open. Errors: CANCELLED at once, INPUT_OUTPUT when it cannot be read.
 * @param key 32 bytes; the copy made here is overwritten.
 */
export function checkIntegrityApart(path: string, key: Uint8Array, signal: AbortSignal): Promise<readonly string[]> {
  const worker = fileURLToPath(new URL(`./integrity-worker${extname(import.meta.url)}`, import.meta.url));
  const shared = new SharedArrayBuffer(key.length);
  const copy = new Uint8Array(shared);
  copy.set(key);
  const order: IntegrityOrder = { path, key: shared };
  return new Promise<readonly string[]>((resolve, reject) => {
    if (signal.aborted) return reject(new AppError('CANCELLED'));
    const thread = new Worker(worker, { workerData: order, name: 'integrity' });
    const cancel = () => reject(new AppError('CANCELLED'));
    signal.addEventListener('abort', cancel, { once: true });
    thread.once('message', (answer: IntegrityAnswer) => {
      if ('problems' in answer) resolve(answer.problems);
      else reject(new AppError('INPUT_OUTPUT', { params: { reason: answer.failed } }));
    });
    thread.once('error', (cause) => reject(new AppError('INPUT_OUTPUT', { cause })));
    thread.once('exit', () => {
      signal.removeEventListener('abort', cancel);
      reject(new AppError('INPUT_OUTPUT'));
    });
  }).finally(() => copy.fill(0));
}
