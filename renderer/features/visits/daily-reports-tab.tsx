import { SegmentedControl, Textarea } from '@mantine/core';
import { IconChecklist, IconNotebook, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { AgreementDialog } from '../../ui/agreement/agreement-dialog.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast, toastError } from '../../ui/dialog/toasts.tsx';
import { numberAt, type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { DUTY_TONE } from './entry-head.tsx';
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
/** Reports that one signature covers. */
const PILE = 60;

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
          empty={
            <EmptyState icon={IconNotebook} title={t(`visits.reportsEmpty.${show}`)}>
              {t('visits.reportsEmptyText')}
            </EmptyState>
          }
        />
      </div>
      {reviewing && <ReviewPile bySession={role === 'supervisor'} onClose={() => setReviewing(false)} />}
    </div>
  );
}

/** The supervisor reads and signs what has not been reviewed; at the keeper's desk with an own secret or on the paper. */
function ReviewPile({ bySession, onClose }: { readonly bySession: boolean; readonly onClose: () => void }) {
  const texts = useText();
  const { t } = texts;
  const formats = useFormats();
  const waiting = useArchiveQuery('dailyReports.list', { show: 'unreviewed', limit: PILE }).data;
  const [left, setLeft] = useState<readonly string[]>([]);
  const [comment, setComment] = useState('');
  const [statement, setStatement] = useState<OutputOf<'dailyReports.reviewStatement'>['statement'] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const review = useArchiveCommand('dailyReports.review');
  const numbers = (waiting?.reports ?? []).map((row) => row.number).filter((number) => !left.includes(number));
  const finish = async (): Promise<void> => {
    try {
      const done = await review.mutateAsync({ numbers, comment: comment.trim() });
      toast(t('visits.reviewedDone', { count: done.reports, by: done.reviewedBy }));
      onClose();
    } catch (thrown) {
      setError(AppError.from(thrown));
    }
  };
  const submit = async (): Promise<void> => {
    setError(null);
    if (bySession) return finish();
    try {
      setStatement(
        (await archive.call('dailyReports.reviewStatement', { numbers, comment: comment.trim() })).statement,
      );
    } catch (thrown) {
      toastError(thrown, texts);
    }
    return undefined;
  };
  return (
    <FormDialog
      title={t('visits.reviewTitle')}
      size="lg"
      submitLabel={t(bySession ? 'visits.sign' : 'visits.askSignature')}
      busy={review.isPending}
      maySubmit={numbers.length > 0}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <ErrorNote error={error} />
      {waiting !== undefined && waiting.reports.length === 0 ? (
        <p>{t('visits.nothingToReview')}</p>
      ) : (
        <fieldset>
          <legend>{t('visits.reviewText', { count: numbers.length, total: waiting?.total ?? 0 })}</legend>
          {(waiting?.reports ?? []).map((row) => (
            <div key={row.number}>
              <label>
                <input
                  type="checkbox"
                  checked={!left.includes(row.number)}
                  onChange={(event) =>
                    setLeft(
                      event.currentTarget.checked ? left.filter((one) => one !== row.number) : [...left, row.number],
                    )
                  }
                />{' '}
                {formats.day(row.day)} {row.staff} <span className={styles.soft}>{row.number}</span>
              </label>
            </div>
          ))}
        </fieldset>
      )}
      <Textarea
        label={t('visits.comment')}
        autosize
        minRows={2}
        maxLength={2_000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {statement !== null && (
        <AgreementDialog statement={statement} onAgreed={() => void finish()} onClose={() => setStatement(null)} />
      )}
    </FormDialog>
  );
}
