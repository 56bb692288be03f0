import { useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { createSessionStore } from '../../state/reset-registry.ts';
import { useActingRole } from '../../state/session.ts';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState, RefusedState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { DayEntry } from './day-entry.tsx';
import styles from './entry.module.css';
import { EntryHead } from './entry-head.tsx';

/** Whose day is being entered: kept while the archive is open, so that coming back finds it. */
const useEntryPlace = createSessionStore<{ staffId: number | null; day: string | null }>(() => ({
  staffId: null,
  day: null,
}));

/** Daily visit reports are entered here (V1): whose day, its visits in one table, its summary, handed in when. */
export function EntryTab() {
  const { t } = useText();
  const { today } = useToday();
  const place = usePlace();
  const { replace } = useNavigate();
  const keeper = useActingRole() === 'keeper';
  const chosen = useEntryPlace();
  const sentStaff = Number(place.params?.['staff'] ?? Number.NaN);
  const staffId = Number.isInteger(sentStaff) ? sentStaff : chosen.staffId;
  const day = place.params?.['day'] ?? chosen.day ?? today;
  const [begin, setBegin] = useState(false);
  const [customer, setCustomer] = useState<string | null>(place.params?.['customer'] ?? null);
  const opened = useArchiveQuery(
    'dailyReports.open',
    { staffId: staffId ?? 0, day },
    { enabled: staffId !== null && parseTypedDate(day) === day },
  );
  const choose = (next: { staffId?: number | null; day?: string }): void => {
    useEntryPlace.setState({ staffId, day, ...next });
    const { staff: _staff, day: _day, customer: _customer, ...params } = place.params ?? {};
    replace({ params });
  };
  if (!keeper)
    return <RefusedState title={t('visits.entryRefused')} who={t('kit.whoMay', { roles: t('role.keeper') })} />;
  return (
    <div className={styles.entry}>
      <EntryHead
        staffId={staffId}
        day={day}
        opened={opened.data ?? null}
        onStaff={(next) => {
          setBegin(next !== null);
          choose({ staffId: next });
        }}
        onDay={(next) => choose({ day: next })}
        onCustomer={setCustomer}
      />
      {staffId === null ? (
        <EmptyState title={t('visits.chooseStaff')}>{t('visits.chooseStaffText')}</EmptyState>
      ) : opened.error !== null ? (
        <ErrorState error={opened.error} onRetry={() => void opened.refetch()} />
      ) : opened.data === undefined ? (
        <LoadingSkeleton shape="rows" />
      ) : (
        <DayEntry
          key={`${staffId} ${day} ${opened.data.report?.revision ?? 0}`}
          staffId={staffId}
          day={day}
          opened={opened.data}
          customer={customer}
          onCustomerTaken={() => setCustomer(null)}
          begin={begin}
        />
      )}
    </div>
  );
}
