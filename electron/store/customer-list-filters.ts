import { isPurchaseField } from '../../shared/domain/lists/customer-list.ts';
import type { CustomerRow } from './customers.ts';
import { type ListColumn, type ListCondition, sqlOfCondition } from './list-sql.ts';
import type { SqlValue } from './sql.ts';

/** What the list of cards is filtered and ordered by, as SQL along its indices. */

/** Fields of the list that are columns of the card's row, all in the index `customer_listed`. */
export const COLUMNS_BY_FIELD = {
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

export const isColumn = (field: string): field is keyof typeof COLUMNS_BY_FIELD =>
  Object.hasOwn(COLUMNS_BY_FIELD, field);

/** Indices of the orders, which hold what the simple filters ask (a test asserts that each is followed). */
export const INDEX_OF_ORDER: Readonly<Record<keyof typeof COLUMNS_BY_FIELD, string>> = {
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

export interface Conditions {
  readonly where: string;
  readonly values: SqlValue[];
}

/**
 * How the cards of a narrowed list are found: `walk` goes along the order and looks the condition up in an index of its own, `onRow` looks
 * at each row (few are passed over), `gather` begins with those that fit (few fit).
 */
export type Way = 'walk' | 'onRow' | 'gather';

/**
 * The unary plus keeps SQLite from choosing the index of a filter: a list goes along the index of its order, which holds
 * what it is filtered by, and nothing has to be sorted.
 */
export function simpleConditions(filter: CustomerFilter, sort?: string, way: Way = 'walk'): Conditions {
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
export function allConditions(filter: CustomerFilter): Conditions {
  const { conditions = [], ...simple } = filter;
  const { where, values } = simpleConditions(simple);
  const more = conditions.map((condition) => sqlOfCondition(condition, customerColumn(condition.field)));
  return {
    where: [where.replaceAll('+', ''), ...more.map(({ sql }) => sql)].join(' AND '),
    values: [...values, ...more.flatMap(({ values: bound }) => bound)],
  };
}

/** Conditions as sets of ids; one on a column is read from that column's own index, which is a fraction of `customer_listed`. */
export function conditionSets(conditions: readonly ListCondition[], way: Way): Conditions {
  const sets = conditions.map((condition) => {
    const { field } = condition;
    if (!isColumn(field)) return sqlOfCondition(condition, customerColumn(field));
    const fits = sqlOfCondition(condition, { kind: 'column', column: `own.${COLUMNS_BY_FIELD[field]}` });
    const set = `SELECT own.id FROM customer AS own INDEXED BY ${INDEX_OF_ORDER[field]} WHERE ${fits.sql}`;
    return { sql: `customer.id IN (${set})`, values: fits.values };
  });
  return {
    where: sets
      .map(({ sql }) => ` AND ${way === 'walk' ? sql.replace(/^customer\.id IN/, '+customer.id IN') : sql}`)
      .join(''),
    values: sets.flatMap(({ values }) => values),
  };
}

/** Conditions beyond kind, tier and what is shown. */
export const hasConditions = ({ conditions }: CustomerFilter) => conditions !== undefined && conditions.length > 0;

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
