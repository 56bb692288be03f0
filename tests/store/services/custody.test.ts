import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
let customer = '';
let borrowerId = 0;
beforeAll(async () => {
  desk = await openTestArchive();
  customer = (
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '甲公司', bankAccounts: [{ bankName: '臺灣銀行', accountNumber: '004-12345678' }] },
    })
  ).number;
  borrowerId = (await desk.dispatch('staff.save', { name: '李業務', department: '業務部' })).id;
});
afterAll(() => desk.close());

const file = (title: string, more: object = {}) =>
  desk.dispatch('dossiers.addPaper', {
    customer,
    type: 'contract',
    title,
    date: '2025-05-01',
    pages: 3,
    security: 'internal',
    ...more,
  });
const code = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : answer.error.code;
};

describe('dossiers', () => {
  it('D6: numbers run through the dossier and survive a move to another class', async () => {
    const first = await file('甲約');
    const second = await file('乙約');
    expect([first.sequence + 1, second.class]).toEqual([second.sequence, 2]);
    // D2: by signing time. The keeper is told behind which paper the sheet goes; an older one goes before both.
    expect([first.after, second.after]).toEqual([null, first.code]);
    const older = await file('舊約', { date: '2024-01-05' });
    expect(older.after).toBeNull();
    await desk.dispatch('dossiers.takeOut', { code: older.code, as: 'removed', reason: '誤歸' });
    await desk.dispatch('dossiers.changePaper', {
      code: first.code,
      revision: 1,
      reason: '歸錯類',
      type: 'goodsReport',
    });
    const moved = await desk.dispatch('dossiers.paper', { code: first.code });
    expect(moved.paper).toMatchObject({ code: first.code, class: 4 });
    expect(moved.trail.map((act) => [act.act, act.reason])).toEqual([
      ['moved', '歸錯類'],
      ['filed', ''],
    ]);
  });

  it('D7: what is taken out keeps its entry with the reason and is missing again', async () => {
    const { code: licence } = await desk.dispatch('dossiers.addPaper', {
      customer,
      type: 'businessLicence',
      title: '營業執照',
      date: '2024-01-01',
    });
    const missing = async () =>
      (await desk.dispatch('dossiers.get', { number: customer })).classes[0]?.missing.map((gap) => gap.type);
    expect(await missing()).not.toContain('businessLicence');
    await desk.dispatch('dossiers.takeOut', { code: licence, as: 'removed', reason: '送換發' });
    expect(await missing()).toContain('businessLicence');
    await desk.dispatch('dossiers.putBack', { code: licence, reason: '換發完成' });
    expect(await missing()).not.toContain('businessLicence');
  });

  it('D1: a tax registration merged into the licence is no gap; other papers cannot be merged', async () => {
    await desk.dispatch('dossiers.waive', {
      number: customer,
      type: 'taxRegistration',
      state: 'mergedIntoLicence',
      reason: '三證合一',
    });
    const [basic] = (await desk.dispatch('dossiers.get', { number: customer })).classes;
    expect(basic?.missing.map((gap) => gap.type)).not.toContain('taxRegistration');
    expect(
      await code('dossiers.waive', { number: customer, type: 'contract', state: 'mergedIntoLicence', reason: 'x' }),
    ).toBe('INPUT_INVALID');
  });
});

describe('borrowing (B1, B2, L3)', () => {
  it('an original is refused, and the refusal is in the log', async () => {
    const original = await file('正本', { original: true });
    expect(await code('loans.lend', { code: original.code, borrowerId, purpose: '看' })).toBe('ORIGINAL_NEVER_LEAVES');
    expect(desk.archive.audit.list({ limit: 1 }).entries[0]).toMatchObject({
      type: 'loan.lend',
      outcome: 'refused',
      obj: `paper:${original.code}`,
    });
    expect((await desk.dispatch('loans.proposal', { code: original.code })).refusals).toEqual(['original']);
  });

  it('one item is with one borrower; fewer pages back need a reason; an undone return is out again', async () => {
    const copy = await file('副本');
    const loan = await desk.dispatch('loans.lend', { code: copy.code, borrowerId, purpose: '拜訪前閱覽' });
    expect(loan).toMatchObject({ state: 'out', borrower: '李業務', items: [{ pagesOut: 3 }] });
    expect(await code('loans.lend', { code: copy.code, borrowerId, purpose: '再借' })).toBe('ITEM_ALREADY_LENT');
    expect((await desk.dispatch('dossiers.paper', { code: copy.code })).paper.loan?.borrower).toBe('李業務');
    expect(await code('loans.return', { loanNumber: loan.loanNumber, pagesIn: 2 })).toBe('INPUT_INVALID');
    expect(
      (await desk.dispatch('loans.return', { loanNumber: loan.loanNumber, pagesIn: 2, conditionIn: 'pagesMissing' }))
        .state,
    ).toBe('returned');
    expect((await desk.dispatch('loans.undoReturn', { loanNumber: loan.loanNumber })).state).toBe('out');
    await desk.dispatch('loans.return', { loanNumber: loan.loanNumber, pagesIn: 3 });
    expect((await desk.dispatch('dossiers.paper', { code: copy.code })).paper.state).toBe('inPlace');
  });

  it('core trade secrets are read on the premises only', async () => {
    const secret = await file('核心', { security: 'coreTradeSecret' });
    expect(await code('loans.lend', { code: secret.code, borrowerId, purpose: '看' })).toBe('ORIGINAL_NEVER_LEAVES');
  });
});

describe('locked lookup (L1, L2, R28)', () => {
  const SECRET = 'manager secret for the tests';
  it("reads masked, changes nothing, and comes back only with the keeper's secret", async () => {
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      login: 'manager',
      displayName: '張經理',
      role: 'businessManager',
      secret: SECRET,
    });
    await desk.dispatch('lookup.handOver', {});
    expect(await code('customers.get', { number: customer })).toBe('LOOKUP_ONLY');
    expect(
      await code('lookup.signIn', { login: 'manager', secret: 'not the secret at all', purpose: '核對往來資料' }),
    ).toBe('SECRET_WRONG');
    expect(await code('lookup.signIn', { login: 'manager', secret: SECRET, purpose: '　　　　　　' })).toBe(
      'INPUT_INVALID',
    );
    await desk.dispatch('lookup.signIn', { login: 'manager', secret: SECRET, purpose: '核對往來資料' });

    const card = await desk.dispatch('customers.get', { number: customer });
    expect(JSON.stringify(card)).not.toContain('12345678');
    expect((await desk.dispatch('search.find', { text: '12345678' })).hits).toEqual([]);
    for (const [name, input] of [
      ['customers.update', { number: customer, revision: 1, values: {} }],
      ['print.form', { form: 'card', number: customer }],
      ['documents.save', { document: 'x', file: '/tmp/x' }],
      ['loans.lend', {}],
      ['binding.bind', {}],
      ['archive.backup', {}],
      ['audit.list', {}],
      ['customers.list', {}],
    ] as const)
      expect(await code(name, input), name).toBe('LOOKUP_ONLY');

    expect(await code('lookup.backToDesk', { secret: SECRET })).toBe('SECRET_WRONG');
    await desk.dispatch('lookup.end', {});
    expect(await code('customers.get', { number: customer })).toBe('LOOKUP_ONLY');
    await desk.dispatch('lookup.backToDesk', { secret: TEST_KEEPER.secret });

    const [lookup] = (await desk.dispatch('lookup.register', {})).lookups;
    expect(lookup).toMatchObject({ displayName: '張經理', purpose: '核對往來資料', ended: 'reader', searches: 1 });
    expect(lookup?.records.map((record) => record.number)).toEqual([customer]);
  });

  it('L1: roles that may not look up are refused', async () => {
    await desk.dispatch('lookup.handOver', {});
    expect(
      await code('lookup.signIn', { login: TEST_KEEPER.login, secret: TEST_KEEPER.secret, purpose: '核對往來資料' }),
    ).toBe('ROLE_REFUSED');
    await desk.dispatch('lookup.backToDesk', { secret: TEST_KEEPER.secret });
  });

  it('R28: thirty searches an hour, then no more', async () => {
    await desk.dispatch('lookup.handOver', {});
    await desk.dispatch('lookup.signIn', { login: 'manager', secret: SECRET, purpose: '核對往來資料' });
    for (let count = 0; count < 29; count += 1) await desk.dispatch('search.find', { text: '甲' });
    expect(await code('search.find', { text: '甲' })).toBe('LOOKUP_LIMIT');
    await desk.dispatch('lookup.backToDesk', { secret: TEST_KEEPER.secret });
  });

  it('what the reader signed is proved by the own key: the log verifies after a lookup', async () => {
    expect((await desk.dispatch('audit.verify', { deep: false })).checks.filter((check) => !check.ok)).toEqual([]);
  });
});
