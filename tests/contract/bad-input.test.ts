import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tinyPdf } from '../builders/scan-files.ts';
import { handClock, hashTree, KEEPER_SECRET } from '../builders/vault-builder.ts';
import { type CliRun, cli, looksLikeWords } from '../support/cli-process.ts';
import { openTestArchive, TEST_KEEPER } from '../support/open-test-archive.ts';
import { inlineRows, writeWorkbook } from '../support/workbook-writer.ts';

// Dozens of processes, on machines of any speed.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const isRoot = process.getuid?.() === 0;
let folder: string;
let vault: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-bad-'));
  vault = join(folder, 'vault');
  await run(['create', '--vault', vault, '--name', '測試檔案']);
  const good = join(folder, 'good.csv');
  writeFileSync(good, '客戶名稱,電話\n甲公司,02-1111\n乙公司,02-2222\n');
  expect((await run(['import', good, '--vault', vault, '--kind', 'enterprise'])).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: string[], options: Parameters<typeof cli>[1] = {}): Promise<CliRun> =>
  cli(args, {
    secret: KEEPER_SECRET,
    fast: true,
    ...options,
    env: { DOSSIER_DESK_DATA: join(folder, 'data'), ...options.env },
  });

interface JsonError {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  readonly hint?: string;
}

/** The error object; every text in it is words for people, none a key or a stack. */
function errorOf({ err }: CliRun): JsonError {
  const { error } = JSON.parse(err) as { error: JsonError };
  for (const text of [error.message, error.hint ?? error.message, ...error.fields.map((field) => field.message)])
    expect(looksLikeWords(text), text).toBe(true);
  return error;
}

/** Everything as it was: so many cards, and all of it verifies. Answers what `more` answered; one start for all. */
async function nothingLost(directory: string, cards: number, more: readonly object[] = []): Promise<unknown[]> {
  const lines = [{ op: 'customers.list', input: {} }, { op: 'audit.verify', input: { deep: true } }, ...more];
  const stdin = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
  const { status, out } = await run(['call', '-', '--vault', directory], { stdin });
  expect(status).toBe(0);
  const [list, verified, ...others] = out
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { output: unknown }).output);
  expect([list, verified]).toEqual([expect.objectContaining({ total: cards }), expect.objectContaining({ ok: true })]);
  return others;
}

describe('tables that are none', () => {
  const book = () => writeWorkbook({ sheets: [{ name: '客戶', data: inlineRows([['客戶名稱'], ['丙公司']]) }] });
  const files: Record<string, { make: (path: string) => void; code: string; says?: string }> = {
    'empty.xlsx': { make: (path) => writeFileSync(path, ''), code: 'FILE_DAMAGED' },
    'cut.xlsx': { make: (path) => writeFileSync(path, book().subarray(0, 400)), code: 'FILE_DAMAGED' },
    'huge.xlsx': {
      // Sparse: 300 MB that take no room.
      make: (path) => {
        writeFileSync(path, book());
        truncateSync(path, 300 * 1024 * 1024);
      },
      code: 'FILE_TOO_LARGE',
      says: '25',
    },
    'wrong.csv': {
      make: (path) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00, 0x0a, 0x00, 0x81, 0x39])),
      code: 'ENCODING_UNKNOWN|FILE_|IMPORT_REFUSED',
    },
    'nowhere.csv': { make: () => {}, code: 'FILE_NOT_READABLE', says: 'nowhere.csv' },
  };

  it.each(Object.entries(files))(
    '%s is refused with words: 1, and nothing is brought in',
    async (name, { make, code, says }) => {
      const path = join(folder, name);
      make(path);
      const given = await run(['import', path, '--vault', vault, '--kind', 'enterprise', '--json']);
      expect([given.status, given.out]).toEqual([1, '']);
      const error = errorOf(given);
      expect(error.code).toMatch(new RegExp(`^(${code})`));
      if (says !== undefined) expect(JSON.stringify(error)).toContain(says);
    },
  );

  it('the broken row is named, and the good ones are taken when that is wanted', async () => {
    const broken = join(folder, 'broken.csv');
    writeFileSync(broken, '客戶名稱,註冊資本\n丙公司,100\n丁公司,"一"百萬,,,"\n戊公司,300\n');
    const given = await run(['import', broken, '--vault', vault, '--kind', 'enterprise', '--json']);
    expect([given.status, given.out]).toEqual([1, '']);
    const refused = errorOf(given);
    expect([refused.code, refused.fields.map((field) => field.path).join()]).toEqual([
      'IMPORT_REFUSED',
      expect.stringContaining('rows.3'),
    ]);
    const copy = join(folder, 'accepted');
    cpSync(vault, copy, { recursive: true });
    const taken = await run(['import', broken, '--vault', copy, '--kind', 'enterprise', '--accept-valid', '--json']);
    expect(taken.status).toBe(0);
    const report = JSON.parse(taken.out) as { imported: number; refused: { row: number; message: string }[] };
    expect([report.imported, report.refused.map(({ row }) => row)]).toEqual([2, [3]]);
    for (const { message } of report.refused) expect(looksLikeWords(message), message).toBe(true);
  });

  it('a cell is put right without touching the file; visits come in and are taken back; an import whose cards are used is not', async () => {
    const copy = join(folder, 'corrected');
    cpSync(vault, copy, { recursive: true });
    const at = (args: string[]) => run([...args, '--vault', copy, '--json']);
    const [customers, visits] = [join(folder, 'corrected.csv'), join(folder, 'visits.csv')];
    writeFileSync(customers, '客戶名稱,成立日期\n丁公司,不記得\n甲公司,1999\n');
    const set = ['--set', '2:成立日期=2019'];
    const tried = await at(['import', customers, '--kind', 'enterprise', '--dry-run', ...set]);
    expect(JSON.parse(tried.out)).toMatchObject({
      imported: 1,
      updated: 1,
      refused: [],
      differences: [{ number: 'E000001', field: 'foundedOn', from: null, to: '1999' }],
    });
    expect((await at(['import', customers, '--kind', 'enterprise', ...set, '--leave', 'foundedOn'])).status).toBe(0);
    const number = 'E000003';
    const staff = { number: 'S-1', name: '李業務', department: '業務部' };
    await at(['call', 'staff.save', JSON.stringify(staff)]);
    writeFileSync(visits, `客戶,時間,洽談內容\n${number},下午兩點,送樣品\n`);
    const named = ['--kind', 'visits', '--salesperson', 'S-1', '--day', '2026-03-05'];
    expect(JSON.parse((await at(['import', visits, ...named])).out)).toMatchObject({ imported: 1, refused: [] });
    // The second import of this archive; the first brought its two cards.
    const kept = await at(['imports', '--take-back', '2']);
    expect(kept.status).toBe(1);
    expect(errorOf(kept)).toMatchObject({ code: 'IMPORT_TOUCHED', fields: [{ path: number }] });
    // Without its visits, which are an import of their own, it can be.
    expect(JSON.parse((await at(['imports', '--take-back', '3'])).out)).toEqual({ cards: 0, records: 1 });
    expect(errorOf(await at(['call', 'dailyReports.get', '{"number":"RB-2026-0001"}']))).toMatchObject({
      code: 'NOT_FOUND',
      // What was asked for is said again.
      message: expect.stringContaining('RB-2026-0001'),
      hint: expect.stringContaining('visits.csv'),
    });
    expect((await at(['imports', '--take-back', '2'])).status).toBe(0);
  });

  it('a table in Big5 taken for UTF-8 is found out; taken for what it is, every character is right', async () => {
    const path = join(folder, 'big5.csv');
    writeFileSync(path, iconv.encode('客戶名稱,電話\n臺灣精密機械股份有限公司,02-1234\n', 'big5'));
    const forced = await run(['import', path, '--vault', vault, '--encoding', 'utf-8', '--json']);
    expect([forced.status, forced.out]).toEqual([1, '']);
    errorOf(forced);
    const tried = await run(['import', path, '--vault', vault, '--kind', 'enterprise', '--dry-run', '--json']);
    expect(JSON.parse(tried.out)).toMatchObject({ imported: 1, refused: [] });
  });

  it('after all of them the archive is as it was', () => nothingLost(vault, 2));
});

describe('papers and names', () => {
  it('a PDF that is none is refused by its row, and no paper is filed', async () => {
    const scans = join(folder, 'scans');
    mkdirSync(scans);
    writeFileSync(join(scans, 'good.pdf'), tinyPdf('good'));
    writeFileSync(join(scans, 'false.pdf'), 'this is no PDF');
    const manifest = join(folder, 'manifest.csv');
    writeFileSync(manifest, '客戶名稱,文件類型,題名,掃描檔\n甲公司,合同,甲約,good.pdf\n甲公司,合同,乙約,false.pdf\n');
    const given = await run(['file', manifest, '--scans', scans, '--vault', vault, '--json']);
    expect([given.status, given.out]).toEqual([1, '']);
    const { code, fields } = errorOf(given);
    expect([code, fields.map(({ path }) => path).join()]).toEqual([
      'IMPORT_REFUSED',
      expect.stringContaining('rows.3'),
    ]);
    expect(Object.keys(hashTree(vault)).filter((name) => name.startsWith('att/'))).toEqual([]);
  });

  it('a name with characters that no font has: kept, found, printed with the missing characters named', async () => {
    const copy = join(folder, 'rare');
    cpSync(vault, copy, { recursive: true });
    // A character of the newest block, one of the private use area, an emoji.
    const name = `甲\u{323b0}\ue000\u{1fae8}行`;
    const out = join(folder, 'rare volumes');
    const lines = [
      { op: 'customers.create', input: { kind: 'enterprise', values: { registeredName: name } } },
      { op: 'dossiers.addPaper', input: { customer: 'E000003', type: 'contract', title: name, date: '2025-05-01' } },
      { op: 'search.find', input: { text: '\ue000' } },
      { op: 'binding.bind', input: { year: 2025, directory: out, explanation: '缺件另函索取' } },
      { op: 'volumes.list', input: {} },
      { op: 'audit.verify', input: { deep: true } },
    ];
    const stdin = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
    const { status, out: answers } = await run(['call', '-', '--vault', copy], { stdin });
    expect(status).toBe(0);
    const given = answers
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { ok: boolean; output: unknown });
    expect(given.map(({ ok }) => ok)).toEqual([true, true, true, true, true, true]);
    const card = await run(['report', 'card', '--for', 'E000003', '--vault', copy, '--out', join(folder, 'rare.pdf')]);
    expect(card.out).toContain('U+323B0');
    const [, , found, bound, volumes, verified] = given.map(({ output }) => output);
    expect(found).toMatchObject({ hits: expect.arrayContaining([expect.objectContaining({ number: 'E000003' })]) });
    expect(existsSync((bound as { volumes: { file: string }[] }).volumes[0]?.file ?? '')).toBe(true);
    expect(volumes).toMatchObject({ volumes: [{ missingGlyphs: expect.arrayContaining([expect.any(String)]) }] });
    expect(verified).toMatchObject({ ok: true });
  });
});

/** Whether this machine lets a test have a small disk of its own. */
function mounted(place: string, options: string): boolean {
  mkdirSync(place, { recursive: true });
  return isRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place]).status === 0;
}

describe('disks', () => {
  it('a full disk: 6 and words; what was acknowledged is there, and work goes on when there is room', async (context) => {
    const disk = join(folder, 'small disk');
    if (!mounted(disk, 'size=6m')) return context.skip('a small disk cannot be mounted here');
    try {
      const full = join(disk, 'vault');
      cpSync(vault, full, { recursive: true });
      const paper = (index: number) => ({
        customer: 'E000001',
        type: 'contract',
        title: `合約${index}`,
        note: '長'.repeat(6_000),
      });
      const lines = Array.from({ length: 240 }, (_, index) =>
        JSON.stringify({ op: 'dossiers.addPaper', input: paper(index) }),
      );
      const filling = await run(['call', '-', '--vault', full], { stdin: `${lines.join('\n')}\n` });
      const answers = filling.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { ok: boolean; error?: JsonError });
      const acknowledged = answers.filter(({ ok }) => ok).length;
      const refused = answers.filter(({ ok }) => !ok).map(({ error }) => error);
      expect(acknowledged).toBeGreaterThan(10);
      expect(refused.length).toBeGreaterThan(0);
      for (const error of refused) {
        expect(error?.code).toBe('NO_SPACE');
        expect(looksLikeWords(error?.message ?? ''), error?.message).toBe(true);
      }
      // One more command of its own ends with the status for it.
      const alone = await run(['call', 'dossiers.addPaper', JSON.stringify(paper(0)), '--vault', full, '--json']);
      expect(alone.status).toBe(6);
      expect(errorOf(alone).code).toBe('NO_SPACE');
      // A larger disk, same files.
      expect(spawnSync('mount', ['-o', 'remount,size=64m', disk]).status).toBe(0);
      const [shown] = await nothingLost(full, 2, [
        { op: 'dossiers.get', input: { number: 'E000001' } },
        { op: 'customers.create', input: { kind: 'individual', values: { name: '陳後' } } },
      ]);
      const { classes } = shown as { classes: { papers: unknown[] }[] };
      expect(classes.flatMap(({ papers }) => papers)).toHaveLength(acknowledged);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  it('a read-only folder: 6 and words for the vault, for a volume and for a saved file', async (context) => {
    const disk = join(folder, 'read-only disk');
    if (!mounted(disk, 'size=16m')) return context.skip('a read-only disk cannot be mounted here');
    try {
      const kept = join(disk, 'vault');
      cpSync(vault, kept, { recursive: true });
      const before = hashTree(kept);
      expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
      const opened = await run(['search', '甲公司', '--vault', kept, '--json']);
      expect([opened.status, opened.out]).toEqual([6, '']);
      expect(errorOf(opened).code).toBe('READ_ONLY');
      const made = await run(['create', '--vault', join(disk, 'new'), '--json']);
      expect([made.status, errorOf(made).code]).toEqual([6, 'READ_ONLY']);
      const saved = await run(['report', 'card', '--vault', vault, '--out', join(disk, 'card.pdf'), '--json']);
      expect([saved.status, saved.out, errorOf(saved).code]).toEqual([6, '', 'READ_ONLY']);
      const backed = await run(['backup', join(disk, 'a.backup.age'), '--vault', vault, '--json']);
      expect([backed.status, errorOf(backed).code]).toEqual([6, 'READ_ONLY']);
      expect(hashTree(kept)).toEqual(before);
      expect(readdirSync(disk)).toEqual(['vault']);
    } finally {
      spawnSync('umount', [disk]);
    }
    await nothingLost(vault, 2);
  });
});

describe('a clock set back', () => {
  it('entries keep the highest time seen, loans keep their day, nothing is lost', async () => {
    const clock = handClock('2026-03-10T08:00:00.000Z');
    const desk = await openTestArchive({ clock });
    try {
      const values = { registeredName: '甲公司' };
      const { number } = await desk.dispatch('customers.create', { kind: 'enterprise', values });
      const { code } = await desk.dispatch('dossiers.addPaper', {
        customer: number,
        type: 'contract',
        title: '甲約',
        security: 'internal',
      });
      const { id } = await desk.dispatch('staff.save', { name: '李業務' });
      const loan = await desk.dispatch('loans.lend', { code, borrowerId: id, purpose: '看', due: '2026-03-20' });
      clock.set('2024-01-01T00:00:00.000Z');
      await desk.dispatch('customers.update', { number, revision: 1, values: { shortName: '甲' } });
      const entry = desk.archive.audit.entry(desk.archive.audit.size() - 1);
      expect([entry?.ts, entry?.hwm]).toEqual(['2024-01-01T00:00:00.000Z', '2026-03-10T08:00:00.000Z']);
      expect(await desk.dispatch('loans.get', { loanNumber: loan.loanNumber })).toMatchObject({
        due: '2026-03-20',
        state: 'out',
        lentAt: '2026-03-10T08:00:00.000Z',
      });
      clock.set('2026-03-25T08:00:00.000Z');
      expect((await desk.dispatch('loans.get', { loanNumber: loan.loanNumber })).state).toBe('overdue');
      expect((await desk.dispatch('audit.verify', { deep: true })).ok).toBe(true);
      // The keeper comes in again with the clock still wrong.
      clock.set('2020-01-01T00:00:00.000Z');
      await desk.dispatch('lookup.handOver', {});
      await desk.dispatch('lookup.backToDesk', { secret: TEST_KEEPER.secret });
    } finally {
      await desk.close();
    }
  });
});
