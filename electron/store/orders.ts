import { daySpans, ROWS_AT_ONCE } from './day-spans.ts';
import { compareAtoms } from './record-lists/record-figures.ts';
import type { Reader, SqlValue, Writer } from './sql.ts';

/** Contracts and orders with their lines (D2), and the products they name. */

export interface OrderRow {
  readonly id: number;
  readonly customer_id: number;
  readonly order_number: string;
  readonly date: string;
  readonly description: string;
  readonly kind: 'order' | 'contract' | 'framework';
  readonly export: number;
  readonly state: 'open' | 'completed' | 'cancelled';
  readonly currency: string;
  readonly amount: number;
  readonly settlement: string;
  readonly payment_due: string | null;
  readonly delivery_due: string | null;
  readonly valid_until: string | null;
  readonly staff_id: number | null;
  readonly note: string;
  readonly import_id: number | null;
  readonly recorded_at: string;
  readonly recorded_by: string;
  readonly revision: number;
}
export interface OrderView extends OrderRow {
  readonly customer_number: string;
  readonly customer_name: string;
  readonly staff_name: string;
  readonly lines: number;
  readonly paid: number;
  readonly over_limit: '' | 'held' | 'released';
  readonly released_by: string;
  readonly release_reason: string;
}
export interface OrderLineRow {
  readonly line: number;
  readonly product_id: number;
  readonly quantity: number;
  readonly unit: string;
  readonly unit_price: number | null;
  readonly amount: number;
}
export interface OrderLineView extends OrderLineRow {
  readonly product: string;
  readonly product_group: string;
}

const COLUMNS = [
  'customer_id',
  'order_number',
  'date',
  'description',
  'kind',
  'export',
  'state',
  'currency',
  'amount',
  'settlement',
  'payment_due',
  'delivery_due',
  'valid_until',
  'staff_id',
  'note',
  'import_id',
  'recorded_at',
  'recorded_by',
  'revision',
] as const satisfies readonly (keyof Omit<OrderRow, 'id'>)[];
type NewOrder = Omit<OrderRow, 'id'>;
const pick = (row: NewOrder): Record<string, SqlValue> =>
  Object.fromEntries(COLUMNS.map((column) => [column, row[column]]));
const INSERT = `INSERT INTO customer_order (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((column) => `:${column}`).join(', ')})`;
const UPDATE = `UPDATE customer_order SET ${COLUMNS.map((column) => `${column} = :${column}`).join(', ')} WHERE id = :id`;

const SHOWN = `SELECT customer_order.*, customer.number AS customer_number, customer.name AS customer_name,
    coalesce(staff.name, '') AS staff_name,
    (SELECT count(*) FROM order_line WHERE order_id = customer_order.id) AS lines,
    (SELECT coalesce(sum(amount), 0) FROM receipt WHERE order_id = customer_order.id AND receipt.currency = customer_order.currency) AS paid,
    coalesce(order_over_limit.state, '') AS over_limit, coalesce(order_over_limit.released_by, '') AS released_by,
    coalesce(order_over_limit.reason, '') AS release_reason
  FROM customer_order JOIN customer ON customer.id = customer_order.customer_id
  LEFT JOIN order_over_limit ON order_over_limit.order_id = customer_order.id
  LEFT JOIN staff ON staff.id = customer_order.staff_id`;

export function findOrder(sql: Reader, id: number): OrderView | undefined {
  return sql.get<OrderView>(`${SHOWN} WHERE customer_order.id = ?`, id);
}
export function findOrderByNumber(sql: Reader, customerId: number, orderNumber: string): OrderRow | undefined {
  return sql.get<OrderRow>(
    'SELECT * FROM customer_order WHERE customer_id = ? AND order_number = ?',
    customerId,
    orderNumber,
  );
}
export function insertOrder(sql: Writer, row: NewOrder): number {
  return Number(sql.run(INSERT, pick(row)).lastInsertRowid);
}
export function updateOrder(sql: Writer, row: OrderRow): void {
  sql.run(UPDATE, { ...pick(row), id: row.id });
}
export function deleteOrder(sql: Writer, id: number): void {
  sql.run('DELETE FROM order_line WHERE order_id = ?', id);
  sql.run('DELETE FROM customer_order WHERE id = ?', id);
}
/** Papers, deliveries, receipts and returns that name an order. */
export function namesOfOrder(sql: Reader, id: number): number {
  return (
    sql.get<{ n: number }>(
      `SELECT (SELECT count(*) FROM paper WHERE export_order_id = :id) + (SELECT count(*) FROM delivery WHERE order_id = :id)
         + (SELECT count(*) FROM receipt WHERE order_id = :id) + (SELECT count(*) FROM returned_goods WHERE order_id = :id) AS n`,
      { id },
    )?.n ?? 0
  );
}

export function linesOfOrder(sql: Reader, orderId: number): OrderLineView[] {
  return sql.all<OrderLineView>(
    `SELECT line, product_id, quantity, unit, unit_price, amount, product.name AS product, product.product_group
     FROM order_line JOIN product ON product.id = order_line.product_id WHERE order_id = ? ORDER BY line`,
    orderId,
  );
}
/** Replaces the lines of an order; `counted` is whether the order is a sale at all. */
export function setLines(
  sql: Writer,
  order: Pick<OrderRow, 'id' | 'customer_id' | 'date' | 'currency'>,
  counted: boolean,
  lines: readonly OrderLineRow[],
): void {
  sql.run('DELETE FROM order_line WHERE order_id = ?', order.id);
  for (const line of lines)
    sql.run(
      `INSERT INTO order_line (order_id, line, customer_id, date, currency, counted, product_id, quantity, unit, unit_price, amount)
       VALUES (:order_id, :line, :customer_id, :date, :currency, :counted, :product_id, :quantity, :unit, :unit_price, :amount)`,
      {
        order_id: order.id,
        customer_id: order.customer_id,
        date: order.date,
        currency: order.currency,
        counted: counted ? 1 : 0,
        line: line.line,
        product_id: line.product_id,
        quantity: line.quantity,
        unit: line.unit,
        unit_price: line.unit_price,
        amount: line.amount,
      },
    );
}

/** The product of a name and group, entered when it is new. */
export function productId(sql: Writer, name: string, productGroup: string): number {
  const known = sql.get<{ id: number }>(
    'SELECT id FROM product WHERE name = ? AND product_group = ?',
    name,
    productGroup,
  );
  if (known !== undefined) return known.id;
  return Number(sql.run('INSERT INTO product (name, product_group) VALUES (?, ?)', name, productGroup).lastInsertRowid);
}
export function listProducts(sql: Reader): { product: string; productGroup: string }[] {
  return sql.all(
    'SELECT name AS product, product_group AS productGroup FROM product ORDER BY product_group, name LIMIT 5000',
  );
}

export type DealingTable = 'customer_order' | 'delivery' | 'receipt' | 'returned_goods';
export interface DealingFilter {
  readonly customerId?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
export interface CurrencyTotal {
  readonly currency: string;
  readonly amount: number;
  readonly records: number;
}
/** Conditions that a table's index of (customer, date) or of (date) serves. */
export function dealingWhere(table: string, filter: DealingFilter, more: Readonly<Record<string, string | undefined>>) {
  const conditions: string[] = [];
  const params: Record<string, SqlValue> = {};
  if (filter.customerId !== undefined) {
    conditions.push(`${table}.customer_id = :customer`);
    params['customer'] = filter.customerId;
  }
  if (filter.from !== undefined) {
    conditions.push(`${table}.date >= :from`);
    params['from'] = filter.from;
  }
  if (filter.to !== undefined) {
    conditions.push(`${table}.date <= :to`);
    params['to'] = filter.to;
  }
  for (const [column, value] of Object.entries(more))
    if (value !== undefined) {
      conditions.push(`${table}.${column} = :${column}`);
      params[column] = value;
    }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, params };
}

/** Sums by currency of what a filter leaves; the number of rows is the sum of `records`. Read in pieces, those of one customer at one go. */
export function* dealingTotals(
  sql: Reader,
  table: DealingTable,
  filter: DealingFilter,
  more: Readonly<Record<string, string | undefined>>,
  atOnce = ROWS_AT_ONCE,
): Generator<undefined, CurrencyTotal[]> {
  const totals = new Map<string, CurrencyTotal>();
  for (const days of filter.customerId === undefined ? daySpans(sql, table, filter, atOnce) : [filter]) {
    const { where, params } = dealingWhere(table, { ...filter, ...days }, more);
    for (const { currency, amount, records } of sql.all<CurrencyTotal>(
      `SELECT currency, sum(amount) AS amount, count(*) AS records FROM ${table} ${where} GROUP BY currency`,
      params,
    )) {
      const later = totals.get(currency);
      totals.set(currency, {
        currency,
        amount: amount + (later?.amount ?? 0),
        records: records + (later?.records ?? 0),
      });
    }
    yield;
  }
  return [...totals.values()].sort((a, b) => compareAtoms(a.currency, b.currency));
}

export function listOrders(
  sql: Reader,
  filter: DealingFilter & { readonly state?: OrderRow['state'] | undefined },
  offset: number,
  limit: number,
): OrderView[] {
  const { where, params } = dealingWhere('customer_order', filter, { state: filter.state });
  return sql.all<OrderView>(
    `${SHOWN} ${where} ORDER BY customer_order.date DESC, customer_order.id DESC LIMIT :limit OFFSET :offset`,
    { ...params, limit, offset },
  );
}
