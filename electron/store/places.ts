import type { Reader } from './sql.ts';

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
