import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vaultPaths } from '../../../electron/vault/vault.ts';
import { tinyPdf } from '../../builders/scan-files.ts';
import { hashTree, secretFor } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';
import { upload } from '../../support/running-archive.ts';

let folder: string;
let desk: TestArchive;
let customer = '';
let code = '';
let borrowerId = 0;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-proof-'));
  desk = await openTestArchive({ directory: join(folder, 'archive') });
  customer = (
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '甲公司', shortName: '甲' },
    })
  ).number;
  code = (
    await desk.dispatch('dossiers.addPaper', {
      customer,
      type: 'contract',
      title: '甲約',
      date: '2025-01-01',
      security: 'internal',
    })
  ).code;
  borrowerId = (await desk.dispatch('staff.save', { name: '李業務' })).id;
});
afterEach(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The place of the next entry is taken: the table itself refuses it. */
const refuseEntries = () =>
  desk.archive.database.writer.run(
    "INSERT INTO audit_index (seq, type, actor, obj, outcome) VALUES (?, 'x', 'x', 'x', 'ok')",
    desk.archive.audit.size(),
  );
const acceptEntries = () =>
  desk.archive.database.writer.run('DELETE FROM audit_index WHERE seq >= ?', desk.archive.audit.size());
const errorOf = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : answer.error.code;
};
/** Everything that lasts: rows as people see them, files but the database's own. */
const state = async () => {
  const files = Object.entries(hashTree(desk.directory)).filter(([name]) => !/\.db(-wal|-shm|-journal)?$/.test(name));
  const rows = await Promise.all([
    desk.dispatch('customers.list', {}),
    desk.dispatch('dossiers.list', {}),
    desk.dispatch('loans.list', { state: 'all' }),
    desk.dispatch('staff.list', { text: '', includeInactive: true }),
    desk.dispatch('users.list', {}),
    desk.dispatch('settings.get', {}),
    desk.dispatch('volumes.list', {}),
    desk.dispatch('imports.list', {}),
    desk.dispatch('lookup.register', {}),
  ]);
  return JSON.stringify({ files, rows, entries: desk.archive.audit.size(), kind: desk.surroundings.session.kind });
};

describe('R34 what cannot be entered in the log does not happen', () => {
  it('R34 every command leaves rows and files as they were, with a named error', async () => {
    const scan = await upload({ call: desk.dispatch }, 'a.pdf', tinyPdf('甲'), 'scan');
    const bytes = Buffer.from('客戶名稱\n乙公司\n');
    const { table } = await desk.dispatch('imports.read', {
      upload: await upload({ call: desk.dispatch }, 'a.csv', bytes, 'table'),
      kind: 'enterprise',
    });
    const { document } = await desk.dispatch('print.form', { form: 'card', number: customer });
    const saved = join(folder, 'released.pdf');
    const backup = join(folder, 'a.backup.age');
    const checkpoint = join(folder, 'checkpoint.txt');
    const bound = join(folder, 'bound');
    const before = await state();
    refuseEntries();
    const commands = [
      ['customers.create', { kind: 'enterprise', values: { registeredName: '丙公司' } }],
      ['customers.update', { number: customer, revision: 1, values: { shortName: '丙' } }],
      ['dossiers.addPaper', { customer, type: 'contract', title: '乙約' }],
      ['dossiers.takeOut', { code, as: 'removed', reason: '送換發' }],
      ['scans.attach', { upload: scan, code }],
      ['staff.save', { name: '王業務' }],
      ['loans.lend', { code, borrowerId, purpose: '看' }],
      ['settings.update', { institution: '別家' }],
      ['imports.apply', { table }],
      ['binding.bind', { year: 2025, directory: bound, explanation: '缺件另函索取' }],
      [
        'users.add',
        { ownSecret: TEST_KEEPER.secret, login: 'wu', displayName: '吳', role: 'executive', secret: secretFor('wu') },
      ],
      ['users.changeSecret', { current: TEST_KEEPER.secret, next: '換過的密語是山間小屋的燈火與茶' }],
      ['documents.save', { document, file: saved }],
      ['print.form', { form: 'card', number: customer }],
      ['archive.backup', { file: backup }],
      ['audit.checkpoint', { file: checkpoint }],
      ['lookup.handOver', {}],
      ['session.lock', {}],
    ] as const;
    for (const [name, input] of commands) expect(await errorOf(name, input), name).toBe('AUDIT_UNAVAILABLE');
    acceptEntries();
    expect(await state()).toBe(before);
    for (const path of [saved, checkpoint, backup]) expect(existsSync(path), path).toBe(false);
    expect(readdirSync(bound)).toEqual([]);
    expect(desk.ended).toEqual([]);
    // Room again: the same work goes on without a restart.
    expect(await errorOf('scans.attach', { upload: scan, code })).toBe('ok');
    expect((await desk.dispatch('audit.verify', { deep: true })).ok).toBe(true);
  });

  it('R34 nothing is shown that would have to be entered', async () => {
    refuseEntries();
    for (const [name, input] of [
      ['customers.get', { number: customer }],
      ['dossiers.get', { number: customer }],
      ['search.find', { text: '甲公司' }],
      ['customers.history', { number: customer }],
    ] as const)
      expect(await errorOf(name, input), name).toBe('AUDIT_UNAVAILABLE');
    acceptEntries();
    expect(await errorOf('customers.get', { number: customer })).toBe('ok');
  });
});

describe('what is durable stays', () => {
  it('a bound volume whose file cannot be written is bound all the same, and can be opened', async () => {
    const directory = join(folder, 'bound');
    const { volumes } = await desk.dispatch('binding.bind', { year: 2025, dryRun: true });
    // A folder that is not empty stands where the file should go.
    mkdirSync(join(directory, volumes[0]?.file ?? '', 'in the way'), { recursive: true });
    expect(await errorOf('binding.bind', { year: 2025, directory, explanation: '缺件另函索取' })).not.toBe('ok');
    const bound = (await desk.dispatch('volumes.list', {})).volumes;
    expect(bound).toHaveLength(1);
    expect((await desk.dispatch('volumes.open', { id: bound[0]?.id ?? 0 })).pages).toBe(bound[0]?.pages);
    expect((await desk.dispatch('audit.verify', { deep: true })).ok).toBe(true);
  });

  it('a folder that takes no files is found out before anything is bound', async () => {
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    expect(await errorOf('binding.bind', { year: 2025, directory: join(file, 'below'), explanation: '缺' })).toBe(
      'INPUT_OUTPUT',
    );
    expect((await desk.dispatch('volumes.list', {})).total).toBe(0);
  });
});

describe('R33 people change in step with the log', () => {
  const add = () =>
    desk.answer('users.add', {
      ownSecret: TEST_KEEPER.secret,
      login: 'wu',
      displayName: '吳',
      role: 'executive',
      secret: secretFor('wu'),
    });
  const logins = async () => (await desk.dispatch('users.list', {})).users.map((user) => user.login);
  const entries = async () => (await desk.dispatch('audit.list', { type: 'user.add', outcome: 'ok' })).total;

  it('R33 an admission that a crash cuts short is in force if its entry is durable, else withdrawn', async () => {
    // What lies on the disk just before and just after the commit, as a kill there would leave it.
    const { database } = desk.archive;
    const moments = { before: join(folder, 'before'), after: join(folder, 'after') };
    const commit = () => {
      cpSync(desk.directory, moments.before, { recursive: true });
      database.commit();
      cpSync(desk.directory, moments.after, { recursive: true });
    };
    const watched = Object.create(database, { commit: { value: commit } }) as typeof database;
    Object.defineProperty(desk.archive, 'database', { configurable: true, value: watched });
    expect((await add()).ok).toBe(true);
    Object.defineProperty(desk.archive, 'database', { configurable: true, value: database });
    expect([await logins(), await entries()]).toEqual([['keeper', 'wu'], 1]);

    for (const [moment, people] of [
      ['before', ['keeper']],
      ['after', ['keeper', 'wu']],
    ] as const) {
      await desk.close();
      desk = await openTestArchive({ directory: moments[moment], start: 'empty' });
      const { login, secret } = TEST_KEEPER;
      await desk.dispatch('archive.unlock', { directory: desk.directory, login, secret });
      expect([await logins(), await entries()], moment).toEqual([people, people.length - 1]);
      expect(existsSync(vaultPaths(desk.directory).proposedKeyring)).toBe(false);
      expect(Object.keys(hashTree(desk.directory)).filter((name) => /\.(next|tmp)$/.test(name))).toEqual([]);
    }
    await desk.dispatch('lookup.handOver', {});
    await desk.dispatch('lookup.signIn', { login: 'wu', secret: secretFor('wu'), purpose: '核對往來資料' });
  });

  it('R71 with a supervisor in the archive one person alone admits nobody, and nothing is left waiting', async () => {
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      login: 'chief',
      displayName: '林主管',
      role: 'supervisor',
      secret: secretFor('chief'),
    });
    const answer = await add();
    expect(answer.ok ? '' : answer.error.code).toBe('SECOND_PERSON_MISSING');
    expect(await logins()).toEqual(['keeper', 'chief']);
    expect(existsSync(vaultPaths(desk.directory).proposedKeyring)).toBe(false);
  });
});
