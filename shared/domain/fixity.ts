import { addDays } from '../util/days.ts';

/** How often everything is read again (R49), and what may be done while something is known to be damaged: pure rules. */

/** Days between two rounds. */
export const FIXITY_DAYS = 7;

/** The day by which the next round is due; days as `YYYY-MM-DD`. */
export function fixityDueOn(lastCompletedOn: string | null, createdOn: string): string {
  return addDays(lastCompletedOn ?? createdOn, FIXITY_DAYS);
}

/** What can be put right or lived with one by one. A damaged table or log is not: a backup has to be restored. */
export function isSingleFile(kind: 'database' | 'log' | 'missing' | 'changed'): boolean {
  return kind === 'missing' || kind === 'changed';
}
