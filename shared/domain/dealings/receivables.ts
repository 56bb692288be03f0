/** What a customer owes (D3, G4), drawn from orders, deliveries, receipts and returns. All amounts are minor units of one currency. */

export interface OrderToCount {
  readonly id: number;
  readonly number: string;
  readonly date: string;
  readonly kind: 'order' | 'contract' | 'framework';
  readonly state: 'open' | 'completed' | 'cancelled';
  readonly amount: number;
  readonly paymentDue: string;
}
export interface DeliveryToCount {
  readonly id: number;
  readonly number: string;
  readonly date: string;
  readonly direction: 'out' | 'in';
  readonly orderId: number | null;
  readonly amount: number;
  readonly paymentDue: string;
}
/** Money in, or a claim accepted: both lower what is owed. */
export interface CreditToCount {
  readonly amount: number;
  readonly orderId: number | null;
}
export interface DealingsToCount {
  readonly orders: readonly OrderToCount[];
  readonly deliveries: readonly DeliveryToCount[];
  readonly receipts: readonly CreditToCount[];
  readonly returns: readonly CreditToCount[];
}

export interface Receivable {
  readonly source: 'order' | 'delivery';
  readonly sourceId: number;
  readonly number: string;
  readonly date: string;
  readonly due: string;
  readonly amount: number;
  /** What is still unpaid of it. */
  readonly open: number;
}
export interface Balance {
  readonly receivables: readonly Receivable[];
  /** Sum of what is open. */
  readonly receivable: number;
  /** Paid or credited beyond all that is owed. */
  readonly prepaid: number;
  /** Ordered, neither delivered nor cancelled. */
  readonly undelivered: number;
  /** Orders and contracts that count as sales. */
  readonly ordered: number;
  readonly received: number;
  readonly returned: number;
}

/** An order counts as a sale unless it was cancelled or is a framework contract, whose orders count themselves. */
export function isSale(order: Pick<OrderToCount, 'kind' | 'state'>): boolean {
  return order.state !== 'cancelled' && order.kind !== 'framework';
}

/**
 * G4, D3: a completed order is owed whole; an open one as far as it was delivered; a delivery without an order is owed by itself. Goods
 * that came in change no balance: a claim does, once accepted. Credits that name an order pay that order first, all
 * others and what is left over pay what is due first.
 */
export function balanceOf(dealings: DealingsToCount): Balance {
  const sales = dealings.orders.filter(isSale);
  const open = new Map(sales.filter((order) => order.state === 'open').map((order) => [order.id, order]));
  const known = new Set(dealings.orders.map((order) => order.id));
  const debts: (Omit<Receivable, 'open'> & { open: number; readonly orderId: number | null })[] = [];
  const owe = (source: Receivable['source'], item: OrderToCount | DeliveryToCount, orderId: number | null) => {
    if (item.amount <= 0) return;
    const { id: sourceId, number, date, paymentDue: due, amount } = item;
    debts.push({ source, sourceId, number, date, due, amount, open: amount, orderId });
  };
  for (const order of sales) if (order.state === 'completed') owe('order', order, order.id);
  const delivered = new Map<number, number>();
  for (const delivery of dealings.deliveries) {
    if (delivery.direction === 'in') continue;
    const { orderId } = delivery;
    const standsAlone = orderId === null || !known.has(orderId);
    if (!standsAlone && !open.has(orderId)) continue;
    if (!standsAlone) delivered.set(orderId, (delivered.get(orderId) ?? 0) + delivery.amount);
    owe('delivery', delivery, standsAlone ? null : orderId);
  }
  debts.sort((a, b) => compare(a.due, b.due) || compare(a.date, b.date) || a.sourceId - b.sourceId);
  let rest = 0;
  for (const credit of [...dealings.receipts, ...dealings.returns]) {
    let left = credit.amount;
    if (credit.orderId !== null && left > 0)
      for (const debt of debts) if (debt.orderId === credit.orderId) left -= pay(debt, left);
    rest += left;
  }
  for (const debt of debts) rest -= pay(debt, rest);
  return {
    receivables: debts.map(({ orderId: _order, ...debt }) => debt),
    receivable: debts.reduce((sum, debt) => sum + debt.open, 0),
    prepaid: Math.max(0, rest),
    undelivered: [...open.values()].reduce(
      (sum, order) => sum + Math.max(0, order.amount - (delivered.get(order.id) ?? 0)),
      0,
    ),
    ordered: sales.reduce((sum, order) => sum + order.amount, 0),
    received: dealings.receipts.reduce((sum, receipt) => sum + receipt.amount, 0),
    returned: dealings.returns.reduce((sum, credit) => sum + credit.amount, 0),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Pays as much of a debt as there is; answers how much that was. A refund (negative receipt) pays nothing. */
function pay(debt: { open: number }, available: number): number {
  const paid = Math.max(0, Math.min(debt.open, available));
  debt.open -= paid;
  return paid;
}
