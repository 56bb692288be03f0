import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addWorkingDays,
  daysLeft,
  daysOverdue,
  dueDate,
  isOverdue,
  isWorkingDay,
  renewedDueDate,
} from '../../../shared/domain/due-dates.ts';
import { cardLateness, dailyReportState } from '../../../shared/domain/lateness.ts';
import {
  DEFAULT_PATTERNS,
  formatNumber,
  nextSequence,
  numberGaps,
  parseNumber,
  parsePattern,
} from '../../../shared/domain/numbering.ts';
import { DEFAULT_RETENTION, disposalReasons, retentionCode, retentionSpan } from '../../../shared/domain/retention.ts';
import { compareSecurity, SECURITY_LEVELS, strictestLevel } from '../../../shared/domain/security-levels.ts';
import { cardStaleness, factAge } from '../../../shared/domain/staleness.ts';
import {
  addDays,
  addMonths,
  dayOfInstant,
  daysBetween,
  isDay,
  isInstant,
  isPartialDay,
  weekdayOf,
} from '../../../shared/util/days.ts';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));

describe('numbering', () => {
  const pattern = fc.constantFrom(...Object.values(DEFAULT_PATTERNS), 'TPE-{seq:4}', '客{seq:8}', '{seq:3}K');
  test('C1 a number is read back to its sequence, whatever its case and width', () => {
    fc.assert(
      fc.property(pattern, fc.integer({ min: 1, max: 99_999_999 }), (text, sequence) => {
        const expected = text.includes('{year}') ? { sequence, year: 2026 } : { sequence };
        const number = formatNumber(text, sequence, 2026);
        expect(parseNumber(text, number)).toEqual(expected);
        expect(parseNumber(text, ` ${number.toLowerCase()} `)).toEqual(expected);
      }),
    );
    expect(formatNumber('E{seq:6}', 123)).toBe('E000123');
    expect(parseNumber('E{seq:6}', 'ｅ123')).toEqual({ sequence: 123 });
  });
  test('C1 different sequences never share a number', () => {
    fc.assert(
      fc.property(
        pattern,
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 1, max: 1e9 }),
        (text, a, b) => void expect(formatNumber(text, a, 2026) === formatNumber(text, b, 2026)).toBe(a === b),
      ),
    );
  });
  test('a number of another pattern is not taken for one of this', () => {
    for (const text of ['P000001', 'E', 'E0', 'E12x', 'XE000001', ''])
      expect(parseNumber('E{seq:6}', text)).toBeUndefined();
  });
  test('patterns that could not be read back are refused', () => {
    for (const text of [
      '',
      'E',
      '{seq:0}',
      '{seq:13}',
      '{seq:3}{seq:3}',
      'E1{seq:3}',
      '{year}{seq:4}',
      'E.{seq:3}',
      'E·{seq:3}',
      'E {seq:3}',
      '{seq}',
    ])
      expect(parsePattern(text)).toBeUndefined();
    expect(() => formatNumber('E', 1)).toThrow(RangeError);
    expect(() => formatNumber('E{seq:6}', 0)).toThrow(RangeError);
    expect(() => formatNumber('JY-{year}-{seq:4}', 1)).toThrow(RangeError);
  });
  test('C1 gaps and numbers given make up everything below the highest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 })), (given) => {
        const missing = numberGaps(given).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, index) => from + index),
        );
        const all = [...new Set([...given, ...missing])].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: nextSequence(given) - 1 }, (_, index) => index + 1));
        expect(missing.filter((sequence) => given.includes(sequence))).toEqual([]);
      }),
    );
  });
});

describe('days', () => {
  test('adding days and counting them are inverse', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: -5000, max: 5000 }),
        (start, count) => void expect(daysBetween(start, addDays(start, count))).toBe(count),
      ),
    );
  });
  test('adding months keeps the day or takes the last one', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -60, max: 60 }), (start, months) => {
        const later = addMonths(start, months);
        expect(isDay(later)).toBe(true);
        expect(Number(later.slice(8))).toBeLessThanOrEqual(Number(start.slice(8)));
      }),
    );
    expect(addMonths('2026-12-31', 2)).toBe('2027-02-28');
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29');
  });
  test('only days that exist are days', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-5', '20260105', '0000-01-01', ''])
      expect(isDay(text)).toBe(false);
    for (const text of ['2024-02-29', '2000-02-29', '1999-12-31']) expect(isDay(text)).toBe(true);
    for (const text of ['2026', '2026-01', '2026-01-05']) expect(isPartialDay(text)).toBe(true);
    for (const text of ['26', '2026-13', '2026-02-30', '2026-']) expect(isPartialDay(text)).toBe(false);
    expect(isInstant('2026-01-05T08:00:00.000Z')).toBe(true);
    expect(isInstant('2026-01-05T24:00:00.000Z')).toBe(false);
  });
  test('the day of an instant is the desk’s', () => {
    expect(dayOfInstant('2026-01-04T16:30:00.000Z', 480)).toBe('2026-01-05');
    expect(dayOfInstant('2026-01-04T15:30:00.000Z', 480)).toBe('2026-01-04');
  });
});

describe('due dates', () => {
  test('B2 14 calendar days, 5 working days, premises only', () => {
    expect(dueDate('internal', '2026-01-05')).toBe('2026-01-19');
    expect(dueDate('public', '2026-01-05')).toBe('2026-01-19');
    expect(dueDate('ordinaryTradeSecret', '2026-01-05')).toBe('2026-01-12');
    expect(dueDate('ordinaryTradeSecret', '2026-01-05', { holidays: ['2026-01-06'], makeUpDays: ['2026-01-10'] })).toBe(
      '2026-01-12',
    );
    expect(dueDate('ordinaryTradeSecret', '2026-01-05', { holidays: ['2026-01-06'] })).toBe('2026-01-13');
    expect(dueDate('coreTradeSecret', '2026-01-05')).toBeUndefined();
  });
  test('working days: always later, on a working day, with as many working days between', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), fc.array(fc.nat(60)), (start, count, off) => {
        const calendar = { holidays: off.map((offset) => addDays(start, offset)) };
        const end = addWorkingDays(start, count, calendar);
        expect(isWorkingDay(end, calendar)).toBe(true);
        const between = Array.from({ length: daysBetween(start, end) }, (_, index) => addDays(start, index + 1));
        expect(between.filter((each) => isWorkingDay(each, calendar))).toHaveLength(count);
      }),
    );
  });
  test('a later start or a holiday never makes a loan due earlier', () => {
    fc.assert(
      fc.property(day, fc.nat(10), fc.array(fc.nat(20)), (start, shift, off) => {
        const calendar = { holidays: off.map((offset) => addDays(start, offset)) };
        const due = dueDate('ordinaryTradeSecret', start) ?? '';
        expect((dueDate('ordinaryTradeSecret', addDays(start, shift)) ?? '') >= due).toBe(true);
        expect((dueDate('ordinaryTradeSecret', start, calendar) ?? '') >= due).toBe(true);
      }),
    );
  });
  test('overdue from the day after', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -30, max: 30 }), (due, offset) => {
        const today = addDays(due, offset);
        expect(isOverdue(due, today)).toBe(offset > 0);
        expect(daysOverdue(due, today)).toBe(Math.max(0, offset));
        expect(daysLeft(due, today)).toBe(-offset + 0);
      }),
    );
  });
  test('a renewal never shortens a loan', () => {
    expect(renewedDueDate('internal', '2026-01-10', '2026-01-19')).toBe('2026-01-24');
    expect(renewedDueDate('internal', '2026-01-01', '2026-01-19')).toBe('2026-01-19');
  });
  test('weekends are days off', () => {
    fc.assert(
      fc.property(
        day,
        (each) => void expect(isWorkingDay(each, { holidays: [] })).toBe(![0, 6].includes(weekdayOf(each))),
      ),
    );
  });
});

describe('lateness and staleness', () => {
  const at = (hours: number) => new Date(Date.UTC(2026, 0, 5, 8) + hours * 3_600_000).toISOString();
  test('C4 on time, late, pending, overdue', () => {
    expect(cardLateness(at(0), at(2), at(50))).toEqual({ state: 'onTime', hours: 2 });
    expect(cardLateness(at(0), at(30), at(50))).toEqual({ state: 'late', hours: 6 });
    expect(cardLateness(at(0), null, at(4))).toEqual({ state: 'pending', hours: 20 });
    expect(cardLateness(at(0), null, at(25))).toEqual({ state: 'overdue', hours: 1 });
    expect(cardLateness(at(0), at(-1), at(25)).state).toBe('overdue');
  });
  test('C4 waiting never makes it better', () => {
    const rank = { onTime: 0, pending: 0, overdue: 1, late: 1 };
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.nat(100),
        (a, b) =>
          void expect(rank[cardLateness(at(0), null, at(a + b)).state]).toBeGreaterThanOrEqual(
            rank[cardLateness(at(0), null, at(a)).state],
          ),
      ),
    );
  });
  test('V1 daily reports', () => {
    expect(dailyReportState(at(0), at(-1), at(5))).toBe('handedIn');
    expect(dailyReportState(at(0), at(1), at(5))).toBe('late');
    expect(dailyReportState(at(0), null, at(-1))).toBe('open');
    expect(dailyReportState(at(0), null, at(1))).toBe('missing');
  });
  test('M1 M2 a card is stale after two months', () => {
    expect(cardStaleness('2026-01-05', '2020-01-01', '2026-03-05')).toEqual({
      dueOn: '2026-03-05',
      daysLeft: 0,
      stale: false,
    });
    expect(cardStaleness('2026-01-05', '2020-01-01', '2026-03-06').stale).toBe(true);
    expect(cardStaleness(null, '2026-01-05', '2026-03-06').stale).toBe(true);
    fc.assert(
      fc.property(day, fc.nat(200), (confirmed, later) => {
        const age = factAge(confirmed, addDays(confirmed, later));
        expect(age).toBeGreaterThanOrEqual(0);
        expect(age).toBeLessThanOrEqual(1);
        expect(factAge(confirmed, addDays(confirmed, later + 1))).toBeGreaterThanOrEqual(age);
      }),
    );
  });
});

describe('retention and security', () => {
  test('§7.7 counted from 1 January after the closing year', () => {
    expect(retentionSpan(DEFAULT_RETENTION[4], '2025-12-31')).toEqual({ startsOn: '2026-01-01', endsOn: '2035-12-31' });
    expect(retentionSpan(DEFAULT_RETENTION[3], null)).toEqual({ startsOn: null, endsOn: null });
    expect(retentionSpan({ years: null, trigger: 'volumeClosed' }, '2025-12-31').endsOn).toBeNull();
    expect([retentionCode(DEFAULT_RETENTION[2]), retentionCode({ years: null, trigger: 'volumeClosed' })]).toEqual([
      'D30',
      'Y',
    ]);
  });
  test('Y2 nothing is disposed of early, under hold, or while open', () => {
    const free = { openLoan: false, openDebt: false, legalHold: false };
    const span = retentionSpan(DEFAULT_RETENTION[5], '2015-06-30');
    expect(disposalReasons(span, '2025-12-31', free)).toEqual(['notExpired']);
    expect(disposalReasons(span, '2026-01-01', free)).toEqual([]);
    expect(disposalReasons(span, '2026-01-01', { openLoan: true, openDebt: true, legalHold: true })).toEqual([
      'openLoan',
      'openDebt',
      'legalHold',
    ]);
    expect(disposalReasons({ startsOn: null, endsOn: null }, '2999-01-01', free)).toEqual(['notExpired']);
  });
  test('a volume is as secret as its most secret paper', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SECURITY_LEVELS)), (levels) => {
        for (const level of levels) expect(compareSecurity(strictestLevel(levels), level)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
