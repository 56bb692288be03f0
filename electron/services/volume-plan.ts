import { type Arrangement, hasDividers, staysValid, volumeArranger } from '../../shared/domain/archive-year.ts';
import { type BindingSettings, DEFAULT_BINDING, type PlannedVolume } from '../../shared/domain/binding.ts';
import type { DocumentTypeKey } from '../../shared/domain/document-types.ts';
import { DOSSIER_CLASSES, type DossierClass } from '../../shared/domain/dossier-classes.ts';
import { longestCode } from '../../shared/domain/retention.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { carriesOfYear, findArchiveYear } from '../store/archive-years.ts';
import { findPapers, type PaperView } from '../store/papers.ts';
import {
  countReadyPapers,
  customerFurtherOn,
  type PaperToPlan,
  papersToPlan,
  papersToPlanAsFiled,
} from '../store/papers-to-bind.ts';
import type { Reader } from '../store/sql.ts';
import { lastVolumeNumber } from '../store/volumes.ts';
import type { QueryContext } from './context.ts';
import { inBinderOrder } from './dossiers.ts';
import { inTurns } from './in-turns.ts';
import { readSettings } from './settings.ts';

/** Which papers go into which volume of a year (Y1): worked out piece by piece, since a year of a large archive has a million of them. */

/** What goes into a volume of a year and class (Y1), before it is set and fixed. */
export interface PlannedBinding {
  readonly year: number;
  readonly class: DossierClass;
  readonly volume: number;
  /** In the order of the volume; of each no more than tells whether it is still the same. */
  readonly papers: {
    readonly ids: Float64Array;
    readonly revisions: Uint32Array;
    /** 1: it goes on in the current dossier, and the volume keeps a copy (Y1). */
    readonly carried: Uint8Array;
  };
  readonly customers: number;
  readonly pages: number;
  readonly sheets: number;
  readonly spineMillimetres: number;
  /** As long as the paper in it that is kept longest. */
  readonly retention: string;
}

/** A paper on its way into a volume. */
export type PaperToVolume = PaperView & { readonly carried: boolean };

/** Longest paper in a fixed volume's spine scheme; thicker single papers get the widest. */
export const WIDEST_SPINE = 50;

/** Sheets of a customer's card in front of the basic papers. */
const CARD_SHEETS = 1;

/** Read between two turns of the event loop: some milliseconds. */
const CUSTOMERS_AT_ONCE = 200;
const PAPERS_AT_ONCE = 500;
/** Counted along an index alone. */
const CUSTOMERS_COUNTED_AT_ONCE = 5_000;

/** How a year is arranged: as decided in its job, else as usual. */
export function yearArrangement(
  sql: Reader,
  year: number,
): { readonly arrangement: Arrangement; readonly binding: BindingSettings; readonly checkedBy: string } {
  const job = findArchiveYear(sql, year);
  if (job === undefined)
    return {
      arrangement: 'customers',
      binding: { ...DEFAULT_BINDING, sheetMm: readSettings(sql).sheetMicrometres / 1_000 },
      checkedBy: '',
    };
  return {
    arrangement: job.arrangement,
    binding: {
      sheetMm: job.sheet_micrometres / 1_000,
      maxThicknessMm: job.max_millimetres,
      coverMm: DEFAULT_BINDING.coverMm,
      doubleSided: job.double_sided === 1,
    },
    checkedBy: job.checked_by,
  };
}

/** Whether a paper of the year goes on in the current dossier: by the rule, unless the keeper decided otherwise. */
export function isCarried(
  paper: Pick<PaperView, 'id' | 'type' | 'valid_until' | 'state'>,
  year: number,
  decided: ReadonlyMap<number, { readonly carry: number }>,
): boolean {
  const own = decided.get(paper.id);
  if (own !== undefined) return own.carry === 1;
  return staysValid(
    { type: paper.type as DocumentTypeKey, validUntil: paper.valid_until, superseded: paper.state === 'superseded' },
    year,
  );
}

/** Ready papers as they were filed, in pieces. */
function* piecesAsFiled(sql: Reader, year: number, dossierClass: number): Generator<readonly PaperToPlan[]> {
  let after = 0;
  for (;;) {
    const piece = papersToPlanAsFiled(sql, year, dossierClass, after, PAPERS_AT_ONCE);
    yield piece;
    if (piece.length < PAPERS_AT_ONCE) return;
    after = piece.at(-1)?.id ?? 0;
  }
}

/** Ready papers customer by customer, each in the order of the binder (D1–D5), in pieces. */
function* piecesByCustomer(sql: Reader, year: number, dossierClass: number): Generator<readonly PaperToPlan[]> {
  let after: string | undefined = '';
  while (after !== undefined) {
    const upTo = customerFurtherOn(sql, after, CUSTOMERS_AT_ONCE);
    const piece = papersToPlan(sql, year, dossierClass, { after, upTo });
    yield [...Map.groupBy(piece, (paper) => paper.customer_id).values()].flatMap((own) =>
      inBinderOrder(
        own,
        own.flatMap(({ export_order: order_number, shipped_on: date }) =>
          order_number === null || date === null ? [] : [{ order_number, date }],
        ),
      ),
    );
    after = upTo;
  }
}

/** How many papers a class has ready, and how often the customer changes among them in the order of the arrangement; in pieces. */
function* countRuns(
  sql: Reader,
  year: number,
  dossierClass: number,
  arrangement: Arrangement,
): Generator<undefined, { papers: number; runs: number }> {
  const counted = { papers: 0, runs: 0 };
  if (arrangement === 'running') {
    let before = 0;
    for (const piece of piecesAsFiled(sql, year, dossierClass)) {
      for (const { customer_id } of piece) {
        if (customer_id !== before) counted.runs += 1;
        before = customer_id;
      }
      counted.papers += piece.length;
      yield;
    }
    return counted;
  }
  for (let after: number | null = 0; after !== null; ) {
    const piece = countReadyPapers(sql, year, dossierClass, after, CUSTOMERS_COUNTED_AT_ONCE);
    counted.papers += piece.papers;
    counted.runs += piece.customers;
    after = piece.last;
    yield;
  }
  return counted;
}

interface ArrangedPaper {
  readonly id: number;
  readonly customer: number;
  readonly pages: number;
  readonly revision: number;
  readonly carried: boolean;
  readonly retention: string;
}

function plannedBinding(
  of: Pick<PlannedBinding, 'year' | 'class' | 'volume'>,
  { papers, pages, sheets, spineMm }: PlannedVolume<ArrangedPaper>,
): PlannedBinding {
  return {
    ...of,
    papers: {
      ids: Float64Array.from(papers, ({ id }) => id),
      revisions: Uint32Array.from(papers, ({ revision }) => revision),
      carried: Uint8Array.from(papers, ({ carried }) => (carried ? 1 : 0)),
    },
    customers: new Set(papers.map(({ customer }) => customer)).size,
    pages,
    sheets,
    spineMillimetres: spineMm ?? WIDEST_SPINE,
    retention: longestCode(papers.map(({ retention }) => retention)),
  };
}

/** The plan, in pieces of some milliseconds. */
function* planning(sql: Reader, year: number, onlyClass: number | undefined): Generator<undefined, PlannedBinding[]> {
  const { arrangement, binding } = yearArrangement(sql, year);
  const decided = carriesOfYear(sql, year);
  const planned: PlannedBinding[] = [];
  for (const dossierClass of DOSSIER_CLASSES) {
    if (onlyClass !== undefined && dossierClass !== onlyClass) continue;
    const first = lastVolumeNumber(sql, year, dossierClass);
    const counted = yield* countRuns(sql, year, dossierClass, arrangement);
    if (counted.papers === 0) continue;
    const arranger = volumeArranger<ArrangedPaper>(arrangement, binding, {
      dividers: hasDividers(counted),
      cardSheets: dossierClass === 1 ? CARD_SHEETS : 0,
    });
    const keep = (volumes: readonly PlannedVolume<ArrangedPaper>[]) => {
      for (const full of volumes)
        planned.push(plannedBinding({ year, class: dossierClass, volume: first + full.volume }, full));
    };
    const pieces = arrangement === 'running' ? piecesAsFiled : piecesByCustomer;
    for (const piece of pieces(sql, year, dossierClass)) {
      for (const paper of piece)
        keep(
          arranger.add({
            id: paper.id,
            customer: paper.customer_id,
            pages: Math.max(1, paper.pages),
            revision: paper.revision,
            carried: isCarried(paper, year, decided),
            retention: paper.retention,
          }),
        );
      yield;
    }
    keep(arranger.close());
  }
  return planned;
}

/** The volumes of a year, planned in turns with whatever else is asked. */
export async function planVolumes(
  { sql, signal }: Pick<QueryContext, 'sql' | 'signal'>,
  year: number,
  onlyClass?: number,
): Promise<PlannedBinding[]> {
  return await inTurns(planning(sql, year, onlyClass), signal);
}

/** Whether both plans have the same volumes with the same papers, none of them changed: a change in between must not slip into a fixed volume. */
export function samePlan(one: readonly PlannedBinding[], other: readonly PlannedBinding[]): boolean {
  const same = (a: ArrayLike<number>, b: ArrayLike<number> | undefined) =>
    a.length === b?.length && Array.prototype.every.call(a, (value, at) => value === b[at]);
  return (
    one.length === other.length &&
    one.every(({ papers }, at) => {
      const beside = other[at]?.papers;
      return (
        same(papers.ids, beside?.ids) &&
        same(papers.revisions, beside?.revisions) &&
        same(papers.carried, beside?.carried)
      );
    })
  );
}

/**
 * The papers of a planned volume, in its order, as they are now.
 * @throws AppError CONFLICT { what: binding, number: year } when one of them is no longer there
 */
export function papersOfPlan(sql: Reader, { year, papers }: PlannedBinding): PaperToVolume[] {
  const found = new Map(findPapers(sql, papers.ids).map((paper) => [paper.id, paper]));
  return Array.from(papers.ids, (id, at) => {
    const paper = found.get(id);
    if (paper === undefined) throw new AppError('CONFLICT', { params: { what: 'binding', number: year } });
    return { ...paper, carried: papers.carried[at] === 1 };
  });
}
