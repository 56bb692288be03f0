import { readFile } from 'node:fs/promises';
import type { Progress } from '../../shared/contract/messages.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { forkSpawner, type ImportSpawner } from './import-child.ts';
import {
  EVENTS_UNDER_WAY,
  isFromImport,
  MEMORY_CAP_BYTES,
  MEMORY_EXIT,
  PIECE_BYTES,
  TIME_LIMIT_MS,
} from './import-protocol.ts';
import { sourceFromBytes, type TableSource } from './table-source.ts';
import { checkTableFile } from './tables/read-table.ts';
import { fileRefusal, megabytes, TABLE_LIMITS, type TableLimits } from './tables/table-limits.ts';
import {
  REFUSED_LIST_LENGTH,
  type RefusedCell,
  type Table,
  type TableEvent,
  type TableHead,
  type TableOptions,
  type TableRow,
} from './tables/table-types.ts';
import { type TextsClient, textsApart } from './texts-client.ts';

export interface ReadControl {
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: Progress): void;
}

export interface TableReceiver extends ReadControl {
  onHead?(head: TableHead): void | Promise<void>;
  /** The import process waits while a returned promise is pending; that time is not counted against it. */
  onRows(rows: readonly TableRow[], refused: readonly RefusedCell[]): void | Promise<void>;
}

/**
 * Reads foreign table files in a process of its own (R62). That process is killed at 512 MB, at 60 s
 * of work, on cancel, and when it is done; whatever happens to it is an `AppError` here, and nothing
 * has been applied anywhere.
 */
export interface ImportClient {
  /** The whole table at once. */
  read(source: TableSource, options?: TableOptions, control?: ReadControl): Promise<Table>;
  /** In batches, for tables that need not be in memory. Resolves with the head when all rows were received. */
  stream(source: TableSource, options: TableOptions, receiver: TableReceiver): Promise<TableHead>;
  /** Texts of the search index, made beside this process in one of their own. */
  texts(): TextsClient;
}

export interface ImportClientOptions {
  readonly spawn: ImportSpawner;
  readonly limits?: TableLimits;
  /** Milliseconds of work; `TIME_LIMIT_MS` by default. */
  readonly timeLimitMs?: number;
  readonly memoryCapBytes?: number;
}

/** How often time and memory are looked at. Time is counted in these steps: only while the import process has work. */
const TICK_MS = 200;

/** Resident bytes of a process where the system tells (Linux); the process watches itself everywhere. */
async function residentBytes(pid: number): Promise<number> {
  try {
    const pages = (await readFile(`/proc/${pid}/statm`, 'latin1')).split(' ')[1];
    return Number(pages) * 4_096;
  } catch {
    return 0;
  }
}

export function createImportClient(client: ImportClientOptions): ImportClient {
  const limits = client.limits ?? TABLE_LIMITS;

  function stream(source: TableSource, options: TableOptions, receiver: TableReceiver): Promise<TableHead> {
    // What can be said without a process is said without one.
    return firstPiece(source).then(async (first) => {
      checkTableFile(first, source.size, { name: source.name, limits });
      return runImport(client, limits, source, options, receiver);
    });
  }

  async function read(source: TableSource, options: TableOptions = {}, control: ReadControl = {}): Promise<Table> {
    const rows: TableRow[] = [];
    const refused: RefusedCell[] = [];
    let refusedTotal = 0;
    const head = await stream(source, options, {
      ...control,
      onRows(batch, refusedBatch) {
        for (const row of batch) rows.push(row);
        refusedTotal += refusedBatch.length;
        refused.push(...refusedBatch.slice(0, REFUSED_LIST_LENGTH - refused.length));
      },
    });
    return { ...head, rows, refused, refusedTotal };
  }

  return { read, stream, texts: () => textsApart(client.spawn) };
}

async function firstPiece(source: TableSource): Promise<Uint8Array> {
  for await (const piece of source.pieces()) return piece;
  return new Uint8Array();
}

async function runImport(
  client: ImportClientOptions,
  limits: TableLimits,
  source: TableSource,
  options: TableOptions,
  receiver: TableReceiver,
): Promise<TableHead> {
  const { signal } = receiver;
  if (signal?.aborted) throw new AppError('CANCELLED');
  const timeLimitMs = client.timeLimitMs ?? TIME_LIMIT_MS;
  const memoryCap = client.memoryCapBytes ?? MEMORY_CAP_BYTES;
  const child = client.spawn();
  const finished = Promise.withResolvers<TableHead>();
  let head: TableHead | undefined;
  let handling = false;
  let workedMs = 0;
  let takenOver: (() => void) | undefined;
  /** Events are handled one after the other, in order. */
  let line: Promise<void> = Promise.resolve();

  const tooMuchMemory = (): AppError =>
    fileRefusal('FILE_TOO_LARGE', source.name, 'exchange.process.memory', { limitMb: megabytes(memoryCap) });
  const cancel = (): void => finished.reject(new AppError('CANCELLED'));

  async function handleEvent(event: TableEvent): Promise<void> {
    handling = true;
    try {
      if (event.type === 'head') {
        head = event.head;
        await receiver.onHead?.(event.head);
      } else if (event.type === 'rows') await receiver.onRows(event.rows, event.refused);
      else receiver.onProgress?.({ phase: 'readingTable', done: event.done, total: event.total });
    } finally {
      handling = false;
    }
    child.send({ kind: 'next' });
  }

  function conclude(): void {
    if (head === undefined) finished.reject(fileRefusal('FILE_DAMAGED', source.name, 'exchange.file.noHeadings'));
    else finished.resolve(head);
  }

  async function sendFile(): Promise<void> {
    child.send({ kind: 'begin', name: source.name, size: source.size, options, limits });
    for (let credit = 0; credit < EVENTS_UNDER_WAY; credit += 1) child.send({ kind: 'next' });
    let sent = 0;
    for await (const piece of source.pieces()) {
      for (let at = 0; at < piece.length; at += PIECE_BYTES) {
        const received = new Promise<void>((resolve) => (takenOver = resolve));
        child.send({ kind: 'bytes', data: piece.subarray(at, at + PIECE_BYTES) });
        await received;
      }
      sent += piece.length;
    }
    if (sent !== source.size) throw fileRefusal('FILE_NOT_READABLE', source.name, 'exchange.file.changed');
  }

  child.onMessage((message) => {
    if (!isFromImport(message))
      finished.reject(fileRefusal('FILE_NOT_READABLE', source.name, 'exchange.process.crashed'));
    else if (message.kind === 'ready') sendFile().catch(finished.reject);
    else if (message.kind === 'received') takenOver?.();
    else if (message.kind === 'event') {
      line = line.then(() => handleEvent(message.event));
      line.catch(finished.reject);
    } else if (message.kind === 'done') line.then(conclude, finished.reject);
    else if (message.kind === 'failed') finished.reject(AppError.fromData(message.error));
  });
  child.onExit((code) => {
    // An exit after the last message has nothing to say; reject is then without effect.
    const crashed = fileRefusal('FILE_NOT_READABLE', source.name, 'exchange.process.crashed');
    line.finally(() => finished.reject(code === MEMORY_EXIT ? tooMuchMemory() : crashed)).catch(() => {});
  });
  signal?.addEventListener('abort', cancel, { once: true });

  const tick = setInterval(() => {
    if (handling) return;
    workedMs += TICK_MS;
    if (workedMs >= timeLimitMs) {
      const seconds = Math.round(timeLimitMs / 1_000);
      finished.reject(fileRefusal('FILE_TOO_LARGE', source.name, 'exchange.process.time', { seconds }));
    }
    if (child.pid === undefined) return;
    void residentBytes(child.pid).then((bytes) => {
      if (bytes > memoryCap) finished.reject(tooMuchMemory());
    });
  }, TICK_MS);

  try {
    return await finished.promise;
  } finally {
    clearInterval(tick);
    signal?.removeEventListener('abort', cancel);
    child.kill();
  }
}

export { forkSpawner, sourceFromBytes };
