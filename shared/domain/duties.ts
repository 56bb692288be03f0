import { addDays, addMonths, daysBetween } from '../util/days.ts';

/** What the desk has to do, and when (M1): pure rules of the first screen and its calendar. */

/** `open`: has no day, waits until there is time. */
export const STANDINGS = ['overdue', 'today', 'soon', 'later', 'open'] as const;
export type Standing = (typeof STANDINGS)[number];

/** How a duty stands that is due on `day` and is shown from `leadDays` before; days as `YYYY-MM-DD`. */
export function standingOf(day: string | null, today: string, leadDays: number): Standing {
  if (day === null) return 'open';
  if (day < today) return 'overdue';
  if (day === today) return 'today';
  return day <= addDays(today, leadDays) ? 'soon' : 'later';
}

/** Shown on the first screen: all but what is further away than its lead. */
export function isShownToday(standing: Standing): boolean {
  return standing !== 'later';
}

/** Longest that something may be put off, in days. */
export const LONGEST_PUT_OFF_DAYS = 366;

/** Away until that day; on the day itself it is back. */
export function isPutOff(until: string, today: string): boolean {
  return today < until;
}

/** Why a duty cannot be put off to a day: a message key, or null when it can. */
export function putOffProblem(until: string, today: string): 'validation.putOffPast' | 'validation.putOffFar' | null {
  if (until <= today) return 'validation.putOffPast';
  return daysBetween(today, until) > LONGEST_PUT_OFF_DAYS ? 'validation.putOffFar' : null;
}

/** Entries of the log without a checkpoint elsewhere that make one due at once (R73). */
export const UNANCHORED_ALARM = 1_000;

/** The day a backup is due; null while there is nothing to lose. Never backed up: due since the first record. */
export function backupDueOn(
  archive: { readonly lastBackupOn: string | null; readonly filledSince: string | null },
  everyDays: number,
): string | null {
  if (archive.filledSince === null) return null;
  return archive.lastBackupOn === null ? archive.filledSince : addDays(archive.lastBackupOn, everyDays);
}

/** The day a checkpoint must leave the machine; null while everything is anchored (R73). */
export function checkpointDueOn(
  log: { readonly unanchored: number; readonly lastAnchoredOn: string | null; readonly filledSince: string | null },
  today: string,
  everyDays: number,
): string | null {
  if (log.unanchored <= 0 || log.filledSince === null) return null;
  const byTime = addDays(log.lastAnchoredOn ?? log.filledSince, everyDays);
  return log.unanchored >= UNANCHORED_ALARM && byTime > today ? today : byTime;
}

/** M2: the day by which the next full revision starts: so many months after the last one, or after the archive was begun. */
export function revisionDueOn(
  last: { readonly startedOn: string | null; readonly filledSince: string | null },
  months: number,
): string | null {
  const from = last.startedOn ?? last.filledSince;
  return from === null ? null : addMonths(from, months);
}
