import { RECORD_BOUNDS } from './record-bounds.ts';

/** A row with a higher number is kept as a number: bits up to there would take more than the rows. */
const HIGHEST_BIT = 200_000_000;
const BITS = 32;

/** Which rows of a list fit, in no order that counts: few as their numbers, many as a bit each (0.6 MB for five million rows). */
export class RowIds {
  #size = 0;
  #numbers: number[] = [];
  #known: Set<number> | undefined;
  #bits: Uint32Array | undefined;

  /** Ids that are not in it yet. */
  add(ids: readonly number[]): this {
    for (const id of ids) {
      this.#size += 1;
      if (this.#bits === undefined) this.#numbers.push(id);
      else if (!this.#setBit(id)) this.#numbers.push(id);
    }
    this.#known = undefined;
    if (this.#bits === undefined && this.#size > RECORD_BOUNDS.sortedAtOnce) {
      const numbers = this.#numbers;
      this.#bits = new Uint32Array(0);
      this.#numbers = numbers.filter((id) => !this.#setBit(id));
    }
    return this;
  }

  get size(): number {
    return this.#size;
  }

  has(id: number): boolean {
    if (this.#bits !== undefined && id >= 0 && id < HIGHEST_BIT)
      return (((this.#bits[Math.floor(id / BITS)] ?? 0) >>> (id % BITS)) & 1) === 1;
    this.#known ??= new Set(this.#numbers);
    return this.#known.has(id);
  }

  /** All of them, so many at a time. */
  *pieces(size: number): Generator<readonly number[]> {
    let piece: number[] = [];
    for (const id of this.#each()) {
      piece.push(id);
      if (piece.length < size) continue;
      yield piece;
      piece = [];
    }
    if (piece.length > 0) yield piece;
  }

  *#each(): Generator<number> {
    for (const [at, word] of (this.#bits ?? []).entries())
      for (let rest = word; rest !== 0; rest &= rest - 1) yield at * BITS + (BITS - 1 - Math.clz32(rest & -rest));
    yield* this.#numbers;
  }

  #setBit(id: number): boolean {
    if (id < 0 || id >= HIGHEST_BIT) return false;
    const at = Math.floor(id / BITS);
    let bits = this.#bits ?? new Uint32Array(0);
    if (at >= bits.length) {
      const more = new Uint32Array(Math.max(at + 1, bits.length * 2));
      more.set(bits);
      bits = more;
      this.#bits = more;
    }
    bits[at] = (bits[at] ?? 0) | (1 << (id % BITS));
    return true;
  }
}
