import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boxHeight,
  HIGHEST_BOX,
  placed,
  type RowBox,
  type RowPlace,
  rowsSeen,
  scrolled,
  toSee,
} from '../../../renderer/ui/table/row-window.ts';

const box = fc.record({
  rows: fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 100_000, max: 6_000_000 })),
  rowHeight: fc.constant(36),
  seen: fc.integer({ min: 100, max: 2_000 }),
});
const last = (of: RowBox) => Math.max(0, boxHeight(of) - of.seen);
const within = (of: RowBox, { scroll, shift }: RowPlace) => {
  expect(scroll).toBeGreaterThanOrEqual(0);
  expect(scroll).toBeLessThanOrEqual(last(of));
  expect(scroll + shift).toBeGreaterThanOrEqual(0);
  expect(scroll + shift).toBeLessThanOrEqual(Math.max(0, of.rows * of.rowHeight - of.seen));
};

describe('7 · a list of any length in a box that a browser can draw', () => {
  test('every row can be seen, whole, from wherever one stands; both ends of the box are the ends of the list', () => {
    fc.assert(
      fc.property(box, fc.nat(), fc.nat(), (of, from, to) => {
        expect(boxHeight(of)).toBeLessThanOrEqual(HIGHEST_BOX);
        const row = to % of.rows;
        const place = toSee(of, placed(of, (from % of.rows) * of.rowHeight), row);
        within(of, place);
        const top = row * of.rowHeight - place.shift - place.scroll;
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top + of.rowHeight).toBeLessThanOrEqual(Math.max(of.seen, of.rowHeight));
        const [first, end] = rowsSeen(of, place, 3);
        expect(first <= row && row <= end).toBe(true);
        const start = placed(of, 0);
        for (const [scroll, seen] of [
          [0, 0],
          [last(of), of.rows - 1],
        ] as const) {
          const [a, b] = rowsSeen(of, scrolled(of, start, scroll), 0);
          expect(a <= seen && seen <= b).toBe(true);
        }
      }),
    );
  });

  test('small steps go as far in the list as in the box, back and forth, anywhere', () => {
    const steps = fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 60 });
    fc.assert(
      fc.property(box, fc.nat(), steps, (of, from, moves) => {
        const end = Math.max(0, of.rows * of.rowHeight - of.seen);
        let place = placed(of, (from % of.rows) * of.rowHeight);
        for (const by of moves) {
          const at = place.scroll + place.shift;
          const to = Math.min(Math.max(0, place.scroll + by), last(of));
          place = scrolled(of, place, to);
          within(of, place);
          // Held up only where the list itself ends.
          expect(place.scroll + place.shift).toBe(Math.min(Math.max(0, at + by), end));
        }
      }),
    );
  });

  test('dragging further down never shows what is further up', () => {
    fc.assert(
      fc.property(box, fc.nat(), fc.nat(), (of, a, b) => {
        const far: RowPlace = { scroll: -10_000, shift: 0 };
        const [up, down] = [a % (last(of) + 1), b % (last(of) + 1)].sort((x, y) => x - y) as [number, number];
        const place = (scroll: number) => {
          const to = scrolled(of, far, scroll);
          return to.scroll + to.shift;
        };
        expect(place(down)).toBeGreaterThanOrEqual(place(up));
      }),
    );
  });
});
