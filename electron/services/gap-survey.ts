import { documentType, isDocumentTypeKey } from '../../shared/domain/document-types.ts';
import { DOSSIER_CLASSES } from '../../shared/domain/dossier-classes.ts';
import { sealedCustomers } from '../store/classification.ts';
import { numbersOfChanged, numbersOfExpired } from '../store/cleaning.ts';
import type { ArchiveDatabase } from '../store/connection.ts';
import { numbersOfOverdueClaims, promisesByCustomer } from '../store/gaps.ts';
import { countedCards } from '../store/kept-counts.ts';
import type { Reader } from '../store/sql.ts';
import { type DossierPiece, DossierPieces, type Surveying } from './dossier-pieces.ts';
import { gapsOf, type LedgerLine, type PlacedLine, placedLines } from './gap-lines.ts';
import { inTurns } from './in-turns.ts';
import { todayOf } from './today.ts';

/** The ledger of missing papers (D7) over all customers: of each hundred only how many lines they have, read again for the page that is shown. */

export const GAP_STATES = ['open', 'late', 'never'] as const;
export type GapState = (typeof GAP_STATES)[number];
/** `late` is open too, past the day by which somebody promised it. */
export const stateOfLine = (line: LedgerLine): GapState =>
  line.never !== null ? 'never' : line.isLate ? 'late' : 'open';

/** Which lines are asked for; undefined: of every class. */
export interface GapScope {
  readonly class?: number | undefined;
  readonly states: readonly GapState[];
}
export const isInScope = (line: LedgerLine, scope: GapScope) =>
  (scope.class === undefined || line.class === scope.class) && scope.states.includes(stateOfLine(line));

interface GapPiece extends DossierPiece {
  /** Lines by state and class. */
  counts: Uint32Array;
  /** How many cards lack anything. */
  lacking: number;
}

const countAt = (state: GapState, dossierClass: number) =>
  GAP_STATES.indexOf(state) * (DOSSIER_CLASSES.length + 1) + dossierClass;

export class GapSurvey extends DossierPieces<GapPiece> {
  #sealed: ReadonlySet<number> = new Set();
  #promises: ReadonlyMap<number, string> = new Map();
  /** Entries in the log when cards and promises were last looked at: every change of them is in the log. */
  #asOf = -1;

  async refresh({ archive, clock, signal, progress }: Surveying): Promise<void> {
    this.#asOf = archive.audit.size();
    await inTurns(this.stepping(archive.database.reader, todayOf(clock), progress), signal);
  }

  isFresh({ archive, clock }: Pick<Surveying, 'archive' | 'clock'>): boolean {
    return this.#asOf === archive.audit.size() && this.isUpToDate(archive.database.reader, todayOf(clock));
  }

  /** Cards that are in use no longer or again, and what was promised. */
  protected override numbersOfOthers(sql: Reader): readonly string[] {
    const sealed = sealedCustomers(sql);
    const promises = promisesByCustomer(sql);
    const changed = [
      ...[...sealed].filter((id) => !this.#sealed.has(id)),
      ...[...this.#sealed].filter((id) => !sealed.has(id)),
      ...[...new Set([...promises.keys(), ...this.#promises.keys()])].filter(
        (id) => promises.get(id) !== this.#promises.get(id),
      ),
    ];
    this.#sealed = sealed;
    this.#promises = promises;
    return numbersOfChanged(sql, { customers: changed, documents: [], scans: [] });
  }

  protected override emptyPiece(upTo: string | undefined): GapPiece {
    return {
      upTo,
      isStale: true,
      seen: 0,
      counts: new Uint32Array(GAP_STATES.length * (DOSSIER_CLASSES.length + 1)),
      lacking: 0,
    };
  }
  protected override forget(piece: GapPiece): void {
    piece.counts.fill(0);
  }
  protected override numbersOfDay(sql: Reader, from: string, before: string): readonly string[] {
    return [...numbersOfExpired(sql, from, before), ...numbersOfOverdueClaims(sql, from, before)];
  }
  protected override workOut(sql: Reader, piece: GapPiece, customerIds: readonly number[], today: string): void {
    const count = (state: GapState, dossierClass: number) => {
      const at = countAt(state, dossierClass);
      piece.counts[at] = (piece.counts[at] ?? 0) + 1;
    };
    piece.lacking = 0;
    for (const { customer, open, never } of gapsOf(sql, customerIds, today)) {
      if (customer.missing_papers > 0 && customer.status !== 'sealed') piece.lacking += 1;
      for (const { gap, isLate } of open) count(isLate ? 'late' : 'open', gap.class);
      for (const { type } of never) if (isDocumentTypeKey(type)) count('never', documentType(type).class);
    }
  }

  /** A paper that has expired lacks once its dossier is counted again, which alone no change of it tells. */
  protected override isWhole(sql: Reader): boolean {
    const lacking = this.pieces.reduce((sum, piece) => sum + piece.lacking, 0);
    return super.isWhole(sql) && lacking === countedCards(sql, { sealed: false }).lacking;
  }

  /** How many lines stand in these states. */
  count(scope: GapScope): number {
    return this.pieces.reduce((sum, piece) => sum + this.#countIn(piece, scope), 0);
  }

  #countIn({ counts }: GapPiece, { class: only, states }: GapScope): number {
    let sum = 0;
    for (const state of states)
      for (const one of DOSSIER_CLASSES)
        if (only === undefined || only === one) sum += counts[countAt(state, one)] ?? 0;
    return sum;
  }

  /** A page of the lines, customer by customer in the order of their numbers, of each first what is open. Only right while `isFresh`. */
  byCustomer(sql: Reader, scope: GapScope, offset: number, limit: number): PlacedLine[] {
    const page: PlacedLine[] = [];
    let before = 0;
    for (const [index, piece] of this.pieces.entries()) {
      if (page.length >= limit) break;
      const own = this.#countIn(piece, scope);
      if (own > 0 && before + own > offset) {
        const lines = placedLines(sql, this.customersOf(sql, index), this.day).filter(({ line }) =>
          isInScope(line, scope),
        );
        const from = Math.max(0, offset - before);
        page.push(...lines.slice(from, from + limit - page.length));
      }
      before += own;
    }
    return page;
  }

  /** A page of the ledger: everything open, behind it everything that will never come. Only right while `isFresh`. */
  page(sql: Reader, scope: GapScope, offset: number, limit: number): LedgerLine[] {
    const open = { ...scope, states: scope.states.filter((state) => state !== 'never') };
    const never = { ...scope, states: scope.states.filter((state) => state === 'never') };
    const first = this.byCustomer(sql, open, offset, limit);
    const behind = Math.max(0, offset - this.count(open));
    return [...first, ...this.byCustomer(sql, never, behind, limit - first.length)].map(({ line }) => line);
  }
}

const surveys = new WeakMap<ArchiveDatabase, GapSurvey>();

/** The ledger as it stands, whole: `look` sees it at this moment, and may not wait for anything. */
export async function lookAtGaps<T>(context: Surveying, look: (survey: GapSurvey, sql: Reader) => T): Promise<T> {
  const { database } = context.archive;
  const survey = surveys.get(database) ?? new GapSurvey();
  surveys.set(database, survey);
  for (;;) {
    await survey.refresh(context);
    if (survey.isFresh(context)) return look(survey, database.reader);
  }
}
