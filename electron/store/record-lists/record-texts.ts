import { recordListOf } from '../../../shared/domain/lists/record-lists.ts';
import type { ListCondition } from '../list-sql.ts';
import type { Reader } from '../sql.ts';
import { RECORD_BOUNDS } from './record-bounds.ts';
import {
  askedCondition,
  baseOf,
  columnOf,
  parentOf,
  type RecordFilter,
  type StoredListName,
  sourceOf,
  type Turn,
} from './record-lists.ts';
import { manyIds } from './record-walks.ts';
import { alongParent } from './record-ways.ts';
import { RowIds } from './row-ids.ts';

/** Rows by a part of a text: the entries of the index that has the texts are looked through, not the rows. */

/** The rows with a text in a column that has an index: its entries alone are looked through, piece by piece. */
export async function* idsWithText(
  sql: Reader,
  { list }: RecordFilter,
  condition: ListCondition,
  turn: Turn,
): AsyncGenerator<readonly number[]> {
  const { sql: column, index } = columnOf(list, condition.field);
  const from = `${baseOf(list)} INDEXED BY ${index}`;
  const fits = askedCondition(list, condition);
  let after = '';
  while (true) {
    // Where very many have one text, they are one piece.
    const upTo = sql.get<{ key: string }>(
      `SELECT ${column} AS key FROM ${from} WHERE ${column} > ? ORDER BY ${column} LIMIT 1 OFFSET ?`,
      after,
      RECORD_BOUNDS.countedOfAPiece,
    )?.key;
    const found = manyIds(
      sql,
      `SELECT ${sourceOf(list).id} AS id FROM ${from} WHERE ${column} > ? AND ${upTo === undefined ? '?' : `${column} <= ?`} AND ${fits.sql}`,
      after,
      upTo ?? 1,
      ...fits.values,
    );
    if (found.length > 0) yield found;
    if (upTo === undefined) return;
    after = upTo;
    await turn();
  }
}

/** Whether a condition is on a part of a text in a column whose index has the rows of the list. */
export const isTextAlong = (list: StoredListName, { field, is }: ListCondition): boolean => {
  const { index } = columnOf(list, field);
  return is === 'contains' && index !== undefined && recordListOf(list).fields.get(field)?.type === 'text';
};

/**
 * The rows that a typed text is in, where each field that it is looked for in has an index, and those of the customers found by it; undefined
 * otherwise. The fields stand in a row with blanks between: a text with a blank may begin in one and end in another.
 */
export async function idsTyped(sql: Reader, filter: RecordFilter, turn: Turn): Promise<RowIds | undefined> {
  const { list, found } = filter;
  const { searched, customerId, parents, id } = sourceOf(list);
  if (found === undefined || found.records !== undefined || found.text.includes(' ') || searched.length === 0)
    return undefined;
  const conditions = searched.map(
    (field): ListCondition => ({ field, type: 'text', is: 'contains', values: [found.text] }),
  );
  const isReached = (condition: ListCondition) =>
    isTextAlong(list, condition) || parentOf(list, condition.field) !== undefined;
  const customer = parents?.['customer'];
  if (!conditions.every(isReached) || (customerId !== undefined && customer === undefined)) return undefined;
  const ids = new RowIds();
  const add = (piece: readonly number[]) => ids.add(piece.filter((one) => !ids.has(one)));
  if (customer !== undefined)
    add(
      manyIds(
        sql,
        `SELECT ${id} AS id FROM json_each(?) AS wanted CROSS JOIN ${customer.from} WHERE customer.id = wanted.value`,
        JSON.stringify(found.customers),
      ),
    );
  for (const condition of conditions)
    if (isTextAlong(list, condition)) for await (const piece of idsWithText(sql, filter, condition, turn)) add(piece);
    else {
      const theirs = await alongParent(sql, list, condition, turn);
      if (theirs === undefined) return undefined;
      add(manyIds(sql, theirs.sql, ...theirs.values));
    }
  return ids;
}
