import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import type { BackupManifest } from '../vault/backup-manifest.ts';
import { type CheckedBackup, unpackInto, type Walk } from '../vault/backup-reading.ts';
import { type LookedAt, lookAt } from './archive-facts.ts';
import type { CallContext, OpenArchive } from './context.ts';

/** Looking into a backup without restoring it (security.md §11). */

/** Cancelling and progress of reading a backup. */
export const backupWork = (context: CallContext) => ({
  signal: context.signal,
  onProgress: (phase: string, done: number, total: number) => context.progress({ phase, done, total }),
});

/**
 * Unpacks all but the sealed files into a scratch folder and opens it; both go again. Sealed files are read and checked.
 * @param how `walk`: `walkChain` reads those it builds on too, `walkBackup` this one alone, whose database is always whole
 */
export async function withBackup<R extends CheckedBackup, T>(
  context: CallContext,
  how: { readonly walk: (walk: Walk) => Promise<R>; readonly file: string; readonly recoveryKey: string },
  use: (looked: LookedAt, read: R) => T | Promise<T>,
): Promise<T> {
  const { walk, file, recoveryKey } = how;
  const scratch = await mkdtemp(join(tmpdir(), 'dossier-desk-compare-'));
  try {
    const read = await walk({
      file,
      recoveryKey,
      work: backupWork(context),
      async take(name, chunks) {
        if (name.startsWith('att/')) for await (const _ of chunks);
        else await unpackInto(scratch, name, chunks);
      },
    });
    const looked = await lookAt(context, scratch, recoveryKey);
    try {
      return await use(looked, read);
    } finally {
      looked.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @throws AppError INTEGRITY when the backup was made of another archive */
export function requireOwnBackup(archive: OpenArchive, file: string, manifest: BackupManifest): void {
  if (manifest.vault !== archive.vault.vaultId)
    throw new AppError('INTEGRITY', { params: { record: file, reason: 'otherArchive' }, hint: 'hint.otherArchive' });
}
