import fc from 'fast-check';
import { expect, test } from 'vitest';
import { untilSettled } from '../../../renderer/state/use-composed-text.ts';

const PAUSE = 60;

test('7 · whoever types letter by letter never waits, and a burst is acted on once in a pause, its last letter too', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(gaps, (pauses) => {
      let now = 0;
      let settledAt = Number.NEGATIVE_INFINITY;
      const acted: number[] = [];
      for (const [at, gap] of pauses.entries()) {
        now += gap;
        const wait = untilSettled(now, settledAt, PAUSE);
        if (gap >= 2 * PAUSE) expect(wait).toBe(0);
        // A letter that comes before takes the place of the one that waits.
        if (wait > 0 && (pauses[at + 1] ?? Number.POSITIVE_INFINITY) < wait) continue;
        settledAt = now + wait;
        acted.push(settledAt);
      }
      for (const [at, time] of acted.entries())
        if (at > 0) expect(time - (acted[at - 1] ?? 0)).toBeGreaterThanOrEqual(PAUSE);
      // What was typed last is acted on, at most a pause later.
      expect(acted.at(-1)).toBeGreaterThanOrEqual(now);
      expect(acted.at(-1)).toBeLessThanOrEqual(now + PAUSE);
    }),
  );
});
