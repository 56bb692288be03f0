import {
  CLEANING_KINDS,
  type CleaningFinding,
  findingsOfDossier,
  findingsOfPaper,
  type PaperToClean,
  staysValid,
} from '../../shared/domain/archive-year.ts';
import { type DossierClass, dossierClassOf } from '../../shared/domain/dossier-classes.ts';
import {
  type DossierRow,
  dossiersOf,
  firstWithScan,
  type LoosePaper,
  loosePapersOf,
  numbersElsewhere,
  scansOfPapers,
} from '../store/cleaning.ts';
import { exportOrdersOf } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { missingOfMany } from './paper-record.ts';
import { dayOf } from './today.ts';
import { isCarried } from './volume-plan.ts';

/** The cleaning of a year (Y1) as far as it concerns some customers: what is found in their loose papers, and what goes on in the current dossier. */

export interface CustomerFinding {
  /** Class behind whose papers the finding stands: the paper's own; of what a dossier lacks the first in which it has a loose paper. */
  readonly behind: DossierClass;
  readonly finding: CleaningFinding;
}

export interface CustomerCleaning {
  readonly customer: Pick<DossierRow, 'id' | 'number'>;
  /** By kind, inside a kind in the order of the binder. */
  readonly found: readonly CustomerFinding[];
  /** Basic papers about which it is asked whether they go on in the current dossier. */
  readonly lasting: readonly LastingPaper[];
  /** Of all basic papers that are ready to be bound, how many go on. */
  readonly carried: number;
}

export interface LastingPaper {
  readonly paper: LoosePaper;
  readonly customer: Pick<DossierRow, 'number' | 'name'>;
  readonly carried: boolean;
}

type Double = PaperToClean['doubleOf'];

/** For each paper the one before it that is the same: by a scan, among all papers of the year, or by type, number and day in the dossier. */
function doublesAmong(sql: Reader, year: number, papers: readonly LoosePaper[]): (paper: LoosePaper) => Double {
  const scans = scansOfPapers(
    sql,
    papers.map(({ id }) => id),
  );
  const firstOfScan = new Map<string, Double>();
  const withScan = (sha256: string): Double => {
    const known = firstOfScan.get(sha256);
    if (known !== undefined) return known;
    const first = firstWithScan(sql, year, sha256) ?? null;
    firstOfScan.set(sha256, first);
    return first;
  };
  const firstOfNumber = new Map<string, Double>();
  return (paper) => {
    const numbered = `${paper.customer_id}|${paper.type}|${paper.document_number}|${paper.date ?? ''}`;
    const before = paper.document_number === '' ? undefined : firstOfNumber.get(numbered);
    if (before === undefined) firstOfNumber.set(numbered, { id: paper.id, code: paper.code });
    for (const sha256 of scans.get(paper.id) ?? []) {
      const first = withScan(sha256);
      if (first !== null && first.id !== paper.id) return first;
    }
    return before ?? null;
  };
}

/** @returns for each customer that has a loose paper of the year, in the order given */
export function cleaningOf(
  sql: Reader,
  year: number,
  today: string,
  customerIds: readonly number[],
): readonly CustomerCleaning[] {
  const loose = loosePapersOf(sql, year, customerIds);
  if (loose.length === 0) return [];
  const papersOf = Map.groupBy(loose, (paper) => paper.customer_id);
  const dossiers = dossiersOf(
    sql,
    customerIds.filter((id) => papersOf.has(id)),
  );
  const missing = missingOfMany(sql, dossiers, today);
  const standing = loose.filter((paper) => paper.state !== 'superseded');
  const elsewhere = numbersElsewhere(
    sql,
    standing.filter((paper) => paper.document_number !== '').map(({ id }) => id),
  );
  const doubleOf = doublesAmong(sql, year, standing);
  // An export set belongs to the year of its order; the papers of later ones are still coming in.
  const later = new Map(
    exportOrdersOf(
      sql,
      dossiers.filter((dossier) => dossier.direct_export === 1).map(({ id }) => id),
    ).map((order) => [`${order.customer_id}|${order.order_number}`, Number(order.date.slice(0, 4)) > year]),
  );
  return dossiers.map((dossier): CustomerCleaning => {
    const own = papersOf.get(dossier.id) ?? [];
    const found: CustomerFinding[] = [];
    for (const paper of own) {
      if (paper.state === 'superseded') continue;
      const behind = dossierClassOf(paper.class) ?? 1;
      for (const finding of findingsOfPaper({
        id: paper.id,
        code: paper.code,
        customer: dossier.number,
        class: behind,
        type: paper.type,
        title: paper.title,
        date: paper.date,
        documentNumber: paper.document_number,
        pages: paper.pages,
        filedOn: dayOf(new Date(paper.added_at)),
        directExport: dossier.direct_export === 1,
        lentTo: paper.state === 'lent' ? `${paper.loan_borrower ?? ''} ${paper.loan_due ?? ''}`.trim() : null,
        doubleOf: doubleOf(paper),
        numberElsewhere: elsewhere.get(paper.id) ?? null,
      }))
        found.push({ behind, finding });
    }
    const gaps = (missing.get(dossier.id) ?? []).filter(
      (gap) => gap.exportOrder === undefined || later.get(`${dossier.id}|${gap.exportOrder}`) !== true,
    );
    const first = dossierClassOf(own[0]?.class ?? 1) ?? 1;
    for (const finding of findingsOfDossier({ customer: dossier.number, name: dossier.name, gaps }))
      found.push({ behind: first, finding });
    const kindOf = ({ finding }: CustomerFinding) => CLEANING_KINDS.indexOf(finding.kind);
    return {
      customer: dossier,
      found: found.sort((a, b) => kindOf(a) - kindOf(b)),
      ...goingOn(year, dossier, own),
    };
  });
}

/** Which basic papers go on in the current dossier: those that the rule carries, and those about which somebody decided. */
function goingOn(year: number, customer: DossierRow, papers: readonly LoosePaper[]) {
  const lasting: LastingPaper[] = [];
  let carried = 0;
  for (const paper of papers) {
    if (paper.class !== 1) continue;
    const decided = new Map(paper.carry === null ? [] : [[paper.id, { carry: paper.carry }]]);
    const goesOn = isCarried(paper, year, decided);
    if (goesOn && paper.state !== 'lent') carried += 1;
    const asRuled = { type: paper.type, validUntil: paper.valid_until, superseded: paper.state === 'superseded' };
    if (paper.carry !== null || staysValid(asRuled, year)) lasting.push({ paper, customer, carried: goesOn });
  }
  return { lasting, carried };
}
