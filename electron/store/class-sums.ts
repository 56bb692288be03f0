import { CLASS_COLUMNS } from './customer-classes.ts';
import { insertRows } from './insert-rows.ts';
import type { SqlValue, Writer } from './sql.ts';

/** Sums by class of the customers, kept in `class_sum` (migration 0580). */

/** What waits, of one customer: a month's sales, a day's dues, what is owed, the limit, the card itself. */
interface Pending {
  readonly customer: number;
  readonly what: string;
  readonly at: string;
  readonly currency: string;
  readonly amount: number;
}
/** What is gained by all together: of each class, in the order of CLASS_COLUMNS, by its value. */
interface Gain extends Pick<Pending, 'what' | 'at' | 'currency'> {
  readonly classes: readonly Map<string, number>[];
}

/** The classes of the customers for whom something waits, in the order of CLASS_COLUMNS. */
function classesWaiting(sql: Writer): Map<number, readonly string[]> {
  const classes = new Map<number, readonly string[]>();
  for (const row of sql.iterate<Record<string, string | number>>(
    `SELECT customer_id, ${CLASS_COLUMNS.map(([, column]) => column).join(', ')} FROM customer_class
     WHERE customer_id IN (SELECT customer_id FROM class_pending)`,
  ))
    classes.set(
      Number(row['customer_id']),
      CLASS_COLUMNS.map(([, column]) => String(row[column])),
    );
  return classes;
}

function gainsOf(sql: Writer): readonly Gain[] {
  const gains = new Map<string, Gain>();
  const classesOf = classesWaiting(sql);
  for (const { customer, what, at, currency, amount } of sql.iterate<Pending>(
    'SELECT customer_id AS customer, what, at, currency, amount FROM class_pending WHERE amount <> 0',
  )) {
    const classes = classesOf.get(customer);
    // A card that has gone since took its part of the sums along.
    if (classes === undefined) continue;
    const key = `${what} ${at} ${currency}`;
    let gain = gains.get(key);
    if (gain === undefined) {
      gain = { what, at, currency, classes: classes.map(() => new Map()) };
      gains.set(key, gain);
    }
    for (const [index, value] of classes.entries()) {
      const values = gain.classes[index];
      values?.set(value, (values.get(value) ?? 0) + amount);
    }
  }
  return [...gains.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, gain]) => gain);
}

/**
 * Adds to the sums what waits since the last time: called at the end of every transaction. Gathered here first, since the rows of an import
 * fall into few classes, and written in the order of the table.
 */
export function settleClassSums(sql: Writer): void {
  if (sql.get('SELECT 1 FROM class_pending LIMIT 1') === undefined) return;
  const gains = gainsOf(sql);
  for (const [index, [field]] of CLASS_COLUMNS.entries()) {
    const rows: SqlValue[][] = [];
    for (const { what, at, currency, classes } of gains)
      for (const [value, amount] of classes[index] ?? [])
        if (amount !== 0) rows.push([what, field, at, value, currency, amount]);
    insertRows(
      sql,
      'INSERT OR FAIL INTO class_sum (what, class, at, value, currency, amount)',
      rows,
      'ON CONFLICT DO UPDATE SET amount = amount + excluded.amount',
    );
  }
  sql.run('DELETE FROM class_pending');
  sql.run('DELETE FROM class_sum WHERE amount = 0');
}
