import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { OutputOf } from '../../shared/contract/contract.ts';
import { type BackupStanding, backupStanding } from '../../shared/domain/backups.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { fileError, makeFolder, syncFolder, syncTree } from '../platform/durable-files.ts';
import { requireRoom } from '../platform/output-folder.ts';
import { writeInfo } from '../store/archive-records.ts';
import { allAttachments } from '../store/attachments.ts';
import { markTried } from '../store/backups.ts';
import { deskCounts } from '../store/desk-counts.ts';
import { acquireInstanceLock } from '../store/instance-lock.ts';
import { tableCounts } from '../store/table-counts.ts';
import type { BackupManifest } from '../vault/backup-manifest.ts';
import { unpackBackup, walkChain } from '../vault/backup-reading.ts';
import { checkSealed } from '../vault/sealed-files.ts';
import { folderState, readmitKeeper, type VaultUser, vaultPaths, vaultSummary, verifySecret } from '../vault/vault.ts';
import { factsOf, type LookedAt, logPlaceOf, lookAt } from './archive-facts.ts';
import { backupWork, withBackup } from './backup-look.ts';
import { LAST_DRILL } from './backup-status.ts';
import type { CallContext, ClosedContext, HandlersOf, OpenArchive } from './context.ts';
import { sealedOf } from './documents.ts';
import { leaveArchive, openArchive, publicKeyOf } from './open-archive.ts';
import { requireGoodPlace } from './vault-place.ts';

/** What a backup holds against what is there, trying a restore out, and the restore itself (security §11, R55, R56). */

/** The archive to compare with: the open one, else the one in a folder, as far as the recovery key opens it. */
async function presentArchive(
  context: ClosedContext,
  directory: string | undefined,
  recoveryKey: string,
): Promise<{ readonly looked: Pick<LookedAt, 'vaultId' | 'database' | 'audit'>; close(): void } | null> {
  const { archive } = context.session;
  if (archive !== null)
    return { looked: { vaultId: archive.vault.vaultId, database: archive.database, audit: archive.audit }, close() {} };
  if (directory === undefined || (await folderState(directory)) !== 'vault') return null;
  // Whoever has it open goes on; to look at it, it has to be ours.
  const lock = acquireInstanceLock(vaultPaths(directory).lock);
  try {
    const looked = await lookAt(context, directory, recoveryKey);
    return {
      looked,
      close() {
        looked.close();
        lock.release();
      },
    };
  } catch (thrown) {
    lock.release();
    // Damaged, or under another recovery key: then nothing can be said of it, and it stays as it is.
    if (['VAULT_DAMAGED', 'RECOVERY_KEY_WRONG', 'FORMAT_NEWER'].includes(AppError.from(thrown).code)) return null;
    throw thrown;
  }
}

/** What going back to the backup would lose: the entries that only the archive there has. */
function lostEntries(
  standing: BackupStanding,
  backupSize: number,
  present: Pick<LookedAt, 'audit'> | null,
): OutputOf<'backups.compare'>['lost'] {
  if (present === null || (standing !== 'older' && standing !== 'forked')) return { entries: 0, from: null, to: null };
  const size = present.audit.size();
  const at = (seq: number) => present.audit.entry(seq)?.ts ?? null;
  return { entries: Math.max(0, size - backupSize), from: at(Math.min(backupSize, size - 1)), to: at(size - 1) };
}

/** Supervisors who may sign in to the archive in a folder now; nobody where there is none. */
async function supervisorsOf({ clock }: ClosedContext, directory: string | undefined) {
  if (directory === undefined || (await folderState(directory)) !== 'vault') return [];
  const now = clock.now().toISOString();
  // Where nothing can be read any more, nobody there can be asked: the sealed recovery key stands for them.
  const { users } = await vaultSummary(directory).catch(() => ({ users: [] as readonly VaultUser[] }));
  return users
    .filter(({ role, validUntil }) => role === 'supervisor' && (validUntil === null || validUntil > now))
    .map(({ login, displayName }) => ({ login, displayName }));
}

/**
 * R56, R71: a backup takes the place of an archive that has a supervisor only with that supervisor's own secret. Their slots are in the
 * archive there, never in a backup (R58); where nothing is left of it, the sealed recovery key alone has to do, and the entry says so.
 */
async function secondPerson(
  context: ClosedContext,
  replaces: string | undefined,
  witness: { readonly login: string; readonly secret: string } | undefined,
): Promise<Record<string, string | number>> {
  const supervisors = await supervisorsOf(context, replaces);
  if (replaces === undefined || supervisors.length === 0) return { alone: 1 };
  if (witness === undefined)
    throw new AppError('SECOND_PERSON_MISSING', { params: { reason: 'none' }, hint: 'hint.supervisorRestores' });
  const { clock, random, kdf } = context;
  const proven = await verifySecret({ directory: replaces, ...witness, clock, random, kdf });
  proven.close();
  if (proven.user.role !== 'supervisor')
    throw new AppError('ROLE_REFUSED', { params: { role: proven.user.role }, hint: 'hint.agreement.role' });
  return { witness: proven.user.login };
}

/** The checks of a restored archive, each with what it found. */
async function proveRestored(context: CallContext, directory: string, looked: LookedAt, manifest: BackupManifest) {
  const { reader } = looked.database;
  const log = await looked.audit.verify({
    publicKeyOf: (keyId) => publicKeyOf(looked, keyId),
    signal: context.signal,
    onProgress: (done, total) => context.progress({ phase: 'verifying', done, total }),
    anchors: [{ size: manifest.logSize, root: manifest.logRoot }],
  });
  const problems = looked.database.integrityCheck();
  const rows = tableCounts(reader);
  // A migration may have made tables since; what the backup counted must be there to the last row.
  const wrongRows = Object.entries(manifest.rows).filter(
    ([table, count]) => rows[table] !== undefined && rows[table] !== count,
  );
  const sealed = [...allAttachments(reader)];
  const bad: string[] = [];
  for (const [index, row] of sealed.entries()) {
    context.signal.throwIfAborted();
    const wrong = await checkSealed(directory, sealedOf(row));
    if (wrong !== undefined) bad.push(`${row.code ?? row.name} (${wrong})`);
    context.progress({ phase: 'verifyingFiles', done: index + 1, total: sealed.length });
  }
  const check = (name: string, found: readonly string[], good: string) => ({
    name,
    ok: found.length === 0,
    detail: found.length === 0 ? good : found.slice(0, 20).join(', '),
  });
  return {
    sealedFiles: sealed.length,
    auditEntries: log.entries,
    checks: [
      check(
        'pages',
        looked.badPages.map(String),
        String(reader.get<{ n: number }>('SELECT page_count AS n FROM pragma_page_count')?.n ?? ''),
      ),
      check('database', problems, String(Object.keys(rows).length)),
      check(
        'log',
        log.firstBad === undefined ? [] : [`${log.firstBad.seq}: ${log.firstBad.kind}`],
        String(log.entries),
      ),
      check(
        'rows',
        wrongRows.map(([table]) => table),
        String(Object.values(rows).reduce((sum, n) => sum + n, 0)),
      ),
      check('sealedFiles', bad, String(sealed.length)),
    ],
  };
}

const isKnownStanding = (archive: OpenArchive | null, looked: LookedAt) =>
  backupStanding(
    logPlaceOf(looked.vaultId, looked.audit),
    archive === null ? null : logPlaceOf(archive.vault.vaultId, archive.audit),
  );

export const restoreHandlers: HandlersOf<'backups.compare' | 'backups.drill' | 'archive.restore'> = {
  'backups.compare': {
    phase: 'closed',
    run: (context, { file, recoveryKey, present: directory }) =>
      withBackup(context, { walk: walkChain, file, recoveryKey }, async (looked, { manifest, files }) => {
        const present = await presentArchive(context, directory, recoveryKey);
        try {
          const there = present?.looked ?? null;
          const standing = backupStanding(
            logPlaceOf(looked.vaultId, looked.audit),
            there === null ? null : logPlaceOf(there.vaultId, there.audit),
          );
          let bytes = 0;
          for (const part of files) bytes += (await stat(part)).size;
          return {
            standing,
            made: manifest.made,
            program: manifest.program,
            extent: manifest.base === null ? ('full' as const) : ('incremental' as const),
            files: [...files],
            bytes,
            backup: factsOf(looked),
            present: there === null ? null : factsOf(there),
            lost: lostEntries(standing, looked.audit.size(), there),
            supervisors: await supervisorsOf(context, context.session.archive?.directory ?? directory),
          };
        } finally {
          present?.close();
        }
      }),
  },
  'backups.drill': {
    phase: 'job',
    async run(context, { file, recoveryKey, room }) {
      const { clock, archive } = context;
      const began = clock.monotonicMs();
      const parent = room ?? dirname(archive.directory);
      // Room for the largest there can be: everything that is sealed, and the database beside it.
      await requireRoom(parent, 0);
      const folder = await mkdtemp(join(parent, '.restore-drill-'));
      try {
        const { manifest, manifestHash } = await unpackBackup({
          file,
          directory: folder,
          recoveryKey,
          work: backupWork(context),
        });
        const looked = await lookAt(context, folder, recoveryKey);
        try {
          const standing = isKnownStanding(archive, looked);
          const proved = await proveRestored(context, folder, looked, manifest);
          const ok = proved.checks.every((one) => one.ok);
          const seconds = Math.round((clock.monotonicMs() - began) / 100) / 10;
          context.note({
            object: `backup:${manifestHash}`,
            data: {
              ok: ok ? 1 : 0,
              standing,
              seconds: Math.round(seconds),
              entries: proved.auditEntries,
              files: proved.sealedFiles,
              ...(ok ? {} : { failed: proved.checks.filter((one) => !one.ok).map((one) => one.name) }),
            },
          });
          await context.transaction(({ sql }) => {
            if (!ok) return;
            const at = clock.now().toISOString();
            markTried(sql, manifestHash, at);
            writeInfo(sql, LAST_DRILL, at);
          });
          return { ok, standing, made: manifest.made, seconds, ...proved };
        } finally {
          looked.close();
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
  'archive.restore': {
    phase: 'closed',
    async run(context, { file, directory, recoveryKey, newSecret, replaces, standing: said, witness }) {
      const { clock, random, kdf } = context;
      const state = await folderState(directory);
      if (state !== 'absent' && state !== 'empty')
        throw new AppError('VAULT_EXISTS', { params: { folder: directory, state }, hint: 'hint.emptyFolder' });
      await requireGoodPlace(directory, false);
      const agreed = await secondPerson(context, replaces, witness);
      // Under another name until it is whole: half a restore must never look like an archive, whatever cuts it short (R44).
      const making = join(dirname(directory), `.${basename(directory)}.restoring`);
      try {
        await makeFolder(dirname(directory));
        await rm(making, { recursive: true, force: true });
        await mkdir(making, { mode: 0o700 });
        const { manifest } = await unpackBackup({ file, directory: making, recoveryKey, work: backupWork(context) });
        const replaced = await standingOfRestored(context, { directory: making, recoveryKey, replaces, said });
        const { users } = await vaultSummary(making);
        const keeper = users.find((user) => user.role === 'keeper');
        if (keeper === undefined)
          throw new AppError('INTEGRITY', { params: { record: 'keyring.note', reason: 'backup' } });
        // The anchors outside belong to the place that it will stand at: they begin at its first unlock.
        const archive = await openArchive({ ...context, dataFolder: undefined }, making, 'restore', () =>
          readmitKeeper({
            directory: making,
            recoveryKey,
            login: keeper.login,
            secret: newSecret,
            clock,
            random,
            kdf,
          }),
        );
        let restored: OutputOf<'archive.restore'>;
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
              data: { logSize: manifest.logSize, root: manifest.logRoot, made: manifest.made, ...replaced, ...agreed },
            },
            archive.deskActor.signer,
          );
          archive.database.commit();
          const counts = deskCounts(archive.database.reader);
          restored = {
            vault: directory,
            customers: counts.customers,
            papers: counts.papers,
            auditEntries: archive.audit.size(),
            verified: true,
          };
        } finally {
          await leaveArchive(archive);
        }
        // Everything in it is named for good before it gets its own name (R44).
        await syncTree(making);
        await rm(directory, { recursive: true, force: true });
        await rename(making, directory);
        await syncFolder(dirname(directory));
        return restored;
      } catch (thrown) {
        await rm(making, { recursive: true, force: true });
        throw fileError(thrown);
      }
    },
  },
};

/**
 * R56: how what was unpacked stands to the archive whose place it is to take, for the entry. Refused when it is not what was said, and when it
 * would lose something that nobody has said yes to.
 */
async function standingOfRestored(
  context: ClosedContext,
  asked: {
    readonly directory: string;
    readonly recoveryKey: string;
    readonly replaces: string | undefined;
    readonly said: BackupStanding | undefined;
  },
): Promise<Record<string, string | number>> {
  const { directory, recoveryKey, replaces, said } = asked;
  if (replaces === undefined) return {};
  const present = await presentArchive(context, replaces, recoveryKey);
  const looked = await lookAt(context, directory, recoveryKey);
  try {
    const there = present?.looked ?? null;
    const standing = backupStanding(
      logPlaceOf(looked.vaultId, looked.audit),
      there === null ? null : logPlaceOf(there.vaultId, there.audit),
    );
    const loses = standing === 'older' || standing === 'forked' || standing === 'otherArchive';
    if ((said !== undefined && said !== standing) || (loses && said !== standing))
      throw new AppError('CONFLICT', {
        params: { what: 'backup', number: basename(replaces), standing },
        hint: `hint.backupStanding.${standing}`,
      });
    if (there === null) return { standing };
    const { size, root, chain } = there.audit.head();
    return { standing, replacedSize: size, replacedRoot: root, replacedChain: chain };
  } finally {
    looked.close();
    present?.close();
  }
}
