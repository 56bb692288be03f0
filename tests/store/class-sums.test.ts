import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedColumns } from '../../electron/services/customer-record.ts';
import {
  cardsByClass,
  limitsByClass,
  overdueByClass,
  owedByClass,
  salesByClass,
} from '../../electron/store/analysis.ts';
import { settleClassSums } from '../../electron/store/class-sums.ts';
import {
  deleteCustomerRow,
  findCustomerById,
  insertCustomer,
  type NewCustomerRow,
  updateCustomer,
} from '../../electron/store/customers.ts';
import { recountClassSumsSql } from '../../electron/store/migrations/0580-class-sums.ts';
import type { Reader, Writer } from '../../electron/store/sql.ts';
import { CUSTOMER_GROUPS } from '../../shared/domain/analysis.ts';
import { openTestArchive, type TestArchive } from '../support/open-test-archive.ts';
import {
  recountedCards,
  recountedLimits,
  recountedOverdue,
  recountedOwed,
  recountedSales,
} from '../support/recounted-figures.ts';

/** What is kept by class of the customers equals the recount, whatever happened to cards and dealings, and wherever a transaction ended. */

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

const YEARS = [2024, 2025, 2026];
const SLICES = [
  ...YEARS.map((year) => ({ year, first: 1, last: 12 })),
  { year: 2025, first: 6, last: 6 },
  { year: 2026, first: 2, last: 7 },
];
const TODAYS = ['2026-01-01', '2026-06-16', '2027-01-01'];

const optional = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const card = fc.record({
  kind: fc.constantFrom('enterprise' as const, 'individual' as const),
  status: fc.constantFrom('active' as const, 'suspended' as const, 'sealed' as const),
  tier: fc.constantFrom('key' as const, 'general' as const),
  values: fc
    .record({
      region: optional('eastChina', 'northTaiwan'),
      country: optional('cn', 'tw'),
      salesArea: optional('上海', '臺北'),
      customerGrade: optional('a', 'b'),
      industry: optional('machinery', ''),
      creditGrade: optional('a', 'd'),
      legalForm: optional('jointStock'),
      responsibleSalesperson: optional<string | number>('林', 7),
      directExport: optional(true, false),
      creditLimit: optional(
        { amount: '5000.50', currency: 'CNY' },
        { amount: '0', currency: 'CNY' },
        { amount: '700', currency: 'JPY' },
        { amount: '1.005', currency: 'KWD' },
      ),
    })
    .map((values) =>
      Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    ),
});
const currency = fc.constantFrom('CNY', 'USD');
const line = fc.record({
  date: fc.constantFrom('2024-01-31', '2025-06-15', '2026-02-28', '2026-12-01'),
  currency,
  counted: fc.constantFrom(0, 1),
  amount: fc.integer({ min: -1_000, max: 1_000_000 }),
});
const item = fc.record({
  due: fc.constantFrom('2025-12-31', '2026-06-15', '2026-06-16', '2026-12-31'),
  currency,
  open: fc.constantFrom(0, 0, 1, 500, 777_000),
});
const balance = fc.record({ currency, receivable: fc.constantFrom(0, 1, 12_345) });
const at = fc.nat({ max: 1_000 });
const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('newCard' as const), card }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('changeCard' as const), at, card }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('removeCard' as const), at, to: at }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('newLine' as const), at, line }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('changeLine' as const), at, to: at, line }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('removeLine' as const), at }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('newItem' as const), at, item }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('changeItem' as const), at, to: at, item }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('removeItem' as const), at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('balance' as const), at, balance }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
type Card = typeof card extends fc.Arbitrary<infer T> ? T : never;

const AT = '2026-01-01T00:00:00.000Z';
function rowOf({ kind, status, tier, values }: Card, number: string): NewCustomerRow {
  return {
    ...derivedColumns(kind, values),
    number,
    kind,
    status,
    tier,
    confirmations: '[]',
    papers: 0,
    missing_papers: 0,
    late: 0,
    visited_at: null,
    created_at: AT,
    created_by: '',
    updated_at: AT,
    updated_by: '',
    reviewed_on: '2026-01-01',
    review_due: '2026-01-01',
    revision: 1,
    import_id: null,
  };
}

/** One of many, by any number. */
const some = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)];

class World {
  readonly sql: Writer;
  #made = 0;
  constructor(sql: Writer) {
    this.sql = sql;
  }
  ids(table: string): number[] {
    return this.sql.all<{ id: number }>(`SELECT id FROM ${table} ORDER BY id`).map(({ id }) => id);
  }
  do(step: Act): void {
    const { sql } = this;
    this.#made += 1;
    if (step.do === 'settle') {
      settleClassSums(sql);
      return;
    }
    if (step.do === 'newCard') {
      insertCustomer(sql, rowOf(step.card, `K${this.#made}`));
      return;
    }
    const cards = this.ids('customer');
    const customer = some(cards, 'to' in step ? step.to : step.at);
    if (customer === undefined) return;
    if (step.do === 'changeCard') {
      const before = findCustomerById(sql, customer);
      if (before !== undefined) updateCustomer(sql, { ...before, ...rowOf(step.card, before.number) }, before);
    } else if (step.do === 'removeCard') {
      const gone = some(cards, step.at);
      if (gone === undefined || gone === customer) return;
      // As merging does: what it has goes to another card first.
      for (const table of ['order_line', 'receivable', 'customer_order'])
        sql.run(`UPDATE ${table} SET customer_id = ? WHERE customer_id = ?`, customer, gone);
      sql.run('DELETE FROM customer_balance WHERE customer_id = ?', gone);
      deleteCustomerRow(sql, gone);
    } else if (step.do === 'newLine') {
      const { lastInsertRowid } = sql.run(
        "INSERT INTO customer_order (customer_id, order_number, date) VALUES (?, ?, '2026-01-01')",
        customer,
        `D${this.#made}`,
      );
      sql.run(
        `INSERT INTO order_line (order_id, line, customer_id, date, currency, counted, product_id, quantity, amount)
         SELECT ?, 1, ?, ?, ?, ?, min(id), 1000, ? FROM product`,
        lastInsertRowid,
        customer,
        step.line.date,
        step.line.currency,
        step.line.counted,
        step.line.amount,
      );
    } else if (step.do === 'changeLine') {
      sql.run(
        'UPDATE order_line SET customer_id = ?, date = ?, currency = ?, counted = ?, amount = ? WHERE id = ?',
        customer,
        step.line.date,
        step.line.currency,
        step.line.counted,
        step.line.amount,
        some(this.ids('order_line'), step.at) ?? 0,
      );
    } else if (step.do === 'removeLine') {
      sql.run('DELETE FROM order_line WHERE id = ?', some(this.ids('order_line'), step.at) ?? 0);
    } else if (step.do === 'newItem') {
      sql.run(
        "INSERT INTO receivable (customer_id, source, source_id, number, date, due, currency, amount, open) VALUES (?, 'order', ?, '', '', ?, ?, 1000000, ?)",
        customer,
        this.#made,
        step.item.due,
        step.item.currency,
        step.item.open,
      );
    } else if (step.do === 'changeItem') {
      sql.run(
        'UPDATE receivable SET customer_id = ?, due = ?, currency = ?, open = ? WHERE id = ?',
        customer,
        step.item.due,
        step.item.currency,
        step.item.open,
        some(this.ids('receivable'), step.at) ?? 0,
      );
    } else if (step.do === 'removeItem') {
      sql.run('DELETE FROM receivable WHERE id = ?', some(this.ids('receivable'), step.at) ?? 0);
    } else {
      sql.run('DELETE FROM customer_balance WHERE customer_id = ? AND currency = ?', customer, step.balance.currency);
      sql.run(
        'INSERT INTO customer_balance (customer_id, currency, orders, ordered, received, returned, receivable, prepaid, undelivered) VALUES (?, ?, 0, 0, 0, 0, ?, 0, 0)',
        customer,
        step.balance.currency,
        step.balance.receivable,
      );
    }
  }
}

function during(acts: readonly Act[], look: (sql: Writer) => void): void {
  const { database } = desk.archive;
  database.begin();
  try {
    const sql = database.writer;
    sql.run("INSERT INTO product (name, product_group) VALUES ('軸承', '機械')");
    const world = new World(sql);
    for (const step of acts) world.do(step);
    look(sql);
  } finally {
    database.rollback();
  }
}

/** Every figure of every class, as it is kept and as it is recounted. */
const kept = (sql: Reader, field: string) => ({
  sales: salesByClass(sql, field, SLICES),
  owed: owedByClass(sql, field),
  overdue: TODAYS.map((today) => overdueByClass(sql, field, today)),
  limits: limitsByClass(sql, field),
  cards: cardsByClass(sql, field, 2_000),
});
const recounted = (sql: Reader, field: string) => ({
  sales: recountedSales(sql, field, SLICES),
  owed: recountedOwed(sql, field),
  overdue: TODAYS.map((today) => recountedOverdue(sql, field, today)),
  limits: recountedLimits(sql, field),
  cards: recountedCards(sql, field),
});

describe('sums by class of the customers', () => {
  it('equal the recount at every moment, also while changes wait to be added', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40, size: 'max' }), (acts) => {
        during(acts, (sql) => {
          const wanted = CUSTOMER_GROUPS.map((field) => recounted(sql, field));
          expect(CUSTOMER_GROUPS.map((field) => kept(sql, field))).toEqual(wanted);
          settleClassSums(sql);
          expect(CUSTOMER_GROUPS.map((field) => kept(sql, field))).toEqual(wanted);
          expect(sql.all('SELECT * FROM class_pending')).toEqual([]);
          const sums = sql.all('SELECT * FROM class_sum');
          expect(sums.filter((row) => (row as { amount: number }).amount === 0)).toEqual([]);
          // The recount of the migration, and of the benchmark's archives, is the same again.
          for (const statement of recountClassSumsSql.split(';').filter((text) => text.trim() !== ''))
            sql.run(statement);
          expect(sql.all('SELECT * FROM class_sum WHERE amount <> 0')).toEqual(sums);
        });
      }),
      { numRuns: 150 },
    );
  });
});
