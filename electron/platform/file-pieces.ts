import { open } from 'node:fs/promises';

/** As much is read at once. */
export const PIECE_BYTES = 1_048_576;
/** One that is used, two that wait on their way, one that is being read. */
const BUFFERS = 4;

/**
 * The bytes of a file, the next piece read while one is used. The same four buffers go round: a piece holds until the third after it is
 * asked for, so whoever keeps it longer copies it. New buffers for gigabytes cost more time than hashing them.
 */
export async function* piecesOfFile(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  const buffers = Array.from({ length: BUFFERS }, () => Buffer.allocUnsafeSlow(PIECE_BYTES));
  const readInto = async (turn: number) => {
    const buffer = buffers[turn % BUFFERS] as Buffer;
    const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES);
    return buffer.subarray(0, bytesRead);
  };
  let next = readInto(0);
  try {
    for (let turn = 1; ; turn += 1) {
      const piece = await next;
      if (piece.length === 0) return;
      next = readInto(turn);
      yield piece;
    }
  } finally {
    await next.catch(() => undefined);
    await file.close();
  }
}
