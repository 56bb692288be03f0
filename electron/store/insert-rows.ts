import type { SqlValue, Writer } from './sql.ts';

/** So many rows go in with one statement: of ten statements nine cost more than what they write. */
const ROWS_AT_ONCE = 16;
/** The statements by their head, each by its number of rows: a key put together anew would cost as much as a row. */
const statements = new Map<string, string[]>();

function statementOf(head: string, width: number, rows: number, tail: string): string {
  const known = statements.get(head) ?? [];
  let statement = known[rows];
  if (statement === undefined) {
    const row = `(${Array.from({ length: width }, () => '?').join(', ')})`;
    statement = `${head} VALUES ${Array.from({ length: rows }, () => row).join(', ')} ${tail}`;
    known[rows] = statement;
    statements.set(head, known);
  }
  return statement;
}

/**
 * Inserts short rows, several with one statement. `head`: the statement up to VALUES, with `OR FAIL` or `OR IGNORE`: the default would
 * take a savepoint for every statement of several rows, and an error ends the transaction anyway. `tail`: what follows the rows, the
 * same for every head.
 */
export function insertRows(
  sql: Writer,
  head: `INSERT OR ${'FAIL' | 'IGNORE'} INTO ${string}`,
  rows: readonly (readonly SqlValue[])[],
  tail = '',
): void {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, rows.length - at);
    const values: SqlValue[] = [];
    for (let index = at; index < at + count; index += 1) values.push(...(rows[index] ?? []));
    sql.run(statementOf(head, values.length / count, count, tail), ...values);
  }
}
