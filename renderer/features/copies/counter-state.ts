import type { CopyRequest, IssuedCopy } from '../../../shared/contract/copies.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';

/** What the counter shows below its field (I1, I2). */
export type CounterState =
  | { readonly stage: 'waiting' }
  | { readonly stage: 'asking'; readonly code: string }
  | { readonly stage: 'failed'; readonly code: string; readonly error: AppError }
  /** A new request, or a change of one. */
  | { readonly stage: 'requesting'; readonly request: CopyRequest | null }
  | { readonly stage: 'request'; readonly requestNumber: string }
  | { readonly stage: 'copy'; readonly copyNumber: string }
  | { readonly stage: 'delivered'; readonly copy: IssuedCopy }
  /** `undoUntil`: milliseconds since 1970. */
  | { readonly stage: 'settled'; readonly copy: IssuedCopy; readonly undoUntil: number }
  | { readonly stage: 'undone'; readonly copy: IssuedCopy };

/** Seconds in which a recovery may be taken back from the counter. */
export const UNDO_SECONDS = 10;

/** A scanner types fast and may add blanks; people type full-width or lower-case: one spelling for all. */
export function cleanCode(typed: string): string {
  return typed.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
}

/** A request's number begins differently from a copy's (`FS-`, `FF-`). */
export function isRequestNumber(code: string): boolean {
  return code.startsWith('FS-');
}

/** True while the field for codes should take the focus back: nothing else is being filled in. */
export function fieldHasFocus({ stage }: CounterState): boolean {
  return stage !== 'requesting' && stage !== 'request' && stage !== 'copy';
}
