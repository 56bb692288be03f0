import { findCustomerById } from '../../store/customers.ts';
import { deliveryTable, receiptTable, returnTable } from '../../store/dealings.ts';
import { findOrderByNumber, productId } from '../../store/orders.ts';
import type { Writer } from '../../store/sql.ts';
import { recountBalances, writeOrder } from '../dealing-record.ts';
import type { DealingsPlan } from './dealings-plan.ts';

/** Writes the dealings of a practice customer; the export orders of its dossier are filled in. */
export function writeDealings(
  sql: Writer,
  plan: DealingsPlan,
  customerId: number,
  frame: { readonly keeper: string; readonly today: string; readonly salespeople: readonly number[] },
): number {
  const customer = findCustomerById(sql, customerId);
  if (customer === undefined || plan.orders.length === 0) return 0;
  const staff_id = frame.salespeople[plan.salesperson] ?? null;
  const ids = new Map<string, number>();
  const stampOn = (day: string) => ({ at: `${day}T08:30:00.000Z`, by: frame.keeper, importId: null });
  for (const order of plan.orders) {
    const earlier = findOrderByNumber(sql, customer.id, order.order_number);
    const draft = { ...order, staff_id };
    const row = writeOrder(sql, customer, draft, stampOn(order.date), earlier && { ...earlier, revision: 0 });
    ids.set(order.order_number, row.id);
  }
  const common = (record: { readonly orderNumber: string; readonly date: string }) => ({
    customer_id: customer.id,
    order_id: ids.get(record.orderNumber) ?? null,
    staff_id,
    import_id: null,
    recorded_at: `${record.date}T08:40:00.000Z`,
    recorded_by: frame.keeper,
    revision: 1,
  });
  for (const { orderNumber, product, productGroup, ...rest } of plan.deliveries)
    deliveryTable.insert(sql, {
      ...rest,
      ...common({ orderNumber, date: rest.date }),
      product_id: productId(sql, product, productGroup),
    });
  for (const { orderNumber, ...rest } of plan.receipts)
    receiptTable.insert(sql, { ...rest, ...common({ orderNumber, date: rest.date }) });
  for (const { orderNumber, product, productGroup, ...rest } of plan.returns)
    returnTable.insert(sql, {
      ...rest,
      ...common({ orderNumber, date: rest.date }),
      product_id: productId(sql, product, productGroup),
    });
  recountBalances(sql, customer.id, frame.today);
  return plan.orders.length;
}
