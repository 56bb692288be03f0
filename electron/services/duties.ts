import type { Duty, DutyLine } from '../../shared/contract/duties.ts';
import { isShownToday, putOffProblem, STANDINGS, type Standing, standingOf } from '../../shared/domain/duties.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addDays, daysBetween } from '../../shared/util/days.ts';
import {
  countDuty,
  type Deferral,
  type DutyFrame,
  type DutyRow,
  deferralsOf,
  deferredRecords,
  deleteDeferral,
  dutyDays,
  findDutyRecord,
  listDuty,
  putOffLines,
  saveDeferral,
  wholeDeferrals,
} from '../store/duties.ts';
import type { Reader } from '../store/sql.ts';
import type { CallContext, HandlersOf } from './context.ts';
import type { ComputedLine, ComputedSource, DutyContext, DutySource, RecordsSource } from './duties/duty-source.ts';
import { DUTY_SOURCES } from './duties/sources.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';

/** Longest stretch that the calendar answers at once: a month with the weeks around it. */
const LONGEST_STRETCH_DAYS = 62;

export function dutyContext(
  context: Pick<CallContext, 'clock'> & { archive: DutyContext['archive']; sql: Reader },
): DutyContext {
  const { sql, archive } = context;
  return {
    sql,
    archive,
    today: todayOf(context.clock),
    now: context.clock.now().toISOString(),
    settings: readSettings(sql),
  };
}

const noteKey = (key: string, variant: string) => (variant === '' ? `duty.${key}.note` : `duty.${key}.note.${variant}`);

function frameOf(source: RecordsSource, context: DutyContext, from: string | null, to: string | null): DutyFrame {
  return { duty: source.key, today: context.today, from, to, params: source.params?.(context) ?? {} };
}

/** What is shown today: everything past and up to the source's lead. */
function frameOfToday(source: RecordsSource, context: DutyContext): DutyFrame {
  return frameOf(source, context, null, addDays(context.today, source.leadDays(context.settings)));
}

function lineOf(source: RecordsSource, row: DutyRow, context: DutyContext): DutyLine {
  const params = JSON.parse(row.params) as DutyLine['params'];
  const subject = String(row.subject);
  return {
    duty: source.key,
    subject,
    title: row.title,
    day: row.day,
    standing: standingOf(row.day, context.today, source.leadDays(context.settings)),
    note: noteKey(source.key, row.variant),
    params,
    place: source.opens({ subject, params }),
  };
}

function computedLineOf(source: ComputedSource, line: ComputedLine, context: DutyContext): DutyLine {
  const { subject, title, day, place } = line;
  return {
    duty: source.key,
    subject,
    title,
    day,
    standing: standingOf(day, context.today, line.leadDays ?? source.leadDays(context.settings)),
    note: noteKey(source.key, line.variant),
    params: { ...line.params },
    place,
  };
}

const worse = (a: Standing, b: Standing) => STANDINGS.indexOf(a) - STANDINGS.indexOf(b);

function dutyOf(source: DutySource, count: number, overdue: number, lines: readonly DutyLine[]): Duty {
  const standing = lines.map((line) => line.standing).sort(worse)[0] ?? 'open';
  const { key, mayPutOff, place } = source;
  return { key, count, overdue, standing, mayPutOff, place, lines: [...lines] };
}

/** One duty as it stands within a frame of days, or undefined while there is nothing. */
function recordsDuty(source: RecordsSource, context: DutyContext, frame: DutyFrame, lines: number): Duty | undefined {
  const { total, overdue } = countDuty(context.sql, source.query, frame);
  if (total === 0) return undefined;
  // The first line tells how pressing the duty is, even where no line is wanted.
  const rows = listDuty(context.sql, source.query, frame, 0, Math.max(1, lines));
  const shown = rows.map((row) => lineOf(source, row, context));
  return { ...dutyOf(source, total, overdue, shown), lines: shown.slice(0, lines) };
}

/** Lines of a computed duty that have not been put off, those that `keep` takes. */
function computedLines(source: ComputedSource, context: DutyContext, keep: (line: DutyLine) => boolean): DutyLine[] {
  const away = new Set(deferredRecords(context.sql, source.key, context.today));
  return source
    .lines(context)
    .filter(({ record }) => !away.has(record))
    .map((line) => computedLineOf(source, line, context))
    .filter(keep);
}

function computedDuty(
  source: ComputedSource,
  context: DutyContext,
  lines: number,
  keep: (line: DutyLine) => boolean = ({ standing }) => isShownToday(standing),
): Duty | undefined {
  const all = computedLines(source, context, keep);
  if (all.length === 0) return undefined;
  const overdue = all.filter(({ standing }) => standing === 'overdue').length;
  return { ...dutyOf(source, all.length, overdue, all), lines: all.slice(0, lines) };
}

/** Everything that is to be done today, the most pressing first; what was put off is away. */
export function dutiesToday(context: DutyContext, lines: number): Duty[] {
  const away = new Set(wholeDeferrals(context.sql, context.today).map(({ duty }) => duty));
  const duties = DUTY_SOURCES.filter((source) => !away.has(source.key)).flatMap((source) => {
    const duty =
      source.kind === 'computed'
        ? computedDuty(source, context, lines)
        : recordsDuty(source, context, frameOfToday(source, context), lines);
    return duty === undefined ? [] : [duty];
  });
  return duties.sort((a, b) => worse(a.standing, b.standing));
}

/** What is past its day, by the screen that it leads to: the numbers of the rail. */
export function waitingByScreen(context: DutyContext): { screen: string; count: number }[] {
  const away = new Set(wholeDeferrals(context.sql, context.today).map(({ duty }) => duty));
  const counts = new Map<string, number>();
  for (const source of DUTY_SOURCES) {
    if (!source.inRail || away.has(source.key)) continue;
    const overdue =
      source.kind === 'computed'
        ? (computedDuty(source, context, 0)?.overdue ?? 0)
        : countDuty(context.sql, source.query, frameOf(source, context, null, context.today)).overdue;
    if (overdue > 0) counts.set(source.place.screen, (counts.get(source.place.screen) ?? 0) + overdue);
  }
  return [...counts].map(([screen, count]) => ({ screen, count }));
}

function sourceOf(key: string): DutySource {
  const source = DUTY_SOURCES.find((candidate) => candidate.key === key);
  if (source === undefined) throw new AppError('NOT_FOUND', { params: { what: 'duty', number: key } });
  return source;
}

/** The record that a subject names, 0 for the whole duty; whether or not it is away already. */
function recordOf(source: DutySource, context: DutyContext, subject: string): number {
  if (subject === '') return 0;
  if (source.kind === 'computed') {
    const line = source.lines(context).find((one) => one.subject === subject);
    if (line === undefined) throw new AppError('NOT_FOUND', { params: { what: 'duty', number: subject } });
    return line.record;
  }
  const frame = frameOf(source, context, null, null);
  const waiting = findDutyRecord(context.sql, source.query, frame, subject);
  if (waiting !== undefined) return waiting;
  const away = putOffLines(context.sql, source.query, frame);
  const line = away.find((row) => String(row.subject) === subject);
  if (line === undefined) throw new AppError('NOT_FOUND', { params: { what: 'duty', number: subject } });
  return line.record;
}

function putOff(context: DutyContext): (DutyLine & Pick<Deferral, 'until' | 'reason' | 'at' | 'by'>)[] {
  const whole = wholeDeferrals(context.sql, context.today);
  return DUTY_SOURCES.flatMap((source) => {
    const all = whole.find(({ duty }) => duty === source.key);
    const wholeLine = all && {
      duty: source.key,
      subject: '',
      title: '',
      day: null,
      standing: 'open' as const,
      note: '',
      params: {},
      place: source.place,
    };
    const reasons = ({ until, reason, at, by }: Deferral) => ({ until, reason, at, by });
    const lines =
      source.kind === 'computed'
        ? deferralsOf(context.sql, source.key, context.today).flatMap((row) => {
            const line =
              row.record === 0 ? undefined : source.lines(context).find(({ record }) => record === row.record);
            return line === undefined ? [] : [{ ...computedLineOf(source, line, context), ...reasons(row) }];
          })
        : putOffLines(context.sql, source.query, frameOf(source, context, null, null)).map((row) => ({
            ...lineOf(source, row, context),
            ...reasons(row),
          }));
    return all === undefined || wholeLine === undefined ? lines : [{ ...wholeLine, ...reasons(all) }, ...lines];
  }).sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
}

export const dutyHandlers: HandlersOf<
  | 'duties.today'
  | 'duties.list'
  | 'duties.calendar'
  | 'duties.day'
  | 'duties.putOff'
  | 'duties.takeUp'
  | 'duties.putOffList'
> = {
  'duties.today': {
    phase: 'query',
    run(call, { lines }) {
      const context = dutyContext(call);
      return { today: context.today, duties: dutiesToday(context, lines), putOff: putOff(context).length };
    },
  },
  'duties.list': {
    phase: 'query',
    run(call, { duty, offset, limit }) {
      const context = dutyContext(call);
      const source = sourceOf(duty);
      if (source.kind === 'computed') {
        const lines = computedLines(source, context, ({ standing }) => isShownToday(standing));
        return { lines: lines.slice(offset, offset + limit), total: lines.length };
      }
      const frame = frameOfToday(source, context);
      return {
        total: countDuty(context.sql, source.query, frame).total,
        lines: listDuty(context.sql, source.query, frame, offset, limit).map((row) => lineOf(source, row, context)),
      };
    },
  },
  'duties.calendar': {
    phase: 'query',
    run(call, { from, to }) {
      const context = dutyContext(call);
      if (to < from || daysBetween(from, to) > LONGEST_STRETCH_DAYS)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'to', message: 'validation.stretch' }] });
      const away = new Map(wholeDeferrals(context.sql, context.today).map(({ duty, until }) => [duty, until]));
      const days = new Map<string, { key: string; count: number }[]>();
      const add = (on: string, key: string, count: number) => {
        const entry = days.get(on);
        if (entry === undefined) days.set(on, [{ key, count }]);
        else entry.push({ key, count });
      };
      for (const source of DUTY_SOURCES) {
        // What is away stands on the day it comes back.
        const back = away.get(source.key);
        if (back !== undefined) {
          if (back >= from && back <= to) add(back, source.key, 1);
          continue;
        }
        if (source.kind === 'computed') {
          const within = computedLines(source, context, ({ day }) => day !== null && day >= from && day <= to);
          for (const [day, lines] of Map.groupBy(within, (line) => line.day ?? '')) add(day, source.key, lines.length);
          continue;
        }
        for (const { day, n } of dutyDays(context.sql, source.query, frameOf(source, context, from, to)))
          add(day, source.key, n);
      }
      for (const { duty, subject, until } of putOff(context))
        if (subject !== '' && until >= from && until <= to) add(until, duty, 1);
      return {
        today: context.today,
        days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, duties]) => ({ day, duties })),
      };
    },
  },
  'duties.day': {
    phase: 'query',
    run(call, { day, lines }) {
      const context = dutyContext(call);
      const away = new Set(wholeDeferrals(context.sql, context.today).map(({ duty }) => duty));
      const duties = DUTY_SOURCES.filter((source) => !away.has(source.key)).flatMap((source) => {
        if (source.kind === 'records') {
          if (source.query.day === null) return [];
          const due = recordsDuty(source, context, frameOf(source, context, day, day), lines);
          return due ?? [];
        }
        return computedDuty(source, context, lines, (line) => line.day === day) ?? [];
      });
      return { duties };
    },
  },
  'duties.putOff': {
    phase: 'command',
    run(call, { duty, subject, until, reason }) {
      const context = dutyContext(call);
      const source = sourceOf(duty);
      call.note({ object: `duty:${duty}`, why: reason, data: { subject, until } });
      if (!source.mayPutOff)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'duty', message: 'validation.dutyStays' }] });
      const problem = putOffProblem(until, context.today);
      if (problem !== null) throw new AppError('INPUT_INVALID', { fields: [{ path: 'until', message: problem }] });
      const record = recordOf(source, context, subject);
      const at = call.clock.now().toISOString();
      saveDeferral(call.sql, { duty, record, until, reason, at, by: call.actor.displayName });
      return {};
    },
  },
  'duties.takeUp': {
    phase: 'command',
    run(call, { duty, subject }) {
      const context = dutyContext(call);
      call.note({ object: `duty:${duty}`, data: { subject } });
      if (!deleteDeferral(call.sql, duty, recordOf(sourceOf(duty), context, subject)))
        throw new AppError('NOT_FOUND', { params: { what: 'duty', number: subject === '' ? duty : subject } });
      return {};
    },
  },
  'duties.putOffList': {
    phase: 'query',
    run: (call) => ({ lines: putOff(dutyContext(call)) }),
  },
};
