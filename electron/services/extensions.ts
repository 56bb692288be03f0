import type { OutputOf } from '../../shared/contract/contract.ts';
import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { fromMinor } from '../../shared/domain/money.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { daysBetween } from '../../shared/util/days.ts';
import {
  type ExtensionView,
  endPlan,
  findExtension,
  insertExtension,
  instalmentsOf,
  listExtensions,
  updateExtension,
} from '../store/credit-papers.ts';
import { receivablesOf } from '../store/dealings.ts';
import type { Reader } from '../store/sql.ts';
import { agreementStandingOf, consumeAgreement, withdrawAgreements } from './agreements.ts';
import type { HandlersOf } from './context.ts';
import { takeNumberOf } from './credit.ts';
import { getCustomer } from './customers.ts';
import { currencyOf } from './dealing-record.ts';
import { getPlan, type PartGiven, partsOf, requireRunning, writePlan } from './repayments.ts';
import { todayOf } from './today.ts';

/** 延期還款審批單 (D3, G4): later days for what is owed, approved by another person; the new plan takes the place of the old one. */

type Extension = OutputOf<'extensions.save'>;

export function getExtension(sql: Reader, number: string): ExtensionView {
  const row = findExtension(sql, number.trim());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'extension', number } });
  return row;
}
const partsIn = (row: ExtensionView): PartGiven[] => JSON.parse(row.instalments) as PartGiven[];

export function shownExtension(row: ExtensionView): Extension {
  return {
    number: row.number,
    customer: row.customer_number,
    customerName: row.customer_name,
    plan: row.plan,
    newPlan: row.new_plan,
    state: row.state,
    askedOn: row.asked_on,
    currency: row.currency,
    total: row.total,
    debts: JSON.parse(row.debts) as Extension['debts'],
    instalments: partsIn(row),
    reason: row.reason,
    proof: row.proof,
    penalty: row.penalty,
    interest: row.interest,
    security: row.security,
    assessment: row.assessment,
    effect: row.effect,
    signedBy: row.signed_by,
    signedOn: row.signed_on,
    agreement: row.agreement,
    approvedBy: row.approved_by,
    decidedAt: row.decided_at,
    decisionNote: row.decision_note,
    recordedAt: row.recorded_at,
  };
}

function statementOf(row: ExtensionView): AgreementStatement {
  const money = (amount: number) => `${row.currency} ${fromMinor(amount, row.currency)}`;
  return {
    kind: 'paymentExtension',
    subject: `extension:${row.number}`,
    purpose: row.reason,
    lines: [
      { field: 'creditCustomer', value: `${row.customer_number} ${row.customer_name}` },
      ...(row.plan === '' ? [] : [{ field: 'extensionPlan', value: row.plan }]),
      { field: 'extensionTotal', value: money(row.total) },
      ...partsIn(row).map((part) => ({ field: 'extensionPart', value: `${part.due} ${money(part.amount)}` })),
      ...(row.penalty > 0 ? [{ field: 'extensionPenalty', value: money(row.penalty) }] : []),
    ],
  };
}

export const extensionHandlers: HandlersOf<
  'extensions.list' | 'extensions.save' | 'extensions.statement' | 'extensions.approve' | 'extensions.decline'
> = {
  'extensions.list': {
    phase: 'query',
    run({ sql }, { number, offset, limit }) {
      const customerId = number === undefined ? undefined : getCustomer(sql, number).id;
      const { rows, total } = listExtensions(sql, { customerId }, offset, limit);
      return { rows: rows.map(shownExtension), total };
    },
  },
  'extensions.save': {
    phase: 'command',
    run(context, input) {
      const { sql, clock, actor } = context;
      const customer = getCustomer(sql, input.customer);
      context.note({ object: `customer:${customer.number}` });
      const today = todayOf(clock);
      const plan = input.plan === undefined ? undefined : getPlan(sql, input.plan);
      if (plan !== undefined) {
        requireRunning(plan);
        if (plan.customer_id !== customer.id)
          throw new AppError('NOT_FOUND', { params: { what: 'repaymentPlan', number: plan.number } });
      }
      const currency = plan?.currency ?? input.currency ?? currencyOf(sql, customer);
      const open =
        plan === undefined
          ? receivablesOf(sql, customer.id)
              .filter((item) => item.currency === currency && item.open > 0)
              .map((item) => ({ number: item.number, due: item.due, amount: item.open }))
          : instalmentsOf(sql, plan.id)
              .filter((part) => part.paid < part.amount)
              .map((part) => ({
                number: `${plan.number}/${part.line}`,
                due: part.due,
                amount: part.amount - part.paid,
              }));
      const debts = open.map((item) => ({ ...item, daysOverdue: Math.max(0, daysBetween(item.due, today)) }));
      const total = debts.reduce((sum, debt) => sum + debt.amount, 0);
      if (total === 0)
        throw new AppError('INPUT_INVALID', {
          fields: [{ path: 'customer', message: 'validation.credit.nothingOwed' }],
        });
      const number = takeNumberOf(sql, 'extension', today);
      insertExtension(sql, {
        number,
        customer_id: customer.id,
        plan_id: plan?.id ?? null,
        new_plan_id: null,
        state: 'draft',
        asked_on: input.askedOn ?? today,
        currency,
        total,
        debts: JSON.stringify(debts),
        instalments: JSON.stringify(partsOf(total, input)),
        reason: input.reason,
        proof: input.proof,
        penalty: input.penalty,
        interest: input.interest,
        security: input.security,
        assessment: input.assessment,
        effect: input.effect,
        signed_by: input.signedBy,
        signed_on: input.signedOn,
        agreement: '',
        approved_by: '',
        decided_at: null,
        decision_note: '',
        recorded_at: clock.now().toISOString(),
        recorded_by: actor.displayName,
      });
      context.note({ data: { extension: number } });
      return shownExtension(getExtension(sql, number));
    },
  },
  'extensions.statement': {
    phase: 'query',
    run({ sql, clock }, { number }) {
      const statement = statementOf(getExtension(sql, number));
      return {
        statement: { ...statement, lines: [...statement.lines] },
        ...agreementStandingOf(sql, statement, clock.now()),
      };
    },
  },
  'extensions.approve': {
    phase: 'command',
    run(context, { number }) {
      const { sql, clock } = context;
      const row = getExtension(sql, number);
      context.note({ object: `customer:${row.customer_number}`, data: { extension: row.number } });
      if (row.state !== 'draft') throw new AppError('CONFLICT', { params: { what: 'extension', number } });
      const agreement = consumeAgreement(context, statementOf(row), `extension:${row.number}`);
      const former = row.plan === '' ? undefined : getPlan(sql, row.plan);
      if (former !== undefined) {
        requireRunning(former);
        const left = instalmentsOf(sql, former.id).reduce((sum, part) => sum + part.amount - part.paid, 0);
        // Paid on since it was written: the new instalments are no longer what is owed.
        if (left !== row.total)
          throw new AppError('CONFLICT', { params: { what: 'repaymentPlan', number: former.number } });
        endPlan(sql, former.id, 'superseded', row.number);
      }
      const plan = writePlan(context, getCustomer(sql, row.customer_number), {
        currency: row.currency,
        total: row.total,
        baseDate: todayOf(clock),
        reason: row.reason,
        agreementPaper: '',
        signedBy: row.signed_by,
        signedOn: row.signed_on,
        followerId: former?.follower_id ?? null,
        note: row.number,
        followsId: former?.id ?? null,
        parts: partsIn(row),
      });
      updateExtension(sql, row.id, {
        state: 'approved',
        new_plan_id: plan.id,
        agreement: agreement.number,
        approved_by: agreement.name,
        decided_at: clock.now().toISOString(),
      });
      context.note({ data: { plan: plan.number } });
      return shownExtension(getExtension(sql, number));
    },
  },
  'extensions.decline': {
    phase: 'command',
    run(context, { number, reason }) {
      const { sql, clock, actor } = context;
      const row = getExtension(sql, number);
      context.note({ object: `customer:${row.customer_number}`, why: reason, data: { extension: row.number } });
      if (row.state !== 'draft') throw new AppError('CONFLICT', { params: { what: 'extension', number } });
      withdrawAgreements(context, 'paymentExtension', `extension:${row.number}`, reason);
      updateExtension(sql, row.id, {
        state: 'declined',
        approved_by: actor.displayName,
        decided_at: clock.now().toISOString(),
        decision_note: reason,
      });
      return {};
    },
  },
};
