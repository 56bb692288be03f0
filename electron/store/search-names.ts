import { searchQuery } from './search-text.ts';
import type { Reader } from './sql.ts';

/** Names of cards by what stands anywhere in them, through the search index. */

/** Of Chinese characters a phrase of the index is exactly "contains", but for characters that it takes for one (後, 后). */
const CHINESE = /^(?:(?=\p{L})\p{Script=Han})+$/u;

/** Query that finds every name with the text in it, and at times more; undefined for a text of which the index cannot promise that. */
export function namesQuery(text: string): string | undefined {
  const query = CHINESE.test(text) ? searchQuery(text) : undefined;
  return query === undefined ? undefined : `name : (${query})`;
}

/** Letters and digits alone stand in one run of the index, wherever they begin in it. */
const LETTERS = /^[a-z0-9]+$/i;

/** Query that finds every record with the text in its name or body, and at times more; undefined where that cannot be promised. */
export function partQuery(text: string): string | undefined {
  const query = CHINESE.test(text) || LETTERS.test(text) ? searchQuery(text) : undefined;
  return query === undefined ? undefined : `{name body} : (${query})`;
}

/** Rows of the index are cards, papers, loans, people and copies. */
const IS_CARD = 'rowid % 8 = 0';
/** The card of a row of the index as SQL; NULL for another record. */
export const cardOfRow = (rowid: string): string => `iif(${rowid} % 8 = 0, ${rowid} / 8, NULL)`;

/** How many cards the query finds, at most `most`. */
export const countNames = (sql: Reader, query: string, most: number): number =>
  sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? AND ${IS_CARD} LIMIT ?)`,
    query,
    most,
  )?.n ?? 0;
