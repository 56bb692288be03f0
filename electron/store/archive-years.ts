import type { Arrangement, CleaningFinding, CleaningKind, KeptFinding } from '../../shared/domain/archive-year.ts';
import type { DossierClass } from '../../shared/domain/dossier-classes.ts';
import type { Reader, Writer } from './sql.ts';

/** The job of an archive year (Y1): its arrangement, the findings of its cleaning, what is carried forward. */

export interface ArchiveYearRow {
  readonly year: number;
  readonly opened_at: string;
  readonly opened_by: string;
  readonly arrangement: Arrangement;
  readonly max_millimetres: number;
  readonly sheet_micrometres: number;
  readonly double_sided: number;
  readonly checked_by: string;
  readonly arranged_at: string | null;
  readonly closed_at: string | null;
  readonly closed_by: string;
  readonly closing_note: string;
}

export function findArchiveYear(sql: Reader, year: number): ArchiveYearRow | undefined {
  return sql.get<ArchiveYearRow>('SELECT * FROM archive_year WHERE year = ?', year);
}
export function listArchiveYears(sql: Reader): ArchiveYearRow[] {
  return sql.all<ArchiveYearRow>('SELECT * FROM archive_year ORDER BY year DESC');
}
export function saveArchiveYear(sql: Writer, row: ArchiveYearRow): void {
  sql.run(
    `INSERT INTO archive_year (year, opened_at, opened_by, arrangement, max_millimetres, sheet_micrometres, double_sided, checked_by, arranged_at, closed_at, closed_by, closing_note)
     VALUES (:year, :opened_at, :opened_by, :arrangement, :max_millimetres, :sheet_micrometres, :double_sided, :checked_by, :arranged_at, :closed_at, :closed_by, :closing_note)
     ON CONFLICT (year) DO UPDATE SET arrangement = excluded.arrangement, max_millimetres = excluded.max_millimetres,
       sheet_micrometres = excluded.sheet_micrometres, double_sided = excluded.double_sided, checked_by = excluded.checked_by,
       arranged_at = excluded.arranged_at, closed_at = excluded.closed_at, closed_by = excluded.closed_by, closing_note = excluded.closing_note`,
    { ...row },
  );
}

interface FindingRow {
  readonly key: string;
  readonly kind: CleaningKind;
  readonly class: DossierClass;
  readonly subject: string;
  readonly customer: string;
  readonly title: string;
  readonly detail: string;
  readonly reason: string;
  readonly at: string | null;
  readonly by: string;
}
export function keptFindings(sql: Reader, year: number): KeptFinding[] {
  return sql.all<FindingRow>(
    'SELECT key, kind, class, subject, customer, title, detail, reason, at, by FROM year_finding WHERE year = ? ORDER BY id',
    year,
  );
}
/** Keeps a finding as it was found; one that is kept already stays as it is. */
export function keepFinding(sql: Writer, year: number, finding: CleaningFinding, foundAt: string): void {
  const { kind, key, class: dossierClass, subject, customer, title, detail } = finding;
  sql.run(
    `INSERT INTO year_finding (year, key, kind, class, subject, customer, title, detail, found_at)
     VALUES (:year, :key, :kind, :class, :subject, :customer, :title, :detail, :found_at) ON CONFLICT (year, key) DO NOTHING`,
    { year, key, kind, class: dossierClass, subject, customer, title, detail, found_at: foundAt },
  );
}
/** Explains a finding, or with an empty reason takes the explanation back. */
export function explainFinding(
  sql: Writer,
  year: number,
  key: string,
  explanation: { readonly reason: string; readonly at: string | null; readonly by: string },
): void {
  sql.run('UPDATE year_finding SET reason = :reason, at = :at, by = :by WHERE year = :year AND key = :key', {
    ...explanation,
    year,
    key,
  });
}
/** Dates what is no longer so, once. */
export function markFindingSettled(sql: Writer, year: number, key: string, at: string, by: string): void {
  sql.run('UPDATE year_finding SET at = ?, by = ? WHERE year = ? AND key = ? AND at IS NULL', at, by, year, key);
}

export interface CarryRow {
  readonly paper_id: number;
  readonly carry: number;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}
/** What was decided otherwise than the rule, by paper. */
export function carriesOfYear(sql: Reader, year: number): Map<number, CarryRow> {
  const rows = sql.all<CarryRow>('SELECT paper_id, carry, reason, at, by FROM year_carry WHERE year = ?', year);
  return new Map(rows.map((row) => [row.paper_id, row]));
}
export function setCarry(sql: Writer, year: number, row: CarryRow): void {
  sql.run(
    `INSERT INTO year_carry (year, paper_id, carry, reason, at, by) VALUES (:year, :paper_id, :carry, :reason, :at, :by)
     ON CONFLICT (year, paper_id) DO UPDATE SET carry = excluded.carry, reason = excluded.reason, at = excluded.at, by = excluded.by`,
    { ...row, year },
  );
}

/** The copy in the volume of a paper that goes on in the current dossier, with the scans that it is bound with. */
export function markCopy(sql: Writer, copyId: number, paperId: number): void {
  sql.run('UPDATE paper SET copy_of = ? WHERE id = ?', paperId, copyId);
  sql.run(
    'INSERT INTO paper_copy_scan (paper_id, attachment_id) SELECT ?, id FROM attachment WHERE paper_id = ? AND retired_in IS NULL',
    copyId,
    paperId,
  );
}

/** Papers not yet bound of a year whose number stands in another customer's dossier too: id → the other's code. */
export function numbersElsewhere(sql: Reader, year: number): Map<number, string> {
  const rows = sql.all<{ id: number; code: string }>(
    `SELECT paper.id, other.code FROM paper JOIN paper AS other ON other.document_number = paper.document_number
       AND other.document_number <> '' AND other.type = paper.type AND other.customer_id <> paper.customer_id AND other.state <> 'removed'
     WHERE paper.year = ? AND paper.volume_id IS NULL AND paper.document_number <> '' AND paper.state IN ('inPlace', 'lent')
     ORDER BY paper.id, other.id`,
    year,
  );
  const found = new Map<number, string>();
  for (const { id, code } of rows) if (!found.has(id)) found.set(id, code);
  return found;
}

/** Hashes of the scans of the year's loose papers, by paper. */
export function scansOfYear(sql: Reader, year: number): Map<number, string[]> {
  const rows = sql.all<{ paper_id: number; sha256_plain: string }>(
    `SELECT attachment.paper_id, attachment.sha256_plain FROM paper JOIN attachment ON attachment.paper_id = paper.id
     WHERE paper.year = ? AND paper.volume_id IS NULL AND attachment.retired_in IS NULL ORDER BY attachment.added_at, attachment.id`,
    year,
  );
  const scans = new Map<number, string[]>();
  for (const { paper_id, sha256_plain } of rows) scans.set(paper_id, [...(scans.get(paper_id) ?? []), sha256_plain]);
  return scans;
}
