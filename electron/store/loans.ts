import { takeSequence } from './number-sequence.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/** Loans by the borrow form (B1); an index lets one item be with one borrower at a time (B2). */
export interface LoanRow {
  readonly id: number;
  readonly number: string;
  readonly paper_id: number;
  readonly borrower_id: number;
  readonly purpose: string;
  readonly lent_at: string;
  readonly lent_by: string;
  readonly due: string;
  readonly condition_out: 'intact' | 'pagesMissing' | 'damaged' | 'altered' | 'lost';
  readonly pages_out: number;
  readonly approved_by: string;
  readonly returned_at: string | null;
  readonly condition_in: 'intact' | 'pagesMissing' | 'damaged' | 'altered' | 'lost' | null;
  readonly pages_in: number | null;
  readonly note: string;
}
export interface LoanView extends LoanRow {
  readonly code: string;
  readonly title: string;
  readonly customer_number: string;
  readonly customer_name: string;
  readonly borrower: string;
  readonly department: string;
}
export interface LoanEventRow {
  readonly loan_id: number;
  readonly at: string;
  readonly by: string;
  readonly kind: 'extension' | 'reminder' | 'undoReturn';
  readonly from_day: string | null;
  readonly to_day: string | null;
  readonly text: string;
}
const VIEW = `SELECT loan.*, paper.code, paper.title, customer.number AS customer_number, customer.name AS customer_name, staff.name AS borrower, staff.department
  FROM loan JOIN paper ON paper.id = loan.paper_id JOIN customer ON customer.id = paper.customer_id JOIN staff ON staff.id = loan.borrower_id`;

export function findLoan(sql: Reader, number: string): LoanView | undefined {
  return sql.get<LoanView>(`${VIEW} WHERE loan.number = ?`, number);
}
export function findLoanById(sql: Reader, id: number): LoanView | undefined {
  return sql.get<LoanView>(`${VIEW} WHERE loan.id = ?`, id);
}
export function openLoanOfPaper(sql: Reader, paperId: number): LoanView | undefined {
  return sql.get<LoanView>(`${VIEW} WHERE loan.paper_id = ? AND loan.returned_at IS NULL`, paperId);
}
export interface LoanFilter {
  readonly state: 'open' | 'overdue' | 'returned' | 'all';
  readonly today: string;
  readonly borrowerId?: number | undefined;
  /** Part of a code, title, borrower, customer or number, as it is written. */
  readonly text: string;
}
export function listLoans(
  sql: Reader,
  filter: LoanFilter,
  offset: number,
  limit: number,
): { rows: LoanView[]; total: number } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  if (filter.state === 'open' || filter.state === 'overdue') parts.push('loan.returned_at IS NULL');
  if (filter.state === 'overdue') {
    parts.push('loan.due < ?');
    values.push(filter.today);
  }
  if (filter.state === 'returned') parts.push('loan.returned_at IS NOT NULL');
  if (filter.borrowerId !== undefined) {
    parts.push('loan.borrower_id = ?');
    values.push(filter.borrowerId);
  }
  if (filter.text !== '') {
    parts.push(
      "instr(loan.number || ' ' || paper.code || ' ' || paper.title || ' ' || staff.name || ' ' || customer.name || ' ' || customer.number, ?) > 0",
    );
    values.push(filter.text);
  }
  const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
  const order =
    filter.state === 'returned'
      ? 'loan.returned_at DESC, loan.id DESC'
      : filter.state === 'all'
        ? 'loan.lent_at DESC, loan.id DESC'
        : 'loan.due, loan.id';
  return {
    rows: sql.all<LoanView>(`${VIEW} ${where} ORDER BY ${order} LIMIT ? OFFSET ?`, ...values, limit, offset),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM (${VIEW} ${where})`, ...values)?.n ?? 0,
  };
}
/** Next running number of the loans of a year, for `JY-YYYY-NNNN`. */
export function takeLoanNumber(sql: Writer, year: number): number {
  return takeSequence(sql, `loan-${year}`);
}
export function insertLoan(sql: Writer, row: Omit<LoanRow, 'id'>): number {
  return Number(
    sql.run(
      `INSERT INTO loan (number, paper_id, borrower_id, purpose, lent_at, lent_by, due, condition_out, pages_out, approved_by, returned_at, condition_in, pages_in, note)
       VALUES (:number, :paper_id, :borrower_id, :purpose, :lent_at, :lent_by, :due, :condition_out, :pages_out, :approved_by, :returned_at, :condition_in, :pages_in, :note)`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function closeLoan(
  sql: Writer,
  id: number,
  closing: { returned_at: string | null; condition_in: string | null; pages_in: number | null; note: string },
): void {
  sql.run(
    'UPDATE loan SET returned_at = :returned_at, condition_in = :condition_in, pages_in = :pages_in, note = :note WHERE id = :id',
    { ...closing, id },
  );
}
export function setLoanDue(sql: Writer, id: number, due: string): void {
  sql.run('UPDATE loan SET due = ? WHERE id = ?', due, id);
}
export function insertLoanEvent(sql: Writer, row: LoanEventRow): void {
  sql.run(
    'INSERT INTO loan_event (loan_id, at, by, kind, from_day, to_day, text) VALUES (:loan_id, :at, :by, :kind, :from_day, :to_day, :text)',
    { ...row },
  );
}
export function loanEvents(sql: Reader, loanIds: readonly number[]): LoanEventRow[] {
  return sql.all<LoanEventRow>(
    'SELECT * FROM loan_event WHERE loan_id IN (SELECT value FROM json_each(?)) ORDER BY id',
    JSON.stringify(loanIds),
  );
}
export function countLoans(sql: Reader, today: string, soon: string): { out: number; overdue: number; soon: number } {
  const row = sql.get<{ out: number; overdue: number | null; soon: number | null }>(
    'SELECT count(*) AS out, sum(due < :today) AS overdue, sum(due >= :today AND due <= :soon) AS soon FROM loan WHERE returned_at IS NULL',
    { today, soon },
  );
  return { out: row?.out ?? 0, overdue: row?.overdue ?? 0, soon: row?.soon ?? 0 };
}
