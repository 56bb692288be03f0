import type { SqlValue, Writer } from './sql.ts';

/** So many rows go in with one statement: of ten statements nine cost more than what they write. */
const ROWS_AT_ONCE = 16;
/** The statement for so many rows, by its head. */
const statements = new Map<string, string>();

function statementOf(head: string, width: number, rows: number, tail: string): string {
  const key = `${rows} ${head} ${tail}`;
  let statement = statements.get(key);
  if (statement === undefined) {
    const row = `(${Array.from({ length: width }, () => '?').join(', ')})`;
    statement = `${head} VALUES ${Array.from({ length: rows }, () => row).join(', ')} ${tail}`;
    statements.set(key, statement);
  }
  return statement;
}

/**
 * Inserts short rows, several with one statement. `head`: the statement up to VALUES, with `OR FAIL` or `OR IGNORE`: the default would
 * take a savepoint for every statement of several rows, and an error ends the transaction anyway. `tail`: what follows the rows.
 */
export function insertRows(
  sql: Writer,
  head: `INSERT OR ${'FAIL' | 'IGNORE'} INTO ${string}`,
  rows: readonly (readonly SqlValue[])[],
  tail = '',
): void {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE);
    sql.run(statementOf(head, some[0]?.length ?? 0, some.length, tail), ...some.flat());
  }
}
