import type { LedgerLine } from '../../electron/services/gap-lines.ts';
import { linesOfCustomer } from '../../electron/services/gap-lines.ts';
import type { Reader } from '../../electron/store/sql.ts';

/** The ledger of missing papers (D7) as it is defined: of every card at once, what is open and behind it what will never come. */
export function ledgerAtOnce(sql: Reader, today: string): LedgerLine[] {
  const linesOf = (condition: string) =>
    sql
      .all<{ id: number }>(`SELECT id FROM customer WHERE ${condition} ORDER BY number`)
      .flatMap(({ id }) => linesOfCustomer(sql, id, today));
  return [
    ...linesOf("missing_papers > 0 AND status <> 'sealed'").filter((line) => line.never === null),
    ...linesOf('EXISTS (SELECT 1 FROM waiver WHERE waiver.customer_id = customer.id)').filter(
      (line) => line.never !== null,
    ),
  ];
}
