import { SegmentedControl } from '@mantine/core';
import { IconChecklist, IconNotebook, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { REPORTS_OF_A_SIGNATURE } from '../../../shared/domain/visit.ts';
import { archive } from '../../gateway/archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toastError } from '../../ui/dialog/toasts.tsx';
import { numberAt, type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { type RecordBulk, RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { DUTY_TONE } from './entry-head.tsx';
import { REVIEWED_BY, ReviewMarked, ReviewWaiting } from './review-pile.tsx';
import styles from './visits.module.css';

const SHOWS = ['all', 'late', 'unreviewed', 'notHandedIn'] as const;
const SCOPES: Readonly<Record<(typeof SHOWS)[number], readonly Condition[]>> = {
  all: [],
  late: [{ field: 'state', is: 'is', values: ['late'] }],
  unreviewed: [
    { field: 'handedInAt', is: 'filled', values: [] },
    { field: 'reviewedAt', is: 'empty', values: [] },
  ],
  notHandedIn: [{ field: 'handedInAt', is: 'empty', values: [] }],
};
const REPORT_BULK: RecordBulk = {
  actions: [{ id: 'review', labelKey: 'visits.review', icon: IconChecklist, component: ReviewMarked }],
  most: REPORTS_OF_A_SIGNATURE,
};

/** Daily reports by day; Enter opens one where it was entered, P prints it, the supervisor signs a pile at once. */
export function DailyReportsTab() {
  const texts = useText();
  const { t } = texts;
  const formats = useFormats();
  const print = usePrint();
  const place = usePlace();
  const { go, replace } = useNavigate();
  const role = useActingRole();
  const [chosen, setMarked] = useState<string | null>(null);
  const [first, setFirst] = useState<string | null>(null);
  const marked = chosen ?? first;
  const [reviewing, setReviewing] = useState(false);
  const show = SHOWS.find((one) => one === place.params?.['show']) ?? 'all';
  useShortcut('p', () => marked !== null && print({ form: 'dailyReport', number: marked }), {
    labelKey: 'visits.print',
  });
  const open = (number: string): void => {
    archive.call('dailyReports.get', { number }).then(
      ({ staffId, day }) => go({ screen: 'visits', tab: 'entry', params: { staff: String(staffId), day } }),
      (thrown: unknown) => toastError(thrown, texts),
    );
  };
  const cells = useMemo<RecordCells>(
    () => ({
      department: { grow: true },
      state: {
        width: 84,
        cell: (row) => (
          <Tag tone={DUTY_TONE[textAt(row, 'state')] ?? 'plain'}>{t(`dutyState.${textAt(row, 'state')}`)}</Tag>
        ),
      },
      openFacts: {
        cell: (row) =>
          numberAt(row, 'openFacts') > 0 ? <Tag tone="amber">{formats.number(numberAt(row, 'openFacts'))}</Tag> : '',
      },
      number: { width: 124, cell: (row) => <span className={styles.soft}>{row.key}</span> },
    }),
    [t, formats],
  );
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('visits.show')}
          value={show}
          onChange={(value) => replace({ params: value === 'all' ? {} : { show: value } })}
          data={SHOWS.map((value) => ({ value, label: t(`visits.show.${value}`) }))}
        />
        <span className={styles.spacer} />
        <Button
          icon={IconPrinter}
          keys="p"
          disabled={marked === null}
          onClick={() => marked !== null && print({ form: 'dailyReport', number: marked })}
        >
          {t('visits.print')}
        </Button>
        {role !== undefined && (
          <Button icon={IconChecklist} onClick={() => setReviewing(true)}>
            {t('visits.review')}
          </Button>
        )}
      </div>
      <div className={styles.fill}>
        <RecordList
          list="dailyReports"
          label={t('visits.tab.reports')}
          scope={SCOPES[show]}
          cells={cells}
          onFirst={(row) => setFirst(row?.key ?? null)}
          onSelect={(row) => setMarked(row.key)}
          onOpen={(row) => open(row.key)}
          autoFocus
          needs={REVIEWED_BY}
          {...(role === undefined ? {} : { bulk: REPORT_BULK })}
          empty={
            <EmptyState icon={IconNotebook} title={t(`visits.reportsEmpty.${show}`)}>
              {t('visits.reportsEmptyText')}
            </EmptyState>
          }
        />
      </div>
      {reviewing && <ReviewWaiting onClose={() => setReviewing(false)} />}
    </div>
  );
}
