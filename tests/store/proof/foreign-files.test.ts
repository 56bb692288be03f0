import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { vaultPaths } from '../../../electron/vault/vault.ts';
import type { ErrorData } from '../../../shared/errors/app-error.ts';
import { tinyPdf, tinyPng } from '../../builders/scan-files.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';
import { processTree, upload } from '../../support/running-archive.ts';
import { inlineRows, workbookParts, writeWorkbook } from '../../support/workbook-writer.ts';
import { writeZip } from '../../support/zip-writer.ts';

const MB = 1024 * 1024;

let desk: TestArchive;
let code = '';
beforeAll(async () => {
  desk = await openTestArchive();
  const { number } = await desk.dispatch('customers.create', {
    kind: 'enterprise',
    values: { registeredName: '甲公司' },
  });
  code = (await desk.dispatch('dossiers.addPaper', { customer: number, type: 'contract', title: '甲約' })).code;
});
afterAll(() => desk.close());

const hand = (name: string, bytes: Buffer, purpose: 'table' | 'scan') =>
  upload({ call: desk.dispatch }, name, bytes, purpose);
async function refusal(name: Parameters<TestArchive['answer']>[0], input: unknown): Promise<ErrorData> {
  const answer = await desk.answer(name, input);
  if (answer.ok) throw new Error(`${name} was not refused`);
  return answer.error;
}
const readTable = async (name: string, bytes: Buffer) => {
  const { code: error, fields } = await refusal('imports.read', { upload: await hand(name, bytes, 'table') });
  return [error, fields[0]?.message];
};
const cards = async () => (await desk.dispatch('customers.list', {})).total;
const sealedFiles = () =>
  readdirSync(vaultPaths(desk.directory).attachments, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  ).length;

describe('tables through imports.read', () => {
  let before = 0;
  beforeEach(async () => {
    before = await cards();
  });

  it('R60 a workbook that inflates beyond its limits is refused without the memory of its content', async () => {
    const row = '<row><c t="inlineStr"><is><t>甲乙丙丁戊己庚辛</t></is></c><c><v>1234567890</v></c></row>';
    const data = Buffer.alloc(280 * MB, row);
    const bomb = writeZip([
      ...workbookParts({ sheets: [{ name: 'a', data: '' }] }).filter((part) => !part.name.includes('sheet1')),
      { name: 'xl/worksheets/sheet1.xml', data, deflated: deflateRawSync(data, { level: 1 }), declaredSize: MB },
    ]);
    const memory = process.memoryUsage.rss();
    const [error] = await readTable('客戶.xlsx', bomb);
    expect(error).toMatch(/FILE_TOO_LARGE|FILE_DAMAGED/);
    expect(process.memoryUsage.rss() - memory).toBeLessThan(100 * MB);
    expect(await cards()).toBe(before);
  });

  it('R60 a table over 25 MB is refused before a byte of it is handed over', async () => {
    expect(await refusal('uploads.begin', { name: 'a.xlsx', size: 26 * MB, purpose: 'table' })).toMatchObject({
      code: 'FILE_TOO_LARGE',
      fields: [{ message: 'exchange.file.tooLarge', params: { limitMb: 25 } }],
    });
  });

  it('R61 a workbook with a document type or an entity is refused', async () => {
    const sheets = [{ name: 'a', data: inlineRows([['客戶名稱'], ['甲']]) }];
    for (const prologue of ['<!DOCTYPE worksheet>', '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'])
      expect(await readTable('a.xlsx', writeWorkbook({ sheets, prologue }))).toEqual([
        'FILE_TYPE_NOT_ALLOWED',
        expect.stringContaining('exchange.'),
      ]);
  });

  it('R62 the import process is another one, inherits no secret, and its death is a clean error', async () => {
    process.env.DOSSIER_DESK_SECRET = 'a secret that must not be inherited';
    const lines = Array.from({ length: 200_000 }, (_, row) => `公司${row},02-${row}`);
    const table = await hand('a.csv', Buffer.from(`客戶名稱,電話\n${lines.join('\n')}\n`), 'table');
    const answer = desk.answer('imports.read', { upload: table });
    let environment = '';
    let command = '';
    for (const until = Date.now() + 20_000; command === '' && Date.now() < until; ) {
      await new Promise((done) => setTimeout(done, 5));
      for (const child of processTree(process.pid).slice(1)) {
        const line = readOf(`/proc/${child}/cmdline`);
        if (!line.includes('import-process')) continue;
        [command, environment] = [line, readOf(`/proc/${child}/environ`)];
        process.kill(child, 'SIGKILL');
      }
    }
    delete process.env.DOSSIER_DESK_SECRET;
    expect(command).toContain('--permission');
    expect(environment).not.toContain('must not be inherited');
    expect(await answer).toMatchObject({ ok: false, error: { code: 'FILE_NOT_READABLE' } });
    expect(await cards()).toBe(before);
  });

  it('R63 one refused row and nothing is brought in; the report names row and field', async () => {
    const bytes = Buffer.from('客戶名稱,統一社會信用代碼,註冊資本\n甲一公司,,100\n甲二公司,,many\n甲三公司,,300\n');
    const { table } = await desk.dispatch('imports.read', { upload: await hand('a.csv', bytes, 'table') });
    const { refused } = await desk.dispatch('imports.apply', { table, dryRun: true });
    expect(refused).toMatchObject([{ row: 3, value: 'many' }]);
    expect((await refusal('imports.apply', { table })).code).toBe('IMPORT_REFUSED');
    expect(await cards()).toBe(before);
  });

  it('R63 cancelled in the middle of writing, nothing is brought in', async () => {
    // Long enough that it tells how far it is.
    const lines = Array.from({ length: 4_000 }, (_, row) => `取消公司${row},02-${row}`);
    const bytes = Buffer.from(`客戶名稱,電話\n${lines.join('\n')}\n`);
    const { table } = await desk.dispatch('imports.read', { upload: await hand('a.csv', bytes, 'table') });
    const controller = new AbortController();
    desk.progress.length = 0;
    const answer = desk.answer('imports.apply', { table }, controller.signal);
    while (!desk.progress.some(({ phase, done }) => phase === 'writing' && done > 0))
      await new Promise((next) => setImmediate(next));
    controller.abort();
    expect(await answer).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(await cards()).toBe(before);
  });

  it('R63 dangerous headings do no harm, and what looks like a formula is stored as the same text', async () => {
    const formula = '=HYPERLINK("http://x","甲")';
    const bytes = Buffer.from(
      `客戶名稱,__proto__,constructor,toString,英文名稱\n"${formula.replaceAll('"', '""')}",x,y,z,@SUM(1)\n`,
    );
    const read = await desk.dispatch('imports.read', {
      upload: await hand('a.csv', bytes, 'table'),
      kind: 'enterprise',
    });
    expect(read.unrecognised).toEqual(['__proto__', 'constructor', 'toString']);
    const { firstNumber } = await desk.dispatch('imports.apply', { table: read.table });
    const card = await desk.dispatch('customers.get', { number: firstNumber ?? '' });
    expect([card.name, Object.values(card.values)]).toEqual([formula, expect.arrayContaining([formula, '@SUM(1)'])]);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

describe('scans through scans.attach', () => {
  const attach = async (name: string, bytes: Buffer) => {
    const answer = await desk.answer('scans.attach', { upload: await hand(name, bytes, 'scan'), code });
    return answer.ok ? (answer.output as { mediaType: string }).mediaType : answer.error.code;
  };

  it('R65 the content decides what a file is, whatever it is called', async () => {
    expect(await attach('合約.pdf', tinyPdf('a'))).toBe('application/pdf');
    expect(await attach('合約.pdf', tinyPng('a'))).toBe('image/png');
    expect(await attach('picture.png', tinyPdf('a'))).toBe('application/pdf');
  });

  it.each([
    ['page.html', '<!doctype html><script>alert(1)</script>'],
    ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['合約.pdf', 'this is a text and no PDF at all, though it is named like one'],
    ['program.exe', 'MZ\0\0\0 and what follows'],
    ['run.sh', '#!/bin/sh\nrm -rf /\n'],
    ['macro.xlsm', writeWorkbook({ sheets: [{ name: 'a', data: '' }] }).toString('latin1')],
    ['cut.pdf', tinyPdf('x').subarray(0, 60).toString('latin1')],
    ['empty.pdf', ''],
  ])('R65 %s is refused and leaves no file behind', async (name, content) => {
    const files = sealedFiles();
    const outcome = await attach(name, Buffer.from(content, 'latin1'));
    expect(outcome).toMatch(/FILE_TYPE_NOT_ALLOWED|FILE_DAMAGED/);
    expect(sealedFiles()).toBe(files);
  });

  it('R65 a scan over 200 MB is refused before a byte of it is handed over', async () => {
    expect(await refusal('uploads.begin', { name: 'a.pdf', size: 201 * MB, purpose: 'scan' })).toMatchObject({
      code: 'FILE_TOO_LARGE',
      fields: [{ message: 'exchange.file.tooLarge', params: { limitMb: 200 } }],
    });
  });

  it('R65 R67 a name with folders and unseen characters is a name', async () => {
    await attach('..\\..\\掃描\u202efdp.pdf', tinyPdf('b'));
    const { scans } = (await desk.dispatch('dossiers.paper', { code })).paper;
    expect(scans.at(-1)?.name).not.toMatch(/[\\/]/);
    expect(readdirSync(join(desk.directory, '..'))).not.toContain('掃描');
  });
});

function readOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

describe('a stick', () => {
  it('R68 pulled out at 20 points of reading: nothing is applied; what was read whole is worked on without it', async () => {
    const pdf = tinyPdf('from a stick '.repeat(40));
    const table = Buffer.from('registeredName\n隨身碟公司\n');
    const before = { cards: await cards(), files: sealedFiles() };
    for (let point = 0; point < 20; point += 1) {
      const [bytes, purpose] = point % 2 === 0 ? ([pdf, 'scan'] as const) : ([table, 'table'] as const);
      const handed = await desk.dispatch('uploads.begin', { name: 'stick.bin', size: bytes.length, purpose });
      const data = bytes.subarray(0, Math.floor((bytes.length * point) / 20)).toString('base64');
      if (data !== '') await desk.dispatch('uploads.append', { ...handed, data });
      const act = purpose === 'scan' ? refusal('scans.attach', { ...handed, code }) : refusal('imports.read', handed);
      expect((await act).code).toBe('CONFLICT');
    }
    expect({ cards: await cards(), files: sealedFiles() }).toEqual(before);
    // Everything that follows works on the copy here: sealed with the hash of what was read.
    const attached = await desk.dispatch('scans.attach', { upload: await hand('stick.pdf', pdf, 'scan'), code });
    expect(JSON.stringify(attached)).toContain(createHash('sha256').update(pdf).digest('hex'));
  });
});
