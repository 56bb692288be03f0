import { findPaperById, type PaperView } from './papers.ts';
import type { Reader, Writer } from './sql.ts';

/** Stock checks of places, and the papers that they are about. */
export interface StockCheckRow {
  readonly id: number;
  readonly number: string;
  readonly place: string;
  readonly at: string;
  readonly by: string;
  readonly here: number;
  readonly elsewhere: string;
  readonly missing: string;
  readonly unknown: string;
  readonly moved: string;
  readonly note: string;
}

export function insertStockCheck(sql: Writer, row: Omit<StockCheckRow, 'id'>): void {
  sql.run(
    `INSERT INTO stock_check (number, place, at, by, here, elsewhere, missing, unknown, moved, note)
     VALUES (:number, :place, :at, :by, :here, :elsewhere, :missing, :unknown, :moved, :note)`,
    { ...row },
  );
}
export function findStockCheck(sql: Reader, number: string): StockCheckRow | undefined {
  return sql.get<StockCheckRow>('SELECT * FROM stock_check WHERE number = ?', number);
}
export function listStockChecks(sql: Reader, offset: number, limit: number): { rows: StockCheckRow[]; total: number } {
  return {
    rows: sql.all<StockCheckRow>('SELECT * FROM stock_check ORDER BY id DESC LIMIT ? OFFSET ?', limit, offset),
    total: sql.get<{ n: number }>('SELECT count(*) AS n FROM stock_check')?.n ?? 0,
  };
}

/** Papers that should stand at a place. */
export function papersAtPlace(sql: Reader, place: string): PaperView[] {
  return sql
    .all<{ id: number }>("SELECT id FROM paper WHERE place = ? AND state = 'inPlace' ORDER BY code", place)
    .flatMap(({ id }) => findPaperById(sql, id) ?? []);
}
export function placesToCheck(sql: Reader): { place: string; papers: number; lastCheck: string | null }[] {
  return sql.all(
    `SELECT place, count(*) AS papers, (SELECT max(at) FROM stock_check WHERE stock_check.place = paper.place) AS lastCheck
     FROM paper WHERE state = 'inPlace' AND place <> '' GROUP BY place ORDER BY place`,
  );
}
