import { AppError } from '../../shared/errors/app-error.ts';
import { addDays } from '../../shared/util/days.ts';
import {
  closeRequest,
  findRequest,
  insertRequest,
  type LoanRequestView,
  listRequests,
  openRequestsOf,
  tellRequest,
} from '../store/loan-requests.ts';
import { openLoanOfPaper } from '../store/loans.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';
import { borrowerRefusals } from './lendable.ts';
import { getStaff, lendingRules, nextFor, shownRequest } from './loan-record.ts';
import { getPaper } from './paper-record.ts';
import { todayOf } from './today.ts';

function getRequest(sql: Reader, id: number): LoanRequestView {
  const row = findRequest(sql, id);
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'request', number: id } });
  return row;
}

const isOpen = (row: LoanRequestView) => row.state === 'waiting' || row.state === 'told';

/** The queue of those who wait for a paper (B2). */
export const loanRequestHandlers: HandlersOf<'requests.list' | 'requests.add' | 'requests.tell' | 'requests.cancel'> = {
  'requests.list': {
    phase: 'query',
    run({ sql, clock }, { state, code, borrowerId, offset, limit }) {
      const today = todayOf(clock);
      const paperId = code === undefined ? undefined : getPaper(sql, code).id;
      const { rows, total } = listRequests(
        sql,
        { open: state === 'open', paperId, staffId: borrowerId },
        offset,
        limit,
      );
      return { requests: rows.map((row) => shownRequest(sql, row, today)), total };
    },
  },
  'requests.add': {
    phase: 'command',
    run(context, { code, borrowerId, purpose }) {
      const { sql, clock, actor } = context;
      const today = todayOf(clock);
      const paper = getPaper(sql, code);
      const staff = getStaff(sql, borrowerId, today);
      context.note({ object: `paper:${paper.code}`, data: { borrower: `staff:${staff.id}` } });
      // Nobody waits for what can never come: an original, or what is read on the premises only (L3).
      if (paper.original === 1 || lendingRules(sql).rules.periods[paper.security].kind === 'premisesOnly')
        throw new AppError('ORIGINAL_NEVER_LEAVES', {
          params: { code: paper.code, reason: paper.original === 1 ? 'original' : 'premisesOnly' },
          hint: `loanRefusal.${paper.original === 1 ? 'original' : 'premisesOnly'}`,
        });
      const [refusal] = borrowerRefusals(sql, staff, today);
      if (refusal !== undefined)
        throw new AppError('BORROWER_BLOCKED', {
          params: { code: paper.code, reason: refusal, borrower: staff.name },
          hint: `loanRefusal.${refusal}`,
        });
      const has = openLoanOfPaper(sql, paper.id)?.borrower_id === staff.id;
      if (has || openRequestsOf(sql, paper.id).some((one) => one.staff_id === staff.id))
        throw new AppError('CONFLICT', { params: { what: 'request', number: paper.code }, hint: 'hint.requestTwice' });
      const id = insertRequest(sql, {
        paper_id: paper.id,
        staff_id: staff.id,
        purpose,
        requested_at: clock.now().toISOString(),
        requested_by: actor.displayName,
      });
      context.note({ data: { request: id } });
      return shownRequest(sql, getRequest(sql, id), today);
    },
  },
  'requests.tell': {
    phase: 'command',
    run(context, { id, method }) {
      const { sql, clock } = context;
      const today = todayOf(clock);
      const row = getRequest(sql, id);
      context.note({ object: `paper:${row.code}`, data: { request: id } });
      const free = row.paper_state === 'inPlace' || row.paper_state === 'bound';
      if (!isOpen(row) || !free) throw new AppError('CONFLICT', { params: { what: 'request', number: id } });
      const now = clock.now().toISOString();
      // Whoever was told before and did not come has let it pass.
      for (const before of openRequestsOf(sql, row.paper_id)) {
        if (before.id === row.id) break;
        if (before.state === 'told' && (before.hold_until ?? '') < today)
          closeRequest(sql, before.id, 'lapsed', now, '');
      }
      if (nextFor(sql, row.paper_id, today)?.id !== row.id && row.state !== 'told')
        throw new AppError('CONFLICT', { params: { what: 'request', number: id }, hint: 'hint.othersFirst' });
      const holdUntil = addDays(today, lendingRules(sql).rules.holdDays);
      tellRequest(sql, id, { at: now, how: method, holdUntil });
      context.note({ data: { until: holdUntil } });
      return shownRequest(sql, getRequest(sql, id), today);
    },
  },
  'requests.cancel': {
    phase: 'command',
    run(context, { id, reason }) {
      const { sql, clock } = context;
      const row = getRequest(sql, id);
      context.note({ object: `paper:${row.code}`, why: reason, data: { request: id } });
      if (!isOpen(row)) throw new AppError('CONFLICT', { params: { what: 'request', number: id } });
      closeRequest(sql, id, 'cancelled', clock.now().toISOString(), reason);
      return shownRequest(sql, getRequest(sql, id), todayOf(clock));
    },
  },
};
