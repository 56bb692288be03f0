import type { ErrorCode } from '../errors/error-codes.ts';
import { isOverdue } from './due-dates.ts';
import { DEFAULT_LENDING_RULES, type LendingRules } from './lending-rules.ts';
import type { SecurityLevel } from './security-levels.ts';

/**
 * Borrowing (B1–B3). Overdue is not a state but a matter of the date. An original has no transition at all: it is refused
 * before a loan exists (L3).
 */
export const LOAN_STATES = ['requested', 'approved', 'prepared', 'refused', 'lent', 'returned', 'cancelled'] as const;
export type LoanState = (typeof LOAN_STATES)[number];

export const LOAN_EVENTS = ['approve', 'refuse', 'cancel', 'prepare', 'sign', 'renew', 'recall', 'return'] as const;
export type LoanEvent = (typeof LOAN_EVENTS)[number];

const TRANSITIONS: Readonly<Record<LoanState, Partial<Record<LoanEvent, LoanState>>>> = {
  requested: { approve: 'approved', refuse: 'refused', cancel: 'cancelled' },
  // The form is written and its papers are taken out; they go out with the signature alone.
  approved: { prepare: 'prepared', cancel: 'cancelled' },
  prepared: { sign: 'lent', cancel: 'cancelled' },
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
  /** Somebody reads it in the room at this moment. */
  readonly beingRead?: boolean;
  /** The card names who may read it, and this borrower is none of them (L1). */
  readonly closedToBorrower?: boolean;
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
  'beingRead',
  'reserved',
  'notNamed',
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
  beingRead: 'CONFLICT',
  reserved: 'CONFLICT',
  notNamed: 'BORROWER_BLOCKED',
  borrowerInactive: 'BORROWER_BLOCKED',
  openBreach: 'BORROWER_BLOCKED',
  overdueLoan: 'BORROWER_BLOCKED',
};

/**
 * Why a paper cannot be lent to a person on the day `today`; empty if it can. All reasons, the weightiest first.
 * @param rules the company's: which level never leaves the premises, and may somebody with an overdue paper take another?
 */
export function canLend(
  paper: PaperToLend,
  borrower: Borrower,
  today: string,
  rules: Pick<LendingRules, 'periods' | 'blockOnOverdue'> = DEFAULT_LENDING_RULES,
): readonly LendingRefusal[] {
  const waiting = paper.nextInQueue ?? null;
  const holds: Readonly<Record<LendingRefusal, boolean>> = {
    original: paper.original,
    premisesOnly: rules.periods[paper.securityLevel].kind === 'premisesOnly',
    alreadyLent: paper.state === 'lent',
    notInDossier: paper.state === 'removed' || paper.state === 'destroyed',
    beingRead: paper.beingRead === true,
    reserved: waiting !== null && waiting !== borrower.staffId,
    notNamed: paper.closedToBorrower === true,
    borrowerInactive: !borrower.active,
    openBreach: borrower.openBreach,
    overdueLoan: rules.blockOnOverdue && borrower.openLoansDue.some((due) => isOverdue(due, today)),
  };
  return LENDING_REFUSALS.filter((reason) => holds[reason]);
}

export const RENEWAL_REFUSALS = ['notLent', 'overdue', 'noMoreRenewals', 'recalled', 'othersWait'] as const;
export type RenewalRefusal = (typeof RENEWAL_REFUSALS)[number];

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
