import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import type { DailyReport } from '../../shared/contract/visits.ts';
import { dutyOfDay } from '../../shared/domain/reporting-duty.ts';
import { BRIEF_VALID_DAYS } from '../../shared/domain/visit-brief.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { instantAt } from '../../shared/util/days.ts';
import {
  type DailyReportRow,
  type DailyReportView,
  dutyOf,
  excusesBetween,
  findDailyReport,
  voidedReport,
} from '../store/daily-reports.ts';
import type { Reader } from '../store/sql.ts';
import { visitsOfReport } from '../store/visits.ts';
import { readSettings } from './settings.ts';
import { dayOf, offsetOn } from './today.ts';
import { shownVisit } from './visits.ts';
import { workCalendar } from './work-calendar.ts';

/** Daily reports as they are shown: to screens, prints and imports. */

type Save = ParsedInputOf<'dailyReports.save'>;
type Line = Save['lines'][number];
type Row = OutputOf<'dailyReports.list'>['reports'][number];

/** The instant at which a day's report is due by the present setting. */
export function dueOn(sql: Reader, day: string): string {
  return instantAt(day, readSettings(sql).dailyReportHour, offsetOn(day));
}

/** What became of a salesperson's day (V1). */
export function reportState(
  sql: Reader,
  staffId: number,
  day: string,
  report: DailyReportRow | undefined,
  now: string,
): Row['state'] {
  const duty = dutyOf(sql, staffId);
  const excused = excusesBetween(sql, day, day).filter((row) => row.staff_id === staffId);
  return dutyOfDay(day, {
    calendar: workCalendar(sql, day, day),
    duty:
      duty === undefined
        ? undefined
        : { from: duty.from_day, until: duty.until_day, excused: new Set(excused.map((row) => row.day)) },
    report: report === undefined ? undefined : { dueAt: report.due_at, handedInAt: report.handed_in_at },
    hour: readSettings(sql).dailyReportHour,
    offsetMinutes: offsetOn(day),
    now,
  });
}

export function shownReportRow(sql: Reader, row: DailyReportView, now: string): Row {
  return {
    number: row.number,
    staffId: row.staff_id,
    staff: row.staff_name,
    department: row.department,
    day: row.day,
    dueAt: row.due_at,
    handedInAt: row.handed_in_at,
    state: reportState(sql, row.staff_id, row.day, row, now),
    visits: row.visits,
    openFacts: row.open_facts,
    reviewedAt: row.reviewed_at,
    reviewedBy: row.reviewed_by,
    revision: row.revision,
  };
}

export function shownReport(sql: Reader, row: DailyReportView, now: string): DailyReport {
  return {
    ...shownReportRow(sql, row, now),
    values: JSON.parse(row.field_values) as DailyReport['values'],
    receivedBy: row.received_by,
    reviewComment: row.review_comment,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    lines: visitsOfReport(sql, row.id, BRIEF_VALID_DAYS).map(shownVisit),
  };
}

/** @throws AppError NOT_FOUND, with the reason of a number that was voided (C1) */
export function getReport(sql: Reader, number: string): DailyReportView {
  const clean = number.normalize('NFKC').trim().toUpperCase();
  const row = findDailyReport(sql, clean);
  if (row !== undefined) return row;
  const voided = voidedReport(sql, clean);
  if (voided === undefined) throw new AppError('NOT_FOUND', { params: { what: 'dailyReport', number } });
  throw new AppError('NOT_FOUND', {
    params: { what: 'dailyReport', number: clean, on: dayOf(new Date(voided.voided_at)), reason: voided.reason },
    hint: 'hint.dailyReportVoid',
  });
}

/** The stored row of a report, without what its view joins to it. */
export function reportRowOf({
  staff_name: _name,
  department: _department,
  visits: _visits,
  open_facts: _facts,
  ...row
}: DailyReportView): DailyReportRow {
  return row;
}

/** A report as the input that would write it again: what an import adds lines to. */
export function inputOf(report: DailyReport): Save {
  return {
    staffId: report.staffId,
    day: report.day,
    revision: report.revision,
    values: report.values,
    handedInAt: report.handedInAt,
    lines: report.lines.map((visit) => ({
      id: visit.id,
      customer: visit.customer,
      visitedAt: visit.visitedAt,
      endedAt: visit.endedAt,
      method: visit.method as Line['method'],
      purpose: visit.purpose as Line['purpose'],
      content: visit.content,
      result: visit.result as Line['result'],
      details: visit.details,
      facts: [],
    })),
  };
}
