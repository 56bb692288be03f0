import type { Reader, SqlValue } from './sql.ts';

/** Numbers of rows that triggers keep (migrations 500, 650), so that nobody has to count them. */

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

export interface CardCount {
  readonly cards: number;
  /** How many papers they lack, and how many of them lack any. */
  readonly missingPapers: number;
  readonly lacking: number;
}

/** How many cards of a class there are. */
export function countedCards(sql: Reader, of: CardClass): CardCount {
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
  const sum = sql.get<{ cards: number | null; missing: number | null; lacking: number | null }>(
    `SELECT sum(cards) AS cards, sum(missing_papers) AS missing, sum(lacking) AS lacking FROM card_count ${where}`,
    ...values,
  );
  return { cards: sum?.cards ?? 0, missingPapers: sum?.missing ?? 0, lacking: sum?.lacking ?? 0 };
}

/** Rows of a whole table, or `creditBlocked`; undefined for what is not kept count of. */
export function countedRows(sql: Reader, table: string): number | undefined {
  return sql.get<{ n: number }>('SELECT n FROM row_count WHERE name = ?', table)?.n;
}
