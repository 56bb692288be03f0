import type { Json } from '../../../shared/contract/common.ts';
import type { InputOf, OutputOf } from '../../../shared/contract/contract.ts';
import { fromMinor, PRICE_STEPS, toMinor } from '../../../shared/domain/money.ts';

/** Between a form of a dealing, by field key, and what its operation takes. */

export type DealingValues = Readonly<Record<string, Json>>;
export interface LineValues {
  readonly product: string;
  readonly productGroup: string;
  readonly quantity: string;
  readonly unit: string;
  readonly unitPrice: string;
  readonly amount: string;
}
export const EMPTY_LINE: LineValues = {
  product: '',
  productGroup: '',
  quantity: '',
  unit: '',
  unitPrice: '',
  amount: '',
};

export type OrderRecord = OutputOf<'orders.get'>;
export type DealingRecord =
  | OutputOf<'orders.list'>['rows'][number]
  | OutputOf<'deliveries.list'>['rows'][number]
  | OutputOf<'receipts.list'>['rows'][number]
  | OutputOf<'returns.list'>['rows'][number];

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const day = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
const count = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);
const staffId = (value: Json | undefined): number | null =>
  typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : null;

interface Money {
  readonly minor: number;
  readonly currency: string;
}
/** Undefined for none, null for what is no amount of that currency. */
function moneyOf(value: Json | undefined): Money | null | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('amount' in value)) return undefined;
  const amount = String(value['amount']);
  const currency = String(value['currency'] ?? '');
  if (amount === '') return undefined;
  const minor = toMinor(amount, currency);
  return minor === undefined ? null : { minor, currency };
}

/** What stands in the form of an existing record. */
export function valuesOf(record: DealingRecord): DealingValues {
  const money =
    record.currency === '' ? null : { amount: fromMinor(record.amount, record.currency), currency: record.currency };
  return { ...(record as unknown as DealingValues), amount: money, staff: record.staffId };
}
export function linesOf(order: OrderRecord): LineValues[] {
  return order.items.map((item) => ({
    product: item.product,
    productGroup: item.productGroup,
    quantity: String(item.quantity),
    unit: item.unit,
    unitPrice: item.unitPrice === null ? '' : String(item.unitPrice / PRICE_STEPS),
    amount: fromMinor(item.amount, order.currency),
  }));
}

export type Converted<T> = { readonly input: T } | { readonly wrong: string };

/** Lines that were typed, in a currency; empty ones are none. */
function linesIn(lines: readonly LineValues[], currency: string): Converted<InputOf<'orders.save'>['lines']> {
  const input: NonNullable<InputOf<'orders.save'>['lines']> = [];
  for (const line of lines) {
    if (Object.values(line).every((typed) => typed.trim() === '')) continue;
    // What was typed into a line is never left out silently.
    if (line.product.trim() === '') return { wrong: 'product' };
    const quantity = line.quantity === '' ? 0 : Number(line.quantity);
    const price = line.unitPrice === '' ? null : Math.round(Number(line.unitPrice) * PRICE_STEPS);
    const amount = line.amount === '' ? undefined : toMinor(line.amount, currency);
    if (Number.isNaN(quantity)) return { wrong: 'quantity' };
    if (price !== null && Number.isNaN(price)) return { wrong: 'unitPrice' };
    if (line.amount !== '' && amount === undefined) return { wrong: 'amount' };
    input.push({
      product: line.product.trim(),
      productGroup: line.productGroup.trim(),
      quantity,
      unit: line.unit.trim(),
      unitPrice: price,
      ...(amount === undefined ? {} : { amount }),
    });
  }
  return { input };
}

interface Place {
  readonly customer: string;
  readonly existing: { readonly id: number; readonly revision: number } | null;
}
const placed = ({ customer, existing }: Place) => ({ customer, ...(existing ?? {}) });

export function orderInput(
  values: DealingValues,
  lines: readonly LineValues[],
  place: Place,
  usualCurrency: string,
): Converted<InputOf<'orders.save'>> {
  const money = moneyOf(values['amount']);
  if (money === null) return { wrong: 'amount' };
  const currency = (text(values['currency']) || money?.currency) ?? '';
  const read = linesIn(lines, currency === '' ? usualCurrency : currency);
  if ('wrong' in read) return read;
  const date = day(values['date']);
  if (date === null) return { wrong: 'date' };
  if (text(values['orderNumber']).trim() === '') return { wrong: 'orderNumber' };
  return {
    input: {
      ...placed(place),
      orderNumber: text(values['orderNumber']).trim(),
      kind: (text(values['kind']) || 'order') as 'order',
      date,
      description: text(values['description']),
      state: (text(values['state']) || 'open') as 'open',
      ...(typeof values['export'] === 'boolean' ? { export: values['export'] } : {}),
      ...(currency === '' ? {} : { currency }),
      ...(money === undefined ? {} : { amount: Math.max(0, money.minor) }),
      lines: read.input ?? [],
      settlement: text(values['settlement']) as '',
      paymentDue: day(values['paymentDue']),
      deliveryDue: day(values['deliveryDue']),
      validUntil: day(values['validUntil']),
      staffId: staffId(values['staff']),
      note: text(values['note']),
    },
  };
}

function common(values: DealingValues, place: Place) {
  const money = moneyOf(values['amount']);
  const currency = (text(values['currency']) || money?.currency) ?? '';
  const number = text(values['number']).trim();
  return {
    money,
    date: day(values['date']),
    shared: {
      ...placed(place),
      ...(number === '' ? {} : { number }),
      ...(currency === '' ? {} : { currency }),
      orderNumber: text(values['orderNumber']),
      staffId: staffId(values['staff']),
      note: text(values['note']),
    },
    goods: {
      product: text(values['product']),
      productGroup: text(values['productGroup']),
      quantity: count(values['quantity']),
      unit: text(values['unit']),
    },
  };
}
export function deliveryInput(values: DealingValues, place: Place): Converted<InputOf<'deliveries.save'>> {
  const { money, date, shared, goods } = common(values, place);
  if (date === null) return { wrong: 'date' };
  if (money === null) return { wrong: 'amount' };
  return {
    input: {
      ...shared,
      ...goods,
      date,
      direction: (text(values['direction']) || 'out') as 'out',
      specification: text(values['specification']),
      amount: Math.max(0, money?.minor ?? 0),
      paymentDue: day(values['paymentDue']),
    },
  };
}
export function receiptInput(values: DealingValues, place: Place): Converted<InputOf<'receipts.save'>> {
  const { money, date, shared } = common(values, place);
  if (date === null) return { wrong: 'date' };
  if (money === null || money === undefined || money.minor <= 0) return { wrong: 'amount' };
  return {
    input: { ...shared, date, amount: money.minor, means: (text(values['means']) || 'transfer') as 'transfer' },
  };
}
export function returnInput(values: DealingValues, place: Place): Converted<InputOf<'returns.save'>> {
  const { money, date, shared, goods } = common(values, place);
  if (date === null) return { wrong: 'date' };
  if (money === null) return { wrong: 'amount' };
  return {
    input: {
      ...shared,
      ...goods,
      date,
      kind: (text(values['kind']) || 'defective') as 'defective',
      amount: Math.max(0, money?.minor ?? 0),
      decision: (text(values['decision']) || 'pending') as 'pending',
      responsible: text(values['responsible']) as '',
      cause: text(values['cause']),
    },
  };
}
