import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
let folder: string;
const SUPERVISOR = 'another long secret of the supervisor';
const HOSTILE = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1+1', "'=1"];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-export-'));
  desk = await openTestArchive();
  for (const [index, shortName] of HOSTILE.entries())
    await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: {
        registeredName: `客戶${index}`,
        shortName: shortName.trim(),
        telephone: `+886-2-1234-000${index}`,
        industry: 'manufacturing',
        registeredCapital: { amount: '1234567.50', currency: 'TWD' },
        contacts: [{ name: '歐陽小明', position: '採購經理', mobile: '0912345678' }],
      },
    });
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const ALL = { query: {} };
const COLUMNS = ['number', 'name', 'shortName', 'telephone', 'industry', 'registeredCapital', 'completeness'];
const exported = (more: Partial<InputOf<'exports.customers'>> & { file: string }) =>
  desk.answer('exports.customers', {
    format: 'csv',
    selection: ALL,
    columns: COLUMNS,
    secret: TEST_KEEPER.secret,
    ...more,
  });

describe('customers out of the archive', () => {
  it('R25: a wrong secret writes nothing and is refused', async () => {
    const file = join(folder, 'none.csv');
    const answer = await exported({ file, secret: 'not the secret at all' });
    expect(answer.ok ? '' : answer.error.code).toBe('SECRET_WRONG');
    expect(existsSync(file)).toBe(false);
  });

  it('R64: a CSV in which no text begins a formula, numbers are numbers, options are words; the entry counts and hashes it', async () => {
    const file = join(folder, 'list.csv');
    const answer = await exported({ file });
    expect(answer).toMatchObject({ ok: true, output: { rows: HOSTILE.length, file } });
    const bytes = readFileSync(file);
    const lines = bytes.toString('utf8').trimEnd().split('\r\n');
    expect(lines[0]).toContain('"客戶編號","客戶名稱"');
    expect(lines[1]).toMatch(/^"E000001","客戶0","'=1\+1","'\+886-2-1234-0000","製造[^"]*",1234567\.50,"TWD",\d+,$/u);
    // R70: what left in plain says so, in a column of its own.
    expect(lines[0]).toMatch(/,"未加密匯出 · [^"]+ · \d{4}-[^"]+Z · 檔案庫 [0-9a-f]{8}"$/u);
    for (const line of lines.slice(1)) expect(line).not.toMatch(/"[=+\-@＝]/u);
    const [entry] = (await desk.dispatch('audit.list', { limit: 1, type: 'export.customers' })).entries;
    expect(JSON.stringify(entry)).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(JSON.stringify(entry)).not.toContain('886-2-1234');
  });

  it('R64: an XLSX without a formula; texts are texts, amounts are numbers', async () => {
    const file = join(folder, 'list.xlsx');
    expect((await exported({ file, format: 'xlsx' })).ok).toBe(true);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(file);
    const sheet = workbook.worksheets[0];
    expect(sheet?.rowCount).toBe(HOSTILE.length + 1);
    const second = sheet?.getRow(2).values as unknown[];
    expect(second.slice(1, 8)).toEqual([
      'E000001',
      '客戶0',
      "'=1+1",
      "'+886-2-1234-0000",
      expect.any(String),
      1234567.5,
      'TWD',
    ]);
    sheet?.eachRow((row) => row.eachCell((cell) => expect(cell.formula ?? undefined).toBeUndefined()));
  });

  it('R70 sealed for somebody, only their key or the passphrase opens it; it bears no mark, and the entry says for whom', async () => {
    const identity = await generateX25519Identity();
    const recipient = await identityToRecipient(identity);
    const [named, agreed] = [join(folder, 'sealed.csv'), join(folder, 'agreed.csv.age')];
    const opened = async (path: string, open: (decrypter: Decrypter) => void) => {
      const decrypter = new Decrypter();
      open(decrypter);
      return decrypter.decrypt(readFileSync(path), 'text');
    };
    const out = await exported({ file: named, sealedFor: '王審計', seal: { recipient } });
    expect(out).toMatchObject({ ok: true, output: { file: `${named}.age` } });
    expect(existsSync(named)).toBe(false);
    const text = await opened(`${named}.age`, (decrypter) => decrypter.addIdentity(identity));
    expect(text).toContain('"E000001","客戶0"');
    expect(text).not.toContain('未加密匯出');
    const passphrase = 'what both of us have agreed on';
    expect((await exported({ file: agreed, sealedFor: '王審計', seal: { passphrase } })).ok).toBe(true);
    expect(await opened(agreed, (decrypter) => decrypter.addPassphrase(passphrase))).toBe(text);
    await expect(opened(agreed, (decrypter) => decrypter.addPassphrase('another passphrase'))).rejects.toThrow();
    const [entry] = (await desk.dispatch('audit.list', { limit: 1, type: 'export.customers' })).entries;
    expect(entry?.data).toContain('王審計');
    expect(entry?.data).not.toContain('"plain"');
  });

  it('R70 a wrong key, and a name without a key, are refused and write nothing', async () => {
    const file = join(folder, 'never.csv');
    const mistyped = `age1${'q'.repeat(58)}`;
    for (const asked of [
      { sealedFor: '王審計' },
      { sealedFor: '王審計', seal: { recipient: mistyped } },
      { seal: { passphrase: 'fifteen or more' } },
    ])
      expect(await exported({ file, ...asked })).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
    expect([existsSync(file), existsSync(`${file}.age`)]).toEqual([false, false]);
  });

  it('27: what went out as a list comes back in and changes nothing', async () => {
    const bytes = readFileSync(join(folder, 'list.csv'));
    const { upload } = await desk.dispatch('uploads.begin', { name: 'list.csv', size: bytes.length, purpose: 'table' });
    await desk.dispatch('uploads.append', { upload, data: bytes.toString('base64') });
    const read = await desk.dispatch('imports.read', { upload });
    const report = await desk.dispatch('imports.apply', { table: read.table, dryRun: true });
    expect(report).toMatchObject({ rows: HOSTILE.length, imported: 0, refusedTotal: 0 });
  });

  it('142: vCard 4.0 with the company and its people, surnames right; only the marked cards', async () => {
    const file = join(folder, 'people.vcf');
    const answer = await exported({ file, format: 'vcard', columns: [], selection: { numbers: ['E000001'] } });
    expect(answer).toMatchObject({ ok: true, output: { rows: 1 } });
    const text = readFileSync(file, 'utf8');
    expect(text.match(/BEGIN:VCARD/g)).toHaveLength(2);
    expect(text).toContain('KIND:org\r\nFN:客戶0\r\nORG:客戶0\r\n');
    expect(text).toContain('N;SORT-AS="ouyang,xiaoming":歐陽;小明;;;\r\n');
  });

  it('a field outside the vocabulary and a table without columns are refused', async () => {
    const file = join(folder, 'x.csv');
    const unknown = await exported({ file, columns: ['confirmations'] });
    expect(unknown.ok ? '' : unknown.error.fields[0]?.message).toBe('validation.list.unknownField');
    expect((await exported({ file, columns: [] })).ok).toBe(false);
  });

  it('R71: once there is a supervisor, their agreement to exactly these cards is needed; a card that changes voids it', async () => {
    await desk.dispatch('users.add', {
      ownSecret: TEST_KEEPER.secret,
      login: 'chief',
      displayName: '陳主管',
      role: 'supervisor',
      secret: SUPERVISOR,
    });
    const file = join(folder, 'agreed.csv');
    const alone = await exported({ file });
    expect(alone.ok ? '' : alone.error.code).toBe('SECOND_PERSON_MISSING');
    const wanted = { format: 'csv', selection: ALL, columns: COLUMNS } as const;
    const agree = async () => {
      const { statement, approval } = await desk.dispatch('exports.statement', { ...wanted, columns: [...COLUMNS] });
      expect(approval).toBe('supervisor');
      await desk.dispatch('agreements.give', { statement, login: 'chief', secret: SUPERVISOR });
    };
    await agree();
    const other = await exported({ file, columns: ['number'] });
    expect(other.ok ? '' : other.error.code).toBe('SECOND_PERSON_MISSING');
    await desk.dispatch('customers.update', { number: 'E000001', revision: 1, values: { shortName: '甲' } });
    const changed = await exported({ file });
    expect(changed.ok ? '' : changed.error.code).toBe('SECOND_PERSON_MISSING');
    await agree();
    expect((await exported({ file })).ok).toBe(true);
    const twice = await exported({ file });
    expect(twice.ok ? '' : twice.error.code).toBe('SECOND_PERSON_MISSING');
  });
});
