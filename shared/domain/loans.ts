import type { ErrorCode } from '../errors/error-codes.ts';
import type { PaperCondition } from './condition.ts';
import { isOverdue } from './due-dates.ts';
import type { SecurityLevel } from './security-levels.ts';

/**
 * Borrowing (B1–B3). Overdue is not a state but a matter of the date. An original has no transition at all: it is refused
 * before a loan exists (L3).
 */
export const LOAN_STATES = ['requested', 'approved', 'refused', 'lent', 'returned', 'cancelled'] as const;
export type LoanState = (typeof LOAN_STATES)[number];

export const LOAN_EVENTS = ['approve', 'refuse', 'cancel', 'lend', 'renew', 'recall', 'return'] as const;
export type LoanEvent = (typeof LOAN_EVENTS)[number];

const TRANSITIONS: Readonly<Record<LoanState, Partial<Record<LoanEvent, LoanState>>>> = {
  requested: { approve: 'approved', refuse: 'refused', cancel: 'cancelled' },
  approved: { lend: 'lent', cancel: 'cancelled' },
  // A recall shortens the due date, a renewal lengthens it; the paper stays out.
  lent: { renew: 'lent', recall: 'lent', return: 'returned' },
  refused: {},
  returned: {},
  cancelled: {},
};

/** The state after an event, or undefined if the event is not possible. */
export function nextLoanState(state: LoanState, event: LoanEvent): LoanState | undefined {
  return TRANSITIONS[state][event];
}

/** Events possible in a state. */
export function loanEvents(state: LoanState): readonly LoanEvent[] {
  return LOAN_EVENTS.filter((event) => TRANSITIONS[state][event] !== undefined);
}

/** Shown state: `overdue` for a lent paper past its due date. */
export function shownLoanState(state: LoanState, due: string, today: string): LoanState | 'overdue' {
  return state === 'lent' && isOverdue(due, today) ? 'overdue' : state;
}

export interface PaperToLend {
  /** 原始資料: an original may only be looked up. */
  readonly original: boolean;
  readonly securityLevel: SecurityLevel;
  /** Where it is now: in the cabinet, with a borrower, taken out of the dossier, destroyed. */
  readonly state: 'inPlace' | 'lent' | 'removed' | 'destroyed';
  /** Staff id of whoever is next in the queue (B2), null if nobody waits. */
  readonly nextInQueue?: number | null;
}

export interface Borrower {
  readonly staffId: number;
  /** False for people who have left. */
  readonly active: boolean;
  /** An open breach case (B3): nothing may be borrowed meanwhile. */
  readonly openBreach: boolean;
  /** Due dates (`YYYY-MM-DD`) of what this person has out. */
  readonly openLoansDue: readonly string[];
}

export const LENDING_REFUSALS = [
  'original',
  'premisesOnly',
  'alreadyLent',
  'notInDossier',
  'reserved',
  'borrowerInactive',
  'openBreach',
  'overdueLoan',
] as const;
export type LendingRefusal = (typeof LENDING_REFUSALS)[number];

/** The error code a command answers with for a refusal. Texts for people: `loanRefusal.<reason>`. */
export const REFUSAL_CODES: Readonly<Record<LendingRefusal, ErrorCode>> = {
  original: 'ORIGINAL_NEVER_LEAVES',
  premisesOnly: 'ORIGINAL_NEVER_LEAVES',
  alreadyLent: 'ITEM_ALREADY_LENT',
  notInDossier: 'CONFLICT',
  reserved: 'CONFLICT',
  borrowerInactive: 'BORROWER_BLOCKED',
  openBreach: 'BORROWER_BLOCKED',
  overdueLoan: 'BORROWER_BLOCKED',
};

/**
 * Why a paper cannot be lent to a person on the day `today`; empty if it can. All reasons, the weightiest first.
 * `blockOnOverdue` is a setting: may somebody with an overdue paper take another?
 */
export function canLend(
  paper: PaperToLend,
  borrower: Borrower,
  today: string,
  blockOnOverdue = true,
): readonly LendingRefusal[] {
  const waiting = paper.nextInQueue ?? null;
  const holds: Readonly<Record<LendingRefusal, boolean>> = {
    original: paper.original,
    premisesOnly: paper.securityLevel === 'coreTradeSecret',
    alreadyLent: paper.state === 'lent',
    notInDossier: paper.state === 'removed' || paper.state === 'destroyed',
    reserved: waiting !== null && waiting !== borrower.staffId,
    borrowerInactive: !borrower.active,
    openBreach: borrower.openBreach,
    overdueLoan: blockOnOverdue && borrower.openLoansDue.some((due) => isOverdue(due, today)),
  };
  return LENDING_REFUSALS.filter((reason) => holds[reason]);
}

export type RenewalRefusal = 'notLent' | 'overdue' | 'noMoreRenewals' | 'recalled' | 'othersWait';

/** Why a loan cannot be renewed today; empty if it can. Others who wait come first (B2). */
export function canRenew(
  loan: { state: LoanState; due: string; renewals: number; recalled: boolean; othersWait: boolean },
  today: string,
  maxRenewals: number,
): readonly RenewalRefusal[] {
  const reasons: RenewalRefusal[] = [];
  if (loan.state !== 'lent') reasons.push('notLent');
  if (isOverdue(loan.due, today)) reasons.push('overdue');
  if (loan.renewals >= maxRenewals) reasons.push('noMoreRenewals');
  if (loan.recalled) reasons.push('recalled');
  if (loan.othersWait) reasons.push('othersWait');
  return reasons;
}

export type BreachKind = 'overdue' | 'passedOn' | 'copied' | 'damaged' | 'lost' | 'leaked';
export const BREACH_KINDS: readonly BreachKind[] = ['overdue', 'passedOn', 'copied', 'damaged', 'lost', 'leaked'];

export interface ReturnFindings {
  readonly pagesOut: number;
  readonly pagesBack: number;
  readonly condition: PaperCondition;
  readonly due: string;
  readonly returnedOn: string;
}

/** B1, B3: what a return brings to light. The program proposes a breach case; a person decides. */
export function breachesAtReturn(found: ReturnFindings): readonly BreachKind[] {
  const breaches: BreachKind[] = [];
  if (isOverdue(found.due, found.returnedOn)) breaches.push('overdue');
  if (found.condition === 'lost') breaches.push('lost');
  else if (found.condition !== 'intact' || found.pagesBack !== found.pagesOut) breaches.push('damaged');
  return breaches;
}

/** Pages counted back must fit what went out, or the condition must say why not (missing pages, lost). */
export function pageCountExplained(found: Pick<ReturnFindings, 'pagesOut' | 'pagesBack' | 'condition'>): boolean {
  return found.pagesBack === found.pagesOut || found.condition === 'pagesMissing' || found.condition === 'lost';
}
