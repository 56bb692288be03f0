import type { DealingKind } from '../../shared/domain/forms/dealing-forms.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type FormerRow, formersOfImport, recordsOfImport } from '../store/archive-records.ts';
import { type CustomerRow, findCustomerById } from '../store/customers.ts';
import { deliveryTable, receiptTable, returnTable } from '../store/dealings.ts';
import { deleteOrder, findOrder, namesOfOrder } from '../store/orders.ts';
import type { Reader, Writer } from '../store/sql.ts';
import type { CommandContext } from './context.ts';
import {
  type DeliveryDraft,
  type OrderDraft,
  type ReceiptDraft,
  type ReturnDraft,
  stampOf,
  writeDelivery,
  writeOrder,
  writeReceipt,
  writeReturn,
} from './dealing-record.ts';
import { breathe, recountAll } from './dealing-recount.ts';

const TABLES = { deliveries: deliveryTable, receipts: receiptTable, returns: returnTable } as const;

/**
 * Takes a whole import of dealings back: new records go, changed ones are as they were.
 * @throws AppError CONFLICT when one of them was changed since, or when other records or papers name one of its orders
 */
export async function takeBackDealings(context: CommandContext, importId: number, kind: DealingKind): Promise<number> {
  const { sql } = context;
  const table = kind === 'orders' ? 'customer_order' : TABLES[kind].table;
  const records = recordsOfImport(sql, table, importId);
  const formers = formersOfImport(sql, table, importId);
  const conflict = (number: string) => new AppError('CONFLICT', { params: { what: 'import', number } });
  for (const record of records)
    if (record.revision > 1 || (kind === 'orders' && namesOfOrder(sql, record.id) > 0)) throw conflict(record.number);
  for (const former of formers) if (former.current !== former.revision) throw conflict(String(former.record_id));
  const touched = new Map<number, CustomerRow>();
  const stamp = stampOf(context);
  for (const [index, record] of records.entries()) {
    if (kind === 'orders') deleteOrder(sql, record.id);
    else TABLES[kind].remove(sql, record.id);
    touch(sql, touched, record.customer_id);
    await breathe(context, index, records.length, 'writing');
  }
  for (const former of formers) touch(sql, touched, putBack(sql, kind, former, stamp));
  await recountAll(context, kind, touched.values());
  return records.length + formers.length;
}

function touch(sql: Reader, touched: Map<number, CustomerRow>, customerId: number): void {
  const customer = touched.get(customerId) ?? findCustomerById(sql, customerId);
  if (customer !== undefined) touched.set(customerId, customer);
}

function putBack(sql: Writer, kind: DealingKind, former: FormerRow, stamp: ReturnType<typeof stampOf>): number {
  const missing = () => new AppError('NOT_FOUND', { params: { what: 'dealing', number: former.record_id } });
  const draft: unknown = JSON.parse(former.former);
  if (kind === 'orders') {
    const row = findOrder(sql, former.record_id);
    const customer = row === undefined ? undefined : findCustomerById(sql, row.customer_id);
    if (row === undefined || customer === undefined) throw missing();
    return writeOrder(sql, customer, draft as OrderDraft, stamp, row).customer_id;
  }
  const row = TABLES[kind].find(sql, former.record_id);
  const customer = row === undefined ? undefined : findCustomerById(sql, row.customer_id);
  if (row === undefined || customer === undefined) throw missing();
  if (kind === 'deliveries')
    writeDelivery(sql, customer, draft as DeliveryDraft, stamp, deliveryTable.find(sql, row.id));
  else if (kind === 'receipts')
    writeReceipt(sql, customer, draft as ReceiptDraft, stamp, receiptTable.find(sql, row.id));
  else writeReturn(sql, customer, draft as ReturnDraft, stamp, returnTable.find(sql, row.id));
  return customer.id;
}
