import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
const CUSTOMER = 'E000001';
const MANAGER = 'the account manager has a secret';

beforeAll(async () => {
  desk = await openTestArchive();
  await desk.dispatch('customers.create', {
    kind: 'enterprise',
    values: {
      registeredName: '宏達五金有限公司',
      creditLimit: { amount: '1000', currency: 'TWD' },
      creditPeriodDays: 30,
    },
  });
  await desk.dispatch('users.add', {
    ownSecret: TEST_KEEPER.secret,
    login: 'lin',
    displayName: '林經理',
    role: 'accountManager',
    secret: MANAGER,
  });
});
afterAll(() => desk.close());

const order = (orderNumber: string, amount: number, more: object = {}) =>
  desk.dispatch('orders.save', {
    customer: CUSTOMER,
    orderNumber,
    date: '2026-03-01',
    currency: 'TWD',
    amount,
    ...more,
  });
const deliver = (orderNumber: string) =>
  desk.answer('deliveries.save', { customer: CUSTOMER, date: '2026-03-02', orderNumber, product: '鉸鏈', amount: 100 });
const held = async () =>
  (await desk.dispatch('duties.list', { duty: 'ordersOverLimit' })).lines.map((line) => line.subject);

describe('credit control at the right moment (G4, 38, 39, wish 31)', () => {
  it('what an order would use is known before it is written: warned at 80 %, held at 100 %', async () => {
    const check = (amount: number, settlement = '') =>
      desk.dispatch('orders.checkLimit', { customer: CUSTOMER, currency: 'TWD', amount, settlement });
    expect(await check(79_900)).toMatchObject({ before: 0, after: 79_900, mark: 'within', held: false });
    expect(await check(80_000)).toMatchObject({ mark: 'warn', held: false });
    expect(await check(100_000)).toMatchObject({ mark: 'block', held: true, perMille: 1_000 });
    expect(await check(100_000, 'paymentBeforeShipment')).toMatchObject({ onCredit: false, held: false });
  });

  it('an order beyond the limit is held: no goods go out on it until somebody who may answers for it, once and in the log', async () => {
    expect((await order('DD-1', 60_000)).held).toBe(false);
    const { id, held: isHeld } = await order('DD-2', 50_000);
    expect(isHeld).toBe(true);
    expect(await held()).toEqual(['DD-2']);
    expect(await deliver('DD-1')).toMatchObject({ ok: true });
    expect(await deliver('DD-2')).toMatchObject({ error: { code: 'CONFLICT', hint: 'hint.orderHeld' } });

    const reason = '已談妥月底前付清 DD-1';
    expect(await desk.answer('orders.release', { id, reason })).toMatchObject({
      error: { code: 'SECOND_PERSON_MISSING' },
    });
    const { statement } = await desk.dispatch('orders.releaseStatement', { id, reason });
    await desk.dispatch('agreements.give', { statement, login: 'lin', secret: MANAGER });
    expect(await desk.answer('orders.release', { id, reason: '別的理由' })).toMatchObject({
      error: { code: 'SECOND_PERSON_MISSING' },
    });
    expect(await desk.dispatch('orders.release', { id, reason })).toMatchObject({
      overLimit: 'released',
      releasedBy: '林經理',
      releaseReason: reason,
    });
    expect(await held()).toEqual([]);
    expect(await deliver('DD-2')).toMatchObject({ ok: true });
    const [entry] = (await desk.dispatch('audit.list', { type: 'order.release', outcome: 'ok' })).entries;
    expect(entry).toMatchObject({ why: reason });
  });

  it('a released order that grows is held again; one that is paid for is let go by itself', async () => {
    const [row] = (await desk.dispatch('orders.list', { number: CUSTOMER })).rows.filter(
      ({ orderNumber }) => orderNumber === 'DD-2',
    );
    const grown = { id: row?.id ?? 0, revision: row?.revision ?? 0 };
    expect((await order('DD-2', 90_000, grown)).held).toBe(true);
    await desk.dispatch('receipts.save', { customer: CUSTOMER, date: '2026-03-05', currency: 'TWD', amount: 120_000 });
    expect(await held()).toEqual([]);
  });
});
