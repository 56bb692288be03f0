import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { REPORTS_OF_A_SIGNATURE } from '../../../shared/domain/visit.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { AgreementDialog } from '../../ui/agreement/agreement-dialog.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast, toastError } from '../../ui/dialog/toasts.tsx';
import { type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { BulkActionProps } from '../../ui/table/bulk-actions.tsx';
import styles from './visits.module.css';

/** What a row of the list brings along so that it can be reviewed. */
export const REVIEWED_BY: readonly string[] = ['day', 'staff', 'handedInAt', 'reviewedAt'];

/** What waits for the supervisor, the oldest first. */
export function ReviewWaiting({ onClose }: { readonly onClose: () => void }) {
  const waiting = useArchiveQuery('dailyReports.list', { show: 'unreviewed', limit: REPORTS_OF_A_SIGNATURE }).data;
  return (
    <ReviewPile reports={waiting?.reports} total={waiting?.total ?? 0} textKey="visits.reviewText" onClose={onClose} />
  );
}

/** The marked ones, without those that were not handed in or have been reviewed. */
export function ReviewMarked({ selection, count, onClose }: BulkActionProps<readonly RecordRow[]>) {
  const reports = selection
    .filter((row) => textAt(row, 'handedInAt') !== '' && textAt(row, 'reviewedAt') === '')
    .map((row) => ({ number: row.key, day: textAt(row, 'day'), staff: textAt(row, 'staff') }));
  return <ReviewPile reports={reports} total={count} textKey="visits.reviewMarked" onClose={onClose} />;
}

interface PileProps {
  readonly reports: readonly { readonly number: string; readonly day: string; readonly staff: string }[] | undefined;
  readonly total: number;
  readonly textKey: string;
  readonly onClose: () => void;
}

/** The supervisor reads and signs what has not been reviewed; at the keeper's desk with an own secret or on the paper. */
function ReviewPile({ reports, total, textKey, onClose }: PileProps) {
  const texts = useText();
  const { t } = texts;
  const formats = useFormats();
  const bySession = useActingRole() === 'supervisor';
  const [left, setLeft] = useState<readonly string[]>([]);
  const [comment, setComment] = useState('');
  const [statement, setStatement] = useState<OutputOf<'dailyReports.reviewStatement'>['statement'] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const review = useArchiveCommand('dailyReports.review');
  const numbers = (reports ?? []).map((row) => row.number).filter((number) => !left.includes(number));
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
      {reports?.length === 0 ? (
        <p>{t('visits.nothingToReview')}</p>
      ) : (
        <fieldset>
          <legend>{t(textKey, { count: numbers.length, total })}</legend>
          {(reports ?? []).map((row) => (
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
