import type { Reader, Writer } from './sql.ts';

/** Recovery rounds (I2 定期回收). */
export interface RecoveryRoundRow {
  readonly id: number;
  readonly number: string;
  readonly opened_at: string;
  readonly opened_by: string;
  readonly note: string;
  readonly closed_at: string | null;
  readonly closed_by: string;
  readonly closing_note: string;
}
export interface RecoveryRoundView extends RecoveryRoundRow {
  readonly copies: number;
  readonly settled: number;
}

const VIEW = `SELECT recovery_round.*,
  (SELECT count(*) FROM recovery_round_copy WHERE round_id = recovery_round.id) AS copies,
  (SELECT count(*) FROM recovery_round_copy WHERE round_id = recovery_round.id AND outcome IS NOT NULL) AS settled
  FROM recovery_round`;

export function findRound(sql: Reader, number: string): RecoveryRoundView | undefined {
  return sql.get<RecoveryRoundView>(`${VIEW} WHERE number = ?`, number);
}
export function openRound(sql: Reader): RecoveryRoundView | undefined {
  return sql.get<RecoveryRoundView>(`${VIEW} WHERE closed_at IS NULL ORDER BY id DESC LIMIT 1`);
}
export function listRounds(sql: Reader, offset: number, limit: number): { rows: RecoveryRoundView[]; total: number } {
  return {
    rows: sql.all<RecoveryRoundView>(`${VIEW} ORDER BY id DESC LIMIT ? OFFSET ?`, limit, offset),
    total: sql.get<{ n: number }>('SELECT count(*) AS n FROM recovery_round')?.n ?? 0,
  };
}
export function insertRound(
  sql: Writer,
  row: Pick<RecoveryRoundRow, 'number' | 'opened_at' | 'opened_by' | 'note'>,
): number {
  return Number(
    sql.run(
      'INSERT INTO recovery_round (number, opened_at, opened_by, note) VALUES (:number, :opened_at, :opened_by, :note)',
      { ...row },
    ).lastInsertRowid,
  );
}
export function closeRound(
  sql: Writer,
  id: number,
  closing: Pick<RecoveryRoundRow, 'closed_at' | 'closed_by' | 'closing_note'>,
): void {
  sql.run(
    'UPDATE recovery_round SET closed_at = :closed_at, closed_by = :closed_by, closing_note = :closing_note WHERE id = :id',
    { id, ...closing },
  );
}
export function addToRound(sql: Writer, roundId: number, copyId: number): void {
  sql.run('INSERT INTO recovery_round_copy (round_id, copy_id) VALUES (?, ?)', roundId, copyId);
}
/** What became of a copy, in every round that is still open; null when a recovery is taken back. */
export function settleInRounds(sql: Writer, copyId: number, outcome: string | null, at: string | null): void {
  sql.run(
    `UPDATE recovery_round_copy SET outcome = ?, settled_at = ? WHERE copy_id = ?
     AND round_id IN (SELECT id FROM recovery_round WHERE closed_at IS NULL)`,
    outcome,
    at,
    copyId,
  );
}
export function roundCopies(
  sql: Reader,
  roundId: number,
): { readonly copy_id: number; readonly outcome: string | null; readonly settled_at: string | null }[] {
  return sql.all(
    `SELECT copy_id, outcome, settled_at FROM recovery_round_copy JOIN issued_copy ON issued_copy.id = copy_id
     JOIN staff ON staff.id = issued_copy.recipient_id WHERE round_id = ? ORDER BY staff.department, staff.name, copy_id`,
    roundId,
  );
}
/** Copies that customer-service staff hold now, with the day since which the eldest is out. */
export function heldByService(sql: Reader): { readonly id: number; readonly delivered_at: string }[] {
  return sql.all(
    "SELECT id, delivered_at FROM issued_copy WHERE recipient_role = 'customerService' AND closed_at IS NULL AND state <> 'made' ORDER BY delivered_at",
  );
}
