import { IconCheck } from '@tabler/icons-react';
import type { ArchiveYear } from '../../../shared/contract/archive-years.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './steps.module.css';
import { isBehind, YEAR_STEPS, type YearStep } from './year.ts';

/** The four steps of a year: which are done, which is next, and what each still asks for. */
export function YearSteps({
  job,
  shown,
  onOpen,
}: {
  readonly job: ArchiveYear;
  readonly shown: YearStep;
  readonly onOpen: (step: YearStep) => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const says: Readonly<Record<YearStep, string>> = {
    clean:
      job.findings.open > 0
        ? t('binding.says.open', { count: job.findings.open })
        : t('binding.says.clean', { explained: job.findings.explained, settled: job.findings.settled }),
    arrange: t(`binding.arrangement.${job.arrangement}`),
    bind:
      job.loose > 0
        ? t('binding.says.loose', { count: job.loose, papers: formats.number(job.loose) })
        : t('binding.says.allBound'),
    print:
      job.closedAt === null ? t('binding.says.print') : t('binding.says.closed', { day: formats.day(job.closedAt) }),
  };
  return (
    <nav aria-label={t('binding.steps')} className={styles.steps}>
      <ol>
        {YEAR_STEPS.map((step, index) => {
          const done = isBehind(step, job.step);
          return (
            <li key={step}>
              <button
                type="button"
                className={styles.step}
                aria-current={step === shown ? 'step' : undefined}
                data-done={done || undefined}
                data-next={step === job.step || undefined}
                onClick={() => onOpen(step)}
              >
                <span className={styles.mark} aria-hidden>
                  {done ? <IconCheck size={14} stroke={2.5} /> : index + 1}
                </span>
                <span className={styles.name}>{t(`yearStep.${step}`)}</span>
                <span className={styles.says}>{says[step]}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
