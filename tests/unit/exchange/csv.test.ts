import { describe, expect, test } from 'vitest';
import { readAll, refusal } from './read-all.ts';

function csv(text: string | Buffer, options: Parameters<typeof readAll>[1] = {}) {
  return readAll(typeof text === 'string' ? Buffer.from(text) : text, { name: 'customers.csv', ...options });
}

describe('R63 CSV', () => {
  test.each([
    ['comma', 'a,b\n1,2\n'],
    ['semicolon', 'a;b\r\n1;2\r\n'],
    ['tab', 'a\tb\n1\t2'],
    ['bar', 'a|b\n1|2\n'],
    ['sep line', 'sep=;\r\na;b\r\n1;2'],
    ['commas inside quotes', '"a,x";b\n"1,2,3";2\n"4,5,6";7\n'],
  ])('delimiter: %s', async (_, text) => {
    const table = await csv(text);
    expect(table.headings).toHaveLength(2);
    expect(table.rows[0]).toMatchObject({ row: 2 });
    expect(table.rows[0]?.cells[1]).toBe('2');
  });

  test('a single column needs no delimiter', async () => {
    const table = await csv('名稱\n甲\n乙\n');
    expect(table.rows.map((row) => row.cells)).toEqual([['甲'], ['乙']]);
  });

  test('quotes, doubled quotes, line breaks in cells, spaces after a quote, inches', async () => {
    const table = await csv('a,b\n"x, y","say ""hi"""\n"two\nlines",z\n"q" ,5" pipe\n');
    expect(table.rows).toEqual([
      { row: 2, cells: ['x, y', 'say "hi"'] },
      { row: 3, cells: ['two\nlines', 'z'] },
      { row: 4, cells: ['q', '5" pipe'] },
    ]);
  });

  test('R63 mixed line ends and blank lines: rows are numbered as a spreadsheet shows them', async () => {
    const table = await csv('a,b\r\n1,2\r3,4\n\n5,6\r\n,\n7,8');
    expect(table.rows.map(({ row, cells }) => [row, ...cells])).toEqual([
      [2, '1', '2'],
      [3, '3', '4'],
      [5, '5', '6'],
      [7, '7', '8'],
    ]);
  });

  test.each([
    ['quote never closed', '3,"broken'],
    ['text behind a closing quote', '3,"broken"x'],
    ['quote in the middle that swallows a line', '"3,broken'],
    ['a cell missing', '3'],
    ['a cell too many', '3,x,y'],
    ['a NUL', '3,x\u0000y'],
  ])('R63 a broken row in the middle costs that row only: %s', async (_, broken) => {
    const table = await csv(`no,name\n1,"one"\n2,two\n${broken}\n4,four\n5,"five"\n6,"si""x"\n`);
    expect(table.rows.map((row) => row.row)).toEqual([2, 3, 5, 6, 7]);
    expect(table.refused.map((cell) => cell.row)).toEqual([4]);
    expect(table.refused[0]?.message).toMatch(/^exchange\.row\./);
  });

  test('R63 many unclosed quotes far apart: every one is named, everything between is read', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => (i % 500 === 250 ? `${i},"open,x` : `${i},plain,"q"`));
    const table = await csv(`a,b,c\n${lines.join('\n')}\n`);
    expect(table.rows).toHaveLength(19_960);
    expect(table.refused).toHaveLength(40);
  });

  test('R63 an unclosed quote with no quote after it costs one row', async () => {
    const rest = Array.from({ length: 50_000 }, (_, i) => `${i},plain`).join('\n');
    const table = await csv(`a,b\n"x,y\n${rest}\n`);
    expect(table.rows).toHaveLength(50_000);
    expect(table.refused).toMatchObject([{ row: 2, message: 'exchange.row.quote' }]);
  });

  test('R63 a field of 10 MB is refused by row and column, quoted or not', async () => {
    const long = 'x'.repeat(10 * 1024 * 1024);
    const table = await csv(`a,b\n1,${long}\n2,ok\n3,"${long}"\n4,"${'line\n'.repeat(2_000_000)}"\n5,ok\n`);
    expect(table.rows.map((row) => row.row)).toEqual([3, 6]);
    expect(table.refused).toMatchObject([
      { row: 2, field: 'b', message: 'exchange.row.cellTooLong' },
      { row: 4, field: 'b', message: 'exchange.row.cellTooLong' },
      { row: 5, field: 'b', message: 'exchange.row.cellTooLong' },
    ]);
  });

  test('R63 a line without end is dropped piece by piece, what follows is read', async () => {
    const table = await csv(
      Buffer.concat([Buffer.from('a,b\n1,2\n'), Buffer.alloc(45_000_000, 'x'), Buffer.from('\n3,4\n')]),
    );
    expect(table.rows.map((row) => row.cells)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(table.refused[0]).toMatchObject({ row: 3, message: 'exchange.row.lineTooLong' });
  });

  test('R63 formula-looking cells and headings with dangerous names stay plain text', async () => {
    const table = await csv('__proto__,constructor,toString\n=1+1,@x,"=cmd|\' /C calc\'!A0"\n');
    expect(table.headings).toEqual(['__proto__', 'constructor', 'toString']);
    expect(table.rows[0]?.cells).toEqual(['=1+1', '@x', "=cmd|' /C calc'!A0"]);
  });

  test('a program that leaves empty cells off the end does so in neighbouring rows: those are taken', async () => {
    const table = await csv('a,b,c\n1,x\n2,y\n3,z,note\n4,q\n5,r,note\n');
    expect(table.rows.map((row) => row.row)).toEqual([2, 3, 4, 6]);
    expect(table.refused).toMatchObject([
      { row: 5, message: 'exchange.row.tooFewCells', params: { cells: 2, headings: 3 } },
    ]);
  });

  test('R63 headings that are broken refuse the file: no row of data is ever taken for headings', async () => {
    for (const headings of ['"客戶名稱,電話,地址', '客戶名稱,電\u0000話,地址']) {
      const read = csv(`${headings}\n甲,1,x\n乙,2,y\n`);
      expect(await refusal(read)).toMatchObject({ reason: 'exchange.file.headingsBroken', params: { row: 1 } });
    }
  });

  test('a title above the headings does not make cells with line breaks suspicious', async () => {
    const table = await csv(
      '客戶名冊,2026\n名稱,"電話\n（公）",地址,電郵,備註\n甲,1,"一行\n二行",a,b\n乙,2,"三行\n四行",c,d\n',
    );
    expect(table).toMatchObject({ headings: ['名稱', '電話 （公）', '地址', '電郵', '備註'], refused: [] });
    expect(table.rows.map((row) => row.row)).toEqual([3, 4]);
  });

  test('quotes cut in two by the pieces in which a file is read make no difference', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},"a ""b"", c",\r\n`).join('');
    const table = await csv(`a,b,c\r\n${rows}`);
    expect(table.rows).toHaveLength(60_000);
    expect(table.refused).toEqual([]);
    expect(new Set(table.rows.map((row) => row.cells[1]))).toEqual(new Set(['a "b", c']));
  });

  test('nothing but blank lines has no headings; DOS end-of-file marks are no cell', async () => {
    expect(await refusal(csv('\n\n  \n'))).toMatchObject({ code: 'FILE_DAMAGED', reason: 'exchange.file.noHeadings' });
    expect((await csv('a,b\r\n1,2\r\n\u001a')).refused).toEqual([]);
  });

  test('bytes that are no text are refused by content', async () => {
    const noise = Buffer.from(Array.from({ length: 4_096 }, (_, i) => (Math.imul(i + 7, 2_654_435_761) >>> 13) & 0xff));
    expect((await refusal(csv(noise))).code).toMatch(/FILE_TYPE_NOT_ALLOWED|ENCODING_UNKNOWN/);
  });
});
