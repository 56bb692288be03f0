import { Checkbox, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { ArchiveYear } from '../../../shared/contract/archive-years.ts';
import type { InputOf } from '../../../shared/contract/contract.ts';
import { ARRANGEMENTS, type Arrangement } from '../../../shared/domain/archive-year.ts';
import { SPINE_WIDTHS_MM, sheetThicknessMm } from '../../../shared/domain/binding.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { LastingPapers } from './lasting-papers.tsx';
import { PlanShelf } from './plan-shelf.tsx';
import styles from './steps.module.css';
import { PAPER_WEIGHTS, type YearStep } from './year.ts';

const micrometres = (grams: number) => Math.round(sheetThicknessMm(grams) * 1_000);

/** How the volumes of the year are made up: each choice is kept at once and drawn on the shelf below. */
export function ArrangeStep({
  job,
  mayChange,
  mayPreview,
  onNext,
}: {
  readonly job: ArchiveYear;
  readonly mayChange: boolean;
  readonly mayPreview: boolean;
  readonly onNext: (step: YearStep) => void;
}) {
  const { t } = useText();
  const plan = useArchiveQuery('binding.plan', { year: job.year }, { keepPrevious: true });
  const arrange = useArchiveCommand('archiveYears.arrange');
  const [checker, setChecker] = useState(job.checkedBy);
  const keep = (change: Omit<InputOf<'archiveYears.arrange'>, 'year'>) =>
    arrange.mutateAsync({ year: job.year, ...change });
  const accept = () =>
    keep({ checkedBy: checker.trim(), accept: true }).then(
      () => onNext('bind'),
      () => undefined,
    );
  const kept = PAPER_WEIGHTS.find((grams) => micrometres(grams) === job.sheetMicrometres);
  const weights = PAPER_WEIGHTS.map((grams) => ({
    value: String(micrometres(grams)),
    label: t('binding.paperWeight', { grams, micrometres: micrometres(grams) }),
  }));
  return (
    <>
      <section aria-label={t('binding.arrangementTitle')}>
        <ErrorNote error={arrange.error} showFields />
        <div className={styles.form}>
          <div className={styles.wide}>
            <p className={styles.label}>{t('binding.arrangementLabel')}</p>
            <SegmentedControl
              aria-label={t('binding.arrangementLabel')}
              value={job.arrangement}
              disabled={!mayChange}
              onChange={(value) => void keep({ arrangement: value as Arrangement }).catch(() => undefined)}
              data={ARRANGEMENTS.map((value) => ({ value, label: t(`binding.arrangement.${value}`) }))}
            />
          </div>
          <Select
            label={t('binding.maxSpine')}
            allowDeselect={false}
            disabled={!mayChange}
            value={String(job.maxMillimetres)}
            onChange={(value) => void keep({ maxMillimetres: Number(value) }).catch(() => undefined)}
            data={SPINE_WIDTHS_MM.map((width) => ({
              value: String(width),
              label: t('binding.millimetres', { value: width }),
            }))}
          />
          <Select
            label={t('binding.paper')}
            allowDeselect={false}
            disabled={!mayChange}
            value={String(job.sheetMicrometres)}
            onChange={(value) => void keep({ sheetMicrometres: Number(value) }).catch(() => undefined)}
            data={
              kept === undefined
                ? [
                    {
                      value: String(job.sheetMicrometres),
                      label: t('binding.sheetIs', { micrometres: job.sheetMicrometres }),
                    },
                    ...weights,
                  ]
                : weights
            }
          />
          <Checkbox
            label={t('binding.doubleSided')}
            checked={job.doubleSided}
            disabled={!mayChange}
            onChange={(event) => void keep({ doubleSided: event.currentTarget.checked }).catch(() => undefined)}
          />
          <TextInput
            label={t('binding.checkedBy')}
            placeholder={t('binding.checkedByHint')}
            autoComplete="off"
            maxLength={80}
            disabled={!mayChange}
            value={checker}
            onChange={(event) => setChecker(event.currentTarget.value)}
            onBlur={() => {
              if (checker.trim() !== job.checkedBy) void keep({ checkedBy: checker.trim() }).catch(() => undefined);
            }}
          />
        </div>
      </section>
      {plan.error !== null && <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />}
      {plan.data === undefined && plan.error === null && <LoadingSkeleton shape="rows" count={6} />}
      {plan.data !== undefined && <PlanShelf volumes={plan.data.volumes} year={job.year} mayPreview={mayPreview} />}
      {mayChange && (plan.data?.volumes.length ?? 0) > 0 && (
        <div className={styles.next}>
          <p className={styles.soft}>{t('binding.arrangeText')}</p>
          <Button kind="primary" icon={IconArrowRight} busy={arrange.isPending} onClick={() => void accept()}>
            {t('binding.accept')}
          </Button>
        </div>
      )}
      <LastingPapers year={job.year} mayChange={mayChange} />
    </>
  );
}
