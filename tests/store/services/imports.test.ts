import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findInIndex } from '../../../electron/store/search-index.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
beforeAll(async () => {
  desk = await openTestArchive();
});
afterAll(() => desk.close());

async function upload(name: string, bytes: Buffer, purpose: 'table' | 'scan' = 'table'): Promise<string> {
  const { upload: id } = await desk.dispatch('uploads.begin', { name, size: bytes.length, purpose });
  await desk.dispatch('uploads.append', { upload: id, data: bytes.toString('base64') });
  return id;
}
const read = async (text: string, name = '客戶.csv') =>
  desk.dispatch('imports.read', { upload: await upload(name, Buffer.from(text)) });
const count = async () => (await desk.dispatch('customers.list', {})).total;

const GOOD = ['客戶名稱,電話,地區', '甲公司,02-1111-2222,台北市', '乙公司,02-3333-4444,高雄市'].join('\n');
const BROKEN = ['客戶名稱,成立日期', '丙公司,2020-01-01', '丁公司,不是日期', ',2020-01-01'].join('\n');

describe('import of customers (4a)', () => {
  it('proposes the mapping, tries without changing anything, then imports; the sums agree', async () => {
    const table = await read(GOOD);
    expect(table.mapping).toEqual(['registeredName', 'telephone', 'region']);
    const tried = await desk.dispatch('imports.apply', { table: table.table, dryRun: true });
    expect(tried).toMatchObject({ rows: 2, imported: 2, updated: 0, unchanged: 0, refusedTotal: 0, dryRun: true });
    expect(await count()).toBe(0);
    const done = await desk.dispatch('imports.apply', { table: table.table });
    expect(done).toMatchObject({ imported: 2, firstNumber: 'E000001', lastNumber: 'E000002' });
    expect(await count()).toBe(2);
  });

  it('the same file twice changes nothing; a changed value updates the one card and its history', async () => {
    const again = await read(GOOD);
    expect(await desk.dispatch('imports.apply', { table: again.table })).toMatchObject({
      imported: 0,
      updated: 0,
      unchanged: 2,
    });
    const changed = await read(GOOD.replace('02-1111-2222', '02-9999-0000'));
    expect(await desk.dispatch('imports.apply', { table: changed.table })).toMatchObject({ updated: 1, unchanged: 1 });
    const { changes } = await desk.dispatch('customers.history', { number: 'E000001' });
    expect(changes[0]).toMatchObject({
      field: 'telephone',
      from: '02-1111-2222',
      to: '02-9999-0000',
      evidence: '客戶.csv',
    });
  });

  it('R63: one refused row holds everything back, unless valid rows alone are accepted; each refused row is named', async () => {
    const before = await count();
    const table = await read(BROKEN);
    const refusal = await desk.answer('imports.apply', { table: table.table });
    expect(refusal).toMatchObject({ ok: false, error: { code: 'IMPORT_REFUSED', params: { refused: 2, rows: 3 } } });
    expect(await count()).toBe(before);
    const report = await desk.dispatch('imports.apply', { table: table.table, acceptValid: true });
    expect(report).toMatchObject({ imported: 1, refusedTotal: 2 });
    expect(report.refused.map((row) => row.row)).toEqual([3, 4]);
    expect(report.refused[0]).toMatchObject({ field: '成立日期', value: '不是日期' });
  });

  it('an import is taken back whole while its cards are untouched; their numbers stay void (C1)', async () => {
    const table = await read('公司名称,电话\n戊公司,010-1\n己公司,010-2');
    const { importId } = await desk.dispatch('imports.apply', { table: table.table });
    const before = await count();
    expect(await desk.dispatch('imports.takeBack', { importId: importId ?? 0 })).toEqual({ cards: 2, records: 2 });
    expect(await count()).toBe(before - 2);
    expect((await desk.dispatch('search.find', { text: '戊公司' })).hits).toEqual([]);
    const next = await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '庚公司' } });
    expect(next.number).toBe('E000006');
    const twice = await desk.answer('imports.takeBack', { importId: importId ?? 0 });
    expect(twice.ok ? '' : twice.error.code).toBe('CONFLICT');
  });

  it('many rows are found as one is: new cards, and one that a later row of the same file changes', async () => {
    const names = Array.from({ length: 8_400 }, (_, at) => `重慶量測${at}有限公司`);
    const rows = names.map((name, at) => `${name},023-${String(1_000_000 + at)}`);
    // Of the last run and of the first, which has been written when its second row comes.
    const second = ['重慶量測3有限公司,023-7777777', '重慶量測8399有限公司,023-8888888'];
    const table = await read(['客戶名稱,電話', ...rows, ...second].join('\n'));
    expect(await desk.dispatch('imports.apply', { table: table.table })).toMatchObject({ imported: 8_400, updated: 2 });
    const hits = async (text: string) => (await desk.dispatch('search.find', { text, limit: 5 })).total;
    for (const at of [0, 3_999, 4_000, 8_000, 8_398]) expect(await hits(`023-${1_000_000 + at}`)).toBe(1);
    expect(findInIndex(desk.archive.database.reader, 'chongqingliangce', 10_000)).toHaveLength(8_400);
    expect(await hits('023-7777777')).toBe(1);
    expect(await hits('023-1000003')).toBe(0);
    expect(await hits('023-8888888')).toBe(1);
    expect(findInIndex(desk.archive.database.reader, '量測', 10_000)).toHaveLength(8_400);
    // A card made afterwards is found at once again.
    await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '量測之後公司' } });
    expect(await hits('量測之後')).toBe(1);
  });

  it('rows that are about a card a few rows before it change that card: by its code, its name and its number', async () => {
    const head = '客戶編號,客戶名稱,統一社會信用代碼,電話';
    const code = '91440300MA5EQXL74B';
    const before = await count();
    const last = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '前後零公司' },
    });
    const next = (by: number) => `E${String(Number(last.number.slice(1)) + by).padStart(6, '0')}`;
    const rows = [
      `,前後甲公司,${code},02-5000-0001`,
      ',前後乙公司,,02-5000-0002',
      `,前後甲公司改名,${code},02-5000-0003`,
      ',前後乙股份有限公司,,02-5000-0004',
      `${next(1)},前後甲公司,,02-5000-0005`,
      `${next(9)},前後丙公司,,02-5000-0006`,
      `${next(9)},前後丙公司,,02-5000-0007`,
      `${next(2)},前後乙公司,,02-5000-0008`,
      ',前後丁公司,,02-5000-0009',
    ];
    const table = await read([head, ...rows].join('\n'));
    const report = await desk.dispatch('imports.apply', { table: table.table });
    expect(report).toMatchObject({ imported: 4, updated: 5, firstNumber: next(1), lastNumber: next(10) });
    expect(await count()).toBe(before + 5);
    const card = async (number: string) => {
      const { values, revision } = await desk.dispatch('customers.get', { number });
      return [values['registeredName'], values['telephone'], revision];
    };
    expect(await card(next(1))).toEqual(['前後甲公司', '02-5000-0005', 3]);
    expect(await card(next(2))).toEqual(['前後乙公司', '02-5000-0008', 3]);
    expect(await card(next(9))).toEqual(['前後丙公司', '02-5000-0007', 2]);
    expect(await card(next(10))).toEqual(['前後丁公司', '02-5000-0009', 1]);
  });

  it('a card touched since then is not taken back', async () => {
    const table = await read('公司名称\n辛公司');
    const { importId, firstNumber } = await desk.dispatch('imports.apply', { table: table.table });
    await desk.dispatch('customers.update', { number: firstNumber ?? '', revision: 1, values: { shortName: '辛' } });
    const answer = await desk.answer('imports.takeBack', { importId: importId ?? 0 });
    expect(answer.ok ? '' : answer.error.code).toBe('IMPORT_TOUCHED');
    expect((await desk.dispatch('imports.list', {})).imports[0]).toMatchObject({ mayTakeBack: false });
  });

  it('138: the mapping of a table with the same headings is remembered', async () => {
    const first = await read('奇怪的欄,電話\n壬公司,02-8');
    expect(first).toMatchObject({ remembered: false, mapping: [null, 'telephone'] });
    await desk.dispatch('imports.apply', {
      table: first.table,
      kind: 'enterprise',
      mapping: ['registeredName', 'telephone'],
    });
    const again = await read('奇怪的欄,電話\n癸公司,02-9', '另一個檔案.csv');
    expect(again).toMatchObject({ remembered: true, mapping: ['registeredName', 'telephone'], unrecognised: [] });
    expect((await read('電話,奇怪的欄\n02-9,癸公司')).remembered).toBe(false);
  });

  it('140: a refused cell is put right in place; the file is not touched, the counts add up', async () => {
    const table = await read('客戶名稱,成立日期\n子公司,2020-01-01\n丑公司,不記得');
    const given = { table: table.table, corrections: [{ row: 3, column: 1, value: '2019' }] };
    expect(await desk.dispatch('imports.apply', { table: table.table, dryRun: true })).toMatchObject({
      refusedTotal: 1,
      imported: 1,
    });
    expect(await desk.dispatch('imports.apply', { ...given, dryRun: true })).toMatchObject({
      refusedTotal: 0,
      imported: 2,
    });
    const { lastNumber } = await desk.dispatch('imports.apply', given);
    expect((await desk.dispatch('customers.get', { number: lastNumber ?? '' })).values['foundedOn']).toBe('2019');
  });

  it('27: a card by its number shows what would change; what is left stays, what is taken changes', async () => {
    const { firstNumber: number } = await desk.dispatch('imports.apply', {
      table: (await read('客戶名稱,電話,傳真\n寅公司,02-1,02-2')).table,
    });
    const table = await read(`客戶編號,客戶名稱,電話,傳真,檔次\n${number},寅公司,02-7,02-8,重要`);
    const tried = await desk.dispatch('imports.apply', { table: table.table, dryRun: true });
    expect(tried).toMatchObject({ rows: 1, updated: 1, differencesTotal: 3 });
    expect(tried.differences.map(({ field, from, to }) => [field, from, to])).toEqual([
      ['telephone', '02-1', '02-7'],
      ['fax', '02-2', '02-8'],
      ['control.tier', 'general', 'key'],
    ]);
    const leave = [{ row: 2, field: 'telephone' }];
    expect(
      await desk.dispatch('imports.apply', {
        table: table.table,
        leave,
        leaveFields: ['fax', 'control.tier'],
        dryRun: true,
      }),
    ).toMatchObject({ updated: 0, unchanged: 1 });
    await desk.dispatch('imports.apply', { table: table.table, leave });
    const card = await desk.dispatch('customers.get', { number: number ?? '' });
    expect([card.values['telephone'], card.values['fax'], card.tier]).toEqual(['02-1', '02-8', 'key']);
  });

  it('a row that changes an existing card, by number or by code, needs no name; its number says which kind of card it is', async () => {
    const firm = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '補欄公司', taiwanBusinessNumber: '22099131' },
    });
    const person = await desk.dispatch('customers.create', { kind: 'individual', values: { name: '林補欄' } });
    const byNumber = await read(`客戶編號,電話\n${firm.number},02-7\n${person.number},02-8\nE909090,02-9`);
    expect(await desk.dispatch('imports.apply', { table: byNumber.table, acceptValid: true })).toMatchObject({
      updated: 2,
      refused: [{ row: 4, field: 'registeredName', message: 'validation.required' }],
    });
    const byCode = await read('統一編號,傳真\n22099131,02-10\n99999999,02-11');
    expect(await desk.dispatch('imports.apply', { table: byCode.table, acceptValid: true })).toMatchObject({
      updated: 1,
      refused: [{ row: 3 }],
    });
    const { values, name } = await desk.dispatch('customers.get', { number: firm.number });
    expect([name, values['telephone'], values['fax']]).toEqual(['補欄公司', '02-7', '02-10']);
    const own = await desk.dispatch('customers.get', { number: person.number });
    expect(own).toMatchObject({ kind: 'individual', name: '林補欄' });
    expect(JSON.stringify(own.values)).toContain('02-8');
  });

  it('141: an import that changed cards is taken back whole: values, class and the age of facts; new cards go', async () => {
    const { firstNumber: number } = await desk.dispatch('imports.apply', {
      table: (await read('客戶名稱,電話\n卯公司,02-1')).table,
    });
    const before = await desk.dispatch('customers.get', { number: number ?? '' });
    const table = await read(`客戶編號,客戶名稱,電話,傳真,檔次\n${number},卯公司,02-7,02-8,重要\n,辰公司,02-3,,`);
    const done = await desk.dispatch('imports.apply', { table: table.table });
    expect(done).toMatchObject({ imported: 1, updated: 1 });
    expect((await desk.dispatch('imports.list', {})).imports[0]).toMatchObject({ mayTakeBack: true });
    expect(await desk.dispatch('imports.takeBack', { importId: done.importId ?? 0 })).toMatchObject({ cards: 2 });
    const after = await desk.dispatch('customers.get', { number: number ?? '' });
    expect([after.values, after.tier, after.confirmations]).toEqual([before.values, before.tier, before.confirmations]);
    expect((await desk.dispatch('search.find', { text: '辰公司' })).hits).toEqual([]);
    const { changes } = await desk.dispatch('customers.history', { number: number ?? '' });
    expect(changes[0]).toMatchObject({ evidence: `import:${done.importId}` });
  });

  it('141: a card changed since then keeps the whole import from being taken back', async () => {
    const { firstNumber: number } = await desk.dispatch('imports.apply', {
      table: (await read('客戶名稱,電話\n巳公司,02-1')).table,
    });
    const done = await desk.dispatch('imports.apply', {
      table: (await read(`客戶編號,客戶名稱,電話\n${number},巳公司,02-5`)).table,
    });
    await desk.dispatch('customers.update', { number: number ?? '', revision: 2, values: { shortName: '巳' } });
    expect((await desk.dispatch('imports.list', {})).imports[0]).toMatchObject({
      mayTakeBack: false,
      touched: { number, name: '巳公司', why: 'changed' },
    });
    expect(await desk.answer('imports.takeBack', { importId: done.importId ?? 0 })).toMatchObject({
      ok: false,
      error: {
        code: 'IMPORT_TOUCHED',
        fields: [{ path: number, message: 'validation.import.changed', params: { name: '巳公司' } }],
      },
    });
  });

  it('141: whatever was put to a new card since is named: here a visit; nothing of it is lost', async () => {
    const done = await desk.dispatch('imports.apply', { table: (await read('客戶名稱\n午公司\n未公司')).table });
    await desk.dispatch('visits.record', {
      number: done.lastNumber ?? '',
      visitedAt: '2026-01-05T02:00:00.000Z',
      staffId: (await desk.dispatch('staff.save', { number: 'S-1', name: '李業務', department: '業務部' })).id,
      method: 'telephone',
      purpose: 'other',
      content: '談過',
      result: 'toFollowUp',
    });
    expect(await desk.answer('imports.takeBack', { importId: done.importId ?? 0 })).toMatchObject({
      ok: false,
      error: { code: 'IMPORT_TOUCHED', fields: [{ path: done.lastNumber, message: 'validation.import.holds' }] },
    });
    expect((await desk.dispatch('visits.list', { number: done.lastNumber ?? '' })).total).toBe(1);
  });

  it('140: a refused row is shown whole, as it stands in the file', async () => {
    const { table } = await read('客戶名稱,成立日期\n申公司,2020-01-01\n酉公司,不記得');
    expect(await desk.dispatch('imports.rows', { table, rows: [3] })).toEqual({
      rows: [{ row: 3, cells: ['酉公司', '不記得'] }],
    });
  });

  it('a cancelled import leaves nothing behind', async () => {
    const before = await count();
    const rows = Array.from({ length: 400 }, (_, index) => `取消公司${index},02-${index}`);
    const table = await read(['客戶名稱,電話', ...rows].join('\n'));
    const controller = new AbortController();
    const importing = desk.answer('imports.apply', { table: table.table }, controller.signal);
    setTimeout(() => controller.abort(), 30);
    const answer = await importing;
    expect(answer.ok ? '' : answer.error.code).toBe('CANCELLED');
    expect(await count()).toBe(before);
    expect((await desk.dispatch('search.find', { text: '取消公司' })).total).toBe(0);
  });
});

// A one-pixel PNG.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('filing by manifest and binding (4c, 4f)', () => {
  it('files papers with their scans, binds the year, and the volume is fixed', async () => {
    const manifest = await upload(
      '清單.csv',
      Buffer.from(
        [
          '客戶編號,文種,題名,日期,頁數,原件,掃描檔',
          'E000001,客戶營業執照,營業執照,2025-02-03,1,是,licence.png',
          'E000001,合同,年度合同,2025-04-05,2,否,',
        ].join('\n'),
      ),
    );
    expect((await desk.dispatch('filing.scanNames', { upload: manifest })).names).toEqual(['licence.png']);
    const scans = [{ name: 'licence.png', upload: await upload('licence.png', PNG, 'scan') }];
    const filed = await desk.dispatch('filing.apply', { upload: manifest, scans });
    expect(filed.papers.map((paper) => paper.code)).toEqual(['KH·1·E000001·L0001', 'KH·2·E000001·L0002']);

    const plan = await desk.dispatch('binding.plan', { year: 2025 });
    expect(plan.volumes.map((volume) => [volume.class, volume.papers])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    const bound = await desk.dispatch('binding.bind', { year: 2025, explanation: '缺件另函索取' });
    expect(bound.volumes).toHaveLength(2);
    const listed = await desk.dispatch('volumes.list', { year: 2025 });
    expect(listed.volumes.map((volume) => volume.sha256)).toEqual(bound.volumes.map((volume) => volume.sha256));

    // D6: the number written on the loose sheet still finds the paper.
    const { paper } = await desk.dispatch('dossiers.paper', { code: 'KH·2·E000001·L0002' });
    expect(paper).toMatchObject({
      code: 'KH·2·2025-E000001·001-0001',
      state: 'bound',
      volume: { year: 2025, number: 1 },
    });
    // Y1: the licence stays valid: it goes on in the current dossier, and the volume holds a copy.
    expect((await desk.dispatch('dossiers.paper', { code: 'KH·1·E000001·L0001' })).paper.state).toBe('inPlace');
    const change = await desk.answer('dossiers.changePaper', {
      code: paper.code,
      revision: paper.revision,
      reason: '改',
      title: '改',
    });
    expect(change.ok ? '' : change.error.code).toBe('VOLUME_FIXED');
    expect(() => {
      desk.archive.database.begin();
      try {
        desk.archive.database.writer.run('UPDATE volume SET pages = 1');
      } finally {
        desk.archive.database.rollback();
      }
    }).toThrow(/fixed/);
    const again = await desk.answer('binding.bind', { year: 2025 });
    expect(again.ok ? '' : again.error.code).toBe('NOTHING_TO_BIND');
    expect((await desk.dispatch('audit.verify', { deep: true })).ok).toBe(true);

    // Y2: somebody goes around the program and changes a bound paper, or takes one of its scans away.
    const volumesCheck = async () =>
      (await desk.dispatch('audit.verify', {})).checks.find((check) => check.name === 'volumes');
    const { database } = desk.archive;
    const behindItsBack = async (sql: string) => {
      database.begin();
      database.writer.run(sql);
      database.commit();
      const found = await volumesCheck();
      database.begin();
      database.writer.run(sql.replace('改過', '營業執照').replace('pages + 1', 'pages - 1'));
      database.commit();
      return found;
    };
    expect(await volumesCheck()).toMatchObject({ ok: true, detail: '2' });
    expect(
      await behindItsBack("UPDATE paper SET title = '改過' WHERE code = 'KH·1·2025-E000001·001-0001'"),
    ).toMatchObject({
      ok: false,
      detail: 'KH·1·2025·001',
    });
    expect(await behindItsBack("UPDATE paper SET pages = pages + 1 WHERE code LIKE 'KH·2·2025-%-0001'")).toMatchObject({
      ok: false,
      detail: 'KH·2·2025·001',
    });
    expect(await volumesCheck()).toMatchObject({ ok: true });
  }, 60_000);

  it('a manifest with a missing scan or an unknown customer files nothing and names the rows', async () => {
    const manifest = await upload(
      '清單.csv',
      Buffer.from(
        [
          '客戶編號,文種,題名,日期,掃描檔',
          'E000001,合同,好的,2024-01-01,',
          'E999999,合同,沒有這家,2024-01-01,',
          'E000001,合同,缺掃描,2024-01-01,nowhere.pdf',
        ].join('\n'),
      ),
    );
    const answer = await desk.answer('filing.apply', { upload: manifest, scans: [] });
    expect(answer).toMatchObject({ ok: false, error: { code: 'IMPORT_REFUSED', params: { refused: 2 } } });
    expect((await desk.dispatch('search.find', { text: '好的' })).hits).toEqual([]);
  });
});

describe('backup and restore', () => {
  it('a backup is restored with the recovery key alone; a flipped byte is refused', async () => {
    const { readFileSync, writeFileSync, mkdtempSync, rmSync } = await import('node:fs');
    const { join } = await import('node:path');
    const { tmpdir } = await import('node:os');
    const folder = mkdtempSync(join(tmpdir(), 'dossier-backup-'));
    try {
      const file = join(folder, 'archive.backup.age');
      const made = await desk.dispatch('archive.backup', { file });
      expect(made.verified).toBe(true);
      const customers = await count();
      const other = await openTestArchive({ start: 'empty', directory: join(folder, 'restored') });
      const recoveryKey = desk.archive.recoveryKey ?? '';
      try {
        const bytes = readFileSync(file);
        bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
        writeFileSync(join(folder, 'broken.age'), bytes);
        const broken = await other.answer('archive.restore', {
          file: join(folder, 'broken.age'),
          directory: join(folder, 'broken'),
          recoveryKey,
          newSecret: 'a new secret for the keeper',
        });
        expect(broken.ok ? '' : broken.error.code).toBe('INTEGRITY');
        const restored = await other.dispatch('archive.restore', {
          file,
          directory: join(folder, 'restored'),
          recoveryKey,
          newSecret: 'a new secret for the keeper',
        });
        expect(restored).toMatchObject({ customers, verified: true });
        await other.dispatch('archive.unlock', {
          directory: join(folder, 'restored'),
          login: 'keeper',
          secret: 'a new secret for the keeper',
        });
        expect((await other.dispatch('customers.get', { number: 'E000001' })).name).toBe('甲公司');
      } finally {
        await other.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
