import { archive } from './archive.ts';

/** Small enough that taking one over does not hold the window up. */
const PIECE = 96 * 1024;
/** Of a large document the pieces are larger: hundreds of questions one after the other would keep its first page waiting for seconds. */
const LARGE = 4 * 1024 * 1024;
const LARGE_PIECE = 512 * 1024;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(base64);
}

/**
 * Reads an opened scan or print whole, piece by piece. `document` is the handle answered by `scans.open`, `print.form` …
 * `onProgress` hears bytes read and bytes in all. Throws `AppError`.
 */
export async function readDocument(
  document: string,
  onProgress?: (done: number, total: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const first = await archive.call('documents.read', { document, offset: 0, length: PIECE });
  const whole = new Uint8Array(first.total);
  const length = first.total > LARGE ? LARGE_PIECE : PIECE;
  let piece = bytesOf(first.data);
  let offset = 0;
  while (piece.length > 0) {
    whole.set(piece, offset);
    offset += piece.length;
    onProgress?.(offset, first.total);
    if (offset >= first.total) break;
    piece = bytesOf((await archive.call('documents.read', { document, offset, length })).data);
  }
  return whole;
}

/** Lets the archive forget an opened document; a lost archive process has forgotten it already. */
export function closeDocument(document: string): void {
  archive.call('documents.close', { document }).catch(() => undefined);
}
