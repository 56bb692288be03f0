import { instantAt } from '../util/days.ts';
import { dailyReportState } from './lateness.ts';
import { isWorkingDay, type WorkCalendar } from './working-days.ts';

/** Hour of the working day at which the daily report must have been handed in (V1). */
export const DEFAULT_REPORT_HOUR = '18:00';

/** Who owes a daily report: from a day, until a day or without end, except where excused (leave, illness). */
export interface ReportingDuty {
  readonly from: string;
  readonly until: string | null;
  readonly excused: ReadonlySet<string>;
}

/** What became of one salesperson's one day. */
export const DUTY_STATES = ['handedIn', 'late', 'open', 'missing', 'excused', 'off', 'none'] as const;
export type DutyState = (typeof DUTY_STATES)[number];

/**
 * V1: one report per salesperson per working day. A report that is there counts as handed in or late whatever the day; without
 * one a working day under duty is `open` until the set hour and `missing` after it, `excused` with a reason, `off` on a free
 * day, `none` outside the duty. `dueAt` of an existing report is the one it was recorded under: a changed hour makes nobody late.
 */
export function dutyOfDay(
  day: string,
  given: {
    readonly calendar: WorkCalendar;
    readonly duty: ReportingDuty | undefined;
    readonly report: { readonly dueAt: string; readonly handedInAt: string | null } | undefined;
    readonly hour: string;
    readonly offsetMinutes: number;
    readonly now: string;
  },
): DutyState {
  const { calendar, duty, report, now } = given;
  if (report !== undefined && report.handedInAt !== null) return stateOfReport(report.dueAt, report.handedInAt, now);
  const isUnder = duty !== undefined && day >= duty.from && (duty.until === null || day <= duty.until);
  if (!isUnder && report === undefined) return 'none';
  if (!isWorkingDay(calendar, day)) return 'off';
  if (duty?.excused.has(day) === true) return 'excused';
  return stateOfReport(report?.dueAt ?? instantAt(day, given.hour, given.offsetMinutes), null, now);
}

function stateOfReport(
  dueAt: string,
  handedInAt: string | null,
  now: string,
): 'handedIn' | 'late' | 'open' | 'missing' {
  return dailyReportState(dueAt, handedInAt, now);
}
