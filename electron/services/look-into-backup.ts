import { copyFile, link, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { fileError } from '../platform/durable-files.ts';
import { attachmentIds } from '../store/attachments.ts';
import { unpackInto, walkBackup } from '../vault/backup-reading.ts';
import { oneAtATime } from '../vault/one-at-a-time.ts';
import { sealedName } from '../vault/sealed-files.ts';
import { vaultPaths } from '../vault/vault.ts';
import { lookAt } from './archive-facts.ts';
import { backupWork, requireOwnBackup } from './backup-look.ts';
import type { BackupLook, HandlersOf, JobContext } from './context.ts';

/**
 * A backup opened to look into it (R49, peers' wish 28): the desk reads it instead of the archive, and changes nothing. Its database is copied
 * out, encrypted as it is; a sealed file that the archive still has is linked, not copied: sealed files never change.
 */

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Puts the archive's own sealed files beside the copy, where the backup carried none. Answers how many are missing now. */
async function linkSealedFiles(copy: string, archive: string, ids: readonly string[]): Promise<number> {
  let unread = 0;
  for (const name of ids.map(sealedName)) {
    const [there, here] = [join(copy, name), join(archive, name)];
    if (await isThere(there)) continue;
    if (!(await isThere(here))) {
      unread += 1;
      continue;
    }
    await mkdir(dirname(there), { recursive: true, mode: 0o700 });
    // Some file systems have no links.
    await link(here, there).catch(() => copyFile(here, there));
  }
  return unread;
}

async function openCopy(
  context: JobContext,
  { file, recoveryKey }: { readonly file: string; readonly recoveryKey: string },
): Promise<{ readonly look: BackupLook; readonly unread: number }> {
  const { directory: archive } = context.archive;
  const copy = vaultPaths(archive).looking;
  const remove = () => rm(copy, { recursive: true, force: true });
  try {
    await remove();
    await mkdir(copy, { mode: 0o700 });
    const { manifest, manifestHash } = await walkBackup({
      file,
      recoveryKey,
      work: backupWork(context),
      async take(name, chunks) {
        if (name.startsWith('att/') && (await isThere(join(archive, name)))) for await (const _ of chunks);
        else await unpackInto(copy, name, chunks);
      },
    });
    requireOwnBackup(context.archive, file, manifest);
    const { database, audit, close } = await lookAt(context, copy, recoveryKey);
    try {
      const unread = await linkSealedFiles(copy, archive, attachmentIds(database.reader));
      const look: BackupLook = {
        file,
        made: manifest.made,
        backup: manifestHash,
        directory: copy,
        database,
        audit,
        async close() {
          close();
          await remove();
        },
      };
      return { look, unread };
    } catch (thrown) {
      close();
      throw thrown;
    }
  } catch (thrown) {
    await remove();
    throw fileError(thrown);
  }
}

const alreadyLooking = () => new AppError('BACKUP_LOOKED_INTO', { hint: 'hint.backupLookedInto' });

export const lookIntoBackupHandlers: HandlersOf<'backups.look' | 'backups.closeLook'> = {
  'backups.look': {
    phase: 'job',
    async run(context, asked) {
      const { session, shelf } = context;
      const { look, unread } = await oneAtATime(`look ${context.archive.directory}`, async () => {
        if (session.looking !== null) throw alreadyLooking();
        const opened = await openCopy(context, asked);
        session.looking = opened.look;
        return opened;
      });
      try {
        await context.transaction((change) => {
          change.note({ object: `backup:${look.backup}`, data: { made: look.made, unread } });
        });
      } catch (thrown) {
        session.looking = null;
        await look.close();
        throw thrown;
      }
      shelf.clear();
      return { made: look.made, backup: look.backup, unread };
    },
  },
  'backups.closeLook': {
    phase: 'command',
    run({ session, shelf, note, afterCommit }) {
      const { looking } = session;
      if (looking === null) throw new AppError('NOT_FOUND', { params: { what: 'backup' } });
      note({ object: `backup:${looking.backup}` });
      afterCommit(async () => {
        session.looking = null;
        shelf.clear();
        await looking.close();
      });
      return {};
    },
  },
};
