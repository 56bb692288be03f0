import { QUANTITY_STEPS } from '../../shared/domain/money.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { daysBetween } from '../../shared/util/days.ts';
import { instalmentsPaidBy } from '../store/credit-papers.ts';
import type { CustomerRow } from '../store/customers.ts';
import {
  balancesOf,
  type DeliveryView,
  deliveryTable,
  type ReceiptView,
  type ReturnView,
  receiptTable,
  receivablesOf,
  returnTable,
} from '../store/dealings.ts';
import {
  type CurrencyTotal,
  type DealingFilter,
  type DealingTable,
  dealingTotals,
  deleteOrder,
  findOrder,
  findOrderByNumber,
  linesOfOrder,
  listOrders,
  listProducts,
  namesOfOrder,
} from '../store/orders.ts';
import type { Reader } from '../store/sql.ts';
import { findStaff } from '../store/staff.ts';
import type { CommandContext, HandlersOf, QueryContext } from './context.ts';
import { getCustomer } from './customers.ts';
import {
  currencyOf,
  dueDay,
  lineDraft,
  nextDealingNumber,
  nextLine,
  recountAfterOrder,
  recountBalances,
  stampOf,
  writeDelivery,
  writeOrder,
  writeReceipt,
  writeReturn,
} from './dealing-record.ts';
import { shownDelivery, shownOrder, shownReceipt, shownReturn } from './dealing-views.ts';
import { inTurns } from './in-turns.ts';
import { holdOrLetGo, requireReleased } from './order-limit.ts';
import { rememberedWhileUnchanged } from './remembered.ts';
import { todayOf } from './today.ts';

/** What customers order, get, pay and give back (D2–D5). */

const filterOf = (
  sql: Reader,
  input: { readonly number?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined },
) => ({
  customerId: input.number === undefined ? undefined : getCustomer(sql, input.number).id,
  from: input.from,
  to: input.to,
});
/** Sums by currency of what is listed; of all customers they are kept while nothing changes. */
const totalsOf = (
  { sql, archive, signal }: Pick<QueryContext, 'sql' | 'archive' | 'signal'>,
  table: DealingTable,
  filter: DealingFilter,
  more: Readonly<Record<string, string | undefined>>,
): Promise<CurrencyTotal[]> => {
  const count = () => inTurns(dealingTotals(sql, table, filter, more), signal);
  if (filter.customerId !== undefined) return count();
  return rememberedWhileUnchanged(archive).find(['dealingTotals', table, filter, more], count);
};
const totalOf = (totals: readonly { readonly records: number }[]): number =>
  totals.reduce((sum, { records }) => sum + records, 0);

function requireStaff(context: CommandContext, staffId: number | null): void {
  if (staffId === null) return;
  if (findStaff(context.sql, staffId, todayOf(context.clock)) === undefined)
    throw new AppError('NOT_FOUND', { params: { what: 'staff', number: staffId } });
}

/** The order that a record names; none for an empty number. @throws AppError INPUT_INVALID for one that is not registered */
function namedOrder(sql: Reader, customer: CustomerRow, orderNumber: string): number | null {
  const number = orderNumber.trim();
  if (number === '') return null;
  const order = findOrderByNumber(sql, customer.id, number);
  if (order === undefined)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'orderNumber', message: 'validation.dealing.orderUnknown', params: { number } }],
    });
  return order.id;
}

/** The record that is changed, as it stands. @throws AppError NOT_FOUND, CONFLICT when somebody changed it meanwhile */
function standing<View extends { readonly id: number; readonly revision: number; readonly customer_id: number }>(
  found: View | undefined,
  input: { readonly id?: number | undefined; readonly revision?: number | undefined },
  customer?: CustomerRow,
): View {
  if (found === undefined || (customer !== undefined && found.customer_id !== customer.id))
    throw new AppError('NOT_FOUND', { params: { what: 'dealing', number: input.id ?? 0 } });
  if (found.revision !== input.revision)
    throw new AppError('CONFLICT', { params: { what: 'dealing', number: found.id, revision: found.revision } });
  return found;
}
const thousandths = (quantity: number): number => Math.round(quantity * QUANTITY_STEPS);

function earlierOf<Row extends { id: number; revision: number; customer_id: number }, View extends Row>(
  context: CommandContext,
  table: { find(sql: Reader, id: number): View | undefined },
  input: { readonly id?: number | undefined; readonly revision?: number | undefined },
  customer: CustomerRow,
): View | undefined {
  return input.id === undefined ? undefined : standing(table.find(context.sql, input.id), input, customer);
}

export const dealingHandlers: HandlersOf<
  | 'orders.list'
  | 'orders.get'
  | 'orders.save'
  | 'deliveries.list'
  | 'deliveries.save'
  | 'receipts.list'
  | 'receipts.save'
  | 'returns.list'
  | 'returns.save'
  | 'dealings.remove'
  | 'dealings.balance'
  | 'dealings.products'
> = {
  'orders.list': {
    phase: 'query',
    async run(context, input) {
      const { sql } = context;
      const filter = filterOf(sql, input);
      const totals = await totalsOf(context, 'customer_order', filter, { state: input.state });
      const rows = listOrders(sql, { ...filter, state: input.state }, input.offset, input.limit);
      return { rows: rows.map(shownOrder), total: totalOf(totals), totals };
    },
  },
  'orders.get': {
    phase: 'query',
    run({ sql }, { id }) {
      const row = findOrder(sql, id);
      if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'order', number: id } });
      return {
        ...shownOrder(row),
        items: linesOfOrder(sql, id).map((line) => ({
          product: line.product,
          productGroup: line.product_group,
          quantity: line.quantity / QUANTITY_STEPS,
          unit: line.unit,
          unitPrice: line.unit_price,
          amount: line.amount,
        })),
      };
    },
  },
  'orders.save': {
    phase: 'command',
    run(context, input) {
      const { sql } = context;
      const customer = getCustomer(sql, input.customer);
      context.note({ object: `customer:${customer.number}` });
      requireStaff(context, input.staffId);
      const earlier = earlierOf(context, { find: findOrder }, input, customer);
      const currency = input.currency ?? (earlier?.currency || currencyOf(sql, customer));
      const row = writeOrder(
        sql,
        customer,
        {
          order_number: input.orderNumber.trim(),
          date: input.date,
          description: input.description,
          kind: input.kind,
          export:
            (input.export ?? (earlier === undefined ? customer.direct_export === 1 : earlier.export === 1)) ? 1 : 0,
          state: input.state,
          currency,
          amount: input.amount ?? 0,
          settlement: input.settlement,
          payment_due: input.paymentDue ?? dueDay(customer, input.date),
          delivery_due: input.deliveryDue,
          valid_until: input.validUntil,
          staff_id: input.staffId,
          note: input.note,
          lines: input.lines.map((line) => lineDraft({ ...line, quantity: thousandths(line.quantity) }, currency)),
        },
        stampOf(context),
        earlier,
      );
      recountAfterOrder(context, customer);
      const held = holdOrLetGo(context, customer, row);
      context.note({ data: { order: row.order_number, lines: input.lines.length } });
      return { id: row.id, number: row.order_number, revision: row.revision, held };
    },
  },
  'deliveries.list': {
    phase: 'query',
    async run(context, input) {
      const { sql } = context;
      const filter = filterOf(sql, input);
      const more = { direction: input.direction };
      const totals = await totalsOf(context, 'delivery', filter, more);
      const rows = deliveryTable.list(sql, filter, more, input.offset, input.limit);
      return { rows: rows.map(shownDelivery), total: totalOf(totals), totals };
    },
  },
  'deliveries.save': {
    phase: 'command',
    run(context, input) {
      const { sql } = context;
      const customer = getCustomer(sql, input.customer);
      context.note({ object: `customer:${customer.number}` });
      requireStaff(context, input.staffId);
      const earlier = earlierOf(context, deliveryTable, input, customer);
      const number = input.number?.trim() ?? earlier?.number ?? nextDealingNumber(sql, 'delivery', input.date);
      const orderId = namedOrder(sql, customer, input.orderNumber);
      if (input.direction === 'out' && orderId !== earlier?.order_id) requireReleased(sql, orderId);
      const row = writeDelivery(
        sql,
        customer,
        {
          number,
          line: earlier?.number === number ? earlier.line : nextLine(deliveryTable.byNumber(sql, customer.id, number)),
          date: input.date,
          direction: input.direction,
          order_id: orderId,
          product: input.product,
          productGroup: input.productGroup,
          specification: input.specification,
          quantity: thousandths(input.quantity),
          unit: input.unit,
          currency: input.currency ?? earlier?.currency ?? currencyOf(sql, customer),
          amount: input.amount,
          payment_due: input.paymentDue ?? dueDay(customer, input.date),
          staff_id: input.staffId,
          note: input.note,
        },
        stampOf(context),
        earlier,
      );
      recountBalances(sql, customer.id, todayOf(context.clock));
      context.note({ data: { delivery: row.number } });
      return { id: row.id, number: row.number, revision: row.revision };
    },
  },
  'receipts.list': {
    phase: 'query',
    async run(context, input) {
      const { sql } = context;
      const filter = filterOf(sql, input);
      const totals = await totalsOf(context, 'receipt', filter, {});
      const rows = receiptTable.list(sql, filter, {}, input.offset, input.limit);
      return { rows: rows.map(shownReceipt), total: totalOf(totals), totals };
    },
  },
  'receipts.save': {
    phase: 'command',
    run(context, input) {
      const { sql } = context;
      const customer = getCustomer(sql, input.customer);
      context.note({ object: `customer:${customer.number}` });
      requireStaff(context, input.staffId);
      const earlier = earlierOf(context, receiptTable, input, customer);
      const row = writeReceipt(
        sql,
        customer,
        {
          number: input.number?.trim() ?? earlier?.number ?? nextDealingNumber(sql, 'receipt', input.date),
          date: input.date,
          currency: input.currency ?? earlier?.currency ?? currencyOf(sql, customer),
          amount: input.amount,
          means: input.means,
          order_id: namedOrder(sql, customer, input.orderNumber),
          staff_id: input.staffId,
          note: input.note,
        },
        stampOf(context),
        earlier,
      );
      recountBalances(sql, customer.id, todayOf(context.clock));
      context.note({ data: { receipt: row.number } });
      return { id: row.id, number: row.number, revision: row.revision };
    },
  },
  'returns.list': {
    phase: 'query',
    async run(context, input) {
      const { sql } = context;
      const filter = filterOf(sql, input);
      const more = { decision: input.decision };
      const totals = await totalsOf(context, 'returned_goods', filter, more);
      const rows = returnTable.list(sql, filter, more, input.offset, input.limit);
      return { rows: rows.map(shownReturn), total: totalOf(totals), totals };
    },
  },
  'returns.save': {
    phase: 'command',
    run(context, input) {
      const { sql } = context;
      const customer = getCustomer(sql, input.customer);
      context.note({ object: `customer:${customer.number}` });
      requireStaff(context, input.staffId);
      const earlier = earlierOf(context, returnTable, input, customer);
      const number = input.number?.trim() ?? earlier?.number ?? nextDealingNumber(sql, 'returned_goods', input.date);
      const row = writeReturn(
        sql,
        customer,
        {
          number,
          line: earlier?.number === number ? earlier.line : nextLine(returnTable.byNumber(sql, customer.id, number)),
          date: input.date,
          kind: input.kind,
          order_id: namedOrder(sql, customer, input.orderNumber),
          product: input.product,
          productGroup: input.productGroup,
          quantity: thousandths(input.quantity),
          unit: input.unit,
          currency: input.currency ?? earlier?.currency ?? currencyOf(sql, customer),
          amount: input.amount,
          decision: input.decision,
          responsible: input.responsible,
          cause: input.cause,
          staff_id: input.staffId,
          note: input.note,
        },
        stampOf(context),
        earlier,
      );
      recountBalances(sql, customer.id, todayOf(context.clock));
      context.note({ data: { return: row.number } });
      return { id: row.id, number: row.number, revision: row.revision };
    },
  },
  'dealings.remove': {
    phase: 'command',
    run(context, { kind, id, revision, reason }) {
      const { sql } = context;
      const tables = { deliveries: deliveryTable, receipts: receiptTable, returns: returnTable } as const;
      if (kind === 'orders') {
        const row = standing(findOrder(sql, id), { id, revision });
        context.note({ object: `customer:${row.customer_number}`, why: reason, data: { order: row.order_number } });
        if (namesOfOrder(sql, id) > 0)
          throw new AppError('CONFLICT', {
            params: { what: 'order', number: row.order_number },
            hint: 'hint.orderIsNamed',
          });
        deleteOrder(sql, id);
        recountAfterOrder(context, getCustomer(sql, row.customer_number));
        return {};
      }
      const table = tables[kind];
      const row = standing<DeliveryView | ReceiptView | ReturnView>(table.find(sql, id), { id, revision });
      context.note({ object: `customer:${row.customer_number}`, why: reason, data: { [table.table]: row.number } });
      if (kind === 'receipts' && instalmentsPaidBy(sql, id) > 0)
        throw new AppError('CONFLICT', { params: { what: 'receipt', number: row.number }, hint: 'hint.receiptOnPlan' });
      table.remove(sql, id);
      recountBalances(sql, row.customer_id, todayOf(context.clock));
      return {};
    },
  },
  'dealings.balance': {
    phase: 'query',
    run({ sql, clock }, { number }) {
      const customer = getCustomer(sql, number);
      const today = todayOf(clock);
      const open = receivablesOf(sql, customer.id).filter((item) => item.open > 0);
      return {
        balances: balancesOf(sql, customer.id).map((row) => ({
          currency: row.currency,
          orders: row.orders,
          ordered: row.ordered,
          received: row.received,
          returned: row.returned,
          receivable: row.receivable,
          prepaid: row.prepaid,
          undelivered: row.undelivered,
          overdue: open
            .filter((item) => item.currency === row.currency && item.due < today)
            .reduce((sum, item) => sum + item.open, 0),
          lastOrderOn: row.last_order_on,
          lastReceiptOn: row.last_receipt_on,
        })),
        open: open.map((item) => ({
          source: item.source,
          number: item.number,
          date: item.date,
          due: item.due,
          currency: item.currency,
          amount: item.amount,
          open: item.open,
          daysOverdue: Math.max(0, daysBetween(item.due, today)),
        })),
      };
    },
  },
  'dealings.products': { phase: 'query', run: ({ sql }) => ({ products: listProducts(sql) }) },
};
