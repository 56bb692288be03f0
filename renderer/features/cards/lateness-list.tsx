import { IconClockCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { addDays } from '../../../shared/util/days.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
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
const NEEDED = ['state', 'filledAt'];

/** How soon cards are filled in after visits (C4): by salesperson, and visit by visit. */
export function LatenessList() {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const { today } = useToday();
  const [period, setPeriod] = useState({ from: addDays(today, -USUAL_DAYS), to: today });
  const [salesperson, setSalesperson] = useState<string | null>(null);
  const report = useArchiveQuery('customers.lateness', period, { keepPrevious: true });
  const cells = useMemo<RecordCells>(
    () => ({
      customer: { width: 240, grow: true },
      visitedAt: { header: t('cards.dates.visited'), width: 152 },
      filledAt: {
        width: 152,
        cell: (row) =>
          textAt(row, 'filledAt') === '' ? t('cards.lateness.notYet') : formats.instant(textAt(row, 'filledAt')),
      },
      state: {
        width: 104,
        cell: (row) => (
          <Tag tone={TONES[textAt(row, 'state') as Visit['state']] ?? 'plain'}>
            {t(`cards.lateness.state.${textAt(row, 'state')}`)}
          </Tag>
        ),
      },
    }),
    [t, formats],
  );
  const scope = useMemo(
    (): readonly Condition[] => [
      { field: 'visitedAt', is: 'between', values: [period.from, period.to] },
      ...(salesperson === null
        ? []
        : salesperson === ''
          ? [{ field: 'salesperson', is: 'empty' as const, values: [] }]
          : [{ field: 'salesperson', is: 'is' as const, values: [salesperson] }]),
    ],
    [period, salesperson],
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
            <RecordList
              list="lateness"
              label={t('cards.lateness.title')}
              scope={scope}
              cells={cells}
              needs={NEEDED}
              onOpen={(row) => row.customer !== null && go({ screen: 'cards', number: row.customer })}
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
