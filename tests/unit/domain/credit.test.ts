import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approversOf, limitWithoutApproval } from '../../../shared/domain/credit/application.ts';
import {
  allocate,
  equalInstalments,
  planProblems,
  planState,
  RHYTHMS,
} from '../../../shared/domain/credit/instalments.ts';
import {
  DEFAULT_POLICY,
  GRADE_ORDER,
  MEASURE_KEYS,
  MEASURES,
  policyProblems,
  termsOf,
  VETOES,
} from '../../../shared/domain/credit/policy.ts';
import { punctuality } from '../../../shared/domain/credit/punctuality.ts';
import {
  exposureMark,
  gradeOfScore,
  type Measures,
  scoreOf,
  suggestedLimit,
} from '../../../shared/domain/credit/score.ts';
import { daysBetween } from '../../../shared/util/days.ts';

const figure = fc.option(fc.double({ min: 0, max: 1e8, noNaN: true }), { nil: null });
const measures: fc.Arbitrary<Measures> = fc.record(
  Object.fromEntries(MEASURE_KEYS.map((key) => [key, figure])) as Record<keyof Measures, typeof figure>,
);
const vetoes = fc.subarray([...VETOES]);
const best = Object.fromEntries(
  MEASURE_KEYS.map((key) => [key, MEASURES[key].better === 'higher' ? 1e9 : 0]),
) as unknown as Measures;
const nothing = Object.fromEntries(MEASURE_KEYS.map((key) => [key, null])) as unknown as Measures;

describe('G1 the scorecard', () => {
  it('the default weights are those of §5.2 and it holds together', () => {
    expect(policyProblems(DEFAULT_POLICY)).toEqual([]);
    const block = (name: string) =>
      DEFAULT_POLICY.items
        .filter(({ measure }) => MEASURES[measure].block === name)
        .reduce((sum, { weight }) => sum + weight, 0);
    expect(['payment', 'finance', 'scale', 'dealings', 'management', 'security'].map(block)).toEqual([
      35, 20, 15, 15, 10, 5,
    ]);
  });
  it('a score is between nothing and a hundred, is the sum of its sheet, and no figure beats the best', () => {
    fc.assert(
      fc.property(measures, vetoes, (given, holding) => {
        const sheet = scoreOf(DEFAULT_POLICY, given, holding);
        expect(sheet.score).toBe(sheet.items.reduce((sum, { points }) => sum + points, 0));
        expect(sheet.score).toBeGreaterThanOrEqual(0);
        expect(sheet.score).toBeLessThanOrEqual(scoreOf(DEFAULT_POLICY, best, []).score);
      }),
    );
    expect(scoreOf(DEFAULT_POLICY, best, [])).toMatchObject({ score: 10_000, grade: 'a' });
    expect(scoreOf(DEFAULT_POLICY, nothing, []).grade).toBe('d');
  });
  it('a better figure never lowers the score', () => {
    fc.assert(
      fc.property(
        measures,
        fc.constantFrom(...MEASURE_KEYS),
        fc.double({ min: 0, max: 1e8, noNaN: true }),
        fc.double({ min: 0, max: 1e8, noNaN: true }),
        (given, key, a, b) => {
          const [low, high] = a < b ? [a, b] : [b, a];
          const [worse, better] = MEASURES[key].better === 'higher' ? [low, high] : [high, low];
          const score = (value: number) => scoreOf(DEFAULT_POLICY, { ...given, [key]: value }, []).score;
          expect(score(better)).toBeGreaterThanOrEqual(score(worse));
        },
      ),
    );
  });
  it('a veto never raises a grade, and caps it', () => {
    fc.assert(
      fc.property(measures, vetoes, (given, holding) => {
        const free = scoreOf(DEFAULT_POLICY, given, []);
        const sheet = scoreOf(DEFAULT_POLICY, given, holding);
        const rank = (grade: string) => GRADE_ORDER.indexOf(grade as 'a');
        expect(rank(sheet.grade)).toBeGreaterThanOrEqual(rank(free.grade));
        for (const { highest } of sheet.vetoes) expect(rank(sheet.grade)).toBeGreaterThanOrEqual(rank(highest));
        expect(sheet.gradeByScore).toBe(gradeOfScore(DEFAULT_POLICY, sheet.score));
      }),
    );
    expect(scoreOf(DEFAULT_POLICY, best, ['suedOverPayment']).grade).toBe('c');
    expect(scoreOf(DEFAULT_POLICY, best, ['keyPaperMissing', 'newCustomer']).grade).toBe('d');
    expect(scoreOf(DEFAULT_POLICY, best, ['directExport']).grade).toBe('a');
  });
  it('a policy whose weights, bands or grades do not hold is refused by name', () => {
    const [first, ...rest] = DEFAULT_POLICY.items;
    if (first === undefined) throw new Error('no items');
    expect(policyProblems({ ...DEFAULT_POLICY, items: rest })).toMatchObject([{ reason: 'weights' }]);
    expect(
      policyProblems({ ...DEFAULT_POLICY, items: [{ ...first, bands: [...first.bands].reverse() }, ...rest] }),
    ).toMatchObject([{ path: 'items.0.bands', reason: 'bands' }]);
    expect(policyProblems({ ...DEFAULT_POLICY, grades: [...DEFAULT_POLICY.grades].slice(1) })).toMatchObject([
      { reason: 'grades' },
    ]);
    expect(policyProblems({ ...DEFAULT_POLICY, warnAt: 100 })).toMatchObject([{ reason: 'marks' }]);
  });
  it('§5.3: the limit is monthly sales times period times coefficient, rounded down', () => {
    expect(suggestedLimit(termsOf(DEFAULT_POLICY, 'a'), 1_234_500)).toBe(2_400_000);
    expect(suggestedLimit(termsOf(DEFAULT_POLICY, 'd'), 1_234_500)).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.constantFrom(...GRADE_ORDER), (sales, grade) => {
        const terms = termsOf(DEFAULT_POLICY, grade);
        const exact = (sales * terms.days * terms.coefficient) / 30_000;
        const limit = suggestedLimit(terms, sales);
        expect(limit <= exact && limit >= exact * 0.9 - 1).toBe(true);
      }),
    );
  });
});

describe('G4 exposure against the limit', () => {
  it('the marks stand at 80 % and 100 %, and nothing is rounded up to them', () => {
    const mark = (exposure: number, limit = 100_000) => exposureMark(exposure, limit, DEFAULT_POLICY).mark;
    expect([0, 79_999, 80_000, 99_999, 100_000, 250_000].map((value) => mark(value))).toEqual([
      'within',
      'within',
      'warn',
      'warn',
      'block',
      'block',
    ]);
    expect([mark(0, 0), mark(1, 0), mark(-5, 0), mark(-5)]).toEqual(['none', 'block', 'none', 'within']);
  });
  it('more exposure never gives a milder mark', () => {
    const order = ['none', 'within', 'warn', 'block'];
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e12 }),
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 0, max: 1e12 }),
        (exposure, more, limit) => {
          const a = exposureMark(exposure, limit, DEFAULT_POLICY);
          const b = exposureMark(exposure + more, limit, DEFAULT_POLICY);
          expect(order.indexOf(b.mark)).toBeGreaterThanOrEqual(order.indexOf(a.mark));
          expect(b.perMille).toBeGreaterThanOrEqual(a.perMille);
        },
      ),
    );
  });
});

const day = fc
  .integer({ min: 0, max: 3_000 })
  .map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10));

describe('D3 repayment plans', () => {
  it('equal parts sum up to the whole, differ by less than a part of each, and their days rise from the first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 1e11 }),
        fc.integer({ min: 1, max: 60 }),
        day,
        fc.constantFrom(...RHYTHMS),
        (total, count, first, rhythm) => {
          const parts = equalInstalments(total, count, first, rhythm);
          expect(planProblems(total, parts)).toEqual([]);
          expect(parts).toHaveLength(count);
          expect(parts[0]?.due).toBe(first);
          const last = parts.at(-1)?.amount ?? 0;
          expect(last - (parts[0]?.amount ?? 0)).toBeLessThan(count);
          const [least, most] = { weekly: [7, 7], twoWeekly: [14, 14], monthly: [28, 31], quarterly: [89, 92] }[rhythm];
          for (const [index, part] of parts.entries()) {
            const before = parts[index - 1];
            if (before === undefined) continue;
            const days = daysBetween(before.due, part.due);
            expect(days >= (least ?? 0) - 3 && days <= (most ?? 0) + 3).toBe(true);
          }
        },
      ),
    );
    expect(equalInstalments(1_000, 3, '2026-01-31', 'monthly')).toEqual([
      { due: '2026-01-31', amount: 333 },
      { due: '2026-02-28', amount: 333 },
      { due: '2026-03-31', amount: 334 },
    ]);
  });
  it('a payment is spent once, on the earliest open parts, and never beyond what a part asks', () => {
    const parts = fc.array(
      fc
        .record({ amount: fc.integer({ min: 1, max: 1e6 }), part: fc.integer({ min: 0, max: 100 }) })
        .map(({ amount, part }) => ({ amount, paid: Math.floor((amount * part) / 100) })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 1e7 }), (given, payment) => {
        const { paid, left } = allocate(given, payment);
        expect(paid.reduce((sum, one) => sum + one, 0) + left).toBe(payment);
        const after = given.map((part, index) => part.paid + (paid[index] ?? 0));
        for (const [index, part] of given.entries()) expect(after[index]).toBeLessThanOrEqual(part.amount);
        const firstOpen = given.findIndex((part, index) => (after[index] ?? 0) < part.amount);
        if (firstOpen >= 0) expect(paid.slice(firstOpen + 1).every((one) => one === 0)).toBe(true);
      }),
    );
  });
  it('a plan is overdue the day after a part was due and not a day before, and completed when all is paid', () => {
    const parts = [{ due: '2026-03-01', amount: 10, paid: 0 }];
    expect(planState('running', parts, '2026-03-01')).toBe('running');
    expect(planState('running', parts, '2026-03-02')).toBe('overdue');
    expect(planState('running', [{ due: '2026-03-01', amount: 10, paid: 10 }], '2026-03-02')).toBe('completed');
    expect(planState('superseded', parts, '2026-03-02')).toBe('superseded');
    expect(
      planProblems(10, [
        { due: '2026-03-02', amount: 5 },
        { due: '2026-03-02', amount: 4 },
      ]),
    ).toEqual(['sum', 'order']);
  });
});

describe('how punctually was paid', () => {
  const rows = fc.array(fc.record({ due: day, amount: fc.integer({ min: 1, max: 1e6 }) }), { maxLength: 10 });
  it('is a share of what fell due, whole when everything was paid at once, nothing when nothing was paid', () => {
    fc.assert(
      fc.property(rows, (debts) => {
        const total = debts.reduce((sum, debt) => sum + debt.amount, 0);
        const share = (credits: { date: string; amount: number }[]) =>
          punctuality(debts, credits, '2020-01-01', '2030-01-01');
        if (debts.length === 0) expect(share([])).toBeNull();
        else {
          expect(share([{ date: '2019-12-31', amount: total }])).toBe(100);
          expect(share([])).toBe(0);
          expect(share([{ date: '2031-01-01', amount: total }])).toBe(0);
        }
      }),
    );
    const debts = [
      { due: '2026-01-31', amount: 100 },
      { due: '2026-02-28', amount: 300 },
    ];
    expect(
      punctuality(
        debts,
        [
          { date: '2026-01-31', amount: 100 },
          { date: '2026-03-01', amount: 300 },
        ],
        '2026-01-01',
        '2026-12-31',
      ),
    ).toBe(25);
    expect(punctuality(debts, [], '2026-03-01', '2026-12-31')).toBeNull();
  });
});

describe('wish 31: no back door to a limit', () => {
  const limit = (amount: string) => ({ amount, currency: 'CNY' });
  it('another amount needs another approval; the same amount in other zeros, and none against nothing, are no change', () => {
    expect(limitWithoutApproval({ limit: limit('5'), approval: 'XE-1' }, { limit: limit('6'), approval: 'XE-1' })).toBe(
      true,
    );
    expect(limitWithoutApproval({ limit: limit('5'), approval: 'XE-1' }, { limit: limit('6'), approval: '' })).toBe(
      true,
    );
    expect(limitWithoutApproval({ limit: limit('5'), approval: 'XE-1' }, { limit: limit('6'), approval: 'XE-2' })).toBe(
      false,
    );
    expect(
      limitWithoutApproval({ limit: limit('5'), approval: 'XE-1' }, { limit: limit('5.00'), approval: 'XE-1' }),
    ).toBe(false);
    expect(limitWithoutApproval({ limit: null, approval: null }, { limit: limit('0'), approval: null })).toBe(false);
  });
  it('the lower the grade, the fewer may approve', () => {
    const counts = ['a', 'b', 'c', 'd', ''].map((grade) => approversOf(grade).length);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(approversOf('d')).toEqual(['supervisor', 'executive']);
  });
});
