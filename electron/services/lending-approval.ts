import type { Agreement } from '../../shared/contract/agreements.ts';
import type { OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { asksForSecond, levelsToApprove } from '../../shared/domain/lending-rules.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { lastPaperApprover } from '../store/loan-forms.ts';
import type { PaperView } from '../store/papers.ts';
import type { StaffView } from '../store/staff.ts';
import { agreementStandingOf, consumeAgreement } from './agreements.ts';
import type { CommandContext, QueryContext } from './context.ts';
import { dueByRule, lentItems } from './lendable.ts';
import { getStaff, lendingRules } from './loan-record.ts';
import { todayOf } from './today.ts';

/** Who has to agree before papers are lent (B1): nobody, one other person, or two in a row. */

/** What is lent to whom, as far as an approval is about it. */
export interface LoanToApprove {
  readonly papers: readonly PaperView[];
  readonly borrower: StaffView;
  readonly due: string;
  readonly purpose: string;
  /** Reason for which a manager lets an overdue paper pass; empty: nothing is to be passed. */
  readonly override: string;
}

/** What another person agrees to before a loan (B1): borrower, papers, until when. The second agrees to the same. */
function statementOf(loan: LoanToApprove, kind: 'loan' | 'loanSecond' = 'loan'): AgreementStatement {
  const { papers, borrower } = loan;
  const [first] = papers;
  const more = papers.length > 1 ? `+${papers.length - 1}` : '';
  return {
    kind,
    subject: `paper:${first?.code ?? ''}${more}`,
    purpose: loan.purpose,
    lines: [
      { field: 'borrower', value: [borrower.name, borrower.department].filter((part) => part !== '').join('　') },
      ...papers.map((paper) => ({ field: 'paper', value: `${paper.code}　${paper.title}` })),
      { field: 'due', value: loan.due },
      ...(loan.override === '' ? [] : [{ field: 'overrides', value: loan.override }]),
    ],
  };
}

const levelsOf = (papers: readonly PaperView[]) => papers.map((paper) => paper.security);

/**
 * Uses up the approvals that this loan asks for, inside the caller's transaction.
 * @returns who agreed, the first before the second; empty where nobody has to
 * @throws AppError SECOND_PERSON_MISSING: nobody agreed to exactly this, the second is missing, or is the first once more
 */
export function consumeApprovals(context: CommandContext, loan: LoanToApprove, number: string): Agreement[] {
  const { rules } = lendingRules(context.sql);
  const levels = levelsOf(loan.papers);
  if (levelsToApprove(levels, rules).length === 0 && loan.override === '') return [];
  const first = consumeAgreement(context, statementOf(loan), `loan:${number}`);
  if (!asksForSecond(levels, rules)) return [first];
  const second = consumeAgreement(context, statementOf(loan, 'loanSecond'), `loan:${number}`, first);
  context.note({ data: { agreement: first.number, secondAgreement: second.number } });
  return [first, second];
}

/** What another person would have to agree to before this loan, and whether somebody has. */
export function approvalOf(
  { sql, clock }: QueryContext,
  input: ParsedInputOf<'loans.approval'>,
): OutputOf<'loans.approval'> {
  const today = todayOf(clock);
  const borrower = getStaff(sql, input.borrowerId, today);
  const papers = lentItems(sql, input, borrower, today).items.map(({ paper }) => paper);
  const { rules } = lendingRules(sql);
  const levels = levelsToApprove(levelsOf(papers), rules);
  const due = input.due ?? dueByRule(sql, papers, input.lentOn ?? today) ?? today;
  const loan = { papers, borrower, due, purpose: input.purpose, override: input.override };
  const shown = (statement: AgreementStatement, by?: Agreement) => ({
    statement: { ...statement, lines: [...statement.lines] },
    ...agreementStandingOf(sql, statement, clock.now(), by),
  });
  const first = shown(statementOf(loan));
  const last = lastPaperApprover(sql, borrower.id);
  return {
    needed: levels.length > 0 || input.override !== '',
    levels: [...levels],
    ...first,
    second: asksForSecond(levels, rules) ? shown(statementOf(loan, 'loanSecond'), first.agreement ?? undefined) : null,
    lastApprover: last === undefined ? null : { staffId: last.staff_id, name: last.name, role: last.role as Role },
  };
}
