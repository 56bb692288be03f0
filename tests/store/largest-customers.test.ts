import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Convert, largestCustomers } from '../../electron/store/largest-customers.ts';
import type { SqlParams, Writer } from '../../electron/store/sql.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';
import { recountedLargest } from '../support/recounted-figures.ts';

/** The customers that bought most are those of the recount over all, though few of them are looked at. */

const CUSTOMERS = 60;
let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
  const { database } = desk.archive;
  database.begin();
  database.writer.run("INSERT INTO product (name) VALUES ('軸承')");
  for (let at = 1; at <= CUSTOMERS; at += 1) {
    database.writer.run(
      `INSERT INTO customer (id, number, kind, tier, status, completeness, review_due, name, created_at, created_by, updated_at, updated_by, reviewed_on, field_values)
       VALUES (?, 'K' || ?, 'enterprise', 'key', 'active', 1, '', '', '', '', '', '', '', '{}')`,
      at,
      at,
    );
    database.writer.run(
      "INSERT INTO customer_order (id, customer_id, order_number, date) VALUES (?, ?, '1', '')",
      at,
      at,
    );
  }
  database.commit();
});
afterAll(() => desk.close());

const RATES: Readonly<Record<string, number>> = { CNY: 1, TWD: 0.22, USD: 7.1 };
/** GBP has no rate. */
const convert: Convert = (minor, currency) => {
  const rate = RATES[currency];
  return rate === undefined ? undefined : Math.round(minor * rate);
};
const line = fc.record({
  customer: fc.integer({ min: 1, max: CUSTOMERS }),
  month: fc.constantFrom('2024-11', '2025-01', '2025-06', '2025-12', '2026-01', '2026-02'),
  // Mostly one currency, as customers are.
  currency: fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('CNY', 'USD', 'GBP') },
  ),
  amount: fc.oneof(fc.constantFrom(100, 100, 5_000), fc.integer({ min: -2_000, max: 100_000 })),
});
const usual = (customer: number) => ['CNY', 'TWD', 'USD', 'GBP'][customer % 4] ?? 'CNY';
const PERIODS = [
  [{ year: 2025, first: 1, last: 12 }],
  [{ year: 2026, first: 2, last: 2 }],
  [
    { year: 2025, first: 6, last: 12 },
    { year: 2026, first: 1, last: 5 },
  ],
  [
    { year: 2024, first: 1, last: 12 },
    { year: 2025, first: 1, last: 12 },
    { year: 2026, first: 1, last: 12 },
  ],
];

function during(
  lines: readonly (typeof line extends fc.Arbitrary<infer T> ? T : never)[],
  look: (sql: Writer) => void,
): void {
  const { database } = desk.archive;
  database.begin();
  try {
    for (const [at, { customer, month, currency, amount }] of lines.entries())
      database.writer.run(
        `INSERT INTO order_line (order_id, line, customer_id, date, currency, counted, product_id, quantity, amount)
         SELECT ?, ?, ?, ?, ?, 1, min(id), 1000, ? FROM product`,
        customer,
        at,
        customer,
        `${month}-15`,
        currency === '' ? usual(customer) : currency,
        amount,
      );
    look(database.writer);
  } finally {
    database.rollback();
  }
}

describe('the customers that bought most', () => {
  it('are those of the recount, by whatever way they are found, in the same order', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 150, size: 'max' }),
        fc.constantFrom(...PERIODS),
        fc.integer({ min: 1, max: 8 }),
        (lines, slices, count) => {
          during(lines, (sql) => {
            const wanted = recountedLargest(sql, slices, convert).slice(0, count);
            expect(largestCustomers(sql, slices, count, convert)).toEqual(wanted);
            for (const round of [1, 3])
              expect(largestCustomers(sql, slices, count, convert, { lines: 0, round })).toEqual(wanted);
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are found without looking at all: few of sixty, when the largest stand out', () => {
    during(
      Array.from({ length: CUSTOMERS }, (_, at) => ({
        customer: at + 1,
        month: '2025-06',
        currency: 'CNY',
        amount: (at + 1) * 1_000,
      })),
      (sql) => {
        let rows = 0;
        const counting = {
          ...sql,
          all: <T>(text: string, ...params: SqlParams) => {
            const found = sql.all<T>(text, ...params);
            if (/customer_sales_most/.test(text)) rows += found.length;
            return found;
          },
        } as Writer;
        expect(
          largestCustomers(counting, [{ year: 2025, first: 1, last: 12 }], 3, convert, { lines: 0, round: 2 }),
        ).toEqual(['60', '59', '58']);
        expect(rows).toBeLessThan(10);
      },
    );
  });
});
