import { addDays } from '../util/days.ts';
import { DEFAULT_LOAN_PERIODS, DEFAULT_MAX_RENEWALS, daysLeft, daysOverdue, type LoanPeriods } from './due-dates.ts';
import { SECURITY_LEVELS, type SecurityLevel } from './security-levels.ts';

/** How a company lends (B1, B2): a setting, with the defaults of forms-and-standards §3. */
export interface LendingRules {
  readonly periods: LoanPeriods;
  /** Levels whose loan another person has to approve. */
  readonly approval: readonly SecurityLevel[];
  /** Those of them for which a second person approves after the first. */
  readonly secondApproval: readonly SecurityLevel[];
  readonly maxRenewals: number;
  /** May nobody with an overdue paper take another? */
  readonly blockOnOverdue: boolean;
  /** Days before the due date on which a loan counts as due soon. */
  readonly soonDays: number;
  /** Days after the due date of the first, second, … reminder. */
  readonly reminderDays: readonly number[];
  /** Days for which a paper that came back is kept for the next in the queue. */
  readonly holdDays: number;
  /** Days off besides weekends, and weekend days on which people work, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  readonly makeUpDays: readonly string[];
}

export const DEFAULT_LENDING_RULES: LendingRules = {
  periods: DEFAULT_LOAN_PERIODS,
  approval: ['ordinaryTradeSecret', 'coreTradeSecret'],
  secondApproval: [],
  maxRenewals: DEFAULT_MAX_RENEWALS,
  blockOnOverdue: true,
  soonDays: 3,
  reminderDays: [1, 7, 14],
  holdDays: 3,
  holidays: [],
  makeUpDays: [],
};

/** Which of the levels lent together ask for another person's approval, from open to closed. */
export function levelsToApprove(levels: readonly SecurityLevel[], rules: LendingRules): readonly SecurityLevel[] {
  return SECURITY_LEVELS.filter((level) => levels.includes(level) && rules.approval.includes(level));
}

/** True where one approval is not enough: a level that asks for two people, one after the other. A level that asks for none asks for no second. */
export function asksForSecond(levels: readonly SecurityLevel[], rules: LendingRules): boolean {
  return levelsToApprove(levels, rules).some((level) => rules.secondApproval.includes(level));
}

export const NOTICE_KINDS = ['dueSoon', 'overdue', 'recall'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export interface GivenNotice {
  readonly kind: NoticeKind;
  /** 1, 2, 3 … of the overdue reminders; 0 for the others. */
  readonly step: number;
  /** Instant. */
  readonly at: string;
  /** The same on the desk's calendar. */
  readonly day: string;
}

/**
 * Which notice an open loan is due on the day `today` (B2), or undefined: the recall that nobody was told of, the highest step of the
 * overdue reminders that is reached and not given, or the word that it is due soon. Nothing is due twice.
 */
export function noticeDue(
  loan: { readonly due: string; readonly recalledAt: string | null; readonly notices: readonly GivenNotice[] },
  today: string,
  rules: Pick<LendingRules, 'reminderDays' | 'soonDays'>,
): { readonly kind: NoticeKind; readonly step: number } | undefined {
  const { recalledAt, notices } = loan;
  if (recalledAt !== null && !notices.some((one) => one.kind === 'recall' && one.at >= recalledAt))
    return { kind: 'recall', step: 0 };
  const late = daysOverdue(loan.due, today);
  if (late > 0) {
    // Reminders count from this due date: an extension begins anew.
    const given = notices.filter((one) => one.kind === 'overdue' && one.day > loan.due);
    const reached = rules.reminderDays.filter((days) => late >= days).length;
    return reached > Math.max(0, ...given.map((one) => one.step)) ? { kind: 'overdue', step: reached } : undefined;
  }
  // A recall names its new day: whoever was told of that needs no word that it is near.
  const told = notices.some(
    (one) => (one.kind === 'dueSoon' || one.kind === 'recall') && addDays(one.day, rules.soonDays) >= loan.due,
  );
  return daysLeft(loan.due, today) <= rules.soonDays && !told ? { kind: 'dueSoon', step: 0 } : undefined;
}

/** The step that a reminder given today has: one more than the last, whatever the calendar says. */
export function nextReminderStep(notices: readonly GivenNotice[], due: string): number {
  return 1 + Math.max(0, ...notices.filter((one) => one.kind === 'overdue' && one.day > due).map((one) => one.step));
}

export interface Waiting {
  readonly staffId: number;
  readonly state: 'waiting' | 'told' | 'lent' | 'cancelled' | 'lapsed';
  /** Last day for which the paper is kept, once the person was told. */
  readonly holdUntil: string | null;
}

/** Who is next (B2): the first that still waits, or was told and may still come. Requests in the order in which they were made. */
export function nextInQueue<T extends Waiting>(requests: readonly T[], today: string): T | undefined {
  return requests.find(
    (one) => one.state === 'waiting' || (one.state === 'told' && one.holdUntil !== null && one.holdUntil >= today),
  );
}
