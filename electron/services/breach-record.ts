import type { Breach } from '../../shared/contract/breaches.ts';
import type { BreachKind } from '../../shared/domain/breaches.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type BreachView, breachActs, findBreach, insertBreach, insertBreachAct } from '../store/breaches.ts';
import { findLoanById, type LoanView } from '../store/loans.ts';
import { takeSequence } from '../store/number-sequence.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext } from './context.ts';
import { cleanNumber, shownLoans } from './loan-record.ts';
import { todayOf } from './today.ts';

export function getBreach(sql: Reader, number: string): BreachView {
  const row = findBreach(sql, cleanNumber(number));
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'breach', number } });
  return row;
}

export function shownBreaches(sql: Reader, rows: readonly BreachView[], today: string): Breach[] {
  const acts = breachActs(
    sql,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const about = row.loan_id === null ? undefined : findLoanById(sql, row.loan_id);
    return {
      number: row.number,
      borrowerId: row.borrower_id,
      borrower: row.borrower,
      department: row.department,
      kind: row.kind,
      loan: about === undefined ? null : (shownLoans(sql, [about], today)[0] ?? null),
      facts: row.facts,
      state: row.state,
      openedAt: row.opened_at,
      openedBy: row.opened_by,
      byReturn: row.by_return === 1,
      acts: acts
        .filter((act) => act.breach_id === row.id)
        .map((act) => ({
          at: act.at,
          by: act.by,
          act: act.act,
          measure: act.measure === '' ? null : act.measure,
          decidedBy: act.decided_by,
          text: act.text,
        })),
      outcome: row.outcome,
      closedAt: row.closed_at,
      closedBy: row.closed_by,
    };
  });
}

export function shownBreach(sql: Reader, row: BreachView, today: string): Breach {
  const [breach] = shownBreaches(sql, [row], today);
  if (breach === undefined) throw new AppError('INTERNAL');
  return breach;
}

/** Opens a case (B3): the facts as they were found, judged by nobody. Returns its number. */
export function openBreach(
  context: CommandContext,
  found: {
    readonly borrowerId: number;
    readonly borrower: string;
    readonly loan: LoanView | undefined;
    readonly kind: BreachKind;
    readonly facts: string;
    readonly byReturn: boolean;
  },
): string {
  const { sql, clock, actor } = context;
  const at = clock.now().toISOString();
  const year = Number(todayOf(clock).slice(0, 4));
  const number = formatNumber(DEFAULT_PATTERNS.breach, takeSequence(sql, `breach-${year}`), year);
  const id = insertBreach(sql, {
    number,
    borrower_id: found.borrowerId,
    loan_id: found.loan?.id ?? null,
    kind: found.kind,
    facts: found.facts,
    state: 'open',
    opened_at: at,
    opened_by: actor.displayName,
    by_return: found.byReturn ? 1 : 0,
    outcome: '',
    closed_at: null,
    closed_by: '',
  });
  insertBreachAct(sql, {
    breach_id: id,
    at,
    by: actor.displayName,
    act: 'opened',
    measure: '',
    decided_by: '',
    text: found.facts,
  });
  return number;
}
