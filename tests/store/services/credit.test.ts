import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recountStandings, standingsAmiss } from '../../../electron/services/credit-facts.ts';
import { atOneGo } from '../../../electron/services/in-turns.ts';
import { handClock } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

const TODAY = '2026-07-01';
const OTHERS = 'another quiet river of paper';
let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive({ clock: handClock(`${TODAY}T02:00:00.000Z`) });
  await desk.dispatch('customers.create', {
    kind: 'enterprise',
    values: {
      registeredName: '宏達五金有限公司',
      creditGrade: 'd',
      foundedOn: '2001',
      employees: 320,
      registeredCapital: { amount: '20000000', currency: 'CNY' },
      annualTurnover: { amount: '80000000', currency: 'CNY' },
      overallEvaluation: 'excellent',
    },
  });
  for (const [index, month] of ['2024-08', '2025-02', '2025-08', '2025-11', '2026-02'].entries()) {
    await desk.dispatch('orders.save', {
      customer: 'E000001',
      orderNumber: `DD-${index}`,
      date: `${month}-01`,
      currency: 'CNY',
      amount: 10_000_000,
      state: 'completed',
      paymentDue: `${month}-20`,
    });
    await desk.dispatch('receipts.save', {
      customer: 'E000001',
      date: `${month}-15`,
      currency: 'CNY',
      amount: 10_000_000,
      orderNumber: `DD-${index}`,
    });
  }
  await desk.dispatch('users.add', {
    ownSecret: TEST_KEEPER.secret,
    login: 'boss',
    displayName: '周主管',
    role: 'supervisor',
    secret: OTHERS,
  });
});
afterAll(() => desk.close());

const grade = async () => (await desk.dispatch('customers.get', { number: 'E000001' })).values['creditGrade'];
const agree = async (statement: unknown) =>
  desk.answer('agreements.give', { statement, login: 'boss', secret: OTHERS });

describe('G1 grades from a visible scorecard', () => {
  it('the sheet shows every weight and figure; a missing licence caps the grade; a proposal changes nothing until accepted', async () => {
    const assessed = await desk.dispatch('credit.assess', { number: 'E000001' });
    expect(assessed.sheet.items.reduce((sum, item) => sum + item.weight, 0)).toBe(100);
    expect(assessed.sheet.items.find((item) => item.measure === 'punctuality')).toMatchObject({
      value: 100,
      points: 2_000,
    });
    expect(assessed.holding).toContain('keyPaperMissing');
    expect(assessed.sheet.grade).toBe('d');
    expect((await desk.dispatch('credit.proposals', {})).total).toBe(0);
    await desk.dispatch('dossiers.addPaper', {
      customer: 'E000001',
      type: 'businessLicence',
      title: '營業執照',
      pages: 1,
    });
    const { number, proposed } = await desk.dispatch('credit.propose', { number: 'E000001' });
    expect(proposed).toBe(1);
    expect(await grade()).toBe('d');
    const [row] = (await desk.dispatch('credit.proposals', {})).rows;
    expect(row).toMatchObject({ number, gradeBefore: 'd', policyVersion: 0 });
    await desk.dispatch('credit.decide', { number: number ?? '', accept: true });
    expect(await grade()).toBe(row?.grade);
    expect((await desk.answer('credit.decide', { number, accept: true })).ok).toBe(false);
    const { changes } = await desk.dispatch('customers.history', { number: 'E000001', field: 'creditGrade' });
    expect(changes[0]).toMatchObject({ from: 'd', to: row?.grade, evidence: number });
  });

  it('changed weights are a new version; the sheet of an earlier grade stays as it was', async () => {
    const { policy } = await desk.dispatch('credit.policy', {});
    const broken = {
      ...policy,
      items: policy.items.map((item, index) => (index === 0 ? { ...item, weight: item.weight + 1 } : item)),
    };
    expect(await desk.answer('credit.savePolicy', { policy: broken, reason: '試' })).toMatchObject({
      error: { code: 'INPUT_INVALID', fields: [{ message: 'validation.credit.weights' }] },
    });
    const harsher = {
      ...policy,
      grades: policy.grades.map((terms) => (terms.grade === 'd' ? terms : { ...terms, from: terms.from + 14 })),
    };
    const before = await desk.dispatch('credit.sheets', { number: 'E000001' });
    expect(await desk.dispatch('credit.savePolicy', { policy: harsher, reason: '收緊' })).toEqual({ version: 1 });
    await desk.dispatch('credit.propose', { number: 'E000001' });
    const after = await desk.dispatch('credit.sheets', { number: 'E000001' });
    expect(after.sheets.at(-1)).toEqual(before.sheets.at(-1));
    expect(after.sheets[0]?.policyVersion).toBe(1);
    await desk.dispatch('credit.savePolicy', { policy, reason: '復原' });
    expect((await desk.dispatch('credit.policy', {})).versions.map(({ version }) => version)).toEqual([2, 1]);
  });
});

describe('G3 limits by the approval form, and by nothing else (wish 31)', () => {
  it('a limit cannot be typed onto the card without the number of another approval', async () => {
    const card = await desk.dispatch('customers.get', { number: 'E000001' });
    const typed = {
      number: 'E000001',
      revision: card.revision,
      values: { creditLimit: { amount: '500000', currency: 'CNY' } },
    };
    expect(await desk.answer('customers.update', typed)).toMatchObject({
      error: { code: 'INPUT_INVALID', fields: [{ message: 'validation.credit.limitNeedsApproval' }] },
    });
  });

  it('is written with what the archive knows, needs another person, and takes effect on the card with its validity', async () => {
    const form = {
      customer: 'E000001',
      kind: 'new',
      currency: 'CNY',
      limitAsked: 20_000_000,
      daysAsked: 30,
      settlementAsked: 'monthly',
      reason: '銷量成長',
      effectiveFrom: TODAY,
      effectiveTo: '2026-12-31',
    } as const;
    expect(await desk.answer('creditApplications.save', { ...form, kind: 'decrease' })).toMatchObject({
      error: { code: 'INPUT_INVALID' },
    });
    const draft = await desk.dispatch('creditApplications.save', form);
    expect(draft.facts).toMatchObject({
      monthlySales: 10_000_000,
      overdue: 0,
      employees: '320',
      registeredCapital: 'CNY 20,000,000',
    });
    expect(await desk.answer('creditApplications.approve', { number: draft.number })).toMatchObject({
      error: { code: 'SECOND_PERSON_MISSING' },
    });
    const { statement, standing } = await desk.dispatch('creditApplications.statement', {
      number: draft.number,
      limitApproved: 15_000_000,
    });
    expect(standing).toBe('none');
    expect((await agree(statement)).ok).toBe(true);
    // Agreed to 150,000, not to what was asked.
    expect(await desk.answer('creditApplications.approve', { number: draft.number })).toMatchObject({
      error: { code: 'SECOND_PERSON_MISSING', params: { reason: 'changed' } },
    });
    const approved = await desk.dispatch('creditApplications.approve', {
      number: draft.number,
      limitApproved: 15_000_000,
    });
    expect(approved).toMatchObject({ state: 'approved', limitApproved: 15_000_000, approvedBy: '周主管' });
    const { values } = await desk.dispatch('customers.get', { number: 'E000001' });
    expect(values).toMatchObject({
      creditLimit: { amount: '150000.00', currency: 'CNY' },
      creditLimitApproval: draft.number,
      creditLimitValidUntil: '2026-12-31',
      creditPeriodDays: 30,
      settlementMethod: 'monthly',
    });
    expect((await desk.answer('creditApplications.decline', { number: draft.number, reason: '晚了' })).ok).toBe(false);
  });
});

describe('G4 exposure, plans and extensions', () => {
  it('marks 80 % and 100 % of the limit as orders come in; other currencies count by their rate or are named', async () => {
    const standing = () => desk.dispatch('credit.standing', { number: 'E000001' });
    expect(await standing()).toMatchObject({ exposure: 0, mark: 'within', limit: 15_000_000 });
    await desk.dispatch('orders.save', {
      customer: 'E000001',
      orderNumber: 'NEW-1',
      date: '2026-06-20',
      currency: 'CNY',
      amount: 12_000_000,
      paymentDue: '2026-06-25',
      state: 'completed',
    });
    expect(await standing()).toMatchObject({ perMille: 800, mark: 'warn', overdue: 12_000_000 });
    await desk.dispatch('orders.save', {
      customer: 'E000001',
      orderNumber: 'NEW-2',
      date: '2026-06-21',
      currency: 'USD',
      amount: 500_000,
    });
    expect(await standing()).toMatchObject({ perMille: 800, uncounted: ['USD'] });
    await desk.dispatch('rates.save', { rate: { currency: 'USD', from: '2026-01-01', rate: '7' } });
    expect(await standing()).toMatchObject({ exposure: 15_500_000, mark: 'block', uncounted: [] });
    expect(await desk.dispatch('credit.list', { mark: 'block' })).toMatchObject({
      total: 1,
      block: 1,
      warn: 0,
      rows: [{ number: 'E000001', perMille: 1_033 }],
    });
  });

  it('a plan is paid instalment by instalment from receipts; what is overdue is listed; nothing is paid beyond it', async () => {
    const plan = await desk.dispatch('repayments.save', {
      customer: 'E000001',
      currency: 'CNY',
      total: 12_000_000,
      reason: '資金周轉',
      equal: { count: 3, first: '2026-05-31', rhythm: 'monthly' },
    });
    expect(plan.instalments.map((part) => [part.due, part.amount])).toEqual([
      ['2026-05-31', 4_000_000],
      ['2026-06-30', 4_000_000],
      ['2026-07-31', 4_000_000],
    ]);
    expect(plan.state).toBe('overdue');
    const due = await desk.dispatch('repayments.due', {});
    expect(due.rows.map((row) => row.daysOverdue)).toEqual([31, 1]);
    const paid = await desk.dispatch('repayments.receive', { plan: plan.number, date: TODAY, amount: 5_000_000 });
    expect(paid.instalments.map((part) => part.paid)).toEqual([4_000_000, 1_000_000, 0]);
    expect(
      (await desk.dispatch('dealings.balance', { number: 'E000001' })).balances.find(
        ({ currency }) => currency === 'CNY',
      )?.receivable,
    ).toBe(7_000_000);
    expect(
      await desk.answer('repayments.receive', { plan: plan.number, date: TODAY, amount: 9_000_000 }),
    ).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    const [receipt] = (await desk.dispatch('receipts.list', { number: 'E000001' })).rows;
    expect(
      await desk.answer('dealings.remove', { kind: 'receipts', id: receipt?.id, revision: 1, reason: '誤' }),
    ).toMatchObject({ error: { hint: 'hint.receiptOnPlan' } });
  });

  it('an extension replaces the running plan once another person has agreed, and only what is still owed', async () => {
    const [plan] = (await desk.dispatch('repayments.list', { number: 'E000001', running: true })).plans;
    const extension = await desk.dispatch('extensions.save', {
      customer: 'E000001',
      plan: plan?.number,
      reason: '季節',
      equal: { count: 7, first: '2026-08-15', rhythm: 'monthly' },
    });
    expect(extension).toMatchObject({
      total: 7_000_000,
      debts: [{ daysOverdue: 1, amount: 3_000_000 }, { amount: 4_000_000 }],
    });
    expect(await desk.answer('extensions.approve', { number: extension.number })).toMatchObject({
      error: { code: 'SECOND_PERSON_MISSING' },
    });
    const { statement } = await desk.dispatch('extensions.statement', { number: extension.number });
    expect((await agree(statement)).ok).toBe(true);
    const approved = await desk.dispatch('extensions.approve', { number: extension.number });
    const { plans } = await desk.dispatch('repayments.list', { number: 'E000001' });
    expect(plans.map(({ number, state, follows }) => ({ number, state, follows }))).toEqual([
      { number: approved.newPlan, state: 'running', follows: plan?.number },
      { number: plan?.number, state: 'superseded', follows: '' },
    ]);
    expect((await desk.dispatch('repayments.due', { until: '2026-08-31' })).rows).toMatchObject([
      { plan: approved.newPlan, due: '2026-08-15' },
    ]);
  });
});

describe('all standings drawn anew', () => {
  const names = ['一', '二', '三', '四', '五'];
  const kept = () =>
    desk.archive.database.reader.all<{ customer_id: number }>('SELECT * FROM credit_standing ORDER BY customer_id');
  const order = (customer: string, amount: number) =>
    desk.dispatch('orders.save', { customer, orderNumber: `R-${amount}`, date: TODAY, currency: 'CNY', amount });
  const spoil = (customerIds: readonly number[]) => {
    const { database } = desk.archive;
    database.begin();
    for (const id of customerIds)
      database.writer.run("UPDATE credit_standing SET exposure = 1, mark = 'block' WHERE customer_id = ?", id);
    database.commit();
  };
  const numbers: string[] = [];
  beforeAll(async () => {
    for (const name of names) {
      const card = { kind: 'enterprise', values: { registeredName: `${name}號公司` } } as const;
      const { number } = await desk.dispatch('customers.create', card);
      numbers.push(number);
      await order(number, 700_000);
    }
  });

  it('are what the dealings say, whatever was wrong; the entry tells how many there are', async () => {
    const right = kept();
    expect(right.length).toBeGreaterThan(names.length);
    spoil(right.slice(1).map(({ customer_id }) => customer_id));
    expect(await desk.dispatch('credit.recount', {})).toEqual({ customers: right.length });
    expect(kept()).toEqual(right);
    expect((await desk.dispatch('credit.list', {})).block).toBe(
      right.filter((row) => 'mark' in row && row.mark === 'block').length,
    );
    const [entry] = (await desk.dispatch('audit.list', { type: 'credit.recount' })).entries;
    expect(entry?.data).toContain(`"customers":${right.length}`);
  });

  it('finds the same however many are looked at together, and nothing where nothing is wrong', () => {
    const sql = desk.archive.database.reader;
    const right = kept();
    expect(atOneGo(standingsAmiss(sql, TODAY)).amiss).toEqual([]);
    const wrong = right.slice(2).map(({ customer_id }) => customer_id);
    spoil(wrong);
    for (const atOnce of [1, 2, right.length, 100])
      expect(atOneGo(standingsAmiss(sql, TODAY, undefined, atOnce))).toEqual({ customers: right.length, amiss: wrong });
  });

  it('keep what was ordered while they were looked through', async () => {
    const { database } = desk.archive;
    const { amiss } = atOneGo(standingsAmiss(database.reader, TODAY));
    await order(numbers[4] ?? '', 900_000);
    database.begin();
    atOneGo(recountStandings(database.writer, amiss, TODAY));
    database.commit();
    expect(kept().at(-1)).toMatchObject({ exposure: 1_600_000 });
    expect(atOneGo(standingsAmiss(database.reader, TODAY)).amiss).toEqual([]);
  });
});
