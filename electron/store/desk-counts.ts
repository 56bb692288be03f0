import type { Reader } from './sql.ts';

/** Whole numbers that the desk shows. */
export function deskCounts(sql: Reader): { customers: number; papers: number; missingPapers: number; volumes: number } {
  const count = (text: string) => sql.get<{ n: number | null }>(text)?.n ?? 0;
  return {
    customers: count('SELECT count(*) AS n FROM customer'),
    papers: count('SELECT count(*) AS n FROM paper'),
    missingPapers: count('SELECT sum(missing_papers) AS n FROM customer WHERE missing_papers > 0'),
    volumes: count('SELECT count(*) AS n FROM volume'),
  };
}

/** When the first card was made; undefined in an empty archive. */
export function firstCardAt(sql: Reader): string | undefined {
  return sql.get<{ created_at: string }>('SELECT created_at FROM customer ORDER BY id LIMIT 1')?.created_at;
}
