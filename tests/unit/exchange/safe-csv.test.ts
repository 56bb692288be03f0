import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvBytes, csvLine, safeText } from '../../../electron/exchange/safe-csv.ts';
import { readAll } from './read-all.ts';

describe('R64 CSV out', () => {
  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\u0000=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
    ' =1',
    '\u200b=1',
  ])('R64 %j is prefixed and quoted', (text) => {
    expect(safeText(text)).toMatch(/^"'/);
  });

  test('R64 true numbers stay numbers, texts of digits stay texts', () => {
    expect(csvLine([-5, 1.5, 10n, { decimal: '-120.50' }, '00123', null, true])).toBe(
      '-5,1.5,10,-120.50,"00123",,true\r\n',
    );
    expect(csvLine([{ decimal: '=1+1' }])).toBe(`"'=1+1"\r\n`);
  });

  test('R64 begins with the mark by which spreadsheet programs know UTF-8', () => {
    const bytes = csvBytes(['名稱'], [['甲 "一"']]);
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    expect(bytes.toString('utf8')).toBe('\ufeff"名稱"\r\n"甲 ""一"""\r\n');
  });

  test('what goes out comes in again', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[\p{Cc}\ufffd]/u.test(text));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), async (rows) => {
        const table = await readAll(csvBytes(['a', 'b', 'c'], rows), { name: 'x.csv', headingRow: 1 });
        const wanted = rows.filter((row) => row.some((text) => text.trim() !== ''));
        expect(table.refused).toEqual([]);
        expect(table.rows.map((row) => row.cells.map((text) => text.replace(/^'/u, '')))).toEqual(
          wanted.map((row) => row.map((text) => text.replace(/^'/u, ''))),
        );
      }),
      { numRuns: 100 },
    );
  });
});
