import { equalInstalments } from '../../../shared/domain/credit/instalments.ts';
import { fromMinor } from '../../../shared/domain/money.ts';
import { addDays, addMonths, daysBetween } from '../../../shared/util/days.ts';
import { customersWithBalance } from '../../store/credit.ts';
import {
  findApplication,
  insertApplication,
  insertExtension,
  insertPlan,
  instalmentsOf,
  listPlans,
  payInstalment,
} from '../../store/credit-papers.ts';
import { type CustomerRow, findCustomerById } from '../../store/customers.ts';
import { receiptTable, receivablesOf, setRate } from '../../store/dealings.ts';
import type { Writer } from '../../store/sql.ts';
import { keepAssessment, takeNumberOf } from '../credit.ts';
import { applicationFacts } from '../credit-applications.ts';
import { limitOnCard } from '../credit-facts.ts';
import { valuesOf } from '../customer-record.ts';
import { recountBalances } from '../dealing-record.ts';
import { atOneGo } from '../in-turns.ts';
import { proposingTiers } from '../tier-proposals.ts';
import type { PracticeWorld } from './enterprise-values.ts';

/** Credit of a practice archive: rates, the approvals behind the limits on the cards, drafts, plans, proposals. */

const RATES = { TWD: 220_000, USD: 7_180_000, HKD: 920_000, JPY: 48_000, EUR: 7_800_000, GBP: 9_100_000 } as const;
const CUSTOMERS = 240;
const APPROVALS = 60;
const DRAFTS = 3;
const PLANS = 6;
const SHEETS = 40;

/** Rates first: what is owed in other currencies counts by them. */
export function writeRates(sql: Writer, world: PracticeWorld): void {
  for (const [currency, rate_millionths] of Object.entries(RATES))
    setRate(sql, { currency, from_day: `${world.calendar.year - 4}-01-01`, rate_millionths });
}

export function writeCredit(
  sql: Writer,
  world: PracticeWorld,
  people: { readonly keeper: string; readonly manager: string; readonly applicants: readonly number[] },
): Record<string, number> {
  const { today } = world.calendar;
  const at = `${addDays(today, -1)}T06:00:00.000Z`;
  const customers = customersWithBalance(sql, CUSTOMERS).flatMap((id) => findCustomerById(sql, id) ?? []);
  let approvals = 0;
  let drafts = 0;
  let plans = 0;
  for (const [index, customer] of customers.entries()) {
    const values = valuesOf(customer);
    const { limit, currency } = limitOnCard(sql, customer);
    const approval = values['creditLimitApproval'];
    const until = values['creditLimitValidUntil'];
    const days = typeof values['creditPeriodDays'] === 'number' ? values['creditPeriodDays'] : 30;
    const settlement = typeof values['settlementMethod'] === 'string' ? values['settlementMethod'] : '';
    const form = {
      customer_id: customer.id,
      applicant_id: people.applicants[index % Math.max(1, people.applicants.length)] ?? null,
      currency,
      days_before: 0,
      days_asked: days,
      settlement_before: '',
      settlement_asked: settlement,
      grade: customer.credit_grade,
      security: '',
      export_terms: customer.direct_export === 1 ? 'T/T' : '',
      papers: '[]',
      facts: JSON.stringify(applicationFacts(sql, customer, today)),
      recorded_by: people.keeper,
      revision: 2,
      agreement: '',
    };
    const given = limit > 0 && typeof approval === 'string' && typeof until === 'string';
    // Two cards may name the same form: it is the first one's.
    if (given && approvals < APPROVALS && findApplication(sql, approval) === undefined) {
      // A limit until the end of next year was given for two.
      const from = addMonths(until, addMonths(until, -12) < today ? -12 : -24);
      insertApplication(sql, {
        ...form,
        number: approval,
        kind: 'new',
        state: 'approved',
        applied_on: addDays(from, -5),
        limit_before: 0,
        limit_asked: limit,
        limit_approved: limit,
        days_approved: days,
        settlement_approved: settlement,
        reason: '年度往來，按月結算',
        effective_from: from,
        effective_to: until,
        review_on: addDays(until, -30),
        approved_by: people.manager,
        decided_at: `${addDays(from, -1)}T03:00:00.000Z`,
        decision_note: '',
        recorded_at: `${addDays(from, -5)}T02:00:00.000Z`,
      });
      approvals += 1;
    }
    if (limit > 0 && index % 17 === 5 && drafts < DRAFTS) {
      insertApplication(sql, {
        ...form,
        number: takeNumberOf(sql, 'creditApplication', today),
        kind: 'increase',
        state: 'draft',
        applied_on: addDays(today, -2),
        limit_before: limit,
        limit_asked: limit * 2,
        limit_approved: null,
        days_before: days,
        days_approved: null,
        settlement_approved: null,
        reason: '旺季備貨，申請調增額度',
        effective_from: today,
        effective_to: addMonths(today, 6),
        review_on: addMonths(today, 5),
        approved_by: '',
        decided_at: null,
        decision_note: '',
        recorded_at: at,
        revision: 1,
      });
      drafts += 1;
    }
    if (plans < PLANS && writePracticePlan(sql, customer, today, people)) plans += 1;
    if (index < SHEETS) keepAssessment(sql, customer, { at, by: people.keeper, today, vetoes: [] });
  }
  const tiers = atOneGo(proposingTiers(sql, today, at, people.keeper));
  const extensions = writePracticeExtension(sql, today, people.keeper);
  return { approvals, drafts, plans, extensions, tierProposals: tiers.proposed };
}

/** One customer asks for later days for the newest running plan; nobody has approved it yet. */
function writePracticeExtension(sql: Writer, today: string, keeper: string): number {
  const [plan] = listPlans(sql, { customerId: undefined, state: 'running' }, 0, 1).rows;
  if (plan === undefined) return 0;
  const open = instalmentsOf(sql, plan.id).filter((part) => part.paid < part.amount);
  const debts = open.map((part) => ({
    number: `${plan.number}/${part.line}`,
    due: part.due,
    amount: part.amount - part.paid,
    daysOverdue: Math.max(0, daysBetween(part.due, today)),
  }));
  const total = debts.reduce((sum, debt) => sum + debt.amount, 0);
  if (total < 100) return 0;
  const parts = equalInstalments(total, 5, addMonths(today, 1), 'monthly');
  insertExtension(sql, {
    number: takeNumberOf(sql, 'extension', today),
    customer_id: plan.customer_id,
    plan_id: plan.id,
    new_plan_id: null,
    state: 'draft',
    asked_on: addDays(today, -3),
    currency: plan.currency,
    total,
    debts: JSON.stringify(debts),
    instalments: JSON.stringify(parts.map((part) => ({ ...part, means: '', responsible: '' }))),
    reason: '淡季回款放慢，請求順延',
    proof: '近三月銷售明細',
    penalty: 0,
    interest: '',
    security: '',
    assessment: '往來正常，曾按計劃付第一期',
    effect: '',
    signed_by: plan.signed_by,
    signed_on: addDays(today, -3),
    agreement: '',
    approved_by: '',
    decided_at: null,
    decision_note: '',
    recorded_at: `${addDays(today, -3)}T07:00:00.000Z`,
    recorded_by: keeper,
  });
  return 1;
}

/** A plan for what has been overdue for long: four months, the first instalment paid. */
function writePracticePlan(
  sql: Writer,
  customer: CustomerRow,
  today: string,
  people: { readonly keeper: string; readonly applicants: readonly number[] },
): boolean {
  const overdue = receivablesOf(sql, customer.id).filter((item) => item.open > 0 && item.due < addDays(today, -60));
  const [first] = overdue;
  if (first === undefined) return false;
  const { currency } = first;
  const total = overdue.filter((item) => item.currency === currency).reduce((sum, item) => sum + item.open, 0);
  if (Number(fromMinor(total, currency)) < 1_000) return false;
  const start = addMonths(today, -2);
  const part = Math.floor(total / 4);
  const id = insertPlan(
    sql,
    {
      number: takeNumberOf(sql, 'repaymentPlan', today),
      customer_id: customer.id,
      currency,
      total,
      base_date: start,
      reason: '客戶資金周轉，分四期清償',
      agreement_paper: '',
      signed_by: customer.contact,
      signed_on: start,
      follower_id: people.applicants[customer.id % Math.max(1, people.applicants.length)] ?? null,
      state: 'running',
      follows_id: null,
      end_reason: '',
      note: '',
      recorded_at: `${start}T02:30:00.000Z`,
      recorded_by: people.keeper,
      revision: 1,
    },
    Array.from({ length: 4 }, (_, index) => ({
      due: addMonths(start, index + 1),
      amount: index === 3 ? total - part * 3 : part,
      means: '',
      responsible: '',
    })),
  );
  const [opening] = instalmentsOf(sql, id);
  if (opening === undefined || opening.due >= today) return true;
  const receipt = receiptTable.insert(sql, {
    customer_id: customer.id,
    number: `SK-${opening.due.slice(0, 4)}-HK${String(id).padStart(4, '0')}`,
    date: opening.due,
    order_id: null,
    currency,
    amount: opening.amount,
    means: 'transfer',
    staff_id: null,
    note: '',
    import_id: null,
    recorded_at: `${opening.due}T08:00:00.000Z`,
    recorded_by: people.keeper,
    revision: 1,
  });
  payInstalment(sql, opening.id, receipt, opening.amount, opening.due);
  recountBalances(sql, customer.id, today);
  return true;
}
