/**
 * Repeatable chance: the same seed and the same streams give the same draws on every machine. Not for anything secret.
 */
export interface Draw {
  /** 0 ≤ x < 1. */
  next(): number;
  /** Whole number, 0 ≤ x < bound. */
  below(bound: number): number;
  /** Whole number, both ends included. */
  between(least: number, most: number): number;
  /** True in a share of all cases, 0 to 1. */
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** By weights of any sum. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  /** Different entries, in the order of the list. */
  some<T>(list: readonly T[], count: number): T[];
  /** As many digits, the first never 0. */
  digits(count: number): string;
}

/** Bits of the streams mixed into one state (splitmix32). */
function mixer(parts: readonly number[]): () => number {
  let state = 0x9e3779b9;
  const step = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  for (const part of parts) {
    state = (state ^ Math.imul(part | 0, 0x85ebca6b)) | 0;
    step();
  }
  return step;
}

/** A stream of its own for every combination of numbers (sfc32): what one record draws never moves another. */
export function drawFrom(...parts: readonly number[]): Draw {
  const mix = mixer(parts);
  let [a, b, c, counter] = [mix(), mix(), mix(), 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  const pick = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)];
    if (found === undefined) throw new RangeError('nothing to draw from');
    return found;
  };
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (share) => next() < share,
    pick,
    weighted(choices) {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [choice, weight] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      return pick(choices)[0];
    },
    some(list, count) {
      let wanted = Math.min(count, list.length);
      return list.filter((_, at) => {
        const taken = next() * (list.length - at) < wanted;
        if (taken) wanted -= 1;
        return taken;
      });
    },
    digits(count) {
      let text = String(1 + below(9));
      while (text.length < count) text += String(below(10));
      return text;
    },
  };
}
