import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { inlineRows, workbookParts, writeWorkbook } from '../../support/workbook-writer.ts';
import { writeZip } from '../../support/zip-writer.ts';
import { readAll, refusal } from './read-all.ts';

const ROWS = inlineRows([
  ['客戶名稱', '電話'],
  ['甲公司', '02-1234'],
]);
const MB = 1024 * 1024;

/** A sheet of about 280 MB that deflates to about 0.8 MB, as in M16. */
function bomb(declaredSize?: number): Buffer {
  const row = '<row><c t="inlineStr"><is><t>甲乙丙丁戊己庚辛</t></is></c><c><v>1234567890</v></c></row>';
  const data = Buffer.alloc(280 * MB, row);
  const deflated = deflateRawSync(data, { level: 6 });
  return writeZip([
    ...workbookParts({ sheets: [{ name: 'a', data: '' }] }).filter((part) => !part.name.includes('sheet1')),
    {
      name: 'xl/worksheets/sheet1.xml',
      data,
      deflated,
      ...(declaredSize === undefined ? {} : { declaredSize }),
    },
  ]);
}

describe('R60 limits of a workbook are held while inflating', () => {
  test('R60 M16 a 0.8 MB workbook that inflates to 280 MB is refused, by its directory and while inflating', async () => {
    const honest = bomb();
    expect(honest.length).toBeLessThan(1.2 * MB);
    expect(await refusal(readAll(honest))).toMatchObject({ code: 'FILE_TOO_LARGE', reason: 'exchange.zip.ratio' });

    // The directory claims 1 MB: only counting what comes out can tell.
    const lying = bomb(1 * MB);
    const before = process.memoryUsage().rss;
    expect((await refusal(readAll(lying))).code).toMatch(/FILE_TOO_LARGE|FILE_DAMAGED/);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MB);
  });

  test('R60 the ratio holds from the first megabyte on, so small tables that deflate well are read', async () => {
    const repeated = inlineRows([['a', 'b'], ...Array.from({ length: 8_000 }, () => ['same', 'same'])]);
    expect((await readAll(writeWorkbook({ sheets: [{ name: 's', data: repeated }] }))).rows).toHaveLength(8_000);
    const limits = { ratioFreeBytes: 1_000, ratio: 10 };
    const read = readAll(writeWorkbook({ sheets: [{ name: 's', data: repeated }] }), { limits });
    expect(await refusal(read)).toMatchObject({ reason: 'exchange.zip.ratio' });
  });

  test('R60 all entries together may not inflate beyond the limit', async () => {
    const noise = Array.from({ length: 3_000 }, (_, i) => [String(Math.imul(i, 2_654_435_761)), String(i * i)]);
    const read = readAll(writeWorkbook({ sheets: [{ name: 's', data: inlineRows(noise) }] }), {
      limits: { inflatedBytes: 50_000 },
    });
    expect(await refusal(read)).toMatchObject({ code: 'FILE_TOO_LARGE', reason: 'exchange.zip.inflated' });
  });

  test('R60 a file over 25 MB is refused before it is opened', async () => {
    const large = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(25 * MB)]);
    expect(await refusal(readAll(large))).toMatchObject({ code: 'FILE_TOO_LARGE', reason: 'exchange.file.tooLarge' });
  });

  test('R60 more than 1,000 entries are refused', async () => {
    const many = Array.from({ length: 1_001 }, (_, i) => ({ name: `f${i}`, data: '' }));
    const read = readAll(writeZip(many));
    expect(await refusal(read)).toMatchObject({ code: 'FILE_TOO_LARGE', reason: 'exchange.zip.entries' });
  });

  test('R60 overlapping entries, doubled names, links and encryption are refused', async () => {
    const parts = workbookParts({ sheets: [{ name: 's', data: ROWS }] });
    const overlap = writeZip([...parts, { name: 'xl/media/more.xml', data: '', sameBytesAs: 0 }]);
    expect(await refusal(readAll(overlap))).toMatchObject({ code: 'FILE_DAMAGED', reason: 'exchange.zip.overlap' });
    const doubled = writeZip([...parts, { name: 'XL/workbook.xml', data: 'x' }]);
    expect(await refusal(readAll(doubled))).toMatchObject({ code: 'FILE_DAMAGED', reason: 'exchange.zip.overlap' });
    const link = writeZip([...parts, { name: 'xl/link', data: '/etc/passwd', unixMode: 0o120777 }]);
    expect(await refusal(readAll(link))).toMatchObject({ code: 'FILE_DAMAGED', reason: 'exchange.zip.link' });
    const locked = writeZip([...parts, { name: 'xl/secret', data: 'abc', encrypted: true }]);
    expect(await refusal(readAll(locked))).toMatchObject({
      code: 'FILE_NOT_READABLE',
      reason: 'exchange.file.encrypted',
    });
  });

  test('R60 names are not paths and archives inside are not opened', async () => {
    const parts = workbookParts({ sheets: [{ name: 's', data: ROWS }] });
    const nested = writeZip([{ name: 'inner', data: Buffer.alloc(2_000_000) }]);
    const file = writeZip([
      ...parts,
      { name: '../../etc/cron.d/x', data: 'x' },
      { name: 'xl/inner.zip', data: nested },
    ]);
    expect((await readAll(file)).rows).toEqual([{ row: 2, cells: ['甲公司', '02-1234'] }]);
  });

  test('R60 a flipped byte or a wrong checksum is damage, never a wrong value', async () => {
    const parts = workbookParts({ sheets: [{ name: 's', data: ROWS }] });
    const wrong = parts.map((part) => (part.name.includes('sheet1') ? { ...part, declaredCrc: 1 } : part));
    expect(await refusal(readAll(writeZip(wrong)))).toMatchObject({ code: 'FILE_DAMAGED' });
  });
});

describe('R61 XML of a workbook', () => {
  const sheet = [{ name: 's', data: ROWS }];

  test.each([
    ['a DTD', '<!DOCTYPE worksheet>'],
    ['an entity', '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'],
    ['an outside entity', '<!DOCTYPE w SYSTEM "file:///etc/passwd">'],
    ['a DTD behind a comment', '<!-- x --><!DOCTYPE w>'],
  ])('R61 %s is refused', async (_, prologue) => {
    const read = readAll(writeWorkbook({ sheets: sheet, prologue }));
    expect(await refusal(read)).toMatchObject({ code: 'FILE_TYPE_NOT_ALLOWED', reason: 'exchange.xml.dtd' });
  });

  test('R61 an entity that nobody declared, and XML that is cut off, are damage', async () => {
    const unknown = writeWorkbook({ sheets: [{ name: 's', data: '<row><c><v>&boom;</v></c></row>' }] });
    expect(await refusal(readAll(unknown))).toMatchObject({ code: 'FILE_DAMAGED' });
    const cut = writeWorkbook({ sheets: [{ name: 's', data: '<row><c><v>1</v>' }] });
    expect(await refusal(readAll(cut))).toMatchObject({ code: 'FILE_DAMAGED' });
  });

  test('R61 more than 64 levels, more cells or a longer run of text than allowed are refused', async () => {
    const deep = writeWorkbook({ sheets: [{ name: 's', data: '<x>'.repeat(70) + '</x>'.repeat(70) }] });
    expect(await refusal(readAll(deep))).toMatchObject({ code: 'FILE_TOO_LARGE', reason: 'exchange.xml.depth' });
    const wide = writeWorkbook({
      sheets: [
        {
          name: 's',
          data: inlineRows([
            ['a', 'b'],
            ['1', '2'],
            ['3', '4'],
          ]),
        },
      ],
    });
    const read = readAll(wide, { limits: { cells: 5 } });
    expect(await refusal(read)).toMatchObject({ code: 'FILE_TOO_LARGE', reason: 'exchange.xlsx.cells' });
    const endless = writeWorkbook({ sheets: [{ name: 's', data: inlineRows([['a'], ['x'.repeat(1_200_000)]]) }] });
    const limits = { ratio: 10_000 };
    expect(await refusal(readAll(endless, { limits }))).toMatchObject({ reason: 'exchange.xml.cellTooLong' });
  });

  test('R61 a cell over 32,767 characters costs its row, by name', async () => {
    const data = inlineRows([
      ['名稱', '備註'],
      ['甲', 'x'.repeat(32_768)],
      ['乙', 'y'.repeat(32_767)],
    ]);
    const table = await readAll(writeWorkbook({ sheets: [{ name: 's', data }] }));
    expect(table.rows.map((row) => row.row)).toEqual([3]);
    expect(table.refused).toMatchObject([{ row: 2, field: '備註', message: 'exchange.row.cellTooLong' }]);
    expect(table.refused[0]?.value.length).toBeLessThanOrEqual(200);
  });
});

describe('what is no workbook is told by its content, with the name of the file', () => {
  const good = writeWorkbook({ sheets: [{ name: 's', data: ROWS }] });
  test.each([
    ['0 bytes', Buffer.alloc(0), 'FILE_DAMAGED', 'exchange.file.empty'],
    ['a cut-off workbook', good.subarray(0, good.length - 200), 'FILE_DAMAGED', 'exchange.file.truncated'],
    ['a workbook cut to its first bytes', good.subarray(0, 20), 'FILE_DAMAGED', 'exchange.file.truncated'],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ'), 'FILE_TYPE_NOT_ALLOWED', 'exchange.file.notTable'],
    ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'FILE_TYPE_NOT_ALLOWED', 'exchange.file.oldWorkbook'],
    ['a web page', Buffer.from('<!DOCTYPE html><table>'), 'FILE_TYPE_NOT_ALLOWED', 'exchange.file.notTable'],
    ['another ZIP', writeZip([{ name: 'a.txt', data: 'x' }]), 'FILE_TYPE_NOT_ALLOWED', 'exchange.file.notTable'],
  ])('R65 %s', async (_, bytes, code, reason) => {
    expect(await refusal(readAll(bytes, { name: '客戶.xlsx' }))).toMatchObject({
      code,
      reason,
      params: { file: '客戶.xlsx' },
    });
  });

  test('R65 a workbook with macros and a document are not tables', async () => {
    const macro = 'application/vnd.ms-excel.sheet.macroEnabled.main+xml';
    const read = readAll(writeWorkbook({ sheets: [{ name: 's', data: ROWS }], contentType: macro }));
    expect(await refusal(read)).toMatchObject({ code: 'FILE_TYPE_NOT_ALLOWED', reason: 'exchange.file.notTable' });
  });
});
