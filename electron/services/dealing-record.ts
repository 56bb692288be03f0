import { balanceOf } from '../../shared/domain/dealings/receivables.ts';
import { lineAmount } from '../../shared/domain/money.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addDays } from '../../shared/util/days.ts';
import { type CustomerRow, findCustomerById } from '../store/customers.ts';
import {
  type DeliveryRow,
  dealingsToCount,
  deliveryTable,
  type ReceiptRow,
  type ReturnRow,
  receiptTable,
  returnTable,
  setBalances,
  usualCurrency,
} from '../store/dealings.ts';
import { takeSequence } from '../store/number-sequence.ts';
import {
  findOrderByNumber,
  insertOrder,
  linesOfOrder,
  type OrderRow,
  productId,
  setLines,
  updateOrder,
} from '../store/orders.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { baseCurrency } from './base-currency.ts';
import type { CommandContext } from './context.ts';
import { recountStanding } from './credit-facts.ts';
import { valuesOf } from './customer-record.ts';
import { recountDossier } from './paper-record.ts';
import { todayOf } from './today.ts';

/** Orders, deliveries, receipts and returns as they are written, whether typed or brought in from a table. */

export interface LineDraft {
  readonly product: string;
  readonly productGroup: string;
  /** Thousandths of the unit. */
  readonly quantity: number;
  readonly unit: string;
  readonly unitPrice: number | null;
  readonly amount: number;
}
export type OrderDraft = Omit<
  OrderRow,
  'id' | 'customer_id' | 'import_id' | 'recorded_at' | 'recorded_by' | 'revision'
> & { readonly lines: readonly LineDraft[] };
type Draft<Row extends DeliveryRow | ReceiptRow | ReturnRow> = Omit<
  Row,
  'id' | 'customer_id' | 'import_id' | 'recorded_at' | 'recorded_by' | 'revision' | 'product_id'
>;
interface GoodsNamed {
  readonly product: string;
  readonly productGroup: string;
}
export type DeliveryDraft = Draft<DeliveryRow> & GoodsNamed;
export type ReceiptDraft = Draft<ReceiptRow>;
export type ReturnDraft = Draft<ReturnRow> & GoodsNamed;

/** The currency a record of this customer is in when nobody says: of the newest order, of the limit on the card, else the base currency. */
export function currencyOf(sql: Reader, customer: CustomerRow): string {
  const limit = valuesOf(customer)['creditLimit'];
  const onCard = typeof limit === 'object' && limit !== null && 'currency' in limit ? String(limit.currency) : '';
  return usualCurrency(sql, customer.id) ?? (onCard === '' ? baseCurrency(sql) : onCard);
}

/** The day money is due when nobody says: the day of the order or delivery and the credit period of the card. */
export function dueDay(customer: CustomerRow, date: string): string {
  const days = valuesOf(customer)['creditPeriodDays'];
  return addDays(date, typeof days === 'number' && Number.isInteger(days) ? days : 0);
}

/** Lines with their amounts: given, or quantity times unit price. */
export function lineDraft(
  line: {
    readonly product: string;
    readonly productGroup: string;
    readonly quantity: number;
    readonly unit: string;
    readonly unitPrice: number | null;
    readonly amount?: number | undefined;
  },
  currency: string,
): LineDraft {
  const { product, productGroup, quantity, unit, unitPrice } = line;
  const amount = line.amount ?? (unitPrice === null ? 0 : lineAmount(quantity, unitPrice, currency));
  return { product, productGroup, quantity, unit, unitPrice, amount };
}

/** An order as it stands, for comparing and for putting back. */
export function orderDraftOf(sql: Reader, row: OrderRow): OrderDraft {
  const { id, customer_id: _c, import_id: _i, recorded_at: _a, recorded_by: _b, revision: _r, ...rest } = row;
  return {
    ...rest,
    lines: linesOfOrder(sql, id).map((line) => ({
      product: line.product,
      productGroup: line.product_group,
      quantity: line.quantity,
      unit: line.unit,
      unitPrice: line.unit_price,
      amount: line.amount,
    })),
  };
}

const taken = (path: string, number: string) =>
  new AppError('INPUT_INVALID', { fields: [{ path, message: 'validation.dealing.numberTaken', params: { number } }] });

interface Stamp {
  readonly at: string;
  readonly by: string;
  readonly importId: number | null;
}
export const stampOf = (context: CommandContext, importId: number | null = null): Stamp => ({
  at: context.clock.now().toISOString(),
  by: context.actor.displayName,
  importId,
});

/** Writes an order with its lines: a new one, or over an earlier state. @throws AppError INPUT_INVALID when the number is taken */
export function writeOrder(
  sql: Writer,
  customer: CustomerRow,
  draft: OrderDraft,
  stamp: Stamp,
  earlier?: OrderRow,
): OrderRow {
  const { lines, ...header } = draft;
  const twin = findOrderByNumber(sql, customer.id, draft.order_number);
  if (twin !== undefined && twin.id !== earlier?.id) throw taken('orderNumber', draft.order_number);
  const written = {
    ...header,
    amount: lines.length === 0 ? draft.amount : lines.reduce((sum, line) => sum + line.amount, 0),
    customer_id: customer.id,
    recorded_at: stamp.at,
    recorded_by: stamp.by,
    import_id: earlier === undefined ? stamp.importId : earlier.import_id,
    revision: (earlier?.revision ?? 0) + 1,
  };
  const id = earlier?.id ?? insertOrder(sql, written);
  const row: OrderRow = { ...written, id };
  if (earlier !== undefined) updateOrder(sql, row);
  const counted = row.state !== 'cancelled' && row.kind !== 'framework';
  setLines(
    sql,
    row,
    counted,
    lines.map(({ product, productGroup, quantity, unit, unitPrice, amount }, index) => ({
      line: index + 1,
      product_id: productId(sql, product, productGroup),
      quantity,
      unit,
      unit_price: unitPrice,
      amount,
    })),
  );
  return row;
}

const PREFIXES = { delivery: 'CH', receipt: 'SK', returned_goods: 'TP' } as const;
/** The next number of deliveries, receipts or returns, for records that came without one: `CH-2026-0001`. */
export function nextDealingNumber(sql: Writer, table: keyof typeof PREFIXES, date: string): string {
  const year = date.slice(0, 4);
  const sequence = takeSequence(sql, `${table}-${year}`);
  return `${PREFIXES[table]}-${year}-${String(sequence).padStart(4, '0')}`;
}

type Written<Row> = Row & { readonly id: number };
function finished<D extends { readonly number: string }, Row extends DeliveryRow | ReceiptRow | ReturnRow>(
  draft: D,
  customer: CustomerRow,
  stamp: Stamp,
  earlier: Row | undefined,
) {
  return {
    ...draft,
    customer_id: customer.id,
    recorded_at: stamp.at,
    recorded_by: stamp.by,
    import_id: earlier === undefined ? stamp.importId : earlier.import_id,
    revision: (earlier?.revision ?? 0) + 1,
  };
}
/** A second record under a number stands on the next line of it; a receipt's number is one payment. */
export function nextLine(rows: readonly { readonly line: number }[]): number {
  return rows.reduce((most, row) => Math.max(most, row.line), 0) + 1;
}
const productOf = (sql: Writer, { product, productGroup }: GoodsNamed): number | null =>
  product === '' ? null : productId(sql, product, productGroup);

export function writeDelivery(
  sql: Writer,
  customer: CustomerRow,
  draft: DeliveryDraft,
  stamp: Stamp,
  earlier?: DeliveryRow,
): Written<DeliveryRow> {
  const { product, productGroup, ...rest } = draft;
  const row = { ...finished(rest, customer, stamp, earlier), product_id: productOf(sql, { product, productGroup }) };
  if (earlier === undefined) return { ...row, id: deliveryTable.insert(sql, row) };
  deliveryTable.update(sql, { ...row, id: earlier.id });
  return { ...row, id: earlier.id };
}
export function writeReturn(
  sql: Writer,
  customer: CustomerRow,
  draft: ReturnDraft,
  stamp: Stamp,
  earlier?: ReturnRow,
): Written<ReturnRow> {
  const { product, productGroup, ...rest } = draft;
  const row = { ...finished(rest, customer, stamp, earlier), product_id: productOf(sql, { product, productGroup }) };
  if (earlier === undefined) return { ...row, id: returnTable.insert(sql, row) };
  returnTable.update(sql, { ...row, id: earlier.id });
  return { ...row, id: earlier.id };
}
/** @throws AppError INPUT_INVALID when the number is taken */
export function writeReceipt(
  sql: Writer,
  customer: CustomerRow,
  draft: ReceiptDraft,
  stamp: Stamp,
  earlier?: ReceiptRow,
): Written<ReceiptRow> {
  const twin = receiptTable.byNumber(sql, customer.id, draft.number).find((row) => row.id !== earlier?.id);
  if (twin !== undefined) throw taken('number', draft.number);
  const row = finished(draft, customer, stamp, earlier);
  if (earlier === undefined) return { ...row, id: receiptTable.insert(sql, row) };
  receiptTable.update(sql, { ...row, id: earlier.id });
  return { ...row, id: earlier.id };
}

/** Keeps what is owed, and how far the limit is used, in step with the records; called after every change of a customer's dealings. */
export function recountBalances(sql: Writer, customerId: number, today: string): void {
  const byCurrency = dealingsToCount(sql, customerId);
  setBalances(sql, customerId, new Map([...byCurrency].map(([currency, dealings]) => [currency, balanceOf(dealings)])));
  const customer = findCustomerById(sql, customerId);
  if (customer !== undefined) recountStanding(sql, customer, today);
}

/** After a change of an order: what is owed, and which papers an export order asks for (D4). */
export function recountAfterOrder(context: CommandContext, customer: CustomerRow): void {
  const today = todayOf(context.clock);
  recountBalances(context.sql, customer.id, today);
  if (customer.direct_export === 1) recountDossier(context.sql, customer, today);
}
