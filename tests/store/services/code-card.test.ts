import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECOVERY_USED } from '../../../electron/services/open-archive.ts';
import { writeInfo } from '../../../electron/store/archive-records.ts';
import { forgetKeyFile } from '../../../electron/vault/vault.ts';
import { CODES_ON_A_CARD, cleanCode, codesFrom, RANDOM_BYTES_FOR_A_CARD } from '../../../shared/domain/code-card.ts';
import { KEEPER_SECRET } from '../../builders/vault-builder.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';
import { readPdf } from '../../unit/print/read-pdf.ts';

/** The second factor (feature 87): a card of one-time codes beside the secret. */
const SECRET = 'an own secret for the tests';
const folder = mkdtempSync(join(tmpdir(), 'code-card-'));
const directory = join(folder, 'archive');
let desk: TestArchive;
let codes: string[] = [];

const keeper = { directory, login: 'keeper', secret: KEEPER_SECRET };
async function reopened(): Promise<TestArchive> {
  await desk?.close();
  return openTestArchive({ directory, start: 'empty' });
}
const refusal = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
  const answer = await desk.answer(name, input);
  return answer.ok ? 'ok' : `${answer.error.code} ${answer.error.params?.['index'] ?? ''}`.trim();
};
/** The codes as they stand on the paper, by their numbers. */
async function codesOn(document: string): Promise<string[]> {
  const pdf = await readPdf((await desk.surroundings.shelf.get(document)).bytes);
  const text = await pdf.text(1);
  // Every word of it is a word for people.
  expect(text).toContain('登入代碼卡');
  expect(text).not.toContain('codeCard');
  const found = [...text.matchAll(/(\d{1,2})\s+([0-9A-Z]{4}-[0-9A-Z]{4})/gu)];
  return found.sort((a, b) => Number(a[1]) - Number(b[1])).map((one) => one[2] ?? '');
}

beforeAll(async () => {
  desk = await openTestArchive({ directory });
  await desk.dispatch('users.add', {
    ownSecret: KEEPER_SECRET,
    login: 'boss',
    displayName: '林經理',
    role: 'executive',
    secret: SECRET,
  });
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a code is read as it is typed, and no two of a card are the same', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: RANDOM_BYTES_FOR_A_CARD, maxLength: RANDOM_BYTES_FOR_A_CARD }), (random) => {
      const made = codesFrom(random);
      expect(made).toHaveLength(CODES_ON_A_CARD);
      for (const code of made) {
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/u);
        expect(cleanCode(` ${code.toLowerCase().replace('-', ' ').replace('0', 'o').replace('1', 'l')}`)).toBe(code);
      }
    }),
  );
});

describe('whoever has a card signs in with secret and next code', () => {
  it('the card is printed for who types the own secret; the archive keeps no code that could be read', async () => {
    expect(await refusal('codeCards.make', { login: 'keeper', secret: 'not the secret' })).toBe('SECRET_WRONG');
    const { document, pages } = await desk.dispatch('codeCards.make', { login: 'keeper', secret: KEEPER_SECRET });
    expect(pages).toBe(1);
    codes = await codesOn(document);
    expect(new Set(codes).size).toBe(CODES_ON_A_CARD);
    const rows = JSON.stringify(desk.archive.database.reader.all('SELECT * FROM code_card'));
    expect(codes.filter((code) => rows.includes(code))).toEqual([]);
    expect(await desk.dispatch('codeCards.list', {})).toMatchObject({ cards: [{ login: 'keeper', left: 60 }] });
  });

  it('unlocking asks for it, refuses a wrong one and one that was used, and says so in the log', async () => {
    desk = await reopened();
    expect(await refusal('archive.unlock', keeper)).toBe('CODE_NEEDED 1');
    expect(await refusal('archive.unlock', { ...keeper, code: codes[1] })).toBe('CODE_WRONG 1');
    expect(desk.surroundings.session.kind).toBe('closed');
    await desk.dispatch('archive.unlock', { ...keeper, code: codes[0]?.toLowerCase() });
    const { entries } = await desk.dispatch('audit.list', { limit: 5 });
    expect(entries.map(({ type }) => type)).toEqual(expect.arrayContaining(['session.unlock', 'outer.secret.wrong']));
    expect(JSON.parse(entries.find(({ type }) => type === 'session.unlock')?.data ?? '')).toMatchObject({ code: 1 });
    desk = await reopened();
    expect(await refusal('archive.unlock', { ...keeper, code: codes[0] })).toBe('CODE_WRONG 2');
    await desk.dispatch('archive.unlock', { ...keeper, code: codes[1] });
  });

  it('so do the reading room and the way back from it', async () => {
    const made = await desk.dispatch('codeCards.make', { login: 'boss', secret: SECRET });
    const own = await codesOn(made.document);
    await desk.dispatch('lookup.handOver', {});
    const signIn = { login: 'boss', secret: SECRET, purpose: '核對年度合約' };
    expect(await refusal('lookup.signIn', signIn)).toBe('CODE_NEEDED 1');
    expect(desk.surroundings.session.kind).toBe('handover');
    await desk.dispatch('lookup.signIn', { ...signIn, code: own[0] });
    await desk.dispatch('lookup.end', {});
    expect(await refusal('lookup.backToDesk', { secret: KEEPER_SECRET })).toBe('CODE_NEEDED 3');
    await desk.dispatch('lookup.backToDesk', { secret: KEEPER_SECRET, code: codes[2] });
    expect((await desk.dispatch('codeCards.list', {})).cards.map(({ left }) => left)).toEqual([59, 57]);
  });

  it('a card is replaced or ended only with its next code; a new secret ends a lost one', async () => {
    expect(await refusal('codeCards.make', { login: 'keeper', secret: KEEPER_SECRET })).toBe('CODE_NEEDED 4');
    expect(await refusal('codeCards.end', { login: 'boss', secret: SECRET })).toBe('CODE_NEEDED 2');
    await desk.dispatch('users.readmit', {
      ownSecret: KEEPER_SECRET,
      login: 'boss',
      secret: `${SECRET} anew`,
      reason: '卡片遺失',
    });
    expect((await desk.dispatch('codeCards.list', {})).cards.map(({ login }) => login)).toEqual(['keeper']);
    await desk.dispatch('codeCards.end', { login: 'keeper', secret: KEEPER_SECRET, code: codes[3] });
    desk = await reopened();
    await desk.dispatch('archive.unlock', keeper);
    expect((await desk.dispatch('audit.list', { limit: 20 })).entries.map(({ type }) => type)).toContain(
      'codeCard.end',
    );
  });

  it('whoever agrees or signs at the keeper’s desk shows the card; the keeper who sits there types the secret alone (R25)', async () => {
    const supervisor = { login: 'supervisor', secret: `${SECRET} of the supervisor` };
    await desk.dispatch('users.add', {
      ownSecret: KEEPER_SECRET,
      ...supervisor,
      displayName: '李主管',
      role: 'supervisor',
    });
    const own = await codesOn((await desk.dispatch('codeCards.make', supervisor)).document);
    await desk.dispatch('codeCards.make', { login: 'keeper', secret: KEEPER_SECRET });
    const statement = {
      kind: 'copyIssue' as const,
      subject: 'copyRequest:1',
      purpose: '拜訪前準備',
      lines: [{ field: 'customer', value: 'E000001 甲公司' }],
    };
    const boss = { login: 'boss', secret: `${SECRET} anew` };
    const bossCodes = await codesOn((await desk.dispatch('codeCards.make', boss)).document);
    expect(await refusal('agreements.give', { statement, ...boss })).toBe('CODE_NEEDED 1');
    expect((await desk.dispatch('agreements.list', {})).total).toBe(0);
    // A code is struck off by what it was good for, and by nothing that came to nothing.
    expect(await refusal('agreements.give', { statement, ...boss, code: bossCodes[0] })).toBe('ROLE_REFUSED');
    expect(await refusal('audit.countersign', { ...boss, code: bossCodes[0] })).toBe('ROLE_REFUSED');

    expect(await refusal('audit.countersign', supervisor)).toBe('CODE_NEEDED 1');
    await desk.dispatch('audit.countersign', { ...supervisor, code: own[0] });
    const clerk = { login: 'clerk', displayName: '陳專員', role: 'customerService' as const, secret: SECRET };
    const answer = await desk.answer('users.add', { ownSecret: KEEPER_SECRET, ...clerk, approver: supervisor });
    expect(answer).toMatchObject({ error: { code: 'CODE_NEEDED', params: { index: 2, login: 'supervisor' } } });
    expect(
      await refusal('users.add', { ownSecret: KEEPER_SECRET, ...clerk, approver: { ...supervisor, code: own[0] } }),
    ).toBe('CODE_WRONG 2');
    await desk.dispatch('users.add', { ownSecret: KEEPER_SECRET, ...clerk, approver: { ...supervisor, code: own[1] } });
    const witness = { secret: KEEPER_SECRET, witness: supervisor };
    expect(await refusal('keys.rotate', witness)).toBe('CODE_NEEDED 3');
    expect(await refusal('keys.reissueRecovery', witness)).toBe('CODE_NEEDED 3');
    const office = { sha256: 'a'.repeat(64), secret: KEEPER_SECRET, successor: clerk, supervisor };
    const { login, secret } = clerk;
    expect(await refusal('office.handOver', { ...office, successor: { login, secret } })).toBe('CODE_NEEDED 3');

    // The only supervisor has lost the card: the secret alone is no way in, unless the recovery sheet was brought as well.
    expect(await refusal('codeCards.end', supervisor)).toBe('CODE_NEEDED 3');
    writeInfo(desk.archive.database.writer, RECOVERY_USED, '2026-03-02T03:00:00.000Z');
    await desk.dispatch('codeCards.end', supervisor);
    const left = (await desk.dispatch('codeCards.list', {})).cards;
    expect(left.map((card) => [card.login, card.left])).toEqual([
      ['boss', 60],
      ['keeper', 60],
    ]);
    await desk.dispatch('audit.countersign', supervisor);
    desk.archive.database.writer.run('DELETE FROM code_card');
  });

  it('wrong codes are counted like wrong secrets, also where the secret is right (R26); few codes left are a duty', async () => {
    const made = await desk.dispatch('codeCards.make', { login: 'keeper', secret: KEEPER_SECRET });
    codes = await codesOn(made.document);
    desk.archive.database.writer.run('UPDATE code_card SET used = 56');
    const { duties } = await desk.dispatch('duties.today', {});
    expect(duties.find(({ key }) => key === 'codeCards')?.count).toBe(1);
    desk = await reopened();
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(await refusal('archive.unlock', { ...keeper, code: 'AAAA-AAAA' })).toBe('CODE_WRONG 57');
    expect(await refusal('archive.unlock', { ...keeper, code: codes[56] })).toBe('SECRET_DELAYED');
    // Nothing of it stands in the clear beside the archive.
    for (const name of readdirSync(directory, { recursive: true, withFileTypes: true }))
      if (name.isFile()) expect(readFileSync(join(name.parentPath, name.name)).includes(codes[57] ?? '')).toBe(false);
  });
});

describe('132 a key file on a stick is the second lock of the slot', () => {
  const vault = join(folder, 'vault');
  const stick = join(folder, 'stick');
  const away = join(folder, 'drawer');
  let own: TestArchive;
  let recoveryKey = '';
  let id = '';
  const door = { directory: vault, login: 'keeper', secret: KEEPER_SECRET };
  /** The process has ended with the lock: nothing of the stick is remembered. */
  const locked = async () => {
    await own.close();
    forgetKeyFile(id);
    own = await openTestArchive({ directory: vault, start: 'empty' });
  };
  const codeOf = async (name: Parameters<TestArchive['answer']>[0], input: unknown) => {
    const answer = await own.answer(name, input);
    return answer.ok ? 'ok' : answer.error.code;
  };
  beforeAll(async () => {
    own = await openTestArchive({ directory: vault });
    recoveryKey = own.archive.recoveryKey ?? '';
  });
  afterAll(() => own.close());

  it('it is made after the own secret, never inside the archive, and the session goes on without the stick', async () => {
    const { dispatch } = own;
    expect(await codeOf('keyFiles.make', { secret: 'not the secret', folder: stick })).toBe('SECRET_WRONG');
    expect(await codeOf('keyFiles.make', { secret: KEEPER_SECRET, folder: join(vault, 'att') })).toBe('INPUT_INVALID');
    expect(existsSync(stick)).toBe(false);
    const { file } = await dispatch('keyFiles.make', { secret: KEEPER_SECRET, folder: stick });
    id = /dossier-desk-([0-9a-f]{16})\.key$/u.exec(file)?.[1] ?? '';
    expect(await dispatch('keyFiles.status', {})).toEqual({ file: `dossier-desk-${id}.key` });
    renameSync(stick, away);
    const next = 'another long secret of the keeper';
    await dispatch('users.changeSecret', { current: KEEPER_SECRET, next });
    await dispatch('users.changeSecret', { current: next, next: KEEPER_SECRET });
  });

  it('secret and file open together; neither alone does, and another one’s file does not', async () => {
    await locked();
    expect(await codeOf('archive.unlock', door)).toBe('KEY_FILE_NEEDED');
    expect(await codeOf('archive.unlock', { ...door, keyFile: join(folder, 'nowhere') })).toBe('KEY_FILE_NEEDED');
    expect(await codeOf('archive.unlock', { ...door, secret: 'not the secret', keyFile: away })).toBe('SECRET_WRONG');
    const name = `dossier-desk-${id}.key`;
    const whole = readFileSync(join(away, name), 'utf8');
    const forged = JSON.parse(whole) as { key: string };
    writeFileSync(join(away, name), JSON.stringify({ ...forged, key: Buffer.alloc(32, 7).toString('base64') }));
    expect(await codeOf('archive.unlock', { ...door, keyFile: away })).toBe('SECRET_WRONG');
    writeFileSync(join(away, name), whole);
    await own.dispatch('archive.unlock', { ...door, keyFile: join(away, name) });
    expect((await own.dispatch('session.current', {})).kind).toBe('desk');
  });

  it('what a slot asks for cannot be taken out of it', async () => {
    const [slot = ''] = readdirSync(join(vault, 'slots')).filter((name) => name.endsWith('.json'));
    const text = readFileSync(join(vault, 'slots', slot), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ v: 2, device: { kind: 'keyFile', id } });
    await locked();
    writeFileSync(join(vault, 'slots', slot), JSON.stringify({ ...JSON.parse(text), v: 1, device: null }));
    expect(await codeOf('archive.unlock', { ...door, keyFile: away })).toBe('VAULT_DAMAGED');
    writeFileSync(join(vault, 'slots', slot), text);
  });

  it('it ends by secret and file; the recovery sheet opens where it is lost', async () => {
    await own.dispatch('archive.unlock', { ...door, keyFile: away });
    await own.dispatch('keyFiles.end', { secret: KEEPER_SECRET });
    await locked();
    await own.dispatch('archive.unlock', door);
    expect(await own.dispatch('keyFiles.status', {})).toEqual({ file: null });
    const types = own.archive.audit.list({ limit: 20 }).entries.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['keyFile.make', 'keyFile.end']));
    expect((await own.dispatch('audit.verify', {})).ok).toBe(true);
    await own.dispatch('keyFiles.make', { secret: KEEPER_SECRET, folder: stick });
    rmSync(stick, { recursive: true });
    await locked();
    const newSecret = 'a new long secret of the keeper';
    await own.dispatch('archive.unlockWithRecoveryKey', { directory: vault, recoveryKey, newSecret });
    expect(await own.dispatch('keyFiles.status', {})).toEqual({ file: null });
  });
});
