import { setImmediate as turn } from 'node:timers/promises';
import {
  type CleaningFinding,
  cleaningFindings,
  type DossierGaps,
  type DueForDisposal,
  type PaperToClean,
  type StandingFinding,
  standingFindings,
} from '../../shared/domain/archive-year.ts';
import type { DocumentTypeKey } from '../../shared/domain/document-types.ts';
import { DOSSIER_CLASSES, dossierClassOf } from '../../shared/domain/dossier-classes.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  explainFinding,
  keepFinding,
  keptFindings,
  markFindingSettled,
  numbersElsewhere,
  scansOfYear,
} from '../store/archive-years.ts';
import { findCustomerById } from '../store/customers.ts';
import { exportOrders, type PaperView, papersToBind } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, QueryContext } from './context.ts';
import { missingOf } from './paper-record.ts';
import { endingBy } from './retention.ts';
import { dayOf, todayOf } from './today.ts';

/** The cleaning of an archive year (Y1): what is found in its loose papers now, and what became of what was found before. */

/** Customers between two turns of the event loop. */
const CUSTOMERS_PER_TURN = 50;

/** Volumes whose retention has ended and that are on no draft: the yearly cleaning asks what becomes of them (§7.9). */
function dueVolumes(sql: Reader, today: string): DueForDisposal[] {
  return endingBy(sql, today, today)
    .filter(({ thing }) => thing.volume_id !== null && thing.listed === null)
    .map(({ thing, span }) => ({
      code: thing.code,
      class: dossierClassOf(thing.class) ?? 1,
      title: thing.title,
      endedOn: span.endsOn ?? '',
    }));
}

async function liveFindings(
  { sql, clock, signal }: Pick<QueryContext, 'sql' | 'clock' | 'signal'>,
  year: number,
): Promise<readonly CleaningFinding[]> {
  const today = todayOf(clock);
  const scans = scansOfYear(sql, year);
  const elsewhere = numbersElsewhere(sql, year);
  const directExport = new Map<number, boolean>();
  const dossiers: DossierGaps[] = [];
  const loose: PaperView[] = [];
  for (const dossierClass of DOSSIER_CLASSES) {
    for (const paper of papersToBind(sql, year, dossierClass)) loose.push(paper);
    await turn();
    signal.throwIfAborted();
  }
  for (const [index, id] of [...new Set(loose.map((paper) => paper.customer_id))].entries()) {
    if (index % CUSTOMERS_PER_TURN === 0) {
      await turn();
      signal.throwIfAborted();
    }
    const customer = findCustomerById(sql, id);
    if (customer === undefined) continue;
    directExport.set(id, customer.direct_export === 1);
    // An export set belongs to the year of its order; the papers of later ones are still coming in.
    const later = new Set(
      exportOrders(sql, id)
        .filter((order) => Number(order.date.slice(0, 4)) > year)
        .map((order) => order.order_number),
    );
    const gaps = missingOf(sql, customer, today).filter(
      (gap) => gap.exportOrder === undefined || !later.has(gap.exportOrder),
    );
    if (gaps.length > 0) dossiers.push({ customer: customer.number, name: customer.name, gaps });
  }
  const papers = loose
    .filter((paper) => paper.state !== 'superseded')
    .map((paper): PaperToClean => {
      const dossierClass = dossierClassOf(paper.class) ?? 1;
      return {
        id: paper.id,
        code: paper.code,
        customer: paper.customer_number,
        class: dossierClass,
        type: paper.type as DocumentTypeKey,
        title: paper.title,
        date: paper.date,
        documentNumber: paper.document_number,
        pages: paper.pages,
        filedOn: dayOf(new Date(paper.added_at)),
        directExport: directExport.get(paper.customer_id) ?? false,
        lentTo: paper.state === 'lent' ? `${paper.loan_borrower ?? ''} ${paper.loan_due ?? ''}`.trim() : null,
        scans: scans.get(paper.id) ?? [],
        numberElsewhere: elsewhere.get(paper.id) ?? null,
      };
    });
  return cleaningFindings({ papers, dossiers, due: dueVolumes(sql, today) });
}

/** How the year stands: what is found now with its explanations, and what was found and is no longer so. */
export async function standingOfYear(
  context: Pick<QueryContext, 'sql' | 'clock' | 'signal'>,
  year: number,
): Promise<readonly StandingFinding[]> {
  return standingFindings(await liveFindings(context, year), keptFindings(context.sql, year));
}

/** Keeps the findings of a year with what became of each, inside the caller's transaction. */
export function keepFindings(
  { sql, clock, actor }: CommandContext,
  year: number,
  findings: readonly StandingFinding[],
): void {
  const at = clock.now().toISOString();
  for (const finding of findings) {
    keepFinding(sql, year, finding, at);
    if (finding.state === 'settled') markFindingSettled(sql, year, finding.key, at, actor.displayName);
    if (finding.state === 'explained')
      explainFinding(sql, year, finding.key, {
        reason: finding.reason,
        at: finding.at ?? at,
        by: finding.by === '' ? actor.displayName : finding.by,
      });
  }
}

/**
 * The findings as they are bound: none may be open (Y1). A reason given explains whatever is.
 * @throws AppError CONFLICT { what: yearCleaning, number: year, open }
 */
export async function findingsToBind(
  context: QueryContext,
  year: number,
  onlyClass: number | undefined,
  explanation: string,
  dryRun: boolean,
): Promise<readonly StandingFinding[]> {
  const reason = explanation.trim();
  const at = context.clock.now().toISOString();
  const findings = await standingOfYear(context, year);
  const concerns = (finding: StandingFinding) => onlyClass === undefined || finding.class === onlyClass;
  const open = findings.filter((finding) => finding.state === 'open' && concerns(finding));
  if (open.length > 0 && reason === '' && !dryRun)
    throw new AppError('CONFLICT', {
      params: { what: 'yearCleaning', number: year, open: open.length },
      hint: 'hint.yearNotClean',
    });
  return findings.map((finding): StandingFinding => {
    const by = context.actor.displayName;
    if (finding.state === 'settled' && finding.at === null) return { ...finding, at, by };
    return finding.state === 'open' && concerns(finding) && reason !== ''
      ? { ...finding, state: 'explained', reason, at, by }
      : finding;
  });
}
