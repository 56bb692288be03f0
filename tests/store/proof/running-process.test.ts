import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tinyPdf } from '../../builders/scan-files.ts';
import { KEEPER_SECRET } from '../../builders/vault-builder.ts';
import { canary, openFiles, STEMS, search } from '../../support/canaries.ts';
import { cli } from '../../support/cli-process.ts';
import { straceWorks } from '../../support/power-cut.ts';
import { processTree, type RunningArchive, startArchive, upload } from '../../support/running-archive.ts';

vi.setConfig({ testTimeout: 180_000 });
const linux = process.platform === 'linux';
const alive = (pid: number) => existsSync(`/proc/${pid}`);
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-running-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function create(archive: RunningArchive, name: string): Promise<string> {
  const directory = join(folder, name);
  await archive.call('archive.create', {
    directory,
    name: '測試檔案',
    keeper: { login: 'keeper', displayName: '王小明', secret: KEEPER_SECRET },
  });
  return directory;
}

describe.runIf(linux)('R02 open files', () => {
  /** Looks at all files of a process and its children until `work` is done. */
  async function watch(pid: number, sealed: string, work: Promise<unknown>) {
    const looked = new Set<string>();
    const findings: unknown[] = [];
    let rounds = 0;
    let working = true;
    void work.finally(() => {
      working = false;
    });
    while (working) {
      for (const member of processTree(pid)) {
        const seen = openFiles(member, sealed);
        for (const file of seen.looked) looked.add(file);
        findings.push(...seen.findings);
      }
      rounds += 1;
      await pause(10);
    }
    await work;
    return { looked: [...looked], findings, rounds };
  }

  it('R02 while it sorts, searches, reads a table and prints a volume, no open file shows a canary, deleted ones included', async () => {
    const tmp = join(folder, 'tmp');
    mkdirSync(tmp);
    const archive = startArchive({ dataFolder: join(folder, 'data'), tmp });
    const directory = await create(archive, 'sorted');
    const rows = Array.from({ length: 1_500 }, (_, row) => `${canary(row)}${'長'.repeat(120)}${row},${canary(row)}區`);
    const table = await upload(archive, 'a.csv', Buffer.from(`客戶名稱,地址\n${rows.join('\n')}\n`), 'table');
    const reading = archive.call('imports.read', { upload: table, kind: 'enterprise' });
    const atRead = await watch(archive.pid, directory, reading);
    const { firstNumber } = await archive.call('imports.apply', { table: (await reading).table });
    for (let paper = 0; paper < 12; paper += 1) {
      const { code } = await archive.call('dossiers.addPaper', {
        customer: firstNumber ?? '',
        type: 'contract',
        title: canary(paper),
        date: '2025-05-01',
      });
      const scan = await upload(archive, `${canary(paper)}.pdf`, tinyPdf(canary(paper), 4), 'scan');
      await archive.call('scans.attach', { upload: scan, code });
    }
    const work = async () => {
      for (const sort of ['name', 'region', 'updatedAt', 'completeness'] as const)
        for (const descending of [false, true])
          await archive.call('customers.list', { sort, descending, offset: 1_000, limit: 500 });
      for (let count = 0; count < 5; count += 1) await archive.call('search.find', { text: STEMS[0], limit: 200 });
      await archive.call('binding.preview', { year: 2025, class: 2, volume: 1 });
      await archive.call('audit.verify', { deep: true });
    };
    const atWork = await watch(archive.pid, directory, work());
    for (const { looked, findings, rounds } of [atRead, atWork]) {
      expect(findings).toEqual([]);
      expect(rounds).toBeGreaterThan(3);
      expect(looked.some((file) => file.endsWith('archive.db'))).toBe(true);
      expect(looked.filter((file) => file.startsWith(tmp))).toEqual([]);
    }
    await archive.kill();
    expect(search([directory, tmp]).findings).toEqual([]);
  });

  it('R02 while 200,000 rows are sorted, no open file shows a canary, deleted ones included', async () => {
    const place = join(folder, 'sorting');
    const tmp = join(folder, 'sorting tmp');
    mkdirSync(place);
    mkdirSync(tmp);
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../support/sorting-reader.ts'), place], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: tmp, SQLITE_TMPDIR: tmp },
    });
    const closed = once(child, 'close');
    await once(child.stdout, 'data');
    const { findings, looked, rounds } = await watch(child.pid ?? 0, place, closed);
    expect(findings).toEqual([]);
    expect(rounds).toBeGreaterThan(3);
    expect(looked.filter((file) => !file.startsWith(place))).toEqual([]);
    expect((await closed)[0]).toBe(0);
  });

  it('R02 the look at open files finds a canary in a file that is deleted already', async () => {
    const path = join(folder, 'deleted');
    const file = openSync(path, 'w+');
    writeSync(file, `and then ${canary(1)} came`);
    const child = spawn('sleep', ['20'], { stdio: ['ignore', 'ignore', 'ignore', file] });
    await pause(100);
    unlinkSync(path);
    expect(openFiles(child.pid ?? 0).findings).toMatchObject([{ how: expect.arrayContaining(['utf-8 qz']) }]);
    child.kill();
  });
});

describe.runIf(linux)('R23 R24 the end of a session', () => {
  it.each(['screen', 'suspend'] as const)(
    'R23 R24 %s: the process is gone within two seconds, at work or not',
    async (reason) => {
      const archive = startArchive();
      await create(archive, reason);
      const unanswered = Array.from({ length: 40 }, (_, index) =>
        archive.answer('customers.create', { kind: 'individual', values: { name: `陳${index}` } }),
      );
      const asked = performance.now();
      await archive.lock(reason);
      expect(alive(archive.pid)).toBe(false);
      expect(performance.now() - asked).toBeLessThan(2_000);
      expect(await archive.ended).toBe(reason);
      await Promise.all(unanswered);
      expect(await archive.answer('desk.overview', {})).toMatchObject({ ok: false, error: { code: 'LOCKED' } });
    },
  );

  it('R23 a desk that nobody touches locks itself; one that is touched stays', async () => {
    // 300 seconds pass in three.
    const archive = startArchive({ args: ['--pace', '100'] });
    await create(archive, 'idle');
    for (let touches = 0; touches < 9; touches += 1) {
      await pause(500);
      await archive.call('session.touch', {});
    }
    expect(alive(archive.pid)).toBe(true);
    const ended = await Promise.race([archive.ended, pause(30_000).then(() => 'still there')]);
    expect(ended).toBe('idle');
    expect(alive(archive.pid)).toBe(false);
  });

  it('R23 what the command line asks is somebody at the desk; what a window asks on its own is not', async () => {
    const [command, window] = (['cli', 'window'] as const).map((caller) =>
      startArchive({ args: ['--pace', '100'], caller }),
    ) as [RunningArchive, RunningArchive];
    await create(command, 'asked-by-command');
    await create(window, 'asked-by-window');
    for (let asked = 0; asked < 9; asked += 1) {
      await pause(500);
      await command.call('settings.get', {});
      await window.answer('settings.get', {});
    }
    expect(alive(command.pid)).toBe(true);
    expect(await Promise.race([window.ended, pause(30_000).then(() => 'still there')])).toBe('idle');
    await command.kill();
  });
});

describe.runIf(straceWorks)('R43 what is answered is on the disk', () => {
  it('R43 between two answers of `call -` the write-ahead log is synced at least once', async () => {
    const vault = join(folder, 'synced');
    const env = { DOSSIER_DESK_DATA: join(folder, 'data') };
    await cli(['create', '--vault', vault], { secret: KEEPER_SECRET, env });
    const lines = Array.from({ length: 15 }, (_, index) =>
      JSON.stringify({ op: 'customers.create', input: { kind: 'individual', values: { name: `陳${index}` } } }),
    );
    const trace = join(folder, 'trace');
    const { status, out, err } = await cli(['call', '-', '--vault', vault], {
      stdin: `${KEEPER_SECRET}\n${lines.join('\n')}\n`,
      env,
      under: ['strace', '-f', '-y', '-s', '20', '-o', trace, '-e', 'trace=write,fsync,fdatasync'],
    });
    expect([status, err]).toEqual([0, '']);
    const answers = out.trim().split('\n');
    expect(answers).toHaveLength(lines.length);
    for (const answer of answers) expect(JSON.parse(answer)).toMatchObject({ ok: true });

    let synced = false;
    let answered = 0;
    for (const line of readFileSync(trace, 'latin1').split('\n')) {
      if (/f(?:data)?sync\(\d+<[^>]*-wal>\)? *(?:= 0|<unfinished)/.test(line)) synced = true;
      if (!/write\(1<[^>]*>, "\{\\"ok\\":true/.test(line)) continue;
      answered += 1;
      expect(synced, `answer ${answered}`).toBe(true);
      synced = false;
    }
    expect(answered).toBe(lines.length);
  });
});
