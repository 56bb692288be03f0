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

/** Papers looked at between two turns of the event loop. */
const PAPERS_AT_ONCE = 5_000;

type Standing = Omit<PlaceHoldings, 'lastCheck'>;

/** Papers in any of these states by place, in no order. Read in pieces. */
export function* papersByPlace(
  sql: Reader,
  states: readonly PaperView['state'][],
  atOnce = PAPERS_AT_ONCE,
): Generator<undefined, Standing[]> {
  const found = new Map<string, Standing>();
  const highest = sql.get<{ id: number | null }>('SELECT max(id) AS id FROM paper')?.id ?? 0;
  for (let from = 0; from < highest; from += atOnce) {
    for (const row of sql.all<Standing>(
      `SELECT place, count(*) AS papers, sum(pages) AS pages, sum(original) AS originals, sum(state = 'lent') AS out
       FROM paper NOT INDEXED WHERE id > ? AND id <= ? AND state IN (SELECT value FROM json_each(?)) GROUP BY place`,
      from,
      from + atOnce,
      JSON.stringify(states),
    )) {
      const before = found.get(row.place);
      found.set(row.place, {
        place: row.place,
        papers: row.papers + (before?.papers ?? 0),
        pages: row.pages + (before?.pages ?? 0),
        originals: row.originals + (before?.originals ?? 0),
        out: row.out + (before?.out ?? 0),
      });
    }
    yield;
  }
  return [...found.values()];
}

/** What stands at each place, lent papers included: they come back to it. Read in pieces. */
export function* placeHoldings(sql: Reader, atOnce = PAPERS_AT_ONCE): Generator<undefined, PlaceHoldings[]> {
  const found = yield* papersByPlace(sql, ['inPlace', 'lent'], atOnce);
  const checks = new Map(
    sql
      .all<{ place: string; at: string }>('SELECT place, max(at) AS at FROM stock_check GROUP BY place')
      .map(({ place, at }) => [place, at]),
  );
  return found
    .map((row) => ({ ...row, lastCheck: checks.get(row.place) ?? null }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
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
