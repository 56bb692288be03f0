import type { Reader, Writer } from './sql.ts';

/** Backups that were made, and the media they lie on (security §11). */
export interface BackupMedium {
  readonly id: string;
  readonly place: string;
  readonly first_at: string;
  readonly last_at: string;
  readonly backups: number;
  /** Incremental ones since the last full one. */
  readonly since_full: number;
  readonly last_file: string;
  readonly last_bytes: number;
  /** SHA-256 of the manifest of the last one. */
  readonly last_manifest: string;
  /** Ids of the sealed files in its present chain, 16 bytes each. */
  readonly held: Buffer;
}

export interface BackupRun {
  readonly id: number;
  readonly at: string;
  readonly by: string;
  readonly medium_id: string;
  readonly file: string;
  readonly extent: 'full' | 'incremental';
  readonly bytes: number;
  readonly sha256: string;
  readonly manifest: string;
  readonly files: number;
  readonly log_size: number;
  readonly tried_at: string | null;
}

export function findMedium(sql: Reader, id: string): BackupMedium | undefined {
  return sql.get<BackupMedium>('SELECT * FROM backup_medium WHERE id = ?', id);
}

export function listMedia(sql: Reader): Omit<BackupMedium, 'held'>[] {
  return sql.all(
    'SELECT id, place, first_at, last_at, backups, since_full, last_file, last_bytes, last_manifest FROM backup_medium ORDER BY last_at DESC, id',
  );
}

export function saveMedium(sql: Writer, medium: BackupMedium): void {
  sql.run(
    `INSERT INTO backup_medium (id, place, first_at, last_at, backups, since_full, last_file, last_bytes, last_manifest, held)
     VALUES (:id, :place, :first_at, :last_at, :backups, :since_full, :last_file, :last_bytes, :last_manifest, :held)
     ON CONFLICT (id) DO UPDATE SET place = excluded.place, last_at = excluded.last_at, backups = excluded.backups,
       since_full = excluded.since_full, last_file = excluded.last_file, last_bytes = excluded.last_bytes,
       last_manifest = excluded.last_manifest, held = excluded.held`,
    { ...medium },
  );
}

export function insertBackupRun(sql: Writer, run: Omit<BackupRun, 'id' | 'tried_at'>): void {
  sql.run(
    `INSERT INTO backup_run (at, by, medium_id, file, extent, bytes, sha256, manifest, files, log_size)
     VALUES (:at, :by, :medium_id, :file, :extent, :bytes, :sha256, :manifest, :files, :log_size)`,
    { ...run },
  );
}

export function listBackupRuns(sql: Reader, limit: number): BackupRun[] {
  return sql.all<BackupRun>('SELECT * FROM backup_run ORDER BY at DESC, id DESC LIMIT ?', limit);
}

export function firstBackupAt(sql: Reader): string | undefined {
  return sql.get<{ at: string }>('SELECT at FROM backup_run ORDER BY at, id LIMIT 1')?.at;
}

/** A restore of this backup was tried out. */
export function markTried(sql: Writer, manifest: string, at: string): void {
  sql.run('UPDATE backup_run SET tried_at = ? WHERE manifest = ?', at, manifest);
}

/** Ids as they are kept with a medium. */
export function packIds(ids: readonly string[]): Buffer {
  return Buffer.from(ids.map((id) => id.replaceAll('-', '')).join(''), 'hex');
}

export function unpackIds(packed: Buffer): Set<string> {
  const ids = new Set<string>();
  for (let at = 0; at + 16 <= packed.length; at += 16) {
    const hex = packed.toString('hex', at, at + 16);
    ids.add([hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'));
  }
  return ids;
}
