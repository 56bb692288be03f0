import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceOf, type DealingsToCount, isSale } from '../../../shared/domain/dealings/receivables.ts';
import { convertMinor, currencyDecimals, fromMinor, lineAmount, toMinor } from '../../../shared/domain/money.ts';

const currency = fc.constantFrom('CNY', 'TWD', 'USD', 'JPY', 'KWD');
const minor = fc.integer({ min: -1e12, max: 1e12 });

describe('money in minor units', () => {
  it('every amount survives being written and read', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        expect(toMinor(fromMinor(amount, code), code)).toBe(amount);
      }),
    );
  });
  it('refuses more decimal places than the currency has, and reads fewer', () => {
    expect(toMinor('1234.5', 'CNY')).toBe(123_450);
    expect(toMinor('1234.567', 'CNY')).toBeUndefined();
    expect(toMinor('1234.500', 'CNY')).toBe(123_450);
    expect(toMinor('0.5', 'JPY')).toBeUndefined();
    expect(toMinor('-0', 'CNY')).toBe(0);
    expect(toMinor('1,000', 'CNY')).toBeUndefined();
  });
  it('a line is quantity times price, rounded to the minor unit and no further', () => {
    expect(lineAmount(12_500, 80_000, 'CNY')).toBe(10_000);
    expect(lineAmount(1_000, 1_250, 'USD')).toBe(13);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e8 }),
        fc.integer({ min: 0, max: 1e8 }),
        currency,
        (quantity, price, code) => {
          const exact = (quantity / 1_000) * (price / 10_000) * 10 ** currencyDecimals(code);
          expect(Math.abs(lineAmount(quantity, price, code) - exact)).toBeLessThanOrEqual(0.5 + exact * 1e-12);
        },
      ),
    );
  });
  it('a rate of one between currencies of the same places changes nothing', () => {
    fc.assert(
      fc.property(minor, (amount) => {
        expect(convertMinor(amount, 'USD', 'CNY', 1_000_000)).toBe(amount);
      }),
    );
    expect(convertMinor(10_000, 'USD', 'CNY', 7_183_200)).toBe(71_832);
    expect(convertMinor(1_000, 'JPY', 'CNY', 48_000)).toBe(4_800);
  });
});

const day = fc
  .integer({ min: 0, max: 700 })
  .map((days) => new Date(Date.UTC(2025, 0, 1 + days)).toISOString().slice(0, 10));
const positive = fc.integer({ min: 1, max: 1e9 });
const orderId = fc.option(fc.integer({ min: 0, max: 6 }), { nil: null });
const dealings: fc.Arbitrary<DealingsToCount> = fc.record({
  orders: fc
    .array(
      fc.record({
        date: day,
        kind: fc.constantFrom('order' as const, 'contract' as const, 'framework' as const),
        state: fc.constantFrom('open' as const, 'completed' as const, 'cancelled' as const),
        amount: fc.integer({ min: 0, max: 1e9 }),
        paymentDue: day,
      }),
      { maxLength: 6 },
    )
    .map((orders) => orders.map((order, id) => ({ ...order, id, number: `DD-${id}` }))),
  deliveries: fc
    .array(
      fc.record({
        date: day,
        direction: fc.constantFrom('out' as const, 'in' as const),
        orderId,
        amount: fc.integer({ min: 0, max: 1e9 }),
        paymentDue: day,
      }),
      { maxLength: 8 },
    )
    .map((rows) => rows.map((row, id) => ({ ...row, id: id + 100, number: `CH-${id}` }))),
  receipts: fc.array(fc.record({ amount: positive, orderId }), { maxLength: 8 }),
  returns: fc.array(fc.record({ amount: fc.integer({ min: 0, max: 1e9 }), orderId }), { maxLength: 3 }),
});

describe('what a customer owes (D3, G4)', () => {
  it('what is owed less what is prepaid is always the debts less the credits', () => {
    fc.assert(
      fc.property(dealings, (given) => {
        const balance = balanceOf(given);
        const debts = balance.receivables.reduce((sum, item) => sum + item.amount, 0);
        expect(balance.receivable - balance.prepaid).toBe(debts - balance.received - balance.returned);
        expect(Math.min(balance.receivable, balance.prepaid)).toBe(0);
      }),
    );
  });
  it('no item is overpaid or below nothing, and nothing that is due earlier stays open while a later one was paid by a credit without an order', () => {
    fc.assert(
      fc.property(dealings, (given) => {
        const unnamed = { ...given, receipts: given.receipts.map((row) => ({ ...row, orderId: null })), returns: [] };
        const { receivables } = balanceOf(unnamed);
        for (const item of receivables) expect(item.open >= 0 && item.open <= item.amount).toBe(true);
        const firstOpen = receivables.findIndex((item) => item.open > 0);
        if (firstOpen >= 0) for (const later of receivables.slice(firstOpen + 1)) expect(later.open).toBe(later.amount);
      }),
    );
  });
  it('cancelled orders and framework contracts are owed by nobody', () => {
    fc.assert(
      fc.property(dealings, (given) => {
        const dead = given.orders.filter((order) => !isSale(order));
        const ids = new Set(dead.map((order) => order.id));
        const without = { ...given, orders: dead, deliveries: [], receipts: [], returns: [] };
        expect(balanceOf(without)).toMatchObject({ receivable: 0, undelivered: 0, ordered: 0 });
        for (const item of balanceOf(given).receivables)
          if (item.source === 'order') expect(ids.has(item.sourceId)).toBe(false);
      }),
    );
  });
  it('an open order is owed as far as it was delivered; what is left is undelivered', () => {
    const order = {
      id: 1,
      number: 'DD-1',
      date: '2026-01-02',
      kind: 'order',
      state: 'open',
      amount: 1_000,
      paymentDue: '2026-02-01',
    } as const;
    const delivery = {
      id: 9,
      number: 'CH-1',
      date: '2026-01-10',
      direction: 'out',
      orderId: 1,
      amount: 400,
      paymentDue: '2026-02-10',
    } as const;
    const open = balanceOf({
      orders: [order],
      deliveries: [delivery],
      receipts: [{ amount: 100, orderId: 1 }],
      returns: [],
    });
    expect(open).toMatchObject({ receivable: 300, undelivered: 600, prepaid: 0 });
    expect(open.receivables).toEqual([
      {
        source: 'delivery',
        sourceId: 9,
        number: 'CH-1',
        date: '2026-01-10',
        due: '2026-02-10',
        amount: 400,
        open: 300,
      },
    ]);
    const done = balanceOf({
      orders: [{ ...order, state: 'completed' }],
      deliveries: [delivery],
      receipts: [],
      returns: [{ amount: 50, orderId: 1 }],
    });
    expect(done).toMatchObject({ receivable: 950, undelivered: 0 });
  });
});
