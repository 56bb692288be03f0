import type { SecurityLevel } from '../../shared/domain/security-levels.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/** Catalogue entries, their trail, export orders, waivers, sealed files and bound volumes. */
export interface PaperRow {
  readonly id: number;
  readonly code: string;
  readonly customer_id: number;
  readonly class: number;
  readonly type: string;
  readonly sequence: number;
  readonly title: string;
  readonly document_number: string;
  readonly responsible: string;
  readonly date: string | null;
  readonly year: number;
  readonly pages: number;
  readonly original: number;
  readonly copies: number;
  readonly medium: 'paper' | 'scan' | 'electronic';
  readonly security: SecurityLevel;
  readonly retention: string;
  readonly place: string;
  readonly note: string;
  readonly export_order_id: number | null;
  readonly valid_until: string | null;
  readonly extra: string;
  readonly state: 'inPlace' | 'lent' | 'removed' | 'superseded' | 'bound';
  readonly superseded_by: number | null;
  readonly volume_id: number | null;
  readonly from_page: number | null;
  readonly to_page: number | null;
  readonly added_at: string;
  readonly added_by: string;
  readonly revision: number;
}
/** A paper with what is decided when its year is bound, and what stands in other tables and is always shown with it. */
export interface PaperView extends PaperRow {
  /** The paper that goes on in the current dossier; this one is its copy in a volume (Y1). */
  readonly copy_of: number | null;
  /** Bound when a newer paper had already taken its place. */
  readonly superseded: number;
  /** The disposal list in which its content was destroyed (Y2). */
  readonly destroyed_in: number | null;
  readonly customer_number: string;
  readonly customer_name: string;
  readonly export_order: string | null;
  readonly loan_number: string | null;
  readonly loan_borrower: string | null;
  readonly loan_due: string | null;
  readonly loan_since: string | null;
  readonly loan_recalled: string | null;
  readonly volume_year: number | null;
  readonly volume_class: number | null;
  readonly volume_number: number | null;
}

const VIEW = `
  SELECT paper.*, customer.number AS customer_number, customer.name AS customer_name, customer_order.order_number AS export_order,
    loan.number AS loan_number, borrower.name AS loan_borrower, loan.due AS loan_due,
    loan.lent_at AS loan_since, loan.recalled_at AS loan_recalled,
    volume.year AS volume_year, volume.class AS volume_class, volume.number AS volume_number
  FROM paper JOIN customer ON customer.id = paper.customer_id
  LEFT JOIN customer_order ON customer_order.id = paper.export_order_id
  LEFT JOIN loan ON loan.paper_id = paper.id AND loan.returned_at IS NULL
  LEFT JOIN staff AS borrower ON borrower.id = loan.borrower_id
  LEFT JOIN volume ON volume.id = paper.volume_id`;

/** By its code of today, or one that it had before (D6: numbers survive refiling). */
export function findPaper(sql: Reader, code: string): PaperView | undefined {
  return (
    sql.get<PaperView>(`${VIEW} WHERE paper.code = ?`, code) ??
    sql.get<PaperView>(`${VIEW} WHERE paper.id = (SELECT paper_id FROM paper_former_code WHERE code = ?)`, code)
  );
}

export function findPaperById(sql: Reader, id: number): PaperView | undefined {
  return sql.get<PaperView>(`${VIEW} WHERE paper.id = ?`, id);
}

/** What a paper is called. */
export function paperTitle(sql: Reader, id: number): { number: string; title: string } | undefined {
  return sql.get('SELECT code AS number, title FROM paper WHERE id = ?', id);
}

/** What of these customers' papers decides what their dossiers lack (D4, D7), each dossier in its order; a copy in a volume says nothing of that. */
export function filedPapersOf(
  sql: Reader,
  customerIds: readonly number[],
): Pick<PaperView, 'customer_id' | 'type' | 'state' | 'superseded' | 'valid_until' | 'export_order'>[] {
  return sql.all(
    `SELECT paper.customer_id, paper.type, paper.state, paper.superseded, paper.valid_until, customer_order.order_number AS export_order
     FROM json_each(?) AS wanted CROSS JOIN paper INDEXED BY paper_customer ON paper.customer_id = wanted.value
     LEFT JOIN customer_order ON customer_order.id = paper.export_order_id
     WHERE paper.copy_of IS NULL ORDER BY wanted.key, paper.class, paper.sequence`,
    JSON.stringify(customerIds),
  );
}

export function papersOfCustomer(sql: Reader, customerId: number): PaperView[] {
  return sql.all<PaperView>(`${VIEW} WHERE paper.customer_id = ? ORDER BY paper.class, paper.sequence`, customerId);
}

/** Papers of a year (and class) that are not yet in a volume and have not been taken out; superseded ones are bound as what they were. */
export function papersToBind(sql: Reader, year: number, dossierClass: number): PaperView[] {
  return sql.all<PaperView>(
    `${VIEW} WHERE paper.year = ? AND paper.class = ? AND paper.volume_id IS NULL AND paper.state IN ('inPlace', 'lent', 'superseded') ORDER BY customer.number, paper.sequence`,
    year,
    dossierClass,
  );
}

/** Those of these papers that there are, in the order of their ids. */
export function findPapers(sql: Reader, ids: Iterable<number>): PaperView[] {
  return sql.all<PaperView>(
    `${VIEW} WHERE paper.id IN (SELECT value FROM json_each(?)) ORDER BY paper.id`,
    JSON.stringify([...ids]),
  );
}

export function papersOfVolume(sql: Reader, volumeId: number): PaperView[] {
  return sql.all<PaperView>(`${VIEW} WHERE paper.volume_id = ? ORDER BY paper.from_page, paper.id`, volumeId);
}

const COLUMNS = [
  'code',
  'customer_id',
  'class',
  'type',
  'sequence',
  'title',
  'document_number',
  'responsible',
  'date',
  'year',
  'pages',
  'original',
  'copies',
  'medium',
  'security',
  'retention',
  'place',
  'note',
  'export_order_id',
  'valid_until',
  'extra',
  'state',
  'superseded_by',
  'volume_id',
  'from_page',
  'to_page',
  'added_at',
  'added_by',
  'revision',
] as const satisfies readonly (keyof Omit<PaperRow, 'id'>)[];
const pick = (row: PaperRow | Omit<PaperRow, 'id'>): Record<string, SqlValue> =>
  Object.fromEntries(COLUMNS.map((column) => [column, row[column]]));
const INSERT = `INSERT INTO paper (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((column) => `:${column}`).join(', ')})`;
const UPDATE = `UPDATE paper SET ${COLUMNS.map((column) => `${column} = :${column}`).join(', ')} WHERE id = :id`;

export function insertPaper(sql: Writer, row: Omit<PaperRow, 'id'>): number {
  return Number(sql.run(INSERT, pick(row)).lastInsertRowid);
}

export function updatePaper(sql: Writer, row: PaperRow): void {
  sql.run(UPDATE, { ...pick(row), id: row.id });
}

/** Binds a superseded paper as such: in the volume it has no other mark of it. */
export function markBoundSuperseded(sql: Writer, id: number): void {
  sql.run('UPDATE paper SET superseded = 1 WHERE id = ?', id);
}

export function rememberFormerCode(sql: Writer, code: string, paperId: number): void {
  sql.run('INSERT INTO paper_former_code (code, paper_id) VALUES (?, ?) ON CONFLICT (code) DO NOTHING', code, paperId);
}

/** The next provisional number of a customer's dossier; it runs through all classes and is never given again. */
export function nextSequence(sql: Reader, customerId: number): number {
  return (
    (sql.get<{ n: number | null }>('SELECT max(sequence) AS n FROM paper WHERE customer_id = ?', customerId)?.n ?? 0) +
    1
  );
}

export function insertPaperAct(
  sql: Writer,
  act: { paper_id: number; at: string; by: string; act: string; reason: string; detail: string },
): void {
  sql.run(
    'INSERT INTO paper_act (paper_id, at, by, act, reason, detail) VALUES (:paper_id, :at, :by, :act, :reason, :detail)',
    act,
  );
}

export function listPaperActs(
  sql: Reader,
  paperId: number,
): { at: string; by: string; act: string; reason: string; detail: string }[] {
  return sql.all('SELECT at, by, act, reason, detail FROM paper_act WHERE paper_id = ? ORDER BY id DESC', paperId);
}

/** What was done with papers during custody that a notes sheet (備考表) has a line for. */
export interface NotedAct {
  readonly code: string;
  readonly title: string;
  readonly customer: string;
  readonly class: number;
  readonly at: string;
  readonly by: string;
  readonly act: string;
  readonly reason: string;
  readonly detail: string;
}
const NOTED_FIELDS =
  'paper.code, paper.title, customer.number AS customer, paper.class, paper_act.at, paper_act.by, act, reason, detail';
const NOTED_ACTS = "act IN ('removed', 'superseded', 'putBack', 'moved')";
const NOTED = `SELECT ${NOTED_FIELDS}
  FROM paper JOIN customer ON customer.id = paper.customer_id JOIN paper_act ON paper_act.paper_id = paper.id
  WHERE ${NOTED_ACTS}`;
/** Of the papers of a year and class of these customers, in the order in which it was done: a volume holds some dozens of them, a year a hundred thousand. */
export function notedActsOfVolume(
  sql: Reader,
  year: number,
  dossierClass: number,
  customerIds: readonly number[],
): NotedAct[] {
  return sql.all<NotedAct>(
    `SELECT ${NOTED_FIELDS}
     FROM json_each(?) AS wanted CROSS JOIN paper INDEXED BY paper_customer ON paper.customer_id = wanted.value
     CROSS JOIN customer ON customer.id = paper.customer_id CROSS JOIN paper_act ON paper_act.paper_id = paper.id
     WHERE ${NOTED_ACTS} AND paper.class = ? AND paper.year = ? ORDER BY paper_act.id`,
    JSON.stringify(customerIds),
    dossierClass,
    year,
  );
}
/** Of a customer's papers, in the order in which it was done. */
export function notedActsOfCustomer(sql: Reader, customerId: number): NotedAct[] {
  return sql.all<NotedAct>(`${NOTED} AND paper.customer_id = ? ORDER BY paper_act.id`, customerId);
}

/** Orders of direct export (D4) as papers name them; the whole of an order is in store/orders.ts. */
export interface ExportOrderRow {
  readonly id: number;
  readonly order_number: string;
  readonly date: string;
  readonly description: string;
}
export function exportOrdersOf(
  sql: Reader,
  customerIds: readonly number[],
): (ExportOrderRow & { readonly customer_id: number })[] {
  return sql.all(
    `SELECT customer_order.id, customer_id, order_number, date, description
     FROM json_each(?) AS wanted CROSS JOIN customer_order ON customer_order.customer_id = wanted.value
     WHERE export = 1 ORDER BY wanted.key, date, customer_order.id`,
    JSON.stringify(customerIds),
  );
}
export function exportOrders(sql: Reader, customerId: number): ExportOrderRow[] {
  return sql.all(
    'SELECT id, order_number, date, description FROM customer_order WHERE customer_id = ? AND export = 1 ORDER BY date, id',
    customerId,
  );
}
/** An order whose four papers may not be missing (D4); one that stands in the register of orders already becomes such a one. */
export function insertExportOrder(
  sql: Writer,
  row: { customer_id: number; order_number: string; date: string; description: string },
): number {
  const written = sql.get<{ id: number }>(
    `INSERT INTO customer_order (customer_id, order_number, date, description) VALUES (:customer_id, :order_number, :date, :description)
     ON CONFLICT (customer_id, order_number) DO UPDATE SET export = 1 RETURNING id`,
    row,
  );
  return written?.id ?? 0;
}

export interface WaiverRow {
  readonly type: string;
  readonly export_order: string;
  readonly state: 'mergedIntoLicence' | 'notApplicable';
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}
export function waivers(sql: Reader, customerId: number): WaiverRow[] {
  return sql.all(
    'SELECT type, export_order, state, reason, at, by FROM waiver WHERE customer_id = ? ORDER BY id',
    customerId,
  );
}
export function waiversOf(
  sql: Reader,
  customerIds: readonly number[],
): (WaiverRow & { readonly customer_id: number })[] {
  return sql.all(
    `SELECT customer_id, waiver.type, export_order, waiver.state, reason, at, by
     FROM json_each(?) AS wanted CROSS JOIN waiver ON waiver.customer_id = wanted.value ORDER BY waiver.id`,
    JSON.stringify(customerIds),
  );
}
export function setWaiver(sql: Writer, row: WaiverRow & { customer_id: number }): void {
  sql.run(
    `INSERT INTO waiver (customer_id, type, export_order, state, reason, at, by) VALUES (:customer_id, :type, :export_order, :state, :reason, :at, :by)
     ON CONFLICT (customer_id, type, export_order) DO UPDATE SET state = excluded.state, reason = excluded.reason, at = excluded.at, by = excluded.by`,
    { ...row },
  );
}

/** Counts kept on the customer's row, so that lists need no join. */
export function setPaperCounts(sql: Writer, customerId: number, missing: number): void {
  sql.run(
    "UPDATE customer SET missing_papers = ?, papers = (SELECT count(*) FROM paper WHERE customer_id = customer.id AND state <> 'removed') WHERE id = ?",
    missing,
    customerId,
  );
}

export interface DossierListRow {
  readonly id: number;
  readonly number: string;
  readonly kind: 'enterprise' | 'individual';
  readonly name: string;
  readonly papers: number;
  readonly missing_papers: number;
}
export function listDossiers(
  sql: Reader,
  filter: { onlyMissing: boolean; ids?: readonly number[] | undefined },
  offset: number,
  limit: number,
): { rows: DossierListRow[]; total: number } {
  const parts = ["status <> 'sealed'"];
  const values: SqlValue[] = [];
  if (filter.onlyMissing) parts.push('+missing_papers > 0');
  if (filter.ids !== undefined) {
    parts.push('id IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(filter.ids));
  }
  const where = parts.join(' AND ');
  return {
    rows: sql.all<DossierListRow>(
      // The index of numbers holds what is filtered by: only the rows of the page are read.
      `SELECT customer.id, number, kind, name, papers, missing_papers
       FROM (SELECT id FROM customer WHERE ${where} ORDER BY number LIMIT ? OFFSET ?) AS page
       CROSS JOIN customer ON customer.id = page.id ORDER BY number`,
      ...values,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM customer WHERE ${where}`, ...values)?.n ?? 0,
  };
}
export function papersPerClass(
  sql: Reader,
  customerIds: readonly number[],
): { customer_id: number; class: number; n: number }[] {
  return sql.all(
    "SELECT customer_id, class, count(*) AS n FROM paper WHERE customer_id IN (SELECT value FROM json_each(?)) AND state <> 'removed' GROUP BY customer_id, class",
    JSON.stringify(customerIds),
  );
}
