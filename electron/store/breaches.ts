import type { BreachAct, BreachKind, BreachMeasure, BreachState } from '../../shared/domain/breaches.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/** Breach cases (B3) and what was done about each; acts only grow. */
export interface BreachRow {
  readonly id: number;
  readonly number: string;
  readonly borrower_id: number;
  readonly loan_id: number | null;
  readonly kind: BreachKind;
  readonly facts: string;
  readonly state: BreachState;
  readonly opened_at: string;
  readonly opened_by: string;
  readonly by_return: number;
  readonly outcome: string;
  readonly closed_at: string | null;
  readonly closed_by: string;
}
export interface BreachView extends BreachRow {
  readonly borrower: string;
  readonly department: string;
}
export interface BreachActRow {
  readonly breach_id: number;
  readonly at: string;
  readonly by: string;
  readonly act: BreachAct;
  readonly measure: BreachMeasure | '';
  readonly decided_by: string;
  readonly text: string;
}
const VIEW =
  'SELECT breach.*, staff.name AS borrower, staff.department FROM breach JOIN staff ON staff.id = breach.borrower_id';

export function findBreach(sql: Reader, number: string): BreachView | undefined {
  return sql.get<BreachView>(`${VIEW} WHERE breach.number = ?`, number);
}
export function listBreaches(
  sql: Reader,
  filter: { readonly open: boolean; readonly borrowerId?: number | undefined; readonly text: string },
  offset: number,
  limit: number,
): { rows: BreachView[]; total: number } {
  const parts: string[] = filter.open ? ["breach.state = 'open'"] : [];
  const values: SqlValue[] = [];
  if (filter.borrowerId !== undefined) {
    parts.push('breach.borrower_id = ?');
    values.push(filter.borrowerId);
  }
  if (filter.text !== '') {
    parts.push("instr(breach.number || ' ' || staff.name || ' ' || breach.facts, ?) > 0");
    values.push(filter.text);
  }
  const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
  return {
    rows: sql.all<BreachView>(
      `${VIEW} ${where} ORDER BY breach.state = 'open' DESC, breach.opened_at DESC, breach.id DESC LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM (${VIEW} ${where})`, ...values)?.n ?? 0,
  };
}
export function countOpenBreaches(sql: Reader, borrowerId: number): number {
  return (
    sql.get<{ n: number }>("SELECT count(*) AS n FROM breach WHERE borrower_id = ? AND state = 'open'", borrowerId)
      ?.n ?? 0
  );
}
export function breachesOfLoans(
  sql: Reader,
  loanIds: readonly number[],
): { loan_id: number; number: string; state: BreachState }[] {
  return sql.all<{ loan_id: number; number: string; state: BreachState }>(
    'SELECT loan_id, number, state FROM breach WHERE loan_id IN (SELECT value FROM json_each(?)) ORDER BY id',
    JSON.stringify(loanIds),
  );
}
export function insertBreach(sql: Writer, row: Omit<BreachRow, 'id'>): number {
  return Number(
    sql.run(
      `INSERT INTO breach (number, borrower_id, loan_id, kind, facts, state, opened_at, opened_by, by_return, outcome, closed_at, closed_by)
       VALUES (:number, :borrower_id, :loan_id, :kind, :facts, :state, :opened_at, :opened_by, :by_return, :outcome, :closed_at, :closed_by)`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function closeBreach(
  sql: Writer,
  id: number,
  closing: { state: 'closed' | 'void'; outcome: string; closed_at: string; closed_by: string },
): void {
  sql.run(
    'UPDATE breach SET state = :state, outcome = :outcome, closed_at = :closed_at, closed_by = :closed_by WHERE id = :id',
    { ...closing, id },
  );
}
export function insertBreachAct(sql: Writer, row: BreachActRow): void {
  sql.run(
    'INSERT INTO breach_act (breach_id, at, by, act, measure, decided_by, text) VALUES (:breach_id, :at, :by, :act, :measure, :decided_by, :text)',
    { ...row },
  );
}
export function breachActs(sql: Reader, breachIds: readonly number[]): BreachActRow[] {
  return sql.all<BreachActRow>(
    'SELECT * FROM breach_act WHERE breach_id IN (SELECT value FROM json_each(?)) ORDER BY id',
    JSON.stringify(breachIds),
  );
}
