import { isPurchaseField } from '../../shared/domain/lists/customer-list.ts';
import type { CustomerRow } from './customers.ts';
import { denied, type ListColumn, type ListCondition, sqlOfCondition } from './list-sql.ts';
import { ORDERED_FIELDS } from './migrations/0650-ordered-values.ts';
import { IS_ORDERED } from './migrations/0660-ordered-values-tested.ts';
import { cardOfRow, countNames, namesQuery } from './search-names.ts';
import type { Reader, SqlValue } from './sql.ts';

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
  readonly conditions?: readonly CustomerCondition[] | undefined;
}

export interface CustomerCondition extends ListCondition {
  /** Query of the search index that finds at least the cards whose name has the text (`withNamesFromIndex`). */
  readonly inIndex?: string | undefined;
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

const ORDERED = new Set<string>(ORDERED_FIELDS);
/** Whether the values of a field of the form stand in an index in their order (migrations 650, 660). */
export const isOrdered = (field: string): boolean => ORDERED.has(field);
export const ORDERED_VALUES = { index: 'card_value_ordered', holds: IS_ORDERED } as const;

/** Where a field's value stands: a column of the row, or the rows of `card_value`. */
export function customerColumn(field: string): ListColumn {
  return isColumn(field)
    ? { kind: 'column', column: `customer.${COLUMNS_BY_FIELD[field]}`, typed: true }
    : {
        kind: 'values',
        table: isPurchaseField(field) ? 'customer_purchase' : 'card_value',
        key: 'customer_id',
        record: 'customer.id',
        ordered: isOrdered(field) ? ORDERED_VALUES : undefined,
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

/** The cards of which a condition holds as a statement that answers their ids; one on a column is read from that column's own index. */
function setOf(condition: CustomerCondition, field: keyof typeof COLUMNS_BY_FIELD): Conditions {
  const { inIndex } = condition;
  if (inIndex !== undefined) {
    const { sql, values } = sqlOfCondition(condition, { kind: 'column', column: 'own.name', typed: true });
    return {
      where: `SELECT own.id FROM ${foundByName('own', 'customer_title')} AND ${sql}`,
      values: [inIndex, ...values],
    };
  }
  const fits = sqlOfCondition(condition, { kind: 'column', column: `own.${COLUMNS_BY_FIELD[field]}`, typed: true });
  return {
    where: `SELECT own.id FROM customer AS own INDEXED BY ${INDEX_OF_ORDER[field]} WHERE ${fits.sql}`,
    values: fits.values,
  };
}

/** Cards by a query of the search index that is bound first, each then looked up in an index by its id. */
export const foundByName = (alias: string, index: string): string =>
  `search_index CROSS JOIN customer AS ${alias} INDEXED BY ${index} ON ${alias}.id = ${cardOfRow('search_index.rowid')}
   WHERE search_index MATCH ?`;

/** Conditions as sets of ids, or asked of one row after the other. */
export function conditionSets(conditions: readonly CustomerCondition[], way: Way): Conditions {
  const parts = conditions.map((condition): Conditions => {
    const { field } = condition;
    const column = customerColumn(field);
    if (!isColumn(field) || way === 'onRow') {
      const each = column.kind === 'values' && column.table === 'card_value' && way === 'onRow';
      const { sql, values } = sqlOfCondition(condition, each ? { ...column, each: true } : column);
      return { where: sql, values };
    }
    const opposite = denied(condition);
    const set = setOf(opposite ?? condition, field);
    return { where: `customer.id ${opposite === undefined ? '' : 'NOT '}IN (${set.where})`, values: set.values };
  });
  return {
    where: parts
      .map(({ where }) => ` AND ${way === 'walk' ? where.replace(/^customer\.id/, '+customer.id') : where}`)
      .join(''),
    values: parts.flatMap(({ values }) => values),
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

/** Of so many cards one may have the text in its name: beyond it reading all names along their index is sooner done. */
const ONE_OF_NAMES = 12;

/** Conditions on a part of a name with the query that finds it in the search index, where few names have it. */
export function withNamesFromIndex(
  sql: Reader,
  conditions: readonly ListCondition[],
  cards: number,
): readonly CustomerCondition[] {
  return conditions.map((condition) => {
    const { field, is, values } = condition;
    if (field !== 'name' || (is !== 'contains' && is !== 'containsNot')) return condition;
    const inIndex = namesQuery(String(values[0]));
    const most = Math.floor(cards / ONE_OF_NAMES);
    return inIndex === undefined || countNames(sql, inIndex, most + 1) > most ? condition : { ...condition, inIndex };
  });
}
