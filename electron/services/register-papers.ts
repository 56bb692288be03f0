import { AppError } from '../../shared/errors/app-error.ts';
import { daysBetween } from '../../shared/util/days.ts';
import { listStandings } from '../store/credit.ts';
import { deliveryTable, receiptTable, receivablesOf, returnTable } from '../store/dealings.ts';
import { linesOfOrder, listOrders } from '../store/orders.ts';
import { routeOf } from './classification.ts';
import type { CommandContext } from './context.ts';
import { getCustomer } from './customers.ts';
import type { PaperWords } from './paper-words.ts';
import { todayOf } from './today.ts';
import type { Table } from './visit-tables.ts';

const MOST_ROWS = 5_000;

/** Registers of D2–D5 drawn from the figures, the list of limits, route sheets. */
export class RegisterPapers {
  readonly #context: CommandContext;
  readonly #words: PaperWords;
  readonly #today: string;

  constructor(context: CommandContext, words: PaperWords) {
    this.#context = context;
    this.#words = words;
    this.#today = todayOf(context.clock);
  }

  #table(
    form: string,
    customer: { readonly number: string; readonly name: string },
    columns: readonly (readonly [key: string, share: number, end?: boolean])[],
    rows: readonly (readonly string[])[],
    more: Partial<Table> = {},
  ): Table {
    return {
      title: this.#words.title(form),
      particulars: [
        { label: this.#words.t('customer'), value: `${customer.number} ${customer.name}` },
        { label: this.#words.t('asOf'), value: this.#today },
      ],
      columns: columns.map(([key, share, end]) => ({
        label: this.#words.t(key),
        share,
        ...(end === true ? { align: 'end' as const } : {}),
      })),
      rows,
      landscape: true,
      ...more,
    };
  }

  /** 歷次簽訂合同訂單登記表 (D2): by signing time. */
  orders(number: string): Table {
    const { sql } = this.#context;
    const customer = getCustomer(sql, number);
    const orders = listOrders(sql, { customerId: customer.id }, 0, MOST_ROWS).reverse();
    return this.#table(
      'orderRegister',
      customer,
      [
        ['sequence', 0.5],
        ['orderNumber', 1.5],
        ['kind', 0.9],
        ['signedOn', 1],
        ['subject', 2.1],
        ['amount', 1.9, true],
        ['paid', 1.4, true],
        ['unpaid', 1.4, true],
        ['paidShare', 0.7, true],
        ['settlement', 1],
        ['dueOn', 1],
        ['state', 0.8],
      ],
      orders.map((order, index) => {
        const subject =
          order.description ||
          linesOfOrder(sql, order.id)
            .map((line) => `${line.product} ${this.#words.quantity(line.quantity, line.unit)}`.trim())
            .join('、');
        return [
          String(index + 1),
          order.order_number,
          this.#words.option('orderKind', order.kind),
          order.date,
          subject,
          this.#words.money(order.amount, order.currency),
          this.#words.amount(order.paid, order.currency),
          this.#words.amount(Math.max(0, order.amount - order.paid), order.currency),
          order.amount > 0 ? `${Math.floor((order.paid * 100) / order.amount)}%` : '',
          this.#words.option('settlementMethod', order.settlement),
          order.payment_due ?? '',
          this.#words.option('orderState', order.state),
        ];
      }),
    );
  }

  /** 歷次欠款還款情況登記表 (D3): debits, credits and what is owed after each, by currency. */
  debts(number: string): Table {
    const { sql } = this.#context;
    const customer = getCustomer(sql, number);
    const entries = [
      ...receivablesOf(sql, customer.id).map((item) => ({
        ...item,
        side: 'debit' as const,
        words: this.#words.t(`source.${item.source}`),
        order: item.number,
        handler: '',
        note: '',
      })),
      ...receiptTable.list(sql, { customerId: customer.id }, {}, 0, MOST_ROWS).map((row) => ({
        ...row,
        side: 'credit' as const,
        words: this.#words.option('paymentMeans', row.means),
        order: row.order_number,
        handler: row.staff_name,
        due: '',
        open: 0,
      })),
      ...returnTable
        .list(sql, { customerId: customer.id }, {}, 0, MOST_ROWS)
        .filter((row) => row.decision === 'accepted' || row.decision === 'partly')
        .map((row) => ({
          ...row,
          side: 'credit' as const,
          words: this.#words.option('returnKind', row.kind),
          order: row.order_number,
          handler: row.staff_name,
          due: '',
          open: 0,
        })),
    ].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
    const owed = new Map<string, number>();
    return this.#table(
      'debtRegister',
      customer,
      [
        ['sequence', 0.5],
        ['date', 1],
        ['document', 1.5],
        ['orderNumber', 1.4],
        ['means', 1.1],
        ['debit', 1.4, true],
        ['credit', 1.4, true],
        ['balance', 1.5, true],
        ['dueOn', 1],
        ['daysOverdue', 0.8, true],
        ['handler', 0.9],
        ['note', 1.2],
      ],
      entries.map((entry, index) => {
        const balance = (owed.get(entry.currency) ?? 0) + (entry.side === 'debit' ? entry.amount : -entry.amount);
        owed.set(entry.currency, balance);
        const late = entry.open > 0 && entry.due < this.#today ? daysBetween(entry.due, this.#today) : 0;
        return [
          String(index + 1),
          entry.date,
          entry.number,
          entry.order,
          entry.words,
          entry.side === 'debit' ? this.#words.amount(entry.amount, entry.currency) : '',
          entry.side === 'credit' ? this.#words.amount(entry.amount, entry.currency) : '',
          this.#words.money(balance, entry.currency),
          entry.due,
          late === 0 ? '' : String(late),
          entry.handler,
          entry.note,
        ];
      }),
      {
        closing: [...owed]
          .map(([currency, amount]) => this.#words.t('owed', { amount: this.#words.money(amount, currency) }))
          .join('　'),
      },
    );
  }

  /** 客戶產品進出貨情況登記表 (D4). */
  goods(number: string): Table {
    const { sql } = this.#context;
    const customer = getCustomer(sql, number);
    const rows = deliveryTable.list(sql, { customerId: customer.id }, {}, 0, MOST_ROWS).reverse();
    return this.#table(
      'goodsRegister',
      customer,
      [
        ['sequence', 0.5],
        ['date', 1],
        ['document', 1.4],
        ['orderNumber', 1.4],
        ['product', 1.8],
        ['specification', 1],
        ['goodsOut', 1.1, true],
        ['goodsIn', 1.1, true],
        ['amount', 1.5, true],
        ['handler', 0.9],
        ['note', 1.2],
      ],
      rows.map((row, index) => {
        const quantity = this.#words.quantity(row.quantity, row.unit);
        return [
          String(index + 1),
          row.date,
          row.number,
          row.order_number,
          row.product,
          row.specification,
          row.direction === 'out' ? quantity : '',
          row.direction === 'in' ? quantity : '',
          row.amount === 0 ? '' : this.#words.money(row.amount, row.currency),
          row.staff_name,
          row.note,
        ];
      }),
    );
  }

  /** 客戶歷次退賠折價情況登記表 (D5). */
  returns(number: string): Table {
    const { sql } = this.#context;
    const customer = getCustomer(sql, number);
    const rows = returnTable.list(sql, { customerId: customer.id }, {}, 0, MOST_ROWS).reverse();
    return this.#table(
      'returnRegister',
      customer,
      [
        ['sequence', 0.5],
        ['date', 1],
        ['caseNumber', 1.4],
        ['orderNumber', 1.4],
        ['kind', 1.3],
        ['product', 1.5],
        ['quantity', 1, true],
        ['amount', 1.4, true],
        ['decision', 0.9],
        ['responsible', 0.8],
        ['cause', 2],
      ],
      rows.map((row, index) => [
        String(index + 1),
        row.date,
        row.number,
        row.order_number,
        this.#words.option('returnKind', row.kind),
        row.product,
        this.#words.quantity(row.quantity, row.unit),
        this.#words.money(row.amount, row.currency),
        this.#words.option('returnDecision', row.decision),
        this.#words.option('responsibleSide', row.responsible),
        row.cause,
      ]),
    );
  }

  /** Customers by how far their limit is used; `warn` or `block` for those with the mark alone. */
  list(mark: string): Table {
    const { sql } = this.#context;
    const wanted = mark === 'warn' || mark === 'block' ? mark : undefined;
    const { rows } = listStandings(sql, wanted, 0, MOST_ROWS);
    return {
      title: this.#words.title('creditList'),
      particulars: [{ label: this.#words.t('asOf'), value: this.#today }],
      columns: [
        { label: this.#words.t('number') },
        { label: this.#words.t('customer'), share: 2.2 },
        { label: this.#words.t('grade'), share: 0.6, align: 'center' },
        { label: this.#words.t('limit'), share: 1.5, align: 'end' },
        { label: this.#words.t('exposure'), share: 1.5, align: 'end' },
        { label: this.#words.t('use'), share: 0.8, align: 'end' },
        { label: this.#words.t('mark'), share: 0.8 },
        { label: this.#words.t('validUntil') },
      ],
      rows: rows.map((row) => [
        row.number,
        row.name,
        row.credit_grade.toUpperCase(),
        this.#words.money(row.credit_limit, row.currency),
        this.#words.money(row.exposure, row.currency),
        row.credit_limit === 0 ? '—' : `${Math.floor(row.per_mille / 10)}%`,
        this.#words.t(`marks.${row.mark}`),
        row.valid_until ?? '',
      ]),
    };
  }

  /** K4: `staff:12`, that salesperson's customers in visiting order. */
  route(number: string): Table {
    const staffId = Number(/^staff:(\d{1,9})$/u.exec(number.trim())?.[1] ?? Number.NaN);
    if (!Number.isInteger(staffId)) throw new AppError('NOT_FOUND', { params: { what: 'staff', number } });
    const route = routeOf(this.#context.sql, staffId, this.#today);
    return {
      title: this.#words.title('routeSheet'),
      particulars: [
        { label: this.#words.t('salesperson'), value: route.staff },
        { label: this.#words.t('asOf'), value: this.#today },
      ],
      columns: [
        { label: this.#words.t('sequence'), share: 0.5, align: 'end' },
        { label: this.#words.t('routeOrder'), share: 0.6, align: 'end' },
        { label: this.#words.t('number') },
        { label: this.#words.t('customer'), share: 2.2 },
        { label: this.#words.t('tier'), share: 0.6 },
        { label: this.#words.t('contact') },
        { label: this.#words.t('phone'), share: 1.3 },
        { label: this.#words.t('address'), share: 2.6 },
        { label: this.#words.t('lastVisit') },
        { label: this.#words.t('visitedNow'), share: 1.1 },
      ],
      rows: route.stops.map((stop, index) => [
        String(index + 1),
        stop.routeOrder === null ? '—' : String(stop.routeOrder),
        stop.number,
        stop.name,
        this.#words.option('tier', stop.tier),
        stop.contact,
        stop.phone,
        stop.address,
        stop.lastVisit ?? '',
        '',
      ]),
      landscape: true,
    };
  }
}
