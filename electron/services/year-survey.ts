import { type CleaningFinding, type DueForDisposal, findingOfVolume } from '../../shared/domain/archive-year.ts';
import { freeMemory } from '../platform/memory.ts';
import { keptByKey, keptMarks, keptRange } from '../store/archive-years.ts';
import {
  changesAfter,
  customersBehind,
  numbersOfChanged,
  numbersOfExpired,
  rememberedChanges,
} from '../store/cleaning.ts';
import { countedCards } from '../store/kept-counts.ts';
import type { Reader } from '../store/sql.ts';
import type { QueryContext } from './context.ts';
import { type CustomerCleaning, cleaningOf } from './customer-cleaning.ts';
import { inTurns, type Pieces } from './in-turns.ts';
import { volumesDue } from './retention.ts';
import { todayOf } from './today.ts';
import { emptyPiece, RUNS, runOf, YearFindings } from './year-findings.ts';

/** The cleaning of a year (Y1), worked out once and kept up to date, in the memory of the archive process. */

/** Read between two turns of the event loop: some milliseconds. */
const CUSTOMERS_AT_ONCE = 100;
const CHANGES_AT_ONCE = 200;
const KEPT_AT_ONCE = 5_000;
/** So many make some tenths of a second. */
const STEPS_TOLD_OF = 20;
/** Steps, or pieces kept, that leave some 50 MB behind: by itself the runtime would let four times as much lie. */
export const FREED_AFTER = 100;

type Surveying = Pick<QueryContext, 'archive' | 'clock' | 'signal' | 'progress'>;

export class YearSurvey extends YearFindings {
  readonly #customersAtOnce: number;
  /** Where the next stale piece is looked for. */
  #next = 0;
  #keptIsRead = false;
  /** The last change that has been taken in; undefined before the first look. */
  #change: number | undefined;
  /** Day and entries in the log when it was last looked what is due: every act that decides about that is in the log. */
  #dueAsOf = '';

  constructor(year: number, customersAtOnce = CUSTOMERS_AT_ONCE) {
    super(year);
    this.#customersAtOnce = customersAtOnce;
  }

  /**
   * Works out what has changed since it was last looked, all of it the first time: in pieces of some milliseconds, which stay worked out when
   * whoever asked gives up. Several may ask at once; each does a part.
   */
  async refresh({ archive, clock, signal, progress }: Surveying): Promise<void> {
    const sql = archive.database.reader;
    const today = todayOf(clock);
    await inTurns(this.#stepping(sql, today, progress), signal);
    const asOf = `${today} ${archive.audit.size()}`;
    if (this.#dueAsOf === asOf) return;
    this.#setDue(sql, await inTurns(volumesDue(sql, today), signal));
    this.#dueAsOf = asOf;
  }

  *#stepping(sql: Reader, today: string, progress: Surveying['progress']): Pieces<void> {
    for (let steps = 1; this.#step(sql, today); steps += 1) {
      if (steps % STEPS_TOLD_OF === 0) {
        const total = countedCards(sql, {}).cards;
        progress({ phase: 'cleaning', done: Math.min(this.#seen(), total), total });
      }
      if (steps % FREED_AFTER === 0) freeMemory();
      yield;
    }
  }

  /** Whether no dossier has changed since. */
  isFresh({ archive, clock }: Pick<Surveying, 'archive' | 'clock'>): boolean {
    return (
      this.day === todayOf(clock) &&
      this.#change === rememberedChanges(archive.database.reader).last &&
      this.pieces.every((piece) => !piece.isStale)
    );
  }

  #seen(): number {
    return this.pieces.reduce((sum, piece) => sum + (piece.isStale ? 0 : piece.seen), 0);
  }

  /** @returns false when there was nothing to do */
  #step(sql: Reader, today: string): boolean {
    if (this.#takeInChanges(sql, today)) return true;
    if (!this.#keptIsRead) {
      const { first, last } = keptRange(sql, this.year);
      const from = this.kept.count === 0 ? first : this.kept.idAt(this.kept.count - 1) + 1;
      const marks = keptMarks(sql, this.year, from, last, KEPT_AT_ONCE);
      for (const mark of marks) this.kept.add(mark);
      this.#keptIsRead = marks.length < KEPT_AT_ONCE;
      return true;
    }
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
      this.#change = last;
      this.day = today;
      return false;
    }
    // What was changed is no longer known, or the calendar was set back: all of it anew.
    if (this.#change > last || (this.#change < last && first > this.#change + 1) || today < this.day) {
      this.#startAnew(last, today);
      return false;
    }
    if (today > this.day) {
      this.#markStale(numbersOfExpired(sql, this.day, today));
      this.day = today;
    }
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

  #startAnew(change: number, today: string): void {
    this.version += 1;
    for (const piece of this.pieces) this.#unlink(piece.kept);
    this.pieces = [emptyPiece(undefined)];
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

  #workOut(sql: Reader, index: number, today: string): void {
    const piece = this.pieces[index];
    if (piece === undefined) return;
    let customers = customersBehind(sql, this.pieces[index - 1]?.upTo ?? '', piece.upTo, 2 * this.#customersAtOnce + 1);
    if (customers.length > 2 * this.#customersAtOnce) {
      customers = customers.slice(0, this.#customersAtOnce);
      this.pieces.splice(index + 1, 0, emptyPiece(piece.upTo));
      piece.upTo = customers.at(-1)?.number;
    }
    this.version += 1;
    this.#unlink(piece.kept);
    const cleaned = cleaningOf(
      sql,
      this.year,
      today,
      customers.map(({ id }) => id),
    );
    const runs = Array.from({ length: RUNS }, (): { customer: number; finding: CleaningFinding }[] => []);
    for (const { customer, found } of cleaned)
      for (const { behind, finding } of found)
        runs[runOf(finding.kind, behind)]?.push({ customer: customer.id, finding });
    const all = runs.flat();
    for (const [run, findings] of runs.entries()) piece.starts[run + 1] = (piece.starts[run] ?? 0) + findings.length;
    piece.customers = Float64Array.from(all, ({ customer }) => customer);
    piece.classes = Uint8Array.from(all, ({ finding }) => finding.class);
    piece.kept = this.#positions(
      sql,
      all.map(({ finding }) => finding.key),
    );
    const sum = (of: (one: CustomerCleaning) => number) => cleaned.reduce((total, one) => total + of(one), 0);
    piece.carried = sum((one) => one.carried);
    piece.lasting = sum((one) => one.lasting.length);
    piece.lastingCarried = sum((one) => one.lasting.filter(({ carried }) => carried).length);
    piece.seen = customers.length;
    piece.isStale = false;
  }

  #unlink(kept: Uint32Array): void {
    for (const position of kept) if (position > 0) this.kept.setFound(position - 1, -1);
  }

  /** Where findings are kept, by their keys; they count as found. */
  #positions(sql: Reader, keys: readonly string[]): Uint32Array {
    const positions = new Uint32Array(keys.length);
    if (this.kept.count === 0 || keys.length === 0) return positions;
    const ids = keptByKey(sql, this.year, keys);
    for (const [at, key] of keys.entries()) {
      const position = this.kept.positionOf(ids.get(key) ?? 0);
      if (position === undefined) continue;
      positions[at] = position + 1;
      this.kept.setFound(position, 1);
    }
    return positions;
  }

  #setDue(sql: Reader, due: readonly DueForDisposal[]): void {
    const isSame = JSON.stringify(due) === JSON.stringify(this.due);
    if (isSame) return;
    this.version += 1;
    this.#unlink(this.dueKept);
    this.due = due;
    this.dueKept = this.#positions(
      sql,
      due.map((volume) => findingOfVolume(volume).key),
    );
  }
}
