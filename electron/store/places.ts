import type { PlaceRow as PlaceHoldings } from '../../shared/domain/places.ts';
import { findPaperById, type PaperView } from './papers.ts';
import type { Reader, Writer } from './sql.ts';

/** Places (C10): what stands in each, for its label. */
export interface PlaceRow {
  readonly place: string;
  readonly papers: number;
  readonly first: string;
  readonly last: string;
  readonly customers: number;
}

/** Places whose name begins so, with what stands in them, by name. */
export function listPlaces(sql: Reader, prefix: string, limit: number): PlaceRow[] {
  return sql.all<PlaceRow>(
    `SELECT place, count(*) AS papers, min(code) AS first, max(code) AS last, count(DISTINCT customer_id) AS customers
     FROM paper WHERE place <> '' AND destroyed_in IS NULL AND state <> 'removed' AND substr(place, 1, :length) = :prefix
     GROUP BY place ORDER BY place LIMIT :limit`,
    { prefix, length: prefix.length, limit },
  );
}

/** What stands at each place, lent papers included: they come back to it. */
export function placeHoldings(sql: Reader): PlaceHoldings[] {
  return sql.all<PlaceHoldings>(
    `SELECT place, count(*) AS papers, sum(pages) AS pages, sum(original) AS originals, sum(state = 'lent') AS out,
       (SELECT max(at) FROM stock_check WHERE stock_check.place = paper.place) AS lastCheck
     FROM paper WHERE state IN ('inPlace', 'lent') GROUP BY place`,
  );
}
/** Papers whose place has exactly these words. */
export function papersOfPlace(sql: Reader, place: string): PaperView[] {
  return sql
    .all<{ id: number }>("SELECT id FROM paper WHERE place = ? AND state IN ('inPlace', 'lent') ORDER BY id", place)
    .flatMap(({ id }) => findPaperById(sql, id) ?? []);
}

export interface PlaceMoveRow {
  readonly id: number;
  readonly from_place: string;
  readonly to_place: string;
  readonly papers: number;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}
export function insertPlaceMove(sql: Writer, row: Omit<PlaceMoveRow, 'id'>): void {
  sql.run(
    `INSERT INTO place_move (from_place, to_place, papers, at, by, reason)
     VALUES (:from_place, :to_place, :papers, :at, :by, :reason)`,
    { ...row },
  );
}
/** Moves, newest first. */
export function listPlaceMoves(sql: Reader): PlaceMoveRow[] {
  return sql.all<PlaceMoveRow>('SELECT * FROM place_move ORDER BY id DESC');
}
