import type { Loan } from '../../shared/contract/custody.ts';
import { daysOverdue, dueDate, isOverdue } from '../../shared/domain/due-dates.ts';
import { canLend, type LendingRefusal, pageCountExplained, REFUSAL_CODES } from '../../shared/domain/loans.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  closeLoan,
  findLoan,
  insertLoan,
  insertLoanEvent,
  type LoanEventRow,
  type LoanView,
  listLoans,
  loanEvents,
  openLoanOfPaper,
  setLoanDue,
  takeLoanNumber,
} from '../store/loans.ts';
import { findPaperById, insertPaperAct, type PaperView, updatePaper } from '../store/papers.ts';
import { indexRecord } from '../store/search-index.ts';
import type { Reader } from '../store/sql.ts';
import { findStaff, type StaffView } from '../store/staff.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { getPaper, shownPaper } from './paper-record.ts';
import { todayOf } from './today.ts';

/** A return entered by mistake can be taken back for this long, in milliseconds. */
const UNDO_RETURN_MS = 10 * 60_000;

function loanFor(row: LoanView, events: readonly LoanEventRow[], today: string): Loan {
  const mine = events.filter((event) => event.loan_id === row.id);
  return {
    loanNumber: row.number,
    code: row.code,
    title: row.title,
    customer: row.customer_number,
    customerName: row.customer_name,
    borrowerId: row.borrower_id,
    borrower: row.borrower,
    department: row.department,
    purpose: row.purpose,
    lentAt: row.lent_at,
    due: row.due,
    conditionOut: row.condition_out,
    pagesOut: row.pages_out,
    approvedBy: row.approved_by,
    extensions: mine
      .filter((event) => event.kind === 'extension')
      .map((event) => ({ at: event.at, from: event.from_day ?? '', to: event.to_day ?? '', reason: event.text })),
    reminders: mine.filter((event) => event.kind === 'reminder').map((event) => ({ at: event.at, method: event.text })),
    returnedAt: row.returned_at,
    conditionIn: row.condition_in,
    pagesIn: row.pages_in,
    note: row.note,
    state: row.returned_at !== null ? 'returned' : isOverdue(row.due, today) ? 'overdue' : 'out',
    daysOverdue: row.returned_at === null ? daysOverdue(row.due, today) : 0,
  };
}

export function shownLoans(sql: Reader, rows: readonly LoanView[], today: string): Loan[] {
  const events = loanEvents(
    sql,
    rows.map((row) => row.id),
  );
  return rows.map((row) => loanFor(row, events, today));
}

function shownLoan(sql: Reader, number: string, today: string): Loan {
  const [loan] = shownLoans(sql, [getLoan(sql, number)], today);
  if (loan === undefined) throw new AppError('INTERNAL');
  return loan;
}

function getLoan(sql: Reader, number: string): LoanView {
  const row = findLoan(sql, number.normalize('NFKC').trim().toUpperCase());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'loan', number } });
  return row;
}

function getStaff(sql: Reader, id: number, today: string): StaffView {
  const row = findStaff(sql, id, today);
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: id } });
  return row;
}

/** Why a paper may not be lent to this person; without a person only the paper is judged (L3, B2, B3). */
function refusalsOf(
  sql: Reader,
  paper: PaperView,
  borrower: StaffView | undefined,
  today: string,
): readonly LendingRefusal[] {
  return canLend(
    {
      original: paper.original === 1,
      securityLevel: paper.security,
      state:
        paper.state === 'lent' ? 'lent' : paper.state === 'inPlace' || paper.state === 'bound' ? 'inPlace' : 'removed',
    },
    {
      staffId: borrower?.id ?? 0,
      active: borrower === undefined || borrower.active === 1,
      openBreach: false,
      openLoansDue:
        borrower === undefined
          ? []
          : listLoans(sql, { state: 'open', today, borrowerId: borrower.id, text: '' }, 0, 500).rows.map(
              (loan) => loan.due,
            ),
    },
    today,
  );
}

/** A paper that comes back stands where it stood: in its volume, or loose in its place. */
const stateInPlace = (paper: PaperView) => (paper.volume_id === null ? 'inPlace' : 'bound');

function setPaperState(
  context: CommandContext,
  paperId: number,
  change: (paper: PaperView) => PaperView['state'],
  act: string,
  detail: string,
): void {
  const paper = findPaperById(context.sql, paperId);
  if (paper === undefined) throw new AppError('INTERNAL');
  updatePaper(context.sql, { ...paper, state: change(paper), revision: paper.revision + 1 });
  insertPaperAct(context.sql, {
    paper_id: paperId,
    at: context.clock.now().toISOString(),
    by: context.actor.displayName,
    act,
    reason: '',
    detail,
  });
}

export const loanHandlers: HandlersOf<
  | 'loans.list'
  | 'loans.get'
  | 'loans.proposal'
  | 'loans.lend'
  | 'loans.return'
  | 'loans.undoReturn'
  | 'loans.extend'
  | 'loans.remind'
> = {
  'loans.list': {
    phase: 'query',
    run({ sql, clock }, input) {
      const today = todayOf(clock);
      const { rows, total } = listLoans(
        sql,
        { state: input.state, today, borrowerId: input.borrowerId, text: input.text.trim() },
        input.offset,
        input.limit,
      );
      return { loans: shownLoans(sql, rows, today), total };
    },
  },
  'loans.get': { phase: 'query', run: ({ sql, clock }, { loanNumber }) => shownLoan(sql, loanNumber, todayOf(clock)) },
  'loans.proposal': {
    phase: 'query',
    run({ sql, clock, actor }, { code, borrowerId }) {
      const today = todayOf(clock);
      const asLoan = findLoan(sql, code.normalize('NFKC').trim().toUpperCase());
      const found = asLoan === undefined ? getPaper(sql, code) : findPaperById(sql, asLoan.paper_id);
      if (found === undefined) throw new AppError('NOT_FOUND', { params: { what: 'paper', number: code } });
      const borrower = borrowerId === undefined ? undefined : getStaff(sql, borrowerId, today);
      const refusals = refusalsOf(sql, found, borrower, today);
      const open = openLoanOfPaper(sql, found.id);
      return {
        paper: shownPaper(sql, actor.role, found),
        mayLend: refusals.length === 0,
        refusals: [...refusals],
        due: dueDate(found.security, today) ?? null,
        openLoan: open === undefined ? null : (shownLoans(sql, [open], today)[0] ?? null),
      };
    },
  },
  'loans.lend': {
    phase: 'command',
    run(context, input) {
      const { sql, clock, actor } = context;
      const today = todayOf(clock);
      const paper = getPaper(sql, input.code);
      const borrower = getStaff(sql, input.borrowerId, today);
      context.note({ object: `paper:${paper.code}`, data: { borrower: `staff:${borrower.id}` } });
      const [refusal] = refusalsOf(sql, paper, borrower, today);
      if (refusal !== undefined)
        throw new AppError(REFUSAL_CODES[refusal], {
          params: { code: paper.code, reason: refusal, borrower: borrower.name },
        });
      const due = input.due ?? dueDate(paper.security, today);
      if (due === undefined)
        throw new AppError('ORIGINAL_NEVER_LEAVES', { params: { code: paper.code, reason: 'premisesOnly' } });
      if (due < today)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'due', message: 'validation.dayInPast' }] });
      const number = formatNumber(
        DEFAULT_PATTERNS.loan,
        takeLoanNumber(sql, Number(today.slice(0, 4))),
        Number(today.slice(0, 4)),
      );
      const id = insertLoan(sql, {
        number,
        paper_id: paper.id,
        borrower_id: borrower.id,
        purpose: input.purpose,
        lent_at: clock.now().toISOString(),
        lent_by: actor.displayName,
        due,
        condition_out: input.conditionOut,
        pages_out: input.pagesOut ?? paper.pages,
        approved_by: input.approvedBy,
        returned_at: null,
        condition_in: null,
        pages_in: null,
        note: input.note,
      });
      setPaperState(context, paper.id, () => 'lent', 'lent', `${number} ${borrower.name}`);
      indexRecord(sql, { kind: 'loan', id, name: borrower.name, body: [number, paper.code] });
      context.note({ data: { loan: number, due } });
      return shownLoan(sql, number, today);
    },
  },
  'loans.return': {
    phase: 'command',
    run(context, input) {
      const { sql, clock } = context;
      const row = getLoan(sql, input.loanNumber);
      context.note({
        object: `loan:${row.number}`,
        data: { condition: input.conditionIn, pagesOut: row.pages_out, pagesIn: input.pagesIn },
      });
      if (row.returned_at !== null) throw new AppError('CONFLICT', { params: { what: 'loan', number: row.number } });
      if (!pageCountExplained({ pagesOut: row.pages_out, pagesBack: input.pagesIn, condition: input.conditionIn }))
        throw new AppError('INPUT_INVALID', {
          fields: [
            {
              path: 'pagesIn',
              message: 'validation.pagesUnexplained',
              params: { out: row.pages_out, back: input.pagesIn },
            },
          ],
        });
      closeLoan(sql, row.id, {
        returned_at: clock.now().toISOString(),
        condition_in: input.conditionIn,
        pages_in: input.pagesIn,
        note: [row.note, input.note].filter((text) => text !== '').join('\n'),
      });
      setPaperState(context, row.paper_id, stateInPlace, 'returned', row.number);
      return shownLoan(sql, row.number, todayOf(clock));
    },
  },
  'loans.undoReturn': {
    phase: 'command',
    run(context, { loanNumber }) {
      const { sql, clock, actor } = context;
      const row = getLoan(sql, loanNumber);
      context.note({ object: `loan:${row.number}` });
      const late = row.returned_at === null || clock.now().getTime() - Date.parse(row.returned_at) > UNDO_RETURN_MS;
      if (late || openLoanOfPaper(sql, row.paper_id) !== undefined)
        throw new AppError('CONFLICT', { params: { what: 'loan', number: row.number } });
      closeLoan(sql, row.id, { returned_at: null, condition_in: null, pages_in: null, note: row.note });
      insertLoanEvent(sql, {
        loan_id: row.id,
        at: clock.now().toISOString(),
        by: actor.displayName,
        kind: 'undoReturn',
        from_day: null,
        to_day: null,
        text: '',
      });
      setPaperState(context, row.paper_id, () => 'lent', 'returnUndone', row.number);
      return shownLoan(sql, row.number, todayOf(clock));
    },
  },
  'loans.extend': {
    phase: 'command',
    run(context, { loanNumber, due, reason }) {
      const { sql, clock, actor } = context;
      const row = getLoan(sql, loanNumber);
      context.note({ object: `loan:${row.number}`, why: reason, data: { from: row.due, to: due } });
      if (row.returned_at !== null) throw new AppError('CONFLICT', { params: { what: 'loan', number: row.number } });
      if (due <= row.due || due < todayOf(clock))
        throw new AppError('INPUT_INVALID', {
          fields: [{ path: 'due', message: 'validation.dayNotLater', params: { day: row.due } }],
        });
      setLoanDue(sql, row.id, due);
      insertLoanEvent(sql, {
        loan_id: row.id,
        at: clock.now().toISOString(),
        by: actor.displayName,
        kind: 'extension',
        from_day: row.due,
        to_day: due,
        text: reason,
      });
      return shownLoan(sql, row.number, todayOf(clock));
    },
  },
  'loans.remind': {
    phase: 'command',
    run(context, { loanNumber, method }) {
      const { sql, clock, actor } = context;
      const row = getLoan(sql, loanNumber);
      context.note({ object: `loan:${row.number}` });
      if (row.returned_at !== null) throw new AppError('CONFLICT', { params: { what: 'loan', number: row.number } });
      insertLoanEvent(sql, {
        loan_id: row.id,
        at: clock.now().toISOString(),
        by: actor.displayName,
        kind: 'reminder',
        from_day: null,
        to_day: null,
        text: method,
      });
      return shownLoan(sql, row.number, todayOf(clock));
    },
  },
};
