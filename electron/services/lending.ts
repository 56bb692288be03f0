import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { levelsToApprove } from '../../shared/domain/lending-rules.ts';
import { type LendingRefusal, REFUSAL_CODES } from '../../shared/domain/loans.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type CustomerRow, findCustomer } from '../store/customers.ts';
import {
  findLoanForm,
  findReservedForm,
  insertLoanForm,
  type LoanFormView,
  markFormKeyedIn,
  putLoanFormBack,
  signLoanForm,
} from '../store/loan-forms.ts';
import { closeRequest, openRequestsOf } from '../store/loan-requests.ts';
import {
  closeUnsignedLoans,
  findLoan,
  insertLoan,
  loansOfForm,
  openLoanOfPaper,
  takeLoanNumber,
} from '../store/loans.ts';
import { findPaperById } from '../store/papers.ts';
import { openReadingOf } from '../store/room-readings.ts';
import { indexRecord } from '../store/search-index.ts';
import type { Reader } from '../store/sql.ts';
import type { StaffView } from '../store/staff.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { binderOf, borrowerRefusals, dueByRule, type LentItem, lentItems, refusalsOf } from './lendable.ts';
import { approvalOf, consumeApprovals } from './lending-approval.ts';
import { printLoanForm } from './loan-print.ts';
import {
  cleanNumber,
  getLoanForm,
  getStaff,
  lendingRules,
  setPaperState,
  shownForm,
  shownLoan,
  shownReading,
  shownRequest,
  stateInPlace,
} from './loan-record.ts';
import { getPaper, shownPaper } from './paper-record.ts';
import { dayOf, todayOf } from './today.ts';

type Lending = ParsedInputOf<'loans.lend'>;

/** What a manager may let pass, with the reason; an open case never (B3). */
const OVERRIDABLE = 'overdueLoan';
const inTheWay = (refusals: readonly LendingRefusal[], override: string) =>
  refusals.filter((refusal) => override === '' || refusal !== OVERRIDABLE);

function requireLendable(
  sql: Reader,
  items: readonly LentItem[],
  borrower: StaffView,
  today: string,
  override: string,
): void {
  for (const { paper } of items) {
    const [refusal] = inTheWay(refusalsOf(sql, paper, borrower, today), override);
    if (refusal !== undefined)
      throw new AppError(REFUSAL_CODES[refusal], {
        params: { code: paper.code, reason: refusal, borrower: borrower.name },
        hint: `loanRefusal.${refusal}`,
      });
  }
}

/** The number and the day of the form: the next one and today, or those of a numbered blank that was filled in by hand. */
function numberOf(
  context: CommandContext,
  input: Lending,
  today: string,
): { number: string; lentAt: string; blank: boolean } {
  const { sql, clock } = context;
  const now = clock.now().toISOString();
  if (input.formNumber === undefined) {
    if (input.lentOn !== undefined && input.lentOn !== today)
      throw new AppError('INPUT_INVALID', { fields: [{ path: 'formNumber', message: 'validation.blankFormNeeded' }] });
    const year = Number(today.slice(0, 4));
    return { number: formatNumber(DEFAULT_PATTERNS.loan, takeLoanNumber(sql, year), year), lentAt: now, blank: false };
  }
  const number = cleanNumber(input.formNumber);
  const reserved = findReservedForm(sql, number);
  if (reserved === undefined) throw new AppError('NOT_FOUND', { params: { what: 'loan', number } });
  if (reserved.form_id !== null || reserved.voided_at !== null)
    throw new AppError('CONFLICT', { params: { what: 'loan', number } });
  const day = input.lentOn ?? today;
  if (day > today || day < dayOf(new Date(reserved.reserved_at)))
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'lentOn', message: 'validation.dayOfBlankForm' }] });
  return { number, lentAt: day === today ? now : new Date(`${day}T12:00:00`).toISOString(), blank: true };
}

async function lend(context: CommandContext, input: Lending): Promise<OutputOf<'loans.lend'>> {
  const { sql, clock, actor } = context;
  const today = todayOf(clock);
  const borrower = getStaff(sql, input.borrowerId, today);
  const named = input.code ?? input.papers?.[0]?.code;
  context.note({
    object: named === undefined ? `customer:${input.binder?.customer ?? ''}` : `paper:${named}`,
    data: { borrower: `staff:${borrower.id}` },
  });
  const { items, binder } = lentItems(sql, input, borrower, today);
  if (named !== undefined && items[0] !== undefined) context.note({ object: `paper:${items[0].paper.code}` });
  const { number, lentAt, blank } = numberOf(context, input, today);
  const lentOn = dayOf(new Date(lentAt));
  // What was lent by hand is judged by the day on which it was.
  requireLendable(sql, items, borrower, lentOn, input.override);
  if (items.length === 0) {
    const [own] = inTheWay(borrowerRefusals(sql, borrower, today), input.override);
    throw new AppError(own === undefined ? 'ORIGINAL_NEVER_LEAVES' : REFUSAL_CODES[own], {
      params: { code: input.binder?.customer ?? '', reason: own ?? 'nothingLeft', borrower: borrower.name },
      hint: `loanRefusal.${own ?? 'nothingLeft'}`,
    });
  }
  const papers = items.map(({ paper }) => paper);
  const latest = dueByRule(sql, papers, lentOn);
  const due = input.due ?? latest;
  if (due === undefined || latest === undefined)
    throw new AppError('ORIGINAL_NEVER_LEAVES', { params: { code: papers[0]?.code ?? '', reason: 'premisesOnly' } });
  if (due < lentOn) throw new AppError('INPUT_INVALID', { fields: [{ path: 'due', message: 'validation.dayInPast' }] });
  if (due > latest)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'due', message: 'validation.dayAfterPeriod', params: { day: latest } }],
    });
  const approvals = consumeApprovals(
    context,
    { papers, borrower, due, purpose: input.purpose, override: input.override },
    number,
  );
  const signed = input.signed === 'done' || blank || input.signature.length > 0;
  const approvedBy = approvals.map(({ name }) => name).join('、');
  const formId = insertLoanForm(sql, {
    number,
    borrower_id: borrower.id,
    purpose: input.purpose,
    restriction: input.restriction,
    binder_customer_id: binder?.customer.id ?? null,
    binder_class: binder?.dossierClass ?? null,
    stays: JSON.stringify(binder?.stays ?? []),
    approved_by: approvedBy,
    agreement: approvals.map((one) => one.number).join(' '),
    signature: input.signature.length === 0 ? '' : JSON.stringify(input.signature),
    lent_at: lentAt,
    lent_by: actor.displayName,
    written_at: clock.now().toISOString(),
    signed_at: signed ? lentAt : null,
  });
  if (blank) markFormKeyedIn(sql, number, formId);
  for (const [index, { paper, pagesOut, conditionOut }] of items.entries()) {
    const own = items.length === 1 ? number : `${number}-${String(index + 1).padStart(2, '0')}`;
    const id = insertLoan(sql, {
      number: own,
      form_id: formId,
      paper_id: paper.id,
      borrower_id: borrower.id,
      purpose: input.purpose,
      lent_at: lentAt,
      lent_by: actor.displayName,
      due,
      condition_out: conditionOut,
      pages_out: pagesOut,
      approved_by: approvedBy,
      recalled_at: null,
      returned_at: null,
      condition_in: null,
      pages_in: null,
      missing_pages: '',
      note: input.note,
    });
    setPaperState(context, paper.id, () => 'lent', 'lent', `${own} ${borrower.name}`);
    indexRecord(sql, { kind: 'loan', id, name: borrower.name, body: [own, paper.code] });
    const mine = openRequestsOf(sql, paper.id).find((one) => one.staff_id === borrower.id);
    if (mine !== undefined) closeRequest(sql, mine.id, 'lent', clock.now().toISOString(), '');
  }
  context.note({
    object: `loan:${number}`,
    data: {
      papers: papers.map((paper) => paper.code),
      due,
      ...(binder === undefined ? {} : { stayed: binder.stays.length }),
      ...(blank ? { keyedIn: lentOn } : {}),
      signed: !signed ? 'later' : input.signature.length === 0 ? 'paper' : 'drawn',
      ...(input.override === '' ? {} : { overrides: OVERRIDABLE }),
    },
  });
  if (input.override !== '') context.note({ why: input.override });
  // Signed here and now: what was signed is frozen in the same step, with its hash in this entry. A paper is frozen when it is printed.
  if (input.signature.length > 0) await printLoanForm(context, number);
  return shownForm(sql, getLoanForm(sql, number), today);
}

/** A prepared form, which waits for its signature. Throws CONFLICT for any other. */
function preparedForm(context: CommandContext, loanNumber: string): LoanFormView {
  const form = getLoanForm(context.sql, loanNumber);
  context.note({ object: `loan:${form.number}` });
  if (form.signed_at !== null || form.put_back_at !== null)
    throw new AppError('CONFLICT', { params: { what: 'loan', number: form.number }, hint: 'hint.loanSigned' });
  return form;
}

function signForm(context: CommandContext, { loanNumber }: ParsedInputOf<'loans.sign'>): OutputOf<'loans.sign'> {
  const { sql, clock } = context;
  const form = preparedForm(context, loanNumber);
  signLoanForm(sql, form.id, clock.now().toISOString());
  context.note({ data: { signed: 'paper' } });
  return shownForm(sql, getLoanForm(sql, form.number), todayOf(clock));
}

function putBack(
  context: CommandContext,
  { loanNumber, reason }: ParsedInputOf<'loans.putBack'>,
): OutputOf<'loans.putBack'> {
  const { sql, clock } = context;
  const form = preparedForm(context, loanNumber);
  const at = clock.now().toISOString();
  context.note({ why: reason });
  putLoanFormBack(sql, form.id, at, reason);
  closeUnsignedLoans(sql, form.id, at);
  for (const item of loansOfForm(sql, form.id))
    setPaperState(context, item.paper_id, stateInPlace, 'putBack', item.number);
  return shownForm(sql, getLoanForm(sql, form.number), todayOf(clock));
}

/** A customer's number at the counter, with `#` and a class or without. */
function binderNamed(
  sql: Reader,
  code: string,
): { customer: CustomerRow; dossierClass: number | undefined } | undefined {
  const [number = '', dossierClass] = cleanNumber(code).split('#');
  const customer = findCustomer(sql, number);
  if (customer === undefined || (dossierClass !== undefined && !/^[1-5]$/u.test(dossierClass))) return undefined;
  return { customer, dossierClass: dossierClass === undefined ? undefined : Number(dossierClass) };
}

type Proposal = OutputOf<'loans.proposal'>;

function proposalOf(
  sql: Reader,
  role: Role,
  today: string,
  { code, borrowerId }: ParsedInputOf<'loans.proposal'>,
): Proposal {
  const { rules } = lendingRules(sql);
  const borrower = borrowerId === undefined ? undefined : getStaff(sql, borrowerId, today);
  const nothing = { paper: null, binder: null, openLoan: null, form: null, waiting: [], reading: null };
  const named = binderNamed(sql, code);
  if (named !== undefined) {
    const { customer, dossierClass, goes, stays } = binderOf(sql, named.customer, named.dossierClass, borrower, today);
    const own = borrower === undefined ? [] : borrowerRefusals(sql, borrower, today);
    const refusals = goes.length === 0 ? ['nothingLeft', ...own] : own;
    const levels = goes.map((paper) => paper.security);
    return {
      ...nothing,
      kind: 'binder',
      binder: {
        customer: customer.number,
        customerName: customer.name,
        class: dossierClass,
        goes: goes.map(({ code: each, title, pages, security }) => ({ code: each, title, pages, security })),
        stays: stays.map((one) => ({ ...one })),
      },
      mayLend: refusals.length === 0,
      refusals: [...refusals],
      due: goes.length === 0 ? null : (dueByRule(sql, goes, today) ?? null),
      approvalLevels: [...levelsToApprove(levels, rules)],
    };
  }
  const asItem = findLoan(sql, cleanNumber(code));
  const asForm = findLoanForm(sql, cleanNumber(code));
  if (asForm !== undefined && asItem === undefined)
    return {
      ...nothing,
      kind: 'form',
      mayLend: false,
      refusals: [],
      due: null,
      approvalLevels: [],
      form: shownForm(sql, asForm, today),
    };
  const found = asItem === undefined ? getPaper(sql, code) : findPaperById(sql, asItem.paper_id);
  if (found === undefined) throw new AppError('NOT_FOUND', { params: { what: 'paper', number: code } });
  const refusals = refusalsOf(sql, found, borrower, today);
  const open = openLoanOfPaper(sql, found.id);
  const reading = openReadingOf(sql, found.id);
  return {
    kind: 'paper',
    binder: null,
    paper: shownPaper(sql, role, found),
    mayLend: refusals.length === 0,
    refusals: [...refusals],
    due: dueByRule(sql, [found], today) ?? null,
    approvalLevels: [...levelsToApprove([found.security], rules)],
    openLoan: open === undefined ? null : shownLoan(sql, open, today),
    form: open === undefined ? null : shownForm(sql, getLoanForm(sql, open.number), today),
    waiting: openRequestsOf(sql, found.id).map((row) => shownRequest(sql, row, today)),
    reading: reading === undefined ? null : shownReading(reading),
  };
}

/** Lending at the counter (B1, L3). */
export const lendingHandlers: HandlersOf<
  'loans.proposal' | 'loans.approval' | 'loans.lend' | 'loans.sign' | 'loans.putBack'
> = {
  'loans.proposal': {
    phase: 'query',
    run: ({ sql, clock, actor }, input) => proposalOf(sql, actor.role, todayOf(clock), input),
  },
  'loans.approval': { phase: 'query', run: approvalOf },
  'loans.lend': { phase: 'command', run: lend },
  'loans.sign': { phase: 'command', run: signForm },
  'loans.putBack': { phase: 'command', run: putBack },
};
