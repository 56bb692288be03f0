import { closeSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** R45: so much room is kept for the moment at which the disk is full: the failure itself can then still be logged. */
export const BALLAST_BYTES = 64 * 1024 * 1024;
/** It is not made where it would be a nuisance itself. */
const LEAST_FREE_BYTES = 1024 * 1024 * 1024;
const BLOCK = Buffer.alloc(1024 * 1024, 0xba);

export interface Ballast {
  /** Makes it, unless it is there. Never throws: without it everything works but this one thing. */
  fill(bytes: number): void;
  /** Makes it where there is plenty of room. */
  fillWithRoom(): void;
  /** Lets it go. True when there was any. */
  release(): boolean;
}

/** The ballast of one archive: a file that holds nothing. */
export function ballastIn(directory: string): Ballast {
  const path = join(directory, 'ballast.bin');
  const size = () => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const fill = (bytes: number) => {
    if (size() >= bytes) return;
    try {
      const file = openSync(path, 'w', 0o600);
      try {
        for (let written = 0; written < bytes; written += BLOCK.length)
          writeSync(file, BLOCK, 0, Math.min(BLOCK.length, bytes - written));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    } catch {
      rmSync(path, { force: true });
    }
  };
  return {
    fill,
    fillWithRoom() {
      try {
        const { bavail, bsize } = statfsSync(directory);
        if (bavail * bsize >= LEAST_FREE_BYTES) fill(BALLAST_BYTES);
      } catch {
        // Then there is none.
      }
    },
    release() {
      const had = size() > 0;
      rmSync(path, { force: true });
      return had;
    },
  };
}
