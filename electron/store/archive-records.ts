import type { DealingKind } from '../../shared/domain/forms/dealing-forms.ts';
import type { Reader, Writer } from './sql.ts';

/** Settings and marks of the archive, the lookup register, earlier imports. */
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
export function listLookups(sql: Reader, offset: number, limit: number): { rows: LookupRow[]; total: number } {
  return {
    rows: sql.all<LookupRow>('SELECT * FROM lookup_session ORDER BY id DESC LIMIT ? OFFSET ?', limit, offset),
    total: sql.get<{ n: number }>('SELECT count(*) AS n FROM lookup_session')?.n ?? 0,
  };
}
export function lookupRecords(sql: Reader, lookupId: number): { at: string; kind: string; number: string }[] {
  return sql.all('SELECT at, kind, number FROM lookup_record WHERE lookup_id = ? ORDER BY id', lookupId);
}

export interface ImportRow {
  readonly id: number;
  readonly at: string;
  readonly by: string;
  readonly file: string;
  readonly sha256: string;
  readonly imported: number;
  readonly updated: number;
  readonly refused: number;
  readonly taken_back_at: string | null;
  /** What it brought in: `customers`, or a kind of dealing. */
  readonly kind: 'customers' | DealingKind;
}
export function insertImport(sql: Writer, row: Omit<ImportRow, 'id'>): number {
  return Number(
    sql.run(
      'INSERT INTO import_run (at, by, file, sha256, imported, updated, refused, taken_back_at, kind) VALUES (:at, :by, :file, :sha256, :imported, :updated, :refused, :taken_back_at, :kind)',
      { ...row },
    ).lastInsertRowid,
  );
}
export function setImportCounts(
  sql: Writer,
  id: number,
  counts: { imported: number; updated: number; refused: number },
): void {
  sql.run('UPDATE import_run SET imported = :imported, updated = :updated, refused = :refused WHERE id = :id', {
    ...counts,
    id,
  });
}
export function findImport(sql: Reader, id: number): ImportRow | undefined {
  return sql.get<ImportRow>('SELECT * FROM import_run WHERE id = ?', id);
}
export function listImports(
  sql: Reader,
  offset: number,
  limit: number,
): { rows: (ImportRow & { changed: number })[]; total: number } {
  return {
    rows: sql.all<ImportRow & { changed: number }>(
      `SELECT import_run.*, (SELECT count(*) FROM customer WHERE import_id = import_run.id AND (revision > 1 OR papers > 0))
         + (SELECT count(*) FROM customer_order WHERE import_id = import_run.id AND revision > 1)
         + (SELECT count(*) FROM delivery WHERE import_id = import_run.id AND revision > 1)
         + (SELECT count(*) FROM receipt WHERE import_id = import_run.id AND revision > 1)
         + (SELECT count(*) FROM returned_goods WHERE import_id = import_run.id AND revision > 1) AS changed
       FROM import_run ORDER BY id DESC LIMIT ? OFFSET ?`,
      limit,
      offset,
    ),
    total: sql.get<{ n: number }>('SELECT count(*) AS n FROM import_run')?.n ?? 0,
  };
}
/** Cards that an import brought in and nobody has touched since. */
export function customersOfImport(
  sql: Reader,
  importId: number,
): { id: number; number: string; revision: number; papers: number; visits: number }[] {
  return sql.all(
    `SELECT id, number, revision, papers, (SELECT count(*) FROM visit WHERE customer_id = customer.id)
       + (SELECT count(*) FROM customer_order WHERE customer_id = customer.id) + (SELECT count(*) FROM customer_balance WHERE customer_id = customer.id) AS visits FROM customer WHERE import_id = ?`,
    importId,
  );
}
export function deleteUntouchedCustomer(sql: Writer, id: number): void {
  sql.run('DELETE FROM credit_standing WHERE customer_id = ?', id);
  sql.run('DELETE FROM customer_change WHERE customer_id = ?', id);
  sql.run('DELETE FROM card_filling WHERE customer_id = ?', id);
  sql.run('DELETE FROM customer WHERE id = ?', id);
}
export function markImportTakenBack(sql: Writer, id: number, at: string): void {
  sql.run('UPDATE import_run SET taken_back_at = ? WHERE id = ?', at, id);
}

/** Records of dealings that an import brought in. */
export function recordsOfImport(
  sql: Reader,
  table: 'customer_order' | 'delivery' | 'receipt' | 'returned_goods',
  importId: number,
): { id: number; customer_id: number; number: string; revision: number }[] {
  const number = table === 'customer_order' ? 'order_number' : 'number';
  return sql.all(
    `SELECT id, customer_id, ${number} AS number, revision FROM ${table} WHERE import_id = ? ORDER BY id`,
    importId,
  );
}

export interface FormerRow {
  readonly record_id: number;
  /** The revision that the import gave the record. */
  readonly revision: number;
  readonly former: string;
  /** The revision it has now, null when it is gone. */
  readonly current: number | null;
}
/** What a record was before the import changed it. */
export function addFormer(sql: Writer, importId: number, recordId: number, revision: number, former: string): void {
  sql.run(
    'INSERT INTO import_former (import_id, record_id, revision, former) VALUES (?, ?, ?, ?)',
    importId,
    recordId,
    revision,
    former,
  );
}
export function formersOfImport(
  sql: Reader,
  table: 'customer_order' | 'delivery' | 'receipt' | 'returned_goods',
  importId: number,
): FormerRow[] {
  return sql.all(
    `SELECT record_id, import_former.revision, former, ${table}.revision AS current
     FROM import_former LEFT JOIN ${table} ON ${table}.id = record_id WHERE import_former.import_id = ?`,
    importId,
  );
}
