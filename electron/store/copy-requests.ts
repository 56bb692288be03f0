import type { Reader, Writer } from './sql.ts';

/** Requests for issued copies (I1). */
export interface CopyRequestRow {
  readonly id: number;
  readonly number: string;
  readonly recipient_id: number;
  readonly recipient_role: 'salesperson' | 'customerService';
  readonly purpose: string;
  readonly recover_by: string;
  readonly note: string;
  readonly requested_at: string;
  readonly requested_by: string;
  readonly cancelled_at: string | null;
  readonly cancelled_reason: string;
}
export interface CopyRequestView extends CopyRequestRow {
  readonly staff_number: string;
  readonly staff_name: string;
  readonly department: string;
  readonly position: string;
  readonly copy_number: string | null;
}
export interface RequestedCustomerRow {
  readonly id: number;
  readonly number: string;
  readonly kind: 'enterprise' | 'individual';
  readonly name: string;
}

const VIEW = `SELECT copy_request.*, staff.number AS staff_number, staff.name AS staff_name, staff.department, staff.position,
  issued_copy.number AS copy_number
  FROM copy_request JOIN staff ON staff.id = copy_request.recipient_id LEFT JOIN issued_copy ON issued_copy.request_id = copy_request.id`;

export function insertCopyRequest(
  sql: Writer,
  row: Omit<CopyRequestRow, 'id' | 'cancelled_at' | 'cancelled_reason'>,
): number {
  return Number(
    sql.run(
      `INSERT INTO copy_request (number, recipient_id, recipient_role, purpose, recover_by, note, requested_at, requested_by)
       VALUES (:number, :recipient_id, :recipient_role, :purpose, :recover_by, :note, :requested_at, :requested_by)`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function updateCopyRequest(
  sql: Writer,
  row: Pick<CopyRequestRow, 'id' | 'recipient_id' | 'recipient_role' | 'purpose' | 'recover_by' | 'note'>,
): void {
  const { id, recipient_id, recipient_role, purpose, recover_by, note } = row;
  sql.run(
    `UPDATE copy_request SET recipient_id = :recipient_id, recipient_role = :recipient_role, purpose = :purpose,
       recover_by = :recover_by, note = :note WHERE id = :id`,
    { id, recipient_id, recipient_role, purpose, recover_by, note },
  );
}
/** The customers and papers of a request, in the order in which they were named. */
export function setRequested(sql: Writer, id: number, customers: readonly number[], papers: readonly number[]): void {
  sql.run('DELETE FROM copy_request_customer WHERE request_id = ?', id);
  sql.run('DELETE FROM copy_request_paper WHERE request_id = ?', id);
  for (const [position, customer] of customers.entries())
    sql.run(
      'INSERT INTO copy_request_customer (request_id, position, customer_id) VALUES (?, ?, ?)',
      id,
      position,
      customer,
    );
  for (const [position, paper] of papers.entries())
    sql.run('INSERT INTO copy_request_paper (request_id, position, paper_id) VALUES (?, ?, ?)', id, position, paper);
}
export function cancelCopyRequest(sql: Writer, id: number, at: string, reason: string): void {
  sql.run('UPDATE copy_request SET open = 0, cancelled_at = ?, cancelled_reason = ? WHERE id = ?', at, reason, id);
}
export function findCopyRequest(sql: Reader, number: string): CopyRequestView | undefined {
  return sql.get<CopyRequestView>(`${VIEW} WHERE copy_request.number = ?`, number);
}
export function findCopyRequestById(sql: Reader, id: number): CopyRequestView | undefined {
  return sql.get<CopyRequestView>(`${VIEW} WHERE copy_request.id = ?`, id);
}
export function listCopyRequests(
  sql: Reader,
  state: 'open' | 'all',
  offset: number,
  limit: number,
): { rows: CopyRequestView[]; total: number } {
  const where = state === 'open' ? 'WHERE copy_request.open = 1' : '';
  return {
    rows: sql.all<CopyRequestView>(`${VIEW} ${where} ORDER BY copy_request.id DESC LIMIT ? OFFSET ?`, limit, offset),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM copy_request ${where}`)?.n ?? 0,
  };
}
export function requestedCustomers(sql: Reader, requestId: number): RequestedCustomerRow[] {
  return sql.all<RequestedCustomerRow>(
    `SELECT customer.id, customer.number, customer.kind, customer.name FROM copy_request_customer
     JOIN customer ON customer.id = customer_id WHERE request_id = ? ORDER BY copy_request_customer.position`,
    requestId,
  );
}
export function requestedPaperIds(sql: Reader, requestId: number): number[] {
  return sql
    .all<{ paper_id: number }>(
      'SELECT paper_id FROM copy_request_paper WHERE request_id = ? ORDER BY position',
      requestId,
    )
    .map((row) => row.paper_id);
}
