import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Loan } from '../../../shared/contract/custody.ts';

export type Proposal = OutputOf<'loans.proposal'>;

/** What the counter shows below its field (B1, B2). The field itself never goes away and never loses the focus for long. */
export type CounterState =
  | { readonly stage: 'waiting' }
  | { readonly stage: 'asking'; readonly code: string }
  | { readonly stage: 'unknown'; readonly code: string }
  | { readonly stage: 'lending'; readonly proposal: Proposal }
  | { readonly stage: 'returning'; readonly proposal: Proposal; readonly loan: Loan }
  | { readonly stage: 'refused'; readonly proposal: Proposal }
  | { readonly stage: 'lent'; readonly loan: Loan }
  | { readonly stage: 'returned'; readonly loan: Loan; readonly undoUntil: number };

/** Seconds in which a return may be taken back from the counter. */
export const UNDO_SECONDS = 10;

/** What a scanned code leads to: out means it comes back, otherwise it goes out, or it is refused with its reasons (L3). */
export function stageOf(proposal: Proposal): CounterState {
  if (proposal.openLoan !== null) return { stage: 'returning', proposal, loan: proposal.openLoan };
  return proposal.mayLend ? { stage: 'lending', proposal } : { stage: 'refused', proposal };
}

/** A scanner types fast, may add its own line end, and people type full-width or lower-case: one spelling for all. */
export function cleanCode(typed: string): string {
  return typed.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
}

/** Pages that did not come back; B2: fewer pages need the condition said. */
export function pagesShort(pagesOut: number, pagesIn: number | null): number {
  return pagesIn === null ? 0 : Math.max(0, pagesOut - pagesIn);
}

/** Whether the return may be entered: all pages, or a condition that explains the difference. */
export function returnComplete(pagesOut: number, pagesIn: number | null, condition: Loan['conditionOut']): boolean {
  if (pagesIn === null) return false;
  return pagesShort(pagesOut, pagesIn) === 0 || condition !== 'intact';
}
