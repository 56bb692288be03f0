import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { type ConfinedSpawner, confinedSpawner } from './confined-child.ts';

/** What travels between the archive process and the process that copies a file: two paths in, a hash out. */
export interface CopyTask {
  readonly from: string;
  /** Nothing stands there yet. */
  readonly to: string;
}
const fromCopier = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('copied'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  /** The file was written to meanwhile. */
  z.object({ kind: z.literal('moved') }),
  z.object({ kind: z.literal('failed'), error: z.custom<Parameters<typeof AppError.fromData>[0]>() }),
]);
export type FromCopier = z.infer<typeof fromCopier>;
/** Megabytes of script objects. */
export const COPY_HEAP_MEGABYTES = 64;

/** Copies files that this process has open through SQLite, and must never open otherwise: closing one here would end SQLite's locks (M10). */
export interface FileCopier {
  /**
   * Copies a file that nothing is written to meanwhile, in a process of its own that has no keys.
   * @returns SHA-256 of what was read and written; undefined when no such process can be had, or the file was written to: then the copy is of no use.
   * @throws AppError CANCELLED, NO_SPACE, READ_ONLY, INPUT_OUTPUT
   */
  copy(task: CopyTask, signal: AbortSignal): Promise<string | undefined>;
}

/** Forks that process with the Node that runs this program. */
export const copySpawner = (entry: string): ConfinedSpawner =>
  confinedSpawner(entry, { heapMegabytes: COPY_HEAP_MEGABYTES, files: true });

export function createFileCopier({ spawn }: { readonly spawn: ConfinedSpawner }): FileCopier {
  return {
    async copy(task, signal) {
      if (signal.aborted) throw new AppError('CANCELLED');
      const child = spawn();
      const finished = Promise.withResolvers<string | undefined>();
      const cancel = () => finished.reject(new AppError('CANCELLED'));
      child.onMessage((message) => {
        const { data } = fromCopier.safeParse(message);
        if (data?.kind === 'ready') child.send(task);
        else if (data?.kind === 'failed') finished.reject(AppError.fromData(data.error));
        else finished.resolve(data?.kind === 'copied' ? data.sha256 : undefined);
      });
      child.onExit(() => finished.resolve(undefined));
      signal.addEventListener('abort', cancel, { once: true });
      try {
        return await finished.promise;
      } finally {
        signal.removeEventListener('abort', cancel);
        child.kill();
      }
    },
  };
}
