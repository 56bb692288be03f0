import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { CommandContext } from './command.ts';

/** Bytes of one piece; as base64 it stays below the contract's limit. */
const PIECE_BYTES = 1_000_000;

/** A file that cannot be opened, by the name that was typed. */
export const unreadableFile = (file: string, cause?: unknown): AppError =>
  new AppError('FILE_NOT_READABLE', {
    params: { file },
    fields: [{ path: 'file', message: 'exchange.file.notFound', params: { file } }],
    ...(cause === undefined ? {} : { cause }),
  });

/** Hands a file over to the archive process in pieces. Errors name the file as it was typed. */
export async function uploadFile(context: CommandContext, path: string, purpose: 'table' | 'scan'): Promise<string> {
  const { size } = await stat(path).catch((thrown: unknown) => {
    throw unreadableFile(path, thrown);
  });
  const { upload } = await context.call('uploads.begin', { name: basename(path), size, purpose });
  const file = await open(path).catch((thrown: unknown) => {
    throw unreadableFile(path, thrown);
  });
  try {
    const piece = Buffer.alloc(PIECE_BYTES);
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, at);
      if (bytesRead === 0) throw unreadableFile(path);
      await context.call('uploads.append', { upload, data: piece.toString('base64', 0, bytesRead) });
      at += bytesRead;
    }
    return upload;
  } finally {
    await file.close();
  }
}
