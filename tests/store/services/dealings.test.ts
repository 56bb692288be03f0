import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DealingKind } from '../../../shared/domain/forms/dealing-forms.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
  for (const registeredName of ['宏達五金有限公司', '遠東貿易有限公司'])
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: {
        registeredName,
        directExport: registeredName.startsWith('遠東'),
        creditLimit: { amount: '100000', currency: 'TWD' },
        creditPeriodDays: 30,
      },
    });
});
afterAll(() => desk.close());

async function read(kind: DealingKind, text: string) {
  const bytes = Buffer.from(text);
  const { upload } = await desk.dispatch('uploads.begin', {
    name: `${kind}.csv`,
    size: bytes.length,
    purpose: 'table',
  });
  await desk.dispatch('uploads.append', { upload, data: bytes.toString('base64') });
  return desk.dispatch('dealings.readTable', { upload, kind });
}
const bring = async (kind: DealingKind, text: string, more: { dryRun?: boolean; acceptValid?: boolean } = {}) =>
  desk.dispatch('dealings.import', { table: (await read(kind, text)).table, kind, ...more });
const balance = async (number: string) => (await desk.dispatch('dealings.balance', { number })).balances;

describe('orders, deliveries, receipts and returns typed in (D2–D5)', () => {
  it('an order with lines has their sum, the customer’s currency and a due day from the credit period', async () => {
    const saved = await desk.dispatch('orders.save', {
      customer: 'E000001',
      orderNumber: 'DD-1',
      date: '2026-03-01',
      lines: [
        { product: '鉸鏈', productGroup: '五金', quantity: 12.5, unit: '箱', unitPrice: 80_000 },
        { product: '角碼', productGroup: '五金', quantity: 10, unit: '箱', amount: 50_000 },
      ],
    });
    const order = await desk.dispatch('orders.get', { id: saved.id });
    expect(order).toMatchObject({
      amount: 60_000,
      currency: 'TWD',
      paymentDue: '2026-03-31',
      state: 'open',
      export: false,
    });
    expect(order.items.map((line) => line.quantity)).toEqual([12.5, 10]);
    expect(await balance('E000001')).toMatchObject([{ undelivered: 60_000, receivable: 0 }]);
  });

  it('delivered goods are owed, a payment lowers it, an accepted claim too; a pending one does not', async () => {
    const delivery = await desk.dispatch('deliveries.save', {
      customer: 'E000001',
      date: '2026-03-10',
      orderNumber: 'DD-1',
      product: '鉸鏈',
      quantity: 12.5,
      amount: 10_000,
    });
    expect(delivery.number).toBe('CH-2026-0001');
    await desk.dispatch('receipts.save', {
      customer: 'E000001',
      date: '2026-03-20',
      amount: 4_000,
      orderNumber: 'DD-1',
    });
    const claim = await desk.dispatch('returns.save', {
      customer: 'E000001',
      date: '2026-03-25',
      amount: 1_000,
      orderNumber: 'DD-1',
      cause: '短少',
    });
    expect(await balance('E000001')).toMatchObject([{ undelivered: 50_000, receivable: 6_000, returned: 0 }]);
    await desk.dispatch('returns.save', {
      id: claim.id,
      revision: claim.revision,
      customer: 'E000001',
      date: '2026-03-25',
      amount: 1_000,
      orderNumber: 'DD-1',
      decision: 'accepted',
    });
    const { balances, open } = await desk.dispatch('dealings.balance', { number: 'E000001' });
    expect(balances).toMatchObject([{ receivable: 5_000, returned: 1_000, received: 4_000 }]);
    expect(open).toMatchObject([{ number: 'CH-2026-0001', due: '2026-04-09', open: 5_000 }]);
    const { rows } = await desk.dispatch('orders.list', { number: 'E000001' });
    expect(rows).toMatchObject([{ orderNumber: 'DD-1', paid: 4_000, lines: 2 }]);
  });

  it('refuses a number that is taken, an order that nobody registered, a change of an older state, and striking out what is named', async () => {
    const order = { customer: 'E000001', orderNumber: 'DD-1', date: '2026-03-01' };
    expect(await desk.answer('orders.save', order)).toMatchObject({
      error: { code: 'INPUT_INVALID', fields: [{ path: 'orderNumber' }] },
    });
    expect(
      await desk.answer('receipts.save', { customer: 'E000001', date: '2026-03-20', amount: 1, orderNumber: 'DD-9' }),
    ).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    const { rows } = await desk.dispatch('orders.list', { number: 'E000001' });
    const [row] = rows;
    expect(await desk.answer('orders.save', { ...order, id: row?.id, revision: 9 })).toMatchObject({
      error: { code: 'CONFLICT' },
    });
    expect(
      await desk.answer('dealings.remove', { kind: 'orders', id: row?.id, revision: 1, reason: '誤登' }),
    ).toMatchObject({ error: { code: 'CONFLICT', hint: 'hint.orderIsNamed' } });
  });

  it('D4: an order of a direct-export customer asks for its four papers; one that is struck out asks no more', async () => {
    const gaps = async () =>
      (await desk.dispatch('dossiers.get', { number: 'E000002' })).classes[3]?.missing.filter(
        (gap) => gap.exportOrder === 'EX-1',
      ) ?? [];
    const saved = await desk.dispatch('orders.save', {
      customer: 'E000002',
      orderNumber: 'EX-1',
      date: '2026-05-01',
      amount: 700,
      currency: 'USD',
    });
    expect(await gaps()).toHaveLength(4);
    await desk.dispatch('dealings.remove', { kind: 'orders', id: saved.id, revision: saved.revision, reason: '誤登' });
    expect(await gaps()).toHaveLength(0);
    expect(await balance('E000002')).toEqual([]);
  });

  it('an export order that was registered for its papers is filled in, not doubled', async () => {
    await desk.dispatch('dossiers.addExportOrder', { number: 'E000002', orderNumber: 'EX-2', date: '2026-05-02' });
    const report = await bring(
      'orders',
      '客戶編號,訂單號,訂單日期,品名,金額,幣別\nE000002,EX-2,2026-05-02,螺栓,1200.50,美元',
    );
    expect(report).toMatchObject({ imported: 0, updated: 1 });
    const { rows } = await desk.dispatch('orders.list', { number: 'E000002' });
    expect(rows).toMatchObject([{ orderNumber: 'EX-2', export: true, currency: 'USD', amount: 120_050, lines: 1 }]);
  });
});

const ORDERS = [
  '客户名称,合同号,签订日期,品名,产品类别,数量,单位,单价,金额,业务员,状态',
  '宏達五金有限公司,HT-8,2026-01-05,不鏽鋼螺栓,五金,100,箱,12.5,,,已完成',
  '宏達五金有限公司,HT-8,2026-01-05,鉸鏈,五金,20,箱,,"1,000",,已完成',
  'E000001,HT-9,2026年2月3日,角碼,五金,1,箱,99.9,,,',
].join('\n');

describe('import of dealings (wish 27)', () => {
  it('tries without writing, brings rows of one order together, the sums agree, and the same file twice changes nothing', async () => {
    const table = await read('orders', ORDERS);
    expect(table.mapping.slice(0, 4)).toEqual(['customer', 'orderNumber', 'date', 'product']);
    expect(table.unrecognised).toEqual([]);
    const tried = await desk.dispatch('dealings.import', { table: table.table, kind: 'orders', dryRun: true });
    expect(tried).toMatchObject({
      rows: 3,
      imported: 3,
      updated: 0,
      unchanged: 0,
      refusedTotal: 0,
      dryRun: true,
      importId: null,
    });
    expect((await desk.dispatch('orders.list', { number: 'E000001' })).total).toBe(1);
    await desk.dispatch('dealings.import', { table: table.table, kind: 'orders' });
    const { rows } = await desk.dispatch('orders.list', { number: 'E000001', to: '2026-01-31' });
    expect(rows).toMatchObject([{ orderNumber: 'HT-8', amount: 225_000, state: 'completed', lines: 2 }]);
    expect(await bring('orders', ORDERS)).toMatchObject({ imported: 0, updated: 0, unchanged: 3 });
  });

  it('English and Traditional headings; receipts without a number are the same rows the second time', async () => {
    const text =
      'Customer No,Payment date,Amount (TWD),Payment method,Order no\nE000001,2026-02-01,500,bank transfer,HT-8\nE000001,2026-02-01,500,bank transfer,HT-8';
    expect(await bring('receipts', text)).toMatchObject({ imported: 2, refusedTotal: 0 });
    expect(await bring('receipts', text)).toMatchObject({ imported: 0, unchanged: 2 });
    const deliveries =
      '客戶,出貨單號,出貨日期,品名,數量,金額\nE000001,CH-77,2026-02-02,鉸鏈,3,30\nE000001,CH-77,2026-02-02,角碼,2,20';
    expect(await bring('deliveries', deliveries)).toMatchObject({ imported: 2 });
    expect(
      (await desk.dispatch('deliveries.list', { number: 'E000001' })).rows
        .filter((row) => row.number === 'CH-77')
        .map((row) => row.line)
        .sort(),
    ).toEqual([1, 2]);
    const returns = '客户编号,案号,退货日期,退赔类型,金额,责任方,是否接受\nE000001,TP-5,2026-02-09,折价,10,生产,是';
    expect(await bring('returns', returns)).toMatchObject({ imported: 1 });
    expect(
      (await desk.dispatch('returns.list', { number: 'E000001', from: '2026-02-09', to: '2026-02-09' })).rows,
    ).toMatchObject([{ kind: 'allowance', decision: 'accepted', responsible: 'production' }]);
  });

  it('names every refused row; half an order is held back; nothing comes in unless valid rows alone are accepted', async () => {
    const broken = [
      '客戶編號,訂單號,日期,品名,金額,業務員',
      'E000001,HT-20,2026-01-05,鉸鏈,10,',
      'E000001,HT-20,2026-01-06,角碼,10,',
      'E999999,HT-21,2026-01-05,鉸鏈,10,',
      'E000001,HT-22,不是日期,鉸鏈,10,',
      'E000001,HT-23,2026-01-05,鉸鏈,10.005,',
      'E000001,HT-24,2026-01-05,鉸鏈,10,沒有這個人',
      'E000001,HT-25,2026-01-05,鉸鏈,10,',
    ].join('\n');
    const table = await read('orders', broken);
    const refused = await desk.answer('dealings.import', { table: table.table, kind: 'orders' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'IMPORT_REFUSED', params: { refused: 6, rows: 7 } } });
    const report = await desk.dispatch('dealings.import', { table: table.table, kind: 'orders', acceptValid: true });
    expect(report).toMatchObject({ rows: 7, imported: 1, refusedTotal: 6 });
    expect(report.imported + report.updated + report.unchanged + report.refusedTotal).toBe(report.rows);
    expect([...new Set(report.refused.map((row) => row.row))]).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('is taken back as a whole: new records go, changed ones are as they were, what is owed with them', async () => {
    const before = await desk.dispatch('orders.list', { number: 'E000001', limit: 500 });
    const owed = await balance('E000001');
    const changed = `${ORDERS.replace('12.5,', '13,')}\nE000001,HT-30,2026-04-01,鉸鏈,五金,1,箱,50,,,完成`;
    const { importId, imported, updated } = await bring('orders', changed);
    expect({ imported, updated }).toEqual({ imported: 1, updated: 2 });
    expect(await balance('E000001')).not.toEqual(owed);
    expect(await desk.dispatch('imports.takeBack', { importId: importId ?? 0 })).toEqual({ cards: 0, records: 2 });
    const after = await desk.dispatch('orders.list', { number: 'E000001', limit: 500 });
    const content = ({ rows }: typeof after) => rows.map(({ revision: _r, recordedAt: _a, ...row }) => row);
    expect(content(after)).toEqual(content(before));
    expect(await balance('E000001')).toEqual(owed);
    expect((await desk.answer('imports.takeBack', { importId })).ok).toBe(false);
  });

  it('is not taken back once one of its records was changed or is named by another', async () => {
    const { importId } = await bring('orders', '客戶編號,訂單號,日期,品名,金額\nE000001,HT-40,2026-04-01,鉸鏈,10');
    await desk.dispatch('receipts.save', { customer: 'E000001', date: '2026-04-02', amount: 5, orderNumber: 'HT-40' });
    expect(await desk.answer('imports.takeBack', { importId })).toMatchObject({ error: { code: 'IMPORT_TOUCHED' } });
  });
});
