import { IconClockCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { addDays } from '../../../shared/util/days.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Tag, type Tone } from '../../ui/text/tag.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './lateness.module.css';
import screen from './screen.module.css';

type Visit = OutputOf<'customers.lateness'>['visits'][number];
const TONES: Readonly<Record<Visit['state'], Tone>> = {
  onTime: 'moss',
  late: 'amber',
  pending: 'plain',
  overdue: 'seal',
};
const USUAL_DAYS = 30;

/** How soon cards are filled in after visits (C4): by salesperson, and visit by visit. */
export function LatenessList() {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const { today } = useToday();
  const [period, setPeriod] = useState({ from: addDays(today, -USUAL_DAYS), to: today });
  const [salesperson, setSalesperson] = useState<string | null>(null);
  const report = useArchiveQuery('customers.lateness', period, { keepPrevious: true });
  const columns = useMemo<readonly Column<Visit>[]>(
    () => [
      {
        id: 'number',
        header: t('field.control.number'),
        width: 104,
        cell: (visit) => visit.number,
        text: (visit) => visit.number,
      },
      {
        id: 'name',
        header: t('cards.column.name'),
        width: 240,
        grow: true,
        cell: (visit) => visit.name,
        text: (visit) => visit.name,
      },
      {
        id: 'salesperson',
        header: t('cards.lateness.salesperson'),
        width: 112,
        cell: (visit) => visit.salesperson,
        text: (visit) => visit.salesperson,
      },
      {
        id: 'visitedAt',
        header: t('cards.dates.visited'),
        width: 152,
        cell: (visit) => formats.instant(visit.visitedAt),
        text: (visit) => formats.instant(visit.visitedAt),
      },
      {
        id: 'filledAt',
        header: t('cards.lateness.filledAt'),
        width: 152,
        cell: (visit) => (visit.filledAt === null ? t('cards.lateness.notYet') : formats.instant(visit.filledAt)),
        text: (visit) => (visit.filledAt === null ? '' : formats.instant(visit.filledAt)),
      },
      {
        id: 'hours',
        header: t('cards.lateness.hours'),
        width: 88,
        align: 'end',
        cell: (visit) => formats.number(visit.hours),
        text: (visit) => String(visit.hours),
      },
      {
        id: 'state',
        header: t('cards.lateness.state'),
        width: 104,
        cell: (visit) => <Tag tone={TONES[visit.state]}>{t(`cards.lateness.state.${visit.state}`)}</Tag>,
        text: (visit) => t(`cards.lateness.state.${visit.state}`),
      },
    ],
    [t, formats],
  );
  const visits = useMemo(
    () => (report.data?.visits ?? []).filter((visit) => salesperson === null || visit.salesperson === salesperson),
    [report.data, salesperson],
  );
  const source = useMemo(
    () => ({
      total: report.data === undefined ? null : visits.length,
      rowAt: (index: number) => visits[index],
      showRange: () => undefined,
      error: report.error,
      refetch: () => void report.refetch(),
    }),
    [visits, report],
  );
  if (report.error !== null) return <ErrorState error={report.error} onRetry={() => void report.refetch()} />;
  const day = (key: 'from' | 'to') => (
    <label className={styles.day}>
      {t(`cards.lateness.${key}`)}
      <input
        autoComplete="off"
        key={period[key]}
        className={screen.saveTime}
        defaultValue={period[key]}
        onBlur={(event) => {
          const typed = parseTypedDate(event.currentTarget.value);
          if (typeof typed === 'string') setPeriod({ ...period, [key]: typed });
          else event.currentTarget.value = period[key];
        }}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </label>
  );
  return (
    <>
      <div className={screen.filters}>
        {day('from')}
        {day('to')}
      </div>
      {report.data === undefined ? (
        <LoadingSkeleton shape="rows" />
      ) : (
        <>
          {report.data.salespeople.length > 0 && (
            <div className={styles.sums}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('cards.lateness.salesperson')}</th>
                    <th scope="col">{t('cards.lateness.visits')}</th>
                    {(['onTime', 'late', 'pending', 'overdue'] as const).map((state) => (
                      <th key={state} scope="col">
                        {t(`cards.lateness.state.${state}`)}
                      </th>
                    ))}
                    <th scope="col">{t('cards.lateness.mean')}</th>
                  </tr>
                </thead>
                <tbody>
                  {report.data.salespeople.map((one) => (
                    <tr key={one.salesperson} data-chosen={one.salesperson === salesperson || undefined}>
                      <th scope="row">
                        <button
                          type="button"
                          className="suggestion"
                          aria-pressed={one.salesperson === salesperson}
                          onClick={() => setSalesperson(one.salesperson === salesperson ? null : one.salesperson)}
                        >
                          {one.salesperson === '' ? t('cards.lateness.nobody') : one.salesperson}
                        </button>
                      </th>
                      {[one.visits, one.onTime, one.late, one.pending, one.overdue].map((figure, index) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: columns of a fixed table
                        <td key={index}>{formats.number(figure)}</td>
                      ))}
                      <td>{one.meanHours === null ? '' : formats.number(one.meanHours)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <div className={screen.table}>
            <DataTable
              id="card-lateness"
              label={t('cards.lateness.title')}
              columns={columns}
              source={source}
              rowKey={(visit) => `${visit.number} ${visit.visitedAt}`}
              onOpen={(visit) => go({ screen: 'cards', number: visit.number })}
              autoFocus
              empty={
                <EmptyState icon={IconClockCheck} title={t('cards.lateness.none')}>
                  {t('cards.lateness.noneText')}
                </EmptyState>
              }
            />
          </div>
        </>
      )}
    </>
  );
}
