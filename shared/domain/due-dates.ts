import { addDays, daysBetween, weekdayOf } from '../util/days.ts';
import type { SecurityLevel } from './security-levels.ts';

/** How long a copy may be out (B2, forms-and-standards §3): a setting, with these defaults. */
export type LoanPeriod =
  | { readonly kind: 'calendarDays'; readonly days: number }
  | { readonly kind: 'workingDays'; readonly days: number }
  /** Read on the premises, never lent. */
  | { readonly kind: 'premisesOnly' };

export type LoanPeriods = Readonly<Record<SecurityLevel, LoanPeriod>>;

export const DEFAULT_LOAN_PERIODS: LoanPeriods = {
  public: { kind: 'calendarDays', days: 14 },
  internal: { kind: 'calendarDays', days: 14 },
  ordinaryTradeSecret: { kind: 'workingDays', days: 5 },
  coreTradeSecret: { kind: 'premisesOnly' },
};

/** One renewal, as a rule. */
export const DEFAULT_MAX_RENEWALS = 1;

/** Days off besides Saturday and Sunday, and weekend days on which people work (補班日), as `YYYY-MM-DD`. */
export interface WorkCalendar {
  readonly holidays: readonly string[];
  readonly makeUpDays?: readonly string[];
}

export const PLAIN_CALENDAR: WorkCalendar = { holidays: [] };

/** Does the office work on this day? */
export function isWorkingDay(day: string, calendar: WorkCalendar): boolean {
  if (calendar.makeUpDays?.includes(day) === true) return true;
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6 && !calendar.holidays.includes(day);
}

/** The `count`-th working day after `day` (not counting `day` itself). `count` ≥ 0. */
export function addWorkingDays(day: string, count: number, calendar: WorkCalendar): string {
  let current = day;
  let left = count;
  // A calendar with a year of holidays is a mistake in the settings, not a reason to run for ever.
  for (let step = 0; left > 0 && step < 3660; step += 1) {
    current = addDays(current, 1);
    if (isWorkingDay(current, calendar)) left -= 1;
  }
  return current;
}

/** The last day of a loan that starts on `lentOn`, or undefined when this level never leaves the premises. */
export function dueDate(
  level: SecurityLevel,
  lentOn: string,
  calendar: WorkCalendar = PLAIN_CALENDAR,
  periods: LoanPeriods = DEFAULT_LOAN_PERIODS,
): string | undefined {
  const period = periods[level];
  if (period.kind === 'premisesOnly') return undefined;
  return period.kind === 'calendarDays' ? addDays(lentOn, period.days) : addWorkingDays(lentOn, period.days, calendar);
}

/** The due date after a renewal granted on `today`: a full period from today, never earlier than before. */
export function renewedDueDate(
  level: SecurityLevel,
  today: string,
  due: string,
  calendar: WorkCalendar = PLAIN_CALENDAR,
  periods: LoanPeriods = DEFAULT_LOAN_PERIODS,
): string | undefined {
  const renewed = dueDate(level, today, calendar, periods);
  return renewed === undefined || renewed > due ? renewed : due;
}

/** B2: overdue from the day after the due date. */
export function isOverdue(due: string, today: string): boolean {
  return today > due;
}

/** Calendar days past the due date, 0 if none. */
export function daysOverdue(due: string, today: string): number {
  return Math.max(0, daysBetween(due, today));
}

/** Calendar days left, 0 on the due date, negative when overdue. */
export function daysLeft(due: string, today: string): number {
  return daysBetween(today, due);
}
