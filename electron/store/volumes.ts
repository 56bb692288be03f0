import type { Reader, Writer } from './sql.ts';

/** Bound volumes. Fixed once written: triggers refuse every change (Y2). */
export interface VolumeRow {
  readonly id: number;
  readonly year: number;
  readonly class: number;
  readonly number: number;
  readonly code: string;
  readonly title: string;
  readonly retention: string;
  readonly papers: number;
  readonly customers: number;
  readonly pages: number;
  readonly sheets: number;
  readonly spine_millimetres: number;
  readonly sha256: string;
  readonly fingerprint: string;
  readonly attachment_id: string;
  readonly audit_head: string;
  readonly missing_glyphs: string;
  readonly bound_at: string;
  readonly bound_by: string;
}
export function insertVolume(sql: Writer, row: Omit<VolumeRow, 'id'>): number {
  return Number(
    sql.run(
      `INSERT INTO volume (year, class, number, code, title, retention, papers, customers, pages, sheets, spine_millimetres, sha256, fingerprint, attachment_id, audit_head, missing_glyphs, bound_at, bound_by)
       VALUES (:year, :class, :number, :code, :title, :retention, :papers, :customers, :pages, :sheets, :spine_millimetres, :sha256, :fingerprint, :attachment_id, :audit_head, :missing_glyphs, :bound_at, :bound_by)`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function findVolume(sql: Reader, id: number): VolumeRow | undefined {
  return sql.get<VolumeRow>('SELECT * FROM volume WHERE id = ?', id);
}
/** Every fixed volume, in the order of year, class and number. */
export function allVolumes(sql: Reader): VolumeRow[] {
  return sql.all<VolumeRow>('SELECT * FROM volume ORDER BY year, class, number');
}
export function listVolumes(
  sql: Reader,
  year: number | undefined,
  offset: number,
  limit: number,
): { rows: VolumeRow[]; total: number } {
  const condition = '(:year IS NULL OR year = :year)';
  const values = { year: year ?? null };
  return {
    rows: sql.all<VolumeRow>(
      `SELECT * FROM volume WHERE ${condition} ORDER BY year DESC, class, number LIMIT :limit OFFSET :offset`,
      { ...values, limit, offset },
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM volume WHERE ${condition}`, values)?.n ?? 0,
  };
}
/** The highest volume number of a year and class; 0 when none is bound. */
export function lastVolumeNumber(sql: Reader, year: number, dossierClass: number): number {
  return (
    sql.get<{ n: number | null }>(
      'SELECT max(number) AS n FROM volume WHERE year = ? AND class = ?',
      year,
      dossierClass,
    )?.n ?? 0
  );
}
