import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What the thread is started with. The key lies in shared memory: the thread overwrites it once it has been used. */
export interface LogOrder {
  readonly path: string;
  readonly key: SharedArrayBuffer;
}

const moving = new Map<string, Promise<void>>();

/**
 * Moves the write-ahead log of an open database into it, on a connection and a thread of its own: that of an import of 100,000 cards holds 600 MB,
 * each page of which is deciphered, enciphered and written, and the process answers meanwhile. What is committed is durable without it; a thread that
 * fails leaves the log as it is. One at a time for a database: whoever asks again waits for the same.
 * @param key 32 bytes; the copy made here is overwritten.
 */
export function moveLogApart(path: string, key: Uint8Array): Promise<void> {
  const running = moving.get(path);
  if (running !== undefined) return running;
  const worker = fileURLToPath(new URL(`./log-worker${extname(import.meta.url)}`, import.meta.url));
  const shared = new SharedArrayBuffer(key.length);
  const copy = new Uint8Array(shared);
  copy.set(key);
  const order: LogOrder = { path, key: shared };
  const moved = new Promise<void>((resolve) => {
    const thread = new Worker(worker, { workerData: order, name: 'log' });
    thread.on('error', () => undefined);
    thread.once('exit', () => resolve());
  }).finally(() => {
    copy.fill(0);
    moving.delete(path);
  });
  moving.set(path, moved);
  return moved;
}

/** Resolves when no thread has the database open for its log. */
export const noLogMoves = (path: string): Promise<void> => moving.get(path) ?? Promise.resolve();
