import { SegmentedControl, Select } from '@mantine/core';
import { IconBooks } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { useArchiveQuery, useLongArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { PageTabs } from '../../ui/frame/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { ArrangeStep } from './arrange-step.tsx';
import { BindStep } from './bind-step.tsx';
import styles from './binding.module.css';
import { CleaningStep } from './cleaning-step.tsx';
import { DisposalView } from './disposal-view.tsx';
import { PrintStep } from './print-step.tsx';
import { ScheduleView } from './schedule-view.tsx';
import { VolumeList } from './volume-list.tsx';
import { shownStep, type YearStep } from './year.ts';
import { YearSteps } from './year-steps.tsx';

/** Years that stand beside each other; more are chosen from a list. */
const YEARS_IN_A_ROW = 5;

const AREAS = ['years', 'volumes', 'disposal', 'schedule'] as const;

/** Binding and what follows from it: archive years, what is due for disposal, how long each type is kept. */
export function BindingScreen() {
  const { t } = useText();
  const { replace } = useNavigate();
  const place = usePlace();
  const area = AREAS.find((one) => one === place.params?.['area']) ?? 'years';
  const tabs = (
    <PageTabs
      label={t('binding.areas')}
      tabs={AREAS.map((id) => ({ id, label: t(`binding.area.${id}`) }))}
      value={area}
      onChange={(next) => replace({ tab: undefined, params: next === 'years' ? {} : { area: next } })}
    />
  );
  if (area === 'years') return <ArchiveYears tabs={tabs} />;
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('binding.title')}</h1>
        {tabs}
      </header>
      {area === 'volumes' ? (
        <div className={styles.volumes}>
          <VolumeList />
        </div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={styles.body} tabIndex={0} aria-label={t(`binding.area.${area}`)}>
          {area === 'disposal' ? <DisposalView /> : <ScheduleView />}
        </section>
      )}
    </div>
  );
}

/** The archive year (Y1, Y2) as one job: clean, arrange, bind, print. What stands in the archive says where it goes on. */
function ArchiveYears({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const { replace } = useNavigate();
  const place = usePlace();
  const role = useActingRole();
  const list = useArchiveQuery('archiveYears.list', {}, { keepPrevious: true });
  const years = list.data?.years ?? [];
  const asked = Number(place.params?.['year'] ?? Number.NaN);
  const fallback = list.data?.due ?? years[0]?.year ?? Number(today.slice(0, 4)) - 1;
  const year = Number.isInteger(asked) ? asked : fallback;
  const job = useLongArchiveQuery('archiveYears.get', { year }, 'binding.cleaningWork', {
    enabled: list.data !== undefined,
    keepPrevious: true,
  });

  const current = job.data?.year === year ? job.data : undefined;
  // The screen stays where it was opened: what is done there must not take it away.
  const landed = useRef<{ readonly year: number; readonly step: YearStep } | null>(null);
  if (current !== undefined && landed.current?.year !== year)
    landed.current = { year, step: shownStep(undefined, current.step) };
  const step = landed.current === null || current === undefined ? undefined : shownStep(place.tab, landed.current.step);

  if (list.error !== null) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingSkeleton shape="rows" count={10} />;
  if (years.length === 0)
    return (
      <EmptyState icon={IconBooks} title={t('binding.empty')}>
        {t('binding.emptyText')}
      </EmptyState>
    );
  const openYear = (next: number): void => replace({ tab: undefined, params: { year: String(next) } });
  const openStep = (step: YearStep): void => replace({ tab: step, params: { year: String(year) } });
  const choices = years.map((entry) => ({
    value: String(entry.year),
    label: t('binding.yearIs', { year: formats.day(String(entry.year)) }),
  }));
  const mayChange = role === 'keeper' && current?.closedAt === null;
  const mayOpen = role === 'keeper' || role === 'supervisor';
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('binding.title')}</h1>
        {tabs}
        {years.length <= YEARS_IN_A_ROW ? (
          <SegmentedControl
            aria-label={t('binding.year')}
            value={String(year)}
            onChange={(value) => openYear(Number(value))}
            data={choices}
          />
        ) : (
          <Select
            aria-label={t('binding.year')}
            w={140}
            allowDeselect={false}
            value={String(year)}
            onChange={(value) => value !== null && openYear(Number(value))}
            data={choices}
          />
        )}
        {current !== undefined && (
          <p className={styles.soft}>
            {t('binding.yearCounts', { papers: formats.number(current.papers), bound: formats.number(current.bound) })}
          </p>
        )}
      </header>
      {job.error !== null && <ErrorState error={job.error} onRetry={() => void job.refetch()} />}
      {current === undefined && job.error === null && job.job === null && <LoadingSkeleton shape="rows" count={8} />}
      {current === undefined && job.error === null && job.job !== null && (
        <div className={styles.body}>
          <JobProgress job={job.job} />
        </div>
      )}
      {current !== undefined && step !== undefined && (
        <>
          <YearSteps job={current} shown={step} onOpen={openStep} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className={styles.body} tabIndex={0} aria-label={t(`yearStep.${step}`)}>
            {step === 'clean' && <CleaningStep key={year} job={current} mayChange={mayChange} onNext={openStep} />}
            {step === 'arrange' && (
              <ArrangeStep key={year} job={current} mayChange={mayChange} mayPreview={mayOpen} onNext={openStep} />
            )}
            {step === 'bind' && (
              <BindStep key={year} job={current} mayChange={mayChange} mayPreview={mayOpen} onStep={openStep} />
            )}
            {step === 'print' && (
              <PrintStep key={year} job={current} mayChange={mayChange} mayOpen={mayOpen} mayAdd={role === 'keeper'} />
            )}
          </section>
        </>
      )}
    </div>
  );
}
