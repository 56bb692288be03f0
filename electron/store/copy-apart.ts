import { mkdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorData } from '../../shared/errors/app-error.ts';
import { fileError } from '../platform/durable-files.ts';
import type { FileCopier } from '../platform/file-copier.ts';
import { connect } from './cipher-connection.ts';
import { holdFileStill } from './frozen-file.ts';
import type { PageReport } from './page-verifier.ts';
import { type Reader, readerOf, sqlError } from './sql.ts';

/** What the thread is started with. The key lies in shared memory: it is overwritten once the thread has ended. */
export interface CopyOrder {
  readonly path: string;
  readonly target: string;
  readonly key: SharedArrayBuffer;
  /** The copy stands at `target` already. */
  readonly stands: boolean;
}
export type CopyAnswer =
  | { readonly copied: true }
  | { readonly rows: Readonly<Record<string, number>> }
  | { readonly pages: PageReport }
  | { readonly failed: ErrorData };

export interface CopyApart<T> {
  readonly path: string;
  /** SHA-256 of the database's own bytes, where they are what was copied. */
  readonly sha256: string | undefined;
  /** What was read of it. */
  readonly found: T;
  /** Rows of every table. */
  readonly rows: Promise<Readonly<Record<string, number>>>;
  /** Every page of it, authenticated by the reader of pages that shares no code with the library (M8). */
  readonly pages: Promise<PageReport>;
  /** Ends the thread and removes the copy with its folder. */
  discard(): Promise<void>;
}

/**
 * A consistent copy of an open database under the same key, made beside the desk: it is for reading and goes again. The process answers meanwhile.
 *
 * The pages are copied as they are, enciphered, by a process of its own while the file is held still (`holdFileStill`); each is authenticated
 * afterwards. Where that cannot be had, the library rebuilds them on a thread (`VACUUM INTO`), which takes four times as long.
 * What is told of the copy is asked of the copy: the archive goes on meanwhile.
 * Errors: CANCELLED once the copying has ended, NO_SPACE, READ_ONLY, VAULT_DAMAGED, INPUT_OUTPUT; then nothing is left at `folder`.
 * @param folder where nothing stands yet; the copy lies in it, with what SQLite puts beside it
 * @param key 32 bytes; the copy made here is overwritten.
 */
export async function copyApart<T>(
  input: { readonly path: string; readonly key: Uint8Array; readonly folder: string; readonly copier: FileCopier },
  signal: AbortSignal,
  read: (copy: { readonly reader: Reader; readonly schemaVersion: number }) => T,
): Promise<CopyApart<T>> {
  if (signal.aborted) throw new AppError('CANCELLED');
  const target = join(input.folder, 'archive.db');
  try {
    await mkdir(input.folder, { mode: 0o700 });
    const sha256 = await copiedPages(input, target, signal);
    const copy = await judgedCopy({ ...input, target, stands: sha256 !== undefined }, signal, read);
    const discard = async () => {
      await copy.discard();
      await rm(input.folder, { recursive: true, force: true });
    };
    return { ...copy, path: target, sha256, discard };
  } catch (thrown) {
    await rm(input.folder, { recursive: true, force: true });
    throw fileError(sqlError(thrown));
  }
}

/** @returns SHA-256 of the copy at `target`; undefined when there is none */
async function copiedPages(
  { path, key, copier }: { readonly path: string; readonly key: Uint8Array; readonly copier: FileCopier },
  target: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const release = await holdFileStill(path, key, signal);
  try {
    const sha256 = release && (await copier.copy({ from: path, to: target }, signal));
    if (sha256 === undefined) await rm(target, { force: true });
    return sha256;
  } finally {
    release?.();
  }
}

/** Makes the copy where it does not stand yet, reads what is wanted of it, and has it judged on a thread. */
async function judgedCopy<T>(
  input: Omit<CopyOrder, 'key'> & { readonly key: Uint8Array },
  signal: AbortSignal,
  read: (copy: { readonly reader: Reader; readonly schemaVersion: number }) => T,
): Promise<Omit<CopyApart<T>, 'path' | 'sha256'>> {
  if (signal.aborted) throw new AppError('CANCELLED');
  const worker = fileURLToPath(new URL(`./copy-worker${extname(import.meta.url)}`, import.meta.url));
  const shared = new SharedArrayBuffer(input.key.length);
  const key = new Uint8Array(shared);
  key.set(input.key);
  const order: CopyOrder = { path: input.path, target: input.target, stands: input.stands, key: shared };
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
