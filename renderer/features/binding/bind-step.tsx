import type { ArchiveYear } from '../../../shared/contract/archive-years.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { BindPanel } from './bind-panel.tsx';
import { PlanShelf } from './plan-shelf.tsx';
import styles from './steps.module.css';
import type { YearStep } from './year.ts';

/** The volumes once more, each to be looked at whole, and the act that fixes them (Y2). */
export function BindStep({
  job,
  mayChange,
  mayPreview,
  onStep,
}: {
  readonly job: ArchiveYear;
  readonly mayChange: boolean;
  readonly mayPreview: boolean;
  readonly onStep: (step: YearStep) => void;
}) {
  const { t } = useText();
  const plan = useArchiveQuery('binding.plan', { year: job.year }, { keepPrevious: true });
  if (plan.error !== null) return <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />;
  if (plan.data === undefined) return <LoadingSkeleton shape="rows" count={6} />;
  return (
    <>
      <PlanShelf volumes={plan.data.volumes} year={job.year} mayPreview={mayPreview} />
      {job.findings.open > 0 && (
        <div className={styles.next}>
          <p>{t('binding.stillOpen', { count: job.findings.open })}</p>
          <Button onClick={() => onStep('clean')}>{t('binding.toCleaning')}</Button>
        </div>
      )}
      {mayChange && (
        <BindPanel year={job.year} plan={plan.data} ready={job.findings.open === 0} onBegin={() => onStep('bind')} />
      )}
    </>
  );
}
