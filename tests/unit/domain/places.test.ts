import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { movedPlace, type PlaceRow, placeSteps, placeTree } from '../../../shared/domain/places.ts';

const names = (place: string) => placeSteps(place).map(({ name }) => name);
const row = (place: string, papers = 1): PlaceRow => ({
  place,
  papers,
  pages: 2 * papers,
  originals: 0,
  out: 0,
  lastCheck: null,
});
const step = fc.constantFrom('檔案室', '1 號櫃', '10 號櫃', '2 層', '24 夾', 'Shelf 5');
const place = fc.array(step, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));

describe('C10 the words of a place are its path', () => {
  test('with strokes, or by the unit that ends each part', () => {
    expect(names('1 號櫃 5 層 24 夾')).toEqual(['1 號櫃', '5 層', '24 夾']);
    expect(names('檔案室/1號櫃5層')).toEqual(['檔案室', '1號櫃', '5層']);
    expect(names('A 室－1 號櫃－2 層')).toEqual(['A 室', '1 號櫃', '2 層']);
    expect(names('Room, Cabinet 1, Shelf 5')).toEqual(['Room', 'Cabinet 1', 'Shelf 5']);
    expect(names('窗邊')).toEqual(['窗邊']);
    expect(names('  ')).toEqual([]);
  });
  test('what lies below goes along when a cabinet is moved, and nothing else does', () => {
    expect(movedPlace('1 號櫃 5 層 24 夾', '1 號櫃', '檔案室/3 號櫃')).toBe('檔案室/3 號櫃 5 層 24 夾');
    expect(movedPlace('1號櫃/5層', '1 號櫃 5 層', '倉庫')).toBe('倉庫');
    expect(movedPlace('1 號櫃 5 層', '1 號櫃 5 層 24 夾', 'x')).toBeUndefined();
    expect(movedPlace('11 號櫃', '1 號櫃', 'x')).toBeUndefined();
    expect(movedPlace('', '1 號櫃', 'x')).toBeUndefined();
  });
  test('moved there and back it stands where it stood', () => {
    fc.assert(
      fc.property(place, place, (from, below) => {
        const before = `${from}/${below}`;
        const there = movedPlace(before, from, '倉庫/9 號架') ?? '';
        expect(movedPlace(there, '倉庫/9 號架', from)).toBe(before);
      }),
    );
  });
});

describe('C10 the tree of places', () => {
  test('each step before what lies below, numbers in their order, papers without a place last', () => {
    const tree = placeTree([row('10 號櫃 1 層'), row(''), row('2 號櫃 1 層 3 夾', 2), row('2 號櫃 1 層 1 夾')]);
    expect(tree.map(({ name, depth, papers, places }) => [name, depth, papers, places])).toEqual([
      ['2 號櫃', 0, 3, 2],
      ['1 層', 1, 3, 2],
      ['1 夾', 2, 1, 1],
      ['3 夾', 2, 2, 1],
      ['10 號櫃', 0, 1, 1],
      ['1 層', 1, 1, 1],
      ['', 0, 1, 1],
    ]);
  });
  test('nothing is counted twice and nothing is left out, however places are written', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.nat(9))), (rows) => {
        const given = [...new Map(rows)].map(([words, papers]) => row(words, papers));
        const top = placeTree(given).filter(({ depth }) => depth === 0);
        const sum = (all: readonly { readonly papers: number }[]) => all.reduce((total, one) => total + one.papers, 0);
        expect(sum(top)).toBe(sum(given));
      }),
    );
  });
  test('a step was checked when all below it were: by the earliest of them', () => {
    const checked = (words: string, lastCheck: string | null) => ({ ...row(words), lastCheck });
    const of = (rows: PlaceRow[]) => placeTree(rows)[0]?.lastCheck;
    expect(of([checked('1 號櫃 1 層', '2026-02-01'), checked('1 號櫃 2 層', '2026-01-01')])).toBe('2026-01-01');
    expect(of([checked('1 號櫃 1 層', '2026-02-01'), checked('1 號櫃 2 層', null)])).toBeNull();
  });
});
