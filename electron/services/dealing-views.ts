import { QUANTITY_STEPS } from '../../shared/domain/money.ts';
import type { DeliveryView, ReceiptView, ReturnView } from '../store/dealings.ts';
import type { OrderView } from '../store/orders.ts';

/** Rows of dealings as the contract shows them. */

const recorded = (row: OrderView | DeliveryView | ReceiptView | ReturnView) => ({
  id: row.id,
  customer: row.customer_number,
  customerName: row.customer_name,
  staff: row.staff_name,
  staffId: row.staff_id,
  note: row.note,
  recordedAt: row.recorded_at,
  recordedBy: row.recorded_by,
  revision: row.revision,
  date: row.date,
  currency: row.currency,
  amount: row.amount,
});
export const shownOrder = (row: OrderView) => ({
  ...recorded(row),
  orderNumber: row.order_number,
  kind: row.kind,
  description: row.description,
  state: row.state,
  export: row.export === 1,
  paid: row.paid,
  lines: row.lines,
  settlement: row.settlement,
  paymentDue: row.payment_due,
  deliveryDue: row.delivery_due,
  validUntil: row.valid_until,
  overLimit: row.over_limit,
  releasedBy: row.released_by,
  releaseReason: row.release_reason,
});
const goodsOf = (row: DeliveryView | ReturnView) => ({
  product: row.product,
  productGroup: row.product_group,
  quantity: row.quantity / QUANTITY_STEPS,
  unit: row.unit,
});
export const shownDelivery = (row: DeliveryView) => ({
  ...recorded(row),
  ...goodsOf(row),
  number: row.number,
  line: row.line,
  direction: row.direction,
  orderNumber: row.order_number,
  specification: row.specification,
  paymentDue: row.payment_due,
});
export const shownReceipt = (row: ReceiptView) => ({
  ...recorded(row),
  number: row.number,
  means: row.means as 'other',
  orderNumber: row.order_number,
});
export const shownReturn = (row: ReturnView) => ({
  ...recorded(row),
  ...goodsOf(row),
  number: row.number,
  line: row.line,
  kind: row.kind as 'defective',
  orderNumber: row.order_number,
  decision: row.decision,
  responsible: row.responsible as '',
  cause: row.cause,
});
