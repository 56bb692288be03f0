import type { SupplementKind } from '../../shared/domain/supplements.ts';
import type { Reader, Writer } from './sql.ts';

/** Supplements to fixed volumes (Y2): written once, never changed. */
export interface SupplementRow {
  readonly volume_id: number;
  readonly number: number;
  readonly kind: SupplementKind;
  readonly paper_id: number | null;
  readonly added_paper_id: number | null;
  readonly text: string;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
  readonly sha256: string;
}
export interface SupplementView extends SupplementRow {
  readonly paper_code: string | null;
  readonly added_code: string | null;
}
export function insertSupplement(sql: Writer, row: SupplementRow): void {
  sql.run(
    `INSERT INTO volume_supplement (volume_id, number, kind, paper_id, added_paper_id, text, reason, at, by, sha256)
     VALUES (:volume_id, :number, :kind, :paper_id, :added_paper_id, :text, :reason, :at, :by, :sha256)`,
    { ...row },
  );
}
export function supplementsOf(sql: Reader, volumeId: number): SupplementView[] {
  return sql.all<SupplementView>(
    `SELECT volume_supplement.*, paper.code AS paper_code, added.code AS added_code FROM volume_supplement
     LEFT JOIN paper ON paper.id = volume_supplement.paper_id LEFT JOIN paper AS added ON added.id = added_paper_id
     WHERE volume_supplement.volume_id = ? ORDER BY number`,
    volumeId,
  );
}
/** How many supplements each volume has. */
export function supplementCounts(sql: Reader): Map<number, number> {
  const rows = sql.all<{ volume_id: number; n: number }>(
    'SELECT volume_id, count(*) AS n FROM volume_supplement GROUP BY volume_id',
  );
  return new Map(rows.map((row) => [row.volume_id, row.n]));
}
