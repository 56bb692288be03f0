import type { Reader, Writer } from './sql.ts';

/** Borrow forms (B1): one borrower, one or several items; numbered blanks for a day without the machine; what was frozen. */
export interface LoanFormRow {
  readonly id: number;
  readonly number: string;
  readonly borrower_id: number;
  readonly purpose: string;
  readonly restriction: string;
  readonly binder_customer_id: number | null;
  readonly binder_class: number | null;
  /** JSON: what of a binder stayed, with the reasons. */
  readonly stays: string;
  readonly approved_by: string;
  /** Numbers of the approvals, the first before the second, with a blank between them. */
  readonly agreement: string;
  /** JSON: lines of the drawn signature; empty when signed on paper. */
  readonly signature: string;
  /** The same of the lower half, when all of it came back. */
  readonly return_signature: string;
  readonly lent_at: string;
  readonly lent_by: string;
  readonly written_at: string;
  /** Null: prepared, not yet signed. */
  readonly signed_at: string | null;
  readonly put_back_at: string | null;
  readonly put_back_reason: string;
}
export interface LoanFormView extends LoanFormRow {
  readonly borrower: string;
  readonly department: string;
  readonly binder_customer: string | null;
  readonly binder_customer_name: string | null;
}
const VIEW = `SELECT loan_form.*, staff.name AS borrower, staff.department, customer.number AS binder_customer, customer.name AS binder_customer_name
  FROM loan_form JOIN staff ON staff.id = loan_form.borrower_id LEFT JOIN customer ON customer.id = binder_customer_id`;

export function findLoanForm(sql: Reader, number: string): LoanFormView | undefined {
  return sql.get<LoanFormView>(`${VIEW} WHERE loan_form.number = ?`, number);
}
export function findLoanFormById(sql: Reader, id: number): LoanFormView | undefined {
  return sql.get<LoanFormView>(`${VIEW} WHERE loan_form.id = ?`, id);
}
export function insertLoanForm(
  sql: Writer,
  row: Omit<LoanFormRow, 'id' | 'return_signature' | 'put_back_at' | 'put_back_reason'>,
): number {
  return Number(
    sql.run(
      `INSERT INTO loan_form (number, borrower_id, purpose, restriction, binder_customer_id, binder_class, stays, approved_by, agreement, signature, lent_at, lent_by, written_at, signed_at)
       VALUES (:number, :borrower_id, :purpose, :restriction, :binder_customer_id, :binder_class, :stays, :approved_by, :agreement, :signature, :lent_at, :lent_by, :written_at, :signed_at)`,
      { ...row },
    ).lastInsertRowid,
  );
}
/** Signed: what is on it is out. */
export function signLoanForm(sql: Writer, id: number, at: string): void {
  sql.run('UPDATE loan_form SET signed_at = ? WHERE id = ?', at, id);
}
/** The lower half is signed here; empty: not, or no longer. */
export function signReturn(sql: Writer, id: number, signature: string): void {
  sql.run('UPDATE loan_form SET return_signature = ? WHERE id = ?', signature, id);
}
/** Not signed: what was taken out for it goes back. */
export function putLoanFormBack(sql: Writer, id: number, at: string, reason: string): void {
  sql.run('UPDATE loan_form SET put_back_at = ?, put_back_reason = ? WHERE id = ?', at, reason, id);
}
/** Forms that wait for a signature, the longest first. */
export function preparedForms(
  sql: Reader,
  limit: number,
): { id: number; number: string; written_at: string; borrower: string }[] {
  return sql.all(
    `SELECT loan_form.id, loan_form.number, written_at, staff.name AS borrower FROM loan_form JOIN staff ON staff.id = borrower_id
     WHERE signed_at IS NULL AND put_back_at IS NULL ORDER BY written_at LIMIT ?`,
    limit,
  );
}
/** Who last approved a loan to this borrower by a signed form. */
export function lastPaperApprover(
  sql: Reader,
  borrowerId: number,
): { staff_id: number; name: string; role: string } | undefined {
  return sql.get<{ staff_id: number; name: string; role: string }>(
    `SELECT agreement.staff_id, agreement.name, agreement.role FROM loan_form JOIN agreement ON agreement.number = substr(loan_form.agreement, 1, instr(loan_form.agreement || ' ', ' ') - 1)
     WHERE loan_form.borrower_id = ? AND loan_form.agreement <> '' AND agreement.staff_id IS NOT NULL ORDER BY loan_form.id DESC LIMIT 1`,
    borrowerId,
  );
}

export interface ReservedFormRow {
  readonly number: string;
  readonly reserved_at: string;
  readonly reserved_by: string;
  readonly form_id: number | null;
  readonly voided_at: string | null;
  readonly reason: string;
}
export function insertReservedForm(
  sql: Writer,
  row: Pick<ReservedFormRow, 'number' | 'reserved_at' | 'reserved_by'>,
): void {
  sql.run('INSERT INTO reserved_form (number, reserved_at, reserved_by) VALUES (:number, :reserved_at, :reserved_by)', {
    ...row,
  });
}
export function findReservedForm(sql: Reader, number: string): ReservedFormRow | undefined {
  return sql.get<ReservedFormRow>('SELECT * FROM reserved_form WHERE number = ?', number);
}
export function markFormKeyedIn(sql: Writer, number: string, formId: number): void {
  sql.run('UPDATE reserved_form SET form_id = ? WHERE number = ?', formId, number);
}
/** Numbered blanks that were keyed in on that day or later: on which day they were filled in, and when they came into the archive. */
export function formsKeyedIn(sql: Reader, since: string): { number: string; lent_at: string; written_at: string }[] {
  return sql.all(
    `SELECT loan_form.number, loan_form.lent_at, loan_form.written_at FROM reserved_form
     JOIN loan_form ON loan_form.id = reserved_form.form_id WHERE loan_form.written_at >= ? ORDER BY loan_form.written_at DESC LIMIT 500`,
    since,
  );
}
export function voidReservedForm(sql: Writer, number: string, at: string, reason: string): void {
  sql.run('UPDATE reserved_form SET voided_at = ?, reason = ? WHERE number = ?', at, reason, number);
}
export function listReservedForms(
  sql: Reader,
  onlyOpen: boolean,
  offset: number,
  limit: number,
): { rows: ReservedFormRow[]; total: number } {
  const where = onlyOpen ? 'WHERE form_id IS NULL AND voided_at IS NULL' : '';
  return {
    rows: sql.all<ReservedFormRow>(
      `SELECT * FROM reserved_form ${where} ORDER BY number DESC LIMIT ? OFFSET ?`,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM reserved_form ${where}`)?.n ?? 0,
  };
}

/** A form as it was signed: printed once, sealed, never set anew. `subject`: `loan:JY-2026-0001`; `stage`: `out`, `in`. */
export interface FrozenFormRow {
  readonly subject: string;
  readonly stage: string;
  readonly text_version: number;
  readonly attachment_id: string;
  readonly sha256: string;
  readonly at: string;
  readonly by: string;
}
export function frozenForms(sql: Reader, subject: string): FrozenFormRow[] {
  return sql.all<FrozenFormRow>('SELECT * FROM frozen_form WHERE subject = ? ORDER BY id', subject);
}
export function insertFrozenForm(sql: Writer, row: FrozenFormRow): void {
  sql.run(
    'INSERT INTO frozen_form (subject, stage, text_version, attachment_id, sha256, at, by) VALUES (:subject, :stage, :text_version, :attachment_id, :sha256, :at, :by)',
    { ...row },
  );
}
