import type { OutputOf } from '../../shared/contract/contract.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { applicationProblems, approversOf } from '../../shared/domain/credit/application.ts';
import { termsOf } from '../../shared/domain/credit/policy.ts';
import { suggestedLimit } from '../../shared/domain/credit/score.ts';
import { fromMinor } from '../../shared/domain/money.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { groupDigits } from '../../shared/util/group-digits.ts';
import { assessmentsOf } from '../store/credit.ts';
import {
  type ApplicationView,
  findApplication,
  insertApplication,
  listApplications,
  updateApplication,
} from '../store/credit-papers.ts';
import type { CustomerRow } from '../store/customers.ts';
import type { Reader } from '../store/sql.ts';
import { findStaff } from '../store/staff.ts';
import { agreementStandingOf, consumeAgreement, withdrawAgreements } from './agreements.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { takeNumberOf } from './credit.ts';
import { creditFacts, exposureOf, readPolicy } from './credit-facts.ts';
import { valuesOf } from './customer-record.ts';
import { changeCard, getCustomer } from './customers.ts';
import { todayOf } from './today.ts';

/** 客戶信用額度審批表 (G3): written with what the archive knows, approved by another person, put onto the card. */

type Application = OutputOf<'creditApplications.save'>;

export function getApplication(sql: Reader, number: string): ApplicationView {
  const row = findApplication(sql, number.trim());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'creditApplication', number } });
  return row;
}

export function shownApplication(row: ApplicationView): Application {
  return {
    number: row.number,
    customer: row.customer_number,
    customerName: row.customer_name,
    kind: row.kind,
    state: row.state,
    appliedOn: row.applied_on,
    applicant: row.applicant,
    applicantId: row.applicant_id,
    department: row.department,
    currency: row.currency,
    limitBefore: row.limit_before,
    limitAsked: row.limit_asked,
    limitApproved: row.limit_approved,
    daysBefore: row.days_before,
    daysAsked: row.days_asked,
    daysApproved: row.days_approved,
    settlementBefore: row.settlement_before,
    settlementAsked: row.settlement_asked,
    settlementApproved: row.settlement_approved,
    grade: row.grade,
    security: row.security,
    exportTerms: row.export_terms,
    reason: row.reason,
    papers: JSON.parse(row.papers) as string[],
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
    reviewOn: row.review_on,
    facts: JSON.parse(row.facts) as Application['facts'],
    agreement: row.agreement,
    approvedBy: row.approved_by,
    decidedAt: row.decided_at,
    decisionNote: row.decision_note,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    revision: row.revision,
  };
}

const plain = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value)
    return `${String(value.currency)} ${groupDigits(String(value.amount))}`;
  return '';
};

/** §5.3: how the firm stands, how long and how much it has dealt, what it owes; as known that day. */
export function applicationFacts(sql: Reader, customer: CustomerRow, today: string): Application['facts'] {
  const values = valuesOf(customer);
  const known = creditFacts(sql, customer, today);
  const exposure = exposureOf(sql, customer, today);
  const [sheet] = assessmentsOf(sql, customer.id, 1);
  const years = known.measures.yearsOfDealing;
  return {
    founded: plain(values['foundedOn']),
    registeredCapital: plain(values['registeredCapital']),
    legalRepresentative: plain(values['legalRepresentative']),
    employees: plain(values['employees']),
    turnover: plain(values['annualTurnover']),
    dealingSince:
      plain(values['firstTransactionOn']) ||
      (years === null ? '' : String(Math.round(Number(today.slice(0, 4)) - years))),
    salesByYear: known.salesByYear.map((year) => ({ ...year })),
    monthlySales: known.monthlySales,
    receivable: exposure.receivable,
    overdue: exposure.overdue,
    exposure: exposure.exposure,
    score: sheet?.score ?? null,
    scoreSheet: sheet?.number ?? '',
    suggestedLimit: suggestedLimit(termsOf(readPolicy(sql).policy, customer.credit_grade), known.monthlySales),
  };
}

interface Approved {
  readonly limit: number;
  readonly days: number;
  readonly settlement: string;
}
function approvedOf(
  row: ApplicationView,
  input: {
    readonly limitApproved?: number | undefined;
    readonly daysApproved?: number | undefined;
    readonly settlementApproved?: string | undefined;
  },
): Approved {
  return {
    limit: input.limitApproved ?? row.limit_approved ?? row.limit_asked,
    days: input.daysApproved ?? row.days_approved ?? row.days_asked,
    settlement: input.settlementApproved ?? row.settlement_approved ?? row.settlement_asked,
  };
}

/** What the approving person agrees to: everything that takes effect, and what it is decided on. */
export function applicationStatement(row: ApplicationView, approved: Approved): AgreementStatement {
  const money = (amount: number) => `${row.currency} ${fromMinor(amount, row.currency)}`;
  return {
    kind: 'creditLimit',
    subject: `creditApplication:${row.number}`,
    purpose: row.reason,
    lines: [
      { field: 'creditCustomer', value: `${row.customer_number} ${row.customer_name}` },
      { field: 'creditKind', value: row.kind },
      { field: 'creditGrade', value: row.grade },
      { field: 'creditLimitBefore', value: money(row.limit_before) },
      { field: 'creditLimitAsked', value: money(row.limit_asked) },
      { field: 'creditLimitApproved', value: money(approved.limit) },
      { field: 'creditDays', value: String(approved.days) },
      { field: 'creditSettlement', value: approved.settlement === '' ? '—' : approved.settlement },
      { field: 'creditValid', value: `${row.effective_from} – ${row.effective_to}` },
    ],
  };
}

function requireDraft(row: ApplicationView): void {
  if (row.state !== 'draft')
    throw new AppError('CONFLICT', { params: { what: 'creditApplication', number: row.number } });
}

/** Puts what was approved onto the card; the number of the form is the card's approval. */
function takeEffect(context: CommandContext, row: ApplicationView, approved: Approved): void {
  const customer = getCustomer(context.sql, row.customer_number);
  changeCard(context, customer, {
    values: {
      creditLimit: { amount: fromMinor(approved.limit, row.currency), currency: row.currency },
      creditLimitApproval: row.number,
      creditLimitValidUntil: approved.limit === 0 ? null : row.effective_to,
      ...(customer.kind === 'enterprise' ? { creditPeriodDays: approved.days } : {}),
      ...(customer.kind === 'enterprise' && approved.settlement !== ''
        ? { settlementMethod: approved.settlement }
        : {}),
    },
    evidence: row.number,
  });
}

export const creditApplicationHandlers: HandlersOf<
  | 'creditApplications.list'
  | 'creditApplications.save'
  | 'creditApplications.statement'
  | 'creditApplications.approve'
  | 'creditApplications.decline'
> = {
  'creditApplications.list': {
    phase: 'query',
    run({ sql }, { number, state, offset, limit }) {
      const customerId = number === undefined ? undefined : getCustomer(sql, number).id;
      const { rows, total } = listApplications(sql, { customerId, state }, offset, limit);
      return { rows: rows.map(shownApplication), total };
    },
  },
  'creditApplications.save': {
    phase: 'command',
    run(context, input) {
      const { sql, clock, actor } = context;
      const customer = getCustomer(sql, input.customer);
      context.note({ object: `customer:${customer.number}` });
      const today = todayOf(clock);
      if (input.applicantId !== null && findStaff(sql, input.applicantId, today) === undefined)
        throw new AppError('NOT_FOUND', { params: { what: 'staff', number: input.applicantId } });
      const draft = input.number === undefined ? undefined : getApplication(sql, input.number);
      if (draft !== undefined) requireDraft(draft);
      if (draft !== undefined && (draft.revision !== input.revision || draft.customer_id !== customer.id))
        throw new AppError('CONFLICT', { params: { what: 'creditApplication', number: draft.number } });
      const exposure = exposureOf(sql, customer, today);
      const currency = input.currency ?? exposure.currency;
      const limitBefore = currency === exposure.currency ? exposure.limit : 0;
      const problems = applicationProblems({ ...input, limitBefore });
      if (problems.length > 0)
        throw new AppError('INPUT_INVALID', {
          fields: problems.map(({ path, reason }) => ({ path, message: `validation.credit.${reason}` })),
        });
      const values = valuesOf(customer);
      const row = {
        customer_id: customer.id,
        kind: input.kind,
        state: 'draft' as const,
        applied_on: input.appliedOn ?? today,
        applicant_id: input.applicantId,
        currency,
        limit_before: limitBefore,
        limit_asked: input.limitAsked,
        limit_approved: null,
        days_before: typeof values['creditPeriodDays'] === 'number' ? values['creditPeriodDays'] : 0,
        days_asked: input.daysAsked,
        days_approved: null,
        settlement_before: plain(values['settlementMethod']),
        settlement_asked: input.settlementAsked,
        settlement_approved: null,
        grade: customer.credit_grade,
        security: input.security,
        export_terms: input.exportTerms,
        reason: input.reason,
        papers: JSON.stringify(input.papers),
        effective_from: input.effectiveFrom,
        effective_to: input.effectiveTo,
        review_on: input.reviewOn ?? input.effectiveTo,
        facts: JSON.stringify(applicationFacts(sql, customer, today)),
        recorded_at: clock.now().toISOString(),
        recorded_by: actor.displayName,
        revision: (draft?.revision ?? 0) + 1,
      };
      const number = draft?.number ?? takeNumberOf(sql, 'creditApplication', today);
      if (draft === undefined)
        insertApplication(sql, { ...row, number, agreement: '', approved_by: '', decided_at: null, decision_note: '' });
      else updateApplication(sql, draft.id, row);
      context.note({ data: { application: number } });
      return shownApplication(getApplication(sql, number));
    },
  },
  'creditApplications.statement': {
    phase: 'query',
    run({ sql, clock }, input) {
      const row = getApplication(sql, input.number);
      const statement = applicationStatement(row, approvedOf(row, input));
      const standing = agreementStandingOf(sql, statement, clock.now());
      return { statement: { ...statement, lines: [...statement.lines] }, ...standing };
    },
  },
  'creditApplications.approve': {
    phase: 'command',
    run(context, input) {
      const { sql, clock } = context;
      const row = getApplication(sql, input.number);
      context.note({ object: `customer:${row.customer_number}`, data: { application: row.number } });
      requireDraft(row);
      const approved = approvedOf(row, input);
      const agreement = consumeAgreement(
        context,
        applicationStatement(row, approved),
        `creditApplication:${row.number}`,
      );
      if (!approversOf(row.grade).includes(agreement.role))
        throw new AppError('ROLE_REFUSED', { params: { role: agreement.role }, hint: 'hint.creditApprover' });
      updateApplication(sql, row.id, {
        state: 'approved',
        limit_approved: approved.limit,
        days_approved: approved.days,
        settlement_approved: approved.settlement,
        agreement: agreement.number,
        approved_by: agreement.name,
        decided_at: clock.now().toISOString(),
        decision_note: input.note,
        revision: row.revision + 1,
      });
      takeEffect(context, row, approved);
      return shownApplication(getApplication(sql, row.number));
    },
  },
  'creditApplications.decline': {
    phase: 'command',
    run(context, { number, reason }) {
      const { sql, clock, actor } = context;
      const row = getApplication(sql, number);
      context.note({ object: `customer:${row.customer_number}`, why: reason, data: { application: row.number } });
      requireDraft(row);
      withdrawAgreements(context, 'creditLimit', `creditApplication:${row.number}`, reason);
      updateApplication(sql, row.id, {
        state: 'declined',
        approved_by: actor.displayName,
        decided_at: clock.now().toISOString(),
        decision_note: reason,
        revision: row.revision + 1,
      });
      return shownApplication(getApplication(sql, row.number));
    },
  },
};
