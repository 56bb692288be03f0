import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import type { JobView } from '../../state/jobs.ts';
import { Button } from '../actions/button.tsx';
import styles from './states.module.css';

interface JobProgressProps {
  readonly job: JobView;
  /** Offered when the work may go on while something else is done. */
  readonly onBackground?: () => void;
}

/** Long work: phase, count, time left, cancel; it can go to the background (the status line keeps it). */
export function JobProgress({ job, onBackground }: JobProgressProps) {
  const { t, has } = useText();
  const formats = useFormats();
  const phaseKey = `phase.${job.phase}`;
  const percent = job.total > 0 ? Math.min(100, (job.done / job.total) * 100) : null;
  return (
    <div className={styles.job}>
      <div className={styles.jobLine}>
        <span className={styles.jobTitle}>{t(job.titleKey)}</span>
        <span role="status">{has(phaseKey) ? t(phaseKey) : t('phase.working')}</span>
        <span className={styles.jobCount}>
          {job.total > 0 && t('kit.countOf', { done: formats.number(job.done), total: formats.number(job.total) })}
          {job.secondsLeft !== null && ` · ${t('kit.timeLeft', { time: formats.duration(job.secondsLeft) })}`}
        </span>
      </div>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={t(job.titleKey)}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { 'aria-valuenow': Math.round(percent) })}
      >
        {percent === null ? (
          <div className={`${styles.fill} ${styles.unknown}`} />
        ) : (
          <div className={styles.fill} style={{ width: `${percent}%` }} />
        )}
      </div>
      <div className={styles.actions}>
        <Button size="small" onClick={job.cancel}>
          {t('kit.cancelWork')}
        </Button>
        {onBackground !== undefined && (
          <Button size="small" kind="quiet" onClick={onBackground}>
            {t('kit.toBackground')}
          </Button>
        )}
      </div>
    </div>
  );
}
