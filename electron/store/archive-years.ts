import type { Arrangement, CleaningFinding, CleaningKind, KeptFinding } from '../../shared/domain/archive-year.ts';
import { DOSSIER_CLASSES, type DossierClass } from '../../shared/domain/dossier-classes.ts';
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

const KEPT = 'year_finding.key, kind, class, subject, customer, title, detail, reason, at, by';

/** Of a finding that is kept what tells how it stands. */
export interface KeptMark {
  readonly id: number;
  readonly kind: CleaningKind;
  readonly class: DossierClass;
  readonly explained: number;
  /** Says when it was explained or settled. */
  readonly dated: number;
}

/** The first and last id that a year's findings are kept under; 0 where there are none. */
export function keptRange(sql: Reader, year: number): { readonly first: number; readonly last: number } {
  const ends = DOSSIER_CLASSES.flatMap(
    (dossierClass) =>
      sql.get<{ first: number | null; last: number | null }>(
        `SELECT (SELECT min(id) FROM year_finding WHERE year = :year AND class = :class) AS first,
           (SELECT max(id) FROM year_finding WHERE year = :year AND class = :class) AS last`,
        { year, class: dossierClass },
      ) ?? [],
  );
  const found = ends.flatMap(({ first, last }) => (first === null || last === null ? [] : [{ first, last }]));
  if (found.length === 0) return { first: 0, last: 0 };
  return {
    first: Math.min(...found.map(({ first }) => first)),
    last: Math.max(...found.map(({ last }) => last)),
  };
}
/** Kept findings of a year between two ids, in the order in which they were kept: so many at most. */
export function keptMarks(sql: Reader, year: number, from: number, to: number, limit: number): KeptMark[] {
  return sql.all<KeptMark>(
    `SELECT id, kind, class, reason <> '' AS explained, at IS NOT NULL AS dated FROM year_finding NOT INDEXED
     WHERE id BETWEEN ? AND ? AND year = ? ORDER BY id LIMIT ?`,
    from,
    to,
    year,
    limit,
  );
}
/** Ids of kept findings by their keys. */
export function keptByKey(sql: Reader, year: number, keys: readonly string[]): Map<string, number> {
  const rows = sql.all<{ key: string; id: number }>(
    'SELECT year_finding.key, year_finding.id FROM json_each(?) AS wanted CROSS JOIN year_finding ON year_finding.year = ? AND year_finding.key = wanted.value',
    JSON.stringify(keys),
    year,
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}
/** Kept findings by their ids, in the order of these. */
export function keptByIds(sql: Reader, ids: readonly number[]): (KeptFinding & { readonly id: number })[] {
  return sql.all(
    `SELECT year_finding.id, ${KEPT} FROM json_each(?) AS wanted
     CROSS JOIN year_finding ON year_finding.id = wanted.value ORDER BY year_finding.id`,
    JSON.stringify(ids),
  );
}
/** What is kept of a year of these customers, by their numbers, in a class: in the order in which it was kept. */
export function keptOfCustomers(
  sql: Reader,
  year: number,
  dossierClass: number,
  numbers: readonly string[],
): (KeptFinding & { readonly id: number })[] {
  return sql.all(
    `SELECT year_finding.id, ${KEPT} FROM json_each(?) AS wanted
     CROSS JOIN year_finding INDEXED BY year_finding_customer ON year_finding.year = ? AND year_finding.customer = wanted.value
     WHERE class = ? ORDER BY year_finding.id`,
    JSON.stringify(numbers),
    year,
    dossierClass,
  );
}

/** The id that the next kept finding may have. */
export function nextFindingId(sql: Reader): number {
  return (sql.get<{ id: number | null }>('SELECT max(id) AS id FROM year_finding')?.id ?? 0) + 1;
}
/** Keeps a finding as it was found, under this id; one that is kept already stays as it is. */
export function keepFinding(sql: Writer, year: number, id: number, finding: CleaningFinding, foundAt: string): void {
  const { kind, key, class: dossierClass, subject, customer, title, detail } = finding;
  sql.run(
    `INSERT INTO year_finding (id, year, key, kind, class, subject, customer, title, detail, found_at)
     VALUES (:id, :year, :key, :kind, :class, :subject, :customer, :title, :detail, :found_at) ON CONFLICT (year, key) DO NOTHING`,
    { id, year, key, kind, class: dossierClass, subject, customer, title, detail, found_at: foundAt },
  );
}
/** Explains findings, or with an empty reason takes their explanations back. */
export function explainFindings(
  sql: Writer,
  ids: readonly number[],
  explanation: { readonly reason: string; readonly at: string | null; readonly by: string },
): void {
  sql.run(
    'UPDATE year_finding SET reason = :reason, at = :at, by = :by WHERE id IN (SELECT value FROM json_each(:ids))',
    { ...explanation, ids: JSON.stringify(ids) },
  );
}
/** Dates what is no longer so, once. */
export function markFindingsSettled(sql: Writer, ids: readonly number[], at: string, by: string): void {
  sql.run(
    'UPDATE year_finding SET at = ?, by = ? WHERE id IN (SELECT value FROM json_each(?)) AND at IS NULL',
    at,
    by,
    JSON.stringify(ids),
  );
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
