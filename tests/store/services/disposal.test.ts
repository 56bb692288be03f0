import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealedPath } from '../../../electron/vault/sealed-files.ts';
import { tinyPng } from '../../builders/scan-files.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';
import { readPdf } from '../../unit/print/read-pdf.ts';

/** Retention and disposal (Y2, §7.7, §7.9). */

const SECRET = 'an own secret for the tests';
const clock = { day: Date.UTC(2026, 0, 5, 2), now: () => new Date(clock.day), monotonicMs: () => 0 };
const media = mkdtempSync(join(tmpdir(), 'dossier-disposal-'));
let desk: TestArchive;
let customer = '';
let borrower = 0;
let volumeCode = '';
let contract = '';

const errorOf = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  if (answer.ok) return 'ok';
  return answer.error.fields?.[0]?.message ?? `${answer.error.code} ${answer.error.hint ?? ''}`.trim();
};
const due = async (months = 0) => (await desk.dispatch('disposals.due', { months })).things;
const list = (number: string) => desk.dispatch('disposals.get', { number });
async function agree(number: string, kind: 'approval' | 'witness', login: string): Promise<void> {
  const { statement } = (await list(number))[kind];
  await desk.dispatch('agreements.give', { statement, login, secret: SECRET });
}

beforeAll(async () => {
  desk = await openTestArchive({ clock });
  for (const [login, role] of [
    ['exec', 'executive'],
    ['manager', 'businessManager'],
  ] as const)
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      login,
      displayName: login,
      role,
      secret: SECRET,
    });
  customer = (
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '臺北永順貿易股份有限公司' },
    })
  ).number;
  borrower = (await desk.dispatch('staff.save', { name: '李業務', department: '業務一部', position: '業務員' })).id;
  await desk.dispatch('retention.set', {
    type: 'contract',
    years: 5,
    trigger: 'volumeClosed',
    basis: '公司保管期限表',
    reason: '董事會核定',
  });
  contract = (
    await desk.dispatch('dossiers.addPaper', {
      customer,
      type: 'contract',
      title: '供貨合同',
      date: '2025-04-01',
      pages: 3,
      security: 'internal',
    })
  ).code;
  const { upload } = await desk.dispatch('uploads.begin', { name: 'a.png', size: tinyPng('a').length });
  await desk.dispatch('uploads.append', { upload, data: tinyPng('a').toString('base64') });
  await desk.dispatch('scans.attach', { upload, code: contract });
  await desk.dispatch('binding.bind', { year: 2025, explanation: '缺件另函索取' });
  volumeCode = (await desk.dispatch('volumes.list', {})).volumes[0]?.code ?? '';
});
afterAll(async () => {
  await desk.close();
  rmSync(media, { recursive: true, force: true });
});

describe('§7.7 the schedule', () => {
  it('is a proposal until the company sets its own; papers are filed by it, and a volume is kept as its papers are', async () => {
    const { rules } = await desk.dispatch('retention.get', {});
    expect(rules.find((rule) => rule.type === 'contract')).toMatchObject({ years: 5, isProposal: false, by: '王小明' });
    expect(rules.find((rule) => rule.type === 'creditLimitApproval')).toMatchObject({ years: 30, isProposal: true });
    const { paper } = await desk.dispatch('dossiers.paper', { code: contract });
    expect(paper.retention).toBe('D5');
    expect((await desk.dispatch('volumes.list', {})).volumes[0]?.retention).toBe('D5');
    expect(await errorOf('retention.set', { type: 'none', years: 5, trigger: 'settled', reason: 'x' })).toBe(
      'validation.notAnOption',
    );
  });
});

describe('§7.9 what is due, and what stands against it', () => {
  it('nothing before its day; from the day after its end it is due', async () => {
    expect(await due()).toEqual([]);
    expect(await errorOf('disposals.draft', { codes: [volumeCode] })).toBe('validation.disposal.notExpired');
    expect((await due(60)).map((thing) => [thing.code, thing.startsOn, thing.endsOn])).toEqual([
      [volumeCode, '2026-01-01', '2030-12-31'],
    ]);
    clock.day = Date.UTC(2031, 0, 6, 2);
    expect((await due()).map((thing) => [thing.code, thing.blockers])).toEqual([[volumeCode, []]]);
  });

  it('the yearly cleaning asks what becomes of it', async () => {
    await desk.dispatch('dossiers.addPaper', { customer, type: 'contract', title: '新合同', date: '2030-05-01' });
    const { findings } = await desk.dispatch('archiveYears.findings', { year: 2030, kind: 'expiredRetention' });
    expect(findings.map((one) => one.subject)).toEqual([volumeCode]);
  });

  it('an open loan, a debt and a hold each stand against it, and say so', async () => {
    const { loanNumber } = await desk.dispatch('loans.lend', { code: contract, borrowerId: borrower, purpose: '核對' });
    expect(await errorOf('disposals.draft', { codes: [volumeCode] })).toBe('validation.disposal.openLoan');
    await desk.dispatch('loans.return', { loanNumber, pagesIn: 3 });

    const held = await desk.dispatch('holds.place', { subject: customer, reason: '訴訟中' });
    expect((await due())[0]?.blockers.map((one) => one.reason)).toEqual(['legalHold']);
    await desk.dispatch('holds.lift', { id: held.id, reason: '和解' });
    const onVolume = await desk.dispatch('holds.place', { subject: volumeCode, reason: '查核' });
    expect(await errorOf('disposals.draft', { codes: [volumeCode] })).toBe('validation.disposal.legalHold');
    await desk.dispatch('holds.lift', { id: onVolume.id, reason: '查核完畢' });

    const { database } = desk.archive;
    database.begin();
    database.writer.run(
      `INSERT INTO customer_balance (customer_id, currency, orders, ordered, received, returned, receivable, prepaid, undelivered) VALUES (1, 'TWD', 1, 10, 0, 0, 10, 0, 0)`,
    );
    database.commit();
    expect((await due())[0]?.blockers).toEqual([{ reason: 'openDebt', detail: customer }]);
    database.begin();
    database.writer.run('DELETE FROM customer_balance');
    database.commit();
    expect((await due())[0]?.blockers).toEqual([]);
  });

  it('kept longer, it is no longer due', async () => {
    await desk.dispatch('disposals.extend', { code: volumeCode, until: '2031-12-31', reason: '仍有查考價值' });
    expect(await due()).toEqual([]);
    clock.day = Date.UTC(2032, 0, 6, 2);
    expect(await due()).toHaveLength(1);
  });
});

describe('Y2 destruction takes two more people', () => {
  let number = '';
  it('nobody alone, not the same person twice, not the keeper', async () => {
    number = (await desk.dispatch('disposals.draft', { codes: [volumeCode], remark: '2031 年度到期' })).number;
    expect(number).toBe('XH-2032-001');
    expect(await errorOf('disposals.draft', { codes: [volumeCode] })).toBe('CONFLICT hint.onDraft');
    expect(await errorOf('disposals.destroy', { number })).toBe('SECOND_PERSON_MISSING hint.agreement.none');
    await agree(number, 'approval', 'exec');
    expect(await errorOf('disposals.destroy', { number })).toBe('SECOND_PERSON_MISSING hint.agreement.none');
    await agree(number, 'witness', 'exec');
    expect(await errorOf('disposals.destroy', { number })).toBe('SECOND_PERSON_MISSING hint.agreement.same');
    // Somebody else is asked for, although this one has agreed.
    const { statement, standing } = (await list(number)).witness;
    expect(standing).toBe('none');
    expect(
      await errorOf('agreements.give', { statement, login: 'keeper', secret: 'keeper agrees with himself' }),
    ).not.toBe('ok');
    expect((await desk.dispatch('volumes.list', {})).volumes[0]?.destroyedIn).toBeNull();
  });

  it('a loan that begins in between stops it', async () => {
    await agree(number, 'witness', 'manager');
    const { loanNumber } = await desk.dispatch('loans.lend', { code: contract, borrowerId: borrower, purpose: '核對' });
    expect(await errorOf('disposals.destroy', { number })).toBe('validation.disposal.openLoan');
    await desk.dispatch('loans.return', { loanNumber, pagesIn: 3 });
  });

  it('R13 keys and files go in one transaction, the catalogue row stays and says so, verify passes and knows', async () => {
    const ids = desk.archive.database.reader
      .all<{ id: string }>("SELECT id FROM attachment WHERE purpose IN ('scan', 'volume')")
      .map(({ id }) => id);
    expect(ids.every((id) => existsSync(sealedPath(desk.directory, id)))).toBe(true);
    const recoveryKey = desk.archive.recoveryKey ?? '';
    const sealedIn = async (file: string) => {
      await desk.dispatch('archive.backup', { file: join(media, file) });
      return (await desk.dispatch('backups.compare', { file: join(media, file), recoveryKey })).backup.sealedFiles;
    };
    expect(await sealedIn('before.age')).toBe(2);
    const sealed = ids.map((id) => readFileSync(sealedPath(desk.directory, id)));
    await agree(number, 'witness', 'manager');
    const done = await desk.dispatch('disposals.destroy', { number, remark: '碎紙' });
    expect(done).toMatchObject({ volumes: 1, papers: 1, files: 2 });
    expect(done.list).toMatchObject({ state: 'destroyed', approvedBy: 'exec', witnessedBy: 'manager' });
    expect(ids.some((id) => existsSync(sealedPath(desk.directory, id)))).toBe(false);
    expect(desk.archive.database.reader.get<{ n: number }>('SELECT count(*) AS n FROM attachment')?.n).toBe(0);
    // R13: the bytes alone, put back from somewhere, open nothing; the next backup has nothing to open them with either.
    expect(await sealedIn('after.age')).toBe(0);
    for (const [index, id] of ids.entries()) {
      writeFileSync(sealedPath(desk.directory, id), sealed[index] ?? '');
      expect(await errorOf('scans.open', { scan: id })).toMatch(/^NOT_FOUND/);
      rmSync(sealedPath(desk.directory, id));
    }

    const { paper, trail } = await desk.dispatch('dossiers.paper', { code: contract });
    expect(paper).toMatchObject({ state: 'destroyed', title: '供貨合同', scans: [], retention: 'D5' });
    expect(trail[0]).toMatchObject({ act: 'destroyed', detail: number });
    const { volumes } = await desk.dispatch('volumes.list', {});
    expect(volumes[0]?.destroyedIn).toBe(number);
    expect(await errorOf('volumes.open', { id: volumes[0]?.id })).toBe('NOT_FOUND hint.destroyed');
    expect(await errorOf('loans.lend', { code: contract, borrowerId: borrower, purpose: '核對' })).not.toBe('ok');
    expect(await errorOf('dossiers.putBack', { code: contract, reason: 'x' })).not.toBe('ok');
    expect(await due()).toEqual([]);

    const verified = await desk.dispatch('audit.verify', { deep: true });
    expect(verified.ok).toBe(true);
    expect(verified.checks.find((check) => check.name === 'destroyed')).toMatchObject({ ok: true, detail: '1' });
    // The catalogue of a destroyed volume is still fixed.
    const { database } = desk.archive;
    database.begin();
    database.writer.run("UPDATE paper SET title = '改過' WHERE destroyed_in IS NOT NULL");
    database.commit();
    const changed = await desk.dispatch('audit.verify', {});
    expect(changed.checks.find((check) => check.name === 'volumes')).toMatchObject({ ok: false, detail: volumeCode });
    database.begin();
    database.writer.run("UPDATE paper SET title = '供貨合同' WHERE destroyed_in IS NOT NULL");
    database.commit();
  });

  it('the list is kept and printed with the names of all', async () => {
    const form = await desk.dispatch('print.form', { form: 'disposalList', number });
    const pdf = await readPdf((await desk.surroundings.shelf.get(form.document)).bytes);
    const text = (await pdf.text(1)).replaceAll(/\s/g, '');
    for (const words of ['檔案銷毀清冊', number, 'exec', 'manager', '王小明', '碎紙']) expect(text).toContain(words);
    expect(await errorOf('disposals.destroy', { number })).toBe('CONFLICT hint.disposalEnded');
    expect(await errorOf('disposals.cancel', { number, reason: 'x' })).toBe('CONFLICT hint.disposalEnded');
  });
});
