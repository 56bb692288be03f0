import {
  CLEANING_KINDS,
  type CleaningFinding,
  type CleaningKind,
  type DueForDisposal,
  type FindingState,
  findingOfVolume,
} from '../../shared/domain/archive-year.ts';
import { DOSSIER_CLASSES, type DossierClass } from '../../shared/domain/dossier-classes.ts';
import type { Reader } from '../store/sql.ts';
import { type CustomerCleaning, cleaningOf } from './customer-cleaning.ts';
import { type DossierPiece, DossierPieces } from './dossier-pieces.ts';
import { KeptFlags } from './kept-flags.ts';

/** The findings of a year's cleaning (Y1) in their order: of each a few numbers, never its words, since a year of a large archive has millions. */

/** Findings stand by kind, and inside a kind by the class behind whose papers they come. */
export const RUNS = CLEANING_KINDS.length * DOSSIER_CLASSES.length;
export const runOf = (kind: CleaningKind, behind: DossierClass) =>
  CLEANING_KINDS.indexOf(kind) * DOSSIER_CLASSES.length + DOSSIER_CLASSES.indexOf(behind);
const kindOfRun = (run: number): CleaningKind =>
  CLEANING_KINDS[Math.floor(run / DOSSIER_CLASSES.length)] ?? 'uncounted';
const behindOfRun = (run: number): DossierClass => DOSSIER_CLASSES[run % DOSSIER_CLASSES.length] ?? 1;

export interface YearPiece extends DossierPiece {
  /** Where each run of findings begins, and behind them all the end of the last. */
  starts: Uint32Array;
  customers: Float64Array;
  classes: Uint8Array;
  /** Position among what is kept + 1; 0: not kept. */
  kept: Uint32Array;
  carried: number;
  lasting: number;
  lastingCarried: number;
}

const emptyPiece = (upTo: string | undefined): YearPiece => ({
  upTo,
  isStale: true,
  seen: 0,
  starts: new Uint32Array(RUNS + 1),
  customers: new Float64Array(0),
  classes: new Uint8Array(0),
  kept: new Uint32Array(0),
  carried: 0,
  lasting: 0,
  lastingCarried: 0,
});

/** Which findings are asked for; what is left out is not asked about. */
export interface FindingFilter {
  readonly kind?: CleaningKind | undefined;
  readonly class?: number | undefined;
  readonly state?: FindingState | undefined;
}

export interface StateCounts {
  open: number;
  explained: number;
  settled: number;
}

/** A finding of now, as the survey knows it. `at`: its place in the piece; of what is due, in the list of that. */
export interface FoundNow {
  readonly piece: YearPiece | undefined;
  readonly at: number;
  readonly kind: CleaningKind;
  readonly class: number;
  /** Position among what is kept; undefined: not kept. */
  readonly kept: number | undefined;
}

/** What was worked out of a year: in pieces, customer by customer in the order of their numbers. */
export abstract class YearFindings extends DossierPieces<YearPiece> {
  readonly year: number;
  readonly kept = new KeptFlags();
  protected due: readonly DueForDisposal[] = [];
  protected dueKept: Uint32Array = new Uint32Array(0);

  constructor(year: number, customersAtOnce?: number) {
    super(customersAtOnce);
    this.year = year;
  }

  protected override emptyPiece(upTo: string | undefined): YearPiece {
    return emptyPiece(upTo);
  }

  /** The runs that are asked for; what is due for disposal belongs to no customer and stands by itself. */
  #runs(kind: CleaningKind | undefined): number[] {
    return Array.from({ length: RUNS }, (_, run) => run).filter((run) => kind === undefined || kindOfRun(run) === kind);
  }

  #foundAt(piece: YearPiece | undefined, at: number, kind: CleaningKind): FoundNow {
    const position = (piece?.kept ?? this.dueKept)[at] ?? 0;
    return {
      piece,
      at,
      kind,
      class: piece === undefined ? (this.due[at]?.class ?? 1) : (piece.classes[at] ?? 0),
      kept: position === 0 ? undefined : position - 1,
    };
  }

  #matches(found: FoundNow, { class: onlyClass, state }: FindingFilter): boolean {
    return (
      (onlyClass === undefined || found.class === onlyClass) && (state === undefined || this.stateOf(found) === state)
    );
  }

  stateOf({ kept }: Pick<FoundNow, 'kept'>): 'open' | 'explained' {
    return kept !== undefined && this.kept.isExplained(kept) ? 'explained' : 'open';
  }

  /** How many findings of each kind stand in which state, of one class or of all. */
  counts(onlyClass?: number): Readonly<Record<CleaningKind, StateCounts>> {
    const none = (): StateCounts => ({ open: 0, explained: 0, settled: 0 });
    const counts = Object.fromEntries(CLEANING_KINDS.map((kind) => [kind, none()])) as Record<
      CleaningKind,
      StateCounts
    >;
    for (let run = 0; run < RUNS; run += 1) {
      const own = counts[kindOfRun(run)];
      for (const { starts, classes, kept } of this.pieces)
        for (let at = starts[run] ?? 0; at < (starts[run + 1] ?? 0); at += 1) {
          if (onlyClass !== undefined && classes[at] !== onlyClass) continue;
          const position = kept[at] ?? 0;
          own[position > 0 && this.kept.isExplained(position - 1) ? 'explained' : 'open'] += 1;
        }
    }
    for (const at of this.due.keys()) {
      const found = this.#foundAt(undefined, at, 'expiredRetention');
      if (this.#matches(found, { class: onlyClass })) counts.expiredRetention[this.stateOf(found)] += 1;
    }
    for (const position of this.#gone({ class: onlyClass }))
      counts[this.kept.kindAt(position)][this.kept.isExplained(position) ? 'explained' : 'settled'] += 1;
    return counts;
  }

  /** The same of all kinds together. */
  count(onlyClass?: number): StateCounts {
    const sum = { open: 0, explained: 0, settled: 0 };
    for (const { open, explained, settled } of Object.values(this.counts(onlyClass))) {
      sum.open += open;
      sum.explained += explained;
      sum.settled += settled;
    }
    return sum;
  }

  /** Positions of what was found before and is no longer so, in the order in which it was kept. */
  *#gone({ kind, class: onlyClass, state }: FindingFilter): Generator<number> {
    if (state === 'open') return;
    for (let position = 0; position < this.kept.count; position += 1) {
      if (this.kept.isFound(position)) continue;
      if (kind !== undefined && this.kept.kindAt(position) !== kind) continue;
      if (onlyClass !== undefined && this.kept.classAt(position) !== onlyClass) continue;
      if (state !== undefined && (this.kept.isExplained(position) ? 'explained' : 'settled') !== state) continue;
      yield position;
    }
  }

  /**
   * A page of the findings: those of now by kind, inside a kind in the order of the binder; behind them those that are no longer found, in the
   * order in which they were kept.
   * @returns `gone`: ids of kept findings; `total`: of all that are asked for
   */
  page(filter: FindingFilter, offset: number, limit: number) {
    const now: FoundNow[] = [];
    const gone: number[] = [];
    let total = 0;
    const isPlain = filter.class === undefined && filter.state === undefined;
    const taken = () => now.length + gone.length;
    const take = (found: FoundNow) => {
      if (!this.#matches(found, filter)) return;
      if (total >= offset && taken() < limit) now.push(found);
      total += 1;
    };
    for (const run of this.#runs(filter.kind)) {
      const kind = kindOfRun(run);
      for (const piece of this.pieces) {
        const [from = 0, to = 0] = [piece.starts[run], piece.starts[run + 1]];
        if (isPlain && (total + to - from <= offset || taken() >= limit)) total += to - from;
        else for (let at = from; at < to; at += 1) take(this.#foundAt(piece, at, kind));
      }
      if (kind === 'expiredRetention' && behindOfRun(run) === 1)
        for (const at of this.due.keys()) take(this.#foundAt(undefined, at, kind));
    }
    for (const position of this.#gone(filter)) {
      if (total >= offset && taken() < limit) gone.push(this.kept.idAt(position));
      total += 1;
    }
    return { now, gone, total };
  }

  /** Settled findings that do not say yet when that was seen: their positions. */
  *settledUndated(): Generator<number> {
    for (const position of this.#gone({ state: 'settled' })) if (!this.kept.isDated(position)) yield position;
  }

  /**
   * Everything found now, piece by piece, each with the id under which it is kept: what is not kept yet gets the ids from `nextId` on, in the
   * order of the whole list, so that it stands in this order too when it is no longer found.
   */
  *byPiece(nextId: number): Generator<{ readonly found: FoundNow; readonly id: number; readonly isNew: boolean }[]> {
    const pieces = this.pieces;
    const next = new Float64Array(RUNS * pieces.length);
    let id = nextId;
    let dueFrom = nextId;
    for (let run = 0; run < RUNS; run += 1) {
      for (const [index, { starts, kept }] of pieces.entries()) {
        next[run * pieces.length + index] = id;
        for (let at = starts[run] ?? 0; at < (starts[run + 1] ?? 0); at += 1) if (kept[at] === 0) id += 1;
      }
      if (kindOfRun(run) === 'expiredRetention' && behindOfRun(run) === 1) {
        dueFrom = id;
        for (const position of this.dueKept) if (position === 0) id += 1;
      }
    }
    const idOf = (found: FoundNow, fresh: () => number) => ({
      found,
      id: found.kept === undefined ? fresh() : this.kept.idAt(found.kept),
      isNew: found.kept === undefined,
    });
    for (const [index, piece] of pieces.entries()) {
      const findings: ReturnType<typeof idOf>[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        let fresh = next[run * pieces.length + index] ?? 0;
        for (let at = piece.starts[run] ?? 0; at < (piece.starts[run + 1] ?? 0); at += 1)
          findings.push(idOf(this.#foundAt(piece, at, kindOfRun(run)), () => fresh++));
      }
      if (findings.length > 0) yield findings;
    }
    if (this.due.length > 0)
      yield this.due.map((_, at) => idOf(this.#foundAt(undefined, at, 'expiredRetention'), () => dueFrom++));
  }

  /** What these findings say, in their order. Only right after `isFresh`. */
  wordsOf(sql: Reader, findings: readonly FoundNow[]): readonly CleaningFinding[] {
    const ids = new Set(findings.flatMap(({ piece, at }) => piece?.customers[at] ?? []));
    const cleaned = new Map(
      cleaningOf(sql, this.year, this.day, [...ids]).map((one) => [one.customer.id, one.found] as const),
    );
    return findings.map(({ piece, at, kind }) => {
      if (piece === undefined) {
        const volume = this.due[at];
        if (volume === undefined) throw new RangeError(kind);
        return findingOfVolume(volume);
      }
      const customer = piece.customers[at] ?? 0;
      const run = piece.starts.findLastIndex((start) => start <= at);
      let before = at;
      while (before > (piece.starts[run] ?? 0) && piece.customers[before - 1] === customer) before -= 1;
      const behind = behindOfRun(run);
      const alike = (cleaned.get(customer) ?? []).filter((one) => one.behind === behind && one.finding.kind === kind);
      const found = alike[at - before]?.finding;
      if (found === undefined) throw new RangeError(`${kind} ${customer}`);
      return found;
    });
  }

  /** Everything found now is kept since `byPiece` of the same `nextId`; `explained`: what of it was explained with that. */
  takeKept(nextId: number, explained: (found: FoundNow) => boolean): void {
    let id = nextId;
    const take = (piece: YearPiece | undefined, at: number, kind: CleaningKind) => {
      const found = this.#foundAt(piece, at, kind);
      const position = found.kept ?? this.kept.count;
      if (found.kept === undefined) {
        this.kept.add({ id, kind, class: found.class as DossierClass, explained: 0, dated: 0 });
        this.kept.setFound(position, 1);
        (piece?.kept ?? this.dueKept)[at] = position + 1;
        id += 1;
      }
      if (this.stateOf({ kept: position }) === 'open' && explained(found))
        this.kept.setStanding(position, { explained: true, dated: true });
    };
    for (let run = 0; run < RUNS; run += 1) {
      const kind = kindOfRun(run);
      for (const piece of this.pieces)
        for (let at = piece.starts[run] ?? 0; at < (piece.starts[run + 1] ?? 0); at += 1) take(piece, at, kind);
      if (kind === 'expiredRetention' && behindOfRun(run) === 1)
        for (const at of this.due.keys()) take(undefined, at, kind);
    }
  }

  /** How many basic papers go on in the current dossier. */
  get carried(): number {
    return this.pieces.reduce((sum, piece) => sum + piece.carried, 0);
  }

  /** Basic papers about which it is asked whether they go on: how many, how many of them do, and a page of them. */
  lasting(sql: Reader, offset: number, limit: number) {
    const of = (number: (piece: YearPiece) => number) => this.pieces.reduce((sum, piece) => sum + number(piece), 0);
    const page: CustomerCleaning['lasting'][number][] = [];
    let before = 0;
    for (const [index, { lasting }] of this.pieces.entries()) {
      if (page.length >= limit) break;
      if (before + lasting > offset && lasting > 0) {
        const own = cleaningOf(sql, this.year, this.day, this.customersOf(sql, index)).flatMap((one) => one.lasting);
        page.push(...own.slice(Math.max(0, offset - before)));
      }
      before += lasting;
    }
    return {
      papers: page.slice(0, limit),
      total: of((piece) => piece.lasting),
      carried: of((piece) => piece.lastingCarried),
    };
  }
}
