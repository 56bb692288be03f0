import type { DealingKind } from '../../shared/domain/forms/dealing-forms.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type CustomerRow, findCustomerById } from '../store/customers.ts';
import { deliveryTable, receiptTable, returnTable } from '../store/dealings.ts';
import { type DealingTable, type FormerRow, formersOfImport, recordsOfImport } from '../store/import-runs.ts';
import { deleteOrder, findOrder } from '../store/orders.ts';
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
import { recountAll } from './dealing-recount.ts';
import { breathe } from './table-imports.ts';

const TABLES = { deliveries: deliveryTable, receipts: receiptTable, returns: returnTable } as const;

export const dealingTable = (kind: DealingKind): DealingTable =>
  kind === 'orders' ? 'customer_order' : TABLES[kind].table;

/** Takes a whole import of dealings back, none of which was touched since: new records go, changed ones are as they were. */
export async function takeBackDealings(context: CommandContext, importId: number, kind: DealingKind): Promise<number> {
  const { sql } = context;
  const table = dealingTable(kind);
  const records = recordsOfImport(sql, table, importId);
  const formers = formersOfImport(sql, table, importId);
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
