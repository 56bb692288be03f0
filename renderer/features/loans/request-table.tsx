import { IconHourglass } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { LoanRequest } from '../../../shared/contract/loan-queue.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './loans.module.css';

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
  const [marked, setMarked] = useState<LoanRequest | null>(null);
  const [cancelling, setCancelling] = useState<LoanRequest | null>(null);
  const input = useMemo(() => ({ state: 'open' as const }), []);
  const source = useArchivePages('requests.list', input, (answer) => ({ rows: answer.requests, total: answer.total }));
  const columns = useMemo<readonly Column<LoanRequest>[]>(
    () => [
      {
        id: 'name',
        header: t('loans.requester'),
        width: 110,
        cell: (row) => row.name,
        text: (row) => row.name,
      },
      {
        id: 'title',
        header: t('loans.column.title'),
        width: 160,
        grow: true,
        cell: (row) => row.title,
        text: (row) => row.title,
      },
      {
        id: 'purpose',
        header: t('loans.purpose'),
        width: 130,
        cell: (row) => row.purpose,
        text: (row) => row.purpose,
      },
      {
        id: 'asked',
        header: t('loans.column.asked'),
        width: 104,
        cell: (row) => <DateText value={row.requestedAt} />,
        text: (row) => formats.day(row.requestedAt),
      },
      {
        id: 'state',
        header: t('loans.column.state'),
        width: 130,
        cell: (row) =>
          row.state === 'told' ? (
            <Tag tone="moss">{t('loans.keptUntil', { day: formats.day(row.holdUntil) })}</Tag>
          ) : row.available && row.place === 1 ? (
            <Tag tone="seal">{t('loans.toTell')}</Tag>
          ) : (
            <Tag>{t('loans.placeInQueue', { place: row.place })}</Tag>
          ),
        text: (row) => String(row.place),
      },
    ],
    [t, formats],
  );
  return (
    <div className={styles.stack}>
      {mayAct && marked !== null && (
        <div className={styles.bar}>
          <Button size="small" onClick={() => onOpen(marked.code)}>
            {t('loans.toCounter')}
          </Button>
          <Button size="small" kind="quiet" onClick={() => setCancelling(marked)}>
            {t('loans.cancelRequest', { name: marked.name })}
          </Button>
        </div>
      )}
      <div className={styles.table}>
        <DataTable
          id="loans-requests"
          label={t('loans.tab.requests')}
          columns={columns}
          source={source}
          rowKey={(row) => String(row.id)}
          onSelect={setMarked}
          onOpen={(row) => mayAct && onOpen(row.code)}
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

function CancelRequest({ request, onClose }: { readonly request: LoanRequest; readonly onClose: () => void }) {
  const { t } = useText();
  const cancel = useArchiveCommand('requests.cancel');
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t('loans.cancelRequest', { name: request.name })}
      submitLabel={t('loans.cancelRequest', { name: request.name })}
      busy={cancel.isPending}
      maySubmit={reason.trim() !== ''}
      onClose={onClose}
      onSubmit={() => cancel.mutateAsync({ id: request.id, reason: reason.trim() }).then(onClose, () => undefined)}
    >
      <ErrorNote error={cancel.error} />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}
