import { countedCards, countedRows } from './kept-counts.ts';
import type { Reader } from './sql.ts';

/** Whole numbers that the desk shows. */
export function deskCounts(sql: Reader): { customers: number; papers: number; missingPapers: number; volumes: number } {
  const { cards, missingPapers } = countedCards(sql, {});
  return {
    customers: cards,
    papers: countedRows(sql, 'paper') ?? 0,
    missingPapers,
    volumes: sql.get<{ n: number }>('SELECT count(*) AS n FROM volume')?.n ?? 0,
  };
}

/** When the first card was made; undefined in an empty archive. */
export function firstCardAt(sql: Reader): string | undefined {
  return sql.get<{ created_at: string }>('SELECT created_at FROM customer ORDER BY id LIMIT 1')?.created_at;
}
