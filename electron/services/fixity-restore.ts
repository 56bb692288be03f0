import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  discardTemporary,
  makeFolder,
  openTemporary,
  publishTemporary,
  syncFolder,
} from '../platform/durable-files.ts';
import { findAttachment } from '../store/attachments.ts';
import { countUnsettled, findDamage, settleDamage } from '../store/fixity.ts';
import { walkBackup } from '../vault/backup-reading.ts';
import { checkSealed, sealedName, sealedPath } from '../vault/sealed-files.ts';
import { backupWork, requireOwnBackup } from './backup-look.ts';
import type { HandlersOf } from './context.ts';
import { sealedOf } from './documents.ts';
import { getDamage, shownDamage } from './fixity.ts';

/**
 * One sealed file put back from a backup (R49). Sealed files never change, so a backup holds either exactly the bytes that the record
 * knows by their hash, or nothing that could take their place.
 */
export const fixityRestoreHandlers: HandlersOf<'fixity.restoreFile'> = {
  'fixity.restoreFile': {
    phase: 'job',
    async run(context, { id, file, recoveryKey }) {
      const { archive, sql, clock, actor } = context;
      const damage = getDamage(sql, id);
      const row = damage.attachment_id === '' ? undefined : findAttachment(sql, damage.attachment_id);
      if (row === undefined) throw new AppError('INPUT_INVALID', { hint: 'hint.restoreWhole' });
      context.note({ object: `damage:${damage.subject}`, data: { file: row.id, kind: damage.kind } });
      const path = sealedPath(archive.directory, row.id);
      await makeFolder(dirname(path));
      const temporary = await openTemporary(path);
      let found = false;
      let given = '';
      try {
        const { manifest } = await walkBackup({
          file,
          recoveryKey,
          work: backupWork(context),
          async take(name, chunks) {
            const isWanted = name === sealedName(row.id);
            const hash = createHash('sha256');
            for await (const chunk of chunks)
              if (isWanted) {
                hash.update(chunk);
                await temporary.handle.writeFile(chunk);
              }
            if (!isWanted) return;
            found = true;
            given = hash.digest('hex');
          },
        });
        requireOwnBackup(archive, file, manifest);
        if (!found)
          throw new AppError('NOT_FOUND', {
            params: { what: 'fileInBackup', number: damage.subject },
            hint: 'hint.earlierBackup',
          });
        if (given !== row.sha256_cipher)
          throw new AppError('INTEGRITY', {
            params: { record: damage.subject, reason: 'changed' },
            hint: 'hint.earlierBackup',
          });
      } catch (thrown) {
        await discardTemporary(temporary);
        throw thrown;
      }
      await publishTemporary(temporary, path);
      await syncFolder(dirname(path));
      const wrong = await checkSealed(archive.directory, sealedOf(row));
      if (wrong !== undefined) throw new AppError('INTEGRITY', { params: { record: damage.subject, reason: wrong } });
      const left = await context.transaction((change) => {
        settleDamage(change.sql, id, {
          at: clock.now().toISOString(),
          by: actor.displayName,
          settled: 'restored',
          reason: '',
        });
        const remaining = countUnsettled(change.sql);
        change.afterCommit(() => {
          archive.damage.unsettled = remaining;
        });
        return remaining;
      });
      const restored = findDamage(sql, id);
      if (restored === undefined) throw new AppError('INTERNAL');
      return { restored: shownDamage(restored), left };
    },
  },
};
