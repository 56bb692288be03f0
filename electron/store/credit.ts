import type { ExposureMark } from '../../shared/domain/credit/score.ts';
import type { Reader, Writer } from './sql.ts';

/** Credit policy in versions, score sheets, how far limits are used (G1, G2, G4). */

export interface VersionRow {
  readonly version: number;
  readonly definition: string;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}
type VersionTable = 'credit_policy' | 'tier_rules';
/** The newest version, or the one asked for. */
export function findVersion(sql: Reader, table: VersionTable, version?: number): VersionRow | undefined {
  return version === undefined
    ? sql.get<VersionRow>(`SELECT * FROM ${table} ORDER BY version DESC LIMIT 1`)
    : sql.get<VersionRow>(`SELECT * FROM ${table} WHERE version = ?`, version);
}
export function listVersions(sql: Reader, table: VersionTable): Omit<VersionRow, 'definition'>[] {
  return sql.all(`SELECT version, reason, at, by FROM ${table} ORDER BY version DESC LIMIT 200`);
}
export function insertVersion(sql: Writer, table: VersionTable, row: VersionRow): void {
  sql.run(
    `INSERT INTO ${table} (version, definition, reason, at, by) VALUES (:version, :definition, :reason, :at, :by)`,
    { ...row },
  );
}

export interface AssessmentRow {
  readonly id: number;
  readonly number: string;
  readonly customer_id: number;
  readonly policy_version: number;
  readonly at: string;
  readonly by: string;
  readonly score: number;
  readonly grade: string;
  readonly grade_before: string;
  readonly sheet: string;
  readonly state: 'proposed' | 'accepted' | 'dismissed' | 'superseded';
  readonly decided_at: string | null;
  readonly decided_by: string;
  readonly reason: string;
}
export interface AssessmentView extends AssessmentRow {
  readonly customer_number: string;
  readonly customer_name: string;
}
const ASSESSMENT = `SELECT credit_assessment.*, customer.number AS customer_number, customer.name AS customer_name
  FROM credit_assessment JOIN customer ON customer.id = credit_assessment.customer_id`;

export function insertAssessment(sql: Writer, row: Omit<AssessmentRow, 'id'>): number {
  return Number(
    sql.run(
      `INSERT INTO credit_assessment (number, customer_id, policy_version, at, by, score, grade, grade_before, sheet, state, decided_at, decided_by, reason)
       VALUES (:number, :customer_id, :policy_version, :at, :by, :score, :grade, :grade_before, :sheet, :state, :decided_at, :decided_by, :reason)`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function findAssessment(sql: Reader, number: string): AssessmentView | undefined {
  return sql.get<AssessmentView>(`${ASSESSMENT} WHERE credit_assessment.number = ?`, number);
}
export function assessmentsOf(sql: Reader, customerId: number, limit = 100): AssessmentView[] {
  return sql.all<AssessmentView>(
    `${ASSESSMENT} WHERE credit_assessment.customer_id = ? ORDER BY credit_assessment.id DESC LIMIT ?`,
    customerId,
    limit,
  );
}
export function listAssessments(
  sql: Reader,
  state: AssessmentRow['state'],
  offset: number,
  limit: number,
): { rows: AssessmentView[]; total: number } {
  return {
    rows: sql.all<AssessmentView>(
      `${ASSESSMENT} WHERE credit_assessment.state = ? ORDER BY credit_assessment.id LIMIT ? OFFSET ?`,
      state,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>('SELECT count(*) AS n FROM credit_assessment WHERE state = ?', state)?.n ?? 0,
  };
}
/** A newer proposal takes the place of one that nobody decided on. */
export function supersedeAssessments(sql: Writer, customerId: number, at: string): void {
  sql.run(
    "UPDATE credit_assessment SET state = 'superseded', decided_at = ? WHERE customer_id = ? AND state = 'proposed'",
    at,
    customerId,
  );
}
export function decideAssessment(
  sql: Writer,
  id: number,
  decision: { state: AssessmentRow['state']; at: string; by: string; reason: string },
): void {
  sql.run(
    'UPDATE credit_assessment SET state = :state, decided_at = :at, decided_by = :by, reason = :reason WHERE id = :id',
    { ...decision, id },
  );
}

export interface StandingRow {
  readonly customer_id: number;
  readonly currency: string;
  readonly credit_limit: number;
  readonly exposure: number;
  readonly per_mille: number;
  readonly mark: ExposureMark;
  readonly uncounted: string;
}
export interface StandingView extends StandingRow {
  readonly number: string;
  readonly name: string;
  readonly credit_grade: string;
  readonly valid_until: string | null;
}
export function setStanding(sql: Writer, row: StandingRow): void {
  sql.run(
    `INSERT INTO credit_standing (customer_id, currency, credit_limit, exposure, per_mille, mark, uncounted)
     VALUES (:customer_id, :currency, :credit_limit, :exposure, :per_mille, :mark, :uncounted)
     ON CONFLICT (customer_id) DO UPDATE SET currency = excluded.currency, credit_limit = excluded.credit_limit,
       exposure = excluded.exposure, per_mille = excluded.per_mille, mark = excluded.mark, uncounted = excluded.uncounted`,
    { ...row },
  );
}
export function removeStanding(sql: Writer, customerId: number): void {
  sql.run('DELETE FROM credit_standing WHERE customer_id = ?', customerId);
}
export function findStanding(sql: Reader, customerId: number): StandingRow | undefined {
  return sql.get<StandingRow>('SELECT * FROM credit_standing WHERE customer_id = ?', customerId);
}
/** Customers by how far their limit is used, the fullest first; all, or those with a mark. */
export function listStandings(
  sql: Reader,
  mark: 'warn' | 'block' | undefined,
  offset: number,
  limit: number,
): { rows: StandingView[]; total: number } {
  const table = mark === undefined ? 'credit_standing INDEXED BY credit_standing_use' : 'credit_standing';
  const where = mark === undefined ? '' : `WHERE mark = '${mark}'`;
  return {
    rows: sql.all<StandingView>(
      `WITH page AS (SELECT customer_id FROM ${table} ${where} ORDER BY per_mille DESC, customer_id DESC LIMIT ? OFFSET ?)
       SELECT credit_standing.*, customer.number, customer.name, customer.credit_grade,
         customer.credit_until AS valid_until
       FROM page JOIN credit_standing USING (customer_id) JOIN customer ON customer.id = page.customer_id
       ORDER BY credit_standing.per_mille DESC, page.customer_id DESC`,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM credit_standing ${where}`)?.n ?? 0,
  };
}
/** Standings of the customers behind an id, in the order of the ids: of those who owe, ordered or have a limit. */
export function standingsAfter(sql: Reader, after: number, most: number): StandingRow[] {
  return sql.all<StandingRow>(
    'SELECT * FROM credit_standing WHERE customer_id > ? ORDER BY customer_id LIMIT ?',
    after,
    most,
  );
}

/** Customers who have dealings, the first ones entered first. */
export function customersWithBalance(sql: Reader, most: number): number[] {
  return sql
    .all<{ id: number }>('SELECT DISTINCT customer_id AS id FROM customer_balance ORDER BY customer_id LIMIT ?', most)
    .map(({ id }) => id);
}

/** Figures of a customer's dealings that a scorecard asks for. */
export interface DealingFigures {
  readonly first_order_on: string | null;
  readonly orders: number;
}
export function dealingFigures(sql: Reader, customerId: number, since: string): DealingFigures {
  return (
    sql.get<DealingFigures>(
      `SELECT (SELECT min(date) FROM customer_order WHERE customer_id = :id AND state <> 'cancelled') AS first_order_on,
         (SELECT count(*) FROM customer_order WHERE customer_id = :id AND date >= :since AND state <> 'cancelled' AND kind <> 'framework') AS orders`,
      { id: customerId, since },
    ) ?? { first_order_on: null, orders: 0 }
  );
}
/** Sales by month and currency since a day. */
export function monthlySales(
  sql: Reader,
  customerId: number,
  since: string,
): { month: string; currency: string; amount: number }[] {
  return sql.all(
    `SELECT substr(date, 1, 7) AS month, currency, sum(amount) AS amount FROM customer_order
     WHERE customer_id = ? AND date >= ? AND state <> 'cancelled' AND kind <> 'framework' AND currency <> ''
     GROUP BY month, currency ORDER BY month`,
    customerId,
    since,
  );
}
/** Money in and claims accepted, by day. */
export function creditsByDay(
  sql: Reader,
  customerId: number,
  currency: string,
): { date: string; amount: number; claim: number }[] {
  return sql.all(
    `SELECT date, amount, 0 AS claim FROM receipt WHERE customer_id = :id AND currency = :currency
     UNION ALL SELECT date, amount, 1 FROM returned_goods
     WHERE customer_id = :id AND currency = :currency AND decision IN ('accepted', 'partly') ORDER BY date`,
    { id: customerId, currency },
  );
}
