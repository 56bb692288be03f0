import type { Reader } from './sql.ts';

/** Rows of every table: what a restore must bring back to the last one. */
export function tableCounts(sql: Reader): Record<string, number> {
  const tables = sql.all<{ name: string }>(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  );
  return Object.fromEntries(
    tables.map(({ name }) => [name, sql.get<{ n: number }>(`SELECT count(*) AS n FROM "${name}"`)?.n ?? 0]),
  );
}
