import type { Reader, SqlValue, Writer } from './sql.ts';

/** Guidance by the supervisor (C7): what was handed in and decided, and remarks on single fields. */
export type ReviewState = 'none' | 'submitted' | 'sentBack' | 'accepted';

export interface ReviewRow {
  readonly id: number;
  readonly customer_id: number;
  readonly act: 'submitted' | 'sentBack' | 'accepted';
  readonly note: string;
  readonly at: string;
  readonly by: string;
  readonly revision: number;
  readonly agreement: string;
}

export interface RemarkRow {
  readonly id: number;
  readonly customer_id: number;
  readonly field: string;
  readonly text: string;
  readonly made_at: string;
  readonly made_by: string;
  readonly revision: number;
  readonly state: 'open' | 'answered' | 'settled';
  readonly answer: string;
  readonly answered_at: string | null;
  readonly answered_by: string | null;
  readonly settled_at: string | null;
  readonly settled_by: string | null;
}

export interface ReviewStateRow {
  readonly customer_id: number;
  readonly state: ReviewState;
  readonly since: string;
  readonly open_remarks: number;
  readonly answered_remarks: number;
}

export function insertReview(sql: Writer, row: Omit<ReviewRow, 'id'>): number {
  return Number(
    sql.run(
      `INSERT INTO card_review (customer_id, act, note, at, by, revision, agreement)
       VALUES (:customer_id, :act, :note, :at, :by, :revision, :agreement)`,
      { ...row },
    ).lastInsertRowid,
  );
}

export function insertRemark(
  sql: Writer,
  row: Pick<RemarkRow, 'customer_id' | 'field' | 'text' | 'made_at' | 'made_by' | 'revision'>,
): number {
  return Number(
    sql.run(
      `INSERT INTO card_remark (customer_id, field, text, made_at, made_by, revision, state)
       VALUES (:customer_id, :field, :text, :made_at, :made_by, :revision, 'open')`,
      { ...row },
    ).lastInsertRowid,
  );
}

export function updateRemark(sql: Writer, row: RemarkRow): void {
  sql.run(
    `UPDATE card_remark SET text = :text, state = :state, answer = :answer, answered_at = :answered_at, answered_by = :answered_by,
       settled_at = :settled_at, settled_by = :settled_by WHERE id = :id`,
    {
      id: row.id,
      text: row.text,
      state: row.state,
      answer: row.answer,
      answered_at: row.answered_at,
      answered_by: row.answered_by,
      settled_at: row.settled_at,
      settled_by: row.settled_by,
    },
  );
}

export function findRemark(sql: Reader, id: number): RemarkRow | undefined {
  return sql.get<RemarkRow>('SELECT * FROM card_remark WHERE id = ?', id);
}

/** Remarks on a card, those that wait first, then the newest. */
export function remarksOf(sql: Reader, customerId: number): RemarkRow[] {
  return sql.all<RemarkRow>(
    "SELECT * FROM card_remark WHERE customer_id = ? ORDER BY state = 'settled', id DESC LIMIT 500",
    customerId,
  );
}

export function reviewsOf(sql: Reader, customerId: number): ReviewRow[] {
  return sql.all<ReviewRow>('SELECT * FROM card_review WHERE customer_id = ? ORDER BY id DESC LIMIT 200', customerId);
}

export function reviewStateOf(sql: Reader, customerId: number): ReviewStateRow | undefined {
  return sql.get<ReviewStateRow>('SELECT * FROM card_review_state WHERE customer_id = ?', customerId);
}

/** Works out where a card stands from its acts and remarks. `at`: since when, if it has no act. */
export function writeReviewState(sql: Writer, customerId: number, at: string): void {
  const last = sql.get<{ act: ReviewState; at: string }>(
    'SELECT act, at FROM card_review WHERE customer_id = ? ORDER BY id DESC LIMIT 1',
    customerId,
  );
  const count = (state: string) =>
    sql.get<{ n: number }>(
      'SELECT count(*) AS n FROM card_remark WHERE customer_id = ? AND state = ?',
      customerId,
      state,
    )?.n ?? 0;
  const [open, answered] = [count('open'), count('answered')];
  if (last === undefined && open + answered === 0) {
    sql.run('DELETE FROM card_review_state WHERE customer_id = ?', customerId);
    return;
  }
  sql.run(
    `INSERT INTO card_review_state (customer_id, state, since, open_remarks, answered_remarks) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (customer_id) DO UPDATE SET state = excluded.state, since = excluded.since,
       open_remarks = excluded.open_remarks, answered_remarks = excluded.answered_remarks`,
    customerId,
    last?.act ?? 'none',
    last?.at ?? at,
    open,
    answered,
  );
}

export interface ReviewListRow extends ReviewStateRow {
  readonly number: string;
  readonly kind: 'enterprise' | 'individual';
  readonly name: string;
  /** Fields of the remarks that wait, comma between; an empty one is the whole card. */
  readonly fields: string;
}

const SHOWS = {
  /** The keeper's: sent back, or with remarks that are open. */
  toAnswer: "(card_review_state.state = 'sentBack' OR open_remarks > 0)",
  /** The supervisor's: handed in, or with answers to look at. */
  toReview: "(card_review_state.state = 'submitted' OR answered_remarks > 0)",
  accepted: "card_review_state.state = 'accepted'",
  all: '1',
} as const;
export type ReviewShow = keyof typeof SHOWS;

export function listReviews(
  sql: Reader,
  show: ReviewShow,
  offset: number,
  limit: number,
): { rows: ReviewListRow[]; total: number } {
  const bound: SqlValue[] = [limit, offset];
  return {
    rows: sql.all<ReviewListRow>(
      `SELECT card_review_state.*, customer.number, customer.kind, customer.name,
         coalesce((SELECT group_concat(field) FROM card_remark WHERE card_remark.customer_id = customer.id AND card_remark.state <> 'settled'), '') AS fields
       FROM card_review_state JOIN customer ON customer.id = customer_id WHERE ${SHOWS[show]}
       ORDER BY since, customer_id LIMIT ? OFFSET ?`,
      ...bound,
    ),
    total: countReviews(sql, show),
  };
}

export function countReviews(sql: Reader, show: ReviewShow): number {
  return sql.get<{ n: number }>(`SELECT count(*) AS n FROM card_review_state WHERE ${SHOWS[show]}`)?.n ?? 0;
}
