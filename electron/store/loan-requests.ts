import type { Reader, SqlValue, Writer } from './sql.ts';

/** Who waits for what (B2). */
export interface LoanRequestRow {
  readonly id: number;
  readonly paper_id: number;
  readonly staff_id: number;
  readonly purpose: string;
  readonly requested_at: string;
  readonly requested_by: string;
  readonly state: 'waiting' | 'told' | 'lent' | 'cancelled' | 'lapsed';
  readonly told_at: string | null;
  readonly told_how: string;
  readonly hold_until: string | null;
  readonly closed_at: string | null;
  readonly reason: string;
}
export interface LoanRequestView extends LoanRequestRow {
  readonly code: string;
  readonly title: string;
  readonly paper_state: string;
  readonly customer_number: string;
  readonly customer_name: string;
  readonly name: string;
  readonly department: string;
}
const VIEW = `SELECT loan_request.*, paper.code, paper.title, paper.state AS paper_state, customer.number AS customer_number, customer.name AS customer_name,
  staff.name, staff.department
  FROM loan_request JOIN paper ON paper.id = loan_request.paper_id JOIN customer ON customer.id = paper.customer_id JOIN staff ON staff.id = loan_request.staff_id`;
const OPEN = "loan_request.state IN ('waiting', 'told')";

export function findRequest(sql: Reader, id: number): LoanRequestView | undefined {
  return sql.get<LoanRequestView>(`${VIEW} WHERE loan_request.id = ?`, id);
}
/** Open requests for a paper in the order in which they were made. */
export function openRequestsOf(sql: Reader, paperId: number): LoanRequestView[] {
  return sql.all<LoanRequestView>(
    `${VIEW} WHERE loan_request.paper_id = ? AND ${OPEN} ORDER BY loan_request.id`,
    paperId,
  );
}
export function listRequests(
  sql: Reader,
  filter: { readonly open: boolean; readonly paperId?: number | undefined; readonly staffId?: number | undefined },
  offset: number,
  limit: number,
): { rows: LoanRequestView[]; total: number } {
  const parts: string[] = filter.open ? [OPEN] : [];
  const values: SqlValue[] = [];
  if (filter.paperId !== undefined) {
    parts.push('loan_request.paper_id = ?');
    values.push(filter.paperId);
  }
  if (filter.staffId !== undefined) {
    parts.push('loan_request.staff_id = ?');
    values.push(filter.staffId);
  }
  const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
  const order = filter.open ? 'loan_request.requested_at, loan_request.id' : 'loan_request.id DESC';
  return {
    rows: sql.all<LoanRequestView>(`${VIEW} ${where} ORDER BY ${order} LIMIT ? OFFSET ?`, ...values, limit, offset),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM loan_request ${where}`, ...values)?.n ?? 0,
  };
}
export function insertRequest(
  sql: Writer,
  row: Pick<LoanRequestRow, 'paper_id' | 'staff_id' | 'purpose' | 'requested_at' | 'requested_by'>,
): number {
  return Number(
    sql.run(
      `INSERT INTO loan_request (paper_id, staff_id, purpose, requested_at, requested_by, state)
       VALUES (:paper_id, :staff_id, :purpose, :requested_at, :requested_by, 'waiting')`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function tellRequest(sql: Writer, id: number, told: { at: string; how: string; holdUntil: string }): void {
  sql.run(
    "UPDATE loan_request SET state = 'told', told_at = ?, told_how = ?, hold_until = ? WHERE id = ?",
    told.at,
    told.how,
    told.holdUntil,
    id,
  );
}
export function closeRequest(
  sql: Writer,
  id: number,
  state: 'lent' | 'cancelled' | 'lapsed',
  at: string,
  reason: string,
): void {
  sql.run('UPDATE loan_request SET state = ?, closed_at = ?, reason = ? WHERE id = ?', state, at, reason, id);
}
