import { IconHourglass } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { numberAt, type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './loans.module.css';

const OPEN: readonly Condition[] = [{ field: 'state', is: 'is', values: ['waiting', 'told'] }];
const NEEDED = ['code', 'requester', 'state', 'holdUntil', 'queuePlace', 'paperHere'];

/** Who waits for what (B2), in the order in which they asked. Enter puts the paper on the counter. */
export function RequestTable({
  mayAct,
  onOpen,
}: {
  readonly mayAct: boolean;
  readonly onOpen: (code: string) => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const [marked, setMarked] = useState<RecordRow | null>(null);
  const [cancelling, setCancelling] = useState<RecordRow | null>(null);
  const cells = useMemo<RecordCells>(
    () => ({
      title: { grow: true },
      state: {
        width: 130,
        cell: (row) => {
          const place = numberAt(row, 'queuePlace');
          if (textAt(row, 'state') === 'told')
            return <Tag tone="moss">{t('loans.keptUntil', { day: formats.day(textAt(row, 'holdUntil')) })}</Tag>;
          return numberAt(row, 'paperHere') === 1 && place === 1 ? (
            <Tag tone="seal">{t('loans.toTell')}</Tag>
          ) : (
            <Tag>{t('loans.placeInQueue', { place })}</Tag>
          );
        },
      },
    }),
    [t, formats],
  );
  return (
    <div className={styles.stack}>
      {mayAct && marked !== null && (
        <div className={styles.bar}>
          <Button size="small" onClick={() => onOpen(textAt(marked, 'code'))}>
            {t('loans.toCounter')}
          </Button>
          <Button size="small" kind="quiet" onClick={() => setCancelling(marked)}>
            {t('loans.cancelRequest', { name: textAt(marked, 'requester') })}
          </Button>
        </div>
      )}
      <div className={styles.table}>
        <RecordList
          list="requests"
          id="loans-requests"
          label={t('loans.tab.requests')}
          scope={OPEN}
          cells={cells}
          needs={NEEDED}
          onSelect={setMarked}
          onOpen={(row) => mayAct && onOpen(textAt(row, 'code'))}
          empty={
            <EmptyState icon={IconHourglass} title={t('loans.empty.requests')}>
              {t('loans.emptyText.requests')}
            </EmptyState>
          }
        />
      </div>
      {cancelling !== null && <CancelRequest request={cancelling} onClose={() => setCancelling(null)} />}
    </div>
  );
}

function CancelRequest({ request, onClose }: { readonly request: RecordRow; readonly onClose: () => void }) {
  const { t } = useText();
  const cancel = useArchiveCommand('requests.cancel');
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t('loans.cancelRequest', { name: textAt(request, 'requester') })}
      submitLabel={t('loans.cancelRequest', { name: textAt(request, 'requester') })}
      busy={cancel.isPending}
      maySubmit={reason.trim() !== ''}
      onClose={onClose}
      onSubmit={() =>
        cancel.mutateAsync({ id: Number(request.key), reason: reason.trim() }).then(onClose, () => undefined)
      }
    >
      <ErrorNote error={cancel.error} />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}
