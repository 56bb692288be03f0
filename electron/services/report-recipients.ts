import { passOnBy, recipientsOf } from '../../shared/domain/information-reports.ts';
import type { InformationView } from '../store/information-reports.ts';
import { listRouting, type PassingRow, salespersonOf, savePassing } from '../store/report-passings.ts';
import type { Writer } from '../store/sql.ts';
import { mayRead } from './named-readers.ts';
import { dayOf } from './today.ts';

/** Somebody who is to be told of a report. */
export const waitingToBeTold = (report: InformationView, staffId: number, why: PassingRow['why']): PassingRow => ({
  report_id: report.id,
  staff_id: staffId,
  why,
  pass_by: passOnBy(report.kind, dayOf(new Date(report.recorded_at))),
  state: 'waiting',
  passed_at: null,
  channel: '',
  words: '',
  decided_by: '',
});

/** A report that has just been written down waits to be passed on to its recipients; of a limited card to those alone who are named (L1). */
export function askToPassOn(sql: Writer, report: InformationView): void {
  const responsible = report.customer_id === null ? null : salespersonOf(sql, report.customer_id);
  const told = recipientsOf(
    { subject: report.subject, reporterId: report.reporter_id },
    responsible,
    listRouting(sql),
  ).filter(({ staffId }) => report.customer_id === null || mayRead(sql, report.customer_id, staffId));
  for (const { staffId, why } of told) savePassing(sql, waitingToBeTold(report, staffId, why));
}
