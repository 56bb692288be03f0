import { AppError } from '../../shared/errors/app-error.ts';

/** One step of the schema. Versions are multiples of ten, strictly rising; a released step never changes. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Statements that run inside one transaction: no BEGIN, COMMIT, PRAGMA or ATTACH in it. */
  readonly sql: string;
}

/** What a migration needs of a connection; connection.ts provides it. */
export interface MigrationTarget {
  exec(sql: string): void;
  pragma(name: string): unknown[];
  readonly inTransaction: boolean;
}

/** The version a program with these migrations writes: 0 for none. Throws when the list itself is wrong. */
export function newestVersion(migrations: readonly Migration[]): number {
  let newest = 0;
  for (const { version, name } of migrations) {
    if (!Number.isInteger(version) || version % 10 !== 0 || version <= newest) {
      throw new Error(`Migration ${name} has version ${version} after ${newest}: multiples of ten, strictly rising`);
    }
    newest = version;
  }
  return newest;
}

/** Refuses a schema that is newer than this program, before anything is written (R51). */
export function refuseNewer(version: number, migrations: readonly Migration[]): void {
  const known = newestVersion(migrations);
  if (version > known) throw new AppError('FORMAT_NEWER', { params: { found: version, known } });
}

/**
 * Runs the migrations the database does not have yet, each in one transaction together with its version number (R44): after
 * a failure or a kill the database stands at a whole version. Returns the version reached.
 */
export function migrate(target: MigrationTarget, version: number, migrations: readonly Migration[]): number {
  refuseNewer(version, migrations);
  let reached = version;
  for (const migration of migrations) {
    if (migration.version <= reached) continue;
    target.exec('BEGIN IMMEDIATE');
    try {
      // Rebuilding a table breaks references for a moment; they are all checked before the commit.
      target.exec('PRAGMA defer_foreign_keys=ON');
      target.exec(migration.sql);
      if (!target.inTransaction) throw new Error(`Migration ${migration.name} ended its own transaction`);
      const broken = target.pragma('foreign_key_check').length;
      if (broken > 0) throw new Error(`Migration ${migration.name} leaves ${broken} broken references`);
      target.exec(`PRAGMA user_version=${migration.version}`);
      target.exec('COMMIT');
    } catch (thrown) {
      if (target.inTransaction) target.exec('ROLLBACK');
      throw thrown;
    }
    reached = migration.version;
  }
  return reached;
}
