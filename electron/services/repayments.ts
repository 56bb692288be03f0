import type { OutputOf } from '../../shared/contract/contract.ts';
import {
  allocate,
  equalInstalments,
  planProblems,
  planState,
  type Rhythm,
} from '../../shared/domain/credit/instalments.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { addDays, daysBetween } from '../../shared/util/days.ts';
import {
  dueInstalments,
  endPlan,
  findPlan,
  insertPlan,
  instalmentsOf,
  listPlans,
  type PlanView,
  payInstalment,
} from '../store/credit-papers.ts';
import type { CustomerRow } from '../store/customers.ts';
import type { Reader } from '../store/sql.ts';
import { findStaff } from '../store/staff.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { takeNumberOf } from './credit.ts';
import { getCustomer } from './customers.ts';
import { currencyOf, nextDealingNumber, recountBalances, stampOf, writeReceipt } from './dealing-record.ts';
import { todayOf } from './today.ts';

/** 客戶還款計劃 (D3, G4): instalments, what was paid on them, what is due. */

type Plan = OutputOf<'repayments.save'>;
/** What the list of due instalments looks ahead by when nobody says. */
const DUE_DAYS_AHEAD = 14;

export function getPlan(sql: Reader, number: string): PlanView {
  const row = findPlan(sql, number.trim());
  if (row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'repaymentPlan', number } });
  return row;
}

export function shownPlan(sql: Reader, row: PlanView, today: string): Plan {
  const parts = instalmentsOf(sql, row.id);
  return {
    number: row.number,
    customer: row.customer_number,
    customerName: row.customer_name,
    currency: row.currency,
    total: row.total,
    paid: parts.reduce((sum, part) => sum + part.paid, 0),
    baseDate: row.base_date,
    reason: row.reason,
    agreementPaper: row.agreement_paper,
    signedBy: row.signed_by,
    signedOn: row.signed_on,
    follower: row.follower,
    followerId: row.follower_id,
    state: planState(row.state, parts, today),
    follows: row.follows,
    endReason: row.end_reason,
    note: row.note,
    instalments: parts.map((part) => ({
      line: part.line,
      due: part.due,
      amount: part.amount,
      means: part.means,
      responsible: part.responsible,
      paid: part.paid,
      paidOn: part.paid_on,
      open: part.amount - part.paid,
      daysOverdue: part.paid < part.amount && row.state === 'running' ? Math.max(0, daysBetween(part.due, today)) : 0,
    })),
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    revision: row.revision,
  };
}

export interface PartGiven {
  readonly due: string;
  readonly amount: number;
  readonly means: string;
  readonly responsible: string;
}
/** The instalments given, or so many equal ones. @throws AppError INPUT_INVALID when they do not make up the total in rising days */
export function partsOf(
  total: number,
  input: {
    readonly instalments?: readonly PartGiven[] | undefined;
    readonly equal?: { readonly count: number; readonly first: string; readonly rhythm: Rhythm } | undefined;
  },
): PartGiven[] {
  const refuse = (path: string, reason: string) =>
    new AppError('INPUT_INVALID', { fields: [{ path, message: `validation.credit.${reason}` }] });
  if (input.equal !== undefined && total < input.equal.count) throw refuse('equal.count', 'emptyInstalment');
  const parts =
    input.instalments?.map((part) => ({ ...part })) ??
    (input.equal === undefined
      ? []
      : equalInstalments(total, input.equal.count, input.equal.first, input.equal.rhythm).map((part) => ({
          ...part,
          means: '',
          responsible: '',
        })));
  const [problem] = planProblems(total, parts);
  if (problem !== undefined) throw refuse('instalments', problem);
  return parts;
}

export function requireStaffOf(context: CommandContext, staffId: number | null): void {
  if (staffId !== null && findStaff(context.sql, staffId, todayOf(context.clock)) === undefined)
    throw new AppError('NOT_FOUND', { params: { what: 'staff', number: staffId } });
}

/** Writes a running plan with its instalments. */
export function writePlan(
  context: CommandContext,
  customer: CustomerRow,
  plan: {
    readonly currency: string;
    readonly total: number;
    readonly baseDate: string;
    readonly reason: string;
    readonly agreementPaper: string;
    readonly signedBy: string;
    readonly signedOn: string | null;
    readonly followerId: number | null;
    readonly note: string;
    readonly followsId: number | null;
    readonly parts: readonly PartGiven[];
  },
): { id: number; number: string } {
  const { sql, clock, actor } = context;
  const number = takeNumberOf(sql, 'repaymentPlan', todayOf(clock));
  const id = insertPlan(
    sql,
    {
      number,
      customer_id: customer.id,
      currency: plan.currency,
      total: plan.total,
      base_date: plan.baseDate,
      reason: plan.reason,
      agreement_paper: plan.agreementPaper,
      signed_by: plan.signedBy,
      signed_on: plan.signedOn,
      follower_id: plan.followerId,
      state: 'running',
      follows_id: plan.followsId,
      end_reason: '',
      note: plan.note,
      recorded_at: clock.now().toISOString(),
      recorded_by: actor.displayName,
      revision: 1,
    },
    plan.parts,
  );
  return { id, number };
}

export function requireRunning(row: PlanView): void {
  if (row.state !== 'running')
    throw new AppError('CONFLICT', { params: { what: 'repaymentPlan', number: row.number } });
}

export const repaymentHandlers: HandlersOf<
  'repayments.list' | 'repayments.due' | 'repayments.save' | 'repayments.receive' | 'repayments.end'
> = {
  'repayments.list': {
    phase: 'query',
    run({ sql, clock }, { number, running, offset, limit }) {
      const customerId = number === undefined ? undefined : getCustomer(sql, number).id;
      const { rows, total } = listPlans(sql, { customerId, state: running ? 'running' : undefined }, offset, limit);
      return { plans: rows.map((row) => shownPlan(sql, row, todayOf(clock))), total };
    },
  },
  'repayments.due': {
    phase: 'query',
    run({ sql, clock }, { until, offset, limit }) {
      const today = todayOf(clock);
      const { rows, total } = dueInstalments(sql, until ?? addDays(today, DUE_DAYS_AHEAD), offset, limit);
      return {
        total,
        rows: rows.map((row) => ({
          plan: row.plan,
          customer: row.customer_number,
          customerName: row.customer_name,
          line: row.line,
          due: row.due,
          currency: row.currency,
          amount: row.amount,
          open: row.amount - row.paid,
          daysOverdue: Math.max(0, daysBetween(row.due, today)),
        })),
      };
    },
  },
  'repayments.save': {
    phase: 'command',
    run(context, input) {
      const { sql, clock } = context;
      const customer = getCustomer(sql, input.customer);
      context.note({ object: `customer:${customer.number}` });
      requireStaffOf(context, input.followerId);
      const parts = partsOf(input.total, input);
      const { number } = writePlan(context, customer, {
        ...input,
        currency: input.currency ?? currencyOf(sql, customer),
        baseDate: input.baseDate ?? todayOf(clock),
        followsId: null,
        parts,
      });
      context.note({ data: { plan: number, instalments: parts.length } });
      return shownPlan(sql, getPlan(sql, number), todayOf(clock));
    },
  },
  'repayments.receive': {
    phase: 'command',
    run(context, input) {
      const { sql, clock } = context;
      const plan = getPlan(sql, input.plan);
      context.note({ object: `customer:${plan.customer_number}`, data: { plan: plan.number } });
      requireRunning(plan);
      const parts = instalmentsOf(sql, plan.id);
      const { paid, left } = allocate(parts, input.amount);
      if (left > 0)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'amount', message: 'validation.credit.beyondPlan' }] });
      const customer = getCustomer(sql, plan.customer_number);
      const receipt = writeReceipt(
        sql,
        customer,
        {
          number: input.receiptNumber.trim() || nextDealingNumber(sql, 'receipt', input.date),
          date: input.date,
          order_id: null,
          currency: plan.currency,
          amount: input.amount,
          staff_id: plan.follower_id,
          means: input.means,
          note: input.note === '' ? plan.number : `${plan.number} ${input.note}`,
        },
        stampOf(context),
      );
      for (const [index, amount] of paid.entries()) {
        const part = parts[index];
        if (part !== undefined && amount > 0) payInstalment(sql, part.id, receipt.id, amount, input.date);
      }
      recountBalances(sql, customer.id, todayOf(clock));
      context.note({ data: { receipt: receipt.number } });
      return shownPlan(sql, getPlan(sql, plan.number), todayOf(clock));
    },
  },
  'repayments.end': {
    phase: 'command',
    run(context, input) {
      const { sql, clock } = context;
      const plan = getPlan(sql, input.plan);
      context.note({ object: `customer:${plan.customer_number}`, why: input.reason, data: { plan: plan.number } });
      requireRunning(plan);
      endPlan(sql, plan.id, 'terminated', input.reason);
      return shownPlan(sql, getPlan(sql, plan.number), todayOf(clock));
    },
  },
};
