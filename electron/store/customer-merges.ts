import type { CustomerRow } from './customers.ts';
import { deleteCustomerRow, insertCustomerAs } from './customers.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/**
 * Moving everything of one card to another (merging). Which tables hold something of a card is read from the schema: whatever
 * refers to a customer is moved, also what is added later.
 */

export interface MergeRow {
  readonly id: number;
  readonly survivor_id: number;
  readonly merged_id: number;
  readonly merged_number: string;
  readonly merged_name: string;
  readonly merged_row: string;
  readonly survivor_row: string;
  readonly fingerprint: string;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
  readonly audit_sequence: number;
  readonly undone_at: string | null;
  readonly undone_by: string | null;
  readonly undo_reason: string | null;
}

/** `moved`: now of the survivor · `setAside`: taken out, whole in `former` · `added`: put in, whole in `former` · `pointed`: a column changed. */
export interface MovedRow {
  readonly act: 'moved' | 'setAside' | 'added' | 'pointed';
  readonly table_name: string;
  readonly row_id: number;
  readonly column_name: string;
  readonly former: string;
}

interface Reference {
  readonly table: string;
  readonly column: string;
  /** 1: rows have no number of their own. */
  readonly withoutRowId: number;
  /** 1: the column is the row's own number, so there is one row for each card. */
  readonly isKey: number;
}

const NAME = /^[a-z][a-z0-9_]*$/;

/** A name of the schema as it may stand in a statement. */
function named(name: string): string {
  if (!NAME.test(name)) throw new Error(`unexpected name in the schema: ${name}`);
  return `"${name}"`;
}

function referencesTo(sql: Reader, target: string): Reference[] {
  return sql.all<Reference>(
    `SELECT m.name AS "table", f."from" AS "column", l.wr AS withoutRowId,
       EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = f."from" AND c.pk = 1
         AND (SELECT count(*) FROM pragma_table_info(m.name) WHERE pk > 0) = 1) AS isKey
     FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f JOIN pragma_table_list l ON l.name = m.name AND l.schema = 'main'
     WHERE m.type = 'table' AND f."table" = ? ORDER BY m.name, f."from"`,
    target,
  );
}

/** How many rows of each table belong to a card: what merging would move. */
export function holdingsOf(sql: Reader, customerId: number): { table: string; rows: number }[] {
  return referencesTo(sql, 'customer').flatMap(({ table, column }) => {
    const rows = countOf(sql, table, column, customerId);
    return rows === 0 ? [] : [{ table, rows }];
  });
}

function countOf(sql: Reader, table: string, column: string, value: SqlValue): number {
  return sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${named(table)} WHERE ${named(column)} = ?`, value)?.n ?? 0;
}

type Row = Record<string, SqlValue>;

/** Columns of each unique index of a table that holds `column`, the column itself left out. */
function uniqueBeside(sql: Reader, table: string, column: string): string[][] {
  const indexes = sql.all<{ name: string }>('SELECT name FROM pragma_index_list(?) WHERE "unique" = 1', table);
  return indexes
    .map(({ name }) => sql.all<{ name: string }>('SELECT name FROM pragma_index_info(?)', name).map((one) => one.name))
    .filter((columns) => columns.includes(column))
    .map((columns) => columns.filter((one) => one !== column));
}

/** The survivor's row that stands where this one would: the same in all that may stand only once. */
function twinOf(sql: Reader, reference: Reference, row: Row, survivorId: number): number | undefined {
  const { table, column } = reference;
  if (reference.isKey === 1)
    return sql.get<{ id: number }>(`SELECT rowid AS id FROM ${named(table)} WHERE ${named(column)} = ?`, survivorId)
      ?.id;
  for (const columns of uniqueBeside(sql, table, column)) {
    const same = columns.map((one) => `${named(one)} IS ?`).join(' AND ');
    const found = sql.get<{ id: number }>(
      `SELECT rowid AS id FROM ${named(table)} WHERE ${named(column)} = ?${same === '' ? '' : ` AND ${same}`}`,
      survivorId,
      ...columns.map((one) => row[one] ?? null),
    );
    if (found !== undefined) return found.id;
  }
  return undefined;
}

/**
 * Moves everything of one card to another and answers what was done, in order. Where both have what there may be only one of, the
 * survivor's stays: the other is set aside, and what refers to it refers to the survivor's.
 */
export function moveHoldings(sql: Writer, mergedId: number, survivorId: number): MovedRow[] {
  const done: MovedRow[] = [];
  moveSequences(sql, mergedId, survivorId, done);
  for (const reference of referencesTo(sql, 'customer')) {
    const { table, column } = reference;
    if (reference.withoutRowId === 1) copyRows(sql, reference, mergedId, survivorId, done);
    else {
      const rows = sql.all<Row & { merge_row_id: number }>(
        `SELECT rowid AS merge_row_id, * FROM ${named(table)} WHERE ${named(column)} = ?`,
        mergedId,
      );
      for (const { merge_row_id: id, ...row } of rows) {
        const twin = twinOf(sql, reference, row, survivorId);
        if (twin !== undefined) setAside(sql, table, id, row, twin, done);
        else {
          sql.run(`UPDATE ${named(table)} SET ${named(column)} = ? WHERE rowid = ?`, survivorId, id);
          const movedId = reference.isKey === 1 ? survivorId : id;
          done.push({
            act: 'moved',
            table_name: table,
            row_id: movedId,
            column_name: column,
            former: String(mergedId),
          });
        }
      }
    }
  }
  return done;
}

/** Papers are numbered within a dossier: those that come stand behind those that are there. */
function moveSequences(sql: Writer, mergedId: number, survivorId: number, done: MovedRow[]): void {
  const highest = sql.get<{ n: number }>(
    'SELECT coalesce(max(sequence), 0) AS n FROM paper WHERE customer_id = ?',
    survivorId,
  );
  for (const paper of sql.all<{ id: number; sequence: number }>(
    'SELECT id, sequence FROM paper WHERE customer_id = ? ORDER BY sequence, id',
    mergedId,
  )) {
    sql.run('UPDATE paper SET sequence = ? WHERE id = ?', paper.sequence + (highest?.n ?? 0), paper.id);
    done.push({
      act: 'pointed',
      table_name: 'paper',
      row_id: paper.id,
      column_name: 'sequence',
      former: String(paper.sequence),
    });
  }
}

function setAside(sql: Writer, table: string, id: number, row: Row, twin: number, done: MovedRow[]): void {
  for (const other of referencesTo(sql, table)) {
    const pointing = sql.all<{ id: number }>(
      `SELECT rowid AS id FROM ${named(other.table)} WHERE ${named(other.column)} = ?`,
      id,
    );
    for (const one of pointing) {
      const { changes } = sql.run(
        `UPDATE OR IGNORE ${named(other.table)} SET ${named(other.column)} = ? WHERE rowid = ?`,
        twin,
        one.id,
      );
      if (changes === 0) {
        // The survivor's has this part as well: a line of the same order.
        const part = sql.get<Row>(`SELECT * FROM ${named(other.table)} WHERE rowid = ?`, one.id) ?? {};
        const partTwin = twinOf(sql, other, part, twin) ?? twin;
        setAside(sql, other.table, one.id, part, partTwin, done);
        continue;
      }
      done.push({
        act: 'pointed',
        table_name: other.table,
        row_id: one.id,
        column_name: other.column,
        former: String(id),
      });
    }
  }
  sql.run(`DELETE FROM ${named(table)} WHERE rowid = ?`, id);
  done.push({ act: 'setAside', table_name: table, row_id: id, column_name: '', former: JSON.stringify(row) });
}

function copyRows(
  sql: Writer,
  { table, column }: Reference,
  mergedId: number,
  survivorId: number,
  done: MovedRow[],
): void {
  for (const row of sql.all<Row>(`SELECT * FROM ${named(table)} WHERE ${named(column)} = ?`, mergedId)) {
    deleteRow(sql, table, row);
    done.push({ act: 'setAside', table_name: table, row_id: 0, column_name: '', former: JSON.stringify(row) });
    const moved = { ...row, [column]: survivorId };
    if (insertRow(sql, table, moved, 'OR IGNORE'))
      done.push({ act: 'added', table_name: table, row_id: 0, column_name: '', former: JSON.stringify(moved) });
  }
}

function insertRow(sql: Writer, table: string, row: Row, or: '' | 'OR IGNORE'): boolean {
  const columns = Object.keys(row);
  const { changes } = sql.run(
    `INSERT ${or} INTO ${named(table)} (${columns.map(named).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...columns.map((column) => row[column] ?? null),
  );
  return changes > 0;
}

function deleteRow(sql: Writer, table: string, row: Row): void {
  const columns = Object.keys(row);
  sql.run(
    `DELETE FROM ${named(table)} WHERE ${columns.map((column) => `${named(column)} IS ?`).join(' AND ')}`,
    ...columns.map((column) => row[column] ?? null),
  );
}

/** Takes back what {@link moveHoldings} did, last first. `mergedId`: the number the merged card has again. */
export function moveBack(sql: Writer, rows: readonly MovedRow[], mergedId: number): void {
  for (const row of [...rows].reverse()) {
    const table = named(row.table_name);
    if (row.act === 'moved')
      sql.run(`UPDATE ${table} SET ${named(row.column_name)} = ? WHERE rowid = ?`, mergedId, row.row_id);
    else if (row.act === 'pointed')
      sql.run(`UPDATE ${table} SET ${named(row.column_name)} = ? WHERE rowid = ?`, Number(row.former), row.row_id);
    else if (row.act === 'added') deleteRow(sql, row.table_name, JSON.parse(row.former) as Row);
    else insertRow(sql, row.table_name, JSON.parse(row.former) as Row, '');
  }
}

/** What a card and everything of it looks like: another text as soon as anything was added, taken away or changed. */
export function fingerprintOf(sql: Reader, customerId: number): string {
  const parts = referencesTo(sql, 'customer')
    .filter(({ table }) => table !== 'customer_merge')
    .map(({ table, column, withoutRowId }) => {
      const columns = sql.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table).map((one) => one.name);
      const telling = columns.filter((one) => ['revision', 'state', 'returned_at', 'answered_at'].includes(one));
      const marks = telling.map((one) => `coalesce(group_concat(${named(one)}), '')`);
      const newest = withoutRowId === 1 ? '0' : 'coalesce(max(rowid), 0)';
      const row = sql.get<{ text: string }>(
        `SELECT ${['count(*)', newest, ...marks].join(" || '|' || ")} AS text FROM ${named(table)} WHERE ${named(column)} = ?`,
        customerId,
      );
      return `${table}.${column}:${row?.text ?? ''}`;
    });
  const loans = sql.get<{ text: string }>(
    `SELECT count(*) || '|' || coalesce(max(loan.id), 0) || '|' || coalesce(group_concat(returned_at), '') AS text
     FROM loan JOIN paper ON paper.id = loan.paper_id WHERE paper.customer_id = ?`,
    customerId,
  );
  const revision = sql.get<{ revision: number }>('SELECT revision FROM customer WHERE id = ?', customerId);
  return [`revision:${revision?.revision ?? 0}`, ...parts, `loans:${loans?.text ?? ''}`].join(';');
}

/** Takes a card out of the cards: its row stands in the merge from now on. */
export function takeOut(sql: Writer, customerId: number): void {
  deleteCustomerRow(sql, customerId);
}

/** Puts a card back, under its own number in the table when nobody has that meanwhile. Answers the number. */
export function putBack(sql: Writer, row: CustomerRow): number {
  const taken = sql.get('SELECT 1 FROM customer WHERE id = ?', row.id) !== undefined;
  return insertCustomerAs(sql, taken ? null : row.id, row);
}

export function insertMerge(
  sql: Writer,
  merge: Omit<MergeRow, 'id' | 'undone_at' | 'undone_by' | 'undo_reason'>,
  rows: readonly MovedRow[],
): number {
  const id = Number(
    sql.run(
      `INSERT INTO customer_merge (survivor_id, merged_id, merged_number, merged_name, merged_row, survivor_row, fingerprint, reason, at, by, audit_sequence)
       VALUES (:survivor_id, :merged_id, :merged_number, :merged_name, :merged_row, :survivor_row, :fingerprint, :reason, :at, :by, :audit_sequence)`,
      { ...merge },
    ).lastInsertRowid,
  );
  for (const [position, row] of rows.entries())
    sql.run(
      `INSERT INTO customer_merge_row (merge_id, position, act, table_name, row_id, column_name, former)
       VALUES (:merge_id, :position, :act, :table_name, :row_id, :column_name, :former)`,
      { ...row, merge_id: id, position },
    );
  return id;
}

export function setFingerprint(sql: Writer, mergeId: number, fingerprint: string): void {
  sql.run('UPDATE customer_merge SET fingerprint = ? WHERE id = ?', fingerprint, mergeId);
}

export function findMerge(sql: Reader, id: number): MergeRow | undefined {
  return sql.get<MergeRow>('SELECT * FROM customer_merge WHERE id = ?', id);
}

export function movedRows(sql: Reader, mergeId: number): MovedRow[] {
  return sql.all<MovedRow>(
    'SELECT act, table_name, row_id, column_name, former FROM customer_merge_row WHERE merge_id = ? ORDER BY position',
    mergeId,
  );
}

export function markMergeUndone(sql: Writer, id: number, undone: { at: string; by: string; reason: string }): void {
  sql.run('UPDATE customer_merge SET undone_at = :at, undone_by = :by, undo_reason = :reason WHERE id = :id', {
    ...undone,
    id,
  });
}

/** Merges into a card, or all; newest first. */
export function listMerges(
  sql: Reader,
  survivorId: number | null,
  offset: number,
  limit: number,
): { rows: (MergeRow & { survivor_number: string; survivor_name: string })[]; total: number } {
  const where = survivorId === null ? '' : 'WHERE survivor_id = :survivorId';
  const given = survivorId === null ? {} : { survivorId };
  return {
    rows: sql.all(
      `SELECT customer_merge.*, customer.number AS survivor_number, customer.name AS survivor_name
       FROM customer_merge JOIN customer ON customer.id = survivor_id ${where} ORDER BY customer_merge.id DESC LIMIT :limit OFFSET :offset`,
      { ...given, limit, offset },
    ),
    total: sql.get<{ n: number }>(`SELECT count(*) AS n FROM customer_merge ${where}`, given)?.n ?? 0,
  };
}

/** Cards that have gone into this one and not come back. */
export function mergedInto(sql: Reader, survivorId: number): { number: string; name: string; at: string }[] {
  return sql.all(
    `SELECT merged_number AS number, merged_name AS name, at FROM customer_merge
     WHERE survivor_id = ? AND undone_at IS NULL ORDER BY id`,
    survivorId,
  );
}

/** C1: the number of a merged card leads to the card that goes on, also over several merges. */
export function survivingNumber(sql: Reader, number: string): string | undefined {
  let next: string | null = number;
  for (let step = 0; step < 50; step += 1) {
    const entry: { merged_into: string | null } | undefined = sql.get(
      'SELECT merged_into FROM customer_number WHERE number = ?',
      next,
    );
    if (entry === undefined || entry.merged_into === null) return next === number ? undefined : next;
    next = entry.merged_into;
  }
  return undefined;
}

export function leadNumberTo(sql: Writer, number: string, into: string | null): void {
  sql.run('UPDATE customer_number SET merged_into = ? WHERE number = ?', into, number);
}

export function setChangeOrigin(sql: Writer, customerId: number, number: string): void {
  sql.run("UPDATE customer_change SET origin = ? WHERE customer_id = ? AND origin = ''", number, customerId);
}

export function clearChangeOrigin(sql: Writer, customerId: number, number: string): void {
  sql.run("UPDATE customer_change SET origin = '' WHERE customer_id = ? AND origin = ?", customerId, number);
}
