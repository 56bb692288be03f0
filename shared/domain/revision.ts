import { addMonths, daysBetween, isDay } from '../util/days.ts';

/** Full revision (全面修訂核查, M2): the order of the work, how a card may end, when a campaign may be closed. */

export const OUTCOMES = ['open', 'confirmed', 'corrected', 'flagged'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Settlement = Exclude<Outcome, 'open'>;

/** Why a card could not be settled as confirmed or corrected. */
export const FLAG_REASONS = ['notReachable', 'doubtful', 'refused', 'ceased', 'supervisor', 'other'] as const;
export type FlagReason = (typeof FLAG_REASONS)[number];

/** Where the answer comes from. */
export const REVISION_SOURCES = [
  'telephone',
  'visit',
  'salesperson',
  'document',
  'publicRegister',
  'letter',
  'other',
] as const;
export type RevisionSource = (typeof REVISION_SOURCES)[number];

/** Somebody was asked, or something was looked at. */
export interface Inquiry {
  readonly askedOn: string;
  readonly source: RevisionSource;
  /** Who was asked or what was looked at, by name. */
  readonly asked: string;
  readonly reached: boolean;
  readonly answer: string;
}

export interface SettlementClaim {
  readonly outcome: Settlement;
  readonly flag: FlagReason | '';
  readonly note: string;
  /** All attempts of this card in this campaign, the newest last. */
  readonly inquiries: readonly Pick<Inquiry, 'reached' | 'askedOn'>[];
  /** The card was changed since the scope was frozen. */
  readonly cardChanged: boolean;
}

export type SettlementProblem =
  | 'inquiryNeeded'
  | 'reachedNeeded'
  | 'notChanged'
  | 'flagNeeded'
  | 'noteNeeded'
  | 'attemptNeeded';

/**
 * Why a card may not end that way; empty if it may. Confirmed and corrected rest on somebody who was reached; corrected means that
 * the card has changed; a flag has its reason, and "not reachable" has an attempt that failed.
 */
export function settlementProblems(claim: SettlementClaim): readonly SettlementProblem[] {
  const problems: SettlementProblem[] = [];
  if (claim.outcome === 'flagged') {
    if (claim.flag === '') problems.push('flagNeeded');
    if (claim.flag === 'notReachable' && !claim.inquiries.some(({ reached }) => !reached))
      problems.push('attemptNeeded');
    if (claim.flag === 'other' && claim.note.trim() === '') problems.push('noteNeeded');
    return problems;
  }
  if (claim.inquiries.length === 0) problems.push('inquiryNeeded');
  else if (claim.inquiries.at(-1)?.reached !== true) problems.push('reachedNeeded');
  if (claim.outcome === 'corrected' && !claim.cardChanged) problems.push('notChanged');
  return problems;
}

/** Why an inquiry cannot be as it is said to have been; empty if it can. Asked during the campaign, not tomorrow. */
export function inquiryProblems(
  inquiry: Pick<Inquiry, 'askedOn' | 'asked'>,
  campaign: { readonly startedOn: string },
  today: string,
): readonly ('askedNeeded' | 'askedLater' | 'askedBefore')[] {
  const problems: ('askedNeeded' | 'askedLater' | 'askedBefore')[] = [];
  if (inquiry.asked.trim() === '') problems.push('askedNeeded');
  if (!isDay(inquiry.askedOn) || inquiry.askedOn > today) problems.push('askedLater');
  else if (inquiry.askedOn < campaign.startedOn) problems.push('askedBefore');
  return problems;
}

/** Weeks a review is overdue beyond which nobody tells the difference any more. */
const STALEST_WEEKS = 52;
const TIER_ORDER = { key: 0, special: 1, general: 2 } as const;

export interface RevisionCandidate {
  readonly id: number;
  readonly number: string;
  readonly tier: keyof typeof TIER_ORDER;
  readonly reviewDue: string;
  /** Where the dossier stands, in words; empty: nowhere yet. */
  readonly place: string;
}

/** Whole weeks that a review is overdue: 0 for what is not yet due. Cards of a week are taken in the order of the shelf. */
export function weeksStale(reviewDue: string, today: string): number {
  return Math.min(STALEST_WEEKS, Math.max(0, Math.floor(daysBetween(reviewDue, today) / 7)));
}

/** A place as it is compared: numbers by value, so that shelf 2 comes before shelf 10; what has no place comes last. */
export function placeForOrder(place: string): string {
  if (place.trim() === '') return '\uffff';
  return place.normalize('NFKC').replace(/\d+/g, (digits) => digits.padStart(6, '0'));
}

/** The order in which the keeper goes through the cards: tier, then the stalest weeks, then along the cabinet, then by number. */
export function revisionOrder(candidates: readonly RevisionCandidate[], today: string): readonly RevisionCandidate[] {
  const keyed = candidates.map((candidate) => ({
    candidate,
    tier: TIER_ORDER[candidate.tier],
    weeks: weeksStale(candidate.reviewDue, today),
    place: placeForOrder(candidate.place),
  }));
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  keyed.sort(
    (a, b) =>
      a.tier - b.tier ||
      b.weeks - a.weeks ||
      byText(a.place, b.place) ||
      byText(a.candidate.number, b.candidate.number),
  );
  return keyed.map(({ candidate }) => candidate);
}

export type CampaignState = 'open' | 'paused' | 'closed' | 'discarded';

export const CAMPAIGN_ACTS = ['settle', 'pause', 'resume', 'close', 'discard', 'undo'] as const;
export type CampaignAct = (typeof CAMPAIGN_ACTS)[number];

/** Why an act is not possible, or null. A campaign with open rows cannot be closed; one with settled rows cannot be discarded. */
export function campaignProblem(
  state: CampaignState,
  counts: { readonly open: number; readonly settled: number },
  act: CampaignAct,
): 'over' | 'paused' | 'notPaused' | 'openRows' | 'settledRows' | null {
  if (state === 'closed' || state === 'discarded') return 'over';
  if (act === 'resume') return state === 'paused' ? null : 'notPaused';
  if (act === 'discard') return counts.settled > 0 ? 'settledRows' : null;
  if (state === 'paused') return 'paused';
  if (act === 'close') return counts.open > 0 ? 'openRows' : null;
  return null;
}

/** A campaign is to be finished within half of its interval, and has a month at least. */
export function proposedDueOn(today: string, months: number): string {
  return addMonths(today, Math.max(1, Math.floor(months / 2)));
}
