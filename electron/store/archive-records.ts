import type { Reader, Writer } from './sql.ts';

/** Settings and marks of the archive, the lookup register. */
export function readInfo(sql: Reader, key: string): string | undefined {
  return sql.get<{ value: string }>('SELECT value FROM archive_info WHERE key = ?', key)?.value;
}
/** All marks whose key begins with `prefix`, by key. */
export function readInfos(sql: Reader, prefix: string): { readonly key: string; readonly value: string }[] {
  return sql.all('SELECT key, value FROM archive_info WHERE substr(key, 1, ?) = ? ORDER BY key', prefix.length, prefix);
}
export function writeInfo(sql: Writer, key: string, value: string): void {
  sql.run(
    'INSERT INTO archive_info (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    value,
  );
}

export interface LookupRow {
  readonly id: number;
  readonly login: string;
  readonly display_name: string;
  readonly role: string;
  readonly purpose: string;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly ended: string;
  readonly searches: number;
  /** Who handed the screen over. */
  readonly keeper: string;
}
export function insertLookup(sql: Writer, row: Omit<LookupRow, 'id'>): number {
  return Number(
    sql.run(
      'INSERT INTO lookup_session (login, display_name, role, purpose, started_at, ended_at, ended, searches, keeper) VALUES (:login, :display_name, :role, :purpose, :started_at, :ended_at, :ended, :searches, :keeper)',
      { ...row },
    ).lastInsertRowid,
  );
}
export function endLookup(sql: Writer, id: number, at: string, ended: string): void {
  sql.run('UPDATE lookup_session SET ended_at = ?, ended = ? WHERE id = ? AND ended_at IS NULL', at, ended, id);
}
/** Lookups that a crash or a lock left open end at the next unlock. */
export function endForgottenLookups(sql: Writer, at: string): void {
  sql.run("UPDATE lookup_session SET ended_at = ?, ended = 'crash' WHERE ended_at IS NULL", at);
}
export function addLookupRecord(sql: Writer, lookupId: number, at: string, kind: string, number: string): void {
  sql.run('INSERT INTO lookup_record (lookup_id, at, kind, number) VALUES (?, ?, ?, ?)', lookupId, at, kind, number);
}
export function countLookupSearch(sql: Writer, lookupId: number): void {
  sql.run('UPDATE lookup_session SET searches = searches + 1 WHERE id = ?', lookupId);
}
/** Lookups, the newest first; those that began at `since` or later and before `until`. */
export function listLookups(
  sql: Reader,
  {
    id,
    since,
    until,
  }: { readonly id?: number | undefined; readonly since?: string | undefined; readonly until?: string | undefined },
  offset: number,
  limit: number,
): { rows: LookupRow[]; total: number } {
  const where =
    'WHERE (:id IS NULL OR id = :id) AND (:since IS NULL OR started_at >= :since) AND (:until IS NULL OR started_at < :until)';
  const values = { id: id ?? null, since: since ?? null, until: until ?? null };
  return {
    rows: sql.all<LookupRow>(`SELECT * FROM lookup_session ${where} ORDER BY id DESC LIMIT :limit OFFSET :offset`, {
      ...values,
      limit,
      offset,
    }),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM lookup_session ${where}`, values)?.n ?? 0,
  };
}
export function lookupRecords(sql: Reader, lookupId: number): { at: string; kind: string; number: string }[] {
  return sql.all('SELECT at, kind, number FROM lookup_record WHERE lookup_id = ? ORDER BY id', lookupId);
}
