import { expect, test } from 'vitest';
import { secondsLeft } from '../../../renderer/state/jobs.ts';

test('152: time left follows the pace, and is not guessed from too little', () => {
  expect(secondsLeft(50, 100, 10)).toBe(10);
  expect(secondsLeft(100, 100, 10)).toBe(0);
  expect(secondsLeft(1, 100, 0.2)).toBeNull();
  expect(secondsLeft(0, 100, 10)).toBeNull();
  expect(secondsLeft(5, 0, 10)).toBeNull();
});
