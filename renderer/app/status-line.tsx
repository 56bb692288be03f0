import { useEffect, useState } from 'react';
import { useLastActivity } from '../gateway/use-activity.ts';
import { useArchiveQuery } from '../gateway/use-archive.ts';
import { useFormats } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { useJobs } from '../state/jobs.ts';
import { useNavigate } from '../state/navigation.ts';
import { useSession } from '../state/session.ts';
import styles from './desk-frame.module.css';

const UNANCHORED_ALARM = 1_000;
/** The lock clock ticks only in the last minute: nothing moves by itself before. */
const CLOCK_FROM_SECONDS = 60;

/** Who, which archive, last backup, unanchored tail (R73), running work, lock clock. */
export function StatusLine() {
  const { t } = useText();
  const formats = useFormats();
  const session = useSession((state) => state.session);
  const overview = useArchiveQuery('desk.overview', {}).data;
  const { go } = useNavigate();
  const user = session?.user;
  const unanchored = overview?.audit.unanchored ?? 0;
  return (
    <footer className={styles.status}>
      {user !== null && user !== undefined && (
        <span className={styles.statusItem}>
          {t('app.statusUser', { name: user.displayName, role: t(`role.${user.role}`) })}
        </span>
      )}
      <button type="button" className={styles.statusLink} onClick={() => go({ screen: 'settings', tab: 'backup' })}>
        {overview?.lastBackup
          ? t('app.statusBackup', { at: formats.instant(overview.lastBackup) })
          : overview !== undefined && t('app.statusNoBackup')}
      </button>
      {unanchored > 0 && (
        <button
          type="button"
          className={`${styles.statusLink} ${unanchored >= UNANCHORED_ALARM ? styles.statusAlarm : ''}`}
          onClick={() => go({ screen: 'audit', tab: 'verify' })}
        >
          {t('app.statusUnanchored', { count: formats.number(unanchored) })}
        </button>
      )}
      <span className={styles.spacer} />
      <RunningJobs />
      <LockClock />
    </footer>
  );
}

function RunningJobs() {
  const { t } = useText();
  const formats = useFormats();
  const jobs = useJobs((state) => state.jobs);
  return Object.values(jobs).map((job) => (
    <span key={job.id} className={styles.statusItem} role="status">
      {t('kit.jobRunning', {
        title: t(job.titleKey),
        percent: job.total > 0 ? formats.percent(Math.round((job.done / job.total) * 100)) : t('phase.working'),
      })}
    </span>
  ));
}

function LockClock() {
  const { t } = useText();
  const formats = useFormats();
  const idleSeconds = useArchiveQuery('settings.get', {}).data?.idleLockSeconds;
  const lastActivity = useLastActivity((state) => state.at);
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (idleSeconds === undefined) return undefined;
    const tick = () => {
      const seconds = Math.ceil(idleSeconds - (performance.now() - lastActivity) / 1_000);
      setLeft(seconds <= CLOCK_FROM_SECONDS ? Math.max(0, seconds) : null);
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [idleSeconds, lastActivity]);
  if (idleSeconds === undefined) return null;
  return (
    <span className={`${styles.statusItem} ${left === null ? '' : styles.statusAlarm}`}>
      {left === null
        ? t('app.statusIdleLock', { time: formats.duration(idleSeconds) })
        : t('app.statusLocksIn', { time: formats.duration(left) })}
    </span>
  );
}
