import type { DocumentTypeKey } from '../../shared/domain/document-types.ts';
import type { PaperRow } from './papers.ts';
import type { Reader } from './sql.ts';

/** What a year has to bind, piece by piece: the papers of a class that are in no volume and have not been taken out. */

/** What the plan of a year looks at of a paper. */
export interface PaperToPlan {
  readonly id: number;
  readonly customer_id: number;
  readonly type: DocumentTypeKey;
  readonly sequence: number;
  readonly document_number: string;
  readonly date: string | null;
  readonly pages: number;
  readonly retention: string;
  readonly valid_until: string | null;
  readonly state: PaperRow['state'];
  readonly revision: number;
  /** Number of its order of direct export, and the day of that order. */
  readonly export_order: string | null;
  readonly shipped_on: string | null;
}
const PLANNED = `paper.id, paper.customer_id, paper.type, paper.sequence, paper.document_number, paper.date, paper.pages, paper.retention, paper.valid_until,
  paper.state, paper.revision, customer_order.order_number AS export_order, iif(customer_order.export = 1, customer_order.date, NULL) AS shipped_on`;
/** Superseded ones are bound as what they were; one that is lent cannot be. */
const READY = "paper.volume_id IS NULL AND paper.state IN ('inPlace', 'superseded')";

/** The customer whose number is so many further on; undefined when there are not so many. */
export function customerFurtherOn(sql: Reader, after: string, customers: number): string | undefined {
  return sql.get<{ number: string }>(
    'SELECT number FROM customer WHERE number > ? ORDER BY number LIMIT 1 OFFSET ?',
    after,
    customers - 1,
  )?.number;
}

/** Ready papers of the customers behind a number, up to another one where there is one: customer by customer in the order of these numbers. */
export function papersToPlan(
  sql: Reader,
  year: number,
  dossierClass: number,
  customers: { readonly after: string; readonly upTo: string | undefined },
): PaperToPlan[] {
  const { after, upTo } = customers;
  return sql.all<PaperToPlan>(
    `SELECT ${PLANNED} FROM customer CROSS JOIN paper INDEXED BY paper_to_bind ON paper.customer_id = customer.id
     LEFT JOIN customer_order ON customer_order.id = paper.export_order_id
     WHERE customer.number > ? ${upTo === undefined ? '' : 'AND customer.number <= ?'} AND paper.year = ? AND paper.class = ? AND ${READY}
     ORDER BY customer.number`,
    after,
    ...(upTo === undefined ? [] : [upTo]),
    year,
    dossierClass,
  );
}

/** Ready papers in the order in which they were filed, after one of them: so many at most. */
export function papersToPlanAsFiled(
  sql: Reader,
  year: number,
  dossierClass: number,
  after: number,
  limit: number,
): PaperToPlan[] {
  return sql.all<PaperToPlan>(
    `SELECT ${PLANNED} FROM paper INDEXED BY paper_year LEFT JOIN customer_order ON customer_order.id = paper.export_order_id
     WHERE paper.year = ? AND paper.class = ? AND paper.id > ? AND ${READY} ORDER BY paper.id LIMIT ?`,
    year,
    dossierClass,
    after,
    limit,
  );
}

/** Ready papers of so many customers at most, in the order of their ids after one of them; `last` is null when there are none. */
export function countReadyPapers(
  sql: Reader,
  year: number,
  dossierClass: number,
  after: number,
  customers: number,
): { readonly papers: number; readonly customers: number; readonly last: number | null } {
  return (
    sql.get(
      `SELECT coalesce(sum(papers), 0) AS papers, count(*) AS customers, max(customer_id) AS last FROM (
         SELECT customer_id, count(*) AS papers FROM paper INDEXED BY paper_to_bind
         WHERE year = ? AND class = ? AND customer_id > ? AND ${READY} GROUP BY customer_id ORDER BY customer_id LIMIT ?)`,
      year,
      dossierClass,
      after,
      customers,
    ) ?? { papers: 0, customers: 0, last: null }
  );
}

/** How many papers each year has, those that were taken out left aside; the newest first. Kept by triggers (migration 0630). */
export function yearsOfPapers(sql: Reader): { year: number; papers: number; bound: number }[] {
  return sql.all(
    `SELECT year, sum(papers) AS papers, sum(iif(bound, papers, 0)) AS bound FROM paper_count WHERE state <> 'removed' GROUP BY year ORDER BY year DESC`,
  );
}

/** How many papers of a year wait for their volume: ready, and out on loan. */
export function loosePapers(sql: Reader, year: number): { readonly ready: number; readonly lent: number } {
  return (
    sql.get(
      `SELECT coalesce(sum(iif(state <> 'lent', papers, 0)), 0) AS ready, coalesce(sum(iif(state = 'lent', papers, 0)), 0) AS lent
       FROM paper_count WHERE year = ? AND bound = 0 AND state IN ('inPlace', 'lent', 'superseded')`,
      year,
    ) ?? { ready: 0, lent: 0 }
  );
}
