import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../../renderer/ui/table/grouped-lines.ts';
import { movedColumn } from '../../../renderer/ui/table/list-menus.tsx';
import { ALL_MARKED, isMarked, markedCount, NO_MARKS, toggled } from '../../../renderer/ui/table/marks.ts';

describe('a list in groups', () => {
  test('every row stands on one line, behind the heading of its group, and every line is a heading or a row', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(7), { maxLength: 12 }), (counts) => {
        const groups = counts.map((count, index) => ({ label: String(index), count }));
        const rows = counts.reduce((sum, count) => sum + count, 0);
        const lines = linesOf(rows, groups);
        expect(lines.total).toBe(rows + groups.length);
        const all = Array.from({ length: lines.total }, (_, line) => lines.at(line));
        const found = all.flatMap((line) => (line.kind === 'row' ? [line.index] : []));
        expect(found).toEqual(Array.from({ length: rows }, (_, row) => row));
        expect(all.flatMap((line) => (line.kind === 'group' ? [line.group] : []))).toEqual(groups);
        for (const row of found) expect(lines.at(lines.lineOf(row))).toEqual({ kind: 'row', index: row });
      }),
    );
  });

  test('without groups a line is its row; rows beyond the listed groups still have a line', () => {
    expect(linesOf(5, undefined).at(3)).toEqual({ kind: 'row', index: 3 });
    const cut = linesOf(10, [{ label: 'a', count: 4 }]);
    expect([cut.total, cut.at(10)]).toEqual([11, { kind: 'row', index: 9 }]);
  });
});

describe('26 · marks', () => {
  test('a second press takes the marks away; after all, marking begins anew', () => {
    const two = toggled(NO_MARKS, ['a', 'b']);
    expect([markedCount(two, 9), isMarked(two, 'a'), isMarked(two, 'c')]).toEqual([2, true, false]);
    expect(markedCount(toggled(two, ['a', 'b']), 9)).toBe(0);
    expect(markedCount(ALL_MARKED, 9)).toBe(9);
    expect([...toggled(ALL_MARKED, ['c']).keys]).toEqual(['c']);
  });
});

test('a column moves by one place and never out of the table', () => {
  expect(movedColumn(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
  expect(movedColumn(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
  expect(movedColumn(['a', 'b', 'c'], 'x', 1)).toEqual(['a', 'b', 'c']);
});
