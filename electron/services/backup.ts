import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { writeInfo } from '../store/archive-records.ts';
import { deskCounts } from '../store/desk-counts.ts';
import { filesBelow, unpackBackup, writeBackup } from '../vault/backup-file.ts';
import { backupRecipientsOf, folderState, readmitKeeper, vaultPaths, vaultSummary } from '../vault/vault.ts';
import type { HandlersOf } from './context.ts';
import { leaveArchive, openArchive, publicKeyOf } from './open-archive.ts';

/** One encrypted file with everything, and its way back into a new folder (security §11). */
export const backupHandlers: HandlersOf<'archive.backup' | 'archive.restore'> = {
  'archive.backup': {
    phase: 'job',
    async run(context, { file }) {
      const { archive, clock, random, program } = context;
      const paths = vaultPaths(archive.directory);
      const { size, root } = archive.audit.head();
      const counts = deskCounts(context.sql);
      // A name that the next unlock clears away, should this process be killed.
      const copy = join(archive.directory, `.backup-${random.uuid()}.${process.pid}-0.tmp`);
      try {
        context.progress({ phase: 'copying', done: 0, total: 0 });
        archive.database.vacuumInto(copy);
        const files = [
          { name: 'archive.db', path: copy },
          { name: 'vault.json', path: paths.vaultJson },
          { name: 'keyring.note', path: paths.keyring },
          ...(await filesBelow(paths.keys, 'keys')),
          ...(await filesBelow(paths.attachments, 'att')),
        ];
        const written = await writeBackup({
          file,
          files,
          manifest: {
            format: 1,
            vault: archive.vault.vaultId,
            epoch: archive.vault.epoch,
            logSize: size,
            logRoot: root,
            rows: { customers: counts.customers, papers: counts.papers, volumes: counts.volumes },
            schema: archive.database.schemaVersion,
            program: program.version,
            made: clock.now().toISOString(),
          },
          recipients: await backupRecipientsOf(archive.vault),
          signers: [archive.vault.signer],
          work: {
            signal: context.signal,
            onProgress: (done, total) => context.progress({ phase: 'copying', done, total }),
          },
        });
        if (!written.verified) throw new AppError('INTEGRITY', { params: { record: file, reason: 'readBack' } });
        context.note({ object: `backup:${written.sha256}`, data: { bytes: written.bytes, logSize: size } });
        try {
          await context.transaction((change) => writeInfo(change.sql, 'lastBackup', clock.now().toISOString()));
        } catch (thrown) {
          // A backup that nobody knows of must not lie about (R34).
          await rm(file, { force: true });
          throw thrown;
        }
        return { file, ...written };
      } finally {
        await rm(copy, { force: true });
      }
    },
  },
  'archive.restore': {
    phase: 'closed',
    async run(context, { file, directory, recoveryKey, newSecret }) {
      const { clock, random, kdf } = context;
      const state = await folderState(directory);
      if (state !== 'absent' && state !== 'empty')
        throw new AppError('VAULT_EXISTS', { params: { folder: directory, state }, hint: 'hint.emptyFolder' });
      try {
        const manifest = await unpackBackup({
          file,
          directory,
          recoveryKey,
          work: {
            signal: context.signal,
            onProgress: (done, total) => context.progress({ phase: 'reading', done, total }),
          },
        });
        const { users } = await vaultSummary(directory);
        const keeper = users.find((user) => user.role === 'keeper');
        if (keeper === undefined)
          throw new AppError('INTEGRITY', { params: { record: 'keyring.note', reason: 'backup' } });
        const archive = await openArchive(context, directory, 'restore', () =>
          readmitKeeper({ directory, recoveryKey, login: keeper.login, secret: newSecret, clock, random, kdf }),
        );
        try {
          const log = await archive.audit.verify({
            publicKeyOf: (keyId) => publicKeyOf(archive, keyId),
            signal: context.signal,
            onProgress: (done, total) => context.progress({ phase: 'verifying', done, total }),
            anchors: [{ size: manifest.logSize, root: manifest.logRoot }],
          });
          const problems = archive.database.integrityCheck();
          if (!log.ok || problems.length > 0)
            throw new AppError('INTEGRITY', {
              params: {
                record: log.firstBad === undefined ? 'archive.db' : `log ${log.firstBad.seq}`,
                reason: 'backup',
              },
            });
          archive.database.begin();
          archive.audit.append(
            {
              actor: archive.deskActor.login,
              role: archive.deskActor.role,
              type: 'restore',
              obj: `vault:${archive.vault.vaultId}`,
              outcome: 'ok',
              why: '',
              data: { logSize: manifest.logSize, root: manifest.logRoot, made: manifest.made },
            },
            archive.deskActor.signer,
          );
          archive.database.commit();
          const counts = deskCounts(archive.database.reader);
          return {
            vault: directory,
            customers: counts.customers,
            papers: counts.papers,
            auditEntries: archive.audit.size(),
            verified: true,
          };
        } finally {
          await leaveArchive(archive);
        }
      } catch (thrown) {
        // What did not pass is removed: half a restore must never look like an archive.
        await rm(directory, { recursive: true, force: true });
        throw thrown;
      }
    },
  },
};
