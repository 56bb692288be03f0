import type { Reader, SqlValue } from './sql.ts';

/** Numbers of rows that triggers keep (migration 0500), so that nobody has to count them. */

/** Which cards; what is left out is not asked about. */
export interface CardClass {
  readonly kind?: string | undefined;
  readonly tier?: string | undefined;
  readonly sealed?: boolean | undefined;
  readonly incomplete?: true | undefined;
  readonly late?: true | undefined;
  /** Day before which their review is due. */
  readonly dueBefore?: string | undefined;
}

/** How many cards of a class there are, and how many papers they lack. */
export function countedCards(sql: Reader, of: CardClass): { readonly cards: number; readonly missingPapers: number } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  const add = (part: string, ...bound: SqlValue[]) => {
    parts.push(part);
    values.push(...bound);
  };
  if (of.dueBefore !== undefined) add('review_due < ?', of.dueBefore);
  if (of.kind !== undefined) add('kind = ?', of.kind);
  if (of.tier !== undefined) add('tier = ?', of.tier);
  if (of.sealed !== undefined) add(`status ${of.sealed ? '=' : '<>'} 'sealed'`);
  if (of.incomplete) add('incomplete = 1');
  if (of.late) add('late = 1');
  const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
  const sum = sql.get<{ cards: number | null; missing: number | null }>(
    `SELECT sum(cards) AS cards, sum(missing_papers) AS missing FROM card_count ${where}`,
    ...values,
  );
  return { cards: sum?.cards ?? 0, missingPapers: sum?.missing ?? 0 };
}

/** Rows of a whole table; undefined for one that is not kept count of. */
export function countedRows(sql: Reader, table: string): number | undefined {
  return sql.get<{ n: number }>('SELECT n FROM row_count WHERE name = ?', table)?.n;
}
