import { isPurchaseField } from '../../shared/domain/lists/customer-list.ts';
import type { CustomerRow } from './customers.ts';
import { countedCards } from './kept-counts.ts';
import { type ListColumn, type ListCondition, sqlOfCondition } from './list-sql.ts';
import type { Reader, SqlValue } from './sql.ts';

/** The list of cards: filtered, ordered, grouped and counted along indices. */

/** Fields of the list that are columns of the card's row, all in the index `customer_listed`. */
const COLUMNS_BY_FIELD = {
  number: 'number',
  name: 'name',
  kind: 'kind',
  status: 'status',
  tier: 'tier',
  region: 'region',
  creditGrade: 'credit_grade',
  contact: 'contact',
  phone: 'phone',
  directExport: 'direct_export',
  completeness: 'completeness',
  papers: 'papers',
  missingPapers: 'missing_papers',
  late: 'late',
  visitedAt: 'visited_at',
  createdAt: 'created_at',
  createdBy: 'created_by',
  updatedAt: 'updated_at',
  updatedBy: 'updated_by',
  reviewedOn: 'reviewed_on',
  reviewDue: 'review_due',
} as const satisfies Record<string, keyof CustomerRow>;

const isColumn = (field: string): field is keyof typeof COLUMNS_BY_FIELD => Object.hasOwn(COLUMNS_BY_FIELD, field);

/** Indices of the orders, which hold what the simple filters ask (a test asserts that each is followed). */
const INDEX_OF_ORDER: Readonly<Record<keyof typeof COLUMNS_BY_FIELD, string>> = {
  number: 'customer_by_number',
  name: 'customer_name',
  region: 'customer_region',
  tier: 'customer_tier',
  completeness: 'customer_completeness',
  papers: 'customer_papers',
  updatedAt: 'customer_updated',
  reviewDue: 'customer_review_due',
  kind: 'customer_order_kind',
  status: 'customer_order_status',
  creditGrade: 'customer_order_credit_grade',
  contact: 'customer_order_contact',
  phone: 'customer_order_phone',
  directExport: 'customer_order_direct_export',
  missingPapers: 'customer_order_missing_papers',
  late: 'customer_order_late',
  visitedAt: 'customer_order_visited_at',
  createdAt: 'customer_order_created_at',
  createdBy: 'customer_order_created_by',
  updatedBy: 'customer_order_updated_by',
  reviewedOn: 'customer_order_reviewed_on',
};

export interface CustomerFilter {
  readonly kind?: string | undefined;
  readonly tier?: string | undefined;
  readonly show: 'all' | 'incomplete' | 'stale' | 'late' | 'sealed';
  readonly today: string;
  /** Only these, when a text was searched for. */
  readonly ids?: readonly number[] | undefined;
  /** Further conditions, all of which must hold. Fields and comparisons were checked against the list's vocabulary. */
  readonly conditions?: readonly ListCondition[] | undefined;
}

export interface CustomerOrder {
  /** A field of the list; it was checked against its vocabulary. */
  readonly sort: string;
  readonly descending: boolean;
  /** Rows of one group stand together; the groups in the order of their values, those without one first. */
  readonly group?: string | undefined;
}

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

interface Conditions {
  readonly where: string;
  readonly values: SqlValue[];
}

/**
 * How the cards of a narrowed list are found: `walk` goes along the order and looks the condition up in an index of its own, `onRow` looks
 * at each row (few are passed over), `gather` begins with those that fit (few fit).
 */
type Way = 'walk' | 'onRow' | 'gather';

/**
 * The unary plus keeps SQLite from choosing the index of a filter: a list goes along the index of its order, which holds
 * what it is filtered by, and nothing has to be sorted.
 */
function simpleConditions(filter: CustomerFilter, sort?: string, way: Way = 'walk'): Conditions {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  const add = (part: string, ...bound: SqlValue[]) => {
    parts.push(part);
    values.push(...bound);
  };
  const narrow = (field: string, part: string): string => {
    if (sort === undefined || (sort === field && way !== 'gather')) return part;
    if (way === 'onRow') return `+${part}`;
    return `${way === 'walk' ? '+' : ''}id IN (SELECT id FROM customer WHERE ${part})`;
  };
  if (filter.kind !== undefined) add('+kind = ?', filter.kind);
  if (filter.tier !== undefined) add('+tier = ?', filter.tier);
  if (filter.show === 'incomplete') add(narrow('completeness', 'completeness < 100'));
  if (filter.show === 'stale') add(narrow('reviewDue', 'review_due < ?'), filter.today);
  if (filter.show === 'late') add(narrow('late', 'late = 1'));
  if (filter.show !== 'sealed') add("+status <> 'sealed'");
  // Every order has it.
  else add(way === 'gather' ? narrow('', "status = 'sealed'") : "+status = 'sealed'");
  if (filter.ids !== undefined) add('id IN (SELECT value FROM json_each(?))', JSON.stringify(filter.ids));
  return { where: `WHERE ${parts.join(' AND ')}`, values };
}

/** Where a field's value stands: a column of the row, or the rows of `card_value`. */
export function customerColumn(field: string): ListColumn {
  return isColumn(field)
    ? { kind: 'column', column: `customer.${COLUMNS_BY_FIELD[field]}` }
    : {
        kind: 'values',
        table: isPurchaseField(field) ? 'customer_purchase' : 'card_value',
        key: 'customer_id',
        record: 'customer.id',
      };
}

/** Every condition, read from the index `customer_listed` and from `card_value`. */
function allConditions(filter: CustomerFilter): Conditions {
  const { conditions = [], ...simple } = filter;
  const { where, values } = simpleConditions(simple);
  const more = conditions.map((condition) => sqlOfCondition(condition, customerColumn(condition.field)));
  return {
    where: [where.replaceAll('+', ''), ...more.map(({ sql }) => sql)].join(' AND '),
    values: [...values, ...more.flatMap(({ values: bound }) => bound)],
  };
}

const hasConditions = ({ conditions }: CustomerFilter) => conditions !== undefined && conditions.length > 0;

/** The value of a field as something to order by: the first one where a card has several. */
export function customerOrderTerm(
  field: string,
  alias: string,
): { readonly term: string; readonly join: string; readonly values: SqlValue[] } {
  if (isColumn(field)) return { term: `customer.${COLUMNS_BY_FIELD[field]}`, join: '', values: [] };
  return {
    term: `${alias}.value`,
    join: `LEFT JOIN card_value AS ${alias} ON ${alias}.field = ? AND ${alias}.customer_id = customer.id AND ${alias}.ordinal = 0`,
    values: [field],
  };
}

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

/** The way that looks at the fewest rows. `total`: cards of the list; `passed`: how many of them up to the end of the page. */
function wayOf(sql: Reader, filter: CustomerFilter, total: number, passed: number): Way {
  if (filter.show === 'all') return 'walk';
  if (total <= MOST_LOOKED_AT) return 'gather';
  if (filter.show === 'sealed') return 'walk';
  const among = countCustomers(sql, { ...filter, show: 'all' });
  // If those that fit lie evenly among all.
  return (passed * among) / total <= MOST_LOOKED_AT ? 'onRow' : 'walk';
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
  if (hasConditions(filter) || order.group !== undefined || !isColumn(order.sort))
    return customersByIds(sql, orderedIds(sql, filter, order));
  const { offset, limit, total, descending } = order;
  const fromEnd = total !== undefined && offset > total / 2;
  const rows = fromEnd ? Math.max(0, Math.min(limit, total - offset)) : limit;
  const skipped = fromEnd ? Math.max(0, total - offset - rows) : offset;
  const found = filter.ids !== undefined;
  const way = total === undefined || found ? 'walk' : wayOf(sql, filter, total, skipped + rows);
  const { where, values } = simpleConditions(filter, order.sort, way);
  const direction = (down: boolean) => (down ? 'DESC' : 'ASC');
  const along = direction(fromEnd ? !descending : descending);
  const column = COLUMNS_BY_FIELD[order.sort];
  // Few that were found are sorted.
  const index = found || way === 'gather' ? '' : `INDEXED BY ${INDEX_OF_ORDER[order.sort]}`;
  return sql.all<CustomerListRow>(
    `SELECT ${LISTED_COLUMNS} FROM (SELECT id FROM customer ${index} ${where} ORDER BY ${column} ${along}, id ${along} LIMIT ? OFFSET ?) AS page
     CROSS JOIN customer ON customer.id = page.id ORDER BY customer.${column} ${direction(descending)}, customer.id ${direction(descending)}`,
    ...values,
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
  const { where, values } = hasConditions(filter) ? allConditions(filter) : simpleConditions(filter);
  const from = hasConditions(filter) ? 'customer INDEXED BY customer_listed' : 'customer';
  return sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${from} ${where}`, ...values)?.n ?? 0;
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
