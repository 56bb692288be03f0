import { expect, test } from 'vitest';
import { asTabSeparated } from '../../../renderer/ui/table/columns.ts';
import { placeAfter } from '../../../renderer/ui/table/use-grid-keys.ts';

const grid = { rows: 100, columns: 5, pageRows: 20, shift: false, mod: false };
const at = (row: number, column = 0, anchor = row) => ({ row, column, anchor });

test.each([
  ['j', at(10), at(11)],
  ['ArrowDown', at(99), at(99)],
  ['k', at(0), at(0)],
  ['PageDown', at(90), at(99)],
  ['PageUp', at(30), at(10)],
  ['Home', at(30, 2), at(0, 2)],
  ['End', at(3), at(99)],
  ['ArrowRight', at(3, 4), at(3, 4)],
  ['ArrowLeft', at(3, 1), at(3, 0)],
])('146: %s moves within the list and never out of it', (key, from, to) => {
  expect(placeAfter(key, from, grid)).toEqual(to);
});

test('146: Shift keeps the other end of the marked rows, without it the mark is gone', () => {
  const marked = placeAfter('ArrowDown', at(5), { ...grid, shift: true });
  expect(marked).toEqual({ row: 6, column: 0, anchor: 5 });
  expect(placeAfter('ArrowDown', { row: 6, column: 0, anchor: 5 }, grid)).toEqual(at(7));
});

test('146: a key that does not move is left to others', () => {
  expect(placeAfter('x', at(1), grid)).toBeNull();
});

test('copied cells are a table for a spreadsheet: no cell breaks out of its place', () => {
  expect(
    asTabSeparated([
      ['a\tb', 'c\nd'],
      ['e', 'f'],
    ]),
  ).toBe('a b\tc d\ne\tf');
});

test('R64 · several copied cells compute nothing in a spreadsheet; one alone is copied as it is', () => {
  expect(asTabSeparated([['甲', '=HYPERLINK("x")']])).toBe('甲\t\'=HYPERLINK("x")');
  expect(asTabSeparated([['+886-2-2345']])).toBe('+886-2-2345');
});
