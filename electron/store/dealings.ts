import type { Balance, DealingsToCount } from '../../shared/domain/dealings/receivables.ts';
import { insertRows } from './insert-rows.ts';
import { type DealingFilter, dealingWhere } from './orders.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/** Deliveries (D4), receipts (D3), returns (D5), and what follows from them: what is owed. */

interface Recorded {
  readonly id: number;
  readonly customer_id: number;
  readonly number: string;
  readonly date: string;
  readonly order_id: number | null;
  readonly currency: string;
  readonly amount: number;
  readonly staff_id: number | null;
  readonly note: string;
  readonly import_id: number | null;
  readonly recorded_at: string;
  readonly recorded_by: string;
  readonly revision: number;
}
interface WithGoods {
  readonly line: number;
  readonly product_id: number | null;
  readonly quantity: number;
  readonly unit: string;
}
export interface DeliveryRow extends Recorded, WithGoods {
  readonly direction: 'out' | 'in';
  readonly specification: string;
  readonly payment_due: string;
}
export interface ReceiptRow extends Recorded {
  readonly means: string;
}
export interface ReturnRow extends Recorded, WithGoods {
  readonly kind: string;
  readonly decision: 'pending' | 'accepted' | 'partly' | 'declined';
  readonly responsible: string;
  readonly cause: string;
}
interface Shown {
  readonly customer_number: string;
  readonly customer_name: string;
  readonly staff_name: string;
  readonly order_number: string;
}
interface ShownGoods {
  readonly product: string;
  readonly product_group: string;
}
export type DeliveryView = DeliveryRow & Shown & ShownGoods;
export type ReceiptView = ReceiptRow & Shown;
export type ReturnView = ReturnRow & Shown & ShownGoods;

const RECORDED = [
  'customer_id',
  'number',
  'date',
  'order_id',
  'currency',
  'amount',
  'staff_id',
  'note',
  'import_id',
  'recorded_at',
  'recorded_by',
  'revision',
] as const;
const GOODS = ['line', 'product_id', 'quantity', 'unit'] as const;

/** One table of dealings: how it is listed, written and removed. */
export interface DealingTable<Row extends Recorded, View extends Row> {
  readonly table: 'delivery' | 'receipt' | 'returned_goods';
  find(sql: Reader, id: number): View | undefined;
  /** The rows of one document number of a customer. */
  byNumber(sql: Reader, customerId: number, number: string): Row[];
  insert(sql: Writer, row: Omit<Row, 'id'>): number;
  update(sql: Writer, row: Row): void;
  remove(sql: Writer, id: number): void;
  list(
    sql: Reader,
    filter: DealingFilter,
    more: Readonly<Record<string, string | undefined>>,
    offset: number,
    limit: number,
  ): View[];
}

function dealingTable<Row extends Recorded, View extends Row>(
  table: DealingTable<Row, View>['table'],
  own: readonly (keyof Row & string)[],
  withGoods: boolean,
): DealingTable<Row, View> {
  const columns: readonly (keyof Row & string)[] = [...RECORDED, ...own];
  const pick = (row: Omit<Row, 'id'>) =>
    Object.fromEntries(columns.map((column) => [column, row[column as keyof Omit<Row, 'id'>] as SqlValue]));
  const shown = `SELECT ${table}.*, customer.number AS customer_number, customer.name AS customer_name,
      coalesce(staff.name, '') AS staff_name, coalesce(customer_order.order_number, '') AS order_number
      ${withGoods ? ", coalesce(product.name, '') AS product, coalesce(product.product_group, '') AS product_group" : ''}
    FROM ${table} JOIN customer ON customer.id = ${table}.customer_id
    LEFT JOIN staff ON staff.id = ${table}.staff_id
    LEFT JOIN customer_order ON customer_order.id = ${table}.order_id
    ${withGoods ? `LEFT JOIN product ON product.id = ${table}.product_id` : ''}`;
  const insertText = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`;
  const updateText = `UPDATE ${table} SET ${columns.map((column) => `${column} = :${column}`).join(', ')} WHERE id = :id`;
  return {
    table,
    find: (sql, id) => sql.get<View>(`${shown} WHERE ${table}.id = ?`, id),
    byNumber: (sql, customerId, number) =>
      sql.all<Row>(`SELECT * FROM ${table} WHERE customer_id = ? AND number = ?`, customerId, number),
    insert: (sql, row) => Number(sql.run(insertText, pick(row)).lastInsertRowid),
    update: (sql, row) => void sql.run(updateText, { ...pick(row), id: row.id }),
    remove: (sql, id) => void sql.run(`DELETE FROM ${table} WHERE id = ?`, id),
    list(sql, filter, more, offset, limit) {
      const { where, params } = dealingWhere(table, filter, more);
      return sql.all<View>(
        `${shown} ${where} ORDER BY ${table}.date DESC, ${table}.id DESC LIMIT :limit OFFSET :offset`,
        { ...params, limit, offset },
      );
    },
  };
}

export const deliveryTable = dealingTable<DeliveryRow, DeliveryView>(
  'delivery',
  [...GOODS, 'direction', 'specification', 'payment_due'],
  true,
);
export const receiptTable = dealingTable<ReceiptRow, ReceiptView>('receipt', ['means'], false);
export const returnTable = dealingTable<ReturnRow, ReturnView>(
  'returned_goods',
  [...GOODS, 'kind', 'decision', 'responsible', 'cause'],
  true,
);

/** Everything of a customer that the balance is drawn from, by currency. */
export function dealingsToCount(sql: Reader, customerId: number): Map<string, DealingsToCount> {
  type Lists = { [Key in keyof DealingsToCount]: DealingsToCount[Key][number][] };
  const byCurrency = new Map<string, Lists>();
  const of = (currency: string): Lists => {
    const known = byCurrency.get(currency);
    if (known !== undefined) return known;
    const lists: Lists = { orders: [], deliveries: [], receipts: [], returns: [] };
    byCurrency.set(currency, lists);
    return lists;
  };
  type Tagged<T> = T & { readonly currency: string };
  for (const { currency, ...order } of sql.all<Tagged<Lists['orders'][number]>>(
    `SELECT id, order_number AS number, date, kind, state, amount, coalesce(payment_due, date) AS paymentDue, currency
     FROM customer_order WHERE customer_id = ? AND currency <> '' ORDER BY date, id`,
    customerId,
  ))
    of(currency).orders.push(order);
  for (const { currency, ...delivery } of sql.all<Tagged<Lists['deliveries'][number]>>(
    `SELECT id, number, date, direction, order_id AS orderId, amount, payment_due AS paymentDue, currency
     FROM delivery WHERE customer_id = ? ORDER BY date, id`,
    customerId,
  ))
    of(currency).deliveries.push(delivery);
  for (const { currency, ...receipt } of sql.all<Tagged<Lists['receipts'][number]>>(
    'SELECT amount, order_id AS orderId, currency FROM receipt WHERE customer_id = ? ORDER BY date, id',
    customerId,
  ))
    of(currency).receipts.push(receipt);
  for (const { currency, ...credit } of sql.all<Tagged<Lists['returns'][number]>>(
    `SELECT amount, order_id AS orderId, currency FROM returned_goods
     WHERE customer_id = ? AND decision IN ('accepted', 'partly') ORDER BY date, id`,
    customerId,
  ))
    of(currency).returns.push(credit);
  return byCurrency;
}

export interface BalanceRow {
  readonly currency: string;
  readonly orders: number;
  readonly ordered: number;
  readonly received: number;
  readonly returned: number;
  readonly receivable: number;
  readonly prepaid: number;
  readonly undelivered: number;
  readonly last_order_on: string | null;
  readonly last_receipt_on: string | null;
}

/** Writes what is owed anew; the balances of a customer and their open items are never changed otherwise. */
export function setBalances(sql: Writer, customerId: number, balances: ReadonlyMap<string, Balance>): void {
  setReceivables(sql, customerId, balances);
  sql.run('DELETE FROM customer_balance WHERE customer_id = ?', customerId);
  for (const [currency, balance] of balances) {
    sql.run(
      `INSERT INTO customer_balance (customer_id, currency, orders, ordered, received, returned, receivable, prepaid, undelivered, last_order_on, last_receipt_on)
       VALUES (:customer, :currency,
         (SELECT count(*) FROM customer_order WHERE customer_id = :customer AND currency = :currency AND state <> 'cancelled' AND kind <> 'framework'),
         :ordered, :received, :returned, :receivable, :prepaid, :undelivered,
         (SELECT max(date) FROM customer_order WHERE customer_id = :customer AND currency = :currency AND state <> 'cancelled'),
         (SELECT max(date) FROM receipt WHERE customer_id = :customer AND currency = :currency))`,
      {
        customer: customerId,
        currency,
        ordered: balance.ordered,
        received: balance.received,
        returned: balance.returned,
        receivable: balance.receivable,
        prepaid: balance.prepaid,
        undelivered: balance.undelivered,
      },
    );
  }
}

const ITEM = ['number', 'date', 'due', 'amount', 'open'] as const;

/** Only what differs is written: of many open items a payment changes one or two, and each stands in sums of its own (migration 0580). */
function setReceivables(sql: Writer, customerId: number, balances: ReadonlyMap<string, Balance>): void {
  const stored = new Map(
    sql
      .all<ReceivableRow & { id: number }>('SELECT * FROM receivable WHERE customer_id = ?', customerId)
      .map((row) => [`${row.source} ${row.source_id} ${row.currency}`, row]),
  );
  const added: SqlValue[][] = [];
  for (const [currency, { receivables }] of balances)
    for (const item of receivables) {
      const key = `${item.source} ${item.sourceId} ${currency}`;
      const row = stored.get(key);
      stored.delete(key);
      if (row === undefined)
        added.push([customerId, item.source, item.sourceId, currency, ...ITEM.map((column) => item[column])]);
      else if (ITEM.some((column) => row[column] !== item[column]))
        sql.run(
          `UPDATE receivable SET ${ITEM.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
          ...ITEM.map((column) => item[column]),
          row.id,
        );
    }
  for (const { id } of stored.values()) sql.run('DELETE FROM receivable WHERE id = ?', id);
  insertRows(
    sql,
    `INSERT OR FAIL INTO receivable (customer_id, source, source_id, currency, ${ITEM.join(', ')})`,
    added,
  );
}

export function balancesOf(sql: Reader, customerId: number): BalanceRow[] {
  return sql.all<BalanceRow>('SELECT * FROM customer_balance WHERE customer_id = ? ORDER BY currency', customerId);
}

export interface ReceivableRow {
  readonly source: 'order' | 'delivery';
  readonly source_id: number;
  readonly number: string;
  readonly date: string;
  readonly due: string;
  readonly currency: string;
  readonly amount: number;
  readonly open: number;
}
export function receivablesOf(sql: Reader, customerId: number): ReceivableRow[] {
  return sql.all<ReceivableRow>(
    'SELECT * FROM receivable WHERE customer_id = ? ORDER BY due, date, source_id',
    customerId,
  );
}

/** The currency in which a customer deals: of the newest order or receipt. */
export function usualCurrency(sql: Reader, customerId: number): string | undefined {
  return sql.get<{ currency: string }>(
    `SELECT currency FROM customer_order WHERE customer_id = ? AND currency <> '' ORDER BY date DESC, id DESC LIMIT 1`,
    customerId,
  )?.currency;
}

export interface RateRow {
  readonly currency: string;
  readonly from_day: string;
  readonly rate_millionths: number;
}
export function listRates(sql: Reader): RateRow[] {
  return sql.all<RateRow>('SELECT * FROM exchange_rate ORDER BY currency, from_day DESC');
}
export function setRate(sql: Writer, row: RateRow): void {
  sql.run(
    `INSERT INTO exchange_rate (currency, from_day, rate_millionths) VALUES (:currency, :from_day, :rate_millionths)
     ON CONFLICT (currency, from_day) DO UPDATE SET rate_millionths = excluded.rate_millionths`,
    { ...row },
  );
}
export function removeRate(sql: Writer, currency: string, fromDay: string): void {
  sql.run('DELETE FROM exchange_rate WHERE currency = ? AND from_day = ?', currency, fromDay);
}
