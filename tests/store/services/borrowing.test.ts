import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../electron/platform/clock.ts';
import { findLoanForm } from '../../../electron/store/loan-forms.ts';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { addDays } from '../../../shared/util/days.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';
import { readPdf } from '../../unit/print/read-pdf.ts';

const SECRET = 'an own secret for the tests';
/** A desk whose day can be turned; the monotonic clock runs on. */
const today = '2026-03-02';
const clock: Clock = { ...systemClock, now: () => new Date(`${today}T08:00:00.000Z`) };

let desk: TestArchive;
let customer = '';
beforeAll(async () => {
  desk = await openTestArchive({ clock });
  await desk.dispatch('users.add', {
    ownSecret: TEST_KEEPER.secret,
    login: 'manager',
    displayName: '張客戶經理',
    role: 'accountManager',
    secret: SECRET,
  });
  customer = (await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '甲公司' } }))
    .number;
});
afterAll(() => desk.close());

let people = 0;
const person = async () => {
  people += 1;
  return (await desk.dispatch('staff.save', { name: `業務員${people}`, department: '業務部' })).id;
};
const file = async (more: Partial<InputOf<'dossiers.addPaper'>> = {}) =>
  (
    await desk.dispatch('dossiers.addPaper', {
      customer,
      type: 'contract',
      title: '合同',
      date: '2026-01-05',
      pages: 4,
      security: 'internal',
      ...more,
    })
  ).code;
const refused = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : `${answer.error.code} ${answer.error.hint ?? answer.error.fields[0]?.path ?? ''}`;
};
const lend = async (code: string, borrowerId: number, more: object = {}) =>
  desk.dispatch('loans.lend', { code, borrowerId, purpose: '洽談', ...more });

describe('periods and approval by level (B1)', () => {
  it('internal: 14 days without approval; ordinary trade secret: 5 working days with approval; core: on the premises', async () => {
    const borrowerId = await person();
    expect(await lend(await file(), borrowerId)).toMatchObject({ due: addDays(today, 14), approvedBy: '' });
    const secret = await file({ security: 'ordinaryTradeSecret' });
    expect(await desk.dispatch('loans.proposal', { code: secret })).toMatchObject({
      due: '2026-03-09',
      approvalLevels: ['ordinaryTradeSecret'],
    });
    expect(await refused('loans.lend', { code: secret, borrowerId, purpose: '洽談' })).toBe(
      'SECOND_PERSON_MISSING hint.agreement.none',
    );
    const core = await file({ security: 'coreTradeSecret' });
    expect(await refused('loans.lend', { code: core, borrowerId, purpose: '洽談' })).toBe(
      'ORIGINAL_NEVER_LEAVES loanRefusal.premisesOnly',
    );
  });

  it('an own secret approves exactly this loan, once; another due day is another loan', async () => {
    const borrowerId = await person();
    const code = await file({ security: 'ordinaryTradeSecret' });
    const asked = { code, borrowerId, purpose: '續約' };
    const { needed, statement } = await desk.dispatch('loans.approval', asked);
    expect(needed).toBe(true);
    expect(statement.lines.map((line) => line.field)).toEqual(['borrower', 'paper', 'due']);
    await desk.dispatch('agreements.give', { statement, login: 'manager', secret: SECRET });
    expect(await refused('loans.lend', { ...asked, due: '2026-03-06' })).toBe(
      'SECOND_PERSON_MISSING hint.agreement.changed',
    );
    const loan = await desk.dispatch('loans.lend', asked);
    expect(loan).toMatchObject({ approvedBy: '張客戶經理', agreement: expect.stringMatching(/^TY-2026-/) });
    await desk.dispatch('loans.return', { loanNumber: loan.loanNumber, pagesIn: 4 });
    expect(await refused('loans.lend', asked)).toBe('SECOND_PERSON_MISSING hint.agreement.used');
  });

  it('a recorded signed form approves too, and is proposed to the next loan of this borrower', async () => {
    const borrowerId = await person();
    const staffId = await person();
    const code = await file({ security: 'ordinaryTradeSecret' });
    const asked = { code, borrowerId, purpose: '續約' };
    const { statement, lastApprover } = await desk.dispatch('loans.approval', asked);
    expect(lastApprover).toBeNull();
    await desk.dispatch('agreements.record', { statement, staffId, role: 'businessManager', signedOn: today });
    await desk.dispatch('loans.lend', asked);
    const next = await desk.dispatch('loans.approval', { ...asked, code: await file() });
    expect(next).toMatchObject({ needed: false, lastApprover: { staffId, role: 'businessManager' } });
  });

  it('a signature drawn at the counter is frozen with its hash in the entry of the loan; on paper with the first print', async () => {
    const borrowerId = await person();
    const signature: [number, number][][] = [
      [
        [10, 20],
        [300, 120],
        [580, 40],
      ],
    ];
    const form = await desk.dispatch('loans.lend', { code: await file(), borrowerId, purpose: '續約', signature });
    const [frozen] = form.frozen;
    expect(form).toMatchObject({ drawn: true, frozen: [{ stage: 'out' }] });
    const { entries } = await desk.dispatch('audit.list', { object: `loan:${form.loanNumber}`, limit: 1 });
    expect(entries[0]).toMatchObject({ type: 'loan.lend', outcome: 'ok' });
    expect(JSON.parse(entries[0]?.data ?? '')).toMatchObject({ signed: 'drawn', sha256: frozen?.sha256, text: 1 });
    const printed = await desk.dispatch('print.form', { form: 'loanForm', number: form.loanNumber });
    const { bytes } = await desk.surroundings.shelf.get(printed.document);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(frozen?.sha256);
    // So is the lower half, when all of it is back (wish 2): its hash stands in the entry, its drawing on the form.
    const { loanNumber } = form;
    await desk.dispatch('loans.return', { loanNumber, pagesIn: 4, signature });
    const [back] = (await desk.dispatch('audit.list', { object: `loan:${loanNumber}`, limit: 1 })).entries;
    const hash = createHash('sha256').update(JSON.stringify(signature)).digest('hex');
    expect(JSON.parse(back?.data ?? '')).toMatchObject({ signed: 'drawn', signature: hash });
    await desk.dispatch('print.form', { form: 'loanForm', number: loanNumber });
    const drawn = () => findLoanForm(desk.archive.database.reader, loanNumber)?.return_signature;
    expect(drawn()).toBe(JSON.stringify(signature));
    await desk.dispatch('loans.undoReturn', { loanNumber });
    expect(drawn()).toBe('');
    // While something of the form is still out, its lower half is not signed.
    const papers = [{ code: await file() }, { code: await file() }];
    const two = await desk.dispatch('loans.lend', { papers, borrowerId, purpose: '續約' });
    const part = { loanNumber: two.items[0]?.loanNumber, pagesIn: 4, signature };
    expect(await desk.answer('loans.return', part)).toMatchObject({ error: { fields: [{ path: 'signature' }] } });
    const onPaper = await lend(await file(), borrowerId);
    expect(onPaper).toMatchObject({ drawn: false, frozen: [] });
  });

  it('a level may ask for two people in a row: the same one counts once, both stand on the form', async () => {
    const { lending } = await desk.dispatch('settings.get', {});
    await desk.dispatch('settings.update', { lending: { ...lending, secondApproval: ['ordinaryTradeSecret'] } });
    const [borrowerId, head, chief] = [await person(), await person(), await person()];
    const asked = { code: await file({ security: 'ordinaryTradeSecret' }), borrowerId, purpose: '續約' };
    const approve = async (staffId: number, half: 'first' | 'second') => {
      const { statement, second } = await desk.dispatch('loans.approval', asked);
      if (second === null) throw new Error('one approval is enough');
      const agreed = half === 'first' ? statement : second.statement;
      const signed = { statement: agreed, staffId, role: 'supervisor' as const, signedOn: today };
      return desk.dispatch('agreements.record', signed);
    };
    const first = await approve(head, 'first');
    expect(await refused('loans.lend', asked)).toBe('SECOND_PERSON_MISSING hint.agreement.none');
    await approve(head, 'second');
    expect(await refused('loans.lend', asked)).toBe('SECOND_PERSON_MISSING hint.agreement.same');
    expect((await desk.dispatch('loans.approval', asked)).second?.standing).toBe('none');
    const second = await approve(chief, 'second');
    const loan = await desk.dispatch('loans.lend', asked);
    expect(loan).toMatchObject({
      approvedBy: `${first.name}、${second.name}`,
      agreement: `${first.number} ${second.number}`,
    });
    const { document } = await desk.dispatch('print.form', { form: 'loanForm', number: loan.loanNumber });
    const printed = await readPdf((await desk.surroundings.shelf.get(document)).bytes);
    for (const { number } of [first, second]) expect(await printed.text(1)).toContain(number);
    await desk.dispatch('settings.update', { lending });
  });

  it('periods and levels are settings', async () => {
    const { lending } = await desk.dispatch('settings.get', {});
    await desk.dispatch('settings.update', {
      lending: {
        ...lending,
        approval: [],
        periods: { ...lending.periods, coreTradeSecret: { kind: 'calendarDays', days: 1 } },
      },
    });
    const borrowerId = await person();
    expect((await lend(await file({ security: 'coreTradeSecret' }), borrowerId)).due).toBe(addDays(today, 1));
    expect(
      await refused('loans.lend', { code: await file(), borrowerId, purpose: '看', due: addDays(today, 15) }),
    ).toBe('INPUT_INVALID due');
    await desk.dispatch('settings.update', { lending });
  });
});

describe('several items on one form, and binders (B1, L3)', () => {
  it('comes back in part: what is still out keeps the form open', async () => {
    const borrowerId = await person();
    const [first = '', second = ''] = [await file(), await file()];
    const form = await desk.dispatch('loans.lend', {
      papers: [{ code: first }, { code: second, pagesOut: 3 }],
      borrowerId,
      purpose: '洽談',
    });
    expect(form.items.map((item) => [item.loanNumber, item.pagesOut])).toEqual([
      [`${form.loanNumber}-01`, 4],
      [`${form.loanNumber}-02`, 3],
    ]);
    expect((await desk.dispatch('loans.proposal', { code: form.loanNumber })).form?.open).toBe(2);
    const part = await desk.dispatch('loans.return', { loanNumber: `${form.loanNumber}-02`, pagesIn: 3 });
    expect(part).toMatchObject({ open: 1, state: 'out', returned: [`${form.loanNumber}-02`] });
    expect((await desk.dispatch('dossiers.paper', { code: first })).paper.state).toBe('lent');
    // The number of the form stands for what is left of it.
    expect(await desk.dispatch('loans.return', { loanNumber: form.loanNumber, pagesIn: 4 })).toMatchObject({
      open: 0,
      state: 'returned',
    });
  });

  it('an original among them refuses the whole form; nothing is lent', async () => {
    const borrowerId = await person();
    const copy = await file();
    const original = await file({ original: true });
    expect(
      await refused('loans.lend', { papers: [{ code: copy }, { code: original }], borrowerId, purpose: '看' }),
    ).toBe('ORIGINAL_NEVER_LEAVES loanRefusal.original');
    expect((await desk.dispatch('dossiers.paper', { code: copy })).paper.state).toBe('inPlace');
    expect(await refused('loans.lend', { papers: [{ code: copy }, { code: copy }], borrowerId, purpose: '看' })).toBe(
      'INPUT_INVALID papers.1.code',
    );
    expect(await refused('loans.lend', { code: copy, papers: [{ code: copy }], borrowerId, purpose: '看' })).toBe(
      'INPUT_INVALID code',
    );
  });

  it('a class lent as a binder goes without its originals, and says so', async () => {
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '乙公司' },
    });
    const [copy, original] = [
      await file({ customer: number }),
      await file({ customer: number, original: true, title: '正本' }),
    ];
    await file({ customer: number, type: 'businessLicence', title: '執照' });
    const borrowerId = await person();
    const proposal = await desk.dispatch('loans.proposal', { code: `${number}#2` });
    expect(proposal.binder?.goes.map((one) => one.code)).toEqual([copy]);
    expect(proposal.binder?.stays).toEqual([{ code: original, title: '正本', reasons: ['original'] }]);
    const form = await desk.dispatch('loans.lend', {
      binder: { customer: number, class: 2 },
      borrowerId,
      purpose: '看',
    });
    expect(form.items.map((item) => item.code)).toEqual([copy]);
    expect(form.stays.map((one) => one.code)).toEqual([original]);
    expect((await desk.dispatch('dossiers.paper', { code: original ?? '' })).paper.state).toBe('inPlace');
    // Inside a borrowed binder an original stays refused.
    expect(await refused('loans.lend', { code: original, borrowerId, purpose: '看' })).toBe(
      'ORIGINAL_NEVER_LEAVES loanRefusal.original',
    );
    expect(await refused('loans.lend', { binder: { customer: number, class: 2 }, borrowerId, purpose: '看' })).toBe(
      'ORIGINAL_NEVER_LEAVES loanRefusal.nothingLeft',
    );
  });

  it('of a binder with papers of several levels only those that ask for approval are named', async () => {
    const { number } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '丁公司' },
    });
    for (const security of ['internal', 'ordinaryTradeSecret', 'public'] as const)
      await desk.dispatch('dossiers.addPaper', { customer: number, type: 'contract', title: security, security });
    const proposal = await desk.dispatch('loans.proposal', { code: number });
    expect(proposal.binder?.goes).toHaveLength(3);
    expect(proposal.approvalLevels).toEqual(['ordinaryTradeSecret']);
  });

  it('the store itself refuses an original, and an original of what is out', async () => {
    const code = await file();
    await lend(code, await person());
    const { revision } = (await desk.dispatch('dossiers.paper', { code })).paper;
    expect(await refused('dossiers.changePaper', { code, revision, reason: '原來是正本', original: true })).toBe(
      'ORIGINAL_NEVER_LEAVES loanRefusal.alreadyLent',
    );
    const { database } = desk.archive;
    database.begin();
    try {
      const sql = database.writer;
      expect(() => sql.run('UPDATE paper SET original = 1 WHERE code = ?', code)).toThrow();
    } finally {
      database.rollback();
    }
  });
});

describe('what comes back is counted by the page (B2, B3)', () => {
  it('a gap opens a case, its borrower gets nothing more until it is settled, with notice and measure', async () => {
    const borrowerId = await person();
    const code = await file();
    const { loanNumber } = await lend(code, borrowerId);
    const back = { loanNumber, pagesIn: 3, conditionIn: 'pagesMissing', note: '少一頁' } as const;
    expect(await refused('loans.return', { ...back, missingPages: '9' })).toBe('INPUT_INVALID missingPages');
    expect(await refused('loans.return', { ...back, missingPages: '2、3' })).toBe('INPUT_INVALID missingPages');
    const returned = await desk.dispatch('loans.return', { ...back, missingPages: '３' });
    const [number = ''] = returned.incidents;
    expect(returned.items[0]).toMatchObject({ missingPages: '3', breaches: [number] });
    expect(await refused('loans.lend', { code: await file(), borrowerId, purpose: '看' })).toBe(
      'BORROWER_BLOCKED loanRefusal.openBreach',
    );
    expect((await desk.dispatch('borrowers.get', { borrowerId })).refusals).toEqual(['openBreach']);
    expect(await refused('breaches.close', { number, outcome: '補回' })).toBe('CONFLICT closingRefusal.noNotice');
    await desk.dispatch('breaches.record', { number, act: 'notice', text: '書面通知' });
    expect(await refused('breaches.close', { number, outcome: '補回' })).toBe('CONFLICT closingRefusal.noMeasure');
    expect(await refused('breaches.record', { number, act: 'measure', measure: 'asTheftOfCompanyData' })).toBe(
      'INPUT_INVALID decidedBy',
    );
    await desk.dispatch('breaches.record', { number, act: 'measure', measure: 'reminder', decidedBy: '張主管' });
    const closed = await desk.dispatch('breaches.close', { number, outcome: '缺頁補回' });
    expect(closed).toMatchObject({ state: 'closed', kind: 'damaged', byReturn: true });
    expect(closed.acts.map((act) => act.act)).toEqual(['opened', 'notice', 'measure', 'closed']);
    expect(await refused('breaches.record', { number, act: 'note', text: '再議' })).toMatch(/^CONFLICT/);
    const { evidence } = await desk.dispatch('breaches.get', { number });
    expect(evidence.map((entry) => entry.type)).toEqual([
      'loan.lend',
      'loan.return',
      'loan.return',
      'loan.return',
      'breach.close',
      'breach.record',
      'breach.close',
      'breach.record',
      'breach.record',
      'breach.close',
      'breach.record',
    ]);
    expect(evidence.every((entry) => /^[0-9a-f]{64}$/.test(entry.hash))).toBe(true);
    await lend(await file(), borrowerId);
  });

  it('what is lost is missing from the dossier; a return undone voids its case', async () => {
    const code = await file();
    const { loanNumber } = await lend(code, await person());
    const { incidents } = await desk.dispatch('loans.return', { loanNumber, pagesIn: 0, conditionIn: 'lost' });
    expect((await desk.dispatch('dossiers.paper', { code })).paper.state).toBe('removed');
    await desk.dispatch('loans.undoReturn', { loanNumber });
    expect((await desk.dispatch('dossiers.paper', { code })).paper.state).toBe('lent');
    expect((await desk.dispatch('breaches.get', { number: incidents[0] ?? '' })).breach.state).toBe('void');
    await desk.dispatch('loans.return', { loanNumber, pagesIn: 4 });
  });

  it('the breach file and the frozen form are released with their hashes in the log; a form is printed once', async () => {
    const { loanNumber } = await lend(await file(), await person());
    const first = await desk.dispatch('print.form', { form: 'loanForm', number: loanNumber });
    const second = await desk.dispatch('print.form', { form: 'loanForm', number: loanNumber });
    expect(second.bytes).toBe(first.bytes);
    const [frozen] = (await desk.dispatch('loans.form', { loanNumber })).frozen;
    expect(frozen).toMatchObject({ stage: 'out' });
    expect(desk.archive.audit.list({ limit: 1 }).entries[0]?.data).toContain(frozen?.sha256);
    const { incidents } = await desk.dispatch('loans.return', { loanNumber, pagesIn: 4, conditionIn: 'altered' });
    await desk.dispatch('print.form', { form: 'loanForm', number: loanNumber });
    expect((await desk.dispatch('loans.form', { loanNumber })).frozen.map((one) => one.stage)).toEqual(['out', 'in']);
    const bundle = await desk.dispatch('print.form', { form: 'breachFile', number: incidents[0] ?? '' });
    // The case, its evidence, and behind them both signed halves of the form, page by page (peers §4.16).
    expect(bundle.pages).toBe(4);
    const pages = await readPdf((await desk.surroundings.shelf.get(bundle.document)).bytes);
    expect(pages.pages).toBe(4);
    for (const page of [3, 4]) expect(await pages.text(page)).toContain(loanNumber);
    expect((await desk.dispatch('audit.verify', { deep: true })).checks.filter((check) => !check.ok)).toEqual([]);
  }, 60_000);
});
