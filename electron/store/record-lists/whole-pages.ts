import type { Reader, SqlValue } from '../sql.ts';
import {
  baseOf,
  columnOf,
  orderTerms,
  parentOf,
  type RecordFilter,
  type RecordOrder,
  type StoredListName,
  sourceOf,
  whereOf,
} from './record-lists.ts';
import { manyIds } from './record-walks.ts';

/** Pages of whole lists, along the index of their order. */

type Order = Omit<RecordOrder, 'group'>;

/** A page of the whole list, its rows counted along the index of the order. */
export function idsOfWhole(
  sql: Reader,
  filter: RecordFilter,
  order: Order,
  total: number,
  skipped: number,
  rows: number,
): number[] {
  const { list } = filter;
  const parent = parentOf(list, order.sort);
  const { index } = columnOf(list, order.sort);
  const { where } = whereOf(list, []);
  const id = sourceOf(list).id;
  const along = order.descending ? 'DESC' : 'ASC';
  const rowsAlong = index === undefined ? baseOf(list) : `${baseOf(list)} INDEXED BY ${index}`;
  if (parent === undefined) return page(sql, rowsAlong, where, orderTerms(list, order), id, skipped, rows);
  const terms = `${columnOf(list, order.sort).sql} ${along}, ${parent.id} ${along}, ${id} ${along}`;
  const withParent = (skip: number, count: number) =>
    parent.few === true
      ? idsOfParents(sql, list, parent, order, skip, count)
      : page(sql, parent.from, where, terms, id, skip, count);
  if (parent.without === undefined) return withParent(skipped, rows);
  const without = `${where === '' ? 'WHERE' : `${where} AND`} ${parent.without}`;
  const alone = (skip: number, count: number) => page(sql, baseOf(list), without, `${id} ${along}`, id, skip, count);
  const having = sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${parent.from} ${where}`)?.n ?? 0;
  const parts = [
    { has: total - having, ids: alone },
    { has: having, ids: withParent },
  ];
  const found: number[] = [];
  let skip = skipped;
  for (const { has, ids } of order.descending ? parts.toReversed() : parts) {
    const count = Math.min(rows - found.length, Math.max(0, has - skip));
    if (count > 0) found.push(...ids(skip, count));
    skip = Math.max(0, skip - has);
  }
  return found;
}

/** Of few parents, one after the other in their order: an index has the rows of each. */
function idsOfParents(
  sql: Reader,
  list: StoredListName,
  { table, from, id: parent }: NonNullable<ReturnType<typeof parentOf>>,
  order: Order,
  skipped: number,
  rows: number,
): number[] {
  const along = order.descending ? 'DESC' : 'ASC';
  const { id } = sourceOf(list);
  const terms = `${columnOf(list, order.sort).sql} ${along}, ${parent} ${along}`;
  const found: number[] = [];
  let skip = skipped;
  for (const one of manyIds(sql, `SELECT ${parent} AS id FROM ${table} ORDER BY ${terms}`)) {
    if (found.length >= rows) break;
    const own = page(sql, from, `WHERE ${parent} = ?`, `${id} ${along}`, id, skip, rows - found.length, [one]);
    found.push(...own);
    if (own.length > 0) skip = 0;
    else skip -= sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${from} WHERE ${parent} = ?`, one)?.n ?? 0;
  }
  return found;
}

/** Ids of so many rows of a statement behind others. */
export function page(
  sql: Reader,
  from: string,
  where: string,
  terms: string,
  id: string,
  skip: number,
  count: number,
  values: readonly SqlValue[] = [],
): number[] {
  return manyIds(
    sql,
    `SELECT ${id} AS id FROM ${from} ${where} ORDER BY ${terms} LIMIT ? OFFSET ?`,
    ...values,
    count,
    skip,
  );
}
