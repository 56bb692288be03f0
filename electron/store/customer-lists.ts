import { idsByFormField } from './customer-list-by-field.ts';
import {
  allConditions,
  COLUMNS_BY_FIELD,
  type CustomerCondition,
  type CustomerFilter,
  type CustomerOrder,
  conditionSets,
  customerColumn,
  customerOrderTerm,
  foundByName,
  hasConditions,
  INDEX_OF_ORDER,
  isColumn,
  simpleConditions,
  type Way,
} from './customer-list-filters.ts';
import type { CustomerRow } from './customers.ts';
import { countedCards } from './kept-counts.ts';
import { denied, sqlOfCondition, valuesAsked } from './list-sql.ts';
import type { Reader, SqlValue } from './sql.ts';

/** The list of cards: filtered, ordered, grouped and counted along indices. */

/** A row of a list: all but the long texts. */
export type CustomerListRow = Omit<CustomerRow, 'field_values' | 'confirmations'>;

const LISTED = [
  'id',
  'import_id',
  'folded_name',
  'code',
  'revision',
  ...Object.values(COLUMNS_BY_FIELD),
] satisfies (keyof CustomerListRow)[];
const LISTED_COLUMNS = LISTED.map((column) => `customer.${column}`).join(', ');

/** Ids of the cards of a list, in its order. */
function orderedIds(
  sql: Reader,
  filter: CustomerFilter,
  order: CustomerOrder & { readonly offset: number; readonly limit: number },
): number[] {
  const { where, values } = allConditions(filter);
  const direction = order.descending ? 'DESC' : 'ASC';
  const sort = customerOrderTerm(order.sort, 'sorted');
  const group = order.group === undefined ? undefined : customerOrderTerm(order.group, 'grouped');
  const empty = (term: string) => `nullif(${term}, '')`;
  return sql
    .all<{ id: number }>(
      `SELECT customer.id FROM customer INDEXED BY customer_listed ${sort.join} ${group?.join ?? ''} ${where}
       ORDER BY ${group === undefined ? '' : `${empty(group.term)}, `}${sort.term} ${direction}, customer.id ${direction} LIMIT ? OFFSET ?`,
      ...sort.values,
      ...(group?.values ?? []),
      ...values,
      order.limit,
      order.offset,
    )
    .map(({ id }) => id);
}

/** Rows by their ids, in the order of the ids. */
export function customersByIds(sql: Reader, ids: readonly number[]): CustomerListRow[] {
  const rows = sql.all<CustomerListRow>(
    `SELECT ${LISTED_COLUMNS} FROM json_each(?) AS wanted CROSS JOIN customer ON customer.id = wanted.value ORDER BY wanted.key`,
    JSON.stringify(ids),
  );
  return rows;
}

/** The forms' values of these cards, as JSON text. */
export function fieldValuesOf(sql: Reader, ids: readonly number[]): Map<number, string> {
  const rows = sql.all<{ id: number; field_values: string }>(
    'SELECT customer.id, customer.field_values FROM json_each(?) AS wanted CROSS JOIN customer ON customer.id = wanted.value',
    JSON.stringify(ids),
  );
  return new Map(rows.map((row) => [row.id, row.field_values]));
}

/** The phone of each of these cards as somebody wrote it: the first that is filled in of `keys`. */
export function writtenPhones(sql: Reader, ids: readonly number[], keys: readonly string[]): Map<number, string> {
  const first = keys.map((key) => `nullif(customer.field_values ->> '$.${key}', '')`).join(', ');
  const rows = sql.all<{ id: number; phone: string | null }>(
    `SELECT customer.id, coalesce(${first}) AS phone
     FROM json_each(?) AS wanted CROSS JOIN customer ON customer.id = wanted.value`,
    JSON.stringify(ids),
  );
  return new Map(rows.flatMap(({ id, phone }) => (phone === null ? [] : [[id, phone]])));
}

/** So many rows may be looked at for a page: each stands on a page of its own in the file. */
const MOST_LOOKED_AT = 5_000;
/** So few fit that they are met first and put in order then. */
const FEW = 1_000;

/** The way that looks at the fewest rows. `total`: cards of the list; `passed`: how many of them up to the end of the page. */
function wayOf(sql: Reader, filter: CustomerFilter, total: number, passed: number): Way {
  if (!hasConditions(filter) && filter.show === 'all') return 'walk';
  if (total <= (hasConditions(filter) ? FEW : MOST_LOOKED_AT)) return 'gather';
  if (filter.show === 'sealed') return 'walk';
  const among = countCustomers(sql, { ...filter, show: 'all', conditions: [] });
  // If those that fit lie evenly among all.
  return (passed * among) / total <= MOST_LOOKED_AT ? 'onRow' : 'walk';
}

/** A row read for itself costs as much as so many entries passed along an index. */
const ENTRIES_OF_A_ROW = 60;

/** Whether reading each of the found cards is sooner done than passing by the others in the list's order. */
function isGathered(sql: Reader, { ids = [], today }: CustomerFilter, passed: number): boolean {
  if (ids.length <= MOST_LOOKED_AT / ENTRIES_OF_A_ROW) return true;
  const among = countCustomers(sql, { show: 'all', today });
  return ids.length * ENTRIES_OF_A_ROW <= (passed * among) / ids.length;
}

/**
 * A page of the list. Its place is found in indices alone; only the rows of the page are read. `total`: how many rows the list has, if that is
 * known; the second half of it is then reached from its end, and a narrowed one in the shortest way.
 */
export function listCustomers(
  sql: Reader,
  filter: CustomerFilter,
  order: CustomerOrder & { readonly offset: number; readonly limit: number; readonly total?: number | undefined },
): CustomerListRow[] {
  if (order.group !== undefined || !isColumn(order.sort) || (hasConditions(filter) && filter.ids !== undefined))
    return customersByIds(sql, idsByFormField(sql, filter, order) ?? orderedIds(sql, filter, order));
  const { offset, limit, total, descending } = order;
  const fromEnd = total !== undefined && offset > total / 2;
  const rows = fromEnd ? Math.max(0, Math.min(limit, total - offset)) : limit;
  const skipped = fromEnd ? Math.max(0, total - offset - rows) : offset;
  const found = filter.ids !== undefined;
  const way = total === undefined || found ? 'walk' : wayOf(sql, filter, total, skipped + rows);
  const { where, values } = simpleConditions(filter, order.sort, way);
  const sets = conditionSets(filter.conditions ?? [], way);
  const direction = (down: boolean) => (down ? 'DESC' : 'ASC');
  const along = direction(fromEnd ? !descending : descending);
  const column = COLUMNS_BY_FIELD[order.sort];
  // Few that were found are sorted.
  const gathered = found ? isGathered(sql, filter, skipped + rows) : way === 'gather';
  const index = gathered ? '' : `INDEXED BY ${INDEX_OF_ORDER[order.sort]}`;
  return sql.all<CustomerListRow>(
    `SELECT ${LISTED_COLUMNS} FROM (SELECT id FROM customer ${index} ${where}${sets.where} ORDER BY ${column} ${along}, id ${along} LIMIT ? OFFSET ?) AS page
     CROSS JOIN customer ON customer.id = page.id ORDER BY customer.${column} ${direction(descending)}, customer.id ${direction(descending)}`,
    ...values,
    ...sets.values,
    rows,
    skipped,
  );
}

/** Every card of a list in its order: for exports and acts on many cards. */
export function customerIdsOf(sql: Reader, filter: CustomerFilter, order: CustomerOrder, limit: number): number[] {
  return orderedIds(sql, filter, { ...order, offset: 0, limit });
}

export function countCustomers(sql: Reader, filter: CustomerFilter): number {
  const { kind, tier, show, today } = filter;
  if (!hasConditions(filter) && filter.ids === undefined)
    return countedCards(sql, {
      kind,
      tier,
      sealed: show === 'sealed',
      ...(show === 'incomplete' ? { incomplete: true } : {}),
      ...(show === 'late' ? { late: true } : {}),
      ...(show === 'stale' ? { dueBefore: today } : {}),
    }).cards;
  const { conditions = [], ids } = filter;
  // What was found stands: only the sealed among them are looked for, which are few and stand together.
  if (ids !== undefined && !hasConditions(filter) && show === 'all' && kind === undefined && tier === undefined)
    return ids.length - sealedAmong(sql, ids);
  const [only] = conditions;
  const opposite = only !== undefined && conditions.length === 1 && ids === undefined ? denied(only) : undefined;
  if (opposite !== undefined)
    return (
      countCustomers(sql, { ...filter, conditions: [] }) - countCustomers(sql, { ...filter, conditions: [opposite] })
    );
  const known = countByFormField(sql, filter) ?? countByOthers(sql, filter);
  if (known !== undefined) return known;
  const { from, values } = narrowed(filter);
  return sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${from}`, ...values)?.n ?? 0;
}

const sealedAmong = (sql: Reader, ids: readonly number[]): number =>
  sql.get<{ n: number }>(
    "SELECT count(*) AS n FROM customer INDEXED BY customer_order_status WHERE status = 'sealed' AND id IN (SELECT value FROM json_each(?))",
    JSON.stringify(ids),
  )?.n ?? 0;

/** The one condition of a list that is not narrowed otherwise. */
function onlyCondition({ conditions = [], ids, kind, tier, show }: CustomerFilter): CustomerCondition | undefined {
  const narrowedOtherwise = ids !== undefined || kind !== undefined || tier !== undefined || show !== 'all';
  return narrowedOtherwise || conditions.length > 1 ? undefined : conditions[0];
}

/** If so small a part of the cards does not fit, those are counted. */
const ONE_OF_OTHERS = 8;

/** All cards less those below (above) a bound, where these are few: nearly all cards were changed this year. */
function countByOthers(sql: Reader, filter: CustomerFilter): number | undefined {
  const only = onlyCondition(filter);
  if (only === undefined || !isColumn(only.field) || (only.is !== 'atLeast' && only.is !== 'atMost')) return undefined;
  const column = `customer.${COLUMNS_BY_FIELD[only.field]}`;
  const fits = sqlOfCondition(only, customerColumn(only.field));
  const all = countCustomers(sql, { ...filter, conditions: [] });
  const most = Math.floor(all / ONE_OF_OTHERS);
  const from = `FROM customer INDEXED BY ${INDEX_OF_ORDER[only.field]} WHERE +status <> 'sealed'`;
  const [bound = null] = fits.values.slice(-1);
  // The one column that may be empty; of the others SQLite would plan a walk through all.
  const absent = only.field === 'visitedAt' ? `SELECT 1 ${from} AND ${column} IS NULL UNION ALL ` : '';
  const beyond = `${column} ${only.is === 'atLeast' ? '<' : only.type === 'date' ? '>=' : '>'} ?`;
  const { n = 0 } =
    sql.get<{ n: number }>(
      `SELECT count(*) AS n FROM (${absent}SELECT 1 ${from} AND ${column} = ''
       UNION ALL SELECT 1 ${from} AND ${column} <> '' AND ${beyond} LIMIT ?)`,
      bound,
      most + 1,
    ) ?? {};
  return n > most ? undefined : all - n;
}

/** All cards with such a value, less the sealed ones among them: no other card is looked at. */
function countByFormField(sql: Reader, filter: CustomerFilter): number | undefined {
  const only = onlyCondition(filter);
  if (only === undefined) return undefined;
  const column = customerColumn(only.field);
  if (column.kind !== 'values' || column.table !== 'card_value') return undefined;
  const { from, values, without } = valuesAsked(only, column);
  const of = valuesAsked(only, { ...column, each: true });
  const counted = sql.get<{ n: number }>(
    `SELECT (SELECT count(${column.ordered === undefined ? 'DISTINCT customer_id' : '*'}) ${from}) - (SELECT count(*) FROM customer INDEXED BY customer_order_status
       WHERE status = 'sealed' AND EXISTS (SELECT 1 ${of.from} AND customer_id = customer.id)) AS n`,
    ...values,
    ...values,
  );
  const having = counted?.n ?? 0;
  return without ? countCustomers(sql, { ...filter, conditions: [] }) - having : having;
}

/** Cards of a list in no order, met along the shortest index that one of the conditions has. */
function narrowed(filter: CustomerFilter): { readonly from: string; readonly values: SqlValue[] } {
  const { conditions = [], ids } = filter;
  const first =
    ids === undefined
      ? (conditions.find(({ inIndex, is }) => inIndex !== undefined && is === 'contains') ??
        conditions.find((one) => isColumn(one.field) && denied(one) === undefined))
      : undefined;
  if (first !== undefined && isColumn(first.field)) {
    const { inIndex } = first;
    const simple = simpleConditions(filter, first.field);
    const own = sqlOfCondition(first, customerColumn(first.field));
    const sets = conditionSets(
      conditions.filter((one) => one !== first),
      'walk',
    );
    const cards =
      inIndex === undefined
        ? `customer INDEXED BY ${INDEX_OF_ORDER[first.field]} WHERE true`
        : foundByName('customer', 'customer_listed');
    return {
      from: `${cards} ${simple.where.replace('WHERE', 'AND').replaceAll(' id IN', ' customer.id IN')} AND ${own.sql}${sets.where}`,
      values: [...(inIndex === undefined ? [] : [inIndex]), ...simple.values, ...own.values, ...sets.values],
    };
  }
  const { where, values } = hasConditions(filter) ? allConditions(filter) : simpleConditions(filter);
  return { from: `customer ${hasConditions(filter) ? 'INDEXED BY customer_listed' : ''} ${where}`, values };
}

interface CountedPage {
  readonly rows: CustomerListRow[];
  readonly total: number;
  /** There are more than `total`: nobody has counted them. */
  readonly more: boolean;
}

/** Of so many cards at the top of an order the first that fit are taken, if they are enough. */
const NEAR_THE_TOP = [300, 3_000];

/** First rows of a narrowed list without counting it; undefined where too few fit or where its order has no index. */
function firstNearTheTop(
  sql: Reader,
  filter: CustomerFilter,
  { sort, descending, group, offset, limit }: CustomerOrder & { readonly offset: number; readonly limit: number },
): CustomerListRow[] | undefined {
  if (!isColumn(sort) || group !== undefined) return undefined;
  const { where, values } = simpleConditions(filter, sort, 'onRow');
  const sets = conditionSets(filter.conditions ?? [], 'onRow');
  const direction = descending ? 'DESC' : 'ASC';
  const by = COLUMNS_BY_FIELD[sort];
  for (const near of NEAR_THE_TOP) {
    const rows = sql.all<CustomerListRow>(
      `SELECT ${LISTED_COLUMNS} FROM (SELECT id FROM customer INDEXED BY ${INDEX_OF_ORDER[sort]} ORDER BY ${by} ${direction}, id ${direction} LIMIT ?) AS near
       CROSS JOIN customer ON customer.id = near.id ${where}${sets.where} ORDER BY customer.${by} ${direction}, customer.id ${direction} LIMIT ? OFFSET ?`,
      near,
      ...values,
      ...sets.values,
      limit,
      offset,
    );
    if (rows.length === limit) return rows;
  }
  return undefined;
}

/**
 * A page of a list with the number of its rows. What is narrowed to few is met once, and then those alone are put in order. `enough`: of many
 * the first rows may come without their number; `count` counts otherwise.
 */
export function pageOfCustomers(
  sql: Reader,
  filter: CustomerFilter,
  order: CustomerOrder & { readonly offset: number; readonly limit: number },
  { enough = false, count = countCustomers }: { enough?: boolean; count?: typeof countCustomers } = {},
): CountedPage {
  if (hasConditions(filter) && filter.ids === undefined) {
    const { from, values } = narrowed(filter);
    const few = sql.all<{ id: number }>(`SELECT customer.id FROM ${from} LIMIT ?`, ...values, FEW + 1);
    if (few.length <= FEW) {
      const ids = few.map(({ id }) => id);
      const found = { show: filter.show === 'sealed' ? filter.show : 'all', today: filter.today, ids } as const;
      return { total: ids.length, more: false, rows: listCustomers(sql, found, { ...order, total: ids.length }) };
    }
    const first = enough && order.offset + order.limit <= FEW ? firstNearTheTop(sql, filter, order) : undefined;
    if (first !== undefined) return { total: FEW, more: true, rows: first };
  }
  const total = count(sql, filter);
  return { total, more: false, rows: listCustomers(sql, filter, { ...order, total }) };
}

/** How many cards of a list have which value of a field, in the order of the list grouped by it. */
export function customerGroups(
  sql: Reader,
  filter: CustomerFilter,
  field: string,
  limit: number,
): { value: string | number | null; count: number }[] {
  const { where, values } = allConditions(filter);
  const group = customerOrderTerm(field, 'grouped');
  return sql.all(
    `SELECT nullif(${group.term}, '') AS value, count(*) AS count FROM customer INDEXED BY customer_listed ${group.join} ${where}
     GROUP BY 1 ORDER BY 1 LIMIT ?`,
    ...group.values,
    ...values,
    limit,
  );
}

/** The sum of a field over a list; an amount's by its currency (`''` for plain numbers). Entries of lists are all counted in. */
export function customerSums(
  sql: Reader,
  filter: CustomerFilter,
  field: string,
): { currency: string; sum: number; count: number }[] {
  const { where, values } = allConditions(filter);
  if (isColumn(field))
    return sql.all(
      `SELECT '' AS currency, coalesce(sum(customer.${COLUMNS_BY_FIELD[field]}), 0) AS sum, count(*) AS count
       FROM customer INDEXED BY customer_listed ${where}`,
      ...values,
    );
  return sql.all(
    `SELECT coalesce(currency.value, '') AS currency, sum(amount.value) AS sum, count(*) AS count
     FROM card_value AS amount
     LEFT JOIN card_value AS currency ON currency.field = ? AND currency.customer_id = amount.customer_id AND currency.ordinal = amount.ordinal
     WHERE amount.field = ? AND amount.customer_id IN (SELECT customer.id FROM customer INDEXED BY customer_listed ${where})
     GROUP BY 1 ORDER BY 3 DESC LIMIT 20`,
    `${field}.currency`,
    field,
    ...values,
  );
}

export function recentlyChangedCustomers(sql: Reader, limit: number): CustomerListRow[] {
  return sql.all<CustomerListRow>(
    `SELECT ${LISTED_COLUMNS} FROM customer ORDER BY updated_at DESC, id DESC LIMIT ?`,
    limit,
  );
}
