import type { Progress } from '../../shared/contract/messages.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type ConfinedSpawner, confinedSpawner } from '../platform/confined-child.ts';
import {
  type FromScan,
  isFromScan,
  type OcrLanguage,
  type PageReading,
  PIECE_BYTES,
  type PlacedPage,
  SCAN_HEAP_MEGABYTES,
  type ScanMediaType,
  SILENCE_MS,
  type ToScan,
} from './scan-protocol.ts';

export type { OcrLanguage, PageReading, PlacedPage, ScanMediaType } from './scan-protocol.ts';

/** An opened scan; the bytes stay in memory (R02). */
export interface PlainScan {
  readonly mediaType: ScanMediaType;
  readonly bytes: Uint8Array;
}

export interface ScanControl {
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: Progress): void;
}

/** Work on scans in a process of its own that has no keys (R62); it is killed on cancel, on silence and when it is done. */
export interface ScanClient {
  /** What every page says and looks like; characters are recognised where a page has no text and `languages` are given. */
  read(scan: PlainScan, languages: readonly OcrLanguage[], control?: ScanControl): Promise<readonly PageReading[]>;
  /** A picture (WebP) of its first page, as large as a window shows it. */
  firstPage(scan: PlainScan, control?: ScanControl): Promise<Buffer>;
  /** The codes on its first pages, in the order in which they stand. */
  codes(scan: PlainScan, control?: ScanControl): Promise<readonly string[]>;
  /** New PDFs of pages of the given scans: turned, in another order, divided, joined. */
  arrange(
    scans: readonly PlainScan[],
    outputs: readonly (readonly PlacedPage[])[],
    control?: ScanControl,
  ): Promise<readonly Buffer[]>;
}

/** Forks that process with the Node that runs this program. */
export const scanSpawner = (entry: string): ConfinedSpawner =>
  confinedSpawner(entry, { heapMegabytes: SCAN_HEAP_MEGABYTES, addons: true });

export function createScanClient({ spawn }: { readonly spawn: ConfinedSpawner }): ScanClient {
  return {
    async read(scan, languages, control = {}) {
      const pages: PageReading[] = [];
      await work(spawn, [scan], { kind: 'read', languages }, control, (message) => {
        if (message.kind !== 'page') return;
        const { text, source, ink, look } = message;
        pages.push({ text, source, ink, look });
        control.onProgress?.({ phase: 'readingScans', done: message.page + 1, total: message.pages });
      });
      return pages;
    },
    async firstPage(scan, control = {}) {
      const drawn: Buffer[] = [];
      await work(spawn, [scan], { kind: 'firstPage' }, control, (message) => {
        if (message.kind === 'output') drawn.push(Buffer.from(message.data));
      });
      const [picture] = drawn;
      if (picture === undefined) throw new AppError('FILE_DAMAGED');
      return picture;
    },
    async codes(scan, control = {}) {
      const found: string[] = [];
      await work(spawn, [scan], { kind: 'codes' }, control, (message) => {
        if (message.kind === 'codes') found.push(...message.codes);
      });
      return found;
    },
    async arrange(scans, outputs, control = {}) {
      const made: Buffer[] = [];
      await work(spawn, scans, { kind: 'arrange', outputs }, control, (message) => {
        if (message.kind !== 'output') return;
        made.push(Buffer.from(message.data));
        control.onProgress?.({ phase: 'arrangingPages', done: made.length, total: outputs.length });
      });
      if (made.length !== outputs.length) throw new AppError('FILE_DAMAGED');
      return made;
    },
  };
}

/** Sends files and one order, hands on what comes, and ends the process whatever happens. */
async function work(
  spawn: ConfinedSpawner,
  scans: readonly PlainScan[],
  order: ToScan,
  { signal }: ScanControl,
  receive: (message: FromScan) => void,
): Promise<void> {
  if (signal?.aborted === true) throw new AppError('CANCELLED');
  const child = spawn();
  const finished = Promise.withResolvers<void>();
  const cancel = (): void => finished.reject(new AppError('CANCELLED'));
  const silent = (): void => finished.reject(new AppError('FILE_NOT_READABLE'));
  let patience = setTimeout(silent, SILENCE_MS);
  const send = (message: ToScan): void => child.send(message);
  child.onMessage((message) => {
    clearTimeout(patience);
    patience = setTimeout(silent, SILENCE_MS);
    if (!isFromScan(message)) finished.reject(new AppError('FILE_NOT_READABLE'));
    else if (message.kind === 'ready') {
      for (const { mediaType, bytes } of scans) {
        send({ kind: 'file', mediaType, size: bytes.length });
        for (let at = 0; at < bytes.length; at += PIECE_BYTES)
          send({ kind: 'bytes', data: bytes.subarray(at, at + PIECE_BYTES) });
      }
      send(order);
    } else if (message.kind === 'done') finished.resolve();
    else if (message.kind === 'failed') finished.reject(AppError.fromData(message.error));
    else receive(message);
  });
  child.onExit(() => finished.reject(new AppError('FILE_NOT_READABLE')));
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    await finished.promise;
  } finally {
    clearTimeout(patience);
    signal?.removeEventListener('abort', cancel);
    child.kill();
  }
}
