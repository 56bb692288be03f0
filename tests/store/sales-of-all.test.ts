import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SalesRow, salesOfAll, sealedCustomers } from '../../electron/store/classification.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

const order = fc.record({
  // Numbers far apart, so that they lie in different pieces.
  id: fc.constantFrom(1, 2, 2_999, 3_000, 3_001, 3_002, 8_000, 9_001, 27_500),
  customer: fc.constantFrom(1, 2, 3),
  date: fc.constantFrom('2025-01-04', '2025-01-05', '2025-06-01'),
  currency: fc.constantFrom('TWD', 'USD', ''),
  state: fc.constantFrom('open', 'cancelled'),
  kind: fc.constantFrom('order', 'framework'),
  amount: fc.integer({ min: -500, max: 9_000 }),
});

it('the sales of all customers, read in pieces, are those that one statement adds up', () => {
  const { database } = desk.archive;
  const sql = database.writer;
  fc.assert(
    fc.property(fc.uniqueArray(order, { selector: ({ id }) => id }), (orders) => {
      database.begin();
      try {
        for (const id of [1, 2, 3])
          sql.run(
            `INSERT INTO customer (id, number, kind, tier, status, completeness, review_due, name, created_at, created_by, updated_at, updated_by, reviewed_on, field_values)
             VALUES (?, 'K' || ?, 'enterprise', 'key', ?, 1, '', '', '', '', '', '', '', '{}')`,
            id,
            id,
            id === 2 ? 'sealed' : 'active',
          );
        for (const { id, customer, date, currency, state, kind, amount } of orders)
          sql.run(
            `INSERT INTO customer_order (id, customer_id, order_number, date, currency, state, kind, amount) VALUES (?, ?, 'O' || ?, ?, ?, ?, ?, ?)`,
            id,
            customer,
            id,
            date,
            currency,
            state,
            kind,
            amount,
          );
        const sums = new Map<string, { amount: number; orders: number }>();
        for (const piece of salesOfAll(sql, '2025-01-05'))
          for (const row of piece) {
            const key = `${row.customer_id} ${row.currency}`;
            const before = sums.get(key) ?? { amount: 0, orders: 0 };
            sums.set(key, { amount: before.amount + row.amount, orders: before.orders + row.orders });
          }
        const once = sql.all<SalesRow>(
          `SELECT customer_id, currency, sum(amount) AS amount, count(*) AS orders FROM customer_order
           WHERE date >= '2025-01-05' AND state <> 'cancelled' AND kind <> 'framework' AND currency <> '' GROUP BY 1, 2`,
        );
        expect(sums).toEqual(
          new Map(
            once.map((row) => [`${row.customer_id} ${row.currency}`, { amount: row.amount, orders: row.orders }]),
          ),
        );
        expect(sealedCustomers(sql)).toEqual(new Set([2]));
      } finally {
        database.rollback();
      }
    }),
    { numRuns: 60 },
  );
});
