import { setImmediate as turn } from 'node:timers/promises';
import type { DealingKind } from '../../shared/domain/forms/dealing-forms.ts';
import type { CustomerRow } from '../store/customers.ts';
import type { CommandContext, JobContext } from './context.ts';
import { recountAfterOrder, recountBalances } from './dealing-record.ts';
import { todayOf } from './today.ts';

/** Rows between two turns of the event loop. */
const ROWS_PER_TURN = 50;

/** Lets other work in now and then, tells how far it is, and stops when cancelled. */
export async function breathe(context: JobContext | CommandContext, index: number, total: number, phase: string) {
  if (index % ROWS_PER_TURN !== 0) return;
  context.progress({ phase, done: index, total });
  await turn();
  context.signal.throwIfAborted();
}

/** What many customers owe, drawn anew after an import came in or was taken back. */
export async function recountAll(context: CommandContext, kind: DealingKind, customers: Iterable<CustomerRow>) {
  const all = [...customers];
  for (const [index, customer] of all.entries()) {
    if (kind === 'orders') recountAfterOrder(context, customer);
    else recountBalances(context.sql, customer.id, todayOf(context.clock));
    await breathe(context, index, all.length, 'writing');
  }
}
