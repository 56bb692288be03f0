import { type DUTY_STATES, dutyOfDay } from '../../shared/domain/reporting-duty.ts';
import { isWorkingDay, type WorkCalendar } from '../../shared/domain/working-days.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addDays, daysBetween, daysFromTo } from '../../shared/util/days.ts';
import {
  calendarDays,
  dutiesBetween,
  excusesBetween,
  removeCalendarDay,
  removeDuty,
  removeExcuse,
  reportsBetween,
  setCalendarDay,
  setDuty,
  setExcuse,
} from '../store/daily-reports.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';
import { readSettings } from './settings.ts';
import { offsetOn, todayOf } from './today.ts';
import { requireStaff } from './visits.ts';

/** Longest period that one answer shows day by day. */
const LONGEST_DAYS = 400;
/** The desk names missing reports of so many days. */
const LOOKED_BACK_DAYS = 14;

/** Free weekdays by the settings and single days of a period that are otherwise. */
export function workCalendar(sql: Reader, from: string, to: string): WorkCalendar {
  return {
    weekend: readSettings(sql).weekend,
    exceptions: new Map(calendarDays(sql, from, to).map((row) => [row.day, row.working === 1])),
  };
}

function requirePeriod(from: string, to: string): void {
  const days = daysBetween(from, to) + 1;
  if (days < 1) throw new AppError('INPUT_INVALID', { fields: [{ path: 'to', message: 'validation.dayOrder' }] });
  if (days > LONGEST_DAYS)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'to', message: 'validation.periodTooLong', params: { max: LONGEST_DAYS } }],
    });
}

export interface PersonDays {
  readonly staffId: number;
  readonly staff: string;
  readonly department: string;
  readonly days: {
    readonly day: string;
    readonly state: (typeof DUTY_STATES)[number];
    readonly number: string | null;
    readonly visits: number;
  }[];
}

/** Every salesperson's every day of a period (V1). Three readings, whatever the length. */
export function reportingCalendar(sql: Reader, from: string, to: string, now: string): PersonDays[] {
  const calendar = workCalendar(sql, from, to);
  const hour = readSettings(sql).dailyReportHour;
  const days = daysFromTo(from, to).map((day) => ({ day, offsetMinutes: offsetOn(day) }));
  const reports = new Map(reportsBetween(sql, from, to).map((row) => [`${row.staff_id} ${row.day}`, row]));
  const excuses = new Map<number, Set<string>>();
  for (const { staff_id, day } of excusesBetween(sql, from, to))
    excuses.set(staff_id, (excuses.get(staff_id) ?? new Set()).add(day));
  return dutiesBetween(sql, from, to).map((duty) => ({
    staffId: duty.staff_id,
    staff: duty.staff_name,
    department: duty.department,
    days: days.map(({ day, offsetMinutes }) => {
      const report = reports.get(`${duty.staff_id} ${day}`);
      return {
        day,
        state: dutyOfDay(day, {
          calendar,
          duty: { from: duty.from_day, until: duty.until_day, excused: excuses.get(duty.staff_id) ?? new Set() },
          report: report === undefined ? undefined : { dueAt: report.due_at, handedInAt: report.handed_in_at },
          hour,
          offsetMinutes,
          now,
        }),
        number: report?.number ?? null,
        visits: report?.visits ?? 0,
      };
    }),
  }));
}

/** V1: daily reports of the last two weeks that are missing, the oldest first. */
export function missingReports(
  sql: Reader,
  today: string,
  now: string,
): { readonly staffId: number; readonly staff: string; readonly day: string }[] {
  return reportingCalendar(sql, addDays(today, -LOOKED_BACK_DAYS), today, now)
    .flatMap(({ staffId, staff, days }) =>
      days.filter(({ state }) => state === 'missing').map(({ day }) => ({ staffId, staff, day })),
    )
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.staffId - b.staffId));
}

/** Working days, who is under the duty to report, and what became of each day (V1). */
export const workCalendarHandlers: HandlersOf<
  | 'workingDays.get'
  | 'workingDays.set'
  | 'dailyReports.calendar'
  | 'reportingDuty.list'
  | 'reportingDuty.set'
  | 'reportingDuty.excuse'
> = {
  'workingDays.get': {
    phase: 'query',
    run: ({ sql }, { year }) => ({
      weekend: readSettings(sql).weekend,
      exceptions: calendarDays(sql, `${year}-01-01`, `${year}-12-31`).map((row) => ({
        day: row.day,
        working: row.working === 1,
        name: row.name,
      })),
    }),
  },
  'workingDays.set': {
    phase: 'command',
    run(context, { days, working, name }) {
      context.note({ object: 'calendar', data: { days, working: working === null ? 'weekday' : working ? '1' : '0' } });
      for (const day of days)
        if (working === null) removeCalendarDay(context.sql, day);
        else setCalendarDay(context.sql, { day, working: working ? 1 : 0, name });
      return {};
    },
  },
  'dailyReports.calendar': {
    phase: 'query',
    run({ sql, clock }, { from, to }) {
      requirePeriod(from, to);
      const calendar = workCalendar(sql, from, to);
      const names = new Map(calendarDays(sql, from, to).map((row) => [row.day, row.name]));
      return {
        days: daysFromTo(from, to).map((day) => ({
          day,
          working: isWorkingDay(calendar, day),
          name: names.get(day) ?? '',
        })),
        people: reportingCalendar(sql, from, to, clock.now().toISOString()).map((person) => {
          const count = (...states: string[]) => person.days.filter((one) => states.includes(one.state)).length;
          return {
            ...person,
            due: count('handedIn', 'late', 'missing'),
            handedIn: count('handedIn', 'late'),
            late: count('late'),
            missing: count('missing'),
            excused: count('excused'),
          };
        }),
      };
    },
  },
  'reportingDuty.list': {
    phase: 'query',
    run({ sql }, { from, to }) {
      const excuses = excusesBetween(sql, from, to);
      return {
        duties: dutiesBetween(sql, from, to).map((duty) => ({
          staffId: duty.staff_id,
          staff: duty.staff_name,
          department: duty.department,
          from: duty.from_day,
          until: duty.until_day,
          excused: excuses.filter((row) => row.staff_id === duty.staff_id).map(({ day, reason }) => ({ day, reason })),
        })),
      };
    },
  },
  'reportingDuty.set': {
    phase: 'command',
    run(context, { staffId, from, until }) {
      requireStaff(context.sql, staffId, todayOf(context.clock));
      context.note({ object: `staff:${staffId}`, data: { from: from ?? '', until: until ?? '' } });
      if (from === null) removeDuty(context.sql, staffId);
      else {
        if (until !== null && until < from)
          throw new AppError('INPUT_INVALID', { fields: [{ path: 'until', message: 'validation.dayOrder' }] });
        setDuty(context.sql, staffId, from, until);
      }
      return {};
    },
  },
  'reportingDuty.excuse': {
    phase: 'command',
    run(context, { staffId, from, to, reason }) {
      const { sql, clock, actor } = context;
      requireStaff(sql, staffId, todayOf(clock));
      requirePeriod(from, to);
      context.note({ object: `staff:${staffId}`, why: reason, data: { from, to } });
      for (const day of daysFromTo(from, to))
        if (reason.trim() === '') removeExcuse(sql, staffId, day);
        else
          setExcuse(sql, { staffId, day, reason: reason.trim(), at: clock.now().toISOString(), by: actor.displayName });
      return {};
    },
  },
};
