import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consumeAgreement } from '../../../electron/services/agreements.ts';
import type { CommandContext } from '../../../electron/services/context.ts';
import type { AgreementStatement } from '../../../shared/domain/agreements.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

const SECRET = 'an own secret for the tests';
let desk: TestArchive;
let staffId = 0;
beforeAll(async () => {
  desk = await openTestArchive();
  for (const [login, displayName, role] of [
    ['manager', '張客戶經理', 'accountManager'],
    ['executive', '吳副總', 'executive'],
  ] as const)
    await desk.dispatch('users.add', { ownSecret: TEST_KEEPER.secret, login, displayName, role, secret: SECRET });
  staffId = (await desk.dispatch('staff.save', { name: '陳經理', department: '業務部' })).id;
});
afterAll(() => desk.close());

let nextSubject = 0;
function statement(
  more: Partial<AgreementStatement> = {},
): AgreementStatement & { lines: { field: string; value: string }[] } {
  nextSubject += 1;
  return {
    kind: 'copyIssue',
    subject: `copyRequest:${nextSubject}`,
    purpose: '拜訪前準備',
    ...more,
    lines: [{ field: 'customer', value: 'E000001 甲公司' }],
  };
}
const code = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : answer.error.code;
};
const lastEntry = () => desk.archive.audit.list({ limit: 1 }).entries[0];

/** Uses an agreement as a service would, in a transaction of its own. */
function use(agreed: AgreementStatement): string {
  const { database } = desk.archive;
  database.begin();
  try {
    const context = { ...desk.surroundings, sql: database.writer, note: () => {} } as unknown as CommandContext;
    const { name } = consumeAgreement(context, agreed, 'copy:FF-2026-0001');
    database.commit();
    return name;
  } catch (thrown) {
    database.rollback();
    const error = AppError.from(thrown);
    return `${error.code} ${error.params.reason}`;
  }
}

describe('with an own secret', () => {
  it('is used once, by the one it names, and only for exactly what was agreed to', async () => {
    const agreed = statement();
    expect(use(agreed)).toBe('SECOND_PERSON_MISSING none');
    const given = await desk.dispatch('agreements.give', { statement: agreed, login: 'manager', secret: SECRET });
    expect(given).toMatchObject({ name: '張客戶經理', role: 'accountManager', manner: 'secret', state: 'valid' });
    expect(use({ ...agreed, purpose: '拜訪' })).toBe('SECOND_PERSON_MISSING changed');
    expect(use({ ...agreed, lines: [...agreed.lines, { field: 'customer', value: 'E000002' }] })).toBe(
      'SECOND_PERSON_MISSING changed',
    );
    expect(use(agreed)).toBe('張客戶經理');
    expect(use(agreed)).toBe('SECOND_PERSON_MISSING used');
    const [listed] = (await desk.dispatch('agreements.list', { subject: agreed.subject })).agreements;
    expect(listed).toMatchObject({ number: given.number, state: 'used', usedFor: 'copy:FF-2026-0001' });
  });

  it('the log entry is the act of whoever agreed, signed with their key, and holds no secret and no words of the matter', async () => {
    const agreed = statement();
    await desk.dispatch('agreements.give', { statement: agreed, login: 'manager', secret: SECRET });
    const entry = lastEntry();
    expect(entry).toMatchObject({ actor: 'manager', role: 'accountManager', type: 'agreement.give', outcome: 'ok' });
    expect(JSON.parse(entry?.data ?? '{}')).toMatchObject({ desk: 'keeper', kind: 'copyIssue' });
    expect(JSON.stringify(entry)).not.toMatch(/甲公司|own secret|拜訪/);
    expect((await desk.dispatch('audit.verify', { deep: false })).checks.filter((check) => !check.ok)).toEqual([]);
  });

  it('a wrong secret, a role that may not, and the keeper are refused; the refusal stays with the desk', async () => {
    const agreed = statement();
    const give = (login: string, secret: string) => code('agreements.give', { statement: agreed, login, secret });
    expect(await give('manager', 'not the secret at all')).toBe('SECRET_WRONG');
    expect(await give('executive', SECRET)).toBe('ROLE_REFUSED');
    expect(lastEntry()).toMatchObject({ actor: 'keeper', type: 'agreement.give', outcome: 'refused' });
    expect(await give(TEST_KEEPER.login, TEST_KEEPER.secret)).toBe('SECOND_PERSON_MISSING');
    expect(use(agreed)).toBe('SECOND_PERSON_MISSING none');
  });

  it('R26: wrong secrets are counted as at sign-in, and then have to wait', async () => {
    const agreed = statement();
    const wrong = { statement: agreed, login: 'executive', secret: 'not the secret at all' };
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await code('agreements.give', wrong)).toBe('SECRET_WRONG');
    expect(await code('agreements.give', { ...wrong, secret: SECRET })).toBe('SECRET_DELAYED');
  });

  it('says who may agree, without the person at the desk', async () => {
    const people = await desk.dispatch('agreements.people', { kind: 'handoverSuccessor' });
    expect(people).toMatchObject({ roles: ['keeper'], people: [], paper: false });
    expect((await desk.dispatch('agreements.people', { kind: 'copyIssue' })).people.map((one) => one.login)).toEqual([
      'manager',
    ]);
  });
});

describe('by a signed paper', () => {
  const today = new Date().toISOString().slice(0, 10);
  it('is recorded with signer, role, day and the filed paper, and used like the other', async () => {
    const customer = (
      await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '乙公司' } })
    ).number;
    const paper = await desk.dispatch('dossiers.addPaper', {
      customer,
      type: 'contract',
      title: '發放同意書',
      date: today,
      pages: 1,
    });
    const agreed = statement();
    const given = await desk.dispatch('agreements.record', {
      statement: agreed,
      staffId,
      role: 'accountManager',
      signedOn: today,
      paperCode: paper.code,
    });
    expect(given).toMatchObject({ manner: 'paper', name: '陳經理', paperCode: paper.code, recordedBy: '王小明' });
    expect(use(agreed)).toBe('陳經理');
  });

  it('a role that may not, a day to come, an unknown paper and a matter that takes no paper are refused', async () => {
    const agreed = statement();
    const record = (more: object) =>
      code('agreements.record', { statement: agreed, staffId, role: 'accountManager', signedOn: today, ...more });
    expect(await record({ role: 'executive' })).toBe('ROLE_REFUSED');
    expect(await record({ signedOn: '2999-01-01' })).toBe('INPUT_INVALID');
    expect(await record({ signedOn: '2020-01-01' })).toBe('INPUT_INVALID');
    expect(await record({ paperCode: 'E999999-1-1' })).toBe('NOT_FOUND');
    expect(await record({ staffId: 9_999 })).toBe('NOT_FOUND');
    expect(await record({ statement: statement({ kind: 'handover' }), role: 'supervisor' })).toBe('INPUT_INVALID');
  });

  it('can be taken back with a reason while unused, and then never used', async () => {
    const agreed = statement();
    const { number } = await desk.dispatch('agreements.record', {
      statement: agreed,
      staffId,
      role: 'accountManager',
      signedOn: today,
    });
    expect((await desk.dispatch('agreements.withdraw', { number, reason: '登記錯了' })).state).toBe('withdrawn');
    expect(await code('agreements.withdraw', { number, reason: '再一次' })).toBe('CONFLICT');
    expect(use(agreed)).toBe('SECOND_PERSON_MISSING withdrawn');
  });

  it('what was agreed to cannot be rewritten or deleted in the store', async () => {
    const { database } = desk.archive;
    database.begin();
    expect(() => database.writer.run("UPDATE agreement SET used_at = NULL, used_for = ''")).toThrow(/fixed/);
    expect(() => database.writer.run("UPDATE agreement SET statement = '{}' WHERE used_at IS NULL")).toThrow(/fixed/);
    expect(() => database.writer.run('DELETE FROM agreement')).toThrow(/fixed/);
    database.rollback();
  });
});
