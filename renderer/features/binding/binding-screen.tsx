import { SegmentedControl } from '@mantine/core';
import { IconBooks } from '@tabler/icons-react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { BindPanel } from './bind-panel.tsx';
import styles from './binding.module.css';
import { BoundVolumes } from './bound-volumes.tsx';
import { Concerns } from './concerns.tsx';
import { PlanShelf } from './plan-shelf.tsx';

/** Binding a year by class into fixed volumes (Y1, Y2): what it would give, what to settle first, what is bound. */
export function BindingScreen() {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const { replace } = useNavigate();
  const place = usePlace();
  const role = useSession((state) => state.session?.user?.role);
  const asked = Number(place.params?.['year'] ?? Number.NaN);
  // The year before is the one that is due; its plan also says which years hold papers.
  const fallback = Number(today.slice(0, 4)) - 1;
  const first = useArchiveQuery(
    'binding.plan',
    { year: Number.isInteger(asked) ? asked : fallback },
    { keepPrevious: true },
  );
  const years = first.data?.years ?? [];
  const best =
    years.find((entry) => entry.year <= fallback && entry.bound < entry.papers)?.year ?? years[0]?.year ?? fallback;
  const year = Number.isInteger(asked) ? asked : best;
  const plan = useArchiveQuery('binding.plan', { year }, { enabled: first.data !== undefined, keepPrevious: true });

  if (first.error !== null) return <ErrorState error={first.error} onRetry={() => void first.refetch()} />;
  if (first.data === undefined) return <LoadingSkeleton shape="rows" count={10} />;
  if (years.length === 0)
    return (
      <EmptyState icon={IconBooks} title={t('binding.empty')}>
        {t('binding.emptyText')}
      </EmptyState>
    );
  const counts = years.find((entry) => entry.year === year);
  const openYear = (next: number): void => replace({ params: { year: String(next) } });
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('binding.title')}</h1>
        <SegmentedControl
          aria-label={t('binding.year')}
          value={String(year)}
          onChange={(value) => openYear(Number(value))}
          data={years.map((entry) => ({
            value: String(entry.year),
            label: t('binding.yearIs', { year: formats.day(String(entry.year)) }),
          }))}
        />
        {counts !== undefined && (
          <p className={styles.soft}>
            {t('binding.yearCounts', { papers: formats.number(counts.papers), bound: formats.number(counts.bound) })}
          </p>
        )}
      </header>
      <div className={styles.body}>
        {plan.error !== null && <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />}
        {plan.data === undefined && plan.error === null && <LoadingSkeleton shape="rows" count={6} />}
        {plan.data !== undefined && (
          <>
            <PlanShelf
              volumes={plan.data.volumes}
              year={year}
              mayPreview={role === 'keeper' || role === 'supervisor'}
            />
            <div className={styles.columns}>
              <Concerns concerns={plan.data.concerns} />
              {role === 'keeper' && <BindPanel key={year} year={year} plan={plan.data} />}
            </div>
          </>
        )}
        <BoundVolumes year={year} mayOpen={role === 'keeper' || role === 'supervisor'} />
      </div>
    </div>
  );
}
