import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { tinyPdf } from '../../builders/scan-files.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';
import { readPdf } from '../../unit/print/read-pdf.ts';

const SECRET = 'an own secret for the tests';
/** A clock by which a copy can become overdue. */
const clock = {
  offset: 0,
  now: () => new Date(Date.UTC(2026, 0, 5, 2) + clock.offset),
  monotonicMs: () => clock.offset,
};
const DAY = 86_400_000;
let desk: TestArchive;
let [first, second, sales, service, witness, leaver] = ['', '', 0, 0, 0, 0];
beforeAll(async () => {
  desk = await openTestArchive({ clock });
  await desk.dispatch('users.add', {
    ownSecret: TEST_KEEPER.secret,
    login: 'account',
    displayName: '張客戶經理',
    role: 'accountManager',
    secret: SECRET,
  });
  const card = async (registeredName: string) =>
    (
      await desk.dispatch('customers.create', {
        kind: 'enterprise',
        values: {
          registeredName,
          telephone: '02-8765-4321',
          registeredAddress: '臺北市某路一號',
          contacts: [
            { name: '王小姐', position: '採購課長', mobile: '0912-345-678', purchaseRoles: ['decisionMaker'] },
          ],
          bankAccounts: [{ bankName: '臺灣銀行', accountNumber: '004-12345678' }],
        },
      })
    ).number;
  first = await card('甲公司');
  second = await card('乙公司');
  const staff = async (name: string, department: string, position: string) =>
    (await desk.dispatch('staff.save', { name, department, position })).id;
  sales = await staff('李業務', '業務一部', '業務員');
  service = await staff('周客服', '客戶服務部', '客戶服務專員');
  witness = await staff('陳法務', '法務組', '法務專員');
  leaver = await staff('趙離職', '業務一部', '業務員');
  await desk.dispatch('staff.save', { id: leaver, name: '趙離職', active: false });
});
afterAll(() => desk.close());

const code = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : `${answer.error.code}${answer.error.hint === undefined ? '' : ` ${answer.error.hint}`}`;
};
type Wanted = Partial<InputOf<'copies.request'>>;
const wanted = (more: Wanted = {}): InputOf<'copies.request'> => ({
  recipientId: sales,
  recipientRole: 'salesperson',
  purpose: '拜訪前準備',
  customers: [first],
  ...more,
});
const request = async (more: Wanted = {}) => (await desk.dispatch('copies.request', wanted(more))).requestNumber;
async function consent(requestNumber: string): Promise<void> {
  const { statement } = await desk.dispatch('copies.getRequest', { requestNumber });
  await desk.dispatch('agreements.give', { statement, login: 'account', secret: SECRET });
}
async function make(more: Wanted = {}) {
  const requestNumber = await request(more);
  await consent(requestNumber);
  return await desk.dispatch('copies.make', { requestNumber });
}
async function deliver(more: Wanted = {}) {
  const { copy } = await make(more);
  return await desk.dispatch('copies.deliver', { copyNumber: copy.copyNumber });
}
async function words(document: string): Promise<string> {
  const pdf = await readPdf((await desk.surroundings.shelf.get(document)).bytes);
  const pages = Array.from({ length: pdf.pages }, (_, index) => pdf.text(index + 1));
  return (await Promise.all(pages)).join('\f');
}

describe('consent (I1)', () => {
  it('no copy before it, none for other customers than consented, none twice', async () => {
    const requestNumber = await request();
    expect(await code('copies.make', { requestNumber })).toBe('SECOND_PERSON_MISSING hint.agreement.none');
    await consent(requestNumber);
    expect((await desk.dispatch('copies.getRequest', { requestNumber })).request.state).toBe('consented');
    await desk.dispatch('copies.changeRequest', { requestNumber, ...wanted({ customers: [first, second] }) });
    expect((await desk.dispatch('copies.getRequest', { requestNumber })).request).toMatchObject({
      state: 'waiting',
      standing: 'changed',
    });
    expect(await code('copies.make', { requestNumber })).toBe('SECOND_PERSON_MISSING hint.agreement.changed');
    expect(desk.archive.audit.list({ limit: 1 }).entries[0]).toMatchObject({ type: 'copy.make', outcome: 'refused' });
    expect((await desk.dispatch('copies.list', { state: 'all' })).total).toBe(0);
    await consent(requestNumber);
    const { copy } = await desk.dispatch('copies.make', { requestNumber });
    expect(copy).toMatchObject({
      copyNumber: 'FF-2026-0001',
      state: 'made',
      consent: { name: '張客戶經理', manner: 'secret' },
    });
    expect(await code('copies.make', { requestNumber })).toBe('CONFLICT hint.copyMade');
    expect(await code('copies.changeRequest', { requestNumber, ...wanted() })).toBe('CONFLICT hint.copyMade');
  });

  it('a longer stay than consented, another purpose or another recipient is another request', async () => {
    const requestNumber = await request({ recoverBy: '2026-01-20' });
    await consent(requestNumber);
    for (const change of [{ recoverBy: '2026-03-20' }, { purpose: '轉交' }, { recipientId: witness }]) {
      await desk.dispatch('copies.changeRequest', { requestNumber, ...wanted({ recoverBy: '2026-01-20', ...change }) });
      expect(await code('copies.make', { requestNumber }), JSON.stringify(change)).toBe(
        'SECOND_PERSON_MISSING hint.agreement.changed',
      );
    }
    await desk.dispatch('copies.changeRequest', { requestNumber, ...wanted({ recoverBy: '2026-01-20' }) });
    expect((await desk.dispatch('copies.getRequest', { requestNumber })).request.state).toBe('consented');
  });

  it('a cancelled request takes its consent with it', async () => {
    const requestNumber = await request();
    await consent(requestNumber);
    expect((await desk.dispatch('copies.cancelRequest', { requestNumber, reason: '不去了' })).state).toBe('cancelled');
    expect(await code('copies.make', { requestNumber })).toBe('CONFLICT hint.requestCancelled');
    const { agreements } = await desk.dispatch('agreements.list', { subject: `copyRequest:${requestNumber}` });
    expect(agreements.map((one) => one.state)).toEqual(['withdrawn']);
  });

  it('a signed paper is as good, and its form carries the fingerprint that it binds', async () => {
    const requestNumber = await request();
    const { statement, sha256 } = await desk.dispatch('copies.getRequest', { requestNumber });
    const form = await desk.dispatch('print.form', { form: 'copyConsent', number: requestNumber });
    const printed = (await words(form.document)).replace(/\s/g, '');
    expect(printed).toContain(sha256);
    expect(printed).toContain('甲公司');
    await desk.dispatch('agreements.record', {
      statement,
      staffId: witness,
      role: 'accountManager',
      signedOn: '2026-01-05',
    });
    expect((await desk.dispatch('copies.make', { requestNumber })).copy.consent.manner).toBe('paper');
  });
});

describe('what may be issued (I2, I3)', () => {
  const file = async (more: object = {}) =>
    (
      await desk.dispatch('dossiers.addPaper', {
        customer: first,
        type: 'contract',
        title: '供貨合同',
        date: '2025-05-01',
        pages: 4,
        ...more,
      })
    ).code;
  const forService = (papers: string[]) => wanted({ recipientId: service, recipientRole: 'customerService', papers });

  it('an original is refused by name and logged as refused; salespeople get no paper at all', async () => {
    const original = await file({ original: true });
    expect(await code('copies.request', forService([original]))).toBe('ORIGINAL_NEVER_LEAVES');
    expect(desk.archive.audit.list({ limit: 1 }).entries[0]).toMatchObject({
      type: 'copy.request',
      outcome: 'refused',
    });
    const copy = await file();
    expect(await code('copies.request', wanted({ papers: [copy] }))).toBe(
      'ISSUE_REFUSED issueRefusal.papersForSalesperson',
    );
    expect(await code('copies.request', forService([await file({ security: 'coreTradeSecret' })]))).toBe(
      'ORIGINAL_NEVER_LEAVES',
    );
    expect(await code('copies.request', { ...forService([copy]), customers: [second] })).toBe('INPUT_INVALID');
  });

  it('a paper that becomes an original after consent stops the copy, in the store as well', async () => {
    const paper = await file();
    const requestNumber = await request(forService([paper]));
    await consent(requestNumber);
    await desk.dispatch('dossiers.changePaper', { code: paper, revision: 1, reason: '查明為正本', original: true });
    expect(await code('copies.make', { requestNumber })).toBe('ORIGINAL_NEVER_LEAVES');
    const { database } = desk.archive;
    database.begin();
    expect(() =>
      database.writer.run(
        `INSERT INTO issued_copy (number, request_id, agreement_id, recipient_id, recipient_role, state, made_at, made_by, pages, sha256, recover_by)
         SELECT 'FF-X', copy_request.id, (SELECT max(id) FROM agreement), recipient_id, recipient_role, 'made', '', '', 1, '', ''
         FROM copy_request WHERE number = ?`,
        requestNumber,
      ),
    ).toThrow(/original/);
    database.rollback();
    await desk.dispatch('copies.cancelRequest', { requestNumber, reason: '含正本' });
  });

  it('people who have left and managers receive nothing', async () => {
    expect(await code('copies.request', wanted({ recipientId: leaver }))).toBe(
      'ISSUE_REFUSED issueRefusal.recipientInactive',
    );
    expect(await code('copies.request', wanted({ recoverBy: '2026-01-05' }))).toBe('INPUT_INVALID');
    expect(await code('copies.request', wanted({ customers: ['E999999'] }))).toBe('NOT_FOUND');
  });

  it('a salesperson gets unit, name and job title on paper, and whose copy it is on every page', async () => {
    const { document, copy } = await make();
    const text = await words(document);
    for (const said of ['甲公司', '王小姐', '採購課長', '李業務', copy.copyNumber, '2026-02-04'])
      expect(text).toContain(said);
    for (const secret of [first, '8765', '0912', '12345678', '某路', '臺灣銀行']) expect(text).not.toContain(secret);
  });

  it('customer service gets everything; recipient and number are on each page', async () => {
    const paper = await file();
    const { document, copy, pages } = await make({ ...forService([paper]), customers: [first, second] });
    const text = await words(document);
    for (const said of ['8765-4321', '0912-345-678', '臺灣銀行', '供貨合同', paper]) expect(text).toContain(said);
    expect(pages).toBeGreaterThan(1);
    for (const page of text.split('\f')) {
      expect(page).toContain('周客服');
      expect(page).toContain(copy.copyNumber);
    }
  });

  it('the scans of its papers go with it, each page marked; one added after consent needs a new consent', async () => {
    const attach = async (paper: string, bytes: Buffer) => {
      const { upload } = await desk.dispatch('uploads.begin', { name: 's.pdf', size: bytes.length, purpose: 'scan' });
      await desk.dispatch('uploads.append', { upload, data: bytes.toString('base64') });
      await desk.dispatch('scans.attach', { upload, code: paper });
    };
    const scanned = await file({ title: '已掃描合同' });
    const paperOnly = await file({ title: '未掃描合同' });
    await attach(scanned, tinyPdf('WORDS OF THE CONTRACT', 2));
    const requestNumber = await request(forService([scanned, paperOnly]));
    await consent(requestNumber);
    expect((await desk.dispatch('copies.getRequest', { requestNumber })).request.papers).toMatchObject([
      { code: scanned, scannedPages: 2 },
      { code: paperOnly, scannedPages: 0 },
    ]);
    await attach(scanned, tinyPdf('AN ANNEX', 1));
    expect(await code('copies.make', { requestNumber })).toBe('SECOND_PERSON_MISSING hint.agreement.changed');
    await consent(requestNumber);
    const { document, pages } = await desk.dispatch('copies.make', { requestNumber });
    const bytes = (await desk.surroundings.shelf.get(document)).bytes;
    const pdf = await readPdf(bytes);
    const text = (await words(document)).split('\f');
    // Three pages of scans stand last, under the code of their paper; the picture takes the place of the text.
    for (const page of text.slice(-3)) {
      expect(page).toContain('已掃描合同');
      expect(page).toContain('周客服');
    }
    expect(text.join('')).not.toContain('WORDS OF THE CONTRACT');
    expect(pdf.pages).toBe(pages);
    // Blank paper in the lower half of the last scan is not blank in the copy: the words are in the picture.
    const { data, width, height } = await pdf.pixels(pages, 1);
    const middle = Array.from({ length: width * 200 }, (_, index) => data[(width * (height >> 1) + index) * 4] ?? 255);
    expect(middle.filter((grey) => grey > 120 && grey < 240).length).toBeGreaterThan(500);
    expect(text.join('')).toContain('另附影本');
    expect(JSON.stringify(desk.archive.audit.list({ limit: 1 }).entries[0]?.data)).toMatch(/scannedPages\D*3/);
  });
});

describe('out and back', () => {
  it('receipt, pages counted, evidence; a wrong recovery is undone in time', async () => {
    const copy = await deliver();
    const { copyNumber } = copy;
    expect(copy).toMatchObject({ state: 'out', receivedBy: '李業務' });
    expect(await code('copies.deliver', { copyNumber })).toBe('CONFLICT hint.copyState.out');
    expect(await code('copies.recover', { copyNumber, pagesBack: 0 })).toBe('INPUT_INVALID');
    expect(
      await desk.dispatch('copies.recover', { copyNumber, pagesBack: copy.pages, evidence: '簽收單已簽' }),
    ).toMatchObject({ state: 'recovered', evidence: '簽收單已簽' });
    expect((await desk.dispatch('copies.undoRecovery', { copyNumber })).state).toBe('out');
    await desk.dispatch('copies.recover', { copyNumber, pagesBack: copy.pages });
    clock.offset += 11 * 60_000;
    expect(await code('copies.undoRecovery', { copyNumber })).toBe('CONFLICT hint.undoTooLate');
    const receipt = await desk.dispatch('print.form', { form: 'copyReceipt', number: copyNumber });
    expect(await words(receipt.document)).toContain('李業務');
    // What was signed is frozen: the same file, whenever it is printed.
    const bytes = (await desk.surroundings.shelf.get(receipt.document)).bytes;
    clock.offset += 60_000;
    const again = await desk.dispatch('print.form', { form: 'copyReceipt', number: copyNumber });
    expect((await desk.surroundings.shelf.get(again.document)).bytes.equals(bytes)).toBe(true);
  });

  it('destruction takes a third person as witness and its evidence', async () => {
    const { copyNumber } = await deliver();
    const destroy = (witnessId: number, evidence = '碎紙照片一張') =>
      code('copies.destroy', { copyNumber, method: 'shredded', witnessId, evidence });
    expect(await destroy(sales)).toBe('INPUT_INVALID');
    expect(await destroy(witness, '')).toBe('INPUT_INVALID');
    expect(await destroy(witness)).toBe('ok');
    expect(await destroy(witness)).toBe('CONFLICT hint.copyState.destroyed');
  });

  it('a missing copy stays with its holder until found, or a supervisor agrees to give it up', async () => {
    const { copyNumber } = await deliver();
    const reason = '找了三次找不到';
    expect(await code('copies.writeOff', { copyNumber, reason })).toBe('CONFLICT hint.copyState.out');
    await desk.dispatch('copies.reportMissing', { copyNumber, statement: '出差途中遺失' });
    expect((await desk.dispatch('holdings.list', { staffId: sales })).holdings).toContainEqual(
      expect.objectContaining({ number: copyNumber, missing: true }),
    );
    expect(await code('copies.writeOff', { copyNumber, reason })).toBe('SECOND_PERSON_MISSING hint.agreement.none');
    const { statement } = await desk.dispatch('copies.writeOffStatement', { copyNumber, reason });
    expect(await code('agreements.give', { statement, login: 'account', secret: SECRET })).toBe(
      'ROLE_REFUSED hint.agreement.role',
    );
    await desk.dispatch('agreements.record', {
      statement,
      staffId: witness,
      role: 'supervisor',
      signedOn: '2026-01-05',
    });
    expect((await desk.dispatch('copies.writeOff', { copyNumber, reason })).state).toBe('writtenOff');
    // B3: the case that opened with the report stays open, and nothing more is issued meanwhile.
    expect(await code('copies.request', wanted())).toBe('ISSUE_REFUSED issueRefusal.openBreach');
    const { breaches } = await desk.dispatch('breaches.list', {});
    expect(breaches).toMatchObject([{ borrower: '李業務', kind: 'lost', state: 'open' }]);
    await desk.dispatch('breaches.close', { number: breaches[0]?.number ?? '', as: 'void', outcome: '副本已註銷' });
  });

  it('nobody leaves with a copy', async () => {
    const { copyNumber, pages } = await deliver();
    expect(await code('staff.save', { id: sales, name: '李業務', active: false })).toBe('INPUT_INVALID');
    await desk.dispatch('copies.recover', { copyNumber, pagesBack: pages });
    expect(
      await code('staff.save', {
        id: sales,
        name: '李業務',
        department: '業務一部',
        position: '業務員',
        active: false,
      }),
    ).toBe('ok');
    await desk.dispatch('staff.save', { id: sales, name: '李業務', department: '業務一部', position: '業務員' });
  });

  it('overdue copies are listed, block the next one, and stand in the list of who holds what', async () => {
    const { copyNumber, pages } = await deliver({ recoverBy: '2026-01-10' });
    clock.offset += 10 * DAY;
    const { copies } = await desk.dispatch('copies.list', { state: 'overdue' });
    expect(copies).toMatchObject([{ copyNumber, overdue: true, daysOverdue: 5 }]);
    expect(await code('copies.request', wanted({ recoverBy: '2026-03-01' }))).toBe(
      'ISSUE_REFUSED issueRefusal.copyOverdue',
    );
    await desk.dispatch('copies.remind', { copyNumber, method: '電話' });
    const letter = await desk.dispatch('print.form', { form: 'copyRecall', number: String(sales) });
    expect(await words(letter.document)).toContain(copyNumber);
    const held = await desk.dispatch('holdings.list', {});
    expect(held.holdings).toMatchObject([{ number: copyNumber, holder: '李業務', overdue: true }]);
    await desk.dispatch('copies.recover', { copyNumber, pagesBack: pages });
    expect((await desk.dispatch('holdings.list', {})).total).toBe(0);
  });
});

describe('recovery rounds (I2)', () => {
  it('call back all that customer service holds, count what is back, and need a reason for the rest', async () => {
    expect(await code('rounds.open', {})).toBe('CONFLICT hint.roundEmpty');
    const more = { recipientId: service, recipientRole: 'customerService' } as const;
    const one = await deliver(more);
    const two = await deliver(more);
    await deliver();
    expect((await desk.dispatch('rounds.list', {})).nextDue).toBe('2026-04-15');
    const { roundNumber, copies } = await desk.dispatch('rounds.open', { note: '第一季' });
    expect(copies).toBe(2);
    expect(await code('rounds.open', {})).toBe('CONFLICT hint.roundOpen');
    expect((await desk.dispatch('copies.get', { copyNumber: one.copyNumber })).round).toBe(roundNumber);
    await desk.dispatch('copies.recover', { copyNumber: one.copyNumber, pagesBack: one.pages });
    const { round, lines } = await desk.dispatch('rounds.get', { roundNumber });
    expect(round.settled).toBe(1);
    expect(lines.map((line) => line.outcome).sort()).toEqual(['recovered', null].sort());
    expect(await code('rounds.close', { roundNumber })).toBe('INPUT_INVALID');
    await desk.dispatch('rounds.close', { roundNumber, note: '一份仍在現場使用' });
    const again = await desk.dispatch('rounds.open', {});
    expect(again.copies).toBe(1);
    await desk.dispatch('copies.recover', { copyNumber: two.copyNumber, pagesBack: two.pages });
    expect((await desk.dispatch('rounds.close', { roundNumber: again.roundNumber })).settled).toBe(1);
    for (const [form, number] of [
      ['recoveryRound', roundNumber],
      ['issueRegister', '2026'],
      ['holdings', ''],
    ] as const)
      expect((await desk.dispatch('print.form', { form, number })).pages).toBeGreaterThan(0);
  });

  it('the log verifies after all of it and holds numbers, not names', async () => {
    expect((await desk.dispatch('audit.verify', { deep: false })).checks.filter((check) => !check.ok)).toEqual([]);
    const entries = desk.archive.audit.list({ limit: 500 }).entries.filter((entry) => entry.type.startsWith('copy.'));
    expect(JSON.stringify(entries.map((entry) => entry.data))).not.toMatch(/甲公司|王小姐|李業務/);
  });
});
