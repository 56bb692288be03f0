import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { forkSpawner, type ImportChild } from '../../../electron/exchange/import-child.ts';
import { createImportClient } from '../../../electron/exchange/import-client.ts';
import type { FromImport, ToImport } from '../../../electron/exchange/import-protocol.ts';
import { sourceFromBytes, withTableFile } from '../../../electron/exchange/table-source.ts';
import { inlineRows, writeWorkbook } from '../../support/workbook-writer.ts';
import { refusal } from './read-all.ts';

const ENTRY = fileURLToPath(new URL('../../../electron/process/import-process.ts', import.meta.url));
const NODE = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));
const spawn = forkSpawner(ENTRY, { execPath: NODE });
const client = createImportClient({ spawn });
const folder = mkdtempSync(join(tmpdir(), 'dossier-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A large CSV, so that something is still to be done when the test acts. */
function largeCsv(rows = 200_000): Buffer {
  return Buffer.from(`客戶名稱,電話\n${Array.from({ length: rows }, (_, i) => `公司${i},02-${i}`).join('\n')}\n`);
}

/** A child that a test plays itself. */
function scriptedChild(
  act: (tell: (message: FromImport) => void, message: ToImport, exit: (code: number | null) => void) => void,
) {
  let killed = false;
  const child = (): ImportChild => {
    let listen: (message: unknown) => void = () => {};
    let exited: (code: number | null) => void = () => {};
    setImmediate(() => listen({ kind: 'ready' }));
    return {
      send: (message) =>
        setImmediate(() =>
          act(
            (answer) => listen(answer),
            message,
            (code) => exited(code),
          ),
        ),
      onMessage: (listener) => (listen = listener),
      onExit: (listener) => (exited = listener),
      kill: () => (killed = true),
    };
  };
  return { child, wasKilled: () => killed };
}

describe('R62 tables are read in a process of their own', () => {
  test('R62 CSV and XLSX come back as rows of plain strings, with progress', async () => {
    const phases = new Set<string>();
    const csv = await client.read(
      sourceFromBytes('a.csv', largeCsv(30_000)),
      {},
      { onProgress: ({ phase }) => phases.add(phase) },
    );
    expect(csv).toMatchObject({ kind: 'csv', encoding: 'utf-8', headings: ['客戶名稱', '電話'], refusedTotal: 0 });
    expect(csv.rows).toHaveLength(30_000);
    expect(csv.rows.at(-1)).toEqual({ row: 30_001, cells: ['公司29999', '02-29999'] });
    expect([...phases]).toEqual(['readingTable']);
    const book = writeWorkbook({
      sheets: [
        {
          name: '客戶',
          data: inlineRows([
            ['名稱', '__proto__'],
            ['甲', '=1'],
          ]),
        },
      ],
    });
    const pieces = [book.subarray(0, 100), book.subarray(100)];
    expect(await client.read(sourceFromBytes('a.xlsx', pieces))).toMatchObject({
      kind: 'xlsx',
      sheet: '客戶',
      rows: [{ row: 2, cells: ['甲', '=1'] }],
    });
  });

  test('R62 a refusal of the file comes back as the same error, with the name of the file', async () => {
    const cut = writeWorkbook({ sheets: [{ name: 's', data: inlineRows([['a']]) }] }).subarray(0, 300);
    expect(await refusal(client.read(sourceFromBytes('客戶.xlsx', cut)))).toEqual({
      code: 'FILE_DAMAGED',
      reason: 'exchange.file.truncated',
      params: { file: '客戶.xlsx' },
    });
  });

  test('R62 the process has no secret in its environment, cannot write, cannot start processes and cannot read outside the program', async () => {
    process.env.DOSSIER_DESK_SECRET = 'canary';
    const script = join(folder, 'probe.mjs');
    writeFileSync(script, '');
    const { spawnargs, env } = captureSpawn();
    delete process.env.DOSSIER_DESK_SECRET;
    expect(
      Object.keys(env).filter(
        (name) =>
          ![
            'SystemRoot',
            'windir',
            'TZ',
            'NODE_CHANNEL_FD',
            'NODE_CHANNEL_SERIALIZATION_MODE',
            'NODE_UNIQUE_ID',
          ].includes(name),
      ),
    ).toEqual([]);
    expect(spawnargs).toContain('--permission');
    const flags = spawnargs.filter((argument) => argument.startsWith('--'));
    const probe = `
      const denied = [];
      for (const [name, act] of Object.entries({
        write: () => require('fs').writeFileSync(${JSON.stringify(join(folder, 'x'))}, 'x'),
        read: () => require('fs').readFileSync('/etc/hostname'),
        process: () => require('child_process').execFileSync('true'),
        thread: () => new (require('worker_threads').Worker)('1', { eval: true }),
        code: () => new Function('return 1')(),
      })) try { act() } catch { denied.push(name) }
      console.log(denied.join());`;
    const answer = execFileSync(NODE, [...flags, '-e', probe], { encoding: 'utf8', env: {} });
    expect(answer.trim()).toBe('write,read,process,thread,code');
  });

  test('R62 a process that is killed in the middle gives a clean error', async () => {
    let child: ImportChild | undefined;
    const victim = createImportClient({ spawn: () => (child = spawn()) });
    let batches = 0;
    const read = victim.stream(
      sourceFromBytes('a.csv', largeCsv()),
      {},
      {
        onRows: () => {
          batches += 1;
          if (batches === 3) child?.kill();
        },
      },
    );
    expect(await refusal(read)).toMatchObject({ code: 'FILE_NOT_READABLE', reason: 'exchange.process.crashed' });
  });

  test('R62 a process that cannot be started gives the same', async () => {
    const nowhere = createImportClient({ spawn: forkSpawner(join(folder, 'no-such-entry.ts'), { execPath: NODE }) });
    expect(await refusal(nowhere.read(sourceFromBytes('a.csv', Buffer.from('a\n1\n'))))).toMatchObject({
      code: 'FILE_NOT_READABLE',
    });
  });

  test('R62 cancelling ends the process at once and leaves nothing', async () => {
    const controller = new AbortController();
    let child: ImportChild | undefined;
    const cancelled = createImportClient({ spawn: () => (child = spawn()) });
    const exited = Promise.withResolvers<void>();
    const read = cancelled.stream(
      sourceFromBytes('a.csv', largeCsv()),
      {},
      {
        signal: controller.signal,
        onHead: () => {
          child?.onExit(() => exited.resolve());
          controller.abort();
        },
        onRows: () => {},
      },
    );
    expect(await refusal(read)).toMatchObject({ code: 'CANCELLED' });
    await exited.promise;
    expect(
      await refusal(cancelled.read(sourceFromBytes('a.csv', largeCsv(10)), {}, { signal: controller.signal })),
    ).toMatchObject({ code: 'CANCELLED' });
  });

  test('R62 more time than allowed: killed, a clean error', async () => {
    const stuck = scriptedChild((tell, message) => {
      if (message.kind === 'bytes') tell({ kind: 'received' });
    });
    const slow = createImportClient({ spawn: stuck.child, timeLimitMs: 400 });
    expect(await refusal(slow.read(sourceFromBytes('a.csv', Buffer.from('a\n1\n'))))).toMatchObject({
      code: 'FILE_TOO_LARGE',
      reason: 'exchange.process.time',
    });
    expect(stuck.wasKilled()).toBe(true);
  });

  test('R62 more memory than allowed: killed from outside, a clean error', async () => {
    const greedy = createImportClient({ spawn, memoryCapBytes: 10 * 1024 * 1024 });
    const read = greedy.stream(
      sourceFromBytes('a.csv', largeCsv()),
      {},
      { onRows: () => new Promise((resolve) => setTimeout(resolve, 20)) },
    );
    expect(await refusal(read)).toMatchObject({ code: 'FILE_TOO_LARGE', reason: 'exchange.process.memory' });
  });

  test('R62 M16 a workbook full of different long texts runs into the cap of script memory, not of the machine', async () => {
    const small = createImportClient({
      spawn: forkSpawner(ENTRY, { execPath: NODE, execArgv: ['--max-old-space-size=64', '--no-warnings'] }),
    });
    const texts = Array.from(
      { length: 60_000 },
      (_, i) => `<t>${`${i}-${Math.imul(i, 2_654_435_761) >>> 0}-`.repeat(60)}</t>`,
    );
    const book = writeWorkbook({ sharedStrings: texts, sheets: [{ name: 's', data: inlineRows([['a'], ['b']]) }] });
    const read = small.read(sourceFromBytes('a.xlsx', book));
    expect((await refusal(read)).code).toMatch(/FILE_NOT_READABLE|FILE_TOO_LARGE/);
  });

  test('R62 what comes out of the process is believed only in its shape', async () => {
    const liar = scriptedChild((tell, message) => {
      if (message.kind !== 'bytes') return;
      tell({ kind: 'received' });
      tell({
        kind: 'event',
        event: { type: 'rows', rows: [{ row: 1, cells: [{ toString: 'x' }] }], refused: [] },
      } as unknown as FromImport);
    });
    const read = createImportClient({ spawn: liar.child }).read(sourceFromBytes('a.csv', Buffer.from('a\n1\n')));
    expect(await refusal(read)).toMatchObject({ code: 'FILE_NOT_READABLE' });
    expect(liar.wasKilled()).toBe(true);
  });

  test('R63 a CSV of 1,000,000 rows is read, batch by batch', async () => {
    const lines = ['客戶名稱,統一編號,聯絡人,電話,地址'];
    for (let i = 0; i < 1_000_000; i += 1) lines.push(`第${i}貿易有限公司,${i},王小明,02-${i},臺北市松仁路${i}號`);
    const source = sourceFromBytes('a.csv', Buffer.from(lines.join('\r\n')));
    let rows = 0;
    let last = '';
    await client.stream(
      source,
      {},
      {
        onRows: (batch) => {
          rows += batch.length;
          last = batch.at(-1)?.cells[0] ?? last;
        },
      },
    );
    expect({ rows, last }).toEqual({ rows: 1_000_000, last: '第999999貿易有限公司' });
  });

  test('R62 an error of whoever takes the rows is passed on as it is', async () => {
    const read = client.stream(
      sourceFromBytes('a.csv', largeCsv(5_000)),
      {},
      {
        onRows: () => {
          throw new RangeError('mine');
        },
      },
    );
    await expect(read).rejects.toThrow('mine');
  });
});

describe('table files on disk', () => {
  test('R60 a file of 300 MB is refused before it is read', async () => {
    const path = join(folder, 'huge.xlsx');
    const file = openSync(path, 'w');
    ftruncateSync(file, 300 * 1024 * 1024);
    closeSync(file);
    const read = withTableFile(path, async () => 'read');
    expect(await refusal(read)).toMatchObject({
      code: 'FILE_TOO_LARGE',
      reason: 'exchange.file.tooLarge',
      params: { file: 'huge.xlsx' },
    });
  });

  test('a file that is not there, a folder, an empty file', async () => {
    expect(await refusal(withTableFile(join(folder, 'none.csv'), async () => 0))).toMatchObject({
      code: 'FILE_NOT_READABLE',
    });
    expect(await refusal(withTableFile(folder, async () => 0))).toMatchObject({ code: 'FILE_NOT_READABLE' });
    writeFileSync(join(folder, 'empty.csv'), '');
    expect(await refusal(withTableFile(join(folder, 'empty.csv'), async () => 0))).toMatchObject({
      code: 'FILE_DAMAGED',
      reason: 'exchange.file.empty',
    });
  });

  test('a file is read from disk in pieces', async () => {
    const path = join(folder, 'large.csv');
    writeFileSync(path, largeCsv());
    const table = await withTableFile(path, (source) => client.read(source));
    expect(table.rows).toHaveLength(200_000);
  });
});

/** What the import process was started with. */
function captureSpawn(): { spawnargs: string[]; env: Record<string, string> } {
  const child = spawn();
  const pid = child.pid ?? 0;
  const spawnargs = execFileSync('cat', [`/proc/${pid}/cmdline`], { encoding: 'utf8' }).split('\0');
  const env = execFileSync('cat', [`/proc/${pid}/environ`], { encoding: 'utf8' })
    .split('\0')
    .filter((line) => line.includes('='))
    .map((line) => line.split('=') as [string, string]);
  child.kill();
  return { spawnargs, env: Object.fromEntries(env) };
}
