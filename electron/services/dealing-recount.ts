import type { DealingKind } from '../../shared/domain/forms/dealing-forms.ts';
import type { CustomerRow } from '../store/customers.ts';
import type { CommandContext } from './context.ts';
import { recountAfterOrder, recountBalances } from './dealing-record.ts';
import { breathe } from './table-imports.ts';
import { todayOf } from './today.ts';

/** What many customers owe, drawn anew after an import came in or was taken back. */
export async function recountAll(context: CommandContext, kind: DealingKind, customers: Iterable<CustomerRow>) {
  const all = [...customers];
  for (const [index, customer] of all.entries()) {
    if (kind === 'orders') recountAfterOrder(context, customer);
    else recountBalances(context.sql, customer.id, todayOf(context.clock));
    await breathe(context, index, all.length, 'writing');
  }
}
