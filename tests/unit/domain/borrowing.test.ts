import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BREACH_ACTS, closingRefusals, incidentAtReturn } from '../../../shared/domain/breaches.ts';
import { CONDITIONS } from '../../../shared/domain/condition.ts';
import {
  DEFAULT_LENDING_RULES,
  type GivenNotice,
  levelsToApprove,
  nextInQueue,
  nextReminderStep,
  noticeDue,
} from '../../../shared/domain/lending-rules.ts';
import { missingPagesProblem, pageNumbers, pageRanges, parsePages } from '../../../shared/domain/page-check.ts';
import { SECURITY_LEVELS } from '../../../shared/domain/security-levels.ts';
import { addDays } from '../../../shared/util/days.ts';

const due = '2026-03-10';
const given = (kind: GivenNotice['kind'], step: number, day: string): GivenNotice => ({
  kind,
  step,
  day,
  at: `${day}T08:00:00.000Z`,
});

describe('notices (B2)', () => {
  test('are due in steps, each once, and none before its day', () => {
    const ask = (day: string, notices: readonly GivenNotice[] = [], recalledAt: string | null = null) =>
      noticeDue({ due, recalledAt, notices }, day, DEFAULT_LENDING_RULES);
    expect(ask('2026-03-06')).toBeUndefined();
    expect(ask('2026-03-07')).toEqual({ kind: 'dueSoon', step: 0 });
    expect(ask('2026-03-10', [given('dueSoon', 0, '2026-03-07')])).toBeUndefined();
    expect(ask('2026-03-11')).toEqual({ kind: 'overdue', step: 1 });
    expect(ask('2026-03-11', [given('overdue', 1, '2026-03-11')])).toBeUndefined();
    expect(ask('2026-03-17', [given('overdue', 1, '2026-03-11')])).toEqual({ kind: 'overdue', step: 2 });
    expect(ask('2026-03-24')).toEqual({ kind: 'overdue', step: 3 });
    // Reminders of the time before an extension do not count for the new due date.
    expect(ask('2026-03-11', [given('overdue', 2, '2026-03-01')])).toEqual({ kind: 'overdue', step: 1 });
    expect(ask('2026-03-01', [], '2026-03-01T09:00:00.000Z')).toEqual({ kind: 'recall', step: 0 });
    expect(ask('2026-03-02', [given('recall', 0, '2026-03-02')], '2026-03-01T09:00:00.000Z')).toBeUndefined();
    // The recall said by when, shortly before: nobody is told twice in a day.
    expect(ask('2026-03-09', [given('recall', 0, '2026-03-09')], '2026-03-09T07:00:00.000Z')).toBeUndefined();
    expect(ask('2026-03-11', [given('recall', 0, '2026-03-09')], '2026-03-09T07:00:00.000Z')).toEqual({
      kind: 'overdue',
      step: 1,
    });
  });

  test('nothing is due twice: what is due and given is no longer due on that day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20, max: 60 }),
        fc.array(fc.integer({ min: -20, max: 60 }), { maxLength: 5 }),
        (now, before) => {
          const today = addDays(due, now);
          const notices: GivenNotice[] = [];
          for (const offset of [...before].filter((one) => one <= now).sort((a, b) => a - b)) {
            const day = addDays(due, offset);
            const owed = noticeDue({ due, recalledAt: null, notices }, day, DEFAULT_LENDING_RULES);
            if (owed !== undefined) notices.push(given(owed.kind, owed.step, day));
          }
          const owed = noticeDue({ due, recalledAt: null, notices }, today, DEFAULT_LENDING_RULES);
          if (owed === undefined) return;
          const after = [...notices, given(owed.kind, owed.step, today)];
          expect(noticeDue({ due, recalledAt: null, notices: after }, today, DEFAULT_LENDING_RULES)).toBeUndefined();
          expect(nextReminderStep(after, due)).toBeGreaterThan(owed.step);
        },
      ),
    );
  });
});

describe('the queue (B2)', () => {
  test('the first that waits or may still come is next; whoever let it pass is not', () => {
    const today = '2026-03-10';
    const one = { staffId: 1, state: 'told' as const, holdUntil: '2026-03-09' };
    const two = { staffId: 2, state: 'waiting' as const, holdUntil: null };
    expect(nextInQueue([one, two], today)).toBe(two);
    expect(nextInQueue([{ ...one, holdUntil: today }, two], today)?.staffId).toBe(1);
    expect(
      nextInQueue(
        [
          { ...one, state: 'cancelled' },
          { ...two, state: 'lent' },
        ],
        today,
      ),
    ).toBeUndefined();
  });
});

describe('return by the page (B2, B3)', () => {
  test('pages are read as they are written, and written as they are read', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { maxLength: 40 }), (pages) => {
        expect(parsePages(pageRanges(pages))).toEqual([...pages].sort((a, b) => a - b));
      }),
    );
    expect(parsePages('３、5—7')).toEqual([3, 5, 6, 7]);
    expect(parsePages('')).toEqual([]);
    for (const bad of ['x', '7-5', '1-99999999', '-3', '1.5']) expect(parsePages(bad), bad).toBeUndefined();
  });
  test('exactly the pages that make up the difference, of those that the catalogue has', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 400 }),
        fc.nat(59),
        (pages, from, lost) => {
          const numbers = pageNumbers(pages, { fromPage: from });
          const missing = numbers.slice(0, Math.min(lost, pages));
          expect(missingPagesProblem(missing, numbers, pages - missing.length)).toBeNull();
          if (missing.length > 0) {
            expect(missingPagesProblem(missing, numbers, pages - missing.length + 1)).toBe('count');
            expect(missingPagesProblem([from + pages], numbers, pages - 1)).toBe('unknown');
          }
        },
      ),
    );
  });
  test('a case opens when pages or condition are not as they went out, never for lateness alone', () => {
    for (const condition of CONDITIONS)
      for (const pagesBack of [3, 4]) {
        const kind = incidentAtReturn({ pagesOut: 4, pagesBack, condition, due, returnedOn: '2026-04-01' });
        expect(kind === undefined).toBe(condition === 'intact' && pagesBack === 4);
        expect(kind).not.toBe('overdue');
      }
  });
});

test('B1 the levels that ask for approval are those of the rules; the stricter never asks for less', () => {
  expect(levelsToApprove(['public', 'ordinaryTradeSecret'], DEFAULT_LENDING_RULES)).toEqual(['ordinaryTradeSecret']);
  fc.assert(
    fc.property(fc.subarray([...SECURITY_LEVELS]), fc.subarray([...SECURITY_LEVELS]), (levels, approval) => {
      const asked = levelsToApprove(levels, { ...DEFAULT_LENDING_RULES, approval });
      expect(asked).toEqual(SECURITY_LEVELS.filter((level) => levels.includes(level) && approval.includes(level)));
    }),
  );
});

test('B3 a case closes with notice and measure recorded, in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...BREACH_ACTS)), (acts) => {
      expect(closingRefusals(acts).length === 0).toBe(acts.includes('notice') && acts.includes('measure'));
    }),
  );
});
