import { AppError } from '../../shared/errors/app-error.ts';
import { type AuditLog, createAuditLog } from '../audit/audit-log.ts';
import { leafHash } from '../audit/chain.ts';
import { entryBytes } from '../audit/entry.ts';
import { type Signer, signerFromSeed } from '../platform/signer.ts';
import { endForgottenLookups, readInfo, writeInfo } from '../store/archive-records.ts';
import { attachmentIds } from '../store/attachments.ts';
import { type ArchiveDatabase, createArchiveDatabase, openArchiveDatabase } from '../store/connection.ts';
import { acquireInstanceLock, type InstanceLock } from '../store/instance-lock.ts';
import type { Writer } from '../store/sql.ts';
import { removeOrphans } from '../vault/sealed-files.ts';
import { createVault, folderState, type OpenVault, type PreparedVault, vaultPaths } from '../vault/vault.ts';
import { archiveMigrations } from './archive-schema.ts';
import type { Actor, OpenArchive, Surroundings } from './context.ts';
import { DEFAULT_SETTINGS, writeSettings } from './settings.ts';

/** Vault, database, log and sealed files as one opened archive, in the order of security §7. */

const LOG_SEED = 'logSigningSeed';
const PRACTICE = 'practice';
const PUBLIC_KEY = 'publicKey:';

/** Remembers a public key before its first signature, so that entries stay provable when the person has left. */
export function rememberPublicKey(
  sql: Writer,
  signer: { readonly keyId: string; readonly publicKey: Uint8Array },
): void {
  writeInfo(sql, `${PUBLIC_KEY}${signer.keyId}`, Buffer.from(signer.publicKey).toString('base64'));
}

/** Public key of a signer by its id, for verifying the log. */
export function publicKeyOf(archive: Pick<OpenArchive, 'database'>, keyId: string): Uint8Array | undefined {
  const key = readInfo(archive.database.reader, `${PUBLIC_KEY}${keyId}`);
  return key === undefined ? undefined : Buffer.from(key, 'base64');
}

function logOf(surroundings: Surroundings, database: ArchiveDatabase, systemSigner: Signer): AuditLog {
  return createAuditLog({
    writer: database.writer,
    reader: database.reader,
    clock: surroundings.clock,
    boot: surroundings.program.boot,
    app: surroundings.program.version,
    systemSigner,
  });
}

function actorOf(vault: OpenVault): Actor {
  return { login: vault.user.login, displayName: vault.user.displayName, role: vault.user.role, signer: vault.signer };
}

function genesisHash(audit: AuditLog): string {
  const first = audit.entry(0);
  if (first === undefined) throw new AppError('VAULT_DAMAGED', { params: { reason: 'log' } });
  return leafHash(entryBytes(first)).toString('hex');
}

export interface NewArchive {
  readonly directory: string;
  readonly name: string;
  readonly practice: boolean;
  readonly keeper: { readonly login: string; readonly displayName: string; readonly secret: string };
}

/** Makes an archive. A crash in between leaves a folder that is plainly incomplete and never offered. */
export async function createArchive(
  surroundings: Surroundings,
  wanted: NewArchive,
): Promise<{ archive: OpenArchive; recoveryKey: string }> {
  const { clock, random, kdf, program } = surroundings;
  const paths = vaultPaths(wanted.directory);
  let database: ArchiveDatabase | undefined;
  let instanceLock: InstanceLock | undefined;
  let systemSigner: Signer | undefined;
  try {
    const writeGenesis = async (prepared: PreparedVault) => {
      instanceLock = acquireInstanceLock(paths.lock);
      systemSigner = signerFromSeed(Buffer.from(prepared.logSigningSeed));
      const logSigner = systemSigner;
      database = createArchiveDatabase({
        path: paths.database,
        key: prepared.databaseKey,
        migrations: archiveMigrations,
        populate: (writer) => {
          writeInfo(writer, 'vaultId', prepared.vaultId);
          writeInfo(writer, LOG_SEED, prepared.logSigningSeed.toString('hex'));
          writeInfo(writer, PRACTICE, wanted.practice ? '1' : '0');
          writeSettings(writer, { ...DEFAULT_SETTINGS, institution: wanted.name });
          rememberPublicKey(writer, prepared.signer);
          rememberPublicKey(writer, prepared.logSigner);
          createAuditLog({
            writer,
            reader: writer,
            clock,
            boot: program.boot,
            app: program.version,
            systemSigner: logSigner,
          }).append(
            {
              actor: prepared.keeper.login,
              role: 'keeper',
              type: 'vault.genesis',
              obj: `vault:${prepared.vaultId}`,
              outcome: 'ok',
              why: '',
              data: { logKey: Buffer.from(prepared.logSigner.publicKey).toString('base64') },
            },
            prepared.signer,
          );
        },
      });
      return genesisHash(logOf(surroundings, database, logSigner));
    };
    const { recoveryKey, opened } = await createVault({
      ...wanted,
      clock,
      random,
      kdf,
      program: program.version,
      writeGenesis,
    });
    if (database === undefined || instanceLock === undefined || systemSigner === undefined)
      throw new AppError('INTERNAL');
    const archive: OpenArchive = {
      directory: wanted.directory,
      name: opened.name,
      practice: wanted.practice,
      vault: opened,
      database,
      audit: logOf(surroundings, database, systemSigner),
      instanceLock,
      deskActor: actorOf(opened),
      systemSigner,
      recoveryKey,
    };
    return { archive, recoveryKey };
  } catch (thrown) {
    database?.close();
    instanceLock?.release();
    throw thrown;
  }
}

/** A folder without an archive is never turned into one (R03). */
async function requireArchive(directory: string): Promise<void> {
  const state = await folderState(directory);
  if (state === 'absent' || state === 'empty')
    throw new AppError('ARCHIVE_ABSENT', { params: { folder: directory } });
  if (state === 'incomplete') throw new AppError('VAULT_DAMAGED', { params: { reason: 'incomplete' } });
  if (state === 'other') throw new AppError('VAULT_NOT_A_VAULT', { params: { file: directory } });
}

/**
 * Opens an archive whose vault `unlock` opens (by secret or recovery key). Whatever does not fit is named before any
 * session exists: wrong vault id, a planted vault (fingerprint), a log shorter than its anchors (R57).
 */
export async function openArchive(
  surroundings: Surroundings,
  directory: string,
  how: string,
  unlock: () => Promise<OpenVault>,
): Promise<OpenArchive> {
  const { clock } = surroundings;
  const paths = vaultPaths(directory);
  await requireArchive(directory);
  const instanceLock = acquireInstanceLock(paths.lock);
  let database: ArchiveDatabase | undefined;
  let vault: OpenVault | undefined;
  try {
    vault = await unlock();
    database = openArchiveDatabase({ path: paths.database, key: vault.databaseKey, migrations: archiveMigrations });
    const { reader, writer } = database;
    if (readInfo(reader, 'vaultId') !== vault.vaultId)
      throw new AppError('VAULT_DAMAGED', { params: { reason: 'vaultId' } });
    const systemSigner = signerFromSeed(Buffer.from(readInfo(reader, LOG_SEED) ?? '', 'hex'));
    const audit = logOf(surroundings, database, systemSigner);
    if (genesisHash(audit) !== vault.fingerprint)
      throw new AppError('VAULT_DAMAGED', { params: { reason: 'fingerprint' } });
    const deskActor = actorOf(vault);
    const swept = await removeOrphans(directory, new Set(attachmentIds(reader)));
    database.begin();
    rememberPublicKey(writer, vault.signer);
    endForgottenLookups(writer, clock.now().toISOString());
    audit.append(
      {
        actor: deskActor.login,
        role: deskActor.role,
        type: 'session.unlock',
        obj: `vault:${vault.vaultId}`,
        outcome: 'ok',
        why: '',
        data: { how, orphansRemoved: swept.removed, orphansKept: swept.kept, sealedFilesMissing: swept.missing.length },
      },
      deskActor.signer,
    );
    database.commit();
    return {
      directory,
      name: vault.name,
      practice: readInfo(reader, PRACTICE) === '1',
      vault,
      database,
      audit,
      instanceLock,
      deskActor,
      systemSigner,
      recoveryKey: null,
    };
  } catch (thrown) {
    if (database?.inTransaction === true) database.rollback();
    database?.close();
    vault?.close();
    instanceLock.release();
    throw thrown;
  }
}

/** Ends an archive in order: the write-ahead log is folded in, keys are overwritten, the lock is freed. */
export function closeArchive(archive: OpenArchive): void {
  archive.database.close();
  archive.vault.close();
  archive.instanceLock.release();
}
