import { freeMemory } from '../platform/memory.ts';
import {
  changesAfter,
  customerNumberOf,
  customersBehind,
  highestCustomerId,
  numbersOfChanged,
  numbersOfNewCustomers,
  rememberedChanges,
} from '../store/cleaning.ts';
import { countedCards } from '../store/kept-counts.ts';
import type { Reader } from '../store/sql.ts';
import type { QueryContext } from './context.ts';
import type { Pieces } from './in-turns.ts';

/** What is worked out of all dossiers once and kept up to date, in the memory of the archive process: in pieces, by the customers' numbers. */

/** Read between two turns of the event loop: some milliseconds. */
const CUSTOMERS_AT_ONCE = 100;
const CHANGES_AT_ONCE = 200;
/** So many make some tenths of a second. */
const STEPS_TOLD_OF = 20;
/** Steps, or pieces kept, that leave some 50 MB behind: by itself the runtime would let four times as much lie. */
export const FREED_AFTER = 100;

export type Surveying = Pick<QueryContext, 'archive' | 'clock' | 'signal' | 'progress'>;

/** What was worked out of the customers whose numbers lie between the end of the piece before and its own. */
export interface DossierPiece {
  /** Undefined: to the end. */
  upTo: string | undefined;
  isStale: boolean;
  /** How many customers it has seen. */
  seen: number;
}

export abstract class DossierPieces<P extends DossierPiece> {
  /** Rises whenever something is worked out anew. */
  version = 0;
  protected pieces: P[] = [this.emptyPiece(undefined)];
  /** The day that it was worked out for. */
  protected day = '';
  readonly #customersAtOnce: number;
  /** Where the next stale piece is looked for. */
  #next = 0;
  /** The last change that has been taken in; undefined before the first look. */
  #change: number | undefined;
  /** The highest id of a customer that has been seen, with its number: cards that come or go stand in no change. */
  #highest = 0;
  #highestNumber: string | undefined;

  constructor(customersAtOnce = CUSTOMERS_AT_ONCE) {
    this.#customersAtOnce = customersAtOnce;
  }

  protected abstract emptyPiece(upTo: string | undefined): P;
  /** Works out a piece of these customers anew. */
  protected abstract workOut(sql: Reader, piece: P, customerIds: readonly number[], today: string): void;
  /** Called before a piece is worked out anew or is no more. */
  protected abstract forget(piece: P): void;
  /** Customers of whom the calendar alone changes something from one day to a later one. */
  protected abstract numbersOfDay(sql: Reader, from: string, before: string): readonly string[];
  /** Customers of whom something else has changed since it was last asked: what no change of a dossier tells. */
  protected numbersOfOthers(_sql: Reader): readonly string[] {
    return [];
  }

  /** Works out what has changed since it was last looked, all of it the first time. */
  protected *stepping(sql: Reader, today: string, progress: Surveying['progress']): Pieces<void> {
    let isCounted = false;
    this.#markStale(this.numbersOfOthers(sql));
    for (let steps = 1; ; steps += 1) {
      if (!this.#takeInChanges(sql, today) && !this.#step(sql, today)) {
        if (isCounted || this.isWhole(sql)) return;
        isCounted = true;
        this.#startAnew(this.#change ?? 0, today);
      }
      if (steps % STEPS_TOLD_OF === 0) {
        const total = countedCards(sql, {}).cards;
        progress({ phase: 'cleaning', done: Math.min(this.#seen(), total), total });
      }
      if (steps % FREED_AFTER === 0) freeMemory();
      yield;
    }
  }

  /** Whether no dossier has changed since. */
  protected isUpToDate(sql: Reader, today: string): boolean {
    return (
      this.day === today &&
      this.#change === rememberedChanges(sql).last &&
      this.#highest === highestCustomerId(sql) &&
      this.pieces.every((piece) => !piece.isStale)
    );
  }

  /** Whether what is counted of all cards agrees: a card that is gone is in no piece that was looked at again. */
  protected isWhole(sql: Reader): boolean {
    return this.#seen() === countedCards(sql, {}).cards;
  }

  #seen(): number {
    return this.pieces.reduce((sum, piece) => sum + (piece.isStale ? 0 : piece.seen), 0);
  }

  /** @returns false when there was nothing to do */
  #step(sql: Reader, today: string): boolean {
    let index = this.pieces.findIndex((piece, at) => at >= this.#next && piece.isStale);
    if (index < 0) index = this.pieces.findIndex((piece) => piece.isStale);
    if (index < 0) return false;
    this.#next = index + 1;
    this.#workOut(sql, index, today);
    return true;
  }

  /** @returns whether there may be more */
  #takeInChanges(sql: Reader, today: string): boolean {
    const { first, last } = rememberedChanges(sql);
    if (this.#change === undefined) {
      this.#startAnew(last, today);
      this.#takeInHighest(sql);
      return false;
    }
    // What was changed is no longer known, or the calendar was set back: all of it anew.
    if (
      this.#change > last ||
      (this.#change < last && first > this.#change + 1) ||
      today < this.day ||
      (this.#highest > 0 && customerNumberOf(sql, this.#highest) !== this.#highestNumber)
    ) {
      this.#startAnew(last, today);
      this.#takeInHighest(sql);
      return false;
    }
    if (today > this.day) {
      this.#markStale(this.numbersOfDay(sql, this.day, today));
      this.day = today;
    }
    this.#markStale(numbersOfNewCustomers(sql, this.#highest));
    this.#takeInHighest(sql);
    if (this.#change === last) return false;
    const changes = changesAfter(sql, this.#change, CHANGES_AT_ONCE);
    this.#change = changes.at(-1)?.id ?? last;
    if (changes.some((change) => change.customer_id === 0)) {
      this.#startAnew(last, today);
      return false;
    }
    const distinct = <V>(values: readonly V[]) => [...new Set(values)];
    this.#markStale(
      numbersOfChanged(sql, {
        customers: distinct(changes.map((change) => change.customer_id)),
        documents: distinct(changes.map((change) => change.document_number).filter((number) => number !== '')),
        scans: distinct(changes.map((change) => change.scan).filter((scan) => scan !== '')),
      }),
    );
    return changes.length === CHANGES_AT_ONCE;
  }

  #takeInHighest(sql: Reader): void {
    this.#highest = highestCustomerId(sql);
    this.#highestNumber = customerNumberOf(sql, this.#highest);
  }

  #startAnew(change: number, today: string): void {
    this.version += 1;
    for (const piece of this.pieces) this.forget(piece);
    this.pieces = [this.emptyPiece(undefined)];
    this.#next = 0;
    this.#change = change;
    this.day = today;
  }

  #markStale(customerNumbers: readonly string[]): void {
    for (const number of customerNumbers) {
      const piece = this.pieces[this.#pieceOf(number)];
      if (piece !== undefined) piece.isStale = true;
    }
  }

  #pieceOf(customerNumber: string): number {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { upTo } = this.pieces[middle] ?? {};
      if (upTo === undefined || upTo >= customerNumber) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Ids of the customers of a piece, in the order of their numbers. */
  protected customersOf(sql: Reader, index: number): number[] {
    const after = this.pieces[index - 1]?.upTo ?? '';
    return customersBehind(sql, after, this.pieces[index]?.upTo, Number.MAX_SAFE_INTEGER).map(({ id }) => id);
  }

  #workOut(sql: Reader, index: number, today: string): void {
    const piece = this.pieces[index];
    if (piece === undefined) return;
    let customers = customersBehind(sql, this.pieces[index - 1]?.upTo ?? '', piece.upTo, 2 * this.#customersAtOnce + 1);
    if (customers.length > 2 * this.#customersAtOnce) {
      customers = customers.slice(0, this.#customersAtOnce);
      this.pieces.splice(index + 1, 0, this.emptyPiece(piece.upTo));
      piece.upTo = customers.at(-1)?.number;
    }
    this.version += 1;
    this.forget(piece);
    this.workOut(
      sql,
      piece,
      customers.map(({ id }) => id),
      today,
    );
    piece.seen = customers.length;
    piece.isStale = false;
  }
}
