import { type RecordListName, recordListOf } from '../../../shared/domain/lists/record-lists.ts';
import { countedRows } from '../kept-counts.ts';
import { type ListCondition, sqlOfCondition } from '../list-sql.ts';
import type { Reader, SqlValue } from '../sql.ts';
import { CARE_SOURCES } from './care-sources.ts';
import { CUSTODY_SOURCES } from './custody-sources.ts';
import { CREDIT_SOURCES, DEALING_SOURCES } from './dealing-sources.ts';
import { DOSSIER_SOURCES } from './dossier-sources.ts';
import type { RecordColumn, RecordSource, SourcesOf } from './record-source.ts';
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
  /** A typed text, and the customers in whose names it was found. */
  readonly found?: { readonly text: string; readonly customers: readonly number[] } | undefined;
  /** Fields and comparisons were checked against the list's vocabulary. */
  readonly conditions: readonly ListCondition[];
}

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

const DESK = 'WITH desk(today) AS (VALUES (?))';
const sourceOf = (name: StoredListName): RecordSource => RECORD_SOURCES[name];

function columnOf(name: StoredListName, field: string): RecordColumn {
  const column = sourceOf(name).columns[field];
  if (column === undefined) throw new Error(`The list ${name} has no field ${field}`);
  return column;
}

/** Groups of dates go by the day: a group for every second is none. */
function groupTerm(name: StoredListName, field: string): string {
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
function fromFor(name: StoredListName, ...used: readonly string[]): string {
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

function whereOf({ list, found, conditions }: RecordFilter): { where: string; values: SqlValue[] } {
  const source = sourceOf(list);
  const parts: string[] = source.where === undefined ? [] : [source.where];
  const values: SqlValue[] = [];
  if (found !== undefined) {
    const texts = source.searched.map((field) => `coalesce(${columnOf(list, field).sql}, '')`);
    const places = texts.length === 0 ? [] : [`instr(lower(${texts.join(" || ' ' || ")}), lower(?)) > 0`];
    if (source.customerId !== undefined) {
      parts.push(`(${[`${source.customerId} IN (SELECT value FROM json_each(?))`, ...places].join(' OR ')})`);
      values.push(JSON.stringify(found.customers));
    } else parts.push(places[0] ?? '0');
    if (places.length > 0) values.push(found.text);
  }
  for (const condition of conditions) {
    const { sql, values: bound } = sqlOfCondition(condition, {
      kind: 'column',
      column: `(${columnOf(list, condition.field).sql})`,
    });
    parts.push(sql);
    values.push(...bound);
  }
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values };
}

/** The table of a list's own rows. */
const baseOf = (name: StoredListName): string => sourceOf(name).from.split(' ')[0] ?? '';

/** Ids of a page of a list, in its order. The second half of a whole table is reached from its end. */
export function recordIds(
  sql: Reader,
  filter: RecordFilter,
  { sort, descending, group }: RecordOrder,
  offset: number,
  limit: number,
): number[] {
  const source = sourceOf(filter.list);
  const { where, values } = whereOf(filter);
  const ofWhole = group === undefined && where === '';
  const total = (ofWhole ? countedRows(sql, baseOf(filter.list)) : undefined) ?? 0;
  const fromEnd = offset > total / 2 && total > 0;
  const rows = fromEnd ? Math.max(0, Math.min(limit, total - offset)) : limit;
  const direction = descending === fromEnd ? 'ASC' : 'DESC';
  const groups = group === undefined ? '' : `${groupTerm(filter.list, group)}, `;
  const { sql: column } = columnOf(filter.list, sort);
  const ofCard = source.byCustomer === true && column.startsWith('customer.');
  // Rows of one customer stand together, also beside those of another one of the same name.
  const terms = [column, ...(ofCard ? [ofWhole ? 'customer.id' : source.customerId] : []), source.id];
  const order = groups + terms.map((term) => `${term} ${direction}`).join(', ');
  const from =
    ofCard && ofWhole
      ? `customer CROSS JOIN ${baseOf(filter.list)} ON ${source.customerId} = customer.id`
      : fromFor(filter.list, where, order);
  const ids = sql
    .all<{ id: number }>(
      `${DESK} SELECT ${source.id} AS id FROM ${from} ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
      filter.today,
      ...values,
      rows,
      fromEnd ? Math.max(0, total - offset - rows) : offset,
    )
    .map(({ id }) => id);
  return fromEnd ? ids.reverse() : ids;
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

export function countRecords(sql: Reader, filter: RecordFilter): number {
  const { where, values } = whereOf(filter);
  const kept = where === '' ? countedRows(sql, baseOf(filter.list)) : undefined;
  if (kept !== undefined) return kept;
  return (
    sql.get<{ n: number }>(
      `${DESK} SELECT count(*) AS n FROM ${fromFor(filter.list, where)} ${where}`,
      filter.today,
      ...values,
    )?.n ?? 0
  );
}

/** How many records of a list have which value of a field, in the order of the list grouped by it. */
export function recordGroups(
  sql: Reader,
  filter: RecordFilter,
  field: string,
  limit: number,
): { value: RecordAtom; count: number }[] {
  const { where, values } = whereOf(filter);
  const term = groupTerm(filter.list, field);
  return sql.all(
    `${DESK} SELECT ${term} AS value, count(*) AS count FROM ${fromFor(filter.list, where, term)} ${where}
     GROUP BY 1 ORDER BY 1 LIMIT ?`,
    filter.today,
    ...values,
    limit,
  );
}

/** The sum of a field over a list; an amount's by its currency (`''` for plain numbers). */
export function recordSums(
  sql: Reader,
  filter: RecordFilter,
  field: string,
): { currency: string; sum: number; count: number }[] {
  const { where, values } = whereOf(filter);
  const { sql: expression, currency } = columnOf(filter.list, field);
  return sql.all(
    `${DESK} SELECT ${currency === undefined ? "''" : `coalesce(${currency}, '')`} AS currency, coalesce(sum(${expression}), 0) AS sum,
       count(${expression}) AS count FROM ${fromFor(filter.list, where, expression, currency ?? '')} ${where} GROUP BY 1 HAVING count(*) > 0 ORDER BY 3 DESC LIMIT 20`,
    filter.today,
    ...values,
  );
}
