import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECORD_BOUNDS } from '../../electron/store/record-lists/record-bounds.ts';
import { RowIds } from '../../electron/store/record-lists/row-ids.ts';

describe('ids of rows that fit', () => {
  it('are those that were put in, however many and high they are', () => {
    const usual = { ...RECORD_BOUNDS };
    const id = fc.oneof(fc.nat({ max: 400 }), fc.nat({ max: 2 ** 31 - 1 }), fc.maxSafeNat());
    try {
      fc.assert(
        fc.property(
          fc.uniqueArray(id, { maxLength: 60 }),
          fc.array(id),
          fc.integer({ min: 1, max: 20 }),
          fc.nat({ max: 40 }),
          (ids, others, size, few) => {
            RECORD_BOUNDS.sortedAtOnce = few;
            // No bits up to very high numbers in a test.
            const low = ids.filter((one) => one < 500 || one > 200_000_000);
            const kept = new RowIds().add(low.slice(0, size)).add(low.slice(size));
            const pieces = [...kept.pieces(size)];
            expect(kept.size).toBe(low.length);
            expect(pieces.flat().toSorted((a, b) => a - b)).toEqual(low.toSorted((a, b) => a - b));
            expect(pieces.every((piece, at) => piece.length === size || at === pieces.length - 1)).toBe(true);
            expect([...low, ...others].map((one) => kept.has(one))).toEqual(
              [...low, ...others].map((one) => low.includes(one)),
            );
          },
        ),
      );
    } finally {
      Object.assign(RECORD_BOUNDS, usual);
    }
  });
});
