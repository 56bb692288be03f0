import type { TouchedRecord } from './import-runs.ts';
import type { Reader, Writer } from './sql.ts';

/** Imports of visits: the reports and visits that each brought, and what was done with them since (wish 27). */

/** A daily report that an import made or added lines to. */
export interface ReportOfImport {
  readonly record_id: number;
  /** What it was before, as JSON text; `null` when the import made it. */
  readonly former: string;
}
export function reportsOfImport(sql: Reader, importId: number): ReportOfImport[] {
  return sql.all('SELECT record_id, former FROM import_former WHERE import_id = ? ORDER BY record_id', importId);
}
export function visitsOfImport(
  sql: Reader,
  importId: number,
): { id: number; customer_id: number; report_id: number | null; visited_at: string }[] {
  return sql.all('SELECT id, customer_id, report_id, visited_at FROM visit WHERE import_id = ? ORDER BY id', importId);
}

/**
 * A report as an earlier import left it is there again when a later one is taken back, under a new revision: the earlier one can still
 * be taken back after it.
 */
export function followRevision(sql: Writer, reportId: number, from: number, to: number): void {
  sql.run(
    `UPDATE import_former SET revision = :to WHERE record_id = :reportId AND revision = :from
       AND import_id IN (SELECT id FROM import_run WHERE kind = 'visits' AND taken_back_at IS NULL)`,
    { reportId, from, to },
  );
}

/** C4: the newest visit that is left, or that a card was filled in after. */
export function newestVisit(sql: Reader, customerId: number): string | null {
  return (
    sql.get<{ at: string | null }>(
      `SELECT max(at) AS at FROM (SELECT max(visited_at) AS at FROM visit WHERE customer_id = :customerId
         UNION ALL SELECT max(visited_at) FROM card_filling WHERE customer_id = :customerId)`,
      { customerId },
    )?.at ?? null
  );
}

/** Reports and customers of an import of visits with which something was done since, by number; each once. */
export function touchedVisits(sql: Reader, importId: number, limit: number): TouchedRecord[] {
  const report = `SELECT import_former.revision AS given, import_run.at AS imported_at, daily_report.*,
      staff.name || ' ' || daily_report.day AS title
    FROM import_former JOIN import_run ON import_run.id = import_id JOIN daily_report ON daily_report.id = record_id
      JOIN staff ON staff.id = staff_id WHERE import_id = :id`;
  const seen = `SELECT DISTINCT customer.id, customer.number, customer.name, visit.staff_id, visit.visited_at, import_run.at AS imported_at
    FROM visit JOIN import_run ON import_run.id = visit.import_id JOIN customer ON customer.id = visit.customer_id WHERE visit.import_id = :id`;
  const found = sql.all<TouchedRecord & { rank: number }>(
    `WITH report AS (${report}), seen AS (${seen})
     SELECT 1 AS rank, number, title AS name, 'signed' AS why FROM report WHERE reviewed_at IS NOT NULL
     UNION ALL SELECT 2, number, title, 'changed' FROM report WHERE revision <> given
     UNION ALL SELECT 3, number, title, 'holds' FROM report WHERE EXISTS (SELECT 1 FROM visit
       WHERE visit.report_id = report.id AND visit.import_id IS NOT :id AND visit.recorded_at >= imported_at)
     UNION ALL SELECT 3, report.number, report.title, 'holds' FROM report JOIN visit ON visit.report_id = report.id AND visit.import_id = :id
       JOIN paper ON paper.customer_id = visit.customer_id
       WHERE paper.added_at >= imported_at AND paper.extra ->> 'dailyReport' = report.number
     UNION ALL SELECT 4, seen.number, seen.name, 'merged' FROM customer_merge JOIN seen ON seen.id = survivor_id
       WHERE undone_at IS NULL AND at >= imported_at AND EXISTS (SELECT 1 FROM customer_merge_row JOIN visit ON visit.id = row_id
         WHERE merge_id = customer_merge.id AND table_name = 'visit' AND visit.import_id = :id)
     UNION ALL SELECT 5, number, name, 'filled' FROM seen WHERE EXISTS (SELECT 1 FROM card_filling
       WHERE card_filling.customer_id = seen.id AND card_filling.visited_at = seen.visited_at AND filled_at >= imported_at)
     UNION ALL SELECT 6, number, name, 'briefed' FROM seen WHERE EXISTS (SELECT 1 FROM visit_brief
       WHERE visit_brief.customer_id = seen.id AND taken_at >= imported_at)
     ORDER BY 1, 2 LIMIT :many`,
    { id: importId, many: limit * 8 },
  );
  const once = new Map<string, TouchedRecord>();
  for (const { number, name, why } of found) if (!once.has(number)) once.set(number, { number, name, why });
  return [...once.values()].slice(0, limit);
}
