import type { Touch } from '../../shared/contract/imports.ts';
import type { DealingKind } from '../../shared/domain/forms/dealing-forms.ts';
import { deleteCustomerRow } from './customers.ts';
import type { Reader, Writer } from './sql.ts';

/** Earlier imports: what each brought in and changed, so that it can be taken back as a whole (wish 27). */

export type DealingTable = 'customer_order' | 'delivery' | 'receipt' | 'returned_goods';

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
  /** What it brought in: `customers`, `visits`, or a kind of dealing. */
  readonly kind: 'customers' | 'visits' | DealingKind;
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
export function listImports(sql: Reader, offset: number, limit: number): { rows: ImportRow[]; total: number } {
  return {
    rows: sql.all<ImportRow>('SELECT * FROM import_run ORDER BY id DESC LIMIT ? OFFSET ?', limit, offset),
    total: sql.get<{ n: number }>('SELECT count(*) AS n FROM import_run')?.n ?? 0,
  };
}

/** A record of an import that something was done with since: the import cannot be taken back as a whole. */
export interface TouchedRecord {
  readonly number: string;
  readonly name: string;
  /** What was done with it since, {@link TOUCHES}. */
  readonly why: Touch;
}

/** What a card is written with, and goes with. Whatever else refers to a card was put to it later. */
const OWN_TABLES = new Set([
  'customer_change',
  'card_filling',
  'credit_standing',
  'customer_competitor',
  'customer_project',
]);

/** Cards that an import brought in or changed and that something was done with since, by number; each once. */
export function touchedCards(sql: Reader, importId: number, limit: number): TouchedRecord[] {
  const holds = sql
    .all<{ table: string; column: string }>(
      `SELECT m.name AS "table", f."from" AS "column" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
       WHERE m.type = 'table' AND f."table" = 'customer' ORDER BY m.name, f."from"`,
    )
    .filter(({ table }) => !OWN_TABLES.has(table))
    .map(
      ({ table, column }) =>
        `SELECT 3, number, name, 'holds' FROM customer WHERE import_id = :id AND id IN (SELECT "${column}" FROM "${table}")`,
    );
  const found = sql.all<TouchedRecord & { rank: number }>(
    `SELECT 1 AS rank, merged_number AS number, merged_name AS name, 'merged' AS why FROM customer_merge
       WHERE undone_at IS NULL AND (json_extract(merged_row, '$.import_id') = :id
         OR EXISTS (SELECT 1 FROM import_former WHERE import_id = :id AND record_id = merged_id))
     UNION ALL
     SELECT 2, number, name, 'changed' FROM customer WHERE import_id = :id
       AND revision <> coalesce((SELECT revision FROM import_former WHERE import_id = :id AND record_id = customer.id), 1)
     UNION ALL
     SELECT 2, number, name, 'changed' FROM import_former JOIN customer ON customer.id = record_id
       WHERE import_former.import_id = :id AND customer.import_id IS NOT :id AND customer.revision <> import_former.revision
     UNION ALL ${holds.join(' UNION ALL ')}
     ORDER BY 2, 1 LIMIT :many`,
    { id: importId, many: limit * 8 },
  );
  const once = new Map<string, TouchedRecord>();
  for (const { number, name, why } of found) if (!once.has(number)) once.set(number, { number, name, why });
  return [...once.values()].slice(0, limit);
}

const NAMED_ORDERS = `UNION ALL
     SELECT order_number, customer.name, 'holds' FROM customer_order JOIN customer ON customer.id = customer_id
       WHERE customer_order.import_id = :id AND customer_order.id IN (SELECT export_order_id FROM paper WHERE export_order_id IS NOT NULL
         UNION SELECT order_id FROM delivery WHERE order_id IS NOT NULL UNION SELECT order_id FROM receipt WHERE order_id IS NOT NULL
         UNION SELECT order_id FROM returned_goods WHERE order_id IS NOT NULL)`;

/** Orders, deliveries, receipts or returns of an import that were changed since, or that papers and other records name. */
export function touchedDealings(sql: Reader, table: DealingTable, importId: number, limit: number): TouchedRecord[] {
  const number = table === 'customer_order' ? 'order_number' : 'number';
  return sql.all<TouchedRecord>(
    `SELECT ${table}.${number} AS number, customer.name AS name, 'changed' AS why FROM ${table} JOIN customer ON customer.id = customer_id
       WHERE ${table}.import_id = :id AND ${table}.revision <> coalesce((SELECT revision FROM import_former WHERE import_id = :id AND record_id = ${table}.id), 1)
     UNION ALL
     SELECT coalesce(${table}.${number}, ''), coalesce(customer.name, ''), 'changed' FROM import_former
       LEFT JOIN ${table} ON ${table}.id = record_id LEFT JOIN customer ON customer.id = customer_id
       WHERE import_former.import_id = :id AND ${table}.import_id IS NOT :id AND ${table}.revision IS NOT import_former.revision
     ${table === 'customer_order' ? NAMED_ORDERS : ''}
     ORDER BY 1 LIMIT :many`,
    { id: importId, many: limit },
  );
}

/** Cards that an import brought in. */
export function customersOfImport(sql: Reader, importId: number): { id: number; number: string }[] {
  return sql.all('SELECT id, number FROM customer WHERE import_id = ? ORDER BY id', importId);
}
export function deleteUntouchedCustomer(sql: Writer, id: number): void {
  sql.run('DELETE FROM credit_standing WHERE customer_id = ?', id);
  sql.run('DELETE FROM customer_change WHERE customer_id = ?', id);
  sql.run('DELETE FROM card_filling WHERE customer_id = ?', id);
  deleteCustomerRow(sql, id);
}
export function markImportTakenBack(sql: Writer, id: number, at: string): void {
  sql.run('UPDATE import_run SET taken_back_at = ? WHERE id = ?', at, id);
}

/** Records of dealings that an import brought in. */
export function recordsOfImport(
  sql: Reader,
  table: DealingTable,
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
    `INSERT INTO import_former (import_id, record_id, revision, former) VALUES (?, ?, ?, ?)
     ON CONFLICT (import_id, record_id) DO UPDATE SET revision = excluded.revision, former = excluded.former`,
    importId,
    recordId,
    revision,
    former,
  );
}
/** What one record was before, as it was noted. */
export function findFormer(sql: Reader, importId: number, recordId: number): string | undefined {
  return sql.get<{ former: string }>(
    'SELECT former FROM import_former WHERE import_id = ? AND record_id = ?',
    importId,
    recordId,
  )?.former;
}
export function formersOfImport(sql: Reader, table: 'customer' | DealingTable, importId: number): FormerRow[] {
  return sql.all(
    `SELECT record_id, import_former.revision, former, ${table}.revision AS current
     FROM import_former LEFT JOIN ${table} ON ${table}.id = record_id WHERE import_former.import_id = ?`,
    importId,
  );
}
