import type { ArchiveFacts } from '../../shared/contract/backups.ts';
import type { LogPlace } from '../../shared/domain/backups.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { AuditLog, LogReader } from '../audit/audit-log.ts';
import { readInfo } from '../store/archive-records.ts';
import { type ArchiveDatabase, openArchiveDatabase } from '../store/connection.ts';
import { verifyPages } from '../store/page-verifier.ts';
import type { Reader } from '../store/sql.ts';
import { openVaultWithRecoveryKey, vaultPaths } from '../vault/vault.ts';
import { archiveMigrations } from './archive-schema.ts';
import type { Surroundings } from './context.ts';
import { logOfDatabase } from './open-archive.ts';
import { readSettings } from './settings.ts';

/** What is counted when two archives are compared, in the order people read it. */
const COUNTED: Readonly<Record<string, string>> = {
  customers: 'SELECT count(*) AS n FROM customer',
  papers: 'SELECT count(*) AS n FROM paper',
  sealedFiles: 'SELECT count(*) AS n FROM attachment',
  visits: 'SELECT count(*) AS n FROM visit',
  loans: 'SELECT count(*) AS n FROM loan',
  volumes: 'SELECT count(*) AS n FROM volume',
  staff: 'SELECT count(*) AS n FROM staff',
};
const LAST_ENTRIES = 5;

const count = (sql: Reader, text: string) => sql.get<{ n: number }>(text)?.n ?? 0;

/** What an open archive holds, or a copy of its database. */
export function factsOf(archive: {
  readonly vaultId: string;
  readonly database: Pick<ArchiveDatabase, 'reader' | 'schemaVersion'>;
  readonly audit: LogReader;
}): ArchiveFacts {
  const { database, audit } = archive;
  const { reader } = database;
  const { size, root } = audit.head();
  const { entries } = audit.list({ limit: LAST_ENTRIES });
  return {
    vault: archive.vaultId,
    name: readSettings(reader).institution,
    schema: database.schemaVersion,
    logSize: size,
    logRoot: root,
    lastAt: entries[0]?.ts ?? null,
    sealedFiles: count(reader, 'SELECT count(*) AS n FROM attachment'),
    counts: Object.entries(COUNTED).map(([key, sql]) => ({ key, count: count(reader, sql) })),
    lastEntries: entries.map(({ seq, ts, type, actor, obj }) => ({ seq, at: ts, type, actor, object: obj })),
  };
}

/** The log of an open archive as `backupStanding` asks for it. */
export function logPlaceOf(vault: string, audit: AuditLog): LogPlace {
  return { vault, size: audit.size(), chainAt: (size) => audit.chainAt(size) };
}

export interface LookedAt {
  readonly vaultId: string;
  readonly database: ArchiveDatabase;
  readonly audit: AuditLog;
  /** Pages of the database that do not authenticate, read without the database's own library (M8). */
  readonly badPages: readonly number[];
  /** Public key of a signer by its id. */
  close(): void;
}

/**
 * Opens an archive with the recovery key to look at it: a backup that was unpacked. Nobody is signed in; a newer schema is
 * brought up in this copy as it would be at an unlock.
 * @throws AppError RECOVERY_KEY_WRONG, VAULT_*, FORMAT_NEWER
 */
export async function lookAt(surroundings: Surroundings, directory: string, recoveryKey: string): Promise<LookedAt> {
  const access = await openVaultWithRecoveryKey({ directory, recoveryKey });
  let database: ArchiveDatabase | undefined;
  try {
    const path = vaultPaths(directory).database;
    const { bad } = verifyPages(path, access.databaseKey);
    if (bad.includes(1)) throw new AppError('VAULT_DAMAGED', { params: { reason: 'page' } });
    database = openArchiveDatabase({ path, key: access.databaseKey, migrations: archiveMigrations });
    if (readInfo(database.reader, 'vaultId') !== access.vaultId)
      throw new AppError('VAULT_DAMAGED', { params: { reason: 'vaultId' } });
    const opened = database;
    return {
      vaultId: access.vaultId,
      database: opened,
      audit: logOfDatabase(surroundings, opened),
      badPages: bad,
      close() {
        opened.close();
        access.close();
      },
    };
  } catch (thrown) {
    database?.close();
    access.close();
    throw thrown;
  }
}
