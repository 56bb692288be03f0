import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupsToAsk, recoveryGroups } from '../../../renderer/features/start/recovery-groups.ts';

test('R10: two different groups are asked for, never one of those that are the same on every sheet', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 8, max: 40 }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      (count, a, b) => {
        const draws = [a, b];
        const [first, second] = groupsToAsk(count, () => draws.shift() ?? 0);
        expect(first).toBeLessThan(second);
        expect(first).toBeGreaterThanOrEqual(4);
        expect(second).toBeLessThan(count);
      },
    ),
  );
});

test('the groups put together are the key', () => {
  const key = 'AGE-SECRET-KEY-1QYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSQXGKTU';
  expect(recoveryGroups(key).join('')).toBe(key);
});
