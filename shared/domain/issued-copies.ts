import { addDays } from '../util/days.ts';
import type { PaperCondition } from './condition.ts';
import { isOverdue } from './due-dates.ts';
import type { CardKind } from './form-fields.ts';
import { type CardValues, type FieldValue, isFilled } from './forms/field.ts';
import { projectCard } from './masks.ts';
import type { Role } from './roles.ts';
import type { SecurityLevel } from './security-levels.ts';

/**
 * Issuing (I1–I3): a numbered extract made for one recipient, after the account manager's consent. What it shows follows from who
 * receives it (I2): salespeople three facts, customer-service staff everything. An original has no way out at all (I3).
 */
export const RECIPIENT_ROLES = ['salesperson', 'customerService'] as const;
export type RecipientRole = (typeof RECIPIENT_ROLES)[number];

/** Days until a copy has to be back, by who holds it, and months between two recovery rounds: settings with these defaults. */
export const DEFAULT_COPY_DAYS: Readonly<Record<RecipientRole, number>> = { salesperson: 30, customerService: 90 };
export const DEFAULT_ROUND_MONTHS = 3;

/** The day by which a copy made on `today` has to be back. */
export function proposedRecoverBy(
  role: RecipientRole,
  today: string,
  days: Readonly<Record<RecipientRole, number>> = DEFAULT_COPY_DAYS,
): string {
  return addDays(today, days[role]);
}

/** A salesperson's whole copy of one customer: the unit's name, each person's name and job title (I2). Nothing else has a place in it. */
export interface CustomerFacts {
  readonly unit: string;
  readonly people: readonly { readonly name: string; readonly position: string }[];
}

const textOf = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');

/** I2: the facts that a salesperson gets, out of the one projection of a card. */
export function customerFacts(kind: CardKind, values: CardValues): CustomerFacts {
  const facts = projectCard('salesperson', kind, values);
  if (kind === 'individual')
    return {
      unit: textOf(facts['employer']),
      people: [{ name: textOf(facts['name']), position: textOf(facts['position']) }],
    };
  const contacts = Array.isArray(facts['contacts']) ? (facts['contacts'] as readonly Record<string, FieldValue>[]) : [];
  return {
    unit: textOf(facts['registeredName']),
    people: contacts
      .filter((one) => isFilled(one['name']) || isFilled(one['position']))
      .map((one) => ({ name: textOf(one['name']), position: textOf(one['position']) })),
  };
}

export interface CopyRecipient {
  /** False for people who have left. */
  readonly active: boolean;
  /** Role of the own login, null for somebody who does not sign in. */
  readonly ownRole: Role | null;
  /** Recover-by days of the copies this person holds. */
  readonly openCopiesDue: readonly string[];
  /** A breach case is open (B3). */
  readonly openBreach: boolean;
  /** How many of the wanted cards name their readers, and this person is none of them (L1). */
  readonly closedCards: number;
}

export interface PaperToIssue {
  readonly original: boolean;
  readonly securityLevel: SecurityLevel;
  readonly present: boolean;
}

export const ISSUE_REFUSALS = [
  'original',
  'premisesOnly',
  'paperGone',
  'notNamed',
  'papersForSalesperson',
  'recipientRole',
  'recipientInactive',
  'openBreach',
  'copyOverdue',
] as const;
export type IssueRefusal = (typeof ISSUE_REFUSALS)[number];

/**
 * Why a copy may not be made for this recipient; empty if it may. All reasons, the weightiest first. Whoever signs in receives a
 * copy only in the role they were admitted in: managers look up here instead (L1).
 */
export function issueRefusals(
  role: RecipientRole,
  recipient: CopyRecipient,
  papers: readonly PaperToIssue[],
  today: string,
): readonly IssueRefusal[] {
  const holds: Readonly<Record<IssueRefusal, boolean>> = {
    original: papers.some((paper) => paper.original),
    premisesOnly: papers.some((paper) => paper.securityLevel === 'coreTradeSecret'),
    paperGone: papers.some((paper) => !paper.present),
    notNamed: recipient.closedCards > 0,
    papersForSalesperson: role === 'salesperson' && papers.length > 0,
    recipientRole: recipient.ownRole !== null && recipient.ownRole !== role,
    recipientInactive: !recipient.active,
    openBreach: recipient.openBreach,
    copyOverdue: recipient.openCopiesDue.some((due) => isOverdue(due, today)),
  };
  return ISSUE_REFUSALS.filter((reason) => holds[reason]);
}

/** `made`: typeset, still at the desk · `out`: handed over · `missing`: its holder cannot find it. Overdue is a matter of the date. */
export const COPY_STATES = ['made', 'out', 'missing', 'recovered', 'destroyed', 'writtenOff'] as const;
export type CopyState = (typeof COPY_STATES)[number];

export const COPY_EVENTS = [
  'deliver',
  'remind',
  'reportMissing',
  'recover',
  'destroy',
  'writeOff',
  'undoRecovery',
] as const;
export type CopyEvent = (typeof COPY_EVENTS)[number];

const TRANSITIONS: Readonly<Record<CopyState, Partial<Record<CopyEvent, CopyState>>>> = {
  // One spoilt in printing never leaves: it is destroyed here.
  made: { deliver: 'out', destroy: 'destroyed' },
  out: { remind: 'out', reportMissing: 'missing', recover: 'recovered', destroy: 'destroyed' },
  // What was missing may turn up; else a supervisor agrees that it is written off.
  missing: { remind: 'missing', recover: 'recovered', destroy: 'destroyed', writeOff: 'writtenOff' },
  recovered: { undoRecovery: 'out' },
  destroyed: {},
  writtenOff: {},
};

/** The state after an event, or undefined if the event is not possible. */
export function nextCopyState(state: CopyState, event: CopyEvent): CopyState | undefined {
  return TRANSITIONS[state][event];
}

/** Somebody outside the archive room answers for it. */
export function isHeld(state: CopyState): boolean {
  return state === 'out' || state === 'missing';
}

/** Past its day and not settled: what the keeper has to go after. */
export function isCopyOverdue(state: CopyState, recoverBy: string, today: string): boolean {
  return isHeld(state) && isOverdue(recoverBy, today);
}

/** Pages that came back must be those that went out, or the condition says why not. */
export function copyPagesExplained(found: {
  readonly pages: number;
  readonly pagesBack: number;
  readonly condition: PaperCondition;
}): boolean {
  return found.pagesBack === found.pages || found.condition === 'pagesMissing';
}

/** How a copy was destroyed. A shredder and a fire leave nothing; a pulping firm gives a certificate. */
export const DESTRUCTION_METHODS = ['shredded', 'burnt', 'pulped'] as const;
export type DestructionMethod = (typeof DESTRUCTION_METHODS)[number];
