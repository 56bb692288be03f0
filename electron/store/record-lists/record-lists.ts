import { type RecordListName, recordListOf } from '../../../shared/domain/lists/record-lists.ts';
import { type ListCondition, sqlOfCondition } from '../list-sql.ts';
import type { Reader, SqlValue } from '../sql.ts';
import { CARE_SOURCES } from './care-sources.ts';
import { CUSTODY_SOURCES } from './custody-sources.ts';
import { CREDIT_SOURCES, DEALING_SOURCES } from './dealing-sources.ts';
import { DOSSIER_SOURCES } from './dossier-sources.ts';
import { type RecordColumn, type RecordParent, type RecordSource, type SourcesOf, TODAY } from './record-source.ts';
import { REPORTING_SOURCES } from './reporting-sources.ts';

/** Lists of records other than cards: filtered, ordered, grouped and counted where the data is. */

/** Lists whose rows a rule of the program works out; the others stand in tables. */
export type ComputedListName =
  | 'users'
  | 'notices'
  | 'lateness'
  | 'copyRequests'
  | 'competitorTotals'
  | 'missingPapers'
  | 'exportSets'
  | 'holdings'
  | 'blankForms'
  | 'campaigns';
export type StoredListName = Exclude<RecordListName, ComputedListName>;

export const RECORD_SOURCES: SourcesOf<StoredListName> = {
  ...DOSSIER_SOURCES,
  ...CUSTODY_SOURCES,
  ...REPORTING_SOURCES,
  ...DEALING_SOURCES,
  ...CREDIT_SOURCES,
  ...CARE_SOURCES,
};

export const isStoredList = (name: RecordListName): name is StoredListName => name in RECORD_SOURCES;

export interface RecordFilter<Name extends RecordListName = StoredListName> {
  readonly list: Name;
  readonly today: string;
  /** A typed text, the customers in whose names it was found, and the rows, if it was looked for in the search index. */
  readonly found?:
    | { readonly text: string; readonly customers: readonly number[]; readonly records?: readonly number[] | undefined }
    | undefined;
  /** Fields and comparisons were checked against the list's vocabulary. */
  readonly conditions: readonly ListCondition[];
  /** Only the rows of one group. */
  readonly group?: { readonly field: string; readonly value: RecordAtom } | undefined;
}

/** Other calls are answered between two pieces of long work; throws when nobody waits for it any more. */
export type Turn = () => Promise<void>;

export interface RecordOrder {
  readonly sort: string;
  readonly descending: boolean;
  /** Rows of one group stand together; the groups in the order of their values, those without one first. */
  readonly group?: string | undefined;
}

export type RecordAtom = string | number | null;
export interface RecordRow {
  readonly key: string;
  readonly customer: string | null;
  readonly values: Readonly<Record<string, RecordAtom>>;
}

export const DESK = 'WITH desk(today) AS (VALUES (?))';
export const sourceOf = (name: StoredListName): RecordSource => RECORD_SOURCES[name];

export function columnOf(name: StoredListName, field: string): RecordColumn {
  const column = sourceOf(name).columns[field];
  if (column === undefined) throw new Error(`The list ${name} has no field ${field}`);
  return column;
}

/** The rows of each value that a column can have, in the order of the values, where an index has them (`RecordColumn.codes`). */
export function codesOf(
  { list, today }: Pick<RecordFilter, 'list' | 'today'>,
  field: string,
): ReadonlyMap<string, Asked & { readonly index: string }> | undefined {
  const { codes } = columnOf(list, field);
  if (codes === undefined) return undefined;
  const asked = Object.entries(codes.of).map(([code, sql]) => {
    const parts = sql.split(TODAY);
    const { index } = codes;
    return [code, { index, sql: parts.join('?'), values: parts.slice(1).map(() => today) }] as const;
  });
  return new Map(asked);
}

/** Field in whose order an index has the rows of one value of a column. */
export const orderWithin = (list: StoredListName, field: string): string | undefined =>
  columnOf(list, field).then ?? columnOf(list, field).codes?.orderedBy;

/** Groups of dates go by the day: a group for every second is none. */
export function groupTerm(name: StoredListName, field: string): string {
  const { sql } = columnOf(name, field);
  return recordListOf(name).fields.get(field)?.type === 'date'
    ? `nullif(substr(${sql}, 1, 10), '')`
    : `nullif(${sql}, '')`;
}

const JOIN = /LEFT JOIN (\w+) ON /;

/**
 * The tables of a list that a statement needs: a joined one that nothing names is left out, since SQLite itself would walk it for every
 * row that is counted.
 */
export function fromFor(name: StoredListName, ...used: readonly string[]): string {
  const [base = '', ...joins] = sourceOf(name).from.split(/(?=LEFT JOIN )/);
  let named = used.join(' ');
  const kept: string[] = [];
  for (const join of joins.reverse()) {
    const table = JOIN.exec(join)?.[1] ?? '';
    if (!named.includes(`${table}.`)) continue;
    named += ` ${join}`;
    kept.unshift(join);
  }
  return [base, ...kept].join(' ');
}

/** One thing that a list is asked: it holds of a row, or not. */
export interface Asked {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A condition of a list on its rows; a column with an index is compared as it is. */
export function askedCondition(list: StoredListName, condition: ListCondition): Asked {
  const { sql, index } = columnOf(list, condition.field);
  const parent = parentOf(list, condition.field);
  // The columns of cards and people are held to their types.
  const typed = index !== undefined || (parent !== undefined && !sql.startsWith('coalesce('));
  const column = typed ? sql : `(${sql})`;
  return sqlOfCondition(condition, { kind: 'column', column, ...(typed ? { typed: true } : {}) });
}

/** A typed text that is looked for in every row: in what the list is searched by, or the row belongs to a customer of those found. */
function askedText(list: StoredListName, found: NonNullable<RecordFilter['found']>): Asked {
  const source = sourceOf(list);
  const parts: string[] = [];
  const values: SqlValue[] = [];
  if (source.customerId !== undefined) {
    parts.push(`${source.customerId} IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(found.customers));
  }
  if (found.records !== undefined) {
    parts.push(`${source.id} IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(found.records));
  } else if (source.searched.length > 0) {
    const texts = source.searched.map((field) => `coalesce(${columnOf(list, field).sql}, '')`);
    parts.push(`instr(lower(${texts.join(" || ' ' || ")}), lower(?)) > 0`);
    values.push(found.text);
  }
  return { sql: parts.length === 0 ? '0' : `(${parts.join(' OR ')})`, values };
}

/** Everything that a list is asked, each thing for itself. */
export function askedOf({ list, found, conditions, group }: RecordFilter): Asked[] {
  return [
    ...(found === undefined ? [] : [askedText(list, found)]),
    ...conditions.map((condition) => askedCondition(list, condition)),
    ...(group === undefined ? [] : [{ sql: `${groupTerm(list, group.field)} IS ?`, values: [group.value] }]),
  ];
}

/** All of it as one WHERE, with the rows that belong to the list at all. */
export function whereOf(
  list: StoredListName,
  asked: readonly Asked[],
): { readonly where: string; readonly values: readonly SqlValue[] } {
  const { where: own } = sourceOf(list);
  const parts = [...(own === undefined ? [] : [own]), ...asked.map(({ sql }) => sql)];
  return {
    where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`,
    values: asked.flatMap(({ values }) => values),
  };
}

/** Whether a list is asked for all its rows. */
export const isWhole = ({ found, conditions, group }: RecordFilter): boolean =>
  found === undefined && conditions.length === 0 && group === undefined;

/** The table of a list's own rows. */
export const baseOf = (name: StoredListName): string => sourceOf(name).from.split(' ')[0] ?? '';

/** The joined table that alone says what a field is, if the list can be walked from there. */
export function parentOf(name: StoredListName, field: string): (RecordParent & { readonly table: string }) | undefined {
  const tables = new Set([...columnOf(name, field).sql.matchAll(/(\w+)\./g)].map(([, table]) => table));
  const [table = ''] = tables;
  const parent = tables.size === 1 ? sourceOf(name).parents?.[table] : undefined;
  return parent === undefined ? undefined : { ...parent, table };
}

/** What rows are ordered by: equal ones by their parent or as their index has them, then by their number. */
export function orderTerms(name: StoredListName, { sort, descending, group }: RecordOrder): string {
  const parent = parentOf(name, sort);
  const { sql } = columnOf(name, sort);
  const then = orderWithin(name, sort);
  const among = parent?.key ?? (then === undefined ? undefined : columnOf(name, then).sql);
  const terms = [sql, ...(among === undefined ? [] : [among]), sourceOf(name).id];
  const order = terms.map((term) => `${term} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  return group === undefined ? order : `${groupTerm(name, group)}, ${order}`;
}

/** Rows by their ids, in the order of the ids, with these fields; an amount brings its currency along. */
export function recordsByIds(
  sql: Reader,
  list: StoredListName,
  today: string,
  ids: readonly number[],
  fields: readonly string[],
): RecordRow[] {
  const source = sourceOf(list);
  const columns = fields.flatMap((field) => {
    const { sql: expression, shown = expression, currency } = columnOf(list, field);
    return [`${shown} AS "${field}"`, ...(currency === undefined ? [] : [`${currency} AS "${field}.currency"`])];
  });
  const customer =
    source.customerId === undefined ? 'NULL' : `(SELECT number FROM customer WHERE id = ${source.customerId})`;
  const rows = sql.all<Record<string, RecordAtom>>(
    `${DESK} SELECT ${[`${source.key} AS "#key"`, `${customer} AS "#customer"`, ...columns].join(', ')}
     FROM json_each(?) AS wanted CROSS JOIN ${source.from} WHERE ${source.at} ORDER BY wanted.key`,
    today,
    JSON.stringify(ids),
  );
  return rows.map(({ '#key': key, '#customer': number, ...values }) => ({
    key: String(key ?? ''),
    customer: typeof number === 'string' ? number : null,
    values,
  }));
}
