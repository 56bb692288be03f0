import type { FieldDefinition } from './field.ts';

/**
 * What is known of an order's line, a delivery, a receipt, a return, as data: the columns of their tables in and out, and the fields of
 * their forms on the screen. Labels: `field.<kind>.<key>`.
 */
export const DEALING_KINDS = ['orders', 'deliveries', 'receipts', 'returns'] as const;
export type DealingKind = (typeof DEALING_KINDS)[number];

const customer: FieldDefinition = { key: 'customer', type: 'customer', required: 'required', identifying: true };
const currency: FieldDefinition = { key: 'currency', type: 'text', required: 'optional', maxLength: 20 };
const staff: FieldDefinition = { key: 'staff', type: 'staff', required: 'optional' };
const note: FieldDefinition = { key: 'note', type: 'longText', required: 'optional', maxLength: 2_000 };
const orderNumber: FieldDefinition = { key: 'orderNumber', type: 'text', required: 'optional', maxLength: 60 };
const goods: readonly FieldDefinition[] = [
  { key: 'product', type: 'text', required: 'optional', maxLength: 200 },
  { key: 'productGroup', type: 'text', required: 'optional', maxLength: 100 },
  { key: 'quantity', type: 'number', required: 'optional' },
  { key: 'unit', type: 'text', required: 'optional', maxLength: 20 },
];

/** One row for each line of an order; what belongs to the order stands on each of them, or on the first. */
const orders: readonly FieldDefinition[] = [
  customer,
  { ...orderNumber, required: 'required', identifying: true },
  { key: 'kind', type: 'enum', options: 'orderKind', required: 'optional' },
  { key: 'date', type: 'date', required: 'required' },
  { key: 'description', type: 'text', required: 'optional', maxLength: 400 },
  ...goods,
  { key: 'unitPrice', type: 'money', required: 'optional' },
  { key: 'amount', type: 'money', required: 'optional' },
  currency,
  { key: 'settlement', type: 'enum', options: 'settlementMethod', required: 'optional' },
  { key: 'paymentDue', type: 'date', required: 'optional' },
  { key: 'deliveryDue', type: 'date', required: 'optional' },
  { key: 'validUntil', type: 'date', required: 'optional' },
  { key: 'state', type: 'enum', options: 'orderState', required: 'optional' },
  { key: 'export', type: 'boolean', required: 'optional' },
  staff,
  note,
];

const deliveries: readonly FieldDefinition[] = [
  customer,
  { key: 'number', type: 'text', required: 'optional', maxLength: 60 },
  { key: 'date', type: 'date', required: 'required' },
  { key: 'direction', type: 'enum', options: 'goodsDirection', required: 'optional' },
  orderNumber,
  ...goods,
  { key: 'specification', type: 'text', required: 'optional', maxLength: 200 },
  { key: 'amount', type: 'money', required: 'optional' },
  currency,
  { key: 'paymentDue', type: 'date', required: 'optional' },
  staff,
  note,
];

const receipts: readonly FieldDefinition[] = [
  customer,
  { key: 'number', type: 'text', required: 'optional', maxLength: 60 },
  { key: 'date', type: 'date', required: 'required' },
  { key: 'amount', type: 'money', required: 'required' },
  currency,
  { key: 'means', type: 'enum', options: 'paymentMeans', required: 'optional' },
  orderNumber,
  staff,
  note,
];

const returns: readonly FieldDefinition[] = [
  customer,
  { key: 'number', type: 'text', required: 'optional', maxLength: 60 },
  { key: 'date', type: 'date', required: 'required' },
  { key: 'kind', type: 'enum', options: 'returnKind', required: 'optional' },
  orderNumber,
  ...goods,
  { key: 'amount', type: 'money', required: 'optional' },
  currency,
  { key: 'decision', type: 'enum', options: 'returnDecision', required: 'optional' },
  { key: 'responsible', type: 'enum', options: 'responsibleSide', required: 'optional' },
  { key: 'cause', type: 'longText', required: 'optional', maxLength: 2_000 },
  staff,
  note,
];

export const DEALING_FIELDS: Readonly<Record<DealingKind, readonly FieldDefinition[]>> = {
  orders,
  deliveries,
  receipts,
  returns,
};

/** The definition of a column, or undefined. */
export function dealingField(kind: DealingKind, key: string): FieldDefinition | undefined {
  return DEALING_FIELDS[kind].find((field) => field.key === key);
}

/** Label key of a field of a kind of dealing. */
export function dealingLabelKey(kind: DealingKind, key: string): string {
  return `field.${kind}.${key}`;
}
