import { rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { extentOf } from '../../shared/domain/backups.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { createLogReader } from '../audit/audit-log.ts';
import { readIfPresent, replaceDurably } from '../platform/durable-files.ts';
import { requireRoom } from '../platform/output-folder.ts';
import { readInfo, writeInfo } from '../store/archive-records.ts';
import { allAttachments } from '../store/attachments.ts';
import { type BackupMedium, findMedium, insertBackupRun, packIds, saveMedium, unpackIds } from '../store/backups.ts';
import { copyApart } from '../store/copy-apart.ts';
import { acceptedFiles, countUnsettled, insertDamage } from '../store/fixity.ts';
import type { PageReport } from '../store/page-verifier.ts';
import type { Reader } from '../store/sql.ts';
import { type BackedUpFile, type EarlierFile, filesBelow, writeBackup } from '../vault/backup-file.ts';
import { sha256Hex } from '../vault/hash.ts';
import { checkCipherHash, sealedName, sealedPath } from '../vault/sealed-files.ts';
import { backupRecipientsOf, vaultPaths } from '../vault/vault.ts';
import { factsOf } from './archive-facts.ts';
import type { HandlersOf, JobContext } from './context.ts';

/** Encrypted files with everything, on two media in turns (security §11). */

/** Says of a folder which medium it is. Nothing of the archive stands in it. */
const MEDIUM_FILE = 'dossier-desk-medium.json';
/** Whom the backups of a medium are for, as a hash. */
const READERS = 'backupReaders:';
const MEDIUM_ID = /^[0-9a-f-]{36}$/;
/** Room for envelope, tar and manifest, beyond the files themselves. */
const OVERHEAD = 4 * 1024 * 1024;

async function mediumOf(folder: string): Promise<string | undefined> {
  const bytes = await readIfPresent(join(folder, MEDIUM_FILE), 4_096).catch(() => undefined);
  try {
    const { medium } = JSON.parse(bytes?.toString('utf8') ?? '') as { medium?: unknown };
    return typeof medium === 'string' && MEDIUM_ID.test(medium) ? medium : undefined;
  } catch {
    return undefined;
  }
}

/** The file meant by a path: itself, or one named by itself in the folder that it is. */
async function targetFile({ archive, clock }: JobContext, path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return path;
  const stamp = clock.now().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return join(path, `archive-${archive.vault.vaultId.slice(0, 8)}-${archive.audit.size()}-${stamp}.backup.age`);
}

/** The last backup of the medium lies there as it was written: the next one may build on it. */
async function chainStands(folder: string, medium: BackupMedium | undefined): Promise<boolean> {
  if (medium === undefined || medium.last_file === '') return false;
  return stat(join(folder, medium.last_file)).then(
    (found) => found.size === medium.last_bytes,
    () => false,
  );
}

type SealedRow = ReturnType<typeof sealedRows>[number];

/** The sealed files that a backup must hold: all, but those whose loss was accepted. */
function sealedRows(sql: Reader) {
  const accepted = acceptedFiles(sql);
  return [...allAttachments(sql)].filter(({ id }) => !accepted.has(id));
}

interface Sealed {
  readonly carried: BackedUpFile[];
  readonly earlier: EarlierFile[];
  readonly bytes: number;
  readonly ids: string[];
}

/**
 * The sealed files: those to carry, and those that the chain has already. All are read before a backup is called done (R49):
 * the carried ones while they are written, the others here.
 */
async function sealedFiles(
  context: JobContext,
  rows: readonly SealedRow[],
  held: ReadonlySet<string>,
): Promise<Sealed> {
  const { archive, signal } = context;
  const carried: BackedUpFile[] = [];
  const earlier: EarlierFile[] = [];
  let bytes = 0;
  for (const [index, row] of rows.entries()) {
    signal.throwIfAborted();
    const known = { sha256: row.sha256_cipher, label: row.code ?? row.name };
    const path = sealedPath(archive.directory, row.id);
    if (!held.has(row.id)) {
      carried.push({ name: sealedName(row.id), path, known });
      bytes += row.size;
      continue;
    }
    const size = await checkCipherHash(archive.directory, row.id, row.sha256_cipher);
    if (size === undefined) throw new AppError('INTEGRITY', { params: { record: known.label, reason: 'changed' } });
    earlier.push({ name: sealedName(row.id), size, sha256: row.sha256_cipher });
    context.progress({ phase: 'verifyingFiles', done: index + 1, total: rows.length });
  }
  return { carried, earlier, bytes, ids: rows.map(({ id }) => id) };
}

/** A copy that holds a page which does not authenticate is no backup (R54). */
function refuseBadPages({ bad }: PageReport): void {
  if (bad.length > 0) throw new AppError('INTEGRITY', { params: { record: 'archive.db', reason: 'page' } });
}

/** A damaged paper found on the way is written down, so that it is put right before anything else is changed (R49). */
async function rememberDamage(context: JobContext, thrown: unknown): Promise<void> {
  const { code, params } = AppError.from(thrown);
  const { archive, sql, clock } = context;
  const reason = params['reason'];
  if (code !== 'INTEGRITY' || (reason !== 'changed' && reason !== 'missing')) return;
  const row = [...allAttachments(sql)].find((one) => (one.code ?? one.name) === params['record']);
  if (row === undefined) return;
  await context.transaction((change) => {
    insertDamage(change.sql, clock.now().toISOString(), {
      kind: reason,
      subject: String(params['record']),
      name: row.name,
      customer: row.customer ?? '',
      attachment_id: row.id,
      detail: '',
    });
    const unsettled = countUnsettled(change.sql);
    change.afterCommit(() => {
      archive.damage.unsettled = unsettled;
    });
  });
}

export const backupHandlers: HandlersOf<'archive.backup'> = {
  'archive.backup': {
    phase: 'job',
    async run(context, { file: wanted, extent: asked }) {
      const { archive, clock, random, program, actor, signal, copier } = context;
      const paths = vaultPaths(archive.directory);
      const file = await targetFile(context, wanted);
      const folder = dirname(file);
      const known = await mediumOf(folder);
      const medium = known === undefined ? undefined : findMedium(context.sql, known);
      const recipients = await backupRecipientsOf(archive.vault);
      const readers = sha256Hex([...recipients].sort().join('\n'));
      // A chain has one set of keys that open all of it: after a new recovery sheet or another supervisor it begins anew.
      const mayBuildOn =
        medium !== undefined &&
        readInfo(context.sql, READERS + medium.id) === readers &&
        (await chainStands(folder, medium));
      // A backup is not built on the one whose place it takes.
      const mayGoOn = mayBuildOn && medium?.last_file !== basename(file);
      const extent =
        asked === 'auto'
          ? extentOf(medium === undefined ? null : { chainWhole: mayGoOn, sinceFull: medium.since_full })
          : asked;
      if (extent === 'incremental' && !mayGoOn)
        throw new AppError('INPUT_INVALID', {
          fields: [{ path: 'extent', message: 'validation.backupChain' }],
          hint: 'hint.backupChain',
        });
      // A name that the next unlock clears away, should this process be killed.
      const scratch = join(archive.directory, `.backup-${random.uuid()}.${process.pid}-0.tmp`);
      let discard = async () => {};
      try {
        const database = await stat(paths.database);
        await requireRoom(archive.directory, database.size);
        await requireRoom(folder, database.size + OVERHEAD);
        context.progress({ phase: 'copying', done: 0, total: 0 });
        // The log is hashed up to here already; the copy's is asked for the rest.
        const hashed = archive.audit.position();
        const { vaultId, databaseKey: key } = archive.vault;
        const copy = await copyApart(
          { path: paths.database, key, folder: scratch, copier },
          signal,
          ({ reader, schemaVersion }) => {
            const audit = createLogReader(reader, hashed);
            return {
              ...factsOf({ vaultId, database: { reader, schemaVersion }, audit }),
              logChain: audit.head().chain,
              highWater: audit.highWater() ?? '',
              sealed: sealedRows(reader),
            };
          },
        );
        discard = copy.discard;
        const facts = copy.found;
        const held = extent === 'incremental' && medium !== undefined ? unpackIds(medium.held) : new Set<string>();
        const sealed = await sealedFiles(context, facts.sealed, held);
        await requireRoom(folder, (await stat(copy.path)).size + sealed.bytes + OVERHEAD);
        const written = await writeBackup({
          file,
          files: [
            {
              name: 'archive.db',
              path: copy.path,
              ...(copy.sha256 && { known: { sha256: copy.sha256, label: 'archive.db' } }),
            },
            { name: 'vault.json', path: paths.vaultJson },
            { name: 'keyring.note', path: paths.keyring },
            ...(await filesBelow(paths.keys, 'keys')),
            ...sealed.carried,
          ],
          earlier: sealed.earlier,
          manifest: copy.rows.then((rows) => ({
            format: 1 as const,
            vault: archive.vault.vaultId,
            epoch: archive.vault.epoch,
            logSize: facts.logSize,
            logRoot: facts.logRoot,
            logChain: facts.logChain,
            rows,
            schema: facts.schema,
            program: program.version,
            made: clock.now().toISOString(),
            highWater: facts.highWater,
            lastEntries: facts.lastEntries.map(({ seq, at, type, actor: by, object }) => ({
              seq,
              at,
              type,
              actor: by,
              obj: object,
            })),
            base:
              extent === 'incremental' && medium !== undefined
                ? { file: medium.last_file, manifest: medium.last_manifest }
                : null,
          })),
          recipients,
          signers: [archive.vault.signer, archive.systemSigner],
          beforeNaming: () => copy.pages.then(refuseBadPages),
          work: { signal, onProgress: (phase, done, total) => context.progress({ phase, done, total }) },
        });
        const mediumId = known ?? random.uuid();
        if (known === undefined)
          await replaceDurably(join(folder, MEDIUM_FILE), `${JSON.stringify({ v: 1, medium: mediumId })}\n`);
        const at = clock.now().toISOString();
        context.note({
          object: `backup:${written.sha256}`,
          data: {
            bytes: written.bytes,
            logSize: facts.logSize,
            extent,
            medium: mediumId,
            newMedium: medium === undefined ? 1 : 0,
          },
        });
        try {
          await context.transaction(({ sql }) => {
            writeInfo(sql, 'lastBackup', at);
            writeInfo(sql, READERS + mediumId, readers);
            saveMedium(sql, {
              id: mediumId,
              place: folder,
              first_at: medium?.first_at ?? at,
              last_at: at,
              backups: (medium?.backups ?? 0) + 1,
              since_full: extent === 'full' ? 0 : (medium?.since_full ?? 0) + 1,
              last_file: basename(file),
              last_bytes: written.bytes,
              last_manifest: written.manifest,
              held: packIds(sealed.ids),
            });
            insertBackupRun(sql, {
              at,
              by: actor.displayName,
              medium_id: mediumId,
              file: basename(file),
              extent,
              bytes: written.bytes,
              sha256: written.sha256,
              manifest: written.manifest,
              files: sealed.carried.length,
              log_size: facts.logSize,
            });
          });
        } catch (thrown) {
          // A backup that nobody knows of must not lie about (R34).
          await rm(file, { force: true });
          throw thrown;
        }
        return {
          file,
          sha256: written.sha256,
          bytes: written.bytes,
          verified: true,
          extent,
          carried: sealed.carried.length,
          sealedFiles: sealed.ids.length,
          newMedium: medium === undefined,
        };
      } catch (thrown) {
        await rememberDamage(context, thrown).catch(() => undefined);
        throw thrown;
      } finally {
        await discard();
      }
    },
  },
};
