import type { LoanRequest, RoomReading } from '../../shared/contract/loan-queue.ts';
import type { Loan, LoanForm } from '../../shared/contract/loan-records.ts';
import { daysOverdue, isOverdue, type WorkCalendar } from '../../shared/domain/due-dates.ts';
import { type GivenNotice, type LendingRules, nextInQueue } from '../../shared/domain/lending-rules.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { breachesOfLoans } from '../store/breaches.ts';
import { findLoanForm, findLoanFormById, frozenForms, type LoanFormView } from '../store/loan-forms.ts';
import { type LoanRequestView, openRequestsOf } from '../store/loan-requests.ts';
import { findLoan, type LoanEventRow, type LoanView, loanEvents, loansOfForm } from '../store/loans.ts';
import { findPaperById, insertPaperAct, type PaperView, updatePaper } from '../store/papers.ts';
import type { RoomReadingView } from '../store/room-readings.ts';
import type { Reader } from '../store/sql.ts';
import { findStaff, type StaffView } from '../store/staff.ts';
import type { CommandContext } from './context.ts';
import { readSettings } from './settings.ts';
import { dayOf } from './today.ts';

/** Between the rows of loans, forms, requests and readings and what is shown of them. */

/** The company's rules of lending and its calendar. */
export function lendingRules(sql: Reader): { rules: LendingRules; calendar: WorkCalendar } {
  const rules = readSettings(sql).lending;
  return { rules, calendar: { holidays: rules.holidays, makeUpDays: rules.makeUpDays } };
}

/** A number as it is typed or scanned. */
export const cleanNumber = (number: string) => number.normalize('NFKC').trim().toUpperCase();

export function getLoan(sql: Reader, number: string): LoanView {
  const row = findLoan(sql, cleanNumber(number));
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'loan', number } });
  return row;
}

/** The form of a number: its own, or that of one of its items. */
export function getLoanForm(sql: Reader, number: string): LoanFormView {
  const clean = cleanNumber(number);
  const item = findLoan(sql, clean);
  const row = findLoanForm(sql, clean) ?? (item === undefined ? undefined : findLoanFormById(sql, item.form_id));
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'loan', number } });
  return row;
}

/** The item of a number, or everything of a form; only what is still out. Throws CONFLICT when nothing is, or nobody has signed for it. */
export function openLoansNamed(sql: Reader, number: string): LoanView[] {
  const item = findLoan(sql, cleanNumber(number));
  const rows = item === undefined ? loansOfForm(sql, getLoanForm(sql, number).id) : [item];
  const open = rows.filter((row) => row.returned_at === null);
  if (open.length === 0) throw new AppError('CONFLICT', { params: { what: 'loan', number } });
  for (const row of open) requireSigned(row);
  return open;
}

export function getStaff(sql: Reader, id: number, today: string): StaffView {
  const row = findStaff(sql, id, today);
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: id } });
  return row;
}

/** Notices that were given for a loan, as the rules see them. */
export function givenNotices(events: readonly LoanEventRow[], loanId: number): GivenNotice[] {
  return events
    .filter((event) => event.loan_id === loanId && event.kind === 'reminder')
    .map((event) => ({
      kind: event.notice === '' ? 'overdue' : event.notice,
      step: event.step,
      at: event.at,
      day: dayOf(new Date(event.at)),
    }));
}

function stateOf(row: LoanView, today: string): Loan['state'] {
  if (row.put_back_at !== null) return 'putBack';
  if (row.returned_at !== null) return 'returned';
  // B1: until it is signed nothing is out, and nothing is late.
  if (row.signed_at === null) return 'prepared';
  return isOverdue(row.due, today) ? 'overdue' : 'out';
}

/** Throws CONFLICT while the form waits for its signature (B1). */
export function requireSigned(row: Pick<LoanView, 'signed_at' | 'form_number'>): void {
  if (row.signed_at === null)
    throw new AppError('CONFLICT', { params: { what: 'loan', number: row.form_number }, hint: 'hint.loanNotSigned' });
}

function loanFor(row: LoanView, events: readonly LoanEventRow[], breaches: readonly string[], today: string): Loan {
  const mine = events.filter((event) => event.loan_id === row.id);
  const recall = mine.filter((event) => event.kind === 'recall').at(-1);
  return {
    loanNumber: row.number,
    formNumber: row.form_number,
    code: row.code,
    title: row.title,
    security: row.security,
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
    reminders: mine
      .filter((event) => event.kind === 'reminder')
      .map((event) => ({
        at: event.at,
        kind: event.notice === '' ? ('overdue' as const) : event.notice,
        step: event.step,
        method: event.text,
      })),
    recall:
      recall === undefined || row.recalled_at === null
        ? null
        : { at: recall.at, from: recall.from_day ?? '', to: recall.to_day ?? '', reason: recall.text },
    returnedAt: row.returned_at,
    conditionIn: row.condition_in,
    pagesIn: row.pages_in,
    missingPages: row.missing_pages,
    note: row.note,
    state: stateOf(row, today),
    daysOverdue: row.returned_at === null && row.signed_at !== null ? daysOverdue(row.due, today) : 0,
    waiting: row.waiting,
    breaches: [...breaches],
  };
}

export function shownLoans(sql: Reader, rows: readonly LoanView[], today: string): Loan[] {
  const ids = rows.map((row) => row.id);
  const events = loanEvents(sql, ids);
  const breaches = breachesOfLoans(sql, ids).filter((one) => one.state !== 'void');
  return rows.map((row) =>
    loanFor(
      row,
      events,
      breaches.filter((one) => one.loan_id === row.id).map((one) => one.number),
      today,
    ),
  );
}

export function shownLoan(sql: Reader, row: LoanView, today: string): Loan {
  const [loan] = shownLoans(sql, [row], today);
  if (loan === undefined) throw new AppError('INTERNAL');
  return loan;
}

function formState(form: LoanFormView, open: readonly Loan[]): LoanForm['state'] {
  if (form.put_back_at !== null) return 'putBack';
  if (open.length === 0) return 'returned';
  if (form.signed_at === null) return 'prepared';
  return open.some((item) => item.state === 'overdue') ? 'overdue' : 'out';
}

export function shownForm(sql: Reader, form: LoanFormView, today: string): LoanForm {
  const items = shownLoans(sql, loansOfForm(sql, form.id), today);
  const open = items.filter((item) => item.returnedAt === null);
  const dues = (open.length === 0 ? items : open).map((item) => item.due).sort();
  return {
    loanNumber: form.number,
    borrowerId: form.borrower_id,
    borrower: form.borrower,
    department: form.department,
    purpose: form.purpose,
    restriction: form.restriction,
    binder:
      form.binder_customer === null
        ? null
        : {
            customer: form.binder_customer,
            customerName: form.binder_customer_name ?? '',
            class: form.binder_class,
          },
    stays: JSON.parse(form.stays) as LoanForm['stays'],
    approvedBy: form.approved_by,
    agreement: form.agreement,
    drawn: form.signature !== '',
    lentAt: form.lent_at,
    lentBy: form.lent_by,
    due: (open.length === 0 ? dues.at(-1) : dues[0]) ?? dayOf(new Date(form.lent_at)),
    state: formState(form, open),
    open: open.length,
    items,
    frozen: frozenForms(sql, `loan:${form.number}`).map(({ stage, sha256, at }) => ({ stage, sha256, at })),
  };
}

/** A request as it stands: its place in the queue of its paper, 1 for whoever is next. */
export function shownRequest(sql: Reader, row: LoanRequestView, today: string): LoanRequest {
  const open = row.state === 'waiting' || row.state === 'told';
  const queue = open ? openRequestsOf(sql, row.paper_id) : [];
  const waiting = queue.filter((one) => nextInQueue([queueing(one)], today) !== undefined);
  return {
    id: row.id,
    code: row.code,
    title: row.title,
    customer: row.customer_number,
    customerName: row.customer_name,
    staffId: row.staff_id,
    name: row.name,
    department: row.department,
    purpose: row.purpose,
    requestedAt: row.requested_at,
    state: row.state,
    place: open ? waiting.findIndex((one) => one.id === row.id) + 1 : 0,
    available: open && (row.paper_state === 'inPlace' || row.paper_state === 'bound'),
    toldAt: row.told_at,
    toldHow: row.told_how,
    holdUntil: row.hold_until,
    reason: row.reason,
  };
}

export const queueing = (row: LoanRequestView) => ({
  staffId: row.staff_id,
  state: row.state,
  holdUntil: row.hold_until,
  row,
});

/** Who is next for a paper, or undefined. */
export function nextFor(sql: Reader, paperId: number, today: string): LoanRequestView | undefined {
  return nextInQueue(openRequestsOf(sql, paperId).map(queueing), today)?.row;
}

export function shownReading(row: RoomReadingView): RoomReading {
  return {
    id: row.id,
    code: row.code,
    title: row.title,
    customer: row.customer_number,
    customerName: row.customer_name,
    original: row.original === 1,
    staffId: row.staff_id,
    reader: row.reader,
    department: row.department,
    basis: row.basis,
    purpose: row.purpose,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    pagesOut: row.pages_out,
    pagesIn: row.pages_in,
    note: row.note,
  };
}

/** A paper that comes back stands where it stood: in its volume, or loose in its place. */
export const stateInPlace = (paper: PaperView) => (paper.volume_id === null ? 'inPlace' : 'bound');

/** Writes where a paper is now, and the act in its trail. */
export function setPaperState(
  context: CommandContext,
  paperId: number,
  change: (paper: PaperView) => PaperView['state'],
  act: string,
  detail: string,
): PaperView {
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
  return paper;
}
