import { rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorData } from '../../shared/errors/app-error.ts';
import { connect } from './cipher-connection.ts';
import type { PageReport } from './page-verifier.ts';
import { type Reader, readerOf } from './sql.ts';

/** What the thread is started with. The key lies in shared memory: it is overwritten once the thread has ended. */
export interface CopyOrder {
  readonly path: string;
  readonly target: string;
  readonly key: SharedArrayBuffer;
}
export type CopyAnswer =
  | { readonly copied: true }
  | { readonly rows: Readonly<Record<string, number>> }
  | { readonly pages: PageReport }
  | { readonly failed: ErrorData };

export interface CopyApart<T> {
  /** What was read of it. */
  readonly found: T;
  /** Rows of every table. */
  readonly rows: Promise<Readonly<Record<string, number>>>;
  /** Every page of it, authenticated by the reader of pages that shares no code with the library (M8). */
  readonly pages: Promise<PageReport>;
  /** Ends the thread and removes the copy. */
  discard(): Promise<void>;
}

/**
 * A consistent copy of an open database under the same key (`VACUUM INTO`), made on a connection and a thread of its own: a gigabyte takes ten
 * seconds, and the process answers meanwhile. It is for reading and goes again.
 * What is told of the copy is asked of the copy: the archive goes on meanwhile.
 * Errors: CANCELLED once the copying has ended, NO_SPACE, READ_ONLY, VAULT_DAMAGED, INPUT_OUTPUT; then nothing is left at `target`.
 * @param key 32 bytes; the copy made here is overwritten.
 */
export async function copyApart<T>(
  input: { readonly path: string; readonly key: Uint8Array; readonly target: string },
  signal: AbortSignal,
  read: (copy: { readonly reader: Reader; readonly schemaVersion: number }) => T,
): Promise<CopyApart<T>> {
  if (signal.aborted) throw new AppError('CANCELLED');
  const worker = fileURLToPath(new URL(`./copy-worker${extname(import.meta.url)}`, import.meta.url));
  const shared = new SharedArrayBuffer(input.key.length);
  const key = new Uint8Array(shared);
  key.set(input.key);
  const order: CopyOrder = { path: input.path, target: input.target, key: shared };
  const thread = new Worker(worker, { workerData: order, name: 'copy' });
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve())).finally(() => key.fill(0));
  const cancel = () => void thread.terminate();
  signal.addEventListener('abort', cancel, { once: true });
  const answered = <A>(choose: (answer: CopyAnswer) => A | undefined) =>
    new Promise<A>((resolve, reject) => {
      thread.on('message', (answer: CopyAnswer) => {
        if ('failed' in answer) reject(AppError.fromData(answer.failed));
        const chosen = choose(answer);
        if (chosen !== undefined) resolve(chosen);
      });
      thread.once('error', (cause) => reject(new AppError('INPUT_OUTPUT', { cause })));
      void ended.then(() => reject(new AppError(signal.aborted ? 'CANCELLED' : 'INPUT_OUTPUT')));
    });
  const pages = answered((answer) => ('pages' in answer ? answer.pages : undefined));
  const rows = answered((answer) => ('rows' in answer ? answer.rows : undefined));
  // Whoever gives up before asks no more for them.
  for (const later of [rows, pages]) later.catch(() => undefined);
  const end = async () => {
    signal.removeEventListener('abort', cancel);
    await thread.terminate();
    await ended;
    for (const part of ['', '-journal']) await rm(input.target + part, { force: true });
  };
  try {
    await answered((answer) => ('copied' in answer ? true : undefined));
    const copy = connect(input.target, input.key, true);
    try {
      const schemaVersion = Number(copy.pragma('user_version', { simple: true }));
      return { found: read({ reader: readerOf(copy), schemaVersion }), rows, pages, discard: end };
    } finally {
      copy.close();
    }
  } catch (thrown) {
    await end();
    throw thrown;
  }
}
