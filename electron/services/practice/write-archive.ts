import { addDays } from '../../../shared/util/days.ts';
import { insertHold, setRetentionRule } from '../../store/disposals.ts';
import { setClaim } from '../../store/gaps.ts';
import type { Writer } from '../../store/sql.ts';

/** Practice data of the archive itself: a schedule that was approved, a hold, papers that were asked for. */

interface ArchiveFrame {
  readonly today: string;
  readonly keeper: string;
  readonly supervisor: string;
}

const RULES = [
  { type: 'packingList', years: 10, trigger: 'volumeClosed' },
  { type: 'customsDeclaration', years: 10, trigger: 'volumeClosed' },
  { type: 'contract', years: 30, trigger: 'volumeClosed' },
] as const;
/** Papers that salespeople and customers were asked for. */
const CLAIMS = 12;
const DEBTORS = ['客戶會計部', '客戶採購部', '本公司業務一部', '報關行'] as const;

export function writeArchiveMatters(sql: Writer, { today, keeper, supervisor }: ArchiveFrame): Record<string, number> {
  const at = `${addDays(today, -90)}T02:00:00.000Z`;
  for (const { type, years, trigger } of RULES)
    setRetentionRule(
      sql,
      { type, years, trigger, basis: '公司檔案保管期限表（董事會核定）', at, by: supervisor },
      { from_rule: 'D10 volumeClosed', to_rule: `D${years} ${trigger}`, reason: '公司核定保管期限表' },
    );
  const customers = sql.all<{ id: number; kind: string }>(
    `SELECT id, kind FROM customer WHERE missing_papers > 0 AND kind = 'enterprise'
       AND NOT EXISTS (SELECT 1 FROM paper WHERE customer_id = customer.id AND type = 'powerOfAttorney') ORDER BY number LIMIT ?`,
    CLAIMS,
  );
  for (const [index, customer] of customers.entries())
    setClaim(sql, {
      customer_id: customer.id,
      type: 'powerOfAttorney',
      export_order: '',
      owed_by: DEBTORS[index % DEBTORS.length] ?? keeper,
      asked_on: addDays(today, -20 - index),
      due_on: index % 3 === 2 ? null : addDays(today, index - 6),
      note: index % 4 === 0 ? '已去電催交' : '',
      at,
      by: keeper,
    });
  const held = customers[1];
  if (held !== undefined)
    insertHold(sql, {
      customer_id: held.id,
      volume_id: null,
      reason: '貨款爭議，訴訟中',
      placed_at: at,
      placed_by: supervisor,
    });
  return { rules: RULES.length, claims: customers.length, holds: held === undefined ? 0 : 1 };
}
