import { findCustomerById, updateCustomer } from '../store/customers.ts';
import {
  type DailyReportView,
  findDailyReportById,
  updateDailyReport,
  voidDailyReport,
} from '../store/daily-reports.ts';
import { addFormer } from '../store/import-runs.ts';
import type { Writer } from '../store/sql.ts';
import { followRevision, newestVisit, reportsOfImport, visitsOfImport } from '../store/visit-imports.ts';
import { deleteVisit } from '../store/visits.ts';
import type { CommandContext } from './context.ts';
import { inputOf, reportRowOf, shownReport } from './daily-report-record.ts';
import { saveReport } from './daily-reports.ts';
import { breathe } from './table-imports.ts';

/** An import of visits taken back as a whole: reports it made go, others have their former lines again (wish 27). */

/** What a report was before an import added lines to it. */
type FormerReport = Pick<
  DailyReportView,
  'revision' | 'field_values' | 'handed_in_at' | 'reviewed_at' | 'reviewed_by' | 'review_comment'
> & {
  /** Its visits in their order. */
  readonly lines: readonly number[];
};

/** Notes what a report was before the import wrote it; `former` is undefined when the import made it. */
export function keepFormerReport(
  sql: Writer,
  importId: number,
  written: { readonly id: number; readonly revision: number },
  former: { readonly report: DailyReportView; readonly lines: readonly number[] } | undefined,
): void {
  const kept: FormerReport | null =
    former === undefined
      ? null
      : {
          revision: former.report.revision,
          field_values: former.report.field_values,
          handed_in_at: former.report.handed_in_at,
          reviewed_at: former.report.reviewed_at,
          reviewed_by: former.report.reviewed_by,
          review_comment: former.report.review_comment,
          lines: former.lines,
        };
  addFormer(sql, importId, written.id, written.revision, JSON.stringify(kept));
}

/**
 * Takes a whole import of visits back, none of which was touched since. A report that it made goes, its number is void with the reason;
 * one that it added to has its former lines as a new version. Answers how many visits went.
 */
export async function takeBackVisits(
  context: CommandContext,
  run: { readonly id: number; readonly file: string },
): Promise<number> {
  const { sql, clock, actor } = context;
  const visits = visitsOfImport(sql, run.id);
  const reports = reportsOfImport(sql, run.id);
  const voided = { at: clock.now().toISOString(), by: actor.displayName, reason: `import ${run.id} ${run.file}` };
  const numbers: string[] = [];
  for (const [index, { record_id, former }] of reports.entries()) {
    const report = findDailyReportById(sql, record_id);
    const before = JSON.parse(former) as FormerReport | null;
    if (report === undefined) continue;
    if (before !== null) putBackReport(context, report, before);
    else {
      for (const { id } of visits.filter((visit) => visit.report_id === report.id)) deleteVisit(sql, id);
      voidDailyReport(sql, report, voided);
      numbers.push(report.number);
    }
    await breathe(context, index, reports.length, 'writing');
  }
  forgetVisits(sql, visits);
  context.note({ data: { voided: numbers.length, first: numbers[0] ?? '', last: numbers.at(-1) ?? '' } });
  return visits.length;
}

/** Saves the report with the lines that were in it; the supervisor's signature stands again under the text it was given to. */
function putBackReport(context: CommandContext, report: DailyReportView, before: FormerReport): void {
  const { sql, clock } = context;
  const present = inputOf(shownReport(sql, report, clock.now().toISOString()));
  const { revision } = saveReport(context, {
    ...present,
    values: JSON.parse(before.field_values) as typeof present.values,
    handedInAt: before.handed_in_at,
    lines: before.lines.flatMap((id) => present.lines.find((line) => line.id === id) ?? []),
  });
  followRevision(sql, report.id, before.revision, revision);
  const saved = findDailyReportById(sql, report.id);
  const { reviewed_at, reviewed_by, review_comment } = before;
  if (saved !== undefined) updateDailyReport(sql, { ...reportRowOf(saved), reviewed_at, reviewed_by, review_comment });
}

/** C4: a card whose newest visit went is measured against the one before it again. */
function forgetVisits(sql: Writer, gone: readonly { customer_id: number; visited_at: string }[]): void {
  for (const [customerId, visits] of Map.groupBy(gone, (visit) => visit.customer_id)) {
    const customer = findCustomerById(sql, customerId);
    if (customer !== undefined && visits.some(({ visited_at }) => visited_at === customer.visited_at))
      updateCustomer(sql, { ...customer, visited_at: newestVisit(sql, customerId) }, customer);
  }
}
