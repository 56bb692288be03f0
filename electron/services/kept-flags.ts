import type { CleaningKind } from '../../shared/domain/archive-year.ts';
import { CLEANING_KINDS } from '../../shared/domain/archive-year.ts';
import type { KeptMark } from '../store/archive-years.ts';

const EXPLAINED = 1;
const DATED = 2;

/**
 * What a year has kept of its findings, by the position in which they were kept: of each no more than tells how it stands, since an open year of a
 * large archive has kept millions.
 */
export class KeptFlags {
  #ids = new Float64Array(1_024);
  #kinds = new Uint8Array(1_024);
  #classes = new Uint8Array(1_024);
  #flags = new Uint8Array(1_024);
  /** How often it is found now: 1, or for a moment 2 while its paper goes from one dossier to another. */
  #found = new Uint8Array(1_024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Adds what was kept after all others. */
  add({ id, kind, class: dossierClass, explained, dated }: KeptMark): void {
    if (this.#count === this.#ids.length) this.#grow();
    this.#ids[this.#count] = id;
    this.#kinds[this.#count] = CLEANING_KINDS.indexOf(kind);
    this.#classes[this.#count] = dossierClass;
    this.#flags[this.#count] = (explained === 1 ? EXPLAINED : 0) | (dated === 1 ? DATED : 0);
    this.#count += 1;
  }

  #grow(): void {
    const grown = <A extends Uint8Array | Float64Array>(before: A): A => {
      const after = new (before.constructor as new (length: number) => A)(before.length * 2);
      after.set(before);
      return after;
    };
    this.#ids = grown(this.#ids);
    this.#kinds = grown(this.#kinds);
    this.#classes = grown(this.#classes);
    this.#flags = grown(this.#flags);
    this.#found = grown(this.#found);
  }

  idAt(position: number): number {
    return this.#ids[position] ?? 0;
  }
  kindAt(position: number): CleaningKind {
    return CLEANING_KINDS[this.#kinds[position] ?? 0] ?? 'uncounted';
  }
  classAt(position: number): number {
    return this.#classes[position] ?? 0;
  }
  isExplained(position: number): boolean {
    return ((this.#flags[position] ?? 0) & EXPLAINED) !== 0;
  }
  /** Whether it says when it was explained or settled. */
  isDated(position: number): boolean {
    return ((this.#flags[position] ?? 0) & DATED) !== 0;
  }
  isFound(position: number): boolean {
    return this.#found[position] !== 0;
  }

  /** The position of a row; undefined for one that is not of this year. */
  positionOf(id: number): number | undefined {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.idAt(middle) < id) low = middle + 1;
      else high = middle;
    }
    return low < this.#count && this.idAt(low) === id ? low : undefined;
  }

  setFound(position: number, by: 1 | -1): void {
    this.#found[position] = (this.#found[position] ?? 0) + by;
  }
  setStanding(position: number, standing: { readonly explained: boolean; readonly dated: boolean }): void {
    this.#flags[position] = (standing.explained ? EXPLAINED : 0) | (standing.dated ? DATED : 0);
  }
}
