import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_BINDING,
  numberPages,
  type PaperToBind,
  pageNumberCorner,
  SPINE_WIDTHS_MM,
  sheetsOf,
  sheetThicknessMm,
  spineWidthMm,
  thicknessMm,
  volumeFiller,
} from '../../../shared/domain/binding.ts';
import { volumesAtOnce } from '../../support/volumes-at-once.ts';

const paper: fc.Arbitrary<PaperToBind> = fc.oneof(
  fc.record({ pages: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ pages: fc.integer({ min: 1, max: 40 }), group: fc.constantFrom('a', 'b') }),
  fc.record({ pages: fc.integer({ min: 1, max: 40 }), sheets: fc.integer({ min: 1, max: 900 }) }),
);
const settings = fc.record({
  sheetMm: fc.constantFrom(0.08, 0.1, 0.125),
  maxThicknessMm: fc.constantFrom(10, 20, 30, 50),
  coverMm: fc.constantFrom(0, 1, 2),
  doubleSided: fc.boolean(),
});

describe('Y1 division into volumes', () => {
  test('every paper is in exactly one volume, in order', () => {
    fc.assert(
      fc.property(
        fc.array(paper),
        settings,
        (papers, chosen) =>
          void expect(volumesAtOnce(papers, chosen).flatMap((volume) => volume.papers)).toEqual(papers),
      ),
    );
  });
  test('no volume is too thick unless it holds a single paper that is', () => {
    fc.assert(
      fc.property(fc.array(paper), settings, (papers, chosen) => {
        for (const volume of volumesAtOnce(papers, chosen)) {
          if (volume.thicknessMm > chosen.maxThicknessMm + 0.01) expect(volume.papers).toHaveLength(1);
          expect(volume.papers.length).toBeGreaterThan(0);
          expect(volume.thicknessMm).toBeCloseTo(thicknessMm(volume.sheets, chosen), 1);
        }
      }),
    );
  });
  test('no two neighbours would have fitted into one, groups apart', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ pages: fc.integer({ min: 1, max: 400 }) })), (papers) => {
        const volumes = volumesAtOnce(papers);
        for (let index = 1; index < volumes.length; index += 1) {
          const before = volumes[index - 1]!;
          const first = sheetsOf(volumes[index]!.papers[0]!.pages, true);
          expect(thicknessMm(before.sheets + first)).toBeGreaterThan(DEFAULT_BINDING.maxThicknessMm);
        }
      }),
    );
  });
  test('each is given as soon as the next paper has no room in it: no more than one volume and one group are held', () => {
    fc.assert(
      fc.property(fc.array(paper), settings, (papers, chosen) => {
        const filler = volumeFiller<PaperToBind>(chosen);
        let given = 0;
        for (const [index, one] of papers.entries()) {
          for (const volume of filler.add(one)) given += volume.papers.length;
          const held = papers.slice(given, index + 1);
          expect(volumesAtOnce(held, chosen).length).toBeLessThanOrEqual(
            new Set(held.map(({ group }) => group)).size + 1,
          );
        }
      }),
    );
  });
  test('a contract and its annexes stay together where they fit', () => {
    const papers = [{ pages: 500 }, { pages: 60, group: 'c' }, { pages: 60, group: 'c' }];
    expect(volumesAtOnce(papers).map((volume) => volume.papers.length)).toEqual([1, 2]);
  });
  test('volumes are numbered from 1 and know pages and spine', () => {
    expect(volumesAtOnce([{ pages: 100 }, { pages: 700 }])).toMatchObject([
      { volume: 1, pages: 100, sheets: 50, thicknessMm: 6, spineMm: 10 },
      { volume: 2, pages: 700, sheets: 350, thicknessMm: 36, spineMm: 40 },
    ]);
    expect(volumesAtOnce([])).toEqual([]);
  });
});

test('spine widths are the smallest that hold the papers', () => {
  expect([3, 10, 10.1, 50, 51].map(spineWidthMm)).toEqual([10, 10, 15, 50, undefined]);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 50, noNaN: true }),
      (thickness) => void expect(SPINE_WIDTHS_MM).toContain(spineWidthMm(thickness)),
    ),
  );
  expect(sheetThicknessMm(80)).toBe(0.1);
});

test('page numbers run without gap or overlap', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ pages: fc.nat(50) })), fc.integer({ min: 1, max: 5 }), (papers, first) => {
      let next = first;
      numberPages(papers, first).forEach((range, index) => {
        if (papers[index]!.pages === 0) expect(range).toBeNull();
        else {
          expect(range).toEqual({ from: next, to: next + papers[index]!.pages - 1 });
          next += papers[index]!.pages;
        }
      });
    }),
  );
});

test('§7.5 corners by convention', () => {
  expect([
    pageNumberCorner('upperCorners', 'front'),
    pageNumberCorner('upperCorners', 'back'),
    pageNumberCorner('lowerCorners', 'front'),
    pageNumberCorner('lowerCorners', 'back'),
  ]).toEqual(['upperRight', 'upperLeft', 'lowerRight', 'lowerLeft']);
});
