import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateFields } from '../../../shared/domain/forms/validate-card.ts';
import { dailyReportFields, informationFields, visitFields } from '../../../shared/domain/forms/visit-forms.ts';
import {
  isHeadingRow,
  parseTimeCell,
  parseTimeRange,
  proposeVisitMapping,
  readVisitCells,
} from '../../../shared/domain/import/visit-rows.ts';
import {
  acknowledgeBy,
  endOfMonth,
  informationState,
  isAcknowledgedLate,
  lastPeriodDue,
  passOnBy,
  recipientsOf,
} from '../../../shared/domain/information-reports.ts';
import { DEFAULT_PATTERNS, formatNumber, parseNumber } from '../../../shared/domain/numbering.ts';
import { dutyOfDay } from '../../../shared/domain/reporting-duty.ts';
import { PERIODIC_REPORT_MONTHS, REPORT_CLASSES } from '../../../shared/domain/visit.ts';
import { briefCovers, customerOfVisitCode, visitCode } from '../../../shared/domain/visit-brief.ts';
import {
  addWorkingDays,
  isWorkingDay,
  nextWorkingDay,
  PLAIN_CALENDAR,
  type WorkCalendar,
  workingDays,
} from '../../../shared/domain/working-days.ts';
import { addDays, daysBetween, daysFromTo, instantAt, timeOfInstant, weekdayOf } from '../../../shared/util/days.ts';

const FIRST = '2024-01-01';
const anyDay = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays(FIRST, days));
const anyCalendar: fc.Arbitrary<WorkCalendar> = fc.record({
  weekend: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 6 }),
  exceptions: fc.dictionary(anyDay, fc.boolean(), { maxKeys: 40 }).map((days) => new Map(Object.entries(days))),
});

describe('working days (V1)', () => {
  test('weekends are free, a holiday is free, a make-up working day is not', () => {
    const calendar: WorkCalendar = {
      weekend: [0, 6],
      exceptions: new Map([
        ['2026-10-01', false],
        ['2026-10-10', true],
      ]),
    };
    expect(isWorkingDay(calendar, '2026-10-01')).toBe(false);
    expect(isWorkingDay(calendar, '2026-10-10')).toBe(true);
    expect(isWorkingDay(calendar, '2026-10-11')).toBe(false);
    expect(nextWorkingDay(calendar, '2026-09-30')).toBe('2026-10-02');
    expect(workingDays(PLAIN_CALENDAR, '2026-11-23', '2026-11-29')).toHaveLength(5);
  });

  test('a day by itself goes before its weekday, every other day follows the weekday', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, (calendar, day) => {
        const alone = calendar.exceptions.get(day);
        expect(isWorkingDay(calendar, day)).toBe(alone ?? !calendar.weekend.includes(weekdayOf(day)));
      }),
    );
  });

  test('n working days later is a working day, with n working days on the way', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, fc.integer({ min: 1, max: 30 }), (calendar, day, count) => {
        const reached = addWorkingDays(calendar, day, count);
        expect(isWorkingDay(calendar, reached)).toBe(true);
        expect(workingDays(calendar, addDays(day, 1), reached)).toHaveLength(count);
      }),
    );
  });

  test('working and free days of a period are all its days', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, fc.integer({ min: 0, max: 120 }), (calendar, from, length) => {
        const to = addDays(from, length);
        const free = daysFromTo(from, to).filter((day) => !isWorkingDay(calendar, day));
        expect(workingDays(calendar, from, to).length + free.length).toBe(daysBetween(from, to) + 1);
      }),
    );
  });
});

describe('one report per salesperson per working day, by the set hour (V1)', () => {
  const OFFSET = 480;
  const duty = { from: '2026-01-01', until: null, excused: new Set<string>() };
  const given = (more: object) => ({
    calendar: PLAIN_CALENDAR,
    duty,
    report: undefined,
    hour: '18:00',
    offsetMinutes: OFFSET,
    now: instantAt('2026-11-25', '18:00', OFFSET),
    ...more,
  });
  const due = instantAt('2026-11-25', '18:00', OFFSET);
  const minutes = (count: number) => new Date(Date.parse(due) + count * 60_000).toISOString();

  test('open until the hour, missing a minute after it; on the minute is in time', () => {
    expect(dutyOfDay('2026-11-25', given({ now: due }))).toBe('open');
    expect(dutyOfDay('2026-11-25', given({ now: minutes(1) }))).toBe('missing');
    const handed = (at: string) => given({ report: { dueAt: due, handedInAt: at }, now: minutes(500) });
    expect(dutyOfDay('2026-11-25', handed(due))).toBe('handedIn');
    expect(dutyOfDay('2026-11-25', handed(minutes(1)))).toBe('late');
  });

  test('weekends, excused days and days outside the duty are owed by nobody', () => {
    expect(dutyOfDay('2026-11-28', given({ now: minutes(9_999) }))).toBe('off');
    expect(dutyOfDay('2026-11-25', given({ duty: { ...duty, excused: new Set(['2026-11-25']) } }))).toBe('excused');
    expect(dutyOfDay('2025-12-31', given({}))).toBe('none');
    expect(dutyOfDay('2026-11-25', given({ duty: { ...duty, until: '2026-11-24' } }))).toBe('none');
    expect(dutyOfDay('2026-11-25', given({ duty: undefined }))).toBe('none');
  });

  test('a report handed in is never missing, whatever the calendar; lateness depends on its own hour alone', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, fc.integer({ min: -600, max: 3_000 }), (calendar, day, late) => {
        const dueAt = instantAt(day, '18:00', OFFSET);
        const handedInAt = new Date(Date.parse(dueAt) + late * 60_000).toISOString();
        const state = dutyOfDay(
          day,
          given({ calendar, report: { dueAt, handedInAt }, hour: '09:00', now: minutes(99_999) }),
        );
        expect(state).toBe(late <= 0 ? 'handedIn' : 'late');
      }),
    );
  });

  test('a passed day under duty is missing exactly when it is a working day without excuse and report', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, fc.boolean(), (calendar, day, isExcused) => {
        const own = { from: FIRST, until: null, excused: new Set(isExcused ? [day] : []) };
        const now = instantAt(addDays(day, 2), '00:00', OFFSET);
        const state = dutyOfDay(day, given({ calendar, duty: own, now }));
        expect(state === 'missing').toBe(isWorkingDay(calendar, day) && !isExcused);
      }),
    );
  });

  test('a time of day and its instant are each other’s inverse', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: 0, max: 1_439 }),
        fc.integer({ min: -720, max: 840 }),
        (day, minute, offset) => {
          const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          expect(timeOfInstant(instantAt(day, time, offset), offset)).toBe(time);
        },
      ),
    );
  });
});

describe('information reports (V3)', () => {
  test('waits until acknowledged, is open until closed; none to wait for is open at once', () => {
    const report = { acknowledgeBy: '2026-11-25T10:00:00.000Z', acknowledgedAt: null, closedOn: null };
    expect(informationState(report)).toBe('waiting');
    expect(informationState({ ...report, acknowledgedAt: '2026-11-25T09:00:00.000Z' })).toBe('acknowledged');
    expect(informationState({ ...report, acknowledgeBy: null })).toBe('acknowledged');
    expect(informationState({ ...report, acknowledgeBy: null, closedOn: '2026-11-26' })).toBe('closed');
    expect(isAcknowledgedLate(report, '2026-11-25T10:00:00.001Z')).toBe(true);
    expect(isAcknowledgedLate(report, '2026-11-25T10:00:00.000Z')).toBe(false);
    expect(acknowledgeBy('2026-11-25T08:00:00.000Z', 2)).toBe('2026-11-25T10:00:00.000Z');
    expect(acknowledgeBy('2026-11-25T08:00:00.000Z', null)).toBe(null);
  });

  test('24 everybody is told once, by the nearest reason, never the reporter; an urgent report on its own day', () => {
    const rules = [
      { subject: '', staffId: 4 },
      { subject: 'complaint', staffId: 5 },
      { subject: 'competitorMove', staffId: 1 },
      { subject: 'competitorMove', staffId: 2 },
    ] as const;
    expect(recipientsOf({ subject: 'competitorMove', reporterId: 2 }, 1, rules)).toEqual([
      { staffId: 1, why: 'responsible' },
      { staffId: 4, why: 'rule' },
    ]);
    expect(recipientsOf({ subject: 'other', reporterId: 1 }, 1, rules)).toEqual([{ staffId: 4, why: 'rule' }]);
    expect(passOnBy('urgent', '2026-02-27')).toBe('2026-02-27');
    expect(passOnBy('periodic', '2026-02-27')).toBe('2026-03-04');
  });

  test('§4.2: the period due is the last ended month of the class', () => {
    expect(lastPeriodDue('first', '2026-09-29')).toBe('2026-03');
    expect(lastPeriodDue('first', '2026-09-30')).toBe('2026-09');
    expect(lastPeriodDue('second', '2026-01-15')).toBe('2025-11');
    expect(lastPeriodDue('third', '2026-11-29')).toBe('2026-10');
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...REPORT_CLASSES), (today, reportClass) => {
        const period = lastPeriodDue(reportClass, today);
        expect(PERIODIC_REPORT_MONTHS[reportClass]).toContain(Number(period.slice(5)));
        expect(endOfMonth(period) <= today).toBe(true);
        // No later month of the class has ended.
        for (const later of daysFromTo(addDays(endOfMonth(period), 1), today).filter(
          (day) => endOfMonth(day.slice(0, 7)) === day,
        ))
          expect(PERIODIC_REPORT_MONTHS[reportClass]).not.toContain(Number(later.slice(5, 7)));
      }),
      { numRuns: 60 },
    );
  });
});

test('numbers of reports follow their patterns and come back from what is typed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(DEFAULT_PATTERNS.dailyReport, DEFAULT_PATTERNS.information),
      fc.integer({ min: 1, max: 99_999 }),
      fc.integer({ min: 2000, max: 2099 }),
      (pattern, sequence, year) => {
        expect(parseNumber(pattern, formatNumber(pattern, sequence, year).toLowerCase())).toEqual({ sequence, year });
      },
    ),
  );
});

describe('the brief before a visit and the paper form (C8, V4)', () => {
  test('a brief counts from its taking for seven days', () => {
    expect(briefCovers('2026-11-20T02:00:00.000Z', '2026-11-20T02:00:00.000Z')).toBe(true);
    expect(briefCovers('2026-11-20T02:00:00.000Z', '2026-11-27T02:00:00.000Z')).toBe(true);
    expect(briefCovers('2026-11-20T02:00:00.000Z', '2026-11-27T02:00:01.000Z')).toBe(false);
    expect(briefCovers('2026-11-20T02:00:00.000Z', '2026-11-20T01:59:59.000Z')).toBe(false);
  });

  test('what a scanner types leads to the customer; so does the number typed in any width', () => {
    expect(customerOfVisitCode(visitCode('E000012'))).toBe('E000012');
    expect(customerOfVisitCode(' fw-e000012 ')).toBe('E000012');
    expect(customerOfVisitCode('ｅ０００012')).toBe('E000012');
    expect(customerOfVisitCode('P000003')).toBe('P000003');
  });
});

describe('rows of visits, typed, pasted or imported', () => {
  test('times as people write them', () => {
    for (const [text, time] of [
      ['9:30', '09:30'],
      ['0930', '09:30'],
      ['9點半', '09:30'],
      ['下午2:05', '14:05'],
      ['2:05 PM', '14:05'],
      ['12點', '12:00'],
      ['上午12:10', '00:10'],
      ['14时20分', '14:20'],
      ['下午兩點', '14:00'],
      ['上午十點三十五分', '10:35'],
      ['两点半', '02:30'],
      ['2026-11-25 08:00', '08:00'],
      ['09:00:00', '09:00'],
    ] as const)
      expect(parseTimeCell(text), text).toEqual({ ok: true, value: time });
    for (const text of ['25:00', 'noon-ish', '9.5', '']) expect(parseTimeCell(text).ok, text).toBe(false);
    expect(parseTimeRange('9:00–10:30')).toEqual({ ok: true, value: { from: '09:00', to: '10:30' } });
    expect(parseTimeRange('下午2點至下午3點')).toEqual({ ok: true, value: { from: '14:00', to: '15:00' } });
  });

  test('headings in three languages; a row of headings is told from a row of visits', () => {
    const chinese = ['日期', '業務員', '客戶名稱', '時間', '訪問目的', '洽談內容', '結果', '無關'];
    expect(proposeVisitMapping(chinese)).toEqual([
      'day',
      'salesperson',
      'customer',
      'time',
      'purpose',
      'content',
      'result',
      null,
    ]);
    expect(proposeVisitMapping(['日报日期', '客户编号', '起', '讫', '面谈人'])).toEqual([
      'day',
      'customerNumber',
      'startedAt',
      'endedAt',
      'personMet',
    ]);
    expect(proposeVisitMapping(['Date', 'Sales rep', 'Customer', 'From', 'To', 'Outcome'])).toEqual([
      'day',
      'salesperson',
      'customer',
      'startedAt',
      'endedAt',
      'result',
    ]);
    expect(isHeadingRow(chinese)).toBe(true);
    expect(isHeadingRow(['E000001', '9:00', '10:00', '上門', '訂單', '王經理'])).toBe(false);
  });

  test('cells become values of the form; what cannot be read names its column and leaves the others', () => {
    const { values, problems } = readVisitCells(
      ['customer', 'time', 'method', 'purpose', 'collected', 'cardRead', 'result'],
      ['宏昌', '9:00-9:40', '電話', '收款', '3,000元', '是', '不知道'],
    );
    expect(values).toEqual({
      customer: '宏昌',
      startedAt: '09:00',
      endedAt: '09:40',
      method: 'telephone',
      purpose: 'collection',
      collected: { amount: '3000', currency: 'CNY' },
      cardRead: true,
    });
    expect(problems.map(({ column, value }) => [column, value])).toEqual([[6, '不知道']]);
  });

  test('a time of day is a field type: 24:00 is none', () => {
    const base = { customer: 'E000001', content: '談' };
    expect(validateFields(visitFields, { ...base, startedAt: '09:30' }).errors).toEqual([]);
    expect(validateFields(visitFields, { ...base, startedAt: '24:00' }).errors.map((error) => error.message)).toEqual([
      'validation.time',
    ]);
  });

  test('the forms ask what the paper asks; a periodic report also for its period', () => {
    expect(dailyReportFields.filter((field) => field.required === 'required').map((field) => field.key)).toEqual([
      'summary',
    ]);
    expect(validateFields(informationFields('periodic'), { facts: '照常' }).errors.map((error) => error.path)).toEqual([
      'period',
    ]);
    expect(validateFields(informationFields('urgent'), { facts: '拒付' }).errors).toEqual([]);
  });
});
