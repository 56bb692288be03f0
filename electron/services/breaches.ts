import { closingRefusals } from '../../shared/domain/breaches.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ListedEntry } from '../audit/log-view.ts';
import {
  type BreachView,
  breachActs,
  closeBreach,
  countOpenBreaches,
  insertBreachAct,
  listBreaches,
} from '../store/breaches.ts';
import { frozenForms } from '../store/loan-forms.ts';
import { listRequests } from '../store/loan-requests.ts';
import { borrowerCounts, findLoanById } from '../store/loans.ts';
import type { Reader } from '../store/sql.ts';
import { getBreach, openBreach, shownBreach, shownBreaches } from './breach-record.ts';
import type { CommandContext, HandlersOf, QueryContext } from './context.ts';
import { borrowerRefusals } from './lendable.ts';
import { getLoan, getStaff, shownRequest } from './loan-record.ts';
import { todayOf } from './today.ts';

/** Most entries of the log that one case shows. */
const MOST_ENTRIES = 200;

/** What the log has about a case: its loan's form from the lending to the return, and the case itself; oldest first. */
export function evidenceOf(context: Pick<QueryContext, 'archive' | 'sql'>, row: BreachView): ListedEntry[] {
  const { archive, sql } = context;
  const loan = row.loan_id === null ? undefined : findLoanById(sql, row.loan_id);
  const objects = [
    `breach:${row.number}`,
    ...(loan === undefined ? [] : [...new Set([`loan:${loan.form_number}`, `loan:${loan.number}`])]),
  ];
  return objects
    .flatMap((obj) => archive.audit.list({ obj, limit: MOST_ENTRIES }).entries)
    .sort((a, b) => a.seq - b.seq);
}

/** The frozen forms of the case's loan. */
export function frozenOf(sql: Reader, row: BreachView) {
  const loan = row.loan_id === null ? undefined : findLoanById(sql, row.loan_id);
  return loan === undefined ? [] : frozenForms(sql, `loan:${loan.form_number}`);
}

function requireOpen(row: BreachView): void {
  if (row.state !== 'open') throw new AppError('CONFLICT', { params: { what: 'breach', number: row.number } });
}

function act(
  context: CommandContext,
  row: BreachView,
  done: Pick<Parameters<typeof insertBreachAct>[1], 'act' | 'measure' | 'decided_by' | 'text'>,
): void {
  insertBreachAct(context.sql, {
    breach_id: row.id,
    at: context.clock.now().toISOString(),
    by: context.actor.displayName,
    ...done,
  });
}

/** Breach cases and borrowers' records (B3). The measure is a person's decision; the program records it. */
export const breachHandlers: HandlersOf<
  'breaches.list' | 'breaches.get' | 'breaches.open' | 'breaches.record' | 'breaches.close' | 'borrowers.get'
> = {
  'breaches.list': {
    phase: 'query',
    run({ sql, clock }, { state, borrowerId, text, offset, limit }) {
      const { rows, total } = listBreaches(
        sql,
        { open: state === 'open', borrowerId, text: text.trim() },
        offset,
        limit,
      );
      return { breaches: shownBreaches(sql, rows, todayOf(clock)), total };
    },
  },
  'breaches.get': {
    phase: 'query',
    run(context, { number }) {
      const { sql, clock } = context;
      const row = getBreach(sql, number);
      return {
        breach: shownBreach(sql, row, todayOf(clock)),
        evidence: evidenceOf(context, row).map(({ seq, ts, actor, type, obj, outcome, hash }) => ({
          seq,
          ts,
          actor,
          type,
          obj,
          outcome,
          hash,
        })),
        frozen: frozenOf(sql, row).map(({ stage, sha256, at }) => ({ stage, sha256, at })),
      };
    },
  },
  'breaches.open': {
    phase: 'command',
    run(context, { loanNumber, borrowerId, kind, facts }) {
      const { sql, clock } = context;
      const today = todayOf(clock);
      const loan = loanNumber === undefined ? undefined : getLoan(sql, loanNumber);
      const id = loan?.borrower_id ?? borrowerId;
      if (id === undefined)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'borrowerId', message: 'validation.required' }] });
      const staff = getStaff(sql, id, today);
      const number = openBreach(context, { borrowerId: id, borrower: staff.name, loan, kind, facts, byReturn: false });
      context.note({
        object: `breach:${number}`,
        data: { borrower: `staff:${id}`, kind, ...(loan === undefined ? {} : { loan: loan.number }) },
      });
      return shownBreach(sql, getBreach(sql, number), today);
    },
  },
  'breaches.record': {
    phase: 'command',
    run(context, input) {
      const { sql, clock } = context;
      const row = getBreach(sql, input.number);
      context.note({
        object: `breach:${row.number}`,
        data: { act: input.act, ...(input.measure === undefined ? {} : { measure: input.measure }) },
      });
      requireOpen(row);
      const wrong =
        input.act === 'measure'
          ? input.measure === undefined
            ? 'measure'
            : input.decidedBy.trim() === ''
              ? 'decidedBy'
              : undefined
          : input.text.trim() === ''
            ? 'text'
            : undefined;
      if (wrong !== undefined)
        throw new AppError('INPUT_INVALID', { fields: [{ path: wrong, message: 'validation.required' }] });
      act(context, row, {
        act: input.act,
        measure: input.act === 'measure' ? (input.measure ?? '') : '',
        decided_by: input.decidedBy.trim(),
        text: input.text.trim(),
      });
      return shownBreach(sql, getBreach(sql, row.number), todayOf(clock));
    },
  },
  'breaches.close': {
    phase: 'command',
    run(context, { number, as, outcome }) {
      const { sql, clock, actor } = context;
      const row = getBreach(sql, number);
      context.note({ object: `breach:${row.number}`, data: { as } });
      requireOpen(row);
      const [refusal] = as === 'void' ? [] : closingRefusals(breachActs(sql, [row.id]).map((one) => one.act));
      if (refusal !== undefined)
        throw new AppError('CONFLICT', {
          params: { what: 'breach', number: row.number, reason: refusal },
          hint: `closingRefusal.${refusal}`,
        });
      closeBreach(sql, row.id, {
        state: as,
        outcome,
        closed_at: clock.now().toISOString(),
        closed_by: actor.displayName,
      });
      act(context, row, { act: as === 'void' ? 'voided' : 'closed', measure: '', decided_by: '', text: outcome });
      return shownBreach(sql, getBreach(sql, row.number), todayOf(clock));
    },
  },
  'borrowers.get': {
    phase: 'query',
    run({ sql, clock }, { borrowerId }) {
      const today = todayOf(clock);
      const staff = getStaff(sql, borrowerId, today);
      const counts = borrowerCounts(sql, borrowerId);
      return {
        borrowerId,
        name: staff.name,
        department: staff.department,
        position: staff.position,
        active: staff.active === 1,
        refusals: [...borrowerRefusals(sql, staff, today)],
        loans: counts.loans,
        open: staff.open_loans,
        overdue: staff.overdue_loans,
        returnedLate: counts.late,
        openBreaches: countOpenBreaches(sql, borrowerId),
        breaches: shownBreaches(sql, listBreaches(sql, { open: false, borrowerId, text: '' }, 0, 100).rows, today),
        requests: listRequests(sql, { open: true, staffId: borrowerId }, 0, 100).rows.map((row) =>
          shownRequest(sql, row, today),
        ),
        lastPurpose: counts.lastPurpose.slice(0, 400),
      };
    },
  },
};
