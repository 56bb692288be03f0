import type { Reader, Writer } from './sql.ts';

/** Cards of one-time codes: the second factor of whoever has one. */
export interface CodeCardRow {
  readonly login: string;
  readonly made_at: string;
  readonly made_by: string;
  /** JSON: SHA-256 (hex) of each code, in the order of the card. */
  readonly codes: string;
  /** So many from the first are struck off. */
  readonly used: number;
}
export function findCodeCard(sql: Reader, login: string): CodeCardRow | undefined {
  return sql.get<CodeCardRow>('SELECT * FROM code_card WHERE login = ?', login);
}
export function listCodeCards(sql: Reader): CodeCardRow[] {
  return sql.all<CodeCardRow>('SELECT * FROM code_card ORDER BY login');
}
/** A new card takes the place of the old one, whose codes are good no longer. */
export function putCodeCard(sql: Writer, row: Omit<CodeCardRow, 'used'>): void {
  sql.run(
    `INSERT INTO code_card (login, made_at, made_by, codes) VALUES (:login, :made_at, :made_by, :codes)
     ON CONFLICT (login) DO UPDATE SET made_at = excluded.made_at, made_by = excluded.made_by, codes = excluded.codes, used = 0`,
    { ...row },
  );
}
export function strikeCode(sql: Writer, login: string, used: number): void {
  sql.run('UPDATE code_card SET used = ? WHERE login = ?', used, login);
}
export function removeCodeCard(sql: Writer, login: string): boolean {
  return sql.run('DELETE FROM code_card WHERE login = ?', login).changes > 0;
}
