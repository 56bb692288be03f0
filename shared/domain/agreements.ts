import type { Role } from './roles.ts';

/**
 * Agreements (同意): another person agrees to exactly one thing, by an own secret typed at this machine or by a signed paper. Who may
 * agree to what, for how long, and whether a paper will do, stands in {@link AGREEMENT_RULES}; a new matter is one line there.
 */
export const AGREEMENT_KINDS = [
  'copyIssue',
  'copyWriteOff',
  'loan',
  'loanSecond',
  'creditLimit',
  'overLimit',
  'paymentExtension',
  'revision',
  'cardReview',
  'reportAcknowledgement',
  'dailyReportReview',
  'handover',
  'handoverSuccessor',
  'archiveExport',
  'listExport',
  'disposalApproval',
  'disposalWitness',
  'userChange',
  'keyChange',
  'waitingHourOff',
] as const;
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];

export interface AgreementRule {
  /** Roles that may agree. The keeper stands here only where a second keeper is meant. */
  readonly roles: readonly Role[];
  /** Hours from the agreement until it lapses unused; a signed paper counts from the day it is recorded. */
  readonly validHours: number;
  /** True if a signed paper is as good as a secret typed here. */
  readonly paper: boolean;
  /** A paper signed longer ago than this many days is not taken. */
  readonly paperDays: number;
  /** True where a keeper without a supervisor may announce the act and do it after {@link WAITING_HOURS} (security §15). */
  readonly waitingHour?: true;
}

/** Hours that an announced act waits, so that whoever notices it can take it back, and hours it can be done in afterwards. */
export const WAITING_HOURS = 1;
export const ANNOUNCED_VALID_HOURS = 24;

const DAY = 24;

export const AGREEMENT_RULES: Readonly<Record<AgreementKind, AgreementRule>> = {
  /** I1: the account manager's consent to an issued copy. */
  copyIssue: { roles: ['accountManager'], validHours: 30 * DAY, paper: true, paperDays: 30 },
  /** A copy that its holder cannot find is given up. */
  copyWriteOff: { roles: ['supervisor', 'executive'], validHours: 7 * DAY, paper: true, paperDays: 30 },
  /** B1: approval of a loan whose security level asks for it. */
  loan: {
    roles: ['supervisor', 'accountManager', 'businessManager', 'executive'],
    validHours: 7 * DAY,
    paper: true,
    paperDays: 30,
  },
  /** B1: the second approval, where a company asks for two in a row. */
  loanSecond: { roles: ['supervisor', 'executive'], validHours: 7 * DAY, paper: true, paperDays: 30 },
  /** G3: the credit-limit approval form. */
  creditLimit: {
    roles: ['supervisor', 'executive', 'businessManager', 'accountManager'],
    validHours: 30 * DAY,
    paper: true,
    paperDays: 60,
  },
  /** G4: an order beyond the limit is let pass. */
  overLimit: {
    roles: ['supervisor', 'executive', 'businessManager', 'accountManager'],
    validHours: 7 * DAY,
    paper: true,
    paperDays: 30,
  },
  /** D3: 延期還款審批單. */
  paymentExtension: { roles: ['supervisor', 'executive'], validHours: 30 * DAY, paper: true, paperDays: 60 },
  /** M2: sign-off of a revision campaign. */
  revision: { roles: ['supervisor'], validHours: 7 * DAY, paper: true, paperDays: 30 },
  /** C7: a supervisor's word on a card. */
  cardReview: { roles: ['supervisor'], validHours: 7 * DAY, paper: true, paperDays: 30 },
  /** V3: a named manager takes note of an information report. */
  reportAcknowledgement: {
    roles: ['supervisor', 'accountManager', 'businessManager', 'executive'],
    validHours: DAY,
    paper: true,
    paperDays: 7,
  },
  /** V1: the supervisor's signature on daily reports. */
  dailyReportReview: { roles: ['supervisor', 'businessManager'], validHours: 7 * DAY, paper: true, paperDays: 60 },
  /** M3: handing the keeper's office over: a supervisor, and the keeper who takes it. In person only. */
  handover: { roles: ['supervisor'], validHours: DAY, paper: false, paperDays: 0 },
  handoverSuccessor: { roles: ['keeper'], validHours: DAY, paper: false, paperDays: 0 },
  /** R71: a readable copy of everything. Ten minutes, in person only. */
  archiveExport: { roles: ['supervisor'], validHours: 1 / 6, paper: false, paperDays: 0, waitingHour: true },
  /** R70, R71: a readable list of customers. */
  listExport: { roles: ['supervisor'], validHours: 1 / 6, paper: false, paperDays: 0, waitingHour: true },
  /** Y2, §7.9: destruction takes two people besides the keeper: one approves the list, another stands by. In person only. */
  disposalApproval: { roles: ['supervisor', 'executive'], validHours: 3 * DAY, paper: false, paperDays: 0 },
  disposalWitness: {
    roles: ['supervisor', 'executive', 'accountManager', 'businessManager', 'auditor'],
    validHours: 3 * DAY,
    paper: false,
    paperDays: 0,
  },
  /** R71: who may do what, and the keys. A supervisor signs these with the act itself; only a keeper alone announces them. */
  userChange: { roles: [], validHours: 0, paper: false, paperDays: 0, waitingHour: true },
  keyChange: { roles: [], validHours: 0, paper: false, paperDays: 0, waitingHour: true },
  /** The waiting hour itself is given up only after it. */
  waitingHourOff: { roles: [], validHours: 0, paper: false, paperDays: 0, waitingHour: true },
};

/** One line of what is agreed to. `field` is a key `agreementField.<field>` of the catalogues; several lines may carry the same. */
export interface AgreementLine {
  readonly field: string;
  /** Shown as it is, or by `agreementValue.<field>.<value>` where the catalogues have that. */
  readonly value: string;
}

/**
 * What a person agrees to, whole: the person reads these lines, their hash is what is agreed, and the service that acts on it builds
 * the same lines from its records again. One changed character makes it another statement.
 */
export interface AgreementStatement {
  readonly kind: AgreementKind;
  /** What it is about, as in the log: `copyRequest:12`, `paper:E000001-2-3`. */
  readonly subject: string;
  readonly purpose: string;
  readonly lines: readonly AgreementLine[];
}

/** The statement as strings and arrays alone, for canonical JSON and its SHA-256. */
export function statementContent(statement: AgreementStatement) {
  return {
    v: 1,
    kind: statement.kind,
    subject: statement.subject,
    purpose: statement.purpose,
    lines: statement.lines.map(({ field, value }) => [field, value]),
  };
}

export const AGREEMENT_REFUSALS = ['self', 'role', 'paperNotTaken', 'signedInFuture', 'signedTooLongAgo'] as const;
export type AgreementRefusal = (typeof AGREEMENT_REFUSALS)[number];

/** Whole days from `from` to `to`, both `YYYY-MM-DD`. */
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/**
 * Why somebody may not agree; empty if they may. All reasons, the weightiest first.
 * @param person who agrees: `login` null for somebody without one, who can only sign on paper
 * @param desk who is signed in at the desk: nobody agrees to their own act, and a keeper not on behalf of another
 * @param signedOn day on the paper, null for a secret typed here
 */
export function agreementRefusals(
  kind: AgreementKind,
  person: { readonly login: string | null; readonly role: Role },
  desk: { readonly login: string },
  signedOn: string | null,
  today: string,
): readonly AgreementRefusal[] {
  const rule = AGREEMENT_RULES[kind];
  const holds: Readonly<Record<AgreementRefusal, boolean>> = {
    self: person.login !== null && person.login === desk.login,
    role: !rule.roles.includes(person.role),
    paperNotTaken: signedOn !== null && !rule.paper,
    signedInFuture: signedOn !== null && signedOn > today,
    signedTooLongAgo: signedOn !== null && daysBetween(signedOn, today) > rule.paperDays,
  };
  return AGREEMENT_REFUSALS.filter((reason) => holds[reason]);
}

/** Until when an agreement given at the instant `givenAt` can be used, as an instant. */
export function agreementValidUntil(kind: AgreementKind, givenAt: string): string {
  return new Date(Date.parse(givenAt) + AGREEMENT_RULES[kind].validHours * 3_600_000).toISOString();
}

/** From when until when an act announced at the instant `at` can be done, as instants. */
export function announcedSpan(at: string): { readonly usableFrom: string; readonly validUntil: string } {
  const hours = (count: number) => new Date(Date.parse(at) + count * 3_600_000).toISOString();
  return { usableFrom: hours(WAITING_HOURS), validUntil: hours(WAITING_HOURS + ANNOUNCED_VALID_HOURS) };
}

export const APPROVALS = ['none', 'supervisor', 'waitingHour'] as const;
/** What an act needs besides the own secret: nothing, a supervisor here, or that it was announced an hour ago. */
export type Approval = (typeof APPROVALS)[number];

/**
 * What acts of R71 need in an archive (§1.4, §15).
 * @param archive `supervised`: somebody else may sign in as a supervisor now; `waits`: the keeper alone has taken the hour on
 */
export function approvalOf(archive: {
  readonly practice: boolean;
  readonly supervised: boolean;
  readonly waits: boolean;
}): Approval {
  // What is practised on is invented, and everybody's secrets are public.
  if (archive.practice) return 'none';
  if (archive.supervised) return 'supervisor';
  return archive.waits ? 'waitingHour' : 'none';
}

/** Lines that change while work goes on: a supervisor agrees to them minutes before, nobody could announce them. */
const MOVING_LINES: ReadonlySet<string> = new Set([
  'exportCustomers',
  'exportPapers',
  'exportVolumes',
  'exportRows',
  'exportManifest',
]);

/** What is announced of an act: the same without what an hour of work changes by itself. */
export function announcedStatement(statement: AgreementStatement): AgreementStatement {
  return { ...statement, lines: statement.lines.filter(({ field }) => !MOVING_LINES.has(field)) };
}

export const AGREEMENT_STATES = ['valid', 'waiting', 'used', 'withdrawn', 'expired'] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];

export interface AgreementFacts {
  readonly givenAt: string;
  /** Announced by whoever acts: not before this instant. Null: given by somebody else, usable at once. */
  readonly usableFrom: string | null;
  readonly validUntil: string;
  readonly usedAt: string | null;
  readonly withdrawnAt: string | null;
}

/** A clock may differ by this much before an agreement from the future is not believed, in milliseconds (R37). */
const CLOCK_TOLERANCE_MS = 120_000;

/** How an agreement stands at the instant `now`. One given later than now counts as expired: the clock was set back. */
export function agreementState(facts: AgreementFacts, now: string): AgreementState {
  if (facts.usedAt !== null) return 'used';
  if (facts.withdrawnAt !== null) return 'withdrawn';
  const fromTheFuture = Date.parse(facts.givenAt) - Date.parse(now) > CLOCK_TOLERANCE_MS;
  if (now > facts.validUntil || fromTheFuture) return 'expired';
  return facts.usableFrom !== null && now < facts.usableFrom ? 'waiting' : 'valid';
}

/** How a matter stands: the state of the agreement to exactly this statement, `changed` if only another statement was agreed to, `none`. */
export type AgreementStanding = AgreementState | 'changed' | 'none';

/**
 * Which agreement a matter can use now, and why none.
 * @param given agreements to this subject, newest first, with the hash of what each agreed to
 * @returns the newest valid one to exactly this hash; without one, the standing of the newest that comes closest
 */
export function standingOf<T extends AgreementFacts & { readonly sha256: string }>(
  given: readonly T[],
  sha256: string,
  now: string,
): { readonly standing: AgreementStanding; readonly agreement: T | undefined } {
  const same = given.filter((one) => one.sha256 === sha256);
  const valid = same.find((one) => agreementState(one, now) === 'valid');
  const agreement = valid ?? same.find((one) => agreementState(one, now) === 'waiting') ?? same[0];
  if (agreement !== undefined) return { standing: agreementState(agreement, now), agreement };
  const other = given.find((one) => agreementState(one, now) === 'valid');
  return other === undefined ? { standing: 'none', agreement: undefined } : { standing: 'changed', agreement: other };
}

/**
 * Lines of statements that name no card and quote no paper: who, until when, numbers, amounts, fingerprints. A reader who sees no cards
 * (rule R: the auditor) reads these alone; a line that stands not here is taken for words of a card.
 */
const CONTROL_LINES: ReadonlySet<string> = new Set([
  ...[
    'borrower',
    'due',
    'extendedTo',
    'overrides',
    'request',
    'copy',
    'recipient',
    'shows',
    'scannedPages',
    'recoverBy',
  ],
  ...['handoverFrom', 'handoverTo', 'handoverInventory'],
  ...['creditKind', 'creditGrade', 'creditLimitBefore', 'creditLimitAsked', 'creditLimitApproved', 'creditDays'],
  ...['creditSettlement', 'creditValid', 'extensionPlan', 'extensionTotal', 'extensionPart', 'extensionPenalty'],
  ...['exportFormat', 'exportList', 'exportRows', 'exportField', 'exportManifest', 'exportCustomers', 'exportPapers'],
  ...[
    'exportProtection',
    'exportSealedFor',
    'exportVolumes',
    'disposalList',
    'disposalCount',
    'disposalPages',
    'disposalFingerprint',
    'reviewDecision',
  ],
  ...['revisionNumber', 'revisionStarted', 'revisionCards', 'revisionOpen', 'revisionConfirmed', 'revisionCorrected'],
  ...['revisionFlagged', 'revisionNotReachable', 'revisionContent', 'cardRevision', 'cardContent'],
  ...['userAct', 'userLogin', 'userRole', 'userUntil', 'keyAct', 'waitingHour'],
  ...['dailyReport', 'informationReport', 'overLimitOrder', 'overLimitAmount', 'overLimitLimit', 'overLimitExposure'],
]);

/** True for a line of a statement that says nothing of what a card or a paper holds. */
export function isControlLine(field: string): boolean {
  return CONTROL_LINES.has(field);
}
