import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backupDueOn,
  checkpointDueOn,
  isPutOff,
  isShownToday,
  LONGEST_PUT_OFF_DAYS,
  putOffProblem,
  revisionDueOn,
  standingOf,
  UNANCHORED_ALARM,
} from '../../../shared/domain/duties.ts';
import { gridRange, isMonth, monthGrid, monthOf } from '../../../shared/domain/month-grid.ts';
import { addDays, addMonths, weekdayOf } from '../../../shared/util/days.ts';

const day = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days));
const step = fc.integer({ min: -800, max: 800 });

describe('due rules', () => {
  it('a thing is past, of today, coming or later, and nothing else; a longer lead never hides anything', () => {
    fc.assert(
      fc.property(day, step, fc.nat(60), fc.nat(60), (today, distance, lead, more) => {
        const due = addDays(today, distance);
        const standing = standingOf(due, today, lead);
        expect(standing).toBe(
          distance < 0 ? 'overdue' : distance === 0 ? 'today' : distance <= lead ? 'soon' : 'later',
        );
        if (isShownToday(standing)) expect(isShownToday(standingOf(due, today, lead + more))).toBe(true);
      }),
    );
    expect(standingOf(null, '2026-01-05', 9)).toBe('open');
  });

  it('what was put off is away every day before its day, and back on it', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: LONGEST_PUT_OFF_DAYS }), fc.nat(500), (today, days, later) => {
        const until = addDays(today, days);
        expect(putOffProblem(until, today)).toBeNull();
        expect(isPutOff(until, addDays(today, later))).toBe(later < days);
      }),
    );
  });

  it('nothing is put off to today, to the past or beyond a year', () => {
    fc.assert(
      fc.property(day, step, (today, distance) => {
        const problem = putOffProblem(addDays(today, distance), today);
        expect(problem === null).toBe(distance > 0 && distance <= LONGEST_PUT_OFF_DAYS);
      }),
    );
  });

  it('a backup is due so many days after the last one, and at once while there is none; never for an empty archive', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 1, max: 366 }), (last, filled, every) => {
        expect(backupDueOn({ lastBackupOn: last, filledSince: filled }, every)).toBe(addDays(last, every));
        expect(backupDueOn({ lastBackupOn: null, filledSince: filled }, every)).toBe(filled);
        expect(backupDueOn({ lastBackupOn: last, filledSince: null }, every)).toBeNull();
      }),
    );
  });

  it('R73: a checkpoint is due by time, and at once when the tail is long; never while everything is anchored', () => {
    fc.assert(
      fc.property(day, step, fc.nat(5_000), fc.integer({ min: 1, max: 366 }), (today, distance, unanchored, every) => {
        const lastAnchoredOn = addDays(today, distance);
        const due = checkpointDueOn({ unanchored, lastAnchoredOn, filledSince: today }, today, every);
        if (unanchored === 0) expect(due).toBeNull();
        else if (unanchored >= UNANCHORED_ALARM) expect(due !== null && due <= today).toBe(true);
        else expect(due).toBe(addDays(lastAnchoredOn, every));
      }),
    );
  });

  it('M2: the next revision is due its months after the last one was started', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 24 }), (from, months) => {
        expect(revisionDueOn({ startedOn: from, filledSince: '1990-01-01' }, months)).toBe(addMonths(from, months));
        expect(revisionDueOn({ startedOn: null, filledSince: from }, months)).toBe(addMonths(from, months));
      }),
    );
    expect(revisionDueOn({ startedOn: null, filledSince: null }, 2)).toBeNull();
  });
});

describe('the month on the wall', () => {
  it('has whole weeks from Monday to Sunday, every day of the month once, in order', () => {
    fc.assert(
      fc.property(day, (any) => {
        const month = monthOf(any);
        expect(isMonth(month)).toBe(true);
        const weeks = monthGrid(month);
        const days = weeks.flat();
        expect(weeks.every((week) => week.length === 7 && weekdayOf(week[0] ?? '') === 1)).toBe(true);
        expect(days.every((each, at) => at === 0 || each === addDays(days[at - 1] ?? '', 1))).toBe(true);
        expect(weeks.every((week) => week.some((each) => monthOf(each) === month))).toBe(true);
        expect(days).toContain(any);
        expect(gridRange(month)).toEqual({ from: days[0], to: days.at(-1) });
      }),
    );
  });
});
