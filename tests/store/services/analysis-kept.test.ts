import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compose } from '../../../electron/services/analysis.ts';
import { ANALYSES, groupsOf } from '../../../shared/domain/analysis.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';
import { RECOUNTED } from '../../support/recounted-figures.ts';
import { upload } from '../../support/running-archive.ts';

/** What the keeper does, in any order, and every analysis afterwards: from what is kept as from all rows. */

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
  for (const [currency, rate] of [
    ['USD', '7.1'],
    ['TWD', '0.2213'],
  ] as const)
    await desk.dispatch('rates.save', { rate: { currency, from: '2020-01-01', rate } });
});
afterAll(() => desk.close());

const at = fc.nat({ max: 1_000 });
const region = fc.constantFrom('eastChina', 'southChina', 'northTaiwan');
const grade = fc.constantFrom('a', 'b', 'c');
const date = fc.constantFrom('2024-03-31', '2025-07-01', '2026-01-15', '2026-06-30');
const currency = fc.constantFrom('CNY', 'CNY', 'TWD', 'USD', 'GBP');
const amount = fc.integer({ min: 1, max: 900_000 });
const limit = fc.constantFrom('0', '5000', '12.34');
const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('card' as const), region, grade, limit }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), at, region, grade }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('seal' as const),
      at,
      status: fc.constantFrom('sealed' as const, 'active' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('class' as const),
      at,
      tier: fc.constantFrom('key', 'special', 'general'),
      undo: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      at,
      date,
      currency,
      amount,
      state: fc.constantFrom('open' as const, 'completed' as const, 'cancelled' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('changeOrder' as const), at, date, currency, amount }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('removeOrder' as const), at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delivery' as const), at, date, currency, amount }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('receipt' as const), at, date, currency, amount }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('return' as const), at, date, currency, amount }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), at, undo: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('import' as const), at, date, amount, back: fc.boolean() }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const some = <T>(all: readonly T[], index: number): T | undefined => all[index % Math.max(1, all.length)];
/** How often each act was carried out: none may be refused every time. */
const done = new Map<string, number>();
let made = 0;

async function table(head: string, row: string, back: boolean): Promise<void> {
  const file = await upload({ call: desk.dispatch }, 'orders.csv', Buffer.from(`${head}\r\n${row}`), 'table');
  const read = await desk.dispatch('dealings.readTable', { upload: file, kind: 'orders' });
  const { importId } = await desk.dispatch('dealings.import', { table: read.table, kind: 'orders' });
  if (back && importId !== null) await desk.dispatch('imports.takeBack', { importId });
}

async function carryOut(step: Act): Promise<boolean> {
  made += 1;
  const { reader } = desk.archive.database;
  if (step.do === 'card') {
    await desk.dispatch('customers.create', {
      kind: made % 4 === 0 ? 'individual' : 'enterprise',
      values: {
        ...(made % 4 === 0 ? { name: `人${made}` } : { registeredName: `客戶${made}`, region: step.region }),
        creditGrade: step.grade,
        creditLimit: { amount: step.limit, currency: 'CNY' },
        creditLimitApproval: 'X-1',
        creditLimitValidUntil: '2026-12-31',
      },
    });
    return true;
  }
  const cards = reader.all<{ number: string; kind: string; revision: number }>(
    'SELECT number, kind, revision FROM customer ORDER BY id',
  );
  const card = some(cards, step.at);
  if (card === undefined) return false;
  const { number, revision } = card;
  const attempt = async (...[name, input]: Parameters<TestArchive['answer']>) => (await desk.answer(name, input)).ok;
  const reason = '試';
  switch (step.do) {
    case 'change':
      return attempt('customers.update', {
        number,
        revision,
        values: { creditGrade: step.grade, ...(card.kind === 'enterprise' ? { region: step.region } : {}) },
      });
    case 'seal':
      return attempt('customers.update', { number, revision, status: step.status });
    case 'class': {
      const { act: which } = await desk.dispatch('classification.apply', {
        field: 'tier',
        value: step.tier,
        numbers: [number],
        reason,
      });
      return !step.undo || attempt('classification.undo', { act: which, reason });
    }
    case 'order':
      return attempt('orders.save', {
        customer: number,
        orderNumber: `D-${made}`,
        date: step.date,
        currency: step.currency,
        state: step.state,
        lines: [
          { product: `產品${made % 3}`, productGroup: `組${made % 2}`, quantity: 1, amount: step.amount },
          { product: '軸承', productGroup: '', quantity: 1, amount: 100 },
        ],
      });
    case 'changeOrder':
    case 'removeOrder': {
      const order = some(
        reader.all<{ id: number; revision: number; number: string; order_number: string }>(
          'SELECT customer_order.id, customer_order.revision, order_number, number FROM customer_order JOIN customer ON customer.id = customer_id ORDER BY 1',
        ),
        step.at,
      );
      if (order === undefined) return false;
      if (step.do === 'removeOrder')
        return attempt('dealings.remove', { kind: 'orders', id: order.id, revision: order.revision, reason });
      return attempt('orders.save', {
        id: order.id,
        revision: order.revision,
        customer: order.number,
        orderNumber: order.order_number,
        date: step.date,
        currency: step.currency,
        lines: [{ product: '軸承', productGroup: '機械', quantity: 1, amount: step.amount }],
      });
    }
    case 'delivery':
      return attempt('deliveries.save', {
        customer: number,
        date: step.date,
        product: '軸承',
        productGroup: '',
        quantity: 1,
        currency: step.currency,
        amount: step.amount,
      });
    case 'receipt':
      return attempt('receipts.save', {
        customer: number,
        date: step.date,
        currency: step.currency,
        amount: step.amount,
      });
    case 'return':
      return attempt('returns.save', {
        customer: number,
        date: step.date,
        product: '軸承',
        productGroup: '',
        quantity: 1,
        currency: step.currency,
        amount: step.amount,
        decision: 'accepted',
      });
    case 'merge': {
      const other = cards.find((one) => one.number !== number && one.kind === card.kind);
      if (other === undefined) return false;
      const answer = await desk.answer('customers.merge', {
        survivor: number,
        survivorRevision: revision,
        merged: other.number,
        mergedRevision: other.revision,
        choices: {},
        reason,
      });
      if (!answer.ok) return false;
      return (
        !step.undo ||
        attempt('customers.undoMerge', { mergeId: (answer.output as { mergeId: number }).mergeId, reason })
      );
    }
    default:
      await table(
        '客戶編號,訂單號,訂單日期,產品,數量,金額,幣種',
        `${number},I-${made},${step.date},螺絲,1,${step.amount},CNY`,
        step.back,
      );
      return true;
  }
}

const PERIODS = [
  { from: '2026-01', to: '2026-12' },
  { from: '2025-04', to: '2026-03' },
  { from: '2026-06', to: '2026-06' },
];

async function take(step: Act): Promise<void> {
  if (await carryOut(step)) done.set(step.do, (done.get(step.do) ?? 0) + 1);
}

function compareAll(): void {
  const { clock } = desk.surroundings;
  const { writer: sql } = desk.archive.database;
  for (const analysis of ANALYSES.filter((one) => one !== 'product'))
    for (const group of groupsOf(analysis))
      for (const period of PERIODS) {
        const query = { analysis, group, ...period };
        expect(compose({ sql, clock }, query)).toEqual(compose({ sql, clock }, query, RECOUNTED));
      }
  expect(sql.all('SELECT * FROM class_pending')).toEqual([]);
}

it('every analysis from what is kept is the one counted from all rows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25, size: 'max' }), async (acts) => {
      for (const step of acts) await take(step);
      compareAll();
    }),
    { numRuns: 8 },
  );
  const names = [
    'card',
    'change',
    'seal',
    'class',
    'order',
    'changeOrder',
    'removeOrder',
    'delivery',
    'receipt',
    'return',
    'merge',
    'import',
  ] as const;
  // Chance may have left one out, or refused it each time.
  for (const name of names)
    for (let tries = 0; !done.has(name) && tries < 60; tries += 1)
      for (const step of fc.sample(
        act.filter((one) => one.do === name),
        1,
      ))
        await take(step);
  compareAll();
  for (const name of names) expect(done.get(name) ?? 0, name).toBeGreaterThan(0);
});
