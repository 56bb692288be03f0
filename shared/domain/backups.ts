import { addDays, daysBetween } from '../util/days.ts';

/** Which backup is made next, on which medium, and how a backup stands to what is there: pure rules (security §11, R56, R59). */

/** At least every fourth backup on a medium is full. */
export const INCREMENTALS_IN_A_ROW = 3;

export interface MediumState {
  /** A chain that can be gone on with: its last file lies there, as it was written. */
  readonly chainWhole: boolean;
  readonly sinceFull: number;
}

/** Full or incremental, when nobody says: incremental only where a chain is whole and not too long. */
export function extentOf(medium: MediumState | null): 'full' | 'incremental' {
  return medium?.chainWhole === true && medium.sinceFull < INCREMENTALS_IN_A_ROW ? 'incremental' : 'full';
}

/** Whether it is another medium's turn: two are used in turns, so that never both lie at the machine (R59). */
export function mediumAdvice(lastAt: readonly { readonly id: string; readonly at: string }[]): {
  readonly advice: 'none' | 'second' | 'other';
  readonly medium: string | null;
} {
  const byTime = [...lastAt].sort((a, b) => (a.at < b.at ? -1 : 1));
  if (byTime.length === 0) return { advice: 'none', medium: null };
  if (byTime.length === 1) return { advice: 'second', medium: null };
  return { advice: 'other', medium: byTime[0]?.id ?? null };
}

/** R55: days between two restore drills. */
export const DRILL_DAYS = 31;

/** The day by which a restore is to be tried out; null while there is no backup. Days as `YYYY-MM-DD`. */
export function drillDueOn(lastDrillOn: string | null, firstBackupOn: string | null): string | null {
  if (firstBackupOn === null) return null;
  return addDays(lastDrillOn ?? firstBackupOn, DRILL_DAYS);
}

/** R59: how urgently a backup is missing. `days` since the last one; `changed`: something was written since. */
export function backupAlarm(
  lastBackupOn: string | null,
  filledSince: string | null,
  today: string,
  changed: boolean,
): 'none' | 'day' | 'week' {
  const since = lastBackupOn ?? filledSince;
  if (since === null || !changed) return 'none';
  const days = daysBetween(since, today);
  return days >= 7 ? 'week' : days >= 1 ? 'day' : 'none';
}

export interface LogPlace {
  readonly vault: string;
  readonly size: number;
  /** Chain value after so many entries, or undefined where the log is shorter. */
  chainAt(size: number): string | undefined;
}

/**
 * How a backup stands to the archive that is there (R56): `absent` nothing to compare with · `otherArchive` · `same` · `older` the log
 * there goes on from it · `newer` it goes on from the log there · `forked` both went on differently.
 */
export const BACKUP_STANDINGS = ['absent', 'otherArchive', 'same', 'older', 'newer', 'forked'] as const;
export type BackupStanding = (typeof BACKUP_STANDINGS)[number];

export function backupStanding(backup: LogPlace, present: LogPlace | null): BackupStanding {
  if (present === null) return 'absent';
  if (present.vault !== backup.vault) return 'otherArchive';
  const common = Math.min(present.size, backup.size);
  const here = present.chainAt(common);
  if (here === undefined || here !== backup.chainAt(common)) return 'forked';
  if (present.size === backup.size) return 'same';
  return present.size > backup.size ? 'older' : 'newer';
}
