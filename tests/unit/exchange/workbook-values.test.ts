import Excel from 'exceljs';
import { describe, expect, test } from 'vitest';
import {
  numberStyle,
  numberText,
  plainNumber,
  serialToIso,
  withoutExponent,
} from '../../../electron/exchange/tables/cell-number.ts';
import { inlineRows, writeWorkbook } from '../../support/workbook-writer.ts';
import { readAll, refusal } from './read-all.ts';

async function exceljsWorkbook(fill: (book: Excel.Workbook) => void): Promise<Buffer> {
  const book = new Excel.Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('workbooks as spreadsheet programs write them', () => {
  test('R63 texts, numbers, truth values, dates and formulas come out as plain text', async () => {
    const bytes = await exceljsWorkbook((book) => {
      const sheet = book.addWorksheet('客戶');
      sheet.addRow(['名稱', '代碼', '數量', '日期', '時間', '啟用', '公式', '比例']);
      const row = sheet.addRow([
        '甲公司',
        '91310000MA1FL5E43X',
        1234.56,
        new Date(Date.UTC(2026, 0, 5)),
        new Date(Date.UTC(2026, 0, 5, 8, 30)),
        true,
        { formula: '1+1', result: 2 },
        0.15,
      ]);
      row.getCell(4).numFmt = 'yyyy"年"m"月"d"日"';
      row.getCell(5).numFmt = 'yyyy-mm-dd hh:mm';
      row.getCell(8).numFmt = '0%';
    });
    const table = await readAll(bytes);
    expect(table).toMatchObject({ kind: 'xlsx', sheets: ['客戶'], sheet: '客戶', headingRow: 1 });
    expect(table.rows).toEqual([
      {
        row: 2,
        cells: ['甲公司', '91310000MA1FL5E43X', '1234.56', '2026-01-05', '2026-01-05T08:30', 'TRUE', '2', '15%'],
      },
    ]);
  });

  test('R63 what looks like a formula in a text cell stays the same text; a formula is never evaluated', async () => {
    const data =
      '<row><c t="inlineStr"><is><t>名稱</t></is></c><c t="inlineStr"><is><t>值</t></is></c></row>' +
      `<row><c t="inlineStr"><is><t>=HYPERLINK("http://x","y")</t></is></c><c t="str"><f>WEBSERVICE("http://x")</f><v>saved text</v></c></row>` +
      '<row><c t="inlineStr"><is><t>@SUM(A1)</t></is></c><c><f>1+1</f></c></row>' +
      '<row><c t="inlineStr"><is><t>-2+3</t></is></c><c t="e"><v>#REF!</v></c></row>';
    const table = await readAll(writeWorkbook({ sheets: [{ name: 's', data }] }));
    expect(table.rows).toEqual([{ row: 2, cells: ['=HYPERLINK("http://x","y")', 'saved text'] }]);
    expect(table.refused).toEqual([
      { row: 3, field: '值', value: '', message: 'exchange.row.formulaWithoutValue' },
      { row: 4, field: '值', value: '#REF!', message: 'exchange.row.cellError' },
    ]);
  });

  test('R63 headings called __proto__, constructor and toString do no harm', async () => {
    const data = inlineRows([
      ['__proto__', 'constructor', 'toString', 'hasOwnProperty'],
      ['a', 'b', 'c', 'd'],
    ]);
    const attributes = '<row><c __proto__="x" constructor="y" r="A3"><v>1</v></c></row>';
    const table = await readAll(writeWorkbook({ sheets: [{ name: '__proto__', data: data + attributes }] }));
    expect(table.headings).toEqual(['__proto__', 'constructor', 'toString', 'hasOwnProperty']);
    expect(table.rows[0]?.cells).toEqual(['a', 'b', 'c', 'd']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    const chosen = await readAll(
      writeWorkbook({
        sheets: [
          { name: 'x', data },
          { name: '__proto__', data },
        ],
      }),
      {
        sheet: '__proto__',
      },
    );
    expect(chosen.sheet).toBe('__proto__');
  });

  test('shared strings: runs are joined, readings above characters left out, escapes resolved', async () => {
    const bytes = writeWorkbook({
      sharedStrings: [
        '<t>名稱</t>',
        '<r><t>東京</t></r><r><t xml:space="preserve"> 貿易</t></r><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>',
        '<t>一行_x000A_二行</t>',
        '<t><![CDATA[A&B <甲>]]></t>',
      ],
      sheets: [
        {
          name: 's',
          data: '<row r="1"><c t="s"><v>0</v></c></row><row r="3"><c t="s"><v>1</v></c></row><row r="4"><c t="s"><v>2</v></c></row><row r="5"><c t="s"><v>3</v></c></row>',
        },
      ],
    });
    const { rows } = await readAll(bytes);
    expect(rows).toEqual([
      { row: 3, cells: ['東京 貿易'] },
      { row: 4, cells: ['一行\n二行'] },
      { row: 5, cells: ['A&B <甲>'] },
    ]);
  });

  test('a reference to a shared string that is not there is damage', async () => {
    const bytes = writeWorkbook({
      sharedStrings: [],
      sheets: [{ name: 's', data: '<row><c t="s"><v>7</v></c></row>' }],
    });
    expect(await refusal(readAll(bytes))).toMatchObject({ code: 'FILE_DAMAGED' });
  });

  test('the first sheet by default, another by name, a clear refusal for one that is not there', async () => {
    const sheets = [
      { name: '說明', data: inlineRows([['讀我']]) },
      { name: '客戶', data: inlineRows([['名稱'], ['甲']]) },
    ];
    expect((await readAll(writeWorkbook({ sheets }))).sheet).toBe('說明');
    const chosen = await readAll(writeWorkbook({ sheets }), { sheet: '客戶' });
    expect(chosen).toMatchObject({ sheet: '客戶', sheets: ['說明', '客戶'], rows: [{ row: 2, cells: ['甲'] }] });
    const read = readAll(writeWorkbook({ sheets }), { sheet: '無' });
    expect(await refusal(read)).toMatchObject({ code: 'INPUT_INVALID', reason: 'exchange.xlsx.sheetUnknown' });
  });

  test('title lines above the headings are passed over; gaps and short rows keep their columns and numbers', async () => {
    const data =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>2026 年客戶名冊</t></is></c></row>' +
      '<row r="3"><c r="A3" t="inlineStr"><is><t>名稱</t></is></c><c r="B3" t="inlineStr"><is><t>電話</t></is></c><c r="C3" t="inlineStr"><is><t>地址</t></is></c></row>' +
      '<row r="7"><c r="A7" t="inlineStr"><is><t>甲</t></is></c><c r="C7" t="inlineStr"><is><t>台北</t></is></c></row>' +
      '<row r="9"><c r="A9" t="inlineStr"><is><t>乙</t></is></c></row>';
    const table = await readAll(writeWorkbook({ sheets: [{ name: 's', data }] }));
    expect(table).toMatchObject({ headings: ['名稱', '電話', '地址'], headingRow: 3 });
    expect(table.rows).toEqual([
      { row: 7, cells: ['甲', '', '台北'] },
      { row: 9, cells: ['乙', '', ''] },
    ]);
  });

  test('the heading row may be named when the guess is wrong', async () => {
    const data = inlineRows([
      ['a', 'b'],
      ['名稱', '電話'],
      ['甲', '1'],
    ]);
    const table = await readAll(writeWorkbook({ sheets: [{ name: 's', data }] }), { headingRow: 2 });
    expect(table).toMatchObject({ headings: ['名稱', '電話'], rows: [{ row: 3 }] });
  });
});

describe('numbers as typed', () => {
  test.each([
    ['1', '1'],
    ['-0.5', '-0.5'],
    ['0.10000000000000001', '0.1'],
    ['1234.5600000000001', '1234.56'],
    ['1.2E+17', '120000000000000000'],
    ['4.4030119900101101E+17', '440301199001011000'],
    ['440301199001011234', '440301199001011234'],
    ['1.5E-5', '0.000015'],
    ['-2.5e3', '-2500'],
    ['8613800138000', '8613800138000'],
    ['1E+2', '100'],
    ['abc', 'abc'],
    ['0', '0'],
  ])('%s is %s', (raw, text) => {
    expect(plainNumber(raw)).toBe(text);
  });

  test('no exponent is ever left in a number that a double can hold', () => {
    for (const value of [1e21, 123e-10, 5e-324, 1.7976931348623157e308]) {
      const text = withoutExponent(String(value));
      expect(text).not.toMatch(/e/i);
      expect(Number(text)).toBe(value);
    }
  });

  test('leading zeros of a format such as 000000 are part of what was typed', () => {
    expect(numberText('1234', numberStyle(164, '000000'), 1900)).toBe('001234');
    expect(numberText('0.075', numberStyle(10, undefined), 1900)).toBe('7.5%');
  });
});

describe('dates by style', () => {
  test.each([
    [14, undefined, '46027', '2026-01-05'],
    [31, undefined, '46027', '2026-01-05'],
    [57, undefined, '46027', '2026-01-05'],
    [22, undefined, '46027.354166666664', '2026-01-05T08:30'],
    [20, undefined, '0.35416666666666669', '08:30'],
    [17, undefined, '46027', '2026-01'],
    [164, 'yyyy/m/d', '46027', '2026-01-05'],
    [164, 'yyyy"年"m"月"', '46027', '2026-01'],
    [164, 'yyyy', '46027', '2026'],
    [164, '[$-404]e/m/d;@', '46027', '2026-01-05'],
    [164, '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '46027', '2026-01-05'],
    [164, '[h]:mm', '1.5', '36:00'],
    [164, '#,##0.00"day"', '46027', '46027'],
    [164, '[Red]0.00', '46027', '46027'],
    [164, 'General', '46027', '46027'],
    [164, '0.00E+00', '46027', '46027'],
    [164, '_-[$¥-804]* #,##0', '46027', '46027'],
    [2, undefined, '46027', '46027'],
  ])('format %s %s', (id, code, raw, text) => {
    expect(numberText(raw, numberStyle(id, code), 1900)).toBe(text);
  });

  test('both calendars: 1900 with its day that never was, and 1904', () => {
    expect(serialToIso(1, 'day', 1900)).toBe('1900-01-01');
    expect(serialToIso(59, 'day', 1900)).toBe('1900-02-28');
    expect(serialToIso(61, 'day', 1900)).toBe('1900-03-01');
    expect(serialToIso(0, 'day', 1904)).toBe('1904-01-01');
    expect(serialToIso(44_565, 'day', 1904)).toBe('2026-01-05');
    expect(serialToIso(-1, 'day', 1900)).toBeUndefined();
    expect(serialToIso(3_000_000, 'day', 1900)).toBeUndefined();
  });

  test('a 1904 workbook counts from 1904', async () => {
    const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
    const data = '<row><c t="inlineStr"><is><t>日期</t></is></c></row><row><c s="1"><v>44565</v></c></row>';
    const bytes = writeWorkbook({ sheets: [{ name: 's', data }], styles, date1904: true });
    expect((await readAll(bytes)).rows[0]?.cells).toEqual(['2026-01-05']);
  });
});
