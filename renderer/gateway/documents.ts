import { archive } from './archive.ts';

/**
 * Bytes of one question: taking over a piece of 256 KiB held the window up for 40 ms of processor on a slow machine (the browser's own
 * reading of the message), while a question costs a few.
 */
export const PIECE = 96 * 1024;
/** Pieces asked for at once: archive, host and window each work on another one. One after the other a long document takes two to three times as long. */
const IN_FLIGHT = 6;

/** An opened scan or print, whose bytes are taken over where they are needed: nobody waits for the five hundredth page to read the first. */
export interface DocumentContent {
  /** Bytes of the whole. */
  readonly size: number;
  /** Its first piece. */
  readonly beginning: Uint8Array<ArrayBuffer>;
  /** The bytes from `begin` up to before `end`. Throws `AppError`. */
  read(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** The content of an opened document. `document` is the handle answered by `scans.open`, `print.form` … Throws `AppError`. */
export async function contentOf(document: string): Promise<DocumentContent> {
  let running = 0;
  const queue: (() => void)[] = [];
  // PDF.js may ask for a hundred places at once; the host takes so many questions for a fault.
  const take = async (index: number) => {
    if (running >= IN_FLIGHT) await new Promise<void>((go) => queue.push(go));
    running += 1;
    try {
      const { data, total } = await archive.call('documents.read', { document, offset: index * PIECE, length: PIECE });
      return { bytes: Uint8Array.fromBase64(data), total };
    } finally {
      running -= 1;
      queue.shift()?.();
    }
  };
  const { bytes: beginning, total: size } = await take(0);
  const pieces = Math.ceil(size / PIECE);
  /** Asked for and not yet wanted. */
  const ahead = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();
  let last = 0;
  const pieceOf = (index: number): Promise<Uint8Array<ArrayBuffer>> => {
    if (index === 0) return Promise.resolve(beginning);
    const asked = ahead.get(index) ?? take(index).then(({ bytes }) => bytes);
    ahead.delete(index);
    if (index !== last + 1) ahead.clear();
    // Who reads on will read on.
    else
      for (let next = index + 1; next < Math.min(pieces, index + IN_FLIGHT); next += 1)
        if (!ahead.has(next)) {
          const coming = take(next).then(({ bytes }) => bytes);
          coming.catch(() => undefined);
          ahead.set(next, coming);
        }
    last = index;
    return asked;
  };
  return {
    size,
    beginning,
    async read(begin, end) {
      const stop = Math.min(end, size);
      const wanted = new Uint8Array(stop - begin);
      for (let index = Math.floor(begin / PIECE); index * PIECE < stop; index += 1) {
        const from = Math.max(begin - index * PIECE, 0);
        wanted.set((await pieceOf(index)).subarray(from, stop - index * PIECE), index * PIECE + from - begin);
      }
      return wanted;
    },
  };
}

/** Of a longer one its first page is asked for by itself: to open it PDF.js walks through all of its pages. */
const LONG = 4 * 1024 * 1024;

/** The picture of a long PDF's first page; null of any other, or where there is none to be had. */
export async function firstPageOf(document: string, whole: DocumentContent): Promise<DocumentContent | null> {
  const isPdf = String.fromCharCode(...whole.beginning.subarray(0, 5)) === '%PDF-';
  if (!isPdf || whole.size <= LONG) return null;
  const { document: page } = await archive.call('documents.firstPage', { document }).catch(() => ({ document: null }));
  return page === null ? null : takeOver(page);
}

/** Takes a document over whole and lets the archive forget it; null when it gives none. */
export async function takeOver(document: string): Promise<DocumentContent | null> {
  try {
    const bytes = await wholeOf(await contentOf(document));
    return { size: bytes.length, beginning: bytes, read: async (begin, end) => bytes.slice(begin, end) };
  } catch {
    return null;
  } finally {
    closeDocument(document);
  }
}

/** Takes a document over whole. Throws `AppError`. */
export const wholeOf = (content: DocumentContent): Promise<Uint8Array<ArrayBuffer>> => content.read(0, content.size);

/** Lets the archive forget an opened document; a lost archive process has forgotten it already. */
export function closeDocument(document: string): void {
  archive.call('documents.close', { document }).catch(() => undefined);
}
