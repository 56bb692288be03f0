/** Guidance by the supervisor (C7): a card is handed in, remarked on field by field, sent back or accepted. */
export const REVIEW_STATES = ['none', 'submitted', 'sentBack', 'accepted'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];
export const REVIEW_DECISIONS = ['sentBack', 'accepted'] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];
export const REMARK_STATES = ['open', 'answered', 'settled'] as const;
export type RemarkState = (typeof REMARK_STATES)[number];

export interface Standing {
  readonly state: ReviewState;
  readonly openRemarks: number;
  readonly answeredRemarks: number;
}

export type ReviewRefusal =
  /** It waits for the supervisor already. */
  | 'alreadySubmitted'
  /** A remark has no answer yet. */
  | 'remarksOpen'
  /** Sent back without a word: nobody could know why. */
  | 'nothingSaid';

/** Why the keeper cannot hand a card in, or undefined. Remarks are answered first: the supervisor asks once. */
export function submitRefusal({ state, openRemarks }: Standing): ReviewRefusal | undefined {
  if (state === 'submitted') return 'alreadySubmitted';
  return openRemarks > 0 ? 'remarksOpen' : undefined;
}

/**
 * Why a supervisor cannot decide so, or undefined. Accepting takes every remark for settled that has an answer; one without an
 * answer speaks against it. `said`: remarks made with the decision, and its note.
 */
export function decisionRefusal(
  { openRemarks, answeredRemarks }: Standing,
  decision: ReviewDecision,
  said: { readonly remarks: number; readonly note: string },
): ReviewRefusal | undefined {
  if (decision === 'accepted') return openRemarks + said.remarks > 0 ? 'remarksOpen' : undefined;
  const anything = openRemarks + answeredRemarks + said.remarks > 0 || said.note.trim() !== '';
  return anything ? undefined : 'nothingSaid';
}
