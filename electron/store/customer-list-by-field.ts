import {
  type CustomerFilter,
  type CustomerOrder,
  conditionSets,
  hasConditions,
  isColumn,
  isOrdered,
  ORDERED_VALUES,
  simpleConditions,
} from './customer-list-filters.ts';
import type { Reader } from './sql.ts';

/** Pages of the list of cards by a field of the form: values are met in their order, and then it is asked whether the list has their cards. */

export interface FieldPage extends CustomerOrder {
  readonly offset: number;
  readonly limit: number;
  /** How many rows the list has, if that is known: its second half is then reached from its end. */
  readonly total?: number | undefined;
}

/** So many values at the top of a field's order are looked at, at first and at most, for cards that the list has. */
const VALUES_AT_FIRST = 400;
const MOST_VALUES = 25_600;
/** So many cards are looked at for ones without a value before it is counted whether there are any. */
const CARDS_AT_FIRST = 5_000;

const along = (down: boolean) => (down ? 'DESC' : 'ASC');

/** The first value of each card that has one, in an index where there is one. */
function valuesOf(field: string): string {
  const { index, holds } = ORDERED_VALUES;
  const from = isOrdered(field) ? `card_value INDEXED BY ${index} WHERE ${holds}` : 'card_value WHERE ordinal = 0';
  return `${from} AND field = ? AND value IS NOT NULL`;
}

/** In an index those that are not sealed are met without looking at a card. */
const UNSEALED =
  "customer_id NOT IN (SELECT id FROM customer INDEXED BY customer_order_status WHERE status = 'sealed')";

/**
 * Ids of a page by a field of the form. Cards without a value stand before all others, downwards behind them.
 * @returns undefined where another way is needed: groups, words searched for, and far from both ends where the list is narrowed or the field
 * has no index
 */
export function idsByFormField(sql: Reader, filter: CustomerFilter, page: FieldPage): number[] | undefined {
  const { sort, descending, group, offset, limit, total } = page;
  if (isColumn(sort) || group !== undefined || filter.ids !== undefined) return undefined;
  if (total === undefined || offset <= total / 2)
    return idsFrom({ sql, filter, sort, down: descending, total }, offset, limit);
  const rows = Math.max(0, Math.min(limit, total - offset));
  return idsFrom({ sql, filter, sort, down: !descending, total }, total - offset - rows, rows)?.reverse();
}

interface Asked {
  readonly sql: Reader;
  readonly filter: CustomerFilter;
  readonly sort: string;
  readonly down: boolean;
  readonly total: number | undefined;
}

function idsFrom(asked: Asked, offset: number, limit: number): number[] | undefined {
  if (!asked.down) {
    const near = idsWithout(asked, offset, limit, idAt(asked.sql, CARDS_AT_FIRST));
    if (near.length === limit) return near;
  }
  const { total } = asked;
  const whole = isWhole(asked.filter) && isOrdered(asked.sort) && total !== undefined;
  if (!whole) return idsOfNarrowed(asked, offset, limit);
  if (asked.down && offset < CARDS_AT_FIRST) {
    const near = indexedIds(asked, offset, limit);
    if (near.length === limit) return near;
  }
  const valued = countIndexed(asked);
  const lacking = total - valued;
  const parts = asked.down
    ? [
        { rows: valued, ids: indexedIds },
        { rows: lacking, ids: idsWithout },
      ]
    : [
        { rows: lacking, ids: idsWithout },
        { rows: valued, ids: indexedIds },
      ];
  let skip = offset;
  const found: number[] = [];
  for (const { rows, ids } of parts) {
    const count = Math.min(limit - found.length, Math.max(0, rows - skip));
    if (count > 0) found.push(...ids(asked, skip, count));
    skip = Math.max(0, skip - rows);
  }
  return found;
}

/** Where nobody knows how many have a value, one of the two parts must have the page, or begin it. */
function idsOfNarrowed(asked: Asked, offset: number, limit: number): number[] | undefined {
  const [first, second] = asked.down ? [joinedIds, idsWithout] : [idsWithout, joinedIds];
  const begun = first(asked, offset, limit);
  if (begun === undefined || (begun.length === 0 && offset > 0)) return undefined;
  if (begun.length === limit || offset + begun.length === asked.total) return begun;
  const rest = second(asked, 0, limit - begun.length);
  return rest === undefined ? undefined : [...begun, ...rest];
}

const isWhole = (filter: CustomerFilter): boolean =>
  filter.show === 'all' && filter.kind === undefined && filter.tier === undefined && !hasConditions(filter);

/** Of the whole list, along the index of the values. */
function indexedIds({ sql, sort, down }: Asked, from: number, count: number): number[] {
  return idsIn(
    sql.all(
      `SELECT customer_id AS id FROM ${valuesOf(sort)} AND ${UNSEALED}
       ORDER BY value ${along(down)}, customer_id ${along(down)} LIMIT ? OFFSET ?`,
      sort,
      count,
      from,
    ),
  );
}

const countIndexed = ({ sql, sort }: Asked): number =>
  sql.get<{ n: number }>(
    `SELECT (SELECT count(*) FROM ${valuesOf(sort)}) - (SELECT count(*) FROM customer INDEXED BY customer_order_status
       WHERE status = 'sealed' AND EXISTS (SELECT 1 FROM card_value WHERE field = ? AND customer_id = customer.id AND ordinal = 0)) AS n`,
    sort,
    sort,
  )?.n ?? 0;

const idsIn = (rows: readonly unknown[]): number[] => (rows as { id: number | null }[]).flatMap(({ id }) => id ?? []);

function restOf(filter: CustomerFilter) {
  const simple = simpleConditions(filter);
  const each = conditionSets(filter.conditions ?? [], 'onRow');
  return { where: `${simple.where}${each.where}`, values: [...simple.values, ...each.values] };
}

/** Of a narrowed list: values are taken from the top until enough of their cards belong to it. */
function joinedIds({ sql, filter, sort, down }: Asked, from: number, count: number): number[] | undefined {
  const { where, values } = restOf(filter);
  for (let looked = from + count + VALUES_AT_FIRST; looked <= MOST_VALUES; looked *= 4) {
    const found = sql.all(
      `SELECT customer.id FROM (SELECT customer_id, row_number() OVER () AS place FROM
         (SELECT customer_id FROM ${valuesOf(sort)} ORDER BY value ${along(down)}, customer_id ${along(down)} LIMIT ?)) AS top
       LEFT JOIN customer ON customer.id = top.customer_id ${where.replace('WHERE', 'AND')} ORDER BY top.place`,
      sort,
      looked,
      ...values,
    );
    const ids = idsIn(found);
    if (ids.length >= from + count || found.length < looked) return ids.slice(from, from + count);
  }
  return undefined;
}

/** Cards of the list without a value, met along the list itself. */
function idsWithout(asked: Asked, from: number, count: number, upTo = Number.MAX_SAFE_INTEGER): number[] {
  const { sql, filter, sort, down } = asked;
  const { where, values } = restOf(filter);
  return idsIn(
    sql.all(
      `SELECT id FROM customer INDEXED BY customer_listed ${where} AND id <= ? AND NOT EXISTS
         (SELECT 1 FROM card_value WHERE field = ? AND customer_id = customer.id AND ordinal = 0 AND value IS NOT NULL)
       ORDER BY id ${along(down)} LIMIT ? OFFSET ?`,
      ...values,
      upTo,
      sort,
      count,
      from,
    ),
  );
}

/** Id of the last of the first so many cards. */
const idAt = (sql: Reader, cards: number): number | undefined =>
  sql.get<{ id: number }>('SELECT id FROM customer INDEXED BY customer_listed ORDER BY id LIMIT 1 OFFSET ?', cards - 1)
    ?.id;
