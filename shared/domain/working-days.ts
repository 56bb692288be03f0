import { addDays, daysFromTo, weekdayOf } from '../util/days.ts';

/**
 * Working days (V1): weekends by weekday, and single days that are otherwise: a holiday, or a make-up working day on a weekend.
 */
export interface WorkCalendar {
  /** Weekdays that are free, 0 Sunday … 6 Saturday; never all seven. */
  readonly weekend: readonly number[];
  /** Days by themselves: true is a make-up working day, false a holiday. They go before the weekday. */
  readonly exceptions: ReadonlyMap<string, boolean>;
}

export const DEFAULT_WEEKEND: readonly number[] = [0, 6];
export const PLAIN_CALENDAR: WorkCalendar = { weekend: DEFAULT_WEEKEND, exceptions: new Map() };

export function isWorkingDay(calendar: WorkCalendar, day: string): boolean {
  return calendar.exceptions.get(day) ?? !calendar.weekend.includes(weekdayOf(day));
}

/** The first working day after `day`. */
export function nextWorkingDay(calendar: WorkCalendar, day: string): string {
  return addWorkingDays(calendar, day, 1);
}

/** The working day `count` (1 or more) working days after `day`, which itself need not be one. */
export function addWorkingDays(calendar: WorkCalendar, day: string, count: number): string {
  if (new Set(calendar.weekend).size >= 7) throw new RangeError('a week needs a working day');
  let reached = day;
  for (let left = count; left > 0; ) {
    reached = addDays(reached, 1);
    if (isWorkingDay(calendar, reached)) left -= 1;
  }
  return reached;
}

/** Working days from `from` to `to`, both included. */
export function workingDays(calendar: WorkCalendar, from: string, to: string): readonly string[] {
  return daysFromTo(from, to).filter((day) => isWorkingDay(calendar, day));
}
