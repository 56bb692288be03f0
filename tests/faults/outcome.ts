import type { Verdict } from './judge.ts';

/** How many faults were tried, and what they did. */
export interface Outcome {
  readonly tried: number;
  readonly lost: number;
  readonly locked: number;
  readonly mixed: number;
}

export function outcomeOf(verdicts: readonly Verdict[]): Outcome {
  const count = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length;
  return { tried: verdicts.length, lost: count('lost'), locked: count('locked'), mixed: count('mixed') };
}

/** Reproducible numbers; the same seed gives the same faults. */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
