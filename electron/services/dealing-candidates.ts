import { createHash } from 'node:crypto';
import type { OutputOf } from '../../shared/contract/contract.ts';
import type { DealingKind } from '../../shared/domain/forms/dealing-forms.ts';
import type { FieldValue } from '../../shared/domain/forms/field.ts';
import { PRICE_STEPS, QUANTITY_STEPS, toMinor } from '../../shared/domain/money.ts';
import type { DealingCandidate } from '../exchange/dealing-table.ts';
import { shownValue } from '../exchange/tables/table-types.ts';
import type { CustomerRow } from '../store/customers.ts';
import { deliveryTable, receiptTable, returnTable } from '../store/dealings.ts';
import { addFormer } from '../store/import-runs.ts';
import { findOrderByNumber } from '../store/orders.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { listStaff } from '../store/staff.ts';
import {
  currencyOf,
  type DeliveryDraft,
  dueDay,
  lineDraft,
  type OrderDraft,
  orderDraftOf,
  type ReceiptDraft,
  type ReturnDraft,
  type stampOf,
  writeDelivery,
  writeOrder,
  writeReceipt,
  writeReturn,
} from './dealing-record.ts';
import { namedCustomer } from './named-customer.ts';

/** Rows of a table of dealings against the archive: which record each makes up, new, changed or as it stands. */

type RefusedRow = OutputOf<'dealings.import'>['refused'][number];

/** One record that the table wants, with the rows it stands in and what stands in the archive already. */
export interface Wanted {
  readonly rows: readonly number[];
  readonly customer: CustomerRow;
  readonly outcome: 'imported' | 'updated' | 'unchanged';
  write(sql: Writer, importId: number, stamp: ReturnType<typeof stampOf>): void;
}

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');
const dayOr = (value: FieldValue | undefined): string | null => (typeof value === 'string' ? value : null);

/** Reads rows of one kind against the archive: which customer, order, salesperson and currency each means. */
export class Judge {
  readonly #sql: Reader;
  readonly #kind: DealingKind;
  readonly #customers = new Map<string, CustomerRow | 'unknown' | 'ambiguous'>();
  readonly #currencies = new Map<number, string>();
  readonly #staff: ReadonlyMap<string, number>;
  readonly refused: RefusedRow[] = [];

  constructor(sql: Reader, kind: DealingKind, today: string) {
    this.#sql = sql;
    this.#kind = kind;
    const staff = listStaff(sql, today, true);
    this.#staff = new Map([
      ...staff.map((person) => [person.name, person.id] as const),
      ...staff.flatMap((person) => (person.number === '' ? [] : [[person.number, person.id] as const])),
    ]);
  }

  refuse(row: number, field: string, value: string, message: string, params?: RefusedRow['params']): undefined {
    this.refused.push({
      row,
      field,
      value: shownValue(value),
      message,
      ...(params === undefined ? {} : { params }),
    });
    return undefined;
  }

  customer({ row, values }: DealingCandidate): CustomerRow | undefined {
    const named = text(values['customer']);
    if (named === '') return this.refuse(row, 'customer', '', 'exchange.manifest.customerMissing');
    const found = this.#customers.get(named) ?? namedCustomer(this.#sql, named, 'either');
    this.#customers.set(named, found);
    return typeof found === 'string' ? this.refuse(row, 'customer', named, `filing.customer.${found}`) : found;
  }

  /** The row's currency: of its own column, written with an amount, or the customer's usual one. */
  currency({ values }: DealingCandidate, customer: CustomerRow): string {
    const said = text(values['currency']);
    if (said !== '') return said;
    for (const key of ['amount', 'unitPrice']) {
      const money = values[key];
      if (typeof money === 'object' && money !== null && 'currency' in money && money.currency !== '')
        return String(money.currency);
    }
    const known = this.#currencies.get(customer.id) ?? currencyOf(this.#sql, customer);
    this.#currencies.set(customer.id, known);
    return known;
  }

  /** Minor units of a money field; null when it is blank, undefined when refused. */
  money({ row, values }: DealingCandidate, key: string, currency: string): number | null | undefined {
    const money = values[key];
    if (typeof money !== 'object' || money === null || !('amount' in money)) return null;
    const minor = toMinor(String(money.amount), currency);
    if (minor === undefined)
      return this.refuse(row, key, String(money.amount), 'validation.dealing.decimals', { currency });
    if (minor < 0) return this.refuse(row, key, String(money.amount), 'validation.dealing.negative');
    return minor;
  }

  price({ row, values }: DealingCandidate): number | null | undefined {
    const money = values['unitPrice'];
    if (typeof money !== 'object' || money === null || !('amount' in money)) return null;
    const steps = Math.round(Number(money.amount) * PRICE_STEPS);
    return Number.isSafeInteger(steps)
      ? steps
      : this.refuse(row, 'unitPrice', String(money.amount), 'validation.money');
  }

  quantity({ row, values }: DealingCandidate): number | undefined {
    const given = values['quantity'];
    if (typeof given !== 'number') return 0;
    const thousandths = Math.round(given * QUANTITY_STEPS);
    return Number.isSafeInteger(thousandths)
      ? thousandths
      : this.refuse(row, 'quantity', String(given), 'validation.number');
  }

  staff({ row, values }: DealingCandidate): number | null | undefined {
    const named = text(values['staff']);
    if (named === '') return null;
    return this.#staff.get(named) ?? this.refuse(row, 'staff', named, 'validation.dealing.staffUnknown');
  }

  /** The order a delivery, receipt or return names; null for none. */
  order({ row, values }: DealingCandidate, customer: CustomerRow): number | null | undefined {
    const number = text(values['orderNumber']);
    if (number === '') return null;
    const order = findOrderByNumber(this.#sql, customer.id, number);
    return order?.id ?? this.refuse(row, 'orderNumber', number, 'validation.dealing.orderUnknown', { number });
  }

  date({ row, values }: DealingCandidate): string | undefined {
    const date = text(values['date']);
    return date === '' ? this.refuse(row, 'date', '', 'validation.required') : date;
  }

  /** Records that the rows make up, in the order of the table. */
  records(candidates: readonly DealingCandidate[]): Wanted[] {
    return this.#kind === 'orders' ? this.#orders(candidates) : this.#single(candidates);
  }

  #orders(candidates: readonly DealingCandidate[]): Wanted[] {
    const groups = new Map<string, { customer: CustomerRow; number: string; rows: DealingCandidate[] }>();
    for (const candidate of candidates) {
      const customer = this.customer(candidate);
      const number = text(candidate.values['orderNumber']);
      if (number === '') this.refuse(candidate.row, 'orderNumber', '', 'validation.required');
      if (customer === undefined || number === '') continue;
      const key = `${customer.id}|${number}`;
      const group = groups.get(key) ?? { customer, number, rows: [] };
      group.rows.push(candidate);
      groups.set(key, group);
    }
    return [...groups.values()].flatMap(({ customer, number, rows }) => {
      const before = this.refused.length;
      const wanted = this.#order(customer, number, rows);
      if (wanted !== undefined && this.refused.length === before) return [wanted];
      // Half an order would be a wrong order: its other rows are held back with it.
      const named = new Set(this.refused.slice(before).map((problem) => problem.row));
      for (const { row } of rows)
        if (!named.has(row)) this.refuse(row, 'orderNumber', number, 'validation.dealing.orderHeldBack', { number });
      return [];
    });
  }

  #order(customer: CustomerRow, number: string, rows: readonly DealingCandidate[]): Wanted | undefined {
    const [first] = rows;
    if (first === undefined) return undefined;
    const existing = findOrderByNumber(this.#sql, customer.id, number);
    const standing = existing === undefined ? undefined : orderDraftOf(this.#sql, existing);
    // What belongs to the order may stand on each of its rows, but nowhere differently.
    const header = (key: string): FieldValue | undefined => {
      let found: FieldValue | undefined;
      for (const { row, values } of rows) {
        const value = values[key];
        if (value === undefined) continue;
        if (found !== undefined && JSON.stringify(found) !== JSON.stringify(value))
          return this.refuse(row, key, String(value), 'validation.dealing.headerDiffers', { number });
        found = value;
      }
      return found;
    };
    const date = dayOr(header('date')) ?? standing?.date ?? this.date(first);
    const currency = this.currency(first, customer);
    if (
      standing !== undefined &&
      standing.currency !== '' &&
      standing.lines.length > 0 &&
      standing.currency !== currency &&
      text(first.values['currency']) === ''
    )
      return this.refuse(first.row, 'currency', currency, 'validation.dealing.headerDiffers', { number });
    const staffId = this.staff(first);
    const lines = rows.flatMap((candidate) => {
      const product = text(candidate.values['product']);
      const amount = this.money(candidate, 'amount', currency);
      const unitPrice = this.price(candidate);
      const quantity = this.quantity(candidate);
      if (amount === undefined || unitPrice === undefined || quantity === undefined) return [];
      if (product === '' && rows.length === 1) return [];
      if (product === '') return this.refuse(candidate.row, 'product', '', 'validation.required') ?? [];
      if (amount === null && unitPrice === null)
        return this.refuse(candidate.row, 'amount', '', 'validation.required') ?? [];
      return [
        lineDraft(
          {
            product,
            productGroup: text(candidate.values['productGroup']),
            quantity,
            unit: text(candidate.values['unit']),
            unitPrice,
            amount: amount ?? undefined,
          },
          currency,
        ),
      ];
    });
    const whole = this.money(first, 'amount', currency);
    if (date === undefined || staffId === undefined || whole === undefined) return undefined;
    const option = <T extends string>(key: string, otherwise: T): T => (text(header(key)) || otherwise) as T;
    const exported = header('export');
    const draft: OrderDraft = {
      order_number: number,
      date,
      description: text(header('description')) || (standing?.description ?? ''),
      kind: option('kind', standing?.kind ?? 'order'),
      export: (typeof exported === 'boolean' ? exported : (standing?.export ?? customer.direct_export) === 1) ? 1 : 0,
      state: option('state', standing?.state ?? 'open'),
      currency,
      amount: lines.length > 0 ? lines.reduce((sum, line) => sum + line.amount, 0) : (whole ?? standing?.amount ?? 0),
      settlement: option('settlement', standing?.settlement ?? ''),
      payment_due: dayOr(header('paymentDue')) ?? standing?.payment_due ?? dueDay(customer, date),
      delivery_due: dayOr(header('deliveryDue')) ?? standing?.delivery_due ?? null,
      valid_until: dayOr(header('validUntil')) ?? standing?.valid_until ?? null,
      staff_id: staffId ?? standing?.staff_id ?? null,
      note: text(header('note')) || (standing?.note ?? ''),
      lines: lines.length > 0 ? lines : (standing?.lines ?? []),
    };
    return {
      rows: rows.map(({ row }) => row),
      customer,
      outcome: standing === undefined ? 'imported' : sameRecord(standing, draft) ? 'unchanged' : 'updated',
      write(sql, importId, stamp) {
        if (existing !== undefined && standing !== undefined)
          addFormer(sql, importId, existing.id, existing.revision + 1, JSON.stringify(standing));
        writeOrder(sql, customer, draft, { ...stamp, importId }, existing);
      },
    };
  }

  /** Deliveries, receipts and returns: each row is a record; without a number it gets one that follows from what it says. */
  #single(candidates: readonly DealingCandidate[]): Wanted[] {
    const lines = new Map<string, number>();
    const unnumbered = new Map<string, number>();
    return candidates.flatMap((candidate): Wanted[] => {
      const before = this.refused.length;
      const customer = this.customer(candidate);
      const date = this.date(candidate);
      if (customer === undefined || date === undefined) return [];
      const currency = this.currency(candidate, customer);
      const amount = this.money(candidate, 'amount', currency);
      const quantity = this.quantity(candidate);
      const staffId = this.staff(candidate);
      const orderId = this.order(candidate, customer);
      if (this.#kind === 'receipts' && (amount === null || amount === 0))
        this.refuse(candidate.row, 'amount', '', 'validation.required');
      if (this.refused.length > before) return [];
      const { values } = candidate;
      const number = text(values['number']) || numberFromContent(customer, values, unnumbered);
      const common = {
        number,
        date,
        order_id: orderId ?? null,
        currency,
        amount: amount ?? 0,
        staff_id: staffId ?? null,
        note: text(values['note']),
      };
      const lineKey = `${customer.id}|${number}`;
      const line = (lines.get(lineKey) ?? 0) + 1;
      lines.set(lineKey, line);
      if (this.#kind === 'receipts' && line > 1) {
        this.refuse(candidate.row, 'number', number, 'validation.dealing.numberTaken', { number });
        return [];
      }
      const goods = {
        line,
        product: text(values['product']),
        productGroup: text(values['productGroup']),
        quantity: quantity ?? 0,
        unit: text(values['unit']),
      };
      const rows = [candidate.row];
      if (this.#kind === 'receipts')
        return [
          wantedRecord(this.#sql, receiptTable, { rows, customer, line: undefined, number }, writeReceipt, {
            ...common,
            means: text(values['means']) || 'other',
          } satisfies ReceiptDraft),
        ];
      if (this.#kind === 'deliveries')
        return [
          wantedRecord(this.#sql, deliveryTable, { rows, customer, line, number }, writeDelivery, {
            ...common,
            ...goods,
            direction: (text(values['direction']) || 'out') as 'out',
            specification: text(values['specification']),
            payment_due: dayOr(values['paymentDue']) ?? dueDay(customer, date),
          } satisfies DeliveryDraft),
        ];
      return [
        wantedRecord(this.#sql, returnTable, { rows, customer, line, number }, writeReturn, {
          ...common,
          ...goods,
          kind: text(values['kind']) || 'defective',
          decision: (text(values['decision']) || 'pending') as 'pending',
          responsible: text(values['responsible']),
          cause: text(values['cause']),
        } satisfies ReturnDraft),
      ];
    });
  }
}

/** The same content gives the same number, so the same file twice changes nothing; equal rows of one file are told apart by their count. */
function numberFromContent(
  customer: CustomerRow,
  values: DealingCandidate['values'],
  seen: Map<string, number>,
): string {
  const content = JSON.stringify([customer.number, Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))]);
  const count = (seen.get(content) ?? 0) + 1;
  seen.set(content, count);
  return `N-${createHash('sha256').update(`${content}|${count}`).digest('hex').slice(0, 10).toUpperCase()}`;
}

const sameRecord = (a: object, b: object): boolean =>
  JSON.stringify(Object.entries(a).sort(([x], [y]) => (x < y ? -1 : 1))) ===
  JSON.stringify(Object.entries(b).sort(([x], [y]) => (x < y ? -1 : 1)));

interface AnyRow {
  readonly id: number;
  readonly revision: number;
}
function wantedRecord<Row extends AnyRow, View extends Row & { readonly line?: number }, Draft extends object>(
  sql: Reader,
  table: {
    byNumber(sql: Reader, customerId: number, number: string): (Row & { readonly line?: number })[];
    find(sql: Reader, id: number): View | undefined;
  },
  place: { rows: readonly number[]; customer: CustomerRow; line: number | undefined; number: string },
  write: (sql: Writer, customer: CustomerRow, draft: Draft, stamp: never, earlier?: Row) => Row,
  draft: Draft,
): Wanted {
  const existing = table
    .byNumber(sql, place.customer.id, place.number)
    .find((row) => place.line === undefined || row.line === place.line);
  const standing = existing === undefined ? undefined : draftOfView(table.find(sql, existing.id), draft);
  return {
    rows: place.rows,
    customer: place.customer,
    outcome: standing === undefined ? 'imported' : sameRecord(standing, draft) ? 'unchanged' : 'updated',
    write(writer, importId, stamp) {
      if (existing !== undefined && standing !== undefined)
        addFormer(writer, importId, existing.id, existing.revision + 1, JSON.stringify(standing));
      write(writer, place.customer, draft, { ...stamp, importId } as never, existing);
    },
  };
}

/** What stands in the archive, with the keys of a draft: for comparing and for putting back. */
function draftOfView(view: object | undefined, draft: object): object {
  const row = view as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(draft).map((key) => [key, row[key === 'productGroup' ? 'product_group' : key] ?? null]),
  );
}
