import { type CleaningFinding, type DueForDisposal, findingOfVolume } from '../../shared/domain/archive-year.ts';
import { keptByKey, keptMarks, keptRange } from '../store/archive-years.ts';
import { numbersOfExpired } from '../store/cleaning.ts';
import type { Reader } from '../store/sql.ts';
import { type CustomerCleaning, cleaningOf } from './customer-cleaning.ts';
import type { Surveying } from './dossier-pieces.ts';
import { inTurns, type Pieces } from './in-turns.ts';
import { volumesDue } from './retention.ts';
import { todayOf } from './today.ts';
import { RUNS, runOf, YearFindings, type YearPiece } from './year-findings.ts';

/** The cleaning of a year (Y1), worked out once and kept up to date, in the memory of the archive process. */

const KEPT_AT_ONCE = 5_000;

export class YearSurvey extends YearFindings {
  #keptIsRead = false;
  /** Day and entries in the log when it was last looked what is due: every act that decides about that is in the log. */
  #dueAsOf = '';

  /**
   * Works out what has changed since it was last looked, all of it the first time: in pieces of some milliseconds, which stay worked out when
   * whoever asked gives up. Several may ask at once; each does a part.
   */
  async refresh({ archive, clock, signal, progress }: Surveying): Promise<void> {
    const sql = archive.database.reader;
    const today = todayOf(clock);
    await inTurns(this.#readKept(sql), signal);
    await inTurns(this.stepping(sql, today, progress), signal);
    const asOf = `${today} ${archive.audit.size()}`;
    if (this.#dueAsOf === asOf) return;
    this.#setDue(sql, await inTurns(volumesDue(sql, today), signal));
    this.#dueAsOf = asOf;
  }

  /** Whether no dossier has changed since. */
  isFresh({ archive, clock }: Pick<Surveying, 'archive' | 'clock'>): boolean {
    return this.isUpToDate(archive.database.reader, todayOf(clock));
  }

  *#readKept(sql: Reader): Pieces<void> {
    while (!this.#keptIsRead) {
      const { first, last } = keptRange(sql, this.year);
      const from = this.kept.count === 0 ? first : this.kept.idAt(this.kept.count - 1) + 1;
      const marks = keptMarks(sql, this.year, from, last, KEPT_AT_ONCE);
      for (const mark of marks) this.kept.add(mark);
      this.#keptIsRead = marks.length < KEPT_AT_ONCE;
      yield;
    }
  }

  protected override numbersOfDay(sql: Reader, from: string, before: string): readonly string[] {
    return numbersOfExpired(sql, from, before);
  }

  protected override forget(piece: YearPiece): void {
    this.#unlink(piece.kept);
  }

  protected override workOut(sql: Reader, piece: YearPiece, customerIds: readonly number[], today: string): void {
    const cleaned = cleaningOf(sql, this.year, today, customerIds);
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
