import { BLOCK_BITS } from '../store/migrations/0760-audit-counts.ts';
import type { Reader, SqlValue } from '../store/sql.ts';

/** Which entries of the log; what is left out is not asked about. */
export interface EntryClass {
  readonly type?: string | undefined;
  /** What stands before the dot of a type. */
  readonly family?: string | undefined;
  readonly actor?: string | undefined;
  readonly outcome?: string | undefined;
}

/** The conditions of a class on the columns of `table`: a statement's text and what is bound in it. */
export function classConditions(
  of: EntryClass,
  table: string,
): { readonly sql: string[]; readonly values: SqlValue[] } {
  const sql: string[] = [];
  const values: SqlValue[] = [];
  for (const name of ['type', 'family', 'actor', 'outcome'] as const) {
    const value = of[name];
    if (value === undefined) continue;
    if (name === 'family' && table === 'audit_count') {
      // Its types stand together: the family itself, then all that a dot follows.
      sql.push("(type = ? OR (type > ? || '.' AND type < ? || '/'))");
      values.push(value, value, value);
    } else {
      sql.push(`${table}.${name} = ?`);
      values.push(value);
    }
  }
  return { sql, values };
}

/** How many entries of a class the log has from one sequence number to before another: whole blocks as they were counted, the rest along the index. */
export function countedEntries(sql: Reader, of: EntryClass, from: number, end: number): number {
  if (end <= from) return 0;
  const indexed = classConditions(of, 'audit_index');
  const along = (first: number, beyond: number): number =>
    first >= beyond
      ? 0
      : (sql.get<{ n: number }>(
          `SELECT count(*) AS n FROM audit_index WHERE ${[...indexed.sql, 'seq >= ?', 'seq < ?'].join(' AND ')}`,
          ...indexed.values,
          first,
          beyond,
        )?.n ?? 0);
  const size = 2 ** BLOCK_BITS;
  const firstBlock = Math.ceil(from / size);
  const beyond = Math.floor(end / size);
  if (firstBlock >= beyond) return along(from, end);
  const kept = classConditions(of, 'audit_count');
  const blocks = sql.get<{ n: number | null }>(
    `SELECT sum(entries) AS n FROM audit_count WHERE ${[...kept.sql, 'block >= ?', 'block < ?'].join(' AND ')}`,
    ...kept.values,
    firstBlock,
    beyond,
  );
  return along(from, firstBlock * size) + (blocks?.n ?? 0) + along(beyond * size, end);
}
