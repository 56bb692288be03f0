import { AppError } from '../../shared/errors/app-error.ts';
import { archive } from './archive.ts';

/** Bytes in one piece: small enough that the window does not stand still while one is written as base64. */
const PIECE = 192 * 1024;

/**
 * Hands a file of the person over to the archive process in pieces and answers its upload id.
 * Gives the upload up when a piece fails or `signal` is aborted (`CANCELLED`). Throws `AppError`.
 */
export async function uploadFile(
  file: File,
  onProgress?: (done: number, total: number) => void,
  signal?: AbortSignal,
  purpose: 'table' | 'scan' = 'scan',
): Promise<string> {
  const { upload } = await archive.call('uploads.begin', { name: file.name, size: file.size, purpose });
  try {
    for (let offset = 0; offset < file.size; offset += PIECE) {
      if (signal?.aborted) throw new AppError('CANCELLED');
      const bytes = await readPiece(file, offset);
      await archive.call('uploads.append', { upload, data: bytes.toBase64() });
      onProgress?.(Math.min(offset + PIECE, file.size), file.size);
    }
    return upload;
  } catch (thrown) {
    discardUpload(upload);
    throw AppError.from(thrown);
  }
}

async function readPiece(file: File, offset: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(offset, offset + PIECE).arrayBuffer());
  } catch (cause) {
    throw new AppError('FILE_NOT_READABLE', { params: { name: file.name }, cause });
  }
}

/** Gives a handed-over file up. */
export function discardUpload(upload: string): void {
  archive.call('uploads.discard', { upload }).catch(() => undefined);
}
