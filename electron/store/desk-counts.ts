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
