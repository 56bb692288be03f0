import type { Reader, SqlValue } from './sql.ts';

/** Every table of the archive as it stands, for the export that must outlive this program (security §11, RFC 8493). */

export interface WholeTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Not for a readable copy: the log has a form of its own, `archive_info` holds keys, the rest is made from other tables. */
const LEFT_OUT = /^(sqlite_|audit_|archive_info$|search_)/;
/** Columns that hold keys, and pictures that are made of the papers again. */
const COLUMNS_LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  attachment: ['key'],
  scan_reading: ['first_page'],
};

/** All tables with their columns but those left out, by name; virtual tables and what stands behind them are left out. */
export function wholeTables(sql: Reader): WholeTable[] {
  const all = sql.all<{ name: string; type: string }>(
    "SELECT name, type FROM pragma_table_list WHERE schema = 'main' ORDER BY name",
  );
  const isVirtual = (name: string) =>
    all.some((table) => table.type === 'virtual' && name.startsWith(`${table.name}_`));
  return all
    .filter(({ name, type }) => type === 'table' && !LEFT_OUT.test(name) && !isVirtual(name))
    .map(({ name }) => ({
      name,
      columns: sql
        .all<{ name: string }>('SELECT name FROM pragma_table_info(?) ORDER BY cid', name)
        .map((column) => column.name)
        .filter((column) => !(COLUMNS_LEFT_OUT[name] ?? []).includes(column)),
    }));
}

/** The rows of a table in the order of its key, columns as `wholeTables` lists them. Names come from the schema, never from outside. */
export function* wholeTableRows(sql: Reader, table: WholeTable): IterableIterator<readonly SqlValue[]> {
  const columns = table.columns.map((column) => `"${column}"`).join(', ');
  for (const row of sql.iterate<Record<string, SqlValue>>(`SELECT ${columns} FROM "${table.name}" ORDER BY 1`))
    yield table.columns.map((column) => row[column] ?? null);
}

/** How many rows a table has: what a reader of the export can count again. */
export function countRows(sql: Reader, { name }: WholeTable): number {
  return sql.get<{ n: number }>(`SELECT count(*) AS n FROM "${name}"`)?.n ?? 0;
}
