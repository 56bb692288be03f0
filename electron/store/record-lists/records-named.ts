import { AFTER_ANY_TEXT } from '../list-sql.ts';
import { findInIndex, type IndexedKind } from '../search-index.ts';
import { matchOf, searchedWord, searchQuery } from '../search-text.ts';
import type { Reader } from '../sql.ts';
import { baseOf, columnOf, recordsByIds, type StoredListName, sourceOf, type Turn } from './record-lists.ts';

/** Records of a list in which a typed text stands, through the search index; rows about a record, by its number. */

const ROWS_OF_A_PIECE = 500;

/**
 * The records in which every word of a text is found, in the fields that the list is searched by: the index may know more of a record.
 * `most`: so many are looked for of each kind, and `firstOnly` says that there may be more.
 * @returns undefined for a list whose records are not in the index, and for a text that cannot be looked for there or is no beginning of a number
 */
export async function recordsNamed(
  sql: Reader,
  { list, today }: { readonly list: StoredListName; readonly today: string },
  text: string,
  most: number,
  turn: Turn,
): Promise<{ readonly ids: readonly number[]; readonly firstOnly: boolean } | undefined> {
  const { indexed, searched, about } = sourceOf(list);
  if (about !== undefined) return rowsAbout(sql, list, about, text, most);
  if (indexed === undefined || searchQuery(text) === undefined) return undefined;
  const found = idsOfKind(sql, text, most, indexed.kind);
  const ids = new Set(found);
  let firstOnly = found.length >= most;
  if (indexed.through !== undefined) {
    const others = idsOfKind(sql, text, most, indexed.through.kind);
    // Of very many only a few would have a record here: all of those are looked at instead.
    if (others.length >= most) return undefined;
    const { id } = indexed.through;
    const theirs = sql.all<{ id: number }>(
      `SELECT ${sourceOf(list).id} AS id FROM json_each(?) AS wanted CROSS JOIN ${baseOf(list)} ON ${id} = wanted.value LIMIT ?`,
      JSON.stringify(others),
      most,
    );
    for (const row of theirs) ids.add(row.id);
    firstOnly ||= theirs.length >= most;
  }
  const words = text.split(/\s+/u).map(searchedWord);
  const kept: number[] = [];
  const all = [...ids];
  for (let from = 0; from < all.length; from += ROWS_OF_A_PIECE) {
    if (from > 0) await turn();
    const piece = all.slice(from, from + ROWS_OF_A_PIECE);
    for (const [at, { values }] of recordsByIds(sql, list, today, piece, searched).entries())
      if (
        words.every((word) => searched.some((field) => matchOf(String(values[field] ?? ''), word, true) !== undefined))
      )
        kept.push(piece[at] ?? 0);
  }
  return { ids: kept, firstOnly };
}

const idsOfKind = (sql: Reader, text: string, most: number, kind: IndexedKind): number[] =>
  findInIndex(sql, text, most, [kind]).map(({ id }) => id);

/** Rows about the records whose number begins with a text, kind by kind, the newest of a record first; undefined where there are none, and for words. */
function rowsAbout(
  sql: Reader,
  list: StoredListName,
  about: string,
  text: string,
  most: number,
): { readonly ids: readonly number[]; readonly firstOnly: boolean } | undefined {
  const { sql: column, index } = columnOf(list, about);
  if (index === undefined || !/\d/.test(text)) return undefined;
  const from = `${baseOf(list)} INDEXED BY ${index}`;
  const { id } = sourceOf(list);
  const ids: number[] = [];
  for (let kind = '', last = ''; ; last = `${kind}:${AFTER_ANY_TEXT}`) {
    // From one kind to the next: there are few, and very many rows of each.
    const next = sql.get<{ about: string }>(
      `SELECT ${column} AS about FROM ${from} WHERE ${column} > ? AND instr(${column}, ':') > 0 ORDER BY ${column} LIMIT 1`,
      last,
    );
    if (next === undefined) break;
    kind = next.about.slice(0, next.about.indexOf(':'));
    for (const number of new Set([text, text.toUpperCase()])) {
      const rows = sql.all<{ id: number }>(
        `SELECT ${id} AS id FROM ${from} WHERE ${column} >= ? AND ${column} < ?
         ORDER BY ${column} DESC, ${id} DESC LIMIT ?`,
        `${kind}:${number}`,
        `${kind}:${number}${AFTER_ANY_TEXT}`,
        most - ids.length,
      );
      for (const row of rows) ids.push(row.id);
    }
  }
  return ids.length === 0 ? undefined : { ids, firstOnly: ids.length >= most };
}
