import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { daysOverdue, renewedDueDate } from '../../shared/domain/due-dates.ts';
import { levelsToApprove, nextReminderStep, noticeDue } from '../../shared/domain/lending-rules.ts';
import { canRenew, type RenewalRefusal } from '../../shared/domain/loans.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { listRequests } from '../store/loan-requests.ts';
import {
  insertLoanEvent,
  type LoanEventRow,
  type LoanView,
  listLoans,
  loanEvents,
  setLoanDue,
  setLoanRecalled,
} from '../store/loans.ts';
import type { Reader } from '../store/sql.ts';
import { agreementStandingOf, consumeAgreement } from './agreements.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { printNotices } from './loan-print.ts';
import {
  getLoan,
  getLoanForm,
  givenNotices,
  lendingRules,
  openLoansNamed,
  shownForm,
  shownLoans,
  shownRequest,
} from './loan-record.ts';
import { todayOf } from './today.ts';

/** Most open loans that are looked through for notices. */
const MOST_OPEN = 100_000;

/** Why this cannot be extended (B2); all reasons of all items, each once. */
function renewalRefusals(sql: Reader, rows: readonly LoanView[], today: string): RenewalRefusal[] {
  const { maxRenewals } = lendingRules(sql).rules;
  const events = loanEvents(
    sql,
    rows.map((row) => row.id),
  );
  const reasons = rows.flatMap((row) =>
    canRenew(
      {
        state: row.returned_at === null ? 'lent' : 'returned',
        due: row.due,
        renewals: events.filter((event) => event.loan_id === row.id && event.kind === 'extension').length,
        recalled: row.recalled_at !== null,
        othersWait: row.waiting > 0,
      },
      today,
      maxRenewals,
    ),
  );
  return [...new Set(reasons)];
}

/** The last day by the rule if it is extended today: of several levels the shortest. */
function renewedDue(sql: Reader, rows: readonly LoanView[], today: string): string {
  const { rules, calendar } = lendingRules(sql);
  const dues = rows.map((row) => renewedDueDate(row.security, today, row.due, calendar, rules.periods) ?? row.due);
  return dues.sort()[0] ?? today;
}

function extensionStatement(
  number: string,
  rows: readonly LoanView[],
  due: string,
  reason: string,
): AgreementStatement {
  return {
    kind: 'loan',
    subject: `loan:${number}`,
    purpose: reason,
    lines: [
      {
        field: 'borrower',
        value: [rows[0]?.borrower ?? '', rows[0]?.department ?? ''].filter((part) => part !== '').join('　'),
      },
      ...rows.map((row) => ({ field: 'paper', value: `${row.code}　${row.title}` })),
      { field: 'due', value: rows[0]?.due ?? '' },
      { field: 'extendedTo', value: due },
    ],
  };
}

const asksApproval = (sql: Reader, rows: readonly LoanView[]) =>
  levelsToApprove(
    rows.map((row) => row.security),
    lendingRules(sql).rules,
  ).length > 0;

function extend(
  context: CommandContext,
  { loanNumber, due, reason }: ParsedInputOf<'loans.extend'>,
): OutputOf<'loans.extend'> {
  const { sql, clock, actor } = context;
  const today = todayOf(clock);
  const rows = openLoansNamed(sql, loanNumber);
  const number = loanNumber.normalize('NFKC').trim().toUpperCase();
  context.note({ object: `loan:${rows[0]?.form_number ?? number}`, why: reason });
  const [refusal] = renewalRefusals(sql, rows, today);
  if (refusal !== undefined)
    throw new AppError('CONFLICT', {
      params: { what: 'loan', number, reason: refusal },
      hint: `renewalRefusal.${refusal}`,
    });
  const earliest =
    rows
      .map((row) => row.due)
      .sort()
      .at(-1) ?? today;
  if (due <= earliest || due < today)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'due', message: 'validation.dayNotLater', params: { day: earliest } }],
    });
  const agreement = asksApproval(sql, rows)
    ? consumeAgreement(context, extensionStatement(number, rows, due, reason), `loan:${number}`)
    : undefined;
  for (const row of rows) {
    setLoanDue(sql, row.id, due);
    insertLoanEvent(sql, {
      loan_id: row.id,
      at: clock.now().toISOString(),
      by: actor.displayName,
      kind: 'extension',
      from_day: row.due,
      to_day: due,
      text: reason,
      agreement: agreement?.number ?? '',
    });
  }
  context.note({ data: { items: rows.map((row) => row.number), from: earliest, to: due } });
  const [first] = shownLoans(sql, [getLoan(sql, rows[0]?.number ?? number)], today);
  if (first === undefined) throw new AppError('INTERNAL');
  return first;
}

function recall(
  context: CommandContext,
  { loanNumber, due, reason }: ParsedInputOf<'loans.recall'>,
): OutputOf<'loans.recall'> {
  const { sql, clock, actor } = context;
  const today = todayOf(clock);
  const rows = openLoansNamed(sql, loanNumber);
  const form = getLoanForm(sql, rows[0]?.form_number ?? loanNumber);
  context.note({ object: `loan:${form.number}`, why: reason });
  const latest = rows.map((row) => row.due).sort()[0] ?? today;
  if (due < today || due >= latest)
    throw new AppError('INPUT_INVALID', {
      fields: [
        due < today
          ? { path: 'due', message: 'validation.dayInPast' }
          : { path: 'due', message: 'validation.dayNotEarlier', params: { day: latest } },
      ],
    });
  const at = clock.now().toISOString();
  for (const row of rows) {
    setLoanRecalled(sql, row.id, due, at);
    insertLoanEvent(sql, {
      loan_id: row.id,
      at,
      by: actor.displayName,
      kind: 'recall',
      from_day: row.due,
      to_day: due,
      text: reason,
    });
  }
  context.note({ data: { items: rows.map((row) => row.number), from: latest, to: due } });
  return shownForm(sql, form, today);
}

/** What is due for each of these loans today by the rule. */
function noticesDue(sql: Reader, rows: readonly LoanView[], today: string) {
  const { rules } = lendingRules(sql);
  const events = loanEvents(
    sql,
    rows.map((row) => row.id),
  );
  const byLoan = Map.groupBy(events, (event) => event.loan_id);
  return rows.flatMap((row) => {
    // An unsigned form is no loan yet: nobody is reminded of it.
    if (row.signed_at === null) return [];
    const notices = givenNotices(byLoan.get(row.id) ?? [], row.id);
    const due = noticeDue({ due: row.due, recalledAt: row.recalled_at, notices }, today, rules);
    return due === undefined ? [] : [{ row, ...due, given: notices.length, late: daysOverdue(row.due, today) }];
  });
}

/** Who has to be told today (B2), with how many notices this loan has had. */
export function dueNotices(sql: Reader, today: string) {
  const { rows } = listLoans(sql, { state: 'open', today, text: '' }, 0, MOST_OPEN);
  return noticesDue(sql, rows, today);
}

async function remind(
  context: CommandContext,
  input: ParsedInputOf<'loans.remind'>,
): Promise<OutputOf<'loans.remind'>> {
  const { sql, clock, actor } = context;
  const today = todayOf(clock);
  const named = [...(input.loanNumbers ?? []), ...(input.loanNumber === undefined ? [] : [input.loanNumber])];
  if (named.length === 0)
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'loanNumbers', message: 'validation.required' }] });
  context.note({ object: `loan:${named[0]}`, data: { count: named.length } });
  const rows = [
    ...new Map(named.flatMap((number) => openLoansNamed(sql, number)).map((row) => [row.id, row])).values(),
  ];
  const events = loanEvents(
    sql,
    rows.map((row) => row.id),
  );
  const byRule = noticesDue(sql, rows, today);
  const at = clock.now().toISOString();
  const given = rows.map((row) => {
    const rule = byRule.find((one) => one.row.id === row.id);
    const kind = input.kind ?? rule?.kind ?? 'overdue';
    const step =
      kind !== 'overdue'
        ? 0
        : rule?.kind === 'overdue'
          ? rule.step
          : nextReminderStep(givenNotices(events, row.id), row.due);
    if (kind === 'recall' && row.recalled_at === null)
      throw new AppError('CONFLICT', { params: { what: 'loan', number: row.number } });
    const event: LoanEventRow = {
      loan_id: row.id,
      at,
      by: actor.displayName,
      kind: 'reminder',
      from_day: row.due,
      to_day: null,
      text: input.method,
      notice: kind,
      step,
      agreement: '',
    };
    insertLoanEvent(sql, event);
    return { row, kind, step };
  });
  context.note({
    data: {
      items: rows.map((row) => row.number),
      notices: given.map(({ kind, step }) => (step === 0 ? kind : `${kind} ${step}`)),
    },
  });
  const printed = input.letter ? await printNotices(context, given) : undefined;
  return {
    loans: shownLoans(
      sql,
      rows.map((row) => getLoan(sql, row.number)),
      today,
    ),
    document: printed?.document ?? null,
    name: printed?.name ?? '',
    pages: printed?.pages ?? 0,
  };
}

/** What happens to a loan while it is out (B2): extended, recalled, its borrower told. */
export const loanActHandlers: HandlersOf<
  'loans.extensionApproval' | 'loans.extend' | 'loans.recall' | 'loans.notices' | 'loans.remind'
> = {
  'loans.extensionApproval': {
    phase: 'query',
    run({ sql, clock }, { loanNumber, due, reason }) {
      const today = todayOf(clock);
      const rows = openLoansNamed(sql, loanNumber);
      const number = loanNumber.normalize('NFKC').trim().toUpperCase();
      const proposedDue = renewedDue(sql, rows, today);
      const needed = asksApproval(sql, rows);
      const statement =
        needed && reason.trim() !== '' ? extensionStatement(number, rows, due ?? proposedDue, reason) : undefined;
      return {
        refusals: renewalRefusals(sql, rows, today),
        proposedDue,
        needed,
        statement: statement === undefined ? null : { ...statement, lines: [...statement.lines] },
        ...(statement === undefined
          ? { standing: 'none' as const, agreement: null }
          : agreementStandingOf(sql, statement, clock.now())),
      };
    },
  },
  'loans.extend': { phase: 'command', run: extend },
  'loans.recall': { phase: 'command', run: recall },
  'loans.notices': {
    phase: 'query',
    run({ sql, clock }, { offset, limit }) {
      const today = todayOf(clock);
      const all = dueNotices(sql, today);
      const wanted = all.slice(offset, offset + limit);
      const loans = shownLoans(
        sql,
        wanted.map(({ row }) => row),
        today,
      );
      const turns = listRequests(sql, { open: true }, 0, 500)
        .rows.map((row) => shownRequest(sql, row, today))
        .filter((request) => request.available && request.place === 1 && request.state === 'waiting');
      return {
        due: wanted.flatMap(({ kind, step }, index) => {
          const loan = loans[index];
          return loan === undefined ? [] : [{ loan, kind, step }];
        }),
        total: all.length,
        turns,
      };
    },
  },
  'loans.remind': { phase: 'command', run: remind },
};
