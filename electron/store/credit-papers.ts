import type { Reader, SqlValue, Writer } from './sql.ts';

/** Approval forms of limits (G3), repayment plans and extensions (D3). */

export interface ApplicationRow {
  readonly id: number;
  readonly number: string;
  readonly customer_id: number;
  readonly kind: 'new' | 'increase' | 'decrease' | 'temporary' | 'cancel';
  readonly state: 'draft' | 'approved' | 'declined';
  readonly applied_on: string;
  readonly applicant_id: number | null;
  readonly currency: string;
  readonly limit_before: number;
  readonly limit_asked: number;
  readonly limit_approved: number | null;
  readonly days_before: number;
  readonly days_asked: number;
  readonly days_approved: number | null;
  readonly settlement_before: string;
  readonly settlement_asked: string;
  readonly settlement_approved: string | null;
  readonly grade: string;
  readonly security: string;
  readonly export_terms: string;
  readonly reason: string;
  readonly papers: string;
  readonly effective_from: string;
  readonly effective_to: string;
  readonly review_on: string;
  readonly facts: string;
  readonly agreement: string;
  readonly approved_by: string;
  readonly decided_at: string | null;
  readonly decision_note: string;
  readonly recorded_at: string;
  readonly recorded_by: string;
  readonly revision: number;
}
interface OfCustomer {
  readonly customer_number: string;
  readonly customer_name: string;
}
export interface ApplicationView extends ApplicationRow, OfCustomer {
  readonly applicant: string;
  readonly department: string;
}
export interface PlanRow {
  readonly id: number;
  readonly number: string;
  readonly customer_id: number;
  readonly currency: string;
  readonly total: number;
  readonly base_date: string;
  readonly reason: string;
  readonly agreement_paper: string;
  readonly signed_by: string;
  readonly signed_on: string | null;
  readonly follower_id: number | null;
  readonly state: 'running' | 'terminated' | 'superseded';
  readonly follows_id: number | null;
  readonly end_reason: string;
  readonly note: string;
  readonly recorded_at: string;
  readonly recorded_by: string;
  readonly revision: number;
}
export interface PlanView extends PlanRow, OfCustomer {
  readonly follower: string;
  readonly follows: string;
}
export interface InstalmentRow {
  readonly id: number;
  readonly plan_id: number;
  readonly line: number;
  readonly due: string;
  readonly amount: number;
  readonly means: string;
  readonly responsible: string;
  readonly paid: number;
  readonly paid_on: string | null;
}
export interface ExtensionRow {
  readonly id: number;
  readonly number: string;
  readonly customer_id: number;
  readonly plan_id: number | null;
  readonly new_plan_id: number | null;
  readonly state: 'draft' | 'approved' | 'declined';
  readonly asked_on: string;
  readonly currency: string;
  readonly total: number;
  readonly debts: string;
  readonly instalments: string;
  readonly reason: string;
  readonly proof: string;
  readonly penalty: number;
  readonly interest: string;
  readonly security: string;
  readonly assessment: string;
  readonly effect: string;
  readonly signed_by: string;
  readonly signed_on: string | null;
  readonly agreement: string;
  readonly approved_by: string;
  readonly decided_at: string | null;
  readonly decision_note: string;
  readonly recorded_at: string;
  readonly recorded_by: string;
}
export interface ExtensionView extends ExtensionRow, OfCustomer {
  readonly plan: string;
  readonly new_plan: string;
}

type Table = 'credit_application' | 'repayment_plan' | 'payment_extension';
/** Writes a row by its own keys; `id` names the one that is changed. */
function insert(sql: Writer, table: Table, row: object): number {
  const keys = Object.keys(row);
  return Number(
    sql.run(`INSERT INTO ${table} (${keys.join(', ')}) VALUES (${keys.map((key) => `:${key}`).join(', ')})`, {
      ...(row as Record<string, SqlValue>),
    }).lastInsertRowid,
  );
}
function update(sql: Writer, table: Table, id: number, change: object): void {
  const keys = Object.keys(change);
  sql.run(`UPDATE ${table} SET ${keys.map((key) => `${key} = :${key}`).join(', ')} WHERE id = :id`, {
    ...(change as Record<string, SqlValue>),
    id,
  });
}

const APPLICATION = `SELECT credit_application.*, customer.number AS customer_number, customer.name AS customer_name,
    coalesce(staff.name, '') AS applicant, coalesce(staff.department, '') AS department
  FROM credit_application JOIN customer ON customer.id = credit_application.customer_id
  LEFT JOIN staff ON staff.id = credit_application.applicant_id`;
export const insertApplication = (sql: Writer, row: Omit<ApplicationRow, 'id'>): number =>
  insert(sql, 'credit_application', row);
export const updateApplication = (sql: Writer, id: number, change: Partial<Omit<ApplicationRow, 'id'>>): void =>
  update(sql, 'credit_application', id, change);
export function findApplication(sql: Reader, number: string): ApplicationView | undefined {
  return sql.get<ApplicationView>(`${APPLICATION} WHERE credit_application.number = ?`, number);
}

interface PaperFilter {
  readonly customerId: number | undefined;
  readonly state?: string | undefined;
}
function where(table: Table, { customerId, state }: PaperFilter): { text: string; params: Record<string, SqlValue> } {
  const parts: string[] = [];
  const params: Record<string, SqlValue> = {};
  if (customerId !== undefined) {
    parts.push(`${table}.customer_id = :customer`);
    params['customer'] = customerId;
  }
  if (state !== undefined) {
    parts.push(`${table}.state = :state`);
    params['state'] = state;
  }
  return { text: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, params };
}
function listed<Row>(sql: Reader, shown: string, table: Table, filter: PaperFilter, offset: number, limit: number) {
  const { text, params } = where(table, filter);
  return {
    rows: sql.all<Row>(`${shown} ${text} ORDER BY ${table}.id DESC LIMIT :limit OFFSET :offset`, {
      ...params,
      limit,
      offset,
    }),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} ${text}`, params)?.n ?? 0,
  };
}
export const listApplications = (sql: Reader, filter: PaperFilter, offset: number, limit: number) =>
  listed<ApplicationView>(sql, APPLICATION, 'credit_application', filter, offset, limit);

const PLAN = `SELECT repayment_plan.*, customer.number AS customer_number, customer.name AS customer_name,
    coalesce(staff.name, '') AS follower, coalesce(former.number, '') AS follows
  FROM repayment_plan JOIN customer ON customer.id = repayment_plan.customer_id
  LEFT JOIN staff ON staff.id = repayment_plan.follower_id
  LEFT JOIN repayment_plan AS former ON former.id = repayment_plan.follows_id`;
export function insertPlan(
  sql: Writer,
  row: Omit<PlanRow, 'id'>,
  instalments: readonly Pick<InstalmentRow, 'due' | 'amount' | 'means' | 'responsible'>[],
): number {
  const id = insert(sql, 'repayment_plan', row);
  for (const [index, part] of instalments.entries())
    sql.run(
      'INSERT INTO instalment (plan_id, line, due, amount, means, responsible) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      index + 1,
      part.due,
      part.amount,
      part.means,
      part.responsible,
    );
  return id;
}
/** Ends a plan: what was not paid of it is no duty any more. */
export function endPlan(sql: Writer, id: number, state: 'terminated' | 'superseded', reason: string): void {
  sql.run(
    'UPDATE repayment_plan SET state = ?, end_reason = ?, revision = revision + 1 WHERE id = ?',
    state,
    reason,
    id,
  );
  sql.run('UPDATE instalment SET running = 0 WHERE plan_id = ?', id);
}
export function findPlan(sql: Reader, number: string): PlanView | undefined {
  return sql.get<PlanView>(`${PLAN} WHERE repayment_plan.number = ?`, number);
}
export const listPlans = (sql: Reader, filter: PaperFilter, offset: number, limit: number) =>
  listed<PlanView>(sql, PLAN, 'repayment_plan', filter, offset, limit);
export function instalmentsOf(sql: Reader, planId: number): InstalmentRow[] {
  return sql.all<InstalmentRow>('SELECT * FROM instalment WHERE plan_id = ? ORDER BY line', planId);
}
export function payInstalment(sql: Writer, id: number, receiptId: number, amount: number, on: string): void {
  sql.run('INSERT INTO instalment_payment (instalment_id, receipt_id, amount) VALUES (?, ?, ?)', id, receiptId, amount);
  sql.run('UPDATE instalment SET paid = paid + ?, paid_on = ? WHERE id = ?', amount, on, id);
}
/** Instalments that a receipt pays: such a receipt is not struck out by itself. */
export function instalmentsPaidBy(sql: Reader, receiptId: number): number {
  return sql.get<{ n: number }>('SELECT count(*) AS n FROM instalment_payment WHERE receipt_id = ?', receiptId)?.n ?? 0;
}
export interface DueInstalment extends OfCustomer {
  readonly plan: string;
  readonly line: number;
  readonly due: string;
  readonly currency: string;
  readonly amount: number;
  readonly paid: number;
}
/** Open instalments of running plans up to a day, the earliest first. */
export function dueInstalments(
  sql: Reader,
  until: string,
  offset: number,
  limit: number,
): { rows: DueInstalment[]; total: number } {
  return {
    rows: sql.all<DueInstalment>(
      `SELECT repayment_plan.number AS plan, customer.number AS customer_number, customer.name AS customer_name,
         instalment.line, instalment.due, repayment_plan.currency, instalment.amount, instalment.paid
       FROM instalment INDEXED BY instalment_open JOIN repayment_plan ON repayment_plan.id = instalment.plan_id
       JOIN customer ON customer.id = repayment_plan.customer_id
       WHERE instalment.running = 1 AND instalment.paid < instalment.amount AND instalment.due <= ?
       ORDER BY instalment.due, instalment.id LIMIT ? OFFSET ?`,
      until,
      limit,
      offset,
    ),
    total:
      sql.get<{ n: number }>(
        'SELECT count(*) AS n FROM instalment INDEXED BY instalment_open WHERE running = 1 AND paid < amount AND due <= ?',
        until,
      )?.n ?? 0,
  };
}

const EXTENSION = `SELECT payment_extension.*, customer.number AS customer_number, customer.name AS customer_name,
    coalesce(former.number, '') AS plan, coalesce(newer.number, '') AS new_plan
  FROM payment_extension JOIN customer ON customer.id = payment_extension.customer_id
  LEFT JOIN repayment_plan AS former ON former.id = payment_extension.plan_id
  LEFT JOIN repayment_plan AS newer ON newer.id = payment_extension.new_plan_id`;
export const insertExtension = (sql: Writer, row: Omit<ExtensionRow, 'id'>): number =>
  insert(sql, 'payment_extension', row);
export const updateExtension = (sql: Writer, id: number, change: Partial<Omit<ExtensionRow, 'id'>>): void =>
  update(sql, 'payment_extension', id, change);
export function findExtension(sql: Reader, number: string): ExtensionView | undefined {
  return sql.get<ExtensionView>(`${EXTENSION} WHERE payment_extension.number = ?`, number);
}
export const listExtensions = (sql: Reader, filter: PaperFilter, offset: number, limit: number) =>
  listed<ExtensionView>(sql, EXTENSION, 'payment_extension', filter, offset, limit);
