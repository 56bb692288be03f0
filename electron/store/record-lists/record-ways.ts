import { foundByName, withNamesFromIndex } from '../customer-list-filters.ts';
import { countedCards } from '../kept-counts.ts';
import { denied, type ListCondition } from '../list-sql.ts';
import { recordsFoundAfterSql, recordsFoundSql } from '../search-index.ts';
import { partQuery } from '../search-names.ts';
import type { Reader, SqlValue } from '../sql.ts';
import { RECORD_BOUNDS } from './record-bounds.ts';
import {
  type Asked,
  askedCondition,
  baseOf,
  codesOf,
  columnOf,
  groupTerm,
  parentOf,
  type RecordFilter,
  type StoredListName,
  sourceOf,
  type Turn,
} from './record-lists.ts';
import { entriesOfValue, idsAlong, manyIds } from './record-walks.ts';

/** Statements along an index of a list's own table, or the search index, by which the rows of one condition or group are found. */

export interface Ids extends Asked {
  /** A statement that answers the ids of the rows: `SELECT … AS id …`. */
  readonly sql: string;
  /** How they are met in pieces where they are very many. */
  readonly inPieces?: ((sql: Reader, turn: Turn) => AsyncGenerator<readonly number[]>) | undefined;
}

/** All ids that a statement finds in their order: what is bound behind its values is after which one, and how many. */
async function* idsAfterEach(
  sql: Reader,
  statement: string,
  values: readonly SqlValue[],
  turn: Turn,
): AsyncGenerator<readonly number[]> {
  const { countedOfAPiece } = RECORD_BOUNDS;
  let last = -1;
  while (true) {
    const found = manyIds(sql, statement, ...values, last, countedOfAPiece);
    if (found.length > 0) yield found;
    if (found.length < countedOfAPiece) return;
    last = found.at(-1) ?? last;
    await turn();
  }
}

/** The rows of one value in pieces; undefined for a condition on more than that. */
function valueInPieces(filter: RecordFilter, { field, is, type, values }: ListCondition): Ids['inPieces'] {
  const [value, ...others] = values;
  if (is !== 'is' || others.length > 0 || (type !== 'option' && type !== 'text') || value === '') return undefined;
  const entries = entriesOfValue(filter, field, String(value));
  return entries && ((sql, turn) => idsAlong(sql, entries, false, turn, RECORD_BOUNDS.countedOfAPiece));
}

/** The rows with a value of a column that has an index, as a statement along it. */
export function alongOwn({ list, today }: RecordFilter, condition: ListCondition): Ids | undefined {
  const codes = codesOf({ list, today }, condition.field);
  if (codes !== undefined) return alongCodes(list, codes, condition);
  const { sql: column, index } = columnOf(list, condition.field);
  if (index === undefined) return undefined;
  const select = (where: string) =>
    `SELECT ${sourceOf(list).id} AS id FROM ${baseOf(list)} INDEXED BY ${index} WHERE ${where}`;
  const { is, values, type } = condition;
  if (is === 'empty')
    return { sql: `${select(`${column} IS NULL`)} UNION ALL ${select(`${column} = ''`)}`, values: [] };
  if (is === 'isNot' && (type === 'text' || type === 'option')) {
    // What lies between the values that are denied.
    const texts = [...new Set(values.map(String))].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const parts = [
      `${column} IS NULL`,
      `${column} < ?`,
      ...texts.slice(1).map(() => `${column} > ? AND ${column} < ?`),
      `${column} > ?`,
    ];
    return { sql: parts.map(select).join(' UNION ALL '), values: texts.flatMap((text) => [text, text]) };
  }
  if (is === 'startsWith' && /[a-z]/i.test(String(values[0]))) return beginningWith(list, condition, select);
  if (is === 'contains' || is === 'containsNot' || is === 'isNot') return undefined;
  const fits = askedCondition(list, condition);
  return {
    sql: select(fits.sql),
    values: fits.values,
    inPieces: valueInPieces({ list, today, conditions: [] }, condition),
  };
}

/** The rows of some of the values that a column can have. */
function alongCodes(
  list: StoredListName,
  codes: NonNullable<ReturnType<typeof codesOf>>,
  { is, values }: ListCondition,
): Ids | undefined {
  if (is !== 'is' && is !== 'isNot') return undefined;
  const wanted = [...codes].filter(([code]) => values.includes(code) === (is === 'is')).map(([, asked]) => asked);
  const select = ({ index, sql }: { index: string; sql: string }) =>
    `SELECT ${sourceOf(list).id} AS id FROM ${baseOf(list)} INDEXED BY ${index} WHERE ${sql}`;
  if (wanted.length === 0) return { sql: `SELECT ${sourceOf(list).id} AS id FROM ${baseOf(list)} WHERE 0`, values: [] };
  return { sql: wanted.map(select).join(' UNION ALL '), values: wanted.flatMap((asked) => asked.values) };
}

/** So many letters are tried large and small; what follows them is looked at in the rows. */
const LETTERS_TRIED = 4;

/** Large and small letters are one to a condition and two to an index. */
function beginningWith(list: StoredListName, condition: ListCondition, select: (where: string) => string): Ids {
  const { sql: column } = columnOf(list, condition.field);
  let starts = [''];
  let letters = 0;
  for (const character of String(condition.values[0])) {
    const isLetter = /[a-z]/i.test(character);
    if (isLetter && letters === LETTERS_TRIED) break;
    if (isLetter) letters += 1;
    const forms = isLetter ? [character.toUpperCase(), character.toLowerCase()] : [character];
    starts = starts.flatMap((start) => forms.map((form) => start + form));
  }
  const fits = askedCondition(list, condition);
  return {
    sql: starts.map(() => select(`${column} >= ? AND ${column} < ? AND ${fits.sql}`)).join(' UNION ALL '),
    values: starts.flatMap((start) => [start, `${start}\u{10FFFF}`, ...fits.values]),
  };
}

/** The rows that have a text in a field, at least, by the search index. */
export function alongSearch(list: StoredListName, { field, is, values }: ListCondition): Ids | undefined {
  const { indexed, searched, columns } = sourceOf(list);
  if (indexed === undefined || indexed.through !== undefined || is !== 'contains' || !searched.includes(field))
    return undefined;
  if (columns[field]?.sql.startsWith(`${baseOf(list)}.`) !== true) return undefined;
  const query = partQuery(String(values[0]));
  if (query === undefined) return undefined;
  const after = recordsFoundAfterSql(indexed.kind);
  return {
    sql: recordsFoundSql(indexed.kind),
    values: [query],
    inPieces: (sql, turn) => idsAfterEach(sql, after, [query], turn),
  };
}

/** Rows of a group of a column with an index, at least: days hold what is written more finely. */
export function alongGroup(
  filter: RecordFilter,
  { field, value }: NonNullable<RecordFilter['group']>,
): Ids | undefined {
  const { list } = filter;
  if (columnOf(list, field).codes !== undefined)
    return alongOwn(filter, { field, is: 'is', values: [String(value)], type: 'option' });
  const { sql: column, index } = columnOf(list, field);
  if (index === undefined) return undefined;
  if (value === null) return alongOwn(filter, { field, is: 'empty', values: [], type: 'text' });
  const select = `SELECT ${sourceOf(list).id} AS id FROM ${baseOf(list)} INDEXED BY ${index} WHERE`;
  if (groupTerm(list, field).includes('substr('))
    return {
      sql: `${select} ${column} >= ? AND ${column} < ? AND ${groupTerm(list, field)} = ?`,
      values: [value, `${value}\u{10FFFF}`, value],
    };
  const inPieces = valueInPieces(filter, { field, is: 'is', values: [value], type: 'option' });
  return {
    sql: `${select} ${column} = ?`,
    values: [value],
    inPieces: typeof value === 'string' ? inPieces : undefined,
  };
}

/** The rows whose customer or person a condition holds of; undefined where those are too many, or the condition denies. */
export async function alongParent(
  sql: Reader,
  list: StoredListName,
  condition: ListCondition,
  turn: Turn,
): Promise<Ids | undefined> {
  const parent = parentOf(list, condition.field);
  const { is } = condition;
  if (parent === undefined || is === 'empty' || denied(condition) !== undefined) return undefined;
  const parents = await parentsWith(sql, list, condition, turn);
  if (parents === undefined) return undefined;
  return {
    sql: `SELECT ${sourceOf(list).id} AS id FROM json_each(?) AS wanted CROSS JOIN ${parent.from} WHERE ${parent.id} = wanted.value`,
    values: [JSON.stringify(parents)],
  };
}

/** Ids of the parents that a condition holds of; undefined when they are too many. */
async function parentsWith(
  sql: Reader,
  list: StoredListName,
  condition: ListCondition,
  turn: Turn,
): Promise<number[] | undefined> {
  const parent = parentOf(list, condition.field);
  if (parent === undefined) return undefined;
  const { table, id } = parent;
  const fits = askedCondition(list, condition);
  if (condition.is !== 'contains') {
    const found = sql.all<{ id: number }>(
      `SELECT ${id} AS id FROM ${table} WHERE ${fits.sql} LIMIT ?`,
      ...fits.values,
      RECORD_BOUNDS.parents + 1,
    );
    return found.length > RECORD_BOUNDS.parents ? undefined : found.map((one) => one.id);
  }
  if (table === 'customer' && columnOf(list, condition.field).sql === 'customer.name') {
    const [named] = withNamesFromIndex(sql, [{ ...condition, field: 'name' }], countedCards(sql, {}).cards);
    if (named?.inIndex !== undefined) {
      const found = sql.all<{ id: number }>(
        `SELECT customer.id FROM ${foundByName('customer', 'customer_title')} AND ${fits.sql} LIMIT ?`,
        named.inIndex,
        ...fits.values,
        RECORD_BOUNDS.parents + 1,
      );
      return found.length > RECORD_BOUNDS.parents ? undefined : found.map((one) => one.id);
    }
  }
  const found: number[] = [];
  const from = parent.index === undefined ? table : `${table} INDEXED BY ${parent.index}`;
  for await (const range of ranges(sql, table, id, RECORD_BOUNDS.namesOfAPiece, turn)) {
    found.push(
      ...manyIds(
        sql,
        `SELECT ${id} AS id FROM ${from} WHERE ${id} > ? AND ${id} <= ? AND ${fits.sql}`,
        ...range,
        ...fits.values,
      ),
    );
    if (found.length > RECORD_BOUNDS.parents) return undefined;
  }
  return found;
}

/** The ids of a table in ranges: after the first number, up to the second. */
export async function* ranges(
  sql: Reader,
  table: string,
  id: string,
  size: number,
  turn: Turn,
): AsyncGenerator<readonly [number, number]> {
  const ends = sql.get<{ first: number | null; last: number | null }>(
    `SELECT (SELECT min(${id}) FROM ${table}) AS first, (SELECT max(${id}) FROM ${table}) AS last`,
  );
  const last = ends?.last ?? -1;
  for (let from = (ends?.first ?? 0) - 1; from < last; from += size) {
    yield [from, Math.min(last, from + size)];
    await turn();
  }
}
