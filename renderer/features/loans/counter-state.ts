import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Loan, LoanForm } from '../../../shared/contract/loan-records.ts';
import { missingPagesProblem, pageCountExplained, pageNumbers, parsePages } from '../../../shared/domain/page-check.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';

export type Proposal = OutputOf<'loans.proposal'>;
export type Returned = OutputOf<'loans.return'>;

/** A numbered blank that was filled in by hand and is keyed in now. */
export interface BlankForm {
  readonly number: string;
  readonly reservedAt: string;
}

/** What the counter shows below its field (B1, B2). */
export type CounterState =
  | { readonly stage: 'waiting' }
  | { readonly stage: 'asking'; readonly code: string }
  | { readonly stage: 'failed'; readonly code: string; readonly error: AppError }
  | { readonly stage: 'lending'; readonly proposal: Proposal }
  /** `scanned`: the item whose code was scanned; null for the form itself. */
  | {
      readonly stage: 'returning';
      readonly form: LoanForm;
      readonly scanned: string | null;
      readonly proposal: Proposal;
    }
  | { readonly stage: 'refused'; readonly proposal: Proposal }
  | { readonly stage: 'reading'; readonly proposal: Proposal }
  | { readonly stage: 'closed'; readonly form: LoanForm }
  /** Taken out, not yet signed for (B1). */
  | { readonly stage: 'prepared'; readonly form: LoanForm }
  | { readonly stage: 'lent'; readonly form: LoanForm }
  /** `undoUntil`: milliseconds since 1970. */
  | { readonly stage: 'returned'; readonly result: Returned; readonly undoUntil: number }
  | { readonly stage: 'undone'; readonly loan: Loan }
  | { readonly stage: 'said'; readonly title: string; readonly text: string }
  | { readonly stage: 'breach'; readonly number: string };

/** Seconds in which a return may be taken back from the counter. */
export const UNDO_SECONDS = 10;

/** What a scanned code leads to: out means it comes back, otherwise it goes out, or it is refused with its reasons (L3). */
export function stageOf(proposal: Proposal): CounterState {
  const { form, openLoan, kind } = proposal;
  if (form?.state === 'prepared') return { stage: 'prepared', form };
  if (kind === 'form' && form !== null)
    return form.open > 0 ? { stage: 'returning', form, scanned: null, proposal } : { stage: 'closed', form };
  if (openLoan !== null && form !== null) return { stage: 'returning', form, scanned: openLoan.loanNumber, proposal };
  if (proposal.reading !== null) return { stage: 'reading', proposal };
  return proposal.mayLend ? { stage: 'lending', proposal } : { stage: 'refused', proposal };
}

/** A scanner types fast and may add blanks; people type full-width or lower-case: one spelling for all. */
export function cleanCode(typed: string): string {
  return typed.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
}

export type ReturnProblem = 'count' | 'explain' | 'missing' | null;

/** What is still wanted before a return may be entered (B2): the count, the words for pages that do not fit, or which pages. */
export function returnProblem(
  pagesOut: number,
  pagesBack: number | null,
  condition: Loan['conditionOut'],
  missing = '',
  volume: { readonly fromPage: number } | null = null,
): ReturnProblem {
  if (pagesBack === null) return 'count';
  if (!pageCountExplained({ pagesOut, pagesBack, condition })) return 'explain';
  const pages = parsePages(missing);
  return pages === undefined || missingPagesProblem(pages, pageNumbers(pagesOut, volume), pagesBack) !== null
    ? 'missing'
    : null;
}

/** True while the field for codes should take the focus back: nothing else is being filled in. */
export function fieldHasFocus(state: CounterState): boolean {
  return !['lending', 'prepared', 'returning', 'reading', 'breach'].includes(state.stage);
}
