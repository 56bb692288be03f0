import { backupAlarm, drillDueOn, mediumAdvice } from '../../shared/domain/backups.ts';
import { backupDueOn } from '../../shared/domain/duties.ts';
import type { Clock } from '../platform/clock.ts';
import { readInfo } from '../store/archive-records.ts';
import { firstBackupAt, listBackupRuns, listMedia } from '../store/backups.ts';
import { firstCardAt } from '../store/desk-counts.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';
import { readSettings } from './settings.ts';
import { dayOf } from './today.ts';

/** The mark of the last restore drill that went well. */
export const LAST_DRILL = 'lastDrill';

const dayOrNull = (instant: string | undefined) => (instant === undefined ? null : dayOf(new Date(instant)));

/** Media, whose turn it is, and when backup and drill are due: the desk, the settings and the rail ask the same. */
export function backupState(sql: Reader, today: string, logSize: number) {
  const [newest] = listBackupRuns(sql, 1);
  const lastBackupOn = dayOrNull(readInfo(sql, 'lastBackup'));
  const filledSince = dayOrNull(firstCardAt(sql));
  const media = listMedia(sql);
  const { advice, medium } = mediumAdvice(media.map(({ id, last_at }) => ({ id, at: last_at })));
  const lastDrill = readInfo(sql, LAST_DRILL);
  return {
    dueOn: backupDueOn({ lastBackupOn, filledSince }, readSettings(sql).backupDays),
    drillDueOn: drillDueOn(dayOrNull(lastDrill), dayOrNull(firstBackupAt(sql))),
    lastDrill: lastDrill ?? null,
    // The entry of the backup itself, of its session and of signing in again is nothing to lose.
    alarm: backupAlarm(lastBackupOn, filledSince, today, newest === undefined || logSize > newest.log_size + 3),
    advice,
    media: media.map((row) => ({
      id: row.id,
      place: row.place,
      firstAt: row.first_at,
      lastAt: row.last_at,
      backups: row.backups,
      next: row.id === medium,
    })),
  };
}

/** How urgently a backup is missing at this moment (R59). */
export const backupAlarmNow = (sql: Reader, clock: Clock, logSize: number) =>
  backupState(sql, dayOf(clock.now()), logSize).alarm;

export const backupStatusHandlers: HandlersOf<'backups.status'> = {
  'backups.status': {
    phase: 'query',
    run: ({ sql, clock, archive }, { limit }) => ({
      ...backupState(sql, dayOf(clock.now()), archive.audit.size()),
      runs: listBackupRuns(sql, limit).map((row) => ({
        at: row.at,
        by: row.by,
        medium: row.medium_id,
        file: row.file,
        extent: row.extent,
        bytes: row.bytes,
        sha256: row.sha256,
        carried: row.files,
        logSize: row.log_size,
        triedAt: row.tried_at,
      })),
    }),
  },
};
