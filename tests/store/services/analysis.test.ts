import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decrypter } from 'age-encryption';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { groupsOf, monthsIn, periodBefore, yearsOf } from '../../../shared/domain/analysis.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
const REGIONS = ['eastChina', 'southChina', 'northTaiwan', undefined] as const;
const GRADES = ['a', 'b', 'c', 'b'] as const;
beforeAll(async () => {
  desk = await openTestArchive();
  for (const [index, region] of REGIONS.entries())
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: {
        registeredName: `客戶${index}`,
        ...(region === undefined ? {} : { region }),
        creditGrade: GRADES[index] ?? 'd',
        creditLimit: { amount: '5000', currency: 'CNY' },
      },
      tier: index === 0 ? 'key' : 'general',
    });
});
afterAll(() => desk.close());

type Order = InputOf<'orders.save'>;
const order = (
  customer: number,
  number: string,
  date: string,
  lines: readonly (readonly [string, string, number])[],
  more: Partial<Order> = {},
) =>
  desk.dispatch('orders.save', {
    customer: `E00000${customer + 1}`,
    orderNumber: number,
    date,
    currency: 'CNY',
    lines: lines.map(([product, productGroup, amount]) => ({ product, productGroup, quantity: 1, amount })),
    ...more,
  } as Order);
const compose = (input: InputOf<'analysis.compose'>) => desk.dispatch('analysis.compose', input);
const year = (number: number) => ({ from: `${number}-01`, to: `${number}-12` });

describe('periods', () => {
  it('the period before is as long and ends the month before; its years hold exactly its months', () => {
    const month = fc.tuple(fc.integer({ min: 1950, max: 2150 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(month, fc.integer({ min: 1, max: 60 }), ([fromYear, fromMonth], length) => {
        const end = fromYear * 12 + fromMonth - 1 + length - 1;
        const text = (serial: number) => `${Math.floor(serial / 12)}-${String((serial % 12) + 1).padStart(2, '0')}`;
        const period = { from: text(fromYear * 12 + fromMonth - 1), to: text(end) };
        expect(monthsIn(period)).toBe(length);
        const before = periodBefore(period);
        expect(monthsIn(before)).toBe(length);
        expect(monthsIn({ from: before.to, to: period.from })).toBe(2);
        expect(yearsOf(period).reduce((sum, { first, last }) => sum + last - first + 1, 0)).toBe(length);
      }),
    );
  });
});

describe('composition (A1–A4)', () => {
  beforeAll(async () => {
    await order(0, 'A-1', '2026-03-05', [
      ['軸承', '機械', 10_000],
      ['螺絲', '五金', 500],
    ]);
    await order(0, 'A-2', '2025-04-01', [['軸承', '機械', 4_000]]);
    await order(1, 'B-1', '2026-12-31', [['螺絲', '五金', 2_500]]);
    await order(2, 'C-1', '2022-01-01', [['軸承', '機械', 700]]);
    await order(3, 'D-1', '2026-07-01', [['軸承', '機械', 1_000]], { state: 'cancelled' });
    await order(3, 'D-2', '2026-07-02', [['軸承', '機械', 900]], { currency: 'USD' });
  });

  it('A1 sales by customer: the period, the period before, five years; cancelled orders are no sales', async () => {
    const made = await compose({ analysis: 'sales', ...year(2026) });
    expect(made).toMatchObject({ group: 'customer', formerFrom: '2025-01', formerTo: '2025-12', currency: 'CNY' });
    expect(made.years).toEqual([2022, 2023, 2024, 2025, 2026]);
    expect(
      made.rows.map(({ value, name, amount, share, former, change, series }) => [
        value,
        name,
        amount,
        share,
        former,
        change,
        series,
      ]),
    ).toEqual(
      [
        ['E000001', '客戶0', 10_500, 80.77, 4_000, 162.5, [0, 0, 0, 4_000, 10_500]],
        ['E000002', '客戶1', 2_500, 19.23, 0, null, [0, 0, 0, 0, 2_500]],
        ['', '', 0, 0, 0, null, [700, 0, 0, 0, 0]],
      ].slice(0, made.rows.length),
    );
    expect(made.total).toMatchObject({ amount: 13_000, former: 4_000, change: 225 });
    // What has no rate is said, not lost.
    expect(made.unconverted).toEqual([{ currency: 'USD', amount: 900 }]);
  });

  it('A2 products and their groups', async () => {
    const groups = await compose({ analysis: 'product', ...year(2026) });
    expect(groups.rows.map(({ value, amount }) => [value, amount])).toEqual([
      ['機械', 10_000],
      ['五金', 3_000],
    ]);
    const products = await compose({ analysis: 'product', group: 'product', from: '2026-01', to: '2026-06' });
    expect(products.rows.map(({ value, amount, share }) => [value, amount, share])).toEqual([
      ['軸承', 10_000, 95.24],
      ['螺絲', 500, 4.76],
    ]);
    expect(products.formerFrom).toBe('2025-07');
  });

  it('A3 regions with the number of cards in each; what is not filled in stands by itself', async () => {
    const made = await compose({ analysis: 'region', ...year(2026) });
    expect(made.rows.map(({ value, amount, customers }) => [value, amount, customers])).toEqual([
      ['eastChina', 10_500, 1],
      ['southChina', 2_500, 1],
      [null, 0, 1],
      ['northTaiwan', 0, 1],
    ]);
    expect(made.total.customers).toBe(4);
  });

  it('A4 credit: cards, sales, what is owed and limits by grade', async () => {
    const made = await compose({ analysis: 'credit', ...year(2026) });
    const of = (grade: string) => made.rows.find(({ value }) => value === grade);
    expect(of('a')).toMatchObject({ customers: 1, amount: 10_500, limit: 500_000 });
    expect(of('b')).toMatchObject({ customers: 2, limit: 1_000_000 });
    expect(made.total.limit).toBe(2_000_000);
  });

  it('a rate brings other currencies in', async () => {
    await desk.dispatch('rates.save', { rate: { currency: 'USD', from: '2020-01-01', rate: '7' } });
    const made = await compose({ analysis: 'region', ...year(2026) });
    expect(made.total.amount).toBe(13_000 + 6_300);
    expect(made.unconverted).toEqual([]);
  });

  it('every group of every analysis adds up to the same total', async () => {
    for (const analysis of ['sales', 'region', 'credit', 'product'] as const)
      for (const group of groupsOf(analysis)) {
        const made = await compose({ analysis, group, ...year(2026) });
        expect(made.total.amount, `${analysis} ${group}`).toBe(19_300);
        for (const column of ['amount', 'former'] as const)
          expect(
            made.rows.reduce((sum, row) => sum + row[column], 0),
            `${analysis} ${group} ${column}`,
          ).toBe(made.total[column]);
      }
  });

  it('behind a bar stand the cards: those of a region, those who bought a product', async () => {
    const bought = await desk.dispatch('customers.list', {
      filter: [{ field: 'boughtProduct', is: 'is', values: ['螺絲'] }],
    });
    expect(bought.rows.map((row) => row.number)).toEqual(['E000001', 'E000002']);
    const none = await desk.dispatch('customers.list', { filter: [{ field: 'region', is: 'empty', values: [] }] });
    expect(none.rows.map((row) => row.number)).toEqual(['E000004']);
  });

  it('a period that ends before it begins, and a group of another analysis, are refused by their place', async () => {
    const back = await desk.answer('analysis.compose', { analysis: 'sales', from: '2026-02', to: '2026-01' });
    expect(back.ok ? '' : back.error.fields[0]).toMatchObject({
      path: 'to',
      message: 'validation.analysis.endsBefore',
    });
    const wrong = await desk.answer('analysis.compose', { analysis: 'product', group: 'tier', ...year(2026) });
    expect(wrong.ok ? '' : wrong.error.fields[0]).toMatchObject({ path: 'group' });
  });

  it('R25, R70 a table leaves after the own secret, sealed or marked: the CSV has a line for each row and the total; the PDF has the same title', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dossier-analysis-'));
    const wanted = { analysis: 'credit', format: 'csv', ...year(2026) } as const;
    const file = join(folder, 'credit.csv');
    expect(
      await desk.answer('exports.analysis', { ...wanted, file, secret: 'not the secret of the keeper' }),
    ).toMatchObject({
      ok: false,
      error: { code: 'SECRET_WRONG' },
    });
    const { secret } = TEST_KEEPER;
    await desk.dispatch('exports.analysis', { ...wanted, file, secret });
    const text = readFileSync(file, 'utf8');
    expect(text.trimEnd().split('\r\n')).toHaveLength(1 + 3 + 1);
    expect(text.split('\r\n')[0]).toContain(TEST_KEEPER.login);
    expect(text).toContain('105.00');
    const passphrase = 'a passphrase that both know';
    const sealed = await desk.dispatch('exports.analysis', {
      ...wanted,
      format: 'xlsx',
      file,
      secret,
      sealedFor: '王審計',
      seal: { passphrase },
    });
    expect(sealed.file).toBe(`${file}.age`);
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    expect(
      Buffer.from(await decrypter.decrypt(readFileSync(sealed.file)))
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    rmSync(folder, { recursive: true });
    const printed = await desk.dispatch('print.form', { form: 'analysis', number: 'credit#2026' });
    expect(printed.pages).toBe(1);
  });
});

describe('the summaries', () => {
  it('equal the recount after any lines came, changed and went', async () => {
    const { writer, reader } = desk.archive.database;
    const ids = reader.all<{ id: number }>('SELECT id FROM order_line').map(({ id }) => id);
    const months = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));
    const line = fc.record({
      id: fc.constantFrom(...ids),
      act: fc.constantFrom('insert', 'update', 'delete'),
      date: fc.constantFrom('2024-01-31', '2024-12-01', '2025-06-15', '2026-02-28'),
      currency: fc.constantFrom('CNY', 'USD'),
      counted: fc.constantFrom(0, 1),
      customer: fc.integer({ min: 1, max: 4 }),
      amount: fc.integer({ min: -1_000, max: 1_000_000 }),
    });
    let next = 100;
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (acts) => {
        desk.archive.database.begin();
        for (const act of acts) {
          next += 1;
          if (act.act === 'insert')
            writer.run(
              'INSERT INTO order_line (order_id, line, customer_id, date, currency, counted, product_id, quantity, amount) SELECT order_id, ?, ?, ?, ?, ?, product_id, 1000, ? FROM order_line WHERE id = ?',
              next,
              act.customer,
              act.date,
              act.currency,
              act.counted,
              act.amount,
              act.id,
            );
          else if (act.act === 'update')
            writer.run(
              'UPDATE order_line SET date = ?, currency = ?, counted = ?, customer_id = ?, amount = ? WHERE id = ?',
              act.date,
              act.currency,
              act.counted,
              act.customer,
              act.amount,
              act.id,
            );
          else writer.run('DELETE FROM order_line WHERE line = ?', next - 3);
        }
        for (const of of ['customer', 'product']) {
          const kept = writer.all(
            `SELECT year, ${of}_id AS who, currency, ${months.map((month) => `m${month}`).join(', ')}, quantity, lines FROM ${of}_sales WHERE lines <> 0 ORDER BY 1, 2, 3`,
          );
          const counted = writer.all(
            `SELECT CAST(substr(date, 1, 4) AS INTEGER) AS year, ${of}_id AS who, currency,
               ${months.map((month) => `sum(CASE WHEN substr(date, 6, 2) = '${month}' THEN amount ELSE 0 END) AS m${month}`).join(', ')},
               sum(quantity) AS quantity, count(*) AS lines
             FROM order_line WHERE counted = 1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
          );
          expect(kept).toEqual(counted);
        }
        desk.archive.database.rollback();
      }),
      { numRuns: 60 },
    );
  });
});
