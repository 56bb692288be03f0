import { AppError } from '../../shared/errors/app-error.ts';
import { type AuditLog, createAuditLog } from '../audit/audit-log.ts';
import { leafHash } from '../audit/chain.ts';
import { entryBytes } from '../audit/entry.ts';
import { appendOuter, type OuterHead, type OuterReading, readOuter, settleOuter } from '../audit/outer-log.ts';
import { ballastIn } from '../platform/ballast.ts';
import { removeLeftovers } from '../platform/durable-files.ts';
import { type Signer, signerFromSeed } from '../platform/signer.ts';
import { endForgottenLookups, readInfo, writeInfo } from '../store/archive-records.ts';
import { attachmentIds } from '../store/attachments.ts';
import { removeCodeCard } from '../store/code-cards.ts';
import { type ArchiveDatabase, createArchiveDatabase, openArchiveDatabase } from '../store/connection.ts';
import { countUnsettled } from '../store/fixity.ts';
import { acquireInstanceLock, type InstanceLock } from '../store/instance-lock.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { removeOrphans } from '../vault/sealed-files.ts';
import {
  createVault,
  folderState,
  type OpenVault,
  type PreparedVault,
  settleHeldChange,
  settleRotation,
  vaultPaths,
  vaultSummary,
} from '../vault/vault.ts';
import { createAnchors } from './anchoring.ts';
import { archiveMigrations } from './archive-schema.ts';
import { backupAlarmNow } from './backup-status.ts';
import type { Actor, OpenArchive, Surroundings } from './context.ts';
import type { StrikeCode } from './prove-person.ts';
import { type FirstSettings, firstSettings, writeSettings } from './settings.ts';
import { concernOf } from './vault-place.ts';

/** Vault, database, log and sealed files as one opened archive, in the order of security §7. */

const LOG_SEED = 'logSigningSeed';
const PRACTICE = 'practice';
const PUBLIC_KEY = 'publicKey:';
const KEYRING = 'keyringAccepted';

/** Where the file of what happens before an unlock ended when it was last merged (R38). */
const OUTER = 'outerHead';
/** `1` while somebody is admitted as a supervisor, as the last unlock found it. */
export const HAS_SUPERVISOR = 'hasSupervisor';
/** When the printed recovery key was last used: a new one is due (security §6). */
export const RECOVERY_USED = 'recoveryUsedAt';
/** More lines than these are counted, not repeated. */
const MERGED_AT_MOST = 200;

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

/** Remembers, together with its log entry, the keyring that is about to come into force. */
export function acceptKeyring(sql: Writer, sha256: string): void {
  writeInfo(sql, KEYRING, sha256);
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

/** The log of an opened database, by the log key that it holds itself. */
export function logOfDatabase(surroundings: Surroundings, database: ArchiveDatabase): AuditLog {
  const seed = Buffer.from(readInfo(database.reader, LOG_SEED) ?? '', 'hex');
  return logOf(surroundings, database, signerFromSeed(seed));
}

function anchorsOf(
  { clock, dataFolder }: Surroundings,
  archive: Pick<OpenArchive, 'directory' | 'vault' | 'database' | 'audit' | 'systemSigner'>,
) {
  return createAnchors({ ...archive, clock, dataFolder, publicKeyOf: (keyId) => publicKeyOf(archive, keyId) });
}

function actorOf(vault: OpenVault): Actor {
  return { login: vault.user.login, displayName: vault.user.displayName, role: vault.user.role, signer: vault.signer };
}

function genesisHash(audit: AuditLog): string {
  const first = audit.entry(0);
  if (first === undefined) throw new AppError('VAULT_DAMAGED', { params: { reason: 'log' } });
  return leafHash(entryBytes(first)).toString('hex');
}

export interface NewArchive extends FirstSettings {
  readonly directory: string;
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
          writeSettings(writer, firstSettings(wanted));
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
    const audit = logOf(surroundings, database, systemSigner);
    const archive: OpenArchive = {
      directory: wanted.directory,
      name: opened.name,
      practice: wanted.practice,
      vault: opened,
      database,
      audit,
      instanceLock,
      deskActor: actorOf(opened),
      systemSigner,
      anchors: anchorsOf(surroundings, { directory: wanted.directory, vault: opened, database, audit, systemSigner }),
      logDoubt: null,
      damage: { unsettled: 0 },
      ballast: ballastIn(wanted.directory),
      lookupSearches: new Map(),
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
  if (state === 'absent' || state === 'empty') throw new AppError('ARCHIVE_ABSENT', { params: { folder: directory } });
  if (state === 'incomplete') throw new AppError('VAULT_DAMAGED', { params: { reason: 'incomplete' } });
  if (state === 'other') throw new AppError('VAULT_NOT_A_VAULT', { params: { file: directory } });
}

interface OpenedDatabase {
  readonly vault: OpenVault;
  readonly database: ArchiveDatabase;
}

/** Opens the database; a change of the vault key that was cut short is ended first, as the database says it stood (R08, R44). */
async function openDatabase(directory: string, vault: OpenVault): Promise<OpenedDatabase> {
  const path = vaultPaths(directory).database;
  const openWith = (key: Uint8Array) => openArchiveDatabase({ path, key, migrations: archiveMigrations });
  const { interruptedRotation } = vault;
  if (interruptedRotation === undefined) return { vault, database: openWith(vault.databaseKey) };
  let database: ArchiveDatabase;
  let databaseOpensWith: 'present' | 'next' = 'present';
  try {
    database = openWith(vault.databaseKey);
  } catch (thrown) {
    if (AppError.from(thrown).code !== 'VAULT_DAMAGED') throw thrown;
    databaseOpensWith = 'next';
    database = openWith(interruptedRotation.databaseKey);
  }
  try {
    return { vault: await settleRotation({ opened: vault, databaseOpensWith }), database };
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** What a killed process left unfinished beside the files of an archive. */
async function sweep(directory: string, ids: ReadonlySet<string>) {
  const { slots, keys } = vaultPaths(directory);
  for (const folder of [directory, slots, keys]) await removeLeftovers(folder);
  return removeOrphans(directory, ids);
}

function knownOuter(reader: Reader): OuterHead | undefined {
  const text = readInfo(reader, OUTER);
  return text === undefined ? undefined : (JSON.parse(text) as OuterHead);
}

/** What happened before this unlock, as entries of the log in their order; that the file was deleted or changed is one, too (R38). */
function mergeOuter(audit: AuditLog, vault: OpenVault, { finding, fresh }: OuterReading): void {
  const add = (type: string, data: Record<string, string | number>) =>
    audit.append({
      actor: 'system',
      role: 'system',
      type: `outer.${type}`,
      obj: `vault:${vault.vaultId}`,
      outcome: 'ok',
      data,
    });
  if (finding !== 'whole') add(finding, { lines: fresh.length });
  for (const { type, at, data } of fresh.slice(0, MERGED_AT_MOST)) add(type, { ...data, at });
  if (fresh.length > MERGED_AT_MOST) add('more', { lines: fresh.length - MERGED_AT_MOST });
}

/** Attempts that a stranger makes; what does not open for another reason is left exactly as it was (R50). */
const ATTEMPTS = new Set(['SECRET_WRONG', 'CODE_WRONG', 'SECRET_DELAYED', 'SECRET_DISABLED', 'RECOVERY_KEY_WRONG']);

/** Keeps a failed try until somebody is let in. A disk that takes no line keeps nobody out. */
async function rememberAttempt(
  { clock }: Surroundings,
  directory: string,
  how: string,
  thrown: unknown,
): Promise<void> {
  const { code } = AppError.from(thrown);
  if (!ATTEMPTS.has(code)) return;
  const type = ['SECRET_WRONG', 'CODE_WRONG', 'RECOVERY_KEY_WRONG'].includes(code) ? 'secret.wrong' : 'secret.delayed';
  await appendOuter(vaultPaths(directory).outerLog, { type, data: { how, code } }, clock).catch(() => undefined);
}

/**
 * Opens an archive whose vault `unlock` opens (by secret or recovery key). Whatever does not fit is named before any
 * session exists: wrong vault id, a planted vault (fingerprint). A log that does not fit its anchors is opened all the same,
 * entered in it, and said at the desk (R57). `how` stands in the entry; after `restore` a shorter log is what was asked for.
 */
export async function openArchive(
  surroundings: Surroundings,
  directory: string,
  how: 'secret' | 'recoveryKey' | 'restore',
  unlock: () => Promise<OpenVault>,
  /** What else is asked before anybody is let in; answers what that changes. */
  admit: (opened: { readonly vaultId: string; readonly sql: Reader }) => Promise<StrikeCode | undefined> = async () =>
    undefined,
): Promise<OpenArchive> {
  const { clock } = surroundings;
  await requireArchive(directory);
  const instanceLock = acquireInstanceLock(vaultPaths(directory).lock);
  let database: ArchiveDatabase | undefined;
  let vault: OpenVault | undefined;
  try {
    vault = await unlock();
    ({ vault, database } = await openDatabase(directory, vault));
    const { reader, writer } = database;
    if (readInfo(reader, 'vaultId') !== vault.vaultId)
      throw new AppError('VAULT_DAMAGED', { params: { reason: 'vaultId' } });
    const strike = await admit({ vaultId: vault.vaultId, sql: reader });
    const systemSigner = signerFromSeed(Buffer.from(readInfo(reader, LOG_SEED) ?? '', 'hex'));
    const audit = logOf(surroundings, database, systemSigner);
    if (genesisHash(audit) !== vault.fingerprint)
      throw new AppError('VAULT_DAMAGED', { params: { reason: 'fingerprint' } });
    await settleHeldChange(vault, readInfo(reader, KEYRING));
    const anchors = anchorsOf(surroundings, { directory, vault, database, audit, systemSigner });
    const logDoubt = how === 'restore' ? null : await anchors.judge();
    const cutShort = anchors.unanchored() > 0;
    const deskActor = actorOf(vault);
    const outerPath = vaultPaths(directory).outerLog;
    const outer = await readOuter(outerPath, knownOuter(reader));
    const concern = await concernOf(directory);
    // All that is read here is read before the first change: a page that cannot be read refuses, and nothing has been written (R50).
    const practice = readInfo(reader, PRACTICE) === '1';
    const damage = { unsettled: countUnsettled(reader) };
    const swept = await sweep(directory, new Set(attachmentIds(reader)));
    database.begin();
    rememberPublicKey(writer, vault.signer);
    strike?.(writer);
    // The recovery sheet stands above the card, which may be what was lost.
    if (how === 'recoveryKey') removeCodeCard(writer, deskActor.login);
    endForgottenLookups(writer, clock.now().toISOString());
    const { users } = await vaultSummary(directory);
    const now = clock.now().toISOString();
    const hasSupervisor = users.some(
      ({ role, validUntil }) => role === 'supervisor' && (validUntil === null || validUntil > now),
    );
    writeInfo(writer, HAS_SUPERVISOR, hasSupervisor ? '1' : '0');
    if (how !== 'secret') writeInfo(writer, RECOVERY_USED, clock.now().toISOString());
    mergeOuter(audit, vault, outer);
    writeInfo(writer, OUTER, JSON.stringify(await settleOuter(outerPath, outer, clock)));
    audit.append(
      {
        actor: deskActor.login,
        role: deskActor.role,
        type: 'session.unlock',
        obj: `vault:${vault.vaultId}`,
        outcome: 'ok',
        why: '',
        data: {
          how,
          ...(strike === undefined ? {} : { code: 1 }),
          orphansRemoved: swept.removed,
          orphansKept: swept.kept,
          sealedFilesMissing: swept.missing.length,
          ...(concern === null ? {} : { place: concern }),
          ...(backupAlarmNow(reader, clock, audit.size()) === 'week' ? { backupLate: 1 } : {}),
          ...(logDoubt === null ? {} : { logDoubt: { ...logDoubt } }),
        },
      },
      deskActor.signer,
    );
    database.commit();
    // A session that ended in order left nothing unanchored. A disk that takes no anchor takes no change either, and says so then.
    if (cutShort || logDoubt !== null || how === 'restore')
      await anchors.write(logDoubt === null && how !== 'restore' ? 'checkpoint' : 'restore').catch(() => undefined);
    return {
      directory,
      name: vault.name,
      practice,
      vault,
      database,
      audit,
      instanceLock,
      deskActor,
      systemSigner,
      anchors,
      logDoubt,
      damage,
      ballast: ballastIn(directory),
      lookupSearches: new Map(),
      recoveryKey: null,
    };
  } catch (thrown) {
    if (database?.inTransaction === true) database.rollback();
    database?.close();
    vault?.close();
    await rememberAttempt(surroundings, directory, how, thrown);
    instanceLock.release();
    throw thrown;
  }
}

/** Leaves an archive as a session does that ends in order: the end of the log is anchored first (R39). */
export async function leaveArchive(archive: OpenArchive): Promise<void> {
  try {
    if (archive.anchors.unanchored() > 0) await archive.anchors.write();
  } catch {
    // A full disk or a stick pulled out must not keep anybody from leaving; the next unlock anchors what is missing.
  }
  closeArchive(archive);
}

/** Ends an archive in order: the write-ahead log is folded in, keys are overwritten, the lock is freed. */
export function closeArchive(archive: OpenArchive): void {
  archive.database.close();
  archive.vault.close();
  archive.instanceLock.release();
}
