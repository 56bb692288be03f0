import { setImmediate as turn } from 'node:timers/promises';

/** Long reckoning in pieces of a few milliseconds: a generator that yields between two of them. */
export type Pieces<T> = Generator<undefined, T>;

/** Piece by piece, in turns with whatever else is asked. Throws when the signal is aborted. */
export async function inTurns<T>(pieces: Pieces<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const piece = pieces.next();
    if (piece.done === true) return piece.value;
    await turn();
    signal.throwIfAborted();
  }
}

/** All pieces at one go, where nobody waits. */
export function atOneGo<T>(pieces: Pieces<T>): T {
  for (;;) {
    const piece = pieces.next();
    if (piece.done === true) return piece.value;
  }
}
