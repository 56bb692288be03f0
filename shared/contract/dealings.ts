import { z } from 'zod';
import { DEALING_KINDS } from '../domain/forms/dealing-forms.ts';
import { OPTION_SETS } from '../domain/forms/option-sets.ts';
import { cardWords } from './card-words.ts';
import { day, done, longText, nothing, page, shortText } from './common.ts';
import { customerNumber } from './customers.ts';
import { corrections, importReport } from './imports.ts';
import { operation } from './operation.ts';

const DESK = ['keeper', 'supervisor', 'auditor'] as const;

/** Minor units of the record's currency. */
const money = z.int().min(-1e15).max(1e15);
const positiveMoney = z.int().min(0).max(1e15);
/** ISO 4217. */
export const currency = z.string().regex(/^[A-Z]{3}$/);
const documentNumber = z.string().min(1).max(60);
/** In its unit, to three decimal places. */
const quantity = z.number().min(-1e9).max(1e9);
const goods = {
  product: z.string().max(200).default(''),
  productGroup: z.string().max(100).default(''),
  quantity: quantity.default(0),
  unit: z.string().max(20).default(''),
};
const goodsShown = { product: z.string(), productGroup: z.string(), quantity: z.number(), unit: z.string() };

export const orderLineInput = z.strictObject({
  ...goods,
  product: z.string().min(1).max(200),
  /** Ten-thousandths of a whole currency unit: prices are finer than money. */
  unitPrice: z.int().min(-1e15).max(1e15).nullable().default(null),
  /** Left out: quantity times unit price. */
  amount: money.optional(),
});
export const orderLine = z.strictObject({ ...goodsShown, unitPrice: z.int().nullable(), amount: z.int() });

export const orderKind = z.enum(OPTION_SETS.orderKind);
export const orderState = z.enum(OPTION_SETS.orderState);
export const goodsDirection = z.enum(OPTION_SETS.goodsDirection);
export const paymentMeans = z.enum(OPTION_SETS.paymentMeans);
export const returnKind = z.enum(OPTION_SETS.returnKind);
export const returnDecision = z.enum(OPTION_SETS.returnDecision);
export const responsibleSide = z.enum(['', ...OPTION_SETS.responsibleSide]);
const settlement = z.enum(['', ...OPTION_SETS.settlementMethod]);

const recorded = {
  id: z.int(),
  customer: customerNumber,
  customerName: cardWords,
  staff: z.string(),
  note: cardWords,
  recordedAt: z.string(),
  recordedBy: z.string(),
  revision: z.int(),
};

export const orderRow = z.strictObject({
  ...recorded,
  orderNumber: z.string(),
  kind: orderKind,
  date: day,
  description: cardWords,
  state: orderState,
  export: z.boolean(),
  /** Empty while no amount is known. */
  currency: z.string(),
  amount: z.int(),
  /** Receipts that name this order. */
  paid: z.int(),
  lines: z.int(),
  settlement: z.string(),
  paymentDue: day.nullable(),
  deliveryDue: day.nullable(),
  validUntil: day.nullable(),
  staffId: z.int().nullable(),
  /** Beyond the limit (G4): held until somebody answers for it, or released by whom and why. */
  overLimit: z.enum(['', 'held', 'released']),
  releasedBy: z.string(),
  releaseReason: cardWords,
});
export const deliveryRow = z.strictObject({
  ...recorded,
  number: z.string(),
  line: z.int(),
  date: day,
  direction: goodsDirection,
  orderNumber: z.string(),
  ...goodsShown,
  specification: z.string(),
  currency: z.string(),
  amount: z.int(),
  paymentDue: day,
  staffId: z.int().nullable(),
});
export const receiptRow = z.strictObject({
  ...recorded,
  number: z.string(),
  date: day,
  currency: z.string(),
  amount: z.int(),
  means: paymentMeans,
  orderNumber: z.string(),
  staffId: z.int().nullable(),
});
export const returnRow = z.strictObject({
  ...recorded,
  number: z.string(),
  line: z.int(),
  date: day,
  kind: returnKind,
  orderNumber: z.string(),
  ...goodsShown,
  currency: z.string(),
  amount: z.int(),
  decision: returnDecision,
  responsible: responsibleSide,
  cause: z.string(),
  staffId: z.int().nullable(),
});

/** A list of one customer, or of all; the newest first. */
const listInput = {
  number: customerNumber.optional(),
  from: day.optional(),
  to: day.optional(),
  ...page,
};
const totals = z.array(z.strictObject({ currency: z.string(), amount: z.int(), records: z.int() }));

/** `id` and `revision` name the record that is changed; without them it is a new one. */
const existing = { id: z.int().optional(), revision: z.int().optional() };
const saved = z.strictObject({ id: z.int(), number: z.string(), revision: z.int() });

export const balance = z.strictObject({
  currency: z.string(),
  orders: z.int(),
  ordered: z.int(),
  received: z.int(),
  returned: z.int(),
  receivable: z.int(),
  prepaid: z.int(),
  undelivered: z.int(),
  /** Open and past its day. */
  overdue: z.int(),
  lastOrderOn: day.nullable(),
  lastReceiptOn: day.nullable(),
});

export const dealingKind = z.enum(DEALING_KINDS);
const mapping = z.array(z.string().max(60).nullable()).max(2_000);

/** What customers order, get, pay and give back (D2–D5): typed or brought in from tables. */
export const dealingOperations = {
  'orders.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'order.list', when: 'never' },
    summary: 'Contracts and orders of a customer, or of all (D2), newest first, with sums by currency.',
    input: z.strictObject({ ...listInput, state: orderState.optional() }),
    output: z.strictObject({ rows: z.array(orderRow), total: z.int(), totals }),
  }),
  'orders.get': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'order.view', when: 'never' },
    summary: 'One order with its lines.',
    input: z.strictObject({ id: z.int() }),
    output: orderRow.extend({ items: z.array(orderLine) }),
  }),
  'orders.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dealings', 'dossiers', 'customers'],
    audit: { type: 'order.save', when: 'always' },
    summary:
      'Records a contract or order with its lines, or changes one; an order of a direct-export customer asks for its four papers (D4).',
    input: z.strictObject({
      ...existing,
      customer: customerNumber,
      orderNumber: documentNumber,
      kind: orderKind.default('order'),
      date: day,
      description: shortText.default(''),
      state: orderState.default('open'),
      /** Default: whether the customer is one of direct export. */
      export: z.boolean().optional(),
      currency: currency.optional(),
      /** Of an order without lines; otherwise the sum of the lines. */
      amount: positiveMoney.optional(),
      lines: z.array(orderLineInput).max(2_000).default([]),
      settlement: settlement.default(''),
      /** Default: the date and the customer's credit period. */
      paymentDue: day.nullable().default(null),
      deliveryDue: day.nullable().default(null),
      validUntil: day.nullable().default(null),
      staffId: z.int().nullable().default(null),
      note: longText.default(''),
    }),
    /** `held`: it passes the limit, and nothing goes out on it until it is released (G4). */
    output: saved.extend({ held: z.boolean() }),
  }),
  'deliveries.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'delivery.list', when: 'never' },
    summary: 'Goods out and in of a customer, or of all (D4), newest first.',
    input: z.strictObject({ ...listInput, direction: goodsDirection.optional() }),
    output: z.strictObject({ rows: z.array(deliveryRow), total: z.int(), totals }),
  }),
  'deliveries.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dealings', 'customers'],
    audit: { type: 'delivery.save', when: 'always' },
    summary: 'Records goods delivered or taken in, or changes a record; without a number it gets the next one.',
    input: z.strictObject({
      ...existing,
      customer: customerNumber,
      number: documentNumber.optional(),
      date: day,
      direction: goodsDirection.default('out'),
      orderNumber: z.string().max(60).default(''),
      ...goods,
      specification: z.string().max(200).default(''),
      currency: currency.optional(),
      amount: positiveMoney.default(0),
      paymentDue: day.nullable().default(null),
      staffId: z.int().nullable().default(null),
      note: longText.default(''),
    }),
    output: saved,
  }),
  'receipts.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'receipt.list', when: 'never' },
    summary: 'Payments received from a customer, or from all (D3), newest first.',
    input: z.strictObject({ ...listInput }),
    output: z.strictObject({ rows: z.array(receiptRow), total: z.int(), totals }),
  }),
  'receipts.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dealings', 'customers'],
    audit: { type: 'receipt.save', when: 'always' },
    summary: 'Records a payment received, or changes one; it pays the order it names first, then what is due first.',
    input: z.strictObject({
      ...existing,
      customer: customerNumber,
      number: documentNumber.optional(),
      date: day,
      currency: currency.optional(),
      amount: z.int().min(1).max(1e15),
      means: paymentMeans.default('transfer'),
      orderNumber: z.string().max(60).default(''),
      staffId: z.int().nullable().default(null),
      note: longText.default(''),
    }),
    output: saved,
  }),
  'returns.list': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'return.list', when: 'never' },
    summary: 'Returns, compensation and allowances of a customer, or of all (D5), newest first.',
    input: z.strictObject({ ...listInput, decision: returnDecision.optional() }),
    output: z.strictObject({ rows: z.array(returnRow), total: z.int(), totals }),
  }),
  'returns.save': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dealings', 'customers'],
    audit: { type: 'return.save', when: 'always' },
    summary: 'Records a return or allowance, or changes one; its amount is credited once it is accepted (D5).',
    input: z.strictObject({
      ...existing,
      customer: customerNumber,
      number: documentNumber.optional(),
      date: day,
      kind: returnKind.default('defective'),
      orderNumber: z.string().max(60).default(''),
      ...goods,
      currency: currency.optional(),
      amount: positiveMoney.default(0),
      decision: returnDecision.default('pending'),
      responsible: responsibleSide.default(''),
      cause: longText.default(''),
      staffId: z.int().nullable().default(null),
      note: longText.default(''),
    }),
    output: saved,
  }),
  'dealings.remove': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dealings', 'dossiers', 'customers'],
    audit: { type: 'dealing.remove', when: 'always' },
    summary:
      'Strikes out a record that was entered by mistake, with the reason; what other records or papers name stays.',
    input: z.strictObject({ kind: dealingKind, id: z.int(), revision: z.int(), reason: shortText.min(1) }),
    output: done,
  }),
  'dealings.balance': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'dealing.balance', when: 'never' },
    summary: 'What a customer ordered, paid and owes, by currency, and the open items by due day (D3).',
    input: z.strictObject({ number: customerNumber }),
    output: z.strictObject({
      balances: z.array(balance),
      open: z.array(
        z.strictObject({
          source: z.enum(['order', 'delivery']),
          number: z.string(),
          date: day,
          due: day,
          currency: z.string(),
          amount: z.int(),
          open: z.int(),
          daysOverdue: z.int(),
        }),
      ),
    }),
  }),
  'dealings.products': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: DESK,
    audit: { type: 'dealing.products', when: 'never' },
    summary: 'Products and product groups that orders name.',
    input: nothing,
    output: z.strictObject({ products: z.array(z.strictObject({ product: z.string(), productGroup: z.string() })) }),
  }),
  'dealings.readTable': operation({
    kind: 'query',
    sessions: ['desk'],
    roles: ['keeper'],
    audit: { type: 'import.read', when: 'always' },
    summary:
      'Reads a handed-over CSV or XLSX of orders, deliveries, receipts or returns and proposes which column is which field.',
    input: z.strictObject({
      upload: z.string().max(60),
      kind: dealingKind.optional(),
      encoding: z.string().max(40).optional(),
      sheet: z.string().max(100).optional(),
    }),
    output: z.strictObject({
      table: z.string(),
      kind: dealingKind,
      headings: z.array(z.string()),
      mapping,
      unrecognised: z.array(z.string()),
      sheets: z.array(z.string()),
      rows: z.int(),
      preview: z.array(z.array(z.string())),
    }),
  }),
  'dealings.import': operation({
    kind: 'command',
    sessions: ['desk'],
    roles: ['keeper'],
    changes: ['dealings', 'dossiers', 'customers', 'imports'],
    audit: { type: 'import', when: 'always' },
    summary:
      'Tries the rows (dry run) or brings them in, all or nothing unless valid rows alone are accepted; the same file twice changes nothing, and the whole can be taken back.',
    input: z.strictObject({
      table: z.string().max(60),
      kind: dealingKind,
      mapping: mapping.optional(),
      dryRun: z.boolean().default(false),
      acceptValid: z.boolean().default(false),
      corrections,
    }),
    output: importReport,
  }),
};
