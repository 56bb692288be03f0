import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { SIGNATURE_BYTES } from './content-signature.ts';
import { PIECE_BYTES } from './import-protocol.ts';
import { checkTableFile } from './tables/read-table.ts';
import { fileRefusal, TABLE_LIMITS, type TableLimits } from './tables/table-limits.ts';

/** A file on its way into the import process: its name for messages, its size, its bytes in pieces. */
export interface TableSource {
  readonly name: string;
  readonly size: number;
  pieces(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** A file that is in memory already, whole or in the pieces in which it was handed over. */
export function sourceFromBytes(name: string, bytes: Uint8Array | readonly Uint8Array[]): TableSource {
  const parts = bytes instanceof Uint8Array ? [bytes] : bytes;
  return {
    name,
    size: parts.reduce((sum, part) => sum + part.length, 0),
    *pieces() {
      for (const part of parts) {
        for (let at = 0; at < part.length; at += PIECE_BYTES) yield part.subarray(at, at + PIECE_BYTES);
      }
    },
  };
}

async function* readPieces(file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; ) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, size - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

/**
 * Opens a table file for `use` and closes it afterwards. Size and first bytes are checked before
 * anything else is read, so a 300 MB file is refused at once (R60).
 * @throws AppError FILE_NOT_READABLE, FILE_DAMAGED, FILE_TOO_LARGE, FILE_TYPE_NOT_ALLOWED
 */
export async function withTableFile<T>(
  path: string,
  use: (source: TableSource) => Promise<T>,
  limits: TableLimits = TABLE_LIMITS,
): Promise<T> {
  const name = basename(path);
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    throw fileRefusal('FILE_NOT_READABLE', name, 'exchange.file.notFound', {}, cause);
  }
  try {
    const status = await file.stat();
    if (!status.isFile()) throw fileRefusal('FILE_NOT_READABLE', name, 'exchange.file.notFound');
    const head = Buffer.alloc(Math.min(SIGNATURE_BYTES, status.size));
    await file.read(head, 0, head.length, 0);
    checkTableFile(head, status.size, { name, limits });
    return await use({ name, size: status.size, pieces: () => readPieces(file, status.size) });
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw fileRefusal('FILE_NOT_READABLE', name, 'exchange.file.notFound', {}, thrown);
  } finally {
    await file.close();
  }
}
