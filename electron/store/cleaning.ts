import type { DocumentTypeKey } from '../../shared/domain/document-types.ts';
import type { CustomerRow } from './customers.ts';
import type { PaperRow } from './papers.ts';
import type { Reader } from './sql.ts';

/** What the cleaning of a year (Y1) looks at, for some customers at a time; and what has changed since it was looked at. */

/** A paper of the year that is in no volume and has not been taken out. */
export interface LoosePaper {
  readonly id: number;
  readonly customer_id: number;
  readonly code: string;
  readonly class: number;
  readonly type: DocumentTypeKey;
  readonly sequence: number;
  readonly title: string;
  readonly document_number: string;
  readonly date: string | null;
  readonly pages: number;
  readonly valid_until: string | null;
  readonly state: PaperRow['state'];
  readonly added_at: string;
  readonly loan_borrower: string | null;
  readonly loan_due: string | null;
  /** What was decided otherwise than the rule (Y1): 1 carried forward, 0 bound. */
  readonly carry: number | null;
  readonly carry_reason: string | null;
}

/** Customers behind a number, up to another one where there is one, in the order of these numbers: so many at most. */
export function customersBehind(
  sql: Reader,
  after: string,
  upTo: string | undefined,
  limit: number,
): { readonly id: number; readonly number: string }[] {
  return sql.all(
    `SELECT id, number FROM customer WHERE number > ? ${upTo === undefined ? '' : 'AND number <= ?'} ORDER BY number LIMIT ?`,
    after,
    ...(upTo === undefined ? [] : [upTo]),
    limit,
  );
}

/** Of a card what the cleaning looks at. */
export type DossierRow = Pick<CustomerRow, 'id' | 'number' | 'name' | 'kind' | 'direct_export' | 'field_values'>;
export function dossiersOf(sql: Reader, customerIds: readonly number[]): DossierRow[] {
  return sql.all<DossierRow>(
    `SELECT customer.id, number, name, kind, direct_export, field_values
     FROM json_each(?) AS wanted CROSS JOIN customer ON customer.id = wanted.value ORDER BY wanted.key`,
    JSON.stringify(customerIds),
  );
}

/** Loose papers of a year of these customers: customer by customer in the order given, each by class and number. */
export function loosePapersOf(sql: Reader, year: number, customerIds: readonly number[]): LoosePaper[] {
  return sql.all<LoosePaper>(
    `SELECT paper.id, paper.customer_id, paper.code, paper.class, paper.type, paper.sequence, paper.title, paper.document_number, paper.date, paper.pages,
       paper.valid_until, paper.state, paper.added_at, borrower.name AS loan_borrower, loan.due AS loan_due, decided.carry, decided.reason AS carry_reason
     FROM json_each(:customers) AS wanted CROSS JOIN paper INDEXED BY paper_to_bind ON paper.year = :year AND paper.class IN (1, 2, 3, 4, 5)
       AND paper.customer_id = wanted.value AND paper.volume_id IS NULL AND paper.state IN ('inPlace', 'lent', 'superseded')
     LEFT JOIN loan ON paper.state = 'lent' AND loan.paper_id = paper.id AND loan.returned_at IS NULL
     LEFT JOIN staff AS borrower ON borrower.id = loan.borrower_id
     LEFT JOIN year_carry AS decided ON decided.year = paper.year AND decided.paper_id = paper.id
     ORDER BY wanted.key, paper.class, paper.sequence`,
    { customers: JSON.stringify(customerIds), year },
  );
}

/** Of papers that have a number: the code of the first paper of another customer with the same number and type, where there is one. */
export function numbersElsewhere(sql: Reader, paperIds: readonly number[]): Map<number, string> {
  const rows = sql.all<{ id: number; code: string }>(
    `SELECT found.id, other.code FROM (
       SELECT paper.id, (SELECT same.id FROM paper AS same INDEXED BY paper_document_number
           WHERE same.document_number = paper.document_number AND same.document_number <> '' AND same.type = paper.type
             AND same.customer_id <> paper.customer_id AND same.state <> 'removed' ORDER BY same.id LIMIT 1) AS other
       FROM json_each(?) AS wanted CROSS JOIN paper ON paper.id = wanted.value) AS found
     JOIN paper AS other ON other.id = found.other`,
    JSON.stringify(paperIds),
  );
  return new Map(rows.map(({ id, code }) => [id, code]));
}

/** SHA-256 of the scans of papers, in their order. */
export function scansOfPapers(sql: Reader, paperIds: readonly number[]): Map<number, string[]> {
  const rows = sql.all<{ paper_id: number; sha256_plain: string }>(
    `SELECT attachment.paper_id, attachment.sha256_plain FROM json_each(?) AS wanted CROSS JOIN attachment ON attachment.paper_id = wanted.value
     WHERE attachment.retired_in IS NULL ORDER BY wanted.key, attachment.added_at, attachment.id`,
    JSON.stringify(paperIds),
  );
  const scans = new Map<number, string[]>();
  for (const { paper_id, sha256_plain } of rows) {
    const own = scans.get(paper_id);
    if (own === undefined) scans.set(paper_id, [sha256_plain]);
    else own.push(sha256_plain);
  }
  return scans;
}

/** The first paper of a year, in the order of the binder, that has a scan of this content and is loose; superseded ones do not count. */
export function firstWithScan(
  sql: Reader,
  year: number,
  sha256: string,
): { readonly id: number; readonly code: string } | undefined {
  return sql.get(
    `SELECT paper.id, paper.code FROM attachment JOIN paper ON paper.id = attachment.paper_id JOIN customer ON customer.id = paper.customer_id
     WHERE attachment.sha256_plain = ? AND attachment.retired_in IS NULL AND paper.year = ? AND paper.volume_id IS NULL
       AND paper.state IN ('inPlace', 'lent')
     ORDER BY paper.class, customer.number, paper.sequence LIMIT 1`,
    sha256,
    year,
  );
}

/** A change that concerns how a dossier stands (migration 0670). Customer 0: all of them. */
export interface DossierChange {
  readonly id: number;
  readonly customer_id: number;
  readonly document_number: string;
  readonly scan: string;
}

/** The first and last change that is remembered; 0 when nothing ever changed. */
export function rememberedChanges(sql: Reader): { readonly first: number; readonly last: number } {
  const first = sql.get<{ id: number | null }>('SELECT min(id) AS id FROM dossier_change')?.id ?? 0;
  return { first, last: sql.get<{ id: number | null }>('SELECT max(id) AS id FROM dossier_change')?.id ?? 0 };
}
export function changesAfter(sql: Reader, id: number, limit: number): DossierChange[] {
  return sql.all<DossierChange>('SELECT * FROM dossier_change WHERE id > ? ORDER BY id LIMIT ?', id, limit);
}

/** The highest id that a customer has. */
export const highestCustomerId = (sql: Reader): number =>
  sql.get<{ id: number | null }>('SELECT max(id) AS id FROM customer')?.id ?? 0;
/** The number that a customer has; undefined: it is gone. */
export const customerNumberOf = (sql: Reader, id: number): string | undefined =>
  sql.get<{ number: string }>('SELECT number FROM customer WHERE id = ?', id)?.number;
/** Numbers of the customers that have come since. */
export function numbersOfNewCustomers(sql: Reader, since: number): string[] {
  return sql.all<{ number: string }>('SELECT number FROM customer WHERE id > ?', since).map(({ number }) => number);
}

/** Numbers of these customers, of whoever has a paper with one of these document numbers or scans. */
export function numbersOfChanged(
  sql: Reader,
  of: {
    readonly customers: readonly number[];
    readonly documents: readonly string[];
    readonly scans: readonly string[];
  },
): string[] {
  return sql
    .all<{ number: string }>(
      `SELECT number FROM customer WHERE id IN (
         SELECT value FROM json_each(:customers)
         UNION SELECT paper.customer_id FROM json_each(:documents) AS changed CROSS JOIN paper ON paper.document_number = changed.value
           AND paper.document_number <> ''
         UNION SELECT paper.customer_id FROM json_each(:scans) AS changed CROSS JOIN attachment ON attachment.sha256_plain = changed.value
           CROSS JOIN paper ON paper.id = attachment.paper_id)`,
      {
        customers: JSON.stringify(of.customers),
        documents: JSON.stringify(of.documents),
        scans: JSON.stringify(of.scans),
      },
    )
    .map(({ number }) => number);
}

/** Numbers of the customers with a paper whose validity ended on or after a day and before another. */
export function numbersOfExpired(sql: Reader, from: string, before: string): string[] {
  return sql
    .all<{ number: string }>(
      `SELECT number FROM customer WHERE id IN (SELECT customer_id FROM paper WHERE valid_until >= ? AND valid_until < ?)`,
      from,
      before,
    )
    .map(({ number }) => number);
}
