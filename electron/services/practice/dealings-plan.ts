import { lineAmount, PRICE_STEPS, QUANTITY_STEPS, toMinor } from '../../../shared/domain/money.ts';
import { addDays } from '../../../shared/util/days.ts';
import type { StoredValues } from '../customer-record.ts';
import type { DeliveryDraft, LineDraft, OrderDraft, ReceiptDraft, ReturnDraft } from '../dealing-record.ts';
import type { DossierPlan } from './dossier-plan.ts';
import type { Draw } from './draw.ts';
import type { PracticeWorld } from './enterprise-values.ts';
import type { Trade } from './vocabulary/trade-vocabulary.ts';

/** Records name their order by its number until it is written. */
type OfOrder<Draft> = Omit<Draft, 'order_id' | 'staff_id'> & { readonly orderNumber: string };
export interface DealingsPlan {
  readonly orders: readonly Omit<OrderDraft, 'staff_id'>[];
  readonly deliveries: readonly OfOrder<DeliveryDraft>[];
  readonly receipts: readonly OfOrder<ReceiptDraft>[];
  readonly returns: readonly OfOrder<ReturnDraft>[];
  /** Position among the salespeople, -1 when the card names nobody. */
  readonly salesperson: number;
}

export interface DealingsSubject {
  readonly values: StoredValues;
  readonly trade: Trade;
  readonly directExport: boolean;
  readonly dossier: DossierPlan;
  readonly person: boolean;
}

const YEARS = 5;
/** Prices of a currency in relation to those in CNY, US dollars and euros. */
const SCALE: Readonly<Record<string, number>> = { TWD: 4, HKD: 1, JPY: 20 };
/** Share of orders that stay unpaid for long, and days that payments come late, by credit grade. */
const HABITS: Readonly<Record<string, readonly [unpaid: number, late: number]>> = {
  a: [0.01, 4],
  b: [0.03, 15],
  c: [0.08, 45],
  d: [0.01, 5],
};
const CAUSES = [
  '批次色差，與樣品不符',
  '運輸途中受潮',
  '尺寸超出公差',
  '數量短少',
  '錯發型號',
  '表面刮傷，折價收下',
] as const;

/** Five years of orders of one customer, what was delivered, paid and given back, from the seed and its position alone. */
export function planDealings(draw: Draw, world: PracticeWorld, subject: DealingsSubject): DealingsPlan {
  const plan = new Plan(draw, world, subject);
  plan.draw();
  return plan;
}

class Plan implements DealingsPlan {
  readonly orders: Omit<OrderDraft, 'staff_id'>[] = [];
  readonly deliveries: OfOrder<DeliveryDraft>[] = [];
  readonly receipts: OfOrder<ReceiptDraft>[] = [];
  readonly returns: OfOrder<ReturnDraft>[] = [];
  readonly salesperson: number;
  readonly #draw: Draw;
  readonly #world: PracticeWorld;
  readonly #subject: DealingsSubject;
  readonly #currency: string;
  readonly #grade: string;
  readonly #creditDays: number;
  /** What an order is worth on average, in whole units of the currency. */
  readonly #size: number;
  readonly #taken = new Set<string>();

  constructor(draw: Draw, world: PracticeWorld, subject: DealingsSubject) {
    this.#draw = draw;
    this.#world = world;
    this.#subject = subject;
    const { creditLimit, creditGrade, creditPeriodDays, responsibleSalesperson } = subject.values;
    const limit =
      typeof creditLimit === 'object' && creditLimit !== null && 'amount' in creditLimit
        ? { amount: Number(creditLimit.amount), currency: String(creditLimit.currency) }
        : { amount: 0, currency: 'CNY' };
    this.#currency = limit.currency;
    this.#grade = typeof creditGrade === 'string' ? creditGrade : 'd';
    this.#creditDays = typeof creditPeriodDays === 'number' ? creditPeriodDays : limit.amount > 0 ? 30 : 0;
    const usual = draw.between(4, 60) * 1_000 * (SCALE[this.#currency] ?? 1);
    // Some order more than their limit is made for.
    const share = draw.chance(0.2) ? draw.between(45, 90) : draw.between(4, 22);
    this.#size = limit.amount > 0 ? Math.max(usual / 4, (limit.amount * share) / 100) : usual;
    this.salesperson = world.salespeople.indexOf(
      typeof responsibleSalesperson === 'string' ? responsibleSalesperson : '',
    );
  }

  draw(): void {
    const draw = this.#draw;
    const { person, dossier } = this.#subject;
    // The contracts and export orders whose papers stand in the dossier, and orders of which nothing is filed.
    for (const paper of dossier.papers)
      if (paper.type === 'contract') {
        const { amount } = paper.extra;
        const written = typeof amount === 'object' && amount !== null && 'amount' in amount ? Number(amount.amount) : 0;
        this.#contract(paper.documentNumber, paper.date, paper.title, written);
      }
    for (const order of dossier.exportOrders) this.#order(order.number, order.date, order.description, true);
    const count = this.#world.thin ? draw.between(0, 2) : person ? draw.between(0, 6) : draw.between(3, 16);
    for (let left = count; left > 0; left -= 1) {
      const date = this.#world.calendar.dayBack(draw, YEARS);
      this.#order(`DD-${date.slice(0, 4)}-${draw.digits(5)}`, date, '', false);
    }
  }

  /** Without credit goods go out once they are paid. */
  get #prepaid(): boolean {
    return this.#grade === 'd';
  }

  #settlement(): OrderDraft['settlement'] {
    const { settlementMethod } = this.#subject.values;
    return typeof settlementMethod === 'string' ? settlementMethod : '';
  }

  #header(number: string, date: string, description: string) {
    return {
      order_number: number,
      date,
      description,
      currency: this.#currency,
      settlement: this.#settlement(),
      payment_due: addDays(date, this.#creditDays),
      delivery_due: addDays(date, this.#draw.between(10, 45)),
      note: '',
    };
  }

  /** Half of the contracts are framework contracts of a year: their orders are what is sold. */
  #contract(number: string, date: string, title: string, amount: number): void {
    if (this.#taken.has(number)) return;
    this.#taken.add(number);
    this.orders.push({
      ...this.#header(number, date, title),
      kind: 'framework',
      export: 0,
      state: date < addDays(this.#world.calendar.today, -365) ? 'completed' : 'open',
      amount: toMinor(String(amount), this.#currency) ?? 0,
      valid_until: addDays(date, 364),
      lines: [],
    });
  }

  #lines(): LineDraft[] {
    const draw = this.#draw;
    const { trade } = this.#subject;
    const count = draw.weighted([
      [1, 4],
      [2, 4],
      [3, 2],
      [4, 1],
    ]);
    const target = (this.#size * draw.between(40, 170)) / 100 / count;
    return draw.some(trade.products, count).map((product) => {
      const unitPrice = draw.between(800, 90_000) * (PRICE_STEPS / 100) * (SCALE[this.#currency] ?? 1);
      const pieces = Math.max(1, Math.round((target * PRICE_STEPS) / unitPrice));
      const quantity = pieces * QUANTITY_STEPS;
      return {
        product,
        productGroup: trade.nameWords[0] ?? '',
        quantity,
        unit: trade.unit,
        unitPrice,
        amount: lineAmount(quantity, unitPrice, this.#currency),
      };
    });
  }

  #order(number: string, date: string, description: string, exported: boolean): void {
    if (this.#taken.has(number)) return;
    this.#taken.add(number);
    const draw = this.#draw;
    const recent = date >= addDays(this.#world.calendar.today, -60);
    const state = draw.weighted<OrderDraft['state']>(
      recent
        ? [
            ['open', 7],
            ['completed', 3],
          ]
        : [
            ['completed', 95],
            ['cancelled', 4],
            ['open', 1],
          ],
    );
    const lines = this.#lines();
    const order = {
      ...this.#header(number, date, description),
      kind: 'order' as const,
      export: exported ? 1 : 0,
      state,
      amount: lines.reduce((sum, line) => sum + line.amount, 0),
      valid_until: null,
      lines,
    };
    this.orders.push(order);
    if (state === 'cancelled' || this.#world.thin) return;
    const delivered = this.#delivery(order, state === 'completed' ? lines.length : draw.below(lines.length + 1));
    if (state === 'completed' || this.#prepaid) this.#payment(order);
    else if (delivered > 0 && draw.chance(0.2)) this.#receipt(order, Math.round(delivered / 2), addDays(date, 7));
    if (state === 'completed' && draw.chance(0.06)) this.#claim(order);
  }

  /** A number that no other paper of this customer has. */
  #unused(prefix: string, digits: number): string {
    for (;;) {
      const number = `${prefix}${this.#draw.digits(digits)}`;
      if (this.#taken.has(number)) continue;
      this.#taken.add(number);
      return number;
    }
  }

  /** Goods out, the first so many lines of an order; answers what they are worth. */
  #delivery(order: Omit<OrderDraft, 'staff_id'>, lines: number): number {
    const draw = this.#draw;
    const date = this.#world.calendar.after(draw, order.date, 3, 25);
    const number = this.#unused(`CH-${date.slice(0, 4)}-`, 5);
    for (const [index, line] of order.lines.slice(0, lines).entries())
      this.deliveries.push({
        number,
        line: index + 1,
        date,
        direction: 'out',
        orderNumber: order.order_number,
        product: line.product,
        productGroup: line.productGroup,
        specification: '',
        quantity: line.quantity,
        unit: line.unit,
        currency: order.currency,
        amount: line.amount,
        payment_due: addDays(date, this.#creditDays),
        note: '',
      });
    return order.lines.slice(0, lines).reduce((sum, line) => sum + line.amount, 0);
  }

  #payment(order: Omit<OrderDraft, 'staff_id'>): void {
    const draw = this.#draw;
    const [unpaid, late] = HABITS[this.#grade] ?? [0.05, 20];
    if (draw.chance(unpaid)) return;
    const shift = draw.between(-8, late);
    const paidOn = this.#prepaid ? order.date : addDays(order.payment_due ?? order.date, shift);
    const inParts = draw.chance(0.12) && !this.#prepaid;
    this.#receipt(order, inParts ? Math.round(order.amount * 0.6) : order.amount, paidOn);
    if (inParts && !draw.chance(unpaid * 2))
      this.#receipt(order, order.amount - Math.round(order.amount * 0.6), addDays(paidOn, draw.between(10, 60)));
  }

  #receipt(order: Omit<OrderDraft, 'staff_id'>, amount: number, on: string): void {
    const draw = this.#draw;
    const number = `SK-${on.slice(0, 4)}-${draw.digits(6)}`;
    if (on >= this.#world.calendar.today || on < order.date || amount <= 0 || this.#taken.has(number)) return;
    this.#taken.add(number);
    this.receipts.push({
      number,
      date: on,
      orderNumber: order.order_number,
      currency: order.currency,
      amount,
      means:
        order.export === 1
          ? draw.pick(['letterOfCredit', 'transfer'])
          : draw.pick(['transfer', 'transfer', 'cheque', 'bill']),
      note: '',
    });
  }

  #claim(order: Omit<OrderDraft, 'staff_id'>): void {
    const draw = this.#draw;
    const [line] = order.lines;
    if (line === undefined) return;
    const date = this.#world.calendar.after(draw, order.date, 15, 70);
    const share = draw.between(3, 15);
    const kind = draw.pick([
      'defective',
      'rejected',
      'wrongDelivery',
      'allowance',
      'allowance',
      'compensation',
    ] as const);
    const goodsBack = kind === 'defective' || kind === 'rejected' || kind === 'wrongDelivery';
    const number = this.#unused(`TP-${date.slice(0, 4)}-`, 5);
    const pieces = Math.max(1, Math.round((line.quantity / QUANTITY_STEPS) * (share / 100))) * QUANTITY_STEPS;
    this.returns.push({
      number,
      line: 1,
      date,
      kind,
      orderNumber: order.order_number,
      product: line.product,
      productGroup: line.productGroup,
      quantity: goodsBack ? pieces : 0,
      unit: goodsBack ? line.unit : '',
      currency: order.currency,
      amount: Math.round((line.amount * share) / 100),
      decision: draw.weighted([
        ['accepted', 6],
        ['partly', 2],
        ['declined', 1],
        ['pending', 1],
      ]),
      responsible: draw.pick(['production', 'inspection', 'sales', 'customer']),
      cause: draw.pick(CAUSES),
      note: '',
    });
    if (goodsBack)
      this.deliveries.push({
        number,
        line: 1,
        date,
        direction: 'in',
        orderNumber: order.order_number,
        product: line.product,
        productGroup: line.productGroup,
        specification: '',
        quantity: pieces,
        unit: line.unit,
        currency: order.currency,
        amount: 0,
        payment_due: date,
        note: '',
      });
  }
}
