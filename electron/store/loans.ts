import { takeSequence } from './number-sequence.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

type Condition = 'intact' | 'pagesMissing' | 'damaged' | 'altered' | 'lost';

/** Items out by a borrow form (B1); an index lets one item be with one borrower at a time (B2), a trigger lets no original go (L3). */
export interface LoanRow {
  readonly id: number;
  readonly number: string;
  readonly form_id: number;
  readonly paper_id: number;
  readonly borrower_id: number;
  readonly purpose: string;
  readonly lent_at: string;
  readonly lent_by: string;
  readonly due: string;
  readonly condition_out: Condition;
  readonly pages_out: number;
  readonly approved_by: string;
  readonly recalled_at: string | null;
  readonly returned_at: string | null;
  readonly condition_in: Condition | null;
  readonly pages_in: number | null;
  readonly missing_pages: string;
  readonly note: string;
}
export interface LoanView extends LoanRow {
  readonly form_number: string;
  /** When the form was signed; null: prepared, or put back without a signature. */
  readonly signed_at: string | null;
  readonly put_back_at: string | null;
  readonly code: string;
  readonly title: string;
  readonly security: 'public' | 'internal' | 'ordinaryTradeSecret' | 'coreTradeSecret';
  readonly customer_number: string;
  readonly customer_name: string;
  readonly borrower: string;
  readonly department: string;
  readonly waiting: number;
}
export interface LoanEventRow {
  readonly loan_id: number;
  readonly at: string;
  readonly by: string;
  readonly kind: 'extension' | 'reminder' | 'recall' | 'undoReturn';
  readonly from_day: string | null;
  readonly to_day: string | null;
  /** The reason; of a reminder the way in which it was given. */
  readonly text: string;
  readonly notice: '' | 'dueSoon' | 'overdue' | 'recall';
  readonly step: number;
  readonly agreement: string;
}
/** What is out, by its due days: another index has what is not back as well, and nothing but that. */
export const OPEN_LOANS_BY_DUE = 'loan INDEXED BY loan_open_due';

const joined = (loans: string) =>
  `FROM ${loans} JOIN paper ON paper.id = loan.paper_id JOIN customer ON customer.id = paper.customer_id
  JOIN staff ON staff.id = loan.borrower_id JOIN loan_form ON loan_form.id = loan.form_id`;
const viewOf = (from: string) =>
  `SELECT loan.*, loan_form.number AS form_number, loan_form.signed_at, loan_form.put_back_at, paper.code, paper.title, paper.security, customer.number AS customer_number,
  customer.name AS customer_name, staff.name AS borrower, staff.department,
  (SELECT count(*) FROM loan_request WHERE loan_request.paper_id = loan.paper_id AND state IN ('waiting', 'told')) AS waiting ${from}`;
const VIEW = viewOf(joined('loan'));

export function findLoan(sql: Reader, number: string): LoanView | undefined {
  return sql.get<LoanView>(`${VIEW} WHERE loan.number = ?`, number);
}
export function findLoanById(sql: Reader, id: number): LoanView | undefined {
  return sql.get<LoanView>(`${VIEW} WHERE loan.id = ?`, id);
}
export function openLoanOfPaper(sql: Reader, paperId: number): LoanView | undefined {
  return sql.get<LoanView>(`${VIEW} WHERE loan.paper_id = ? AND loan.returned_at IS NULL`, paperId);
}
export function loansOfForm(sql: Reader, formId: number): LoanView[] {
  return sql.all<LoanView>(`${VIEW} WHERE loan.form_id = ? ORDER BY loan.id`, formId);
}
/** Due days of what a person has out. */
export function openDueDays(sql: Reader, borrowerId: number): string[] {
  return sql
    .all<{ due: string }>(
      `SELECT due FROM loan JOIN loan_form ON loan_form.id = loan.form_id
       WHERE loan.borrower_id = ? AND returned_at IS NULL AND signed_at IS NOT NULL`,
      borrowerId,
    )
    .map(({ due }) => due);
}
export interface LoanFilter {
  readonly state: 'open' | 'dueSoon' | 'overdue' | 'recalled' | 'returned' | 'all';
  readonly today: string;
  /** Last day that counts as soon; needed for `dueSoon`. */
  readonly soon?: string | undefined;
  readonly borrowerId?: number | undefined;
  readonly customer?: string | undefined;
  readonly paperId?: number | undefined;
  /** Part of a code, title, borrower, customer or number, as it is written. */
  readonly text: string;
  /** True for whoever sees no cards: titles and names of customers are not searched. */
  readonly withoutCards?: boolean;
}
export function listLoans(
  sql: Reader,
  filter: LoanFilter,
  offset: number,
  limit: number,
): { rows: LoanView[]; total: number } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  const where = (part: string, ...given: SqlValue[]) => {
    parts.push(part);
    values.push(...given);
  };
  const { state } = filter;
  if (state === 'returned') where('loan.returned_at IS NOT NULL');
  else if (state !== 'all') where('loan.returned_at IS NULL');
  if (state === 'overdue') where('loan.due < ?', filter.today);
  if (state === 'dueSoon') where('loan.due BETWEEN ? AND ?', filter.today, filter.soon ?? filter.today);
  if (state === 'recalled') where('loan.recalled_at IS NOT NULL');
  if (filter.borrowerId !== undefined) where('loan.borrower_id = ?', filter.borrowerId);
  if (filter.customer !== undefined) where('customer.number = ?', filter.customer);
  if (filter.paperId !== undefined) where('loan.paper_id = ?', filter.paperId);
  if (filter.text !== '')
    where(
      `instr(loan.number || ' ' || paper.code || ' ' || staff.name || ' ' || customer.number${
        filter.withoutCards === true ? '' : " || ' ' || paper.title || ' ' || customer.name"
      }, ?) > 0`,
      filter.text,
    );
  const condition = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
  const order =
    state === 'returned'
      ? 'loan.returned_at DESC, loan.id DESC'
      : state === 'all'
        ? 'loan.lent_at DESC, loan.id DESC'
        : 'loan.due, loan.id';
  const isOpen = state !== 'returned' && state !== 'all';
  const isOfOne = filter.borrowerId !== undefined || filter.customer !== undefined || filter.paperId !== undefined;
  const loans = isOpen && !isOfOne ? OPEN_LOANS_BY_DUE : 'loan';
  // Without a search for parts of names the count needs no more than the loans themselves.
  const counted = filter.text === '' && filter.customer === undefined ? `FROM ${loans}` : joined(loans);
  return {
    rows: sql.all<LoanView>(
      `${viewOf(joined(loans))} ${condition} ORDER BY ${order} LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n ${counted} ${condition}`, ...values)?.n ?? 0,
  };
}
/** How a person has borrowed until now. */
export function borrowerCounts(sql: Reader, borrowerId: number): { loans: number; late: number; lastPurpose: string } {
  const row = sql.get<{ loans: number; late: number | null }>(
    `SELECT count(*) AS loans, sum(substr(returned_at, 1, 10) > due) AS late FROM loan JOIN loan_form ON loan_form.id = loan.form_id
     WHERE loan.borrower_id = ? AND loan_form.signed_at IS NOT NULL`,
    borrowerId,
  );
  const last = sql.get<{ purpose: string }>(
    'SELECT purpose FROM loan_form WHERE borrower_id = ? ORDER BY id DESC LIMIT 1',
    borrowerId,
  );
  return { loans: row?.loans ?? 0, late: row?.late ?? 0, lastPurpose: last?.purpose ?? '' };
}
/** Next running number of the loans of a year, for `JY-YYYY-NNNN`. */
export function takeLoanNumber(sql: Writer, year: number): number {
  return takeSequence(sql, `loan-${year}`);
}
export function insertLoan(sql: Writer, row: Omit<LoanRow, 'id'>): number {
  return Number(
    sql.run(
      `INSERT INTO loan (number, form_id, paper_id, borrower_id, purpose, lent_at, lent_by, due, condition_out, pages_out, approved_by, recalled_at, returned_at, condition_in, pages_in, missing_pages, note)
       VALUES (:number, :form_id, :paper_id, :borrower_id, :purpose, :lent_at, :lent_by, :due, :condition_out, :pages_out, :approved_by, :recalled_at, :returned_at, :condition_in, :pages_in, :missing_pages, :note)`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function closeLoan(
  sql: Writer,
  id: number,
  closing: {
    returned_at: string | null;
    condition_in: string | null;
    pages_in: number | null;
    missing_pages: string;
    note: string;
  },
): void {
  sql.run(
    'UPDATE loan SET returned_at = :returned_at, condition_in = :condition_in, pages_in = :pages_in, missing_pages = :missing_pages, note = :note WHERE id = :id',
    { ...closing, id },
  );
}
/** Nobody signed: the items of a form stand in their places again. */
export function closeUnsignedLoans(sql: Writer, formId: number, at: string): void {
  sql.run('UPDATE loan SET returned_at = ? WHERE form_id = ?', at, formId);
}
export function setLoanDue(sql: Writer, id: number, due: string): void {
  sql.run('UPDATE loan SET due = ? WHERE id = ?', due, id);
}
export function setLoanRecalled(sql: Writer, id: number, due: string, at: string): void {
  sql.run('UPDATE loan SET due = ?, recalled_at = ? WHERE id = ?', due, at, id);
}
export function insertLoanEvent(
  sql: Writer,
  row: Omit<LoanEventRow, 'notice' | 'step' | 'agreement'> & Partial<LoanEventRow>,
): void {
  sql.run(
    `INSERT INTO loan_event (loan_id, at, by, kind, from_day, to_day, text, notice, step, agreement)
     VALUES (:loan_id, :at, :by, :kind, :from_day, :to_day, :text, :notice, :step, :agreement)`,
    { notice: '', step: 0, agreement: '', ...row },
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
    `SELECT count(*) AS out, sum(due < :today) AS overdue, sum(due >= :today AND due <= :soon) AS soon
     FROM ${OPEN_LOANS_BY_DUE} WHERE returned_at IS NULL`,
    { today, soon },
  );
  return { out: row?.out ?? 0, overdue: row?.overdue ?? 0, soon: row?.soon ?? 0 };
}
