import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Loan } from '../../../shared/contract/custody.ts';
import { pageCountExplained } from '../../../shared/domain/loans.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';

export type Proposal = OutputOf<'loans.proposal'>;

/** What the counter shows below its field (B1, B2). */
export type CounterState =
  | { readonly stage: 'waiting' }
  | { readonly stage: 'asking'; readonly code: string }
  | { readonly stage: 'failed'; readonly code: string; readonly error: AppError }
  | { readonly stage: 'lending'; readonly proposal: Proposal }
  | { readonly stage: 'returning'; readonly proposal: Proposal; readonly loan: Loan }
  | { readonly stage: 'refused'; readonly proposal: Proposal }
  | { readonly stage: 'lent'; readonly loan: Loan }
  /** `undoUntil`: milliseconds since 1970. */
  | { readonly stage: 'returned'; readonly loan: Loan; readonly undoUntil: number }
  | { readonly stage: 'undone'; readonly loan: Loan };

/** Seconds in which a return may be taken back from the counter. */
export const UNDO_SECONDS = 10;

/** What a scanned code leads to: out means it comes back, otherwise it goes out, or it is refused with its reasons (L3). */
export function stageOf(proposal: Proposal): CounterState {
  if (proposal.openLoan !== null) return { stage: 'returning', proposal, loan: proposal.openLoan };
  return proposal.mayLend ? { stage: 'lending', proposal } : { stage: 'refused', proposal };
}

/** A scanner types fast and may add blanks; people type full-width or lower-case: one spelling for all. */
export function cleanCode(typed: string): string {
  return typed.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
}

export type ReturnProblem = 'count' | 'explain' | null;

/** What is still wanted before a return may be entered (B2): the count, or the words for pages that do not fit. */
export function returnProblem(
  pagesOut: number,
  pagesBack: number | null,
  condition: Loan['conditionOut'],
): ReturnProblem {
  if (pagesBack === null) return 'count';
  return pageCountExplained({ pagesOut, pagesBack, condition }) ? null : 'explain';
}

/** True while the field for codes should take the focus back: nothing else is being filled in. */
export function fieldHasFocus(state: CounterState): boolean {
  return state.stage !== 'lending' && state.stage !== 'returning';
}
