import type { Reader, Writer } from './sql.ts';

export interface AgreementRow {
  readonly id: number;
  readonly number: string;
  readonly kind: string;
  readonly subject: string;
  /** Canonical JSON of the statement, and its SHA-256 in hex. */
  readonly statement: string;
  readonly sha256: string;
  readonly manner: 'secret' | 'paper';
  readonly login: string | null;
  readonly staff_id: number | null;
  readonly name: string;
  readonly role: string;
  readonly given_at: string;
  /** Announced by whoever acts: from when it can be used; null: at once. */
  readonly usable_from: string | null;
  readonly valid_until: string;
  readonly signed_on: string | null;
  readonly paper_id: number | null;
  readonly recorded_by: string;
  readonly note: string;
  readonly used_at: string | null;
  readonly used_for: string;
  readonly withdrawn_at: string | null;
  readonly withdrawn_reason: string;
}
export interface AgreementView extends AgreementRow {
  readonly paper_code: string | null;
}
type NewAgreement = Omit<AgreementRow, 'id' | 'used_at' | 'used_for' | 'withdrawn_at' | 'withdrawn_reason'>;

const VIEW =
  'SELECT agreement.*, paper.code AS paper_code FROM agreement LEFT JOIN paper ON paper.id = agreement.paper_id';

export function insertAgreement(sql: Writer, row: NewAgreement): number {
  return Number(
    sql.run(
      `INSERT INTO agreement (number, kind, subject, statement, sha256, manner, login, staff_id, name, role, given_at, usable_from, valid_until, signed_on, paper_id, recorded_by, note)
       VALUES (:number, :kind, :subject, :statement, :sha256, :manner, :login, :staff_id, :name, :role, :given_at, :usable_from, :valid_until, :signed_on, :paper_id, :recorded_by, :note)`,
      { ...row },
    ).lastInsertRowid,
  );
}
export function findAgreement(sql: Reader, number: string): AgreementView | undefined {
  return sql.get<AgreementView>(`${VIEW} WHERE agreement.number = ?`, number);
}
/** Agreements to one matter, newest first. */
export function agreementsOf(sql: Reader, kind: string, subject: string): AgreementView[] {
  return sql.all<AgreementView>(`${VIEW} WHERE kind = ? AND subject = ? ORDER BY agreement.id DESC`, kind, subject);
}
/** Announced acts that are neither done nor taken back nor lapsed at the instant `now`, oldest first. */
export function announcedActs(sql: Reader, now: string): AgreementView[] {
  return sql.all<AgreementView>(
    `${VIEW} WHERE agreement.usable_from IS NOT NULL AND agreement.used_at IS NULL AND agreement.withdrawn_at IS NULL
       AND agreement.valid_until >= ? ORDER BY agreement.id`,
    now,
  );
}
export function listAgreements(
  sql: Reader,
  filter: { readonly kind: string | null; readonly subject: string | null },
  offset: number,
  limit: number,
): { rows: AgreementView[]; total: number } {
  const where = '(:kind IS NULL OR kind = :kind) AND (:subject IS NULL OR subject = :subject)';
  return {
    rows: sql.all<AgreementView>(`${VIEW} WHERE ${where} ORDER BY agreement.id DESC LIMIT :limit OFFSET :offset`, {
      ...filter,
      limit,
      offset,
    }),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM agreement WHERE ${where}`, { ...filter })?.n ?? 0,
  };
}
export function markAgreementUsed(sql: Writer, id: number, at: string, usedFor: string): void {
  sql.run('UPDATE agreement SET used_at = ?, used_for = ? WHERE id = ?', at, usedFor, id);
}
export function markAgreementWithdrawn(sql: Writer, id: number, at: string, reason: string): void {
  sql.run('UPDATE agreement SET withdrawn_at = ?, withdrawn_reason = ? WHERE id = ?', at, reason, id);
}
