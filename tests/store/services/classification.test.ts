import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handClock } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
let salesperson = 0;
beforeAll(async () => {
  desk = await openTestArchive({ clock: handClock('2026-07-01T02:00:00.000Z') });
  salesperson = (await desk.dispatch('staff.save', { name: '林業務' })).id;
  for (const [index, name] of ['甲公司', '乙公司', '丙公司', '丁公司'].entries())
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: {
        registeredName: name,
        responsibleSalesperson: '林業務',
        routeOrder: (4 - index) * 10,
        customerGrade: 'c',
      },
    });
  await desk.dispatch('customers.create', { kind: 'individual', values: { name: '陳先生' } });
  for (const month of ['2026-01', '2026-03'])
    await desk.dispatch('orders.save', {
      customer: 'E000003',
      orderNumber: month,
      date: `${month}-05`,
      currency: 'CNY',
      amount: 1_000_000,
    });
});
afterAll(() => desk.close());
const tiers = async () =>
  (await desk.dispatch('customers.list', { limit: 10 })).rows.map((row) => `${row.number}:${row.tier}`);

describe('K1–K3 classing many customers at once', () => {
  it('previews what would change and writes nothing; applies with a reason that stays in the history', async () => {
    const wish = { field: 'customerGrade', value: 'a', numbers: ['E000001', 'E000002', 'E999999'] } as const;
    const preview = await desk.dispatch('classification.preview', { ...wish, numbers: [...wish.numbers] });
    expect(preview.changes).toMatchObject([{ number: 'E000001', from: 'c', to: 'a' }, { number: 'E000002' }]);
    const natures = await desk.dispatch('classification.preview', {
      field: 'customerNature',
      value: 'retailer',
      numbers: ['P000001'],
    });
    expect(natures.unfit).toEqual([{ number: 'P000001', reason: 'noField' }]);
    expect(preview.unfit.map(({ number }) => number)).toContain('E999999');
    expect((await desk.dispatch('customers.get', { number: 'E000001' })).values['customerGrade']).toBe('c');
    expect(await desk.answer('classification.apply', { ...wish, reason: '年度評級' })).toMatchObject({
      error: { code: 'INPUT_INVALID' },
    });
    const done = await desk.dispatch('classification.apply', {
      ...wish,
      numbers: ['E000001', 'E000002'],
      reason: '年度評級',
    });
    expect(done).toMatchObject({ changed: 2, unchanged: 0 });
    const history = await desk.dispatch('classification.history', { number: 'E000001' });
    expect(history.classes.customerGrade).toBe('a');
    expect(history.changes[0]).toMatchObject({ field: 'customerGrade', from: 'c', to: 'a', reason: '年度評級' });
  });

  it('takes the keeper’s own values of a list, and no others', async () => {
    const { value } = await desk.dispatch('forms.addOption', { list: 'customerNature', label: '合作社' });
    const wish = { field: 'customerNature', value, numbers: ['E000004'], reason: '改制' } as const;
    expect(await desk.dispatch('classification.apply', { ...wish, numbers: ['E000004'] })).toMatchObject({
      changed: 1,
    });
    expect((await desk.dispatch('customers.get', { number: 'E000004' })).values['customerNature']).toBe(value);
    expect(await desk.answer('classification.apply', { ...wish, value: 'own999', numbers: ['E000004'] })).toMatchObject(
      { error: { code: 'INPUT_INVALID' } },
    );
  });

  it('is undone as one; a customer classed anew since then keeps that class, and other changes of the card stay', async () => {
    const { act } = await desk.dispatch('classification.apply', {
      field: 'tier',
      value: 'key',
      numbers: ['E000001', 'E000002', 'E000004'],
      reason: '重點',
    });
    await desk.dispatch('classification.apply', {
      field: 'tier',
      value: 'special',
      numbers: ['E000002'],
      reason: '另議',
    });
    const card = await desk.dispatch('customers.get', { number: 'E000001' });
    await desk.dispatch('customers.update', {
      number: 'E000001',
      revision: card.revision,
      values: { shortName: '甲' },
    });
    const undone = await desk.dispatch('classification.undo', { act, reason: '選錯了' });
    expect(undone).toEqual({ undone: 2, kept: ['E000002'] });
    expect(await tiers()).toEqual([
      'E000001:general',
      'E000002:special',
      'E000003:general',
      'E000004:general',
      'P000001:general',
    ]);
    expect((await desk.dispatch('customers.get', { number: 'E000001' })).values['shortName']).toBe('甲');
    expect(await desk.answer('classification.undo', { act })).toMatchObject({ error: { code: 'CONFLICT' } });
  });
});

describe('K2 tiers proposed from figures', () => {
  it('changes nothing until accepted, one by one; the figures are the reason on the card', async () => {
    const before = await tiers();
    expect(await desk.dispatch('tierRules.propose', {})).toMatchObject({ customers: 5, proposed: 2 });
    expect(await tiers()).toEqual(before);
    const { rows } = await desk.dispatch('tierProposals.list', {});
    const key = rows.find((row) => row.customer === 'E000003');
    expect(key).toMatchObject({
      from: 'general',
      to: 'key',
      figures: { salesLastYear: 20_000, ordersLastYear: 2, share: 100, band: 'a' },
    });
    await desk.dispatch('tierProposals.decide', { id: key?.id ?? 0, accept: true });
    expect(await tiers()).toContain('E000003:key');
    const { changes } = await desk.dispatch('classification.history', { number: 'E000003' });
    expect(changes[0]).toMatchObject({ field: 'tier', to: 'key', reason: 'v0: 20000 / 100 % / 0 % / 2' });
    const other = rows.find((row) => row.customer === 'E000002');
    await desk.dispatch('tierProposals.decide', { id: other?.id ?? 0, accept: false, reason: '策略客戶' });
    expect(await tiers()).toContain('E000002:special');
    expect((await desk.dispatch('tierProposals.list', {})).total).toBe(0);
  });
});

describe('K4 the route of a salesperson', () => {
  it('is in the order of the cards, and a new order is kept with its reason', async () => {
    const order = async () =>
      (await desk.dispatch('routes.get', { staffId: salesperson })).stops.map((stop) => stop.number);
    expect(await order()).toEqual(['E000004', 'E000003', 'E000002', 'E000001']);
    expect(
      await desk.dispatch('routes.save', { staffId: salesperson, numbers: ['E000001', 'E000004'], reason: '改道' }),
    ).toMatchObject({ changed: 4 });
    expect(await order()).toEqual(['E000001', 'E000004', 'E000003', 'E000002']);
    expect(
      await desk.answer('routes.save', { staffId: salesperson, numbers: ['P000001'], reason: '改道' }),
    ).toMatchObject({ error: { code: 'INPUT_INVALID' } });
  });
});

describe('151 acts on the marked cards of a list', () => {
  it('a whole filtered list gets another salesperson after a preview; who has that one already is no change; undone as one', async () => {
    const other = (await desk.dispatch('staff.save', { name: '陳業務' })).id;
    const selection = { query: { filter: [{ field: 'name', is: 'contains' as const, values: ['公司'] }] } };
    const same = await desk.dispatch('classification.preview', {
      field: 'responsibleSalesperson',
      value: String(salesperson),
      selection,
    });
    expect(same).toMatchObject({ changes: [], unchanged: 4 });
    const wish = { field: 'responsibleSalesperson' as const, value: String(other), selection };
    expect((await desk.dispatch('classification.preview', wish)).changes).toHaveLength(4);
    const { act, changed } = await desk.dispatch('classification.apply', { ...wish, reason: '業務員交接' });
    expect(changed).toBe(4);
    const owner = async () =>
      (await desk.dispatch('customers.get', { number: 'E000002' })).values['responsibleSalesperson'];
    expect(await owner()).toBe(other);
    const { people } = await desk.dispatch('routes.people', {});
    expect(people).toEqual([{ staffId: other, name: '陳業務', customers: 4 }]);
    expect((await desk.dispatch('routes.get', { staffId: other })).stops).toHaveLength(4);
    const { revision } = await desk.dispatch('customers.get', { number: 'E000002' });
    await desk.dispatch('customers.update', { number: 'E000002', revision, values: {}, status: 'suspended' });
    expect((await desk.dispatch('routes.people', {})).people).toMatchObject([{ staffId: other, customers: 3 }]);
    await desk.dispatch('customers.update', {
      number: 'E000002',
      revision: revision + 1,
      values: {},
      status: 'active',
    });
    expect(await desk.dispatch('classification.undo', { act })).toEqual({ undone: 4, kept: [] });
    expect(await owner()).toBe('林業務');
    const nobody = await desk.answer('classification.preview', { ...wish, value: '987654' });
    expect(nobody.ok ? '' : nobody.error.code).toBe('NOT_FOUND');
    const nothing = await desk.answer('classification.preview', { field: 'tier', value: 'key' });
    expect(nothing.ok ? '' : nothing.error.fields[0]?.path).toBe('numbers');
  });

  it('R25, R71: labels of several customers are one document; more than five take the own secret, more than twenty-five are refused', async () => {
    for (let index = 0; index < 22; index += 1)
      await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: `標籤${index}號` } });
    const numbers = ['E000001', 'E000002', 'E000003'];
    const few = await desk.dispatch('print.forms', { form: 'dossierLabel', selection: { numbers } });
    expect(few.pages).toBe(3);
    const query = { query: { text: '標籤1' } };
    const bare = await desk.answer('print.forms', { form: 'dossierLabel', selection: query });
    expect(bare.ok ? '' : bare.error.fields[0]?.path).toBe('secret');
    const wrong = await desk.answer('print.forms', {
      form: 'dossierLabel',
      selection: query,
      secret: 'not the secret',
    });
    expect(wrong.ok ? '' : wrong.error.code).toBe('SECRET_WRONG');
    const many = await desk.dispatch('print.forms', {
      form: 'dossierLabel',
      selection: query,
      secret: TEST_KEEPER.secret,
    });
    expect(many.pages).toBeGreaterThan(5);
    const all = await desk.answer('print.forms', {
      form: 'card',
      selection: { query: {} },
      secret: TEST_KEEPER.secret,
    });
    expect(all.ok ? '' : all.error.fields[0]?.message).toBe('validation.list.tooMany');
  });
});

describe('K1 composition', () => {
  it('where a customer stands in the composition of sales is the same for one as for all', async () => {
    await desk.dispatch('orders.save', {
      customer: 'E000002',
      orderNumber: 'K1',
      date: '2026-02-05',
      currency: 'CNY',
      amount: 500_000,
    });
    const of = async (number: string) => (await desk.dispatch('classification.history', { number })).composition;
    expect(await of('E000003')).toMatchObject({ salesLastYear: 20_000, share: 80, cumulativeShare: 0, band: 'a' });
    expect(await of('E000002')).toMatchObject({ salesLastYear: 5_000, share: 20, cumulativeShare: 80, band: 'b' });
    expect(await of('E000004')).toMatchObject({ salesLastYear: 0, share: 0, cumulativeShare: 100, band: 'c' });
    const all = await desk.dispatch('tierRules.propose', {});
    expect(all.customers).toBeGreaterThan(4);
    const { rows } = await desk.dispatch('tierProposals.list', {});
    expect(rows.length).toBeGreaterThan(0);
    for (const { customer, figures } of rows) expect(figures).toEqual(await of(customer));
  });
});
