import { IconUsers } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './copies.module.css';

type Holding = OutputOf<'holdings.list'>['holdings'][number];

/** Who holds what at this moment: copies and loans in one list, by holder. */
export function HoldingsList({ text, onOpen }: { readonly text: string; readonly onOpen: (number: string) => void }) {
  const { t } = useText();
  const { go } = useNavigate();
  const input = useMemo(() => ({ text }), [text]);
  const source = useArchivePages('holdings.list', input, (answer) => ({ rows: answer.holdings, total: answer.total }));
  const columns = useMemo<readonly Column<Holding>[]>(
    () => [
      {
        id: 'holder',
        header: t('copies.column.holder'),
        width: 84,
        cell: (row) => row.holder,
        text: (row) => row.holder,
      },
      {
        id: 'department',
        header: t('copies.column.department'),
        width: 96,
        cell: (row) => <span className={styles.soft}>{row.department}</span>,
        text: (row) => row.department,
      },
      {
        id: 'kind',
        header: t('copies.column.kind'),
        width: 56,
        cell: (row) => t(`copies.kind.${row.kind}`),
        text: (row) => t(`copies.kind.${row.kind}`),
      },
      {
        id: 'number',
        header: t('copies.column.number'),
        width: 112,
        cell: (row) => <span className={styles.soft}>{row.number}</span>,
        text: (row) => row.number,
      },
      {
        id: 'what',
        header: t('copies.column.what'),
        width: 120,
        grow: true,
        cell: (row) => row.title,
        text: (row) => row.title,
      },
      {
        id: 'due',
        header: t('copies.column.recoverBy'),
        width: 96,
        cell: (row) => <DateText value={row.due} />,
        text: (row) => row.due,
      },
      {
        id: 'state',
        header: t('copies.column.state'),
        width: 96,
        cell: (row) => <HoldingTag row={row} />,
        text: (row) => (row.overdue ? t('copies.lateDays', { count: row.daysOverdue }) : ''),
      },
    ],
    [t],
  );
  return (
    <DataTable
      id="copies-holdings"
      label={t('copies.tab.holdings')}
      columns={columns}
      source={source}
      rowKey={(row) => row.number}
      onOpen={(row) => (row.kind === 'copy' ? onOpen(row.number) : go({ screen: 'loans', number: row.number }))}
      empty={
        <EmptyState icon={IconUsers} title={t('copies.empty.holdings')}>
          {t('copies.emptyText.holdings')}
        </EmptyState>
      }
    />
  );
}

function HoldingTag({ row }: { readonly row: Holding }) {
  const { t } = useText();
  if (row.missing) return <Tag tone="seal">{t('copies.state.missing')}</Tag>;
  if (row.overdue) return <Tag tone="seal">{t('copies.lateDays', { count: row.daysOverdue })}</Tag>;
  return <Tag>{t('copies.state.out')}</Tag>;
}
