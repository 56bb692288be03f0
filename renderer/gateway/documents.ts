import { archive } from './archive.ts';

/** Small enough that taking one over does not hold the window up. */
const PIECE = 96 * 1024;
/** Of a large document the pieces are larger: each is a question, and hundreds of them cost more than their bytes. */
const LARGE = 4 * 1024 * 1024;
const LARGE_PIECE = 256 * 1024;
/** Pieces asked for at once: archive, host and window each work on another one. One after the other a long document takes two to three times as long. */
const IN_FLIGHT = 6;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(base64);
}

/**
 * Reads an opened scan or print whole, piece by piece. `document` is the handle answered by `scans.open`, `print.form` …
 * `onFirstPage` hears of a long PDF its first page, as a document of its own, before the rest is taken over. Throws `AppError`.
 */
export async function readDocument(
  document: string,
  onFirstPage?: (page: Uint8Array<ArrayBuffer>) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const { data, total } = await archive.call('documents.read', { document, offset: 0, length: PIECE });
  const first = bytesOf(data);
  if (onFirstPage !== undefined && total > LARGE && isPdf(first)) {
    const page = await readFirstPage(document).catch(() => null);
    if (page !== null) onFirstPage(page);
  }
  const whole = new Uint8Array(total);
  whole.set(first);
  const length = total > LARGE ? LARGE_PIECE : PIECE;
  let next = first.length;
  const takeOver = async (): Promise<void> => {
    while (next < total) {
      const offset = next;
      next += length;
      whole.set(bytesOf((await archive.call('documents.read', { document, offset, length })).data), offset);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, takeOver));
  return whole;
}

const isPdf = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(0, 5)) === '%PDF-';

async function readFirstPage(document: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const { document: page } = await archive.call('documents.firstPage', { document });
  if (page === null) return null;
  try {
    return await readDocument(page);
  } finally {
    closeDocument(page);
  }
}

/** Lets the archive forget an opened document; a lost archive process has forgotten it already. */
export function closeDocument(document: string): void {
  archive.call('documents.close', { document }).catch(() => undefined);
}
