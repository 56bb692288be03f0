import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRouteStops } from '../../../shared/domain/classification.ts';
import {
  bySales,
  DEFAULT_TIER_RULES,
  figuresAmong,
  type SalesCounted,
  tierByRules,
  tierFigures,
} from '../../../shared/domain/tier-rules.ts';

const figuresOf = (given: readonly SalesCounted[]) => [
  ...tierFigures(
    [...given].sort(bySales),
    given.reduce((sum, { sales }) => sum + sales, 0),
    100,
    [70, 90],
  ),
];

const customers: fc.Arbitrary<SalesCounted[]> = fc
  .array(
    fc.record({
      // Few different ones, so that some are equal.
      sales: fc.oneof(fc.integer({ min: 0, max: 1e10 }), fc.constantFrom(0, 500, 900)),
      orders: fc.integer({ min: 0, max: 40 }),
      yearsOfDealing: fc.integer({ min: 0, max: 30 }),
      directExport: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((rows) => rows.map((row, id) => ({ ...row, id })));

describe('K1 composition and K2 tiers from figures', () => {
  it('everybody stands once, in falling order of sales, the shares make up the whole, and bands never rise again', () => {
    fc.assert(
      fc.property(customers, (given) => {
        const figures = figuresOf(given);
        expect(figures.map(({ id }) => id).sort((a, b) => a - b)).toEqual(given.map(({ id }) => id));
        for (const [index, one] of figures.entries()) {
          const before = figures[index - 1];
          if (before === undefined) continue;
          expect(one.salesLastYear).toBeLessThanOrEqual(before.salesLastYear);
          expect(one.cumulativeShare).toBeGreaterThanOrEqual(before.cumulativeShare);
          expect(one.band >= before.band).toBe(true);
        }
        const total = figures.reduce((sum, { share }) => sum + share, 0);
        if (given.some(({ sales }) => sales > 0))
          expect(Math.abs(total - 100)).toBeLessThan(0.01 * given.length + 0.01);
        else expect(figures.every(({ band }) => band === 'c')).toBe(true);
      }),
    );
  });
  it('the figures of one among the others, who come in any order, are those that stand in the whole', () => {
    fc.assert(
      fc.property(customers, (given) => {
        const all = figuresOf(given);
        for (const own of given) {
          const others = given.filter((other) => other !== own).toReversed();
          expect(figuresAmong(own, others, 100, [70, 90])).toEqual(all.find(({ id }) => id === own.id));
        }
      }),
    );
  });
  it('the order in which customers stand in the archive makes no difference', () => {
    fc.assert(
      fc.property(customers, (given) => {
        expect(figuresOf([...given].reverse())).toEqual(figuresOf(given));
      }),
    );
  });
  it('the largest with two orders is key, an exporter without sales special, all others general', () => {
    const row = (id: number, sales: number, orders: number, directExport = false) => ({
      id,
      sales,
      orders,
      yearsOfDealing: 2,
      directExport,
    });
    const figures = figuresOf([row(1, 9_000, 5), row(2, 900, 5), row(3, 100, 1), row(4, 0, 0, true)]);
    const tiers = Object.fromEntries(figures.map((one) => [one.id, tierByRules(DEFAULT_TIER_RULES, one)]));
    expect(tiers).toEqual({ 1: 'key', 2: 'general', 3: 'general', 4: 'special' });
    expect(figures.map(({ band }) => band)).toEqual(['a', 'c', 'c', 'c']);
  });
});

describe('K4 the order of a route', () => {
  const stops = fc.array(
    fc.record({
      number: fc.integer({ min: 1, max: 999_999 }).map((n) => `E${String(n).padStart(6, '0')}`),
      routeOrder: fc.option(fc.integer({ min: 0, max: 500 }), { nil: null }),
    }),
    { maxLength: 30 },
  );
  it('is by place, then by number, those without a place last', () => {
    fc.assert(
      fc.property(stops, (given) => {
        const sorted = [...given].sort(compareRouteStops);
        const firstWithout = sorted.findIndex((stop) => stop.routeOrder === null);
        if (firstWithout >= 0) expect(sorted.slice(firstWithout).every((stop) => stop.routeOrder === null)).toBe(true);
        for (const [index, stop] of sorted.entries()) {
          const before = sorted[index - 1];
          if (before === undefined) continue;
          if (before.routeOrder === stop.routeOrder) expect(before.number <= stop.number).toBe(true);
          else expect((before.routeOrder ?? 1e9) < (stop.routeOrder ?? 1e9)).toBe(true);
        }
      }),
    );
  });
});
