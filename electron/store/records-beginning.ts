import type { FoundRecord, IndexedKind } from './search-index.ts';
import type { Reader } from './sql.ts';

/** Along the index of a column: what begins with what was typed, in its order; names first, since each number begins with one of two letters. */
const BEGINNINGS = [
  { kind: 'customer', table: 'customer', column: 'name', by: 'text' },
  { kind: 'customer', table: 'customer', column: 'folded_name', by: 'folded' },
  { kind: 'customer', table: 'customer', column: 'number', by: 'number' },
  { kind: 'paper', table: 'paper', column: 'code', by: 'number' },
  { kind: 'paper', table: 'paper', column: 'title', by: 'text' },
] as const;

/** After every text that begins as another does. */
const LAST_CHARACTER = '\u{10FFFF}';

export interface TypedBeginning {
  /** As it was typed. */
  readonly text: string;
  /** As numbers and codes are written. */
  readonly number: string;
  /** As `folded_name` is written. */
  readonly folded: string;
}

/** Customers and papers whose name or number begins with what was typed: column by column, at most `limit` by each. */
export function* recordsBeginning(
  sql: Reader,
  typed: TypedBeginning,
  limit: number,
  kinds: readonly IndexedKind[],
): Generator<readonly FoundRecord[]> {
  for (const { kind, table, column, by } of BEGINNINGS)
    if (kinds.includes(kind) && typed[by] !== '')
      yield sql
        .all<{ id: number }>(
          `SELECT id FROM ${table} WHERE ${column} >= ? AND ${column} < ? ORDER BY ${column}, id LIMIT ?`,
          typed[by],
          typed[by] + LAST_CHARACTER,
          limit,
        )
        .map(({ id }) => ({ kind, id }));
}
