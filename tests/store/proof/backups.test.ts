import { spawnSync } from 'node:child_process';
import { createHash, hkdfSync } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqlCipher from '@signalapp/sqlcipher';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { leaveArchive } from '../../../electron/services/open-archive.ts';
import { closedSession } from '../../../electron/services/session.ts';
import { writeBackup } from '../../../electron/vault/backup-file.ts';
import { walkBackup } from '../../../electron/vault/backup-reading.ts';
import { backupRecipientsOf } from '../../../electron/vault/vault.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { tinyPdf } from '../../builders/scan-files.ts';
import { type HandClock, handClock, hashTree, KEEPER_SECRET } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';
import { upload } from '../../support/running-archive.ts';
import { dice } from '../../support/store-scratch.ts';
import { readPdf } from '../../unit/print/read-pdf.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const NEW_SECRET = 'a new secret for the keeper here';
const NO_MANIFEST = {
  format: 1 as const,
  vault: 'v',
  epoch: 1,
  logSize: 0,
  logRoot: '',
  logChain: '',
  rows: {},
  schema: 1,
  program: '0',
  highWater: '',
  lastEntries: [],
  base: null,
};
const CANARY = '金絲雀客戶名稱';

let folder: string;
let clock: HandClock;
let desk: TestArchive;
let recoveryKey = '';
let customer = '';
const [stickA, stickB] = ['stick-a', 'stick-b'] as const;

async function addPaper(title: string): Promise<void> {
  const { code } = await desk.dispatch('dossiers.addPaper', { customer, type: 'contract', title });
  const handed = await upload({ call: desk.dispatch }, 'scan.pdf', tinyPdf(title), 'scan');
  await desk.dispatch('scans.attach', { upload: handed, code });
}
const place = (...parts: string[]) => join(folder, ...parts);
const backup = (where: string, extent: 'auto' | 'full' | 'incremental' = 'auto') =>
  desk.dispatch('archive.backup', { file: place(where), extent });
const filesOf = (where: string) => readdirSync(place(where)).filter((name) => name.endsWith('.age'));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-backups-'));
  clock = handClock('2026-03-02T08:00:00.000Z');
  desk = await openTestArchive({ directory: place('archive'), clock });
  recoveryKey = desk.archive.recoveryKey ?? '';
  customer = (await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: CANARY } }))
    .number;
  for (const title of ['甲約', '乙約', '丙約']) await addPaper(title);
  for (const stick of [stickA, stickB]) mkdirSync(place(stick));
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('full and incremental, on two media in turns', () => {
  it('R59 the first on a medium is full; then only what the medium lacks, and every fifth is full again', async () => {
    const first = await backup(stickA);
    expect(first).toMatchObject({ extent: 'full', carried: 3, sealedFiles: 3, newMedium: true, verified: true });
    await addPaper('丁約');
    clock.advance(60_000);
    expect(await backup(stickA)).toMatchObject({ extent: 'incremental', carried: 1, sealedFiles: 4, newMedium: false });
    clock.advance(60_000);
    // The other stick has nothing yet.
    expect(await backup(stickB)).toMatchObject({ extent: 'full', carried: 4, newMedium: true });
    for (const _ of [1, 2]) {
      clock.advance(60_000);
      expect(await backup(stickA)).toMatchObject({ extent: 'incremental', carried: 0 });
    }
    clock.advance(60_000);
    expect(await backup(stickA)).toMatchObject({ extent: 'full', carried: 4 });
    const { media, runs, advice, alarm } = await desk.dispatch('backups.status', {});
    expect([media.map(({ backups }) => backups).sort(), runs.length, advice, alarm]).toEqual([
      [1, 5],
      6,
      'other',
      'none',
    ]);
    expect(media.find(({ next }) => next)?.place).toBe(place(stickB));
  });

  it('R59 where the chain is broken a full one is made, and an incremental one is refused with the reason', async () => {
    const stick = 'broken-chain';
    mkdirSync(place(stick));
    const { file } = await backup(stick);
    rmSync(file);
    const answer = await desk.answer('archive.backup', { file: place(stick), extent: 'incremental' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID', hint: 'hint.backupChain' } });
    clock.advance(60_000);
    expect((await backup(stick)).extent).toBe('full');
  });

  it('R59 one that takes the place of the last is full, and opens alone', async () => {
    const stick = 'same-name';
    mkdirSync(place(stick));
    const file = join(stick, 'archive.backup.age');
    await backup(file);
    clock.advance(60_000);
    const second = await backup(file);
    expect(second.extent).toBe('full');
    const { standing } = await desk.dispatch('backups.compare', { file: second.file, recoveryKey });
    expect(standing).toBe('older');
  });

  it('R10 R59 after a new recovery sheet the chain begins anew: the new key alone opens what is made from then on', async () => {
    const other = await openTestArchive({ directory: place('reissued'), clock });
    try {
      const stick = place('reissued-stick');
      mkdirSync(stick);
      await other.dispatch('archive.backup', { file: stick });
      const { recoveryKey: next } = await other.dispatch('keys.reissueRecovery', { secret: KEEPER_SECRET });
      clock.advance(60_000);
      const made = await other.dispatch('archive.backup', { file: stick });
      expect(made.extent).toBe('full');
      const found = await other.dispatch('backups.compare', { file: made.file, recoveryKey: next });
      expect(found.standing).toBe('older');
    } finally {
      await other.close();
    }
  });

  it('R59 a day of work without a backup shows on the desk, a week more so; the desk says whose turn it is', async () => {
    expect((await desk.dispatch('backups.status', {})).alarm).toBe('none');
    clock.advance(25 * 3_600_000);
    for (const title of ['戊約', '己約', '庚約']) await addPaper(title);
    expect((await desk.dispatch('backups.status', {})).alarm).toBe('day');
    clock.advance(7 * 24 * 3_600_000);
    expect((await desk.dispatch('backups.status', {})).alarm).toBe('week');
    // Who signs in without one leaves it in the log, and the supervisor's report asks about it.
    await leaveArchive(desk.archive);
    Object.assign(desk.surroundings.session, closedSession());
    await desk.dispatch('archive.unlock', { directory: desk.directory, login: 'keeper', secret: KEEPER_SECRET });
    const { signals } = await desk.dispatch('audit.report', { month: clock.now().toISOString().slice(0, 7) });
    expect(signals.find(({ key }) => key === 'backupLate')).toMatchObject({ count: 1, remarkable: true });
    const duties = JSON.stringify(await desk.dispatch('duties.today', {}));
    expect(duties).toContain(stickB);
    clock.advance(60_000);
    await backup(stickB);
    expect((await desk.dispatch('backups.status', {})).alarm).toBe('none');
  });
});

describe('what a backup is', () => {
  it('R55 is unpacked no faster than what is unpacked is taken: a large one does not come to lie in memory', async () => {
    const large = await openTestArchive();
    try {
      const { number } = await large.dispatch('customers.create', { kind: 'individual', values: { name: '陳美玲' } });
      const { code } = await large.dispatch('dossiers.addPaper', {
        customer: number,
        type: 'contract',
        title: '大合同',
      });
      const scan = tinyPdf('x'.repeat(24_000_000));
      const handed = await upload({ call: large.dispatch }, 'large.pdf', scan, 'scan');
      await large.dispatch('scans.attach', { upload: handed, code });
      const key = large.archive.recoveryKey ?? '';
      const { file } = await large.dispatch('archive.backup', { file: place('large'), extent: 'full' });
      let read = 0;
      let taken = 0;
      let ahead = 0;
      await walkBackup({
        file,
        recoveryKey: key,
        work: { signal: new AbortController().signal, onProgress: (_phase, done) => (read = done) },
        async take(_name, chunks) {
          for await (const chunk of chunks) {
            // A disk that is slower than the cipher.
            await new Promise((resolve) => setTimeout(resolve, 5));
            taken += chunk.length;
            ahead = Math.max(ahead, read - taken);
          }
        },
      });
      expect(taken).toBeGreaterThan(24_000_000);
      expect(ahead).toBeLessThan(4_000_000);
    } finally {
      await large.close();
    }
  });

  it('R53 one age file for the recovery key, not for the keeper; age and tar alone open it; nothing readable in it', async (context) => {
    const { file } = await backup(stickA, 'full');
    expect(readFileSync(file).includes(CANARY)).toBe(false);
    if (spawnSync('age', ['--version']).status !== 0) return context.skip('the age command is not there');
    const identity = place('recovery.txt');
    writeFileSync(identity, `${recoveryKey}\n`, { mode: 0o600 });
    const listed = spawnSync('sh', ['-c', `age -d -i "${identity}" "${file}" | tar -t`], { encoding: 'utf8' });
    expect(listed.status).toBe(0);
    const names = listed.stdout.trim().split('\n');
    expect(names.slice(0, 3)).toEqual(['manifest.json', 'manifest.note', 'archive.db']);
    expect(names.at(-1)).toBe('END');
    expect(names.filter((name) => name.startsWith('att/')).length).toBe(7);
    // R58: no slot, so no secret of anybody opens it.
    expect(names.filter((name) => name.includes('slot'))).toEqual([]);
    const other = spawnSync('age', ['-d', '-i', '/dev/stdin', file], { input: 'AGE-SECRET-KEY-1QQQ' });
    expect(other.status).not.toBe(0);
  });

  // WITHOUT-THE-PROGRAM.md, step by step. The other reader of SQLCipher 4 is a test dependency only.
  it('R10 R53 without this program: age, tar, HKDF and another reader of the database give cards and papers back', async (context) => {
    if (spawnSync('age', ['--version']).status !== 0) return context.skip('the age command is not there');
    const { file } = await backup(stickA, 'full');
    const opened = place('opened');
    mkdirSync(opened);
    const sheet = place('sheet.txt');
    writeFileSync(sheet, `${recoveryKey}\n`, { mode: 0o600 });
    expect(spawnSync('sh', ['-c', `age -d -i "${sheet}" "${file}" | tar -x -C "${opened}"`]).status).toBe(0);
    const { vault } = JSON.parse(readFileSync(join(opened, 'vault.json'), 'utf8')) as { vault: string };
    const [envelope = ''] = readdirSync(join(opened, 'keys'));
    const unwrapped = spawnSync('age', ['-d', '-i', sheet, join(opened, 'keys', envelope)], { encoding: 'utf8' });
    const { key, epoch } = JSON.parse(unwrapped.stdout) as { key: string; epoch: number };
    const info = `archive/v1/db/epoch=${epoch}`;
    const raw = hkdfSync('sha256', Buffer.from(key, 'base64'), Buffer.from(vault, 'hex'), info, 32);

    const database = new SqlCipher(join(opened, 'archive.db'));
    try {
      database.pragma(`key = "x'${Buffer.from(raw).toString('hex')}'"`);
      expect(database.prepare('SELECT name FROM customer').all()).toEqual([{ name: CANARY }]);
      const scan = database.prepare('SELECT id, key, sha256_plain FROM attachment ORDER BY added_at, id').get() as {
        id: string;
        key: string;
        sha256_plain: string;
      };
      const identity = place('paper.txt');
      writeFileSync(identity, `${scan.key}\n`, { mode: 0o600 });
      const sealed = join(opened, 'att', scan.id.slice(0, 2), scan.id.slice(2, 4), `${scan.id}.age`);
      const { stdout: paper } = spawnSync('age', ['-d', '-i', identity, sealed]);
      expect(paper.subarray(0, 5).toString('latin1')).toBe('%PDF-');
      expect(createHash('sha256').update(paper).digest('hex')).toBe(scan.sha256_plain);
    } finally {
      database.close();
    }
  });

  it('R53 a file of many pieces comes back byte for byte', async () => {
    const source = place('large.bin');
    const bytes = Buffer.from(Uint32Array.from({ length: 2_300_000 }, (_, at) => at * 2_654_435_761).buffer);
    writeFileSync(source, bytes);
    const file = place('many-pieces', 'a.backup.age');
    await writeBackup({
      file,
      files: [{ name: 'archive.db', path: source }],
      manifest: Promise.resolve({ ...NO_MANIFEST, made: clock.now().toISOString() }),
      recipients: await backupRecipientsOf(desk.archive.vault),
      signers: [],
      work: { signal: new AbortController().signal, onProgress: () => undefined },
    });
    const back: Buffer[] = [];
    await walkBackup({
      file,
      recoveryKey,
      work: { signal: new AbortController().signal, onProgress: () => undefined },
      take: async (_, chunks) => {
        for await (const chunk of chunks) back.push(Buffer.from(chunk));
      },
    });
    expect(Buffer.concat(back).equals(bytes)).toBe(true);
  });

  it('R54 what is found wrong beside the writing keeps it from getting its name, and nothing is left', async () => {
    const source = place('some.bin');
    writeFileSync(source, Buffer.alloc(300_000, 5));
    const into = place('refused');
    const written = writeBackup({
      file: join(into, 'a.backup.age'),
      files: [{ name: 'archive.db', path: source }],
      manifest: Promise.resolve({ ...NO_MANIFEST, made: clock.now().toISOString() }),
      recipients: [await identityToRecipient(await generateX25519Identity())],
      signers: [],
      beforeNaming: () =>
        Promise.reject(new AppError('INTEGRITY', { params: { record: 'archive.db', reason: 'page' } })),
      work: { signal: new AbortController().signal, onProgress: () => undefined },
    });
    await expect(written).rejects.toMatchObject({ code: 'INTEGRITY', params: { reason: 'page' } });
    expect(readdirSync(into)).toEqual([]);
  });

  it('R54 any byte flipped, cut off anywhere, or parts of two backups joined: refused', async () => {
    const { file } = await backup(stickA, 'full');
    const whole = readFileSync(file);
    const other = readFileSync(join(place(stickB), filesOf(stickB)[0] ?? ''));
    const harmed = place('harmed.age');
    const random = dice(54);
    const codeOf = async () => {
      const answer = await desk.answer('backups.compare', { file: harmed, recoveryKey });
      return answer.ok ? 'ok' : answer.error.code;
    };
    for (let round = 0; round < 24; round += 1) {
      const bytes = Buffer.from(whole);
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      writeFileSync(harmed, bytes);
      // The very first line says what kind of file it is; a flip in the envelope may look like another recipient.
      expect(await codeOf(), `byte ${at}`).toMatch(/^(INTEGRITY|RECOVERY_KEY_WRONG)$/);
      cpSync(file, harmed);
      truncateSync(harmed, random.below(whole.length));
      expect(await codeOf()).toMatch(/^(INTEGRITY|RECOVERY_KEY_WRONG)$/);
    }
    const half = Math.floor(whole.length / 2);
    writeFileSync(harmed, Buffer.concat([whole.subarray(0, half), other.subarray(half)]));
    expect(await codeOf()).toBe('INTEGRITY');
  });

  it('R54 the room is looked at first, and what is cancelled leaves nothing', async () => {
    const before = hashTree(place(stickA));
    const cancelled = new AbortController();
    const running = desk.answer('archive.backup', { file: place(stickA), extent: 'full' }, cancelled.signal);
    setTimeout(() => cancelled.abort(), 30);
    expect(await running).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(hashTree(place(stickA))).toEqual(before);
    expect(readdirSync(desk.directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('comparison, drill, restore', () => {
  it('R59 the backup sheet names every backup with its hash, and the end of the log', async () => {
    const { runs } = await desk.dispatch('backups.status', {});
    const { size } = desk.archive.audit.head();
    const { document } = await desk.dispatch('print.form', { form: 'backupSheet' });
    const text = (await (await readPdf((await desk.surroundings.shelf.get(document)).bytes)).text(1)).replaceAll(
      /[\s\u200b]/g,
      '',
    );
    for (const { file, sha256 } of runs.slice(0, 3)) for (const part of [file, sha256]) expect(text).toContain(part);
    expect(text).toContain(String(size));
  });

  it('R55 a drill restores the whole chain, proves everything, leaves nothing and is in the log', async () => {
    mkdirSync(place('drill'));
    await backup('drill');
    await addPaper('壬約');
    clock.advance(60_000);
    const { file, extent } = await backup('drill');
    expect(extent).toBe('incremental');
    const tried = await desk.dispatch('backups.drill', { file, recoveryKey });
    expect(tried.checks.filter((check) => !check.ok)).toEqual([]);
    expect(tried).toMatchObject({ ok: true, standing: 'older', sealedFiles: 8 });
    expect(tried.seconds).toBeLessThan(60);
    expect(readdirSync(folder).filter((name) => name.startsWith('.restore-drill'))).toEqual([]);
    const { entries } = await desk.dispatch('audit.list', { type: 'backup.drill', limit: 5 });
    expect(entries.map(({ outcome }) => outcome)).toEqual(['ok']);
    const { runs, lastDrill } = await desk.dispatch('backups.status', {});
    expect([runs[0]?.triedAt, lastDrill]).toEqual([clock.now().toISOString(), clock.now().toISOString()]);
  });

  it('R55 restored on another machine with the recovery key and the chain alone: all counts and files are there', async () => {
    cpSync(place('drill'), place('carried-away'), { recursive: true });
    const newest = filesOf('carried-away').sort().at(-1) ?? '';
    const other = await openTestArchive({ start: 'empty', directory: place('restored'), clock });
    try {
      const made = await other.dispatch('archive.restore', {
        file: place('carried-away', newest),
        directory: place('restored'),
        recoveryKey,
        newSecret: NEW_SECRET,
      });
      expect(made).toMatchObject({ customers: 1, papers: 8, verified: true });
      await other.dispatch('archive.unlock', {
        directory: place('restored'),
        login: TEST_KEEPER.login,
        secret: NEW_SECRET,
      });
      expect((await other.dispatch('audit.verify', { deep: true })).ok).toBe(true);
      // R58: nobody's former secret opens what was restored.
      await other.close();
      const former = await other.answer('archive.unlock', {
        directory: place('restored'),
        login: TEST_KEEPER.login,
        secret: KEEPER_SECRET,
      });
      expect(former).toMatchObject({ ok: false, error: { code: 'SECRET_WRONG' } });
    } finally {
      await other.close();
    }
    // An incremental one without those before it is incomplete, and says which is missing.
    const [oldest = ''] = filesOf('carried-away').sort();
    rmSync(place('carried-away', oldest));
    const alone = await desk.answer('backups.compare', { file: place('carried-away', newest), recoveryKey });
    expect(alone).toMatchObject({
      ok: false,
      error: { code: 'INTEGRITY', params: { record: oldest, reason: 'chain' } },
    });
  });

  it('R56 R71 same, older, newer, forked and another archive are told apart, with what would be lost', async () => {
    const { file } = await backup(stickA, 'full');
    const standing = async (answering: TestArchive, path: string, present?: string) =>
      answering.dispatch('backups.compare', { file: path, recoveryKey, ...(present === undefined ? {} : { present }) });
    const before = await standing(desk, file);
    expect(before).toMatchObject({
      standing: 'older',
      present: { logSize: before.backup.logSize + before.lost.entries },
    });
    await addPaper('癸約');
    const older = await standing(desk, file);
    expect(older.lost.entries).toBeGreaterThan(before.lost.entries);
    expect(older.backup.counts.find(({ key }) => key === 'papers')?.count).toBe(8);
    expect(older.present?.counts.find(({ key }) => key === 'papers')?.count).toBe(9);

    // A copy of the present state that then goes its own way: forked for it, newer for the state before.
    await desk.close();
    cpSync(place('archive'), place('other-way'), { recursive: true });
    cpSync(place('archive'), place('stayed'), { recursive: true });
    desk = await openTestArchive({ start: 'empty', directory: place('archive'), clock });
    await desk.dispatch('archive.unlock', {
      directory: place('archive'),
      login: TEST_KEEPER.login,
      secret: KEEPER_SECRET,
    });
    await addPaper('子約');
    clock.advance(60_000);
    const later = await backup(stickA, 'full');
    const closed = await openTestArchive({ start: 'empty', directory: place('nowhere'), clock });
    try {
      expect(await standing(closed, later.file, place('stayed'))).toMatchObject({
        standing: 'newer',
        lost: { entries: 0 },
      });
      await closed.dispatch('archive.unlock', {
        directory: place('other-way'),
        login: TEST_KEEPER.login,
        secret: KEEPER_SECRET,
      });
      await closed.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '另一條路' } });
      const boss = { login: 'boss', secret: '主管的密語是山頂上的第三棵松樹' };
      await closed.dispatch('users.add', {
        ownSecret: KEEPER_SECRET,
        ...boss,
        displayName: '李主管',
        role: 'supervisor',
      });
      expect(await standing(closed, later.file)).toMatchObject({
        standing: 'forked',
        supervisors: [{ login: 'boss', displayName: '李主管' }],
      });
      await closed.close();
      // Restored in its place: refused until somebody has said what it is; the present one stays as it was.
      const there = hashTree(place('other-way'));
      const restore = { file: later.file, directory: place('replacing'), recoveryKey, newSecret: NEW_SECRET };
      // With a supervisor there, nobody puts a backup in its place alone (R71).
      const codeWith = async (witness?: { login: string; secret: string }) => {
        const answer = await closed.answer('archive.restore', {
          ...restore,
          replaces: place('other-way'),
          standing: 'forked',
          ...(witness === undefined ? {} : { witness }),
        });
        return answer.ok ? 'ok' : answer.error.code;
      };
      expect(await codeWith()).toBe('SECOND_PERSON_MISSING');
      expect(await codeWith({ ...boss, secret: KEEPER_SECRET })).toBe('SECRET_WRONG');
      expect(await codeWith({ login: TEST_KEEPER.login, secret: KEEPER_SECRET })).toBe('ROLE_REFUSED');
      const unsaid = await closed.answer('archive.restore', {
        ...restore,
        replaces: place('other-way'),
        witness: boss,
      });
      expect(unsaid).toMatchObject({ ok: false, error: { code: 'CONFLICT', hint: 'hint.backupStanding.forked' } });
      expect(existsSync(place('replacing'))).toBe(false);
      const said = { ...restore, replaces: place('other-way'), standing: 'forked', witness: boss } as const;
      expect(await closed.dispatch('archive.restore', said)).toMatchObject({ verified: true });
      const after = hashTree(place('other-way'));
      // Opening it to look has folded nothing away; what a person would lose is all there.
      expect(Object.keys(after).sort()).toEqual(Object.keys(there).sort());
      await closed.dispatch('archive.unlock', {
        directory: place('replacing'),
        login: TEST_KEEPER.login,
        secret: NEW_SECRET,
      });
      const { entries } = await closed.dispatch('audit.list', { type: 'restore', limit: 2 });
      expect(JSON.stringify(entries[0])).toMatch(/replacedRoot.*boss|boss.*replacedRoot/);
    } finally {
      await closed.close();
    }
    const stranger = await openTestArchive({ directory: place('stranger'), clock });
    try {
      expect(await standing(stranger, later.file)).toMatchObject({ standing: 'otherArchive' });
    } finally {
      await stranger.close();
    }
  });
});
