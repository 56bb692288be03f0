import { countedCards, countedRows } from '../kept-counts.ts';
import { type ListCondition, sqlOfCondition } from '../list-sql.ts';
import type { Reader } from '../sql.ts';
import {
  askedCondition,
  baseOf,
  columnOf,
  DESK,
  fromFor,
  type RecordFilter,
  type StoredListName,
  sourceOf,
  type Turn,
  whereOf,
} from './record-lists.ts';
import { countedInPieces } from './record-walks.ts';
import { alongOwn } from './record-ways.ts';

/** How many rows a list has, and how many a single condition holds of: as they are kept, else counted along an index. */

/** The one condition that a whole table of rows is asked; undefined where more is asked, or something else. */
function soleCondition({ list, found, conditions, group }: RecordFilter): ListCondition | undefined {
  const isMore = conditions.length > 1 || found !== undefined || group !== undefined;
  return isMore || sourceOf(list).where !== undefined ? undefined : conditions[0];
}

/** How many rows a single condition holds of, where they are counted by value; undefined elsewhere. */
export function countedByValue(sql: Reader, filter: RecordFilter): number | undefined {
  const only = soleCondition(filter);
  const { list } = filter;
  const counted = only === undefined ? undefined : columnOf(list, only.field).counted;
  if (only === undefined || counted === undefined) return undefined;
  const { table, column, letters = Number.POSITIVE_INFINITY, uncounted } = counted;
  if (only.values.some((value) => String(value).length > letters)) return undefined;
  const kept = sqlOfCondition(only, { kind: 'column', column: `${table}.${column}`, typed: true });
  const rest = askedCondition(list, only);
  return sql.get<{ n: number }>(
    `SELECT (SELECT coalesce(sum(entries), 0) FROM ${table} WHERE ${kept.sql})
          + (SELECT count(*) FROM ${baseOf(list)} NOT INDEXED WHERE ${uncounted} AND ${rest.sql}) AS n`,
    ...kept.values,
    ...rest.values,
  )?.n;
}

/** How many rows a single condition holds of, counted along the index of its column. */
export async function countedAlong(sql: Reader, filter: RecordFilter, turn: Turn): Promise<number | undefined> {
  const { list } = filter;
  const only = soleCondition(filter);
  if (only === undefined) return undefined;
  const { sql: column, index } = columnOf(list, only.field);
  const [value, ...others] = only.is === 'is' && only.type === 'option' ? only.values : [];
  if (index !== undefined && typeof value === 'string' && others.length === 0) {
    const along = { sql: `${column} = ?`, values: [value], from: `${baseOf(list)} INDEXED BY ${index}` };
    return await countedInPieces(sql, list, only.field, along, turn);
  }
  const way = alongOwn(filter, only);
  return way === undefined
    ? undefined
    : sql.get<{ n: number }>(`SELECT count(*) AS n FROM (${way.sql})`, ...way.values)?.n;
}

/** How many rows the table of a list has, where nobody need count them. */
export function countedTable(sql: Reader, list: StoredListName): number | undefined {
  const { counted } = sourceOf(list);
  return counted === undefined ? countedRows(sql, baseOf(list)) : sql.get<{ n: number }>(counted)?.n;
}

/** How many rows a whole list has. */
export function countWhole(sql: Reader, { list, today }: RecordFilter): number {
  const { cards } = sourceOf(list);
  if (cards !== undefined) return countedCards(sql, cards).cards;
  const { where } = whereOf(list, []);
  const kept = where === '' ? countedTable(sql, list) : undefined;
  if (kept !== undefined) return kept;
  return sql.get<{ n: number }>(`${DESK} SELECT count(*) AS n FROM ${fromFor(list, where)} ${where}`, today)?.n ?? 0;
}
