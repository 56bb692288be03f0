import { IconAlertTriangle } from '@tabler/icons-react';
import { useDeferredValue, useMemo } from 'react';
import type { Breach } from '../../../shared/contract/breaches.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';

/** Breach cases (B3), open ones first. Enter opens one at the left. */
export function BreachTable({ text, onOpen }: { readonly text: string; readonly onOpen: (number: string) => void }) {
  const { t } = useText();
  const formats = useFormats();
  const sought = useDeferredValue(text.trim());
  const input = useMemo(() => ({ text: sought }), [sought]);
  const source = useArchivePages('breaches.list', input, (answer) => ({ rows: answer.breaches, total: answer.total }));
  const columns = useMemo<readonly Column<Breach>[]>(
    () => [
      { id: 'number', header: t('breach.number'), width: 120, cell: (row) => row.number, text: (row) => row.number },
      {
        id: 'borrower',
        header: t('loans.borrower'),
        width: 92,
        cell: (row) => row.borrower,
        text: (row) => row.borrower,
      },
      {
        id: 'kind',
        header: t('breach.kind'),
        width: 80,
        cell: (row) => t(`breachKind.${row.kind}`),
        text: (row) => t(`breachKind.${row.kind}`),
      },
      {
        id: 'facts',
        header: t('breach.facts'),
        width: 160,
        grow: true,
        cell: (row) => row.facts || row.loan?.title || '',
        text: (row) => row.facts,
      },
      {
        id: 'opened',
        header: t('breach.opened'),
        width: 104,
        cell: (row) => <DateText value={row.openedAt} />,
        text: (row) => formats.day(row.openedAt),
      },
      {
        id: 'state',
        header: t('loans.column.state'),
        width: 96,
        cell: (row) => <Tag tone={row.state === 'open' ? 'seal' : 'plain'}>{t(`breachState.${row.state}`)}</Tag>,
        text: (row) => t(`breachState.${row.state}`),
      },
    ],
    [t, formats],
  );
  return (
    <DataTable
      id="loans-breaches"
      label={t('loans.tab.breaches')}
      columns={columns}
      source={source}
      rowKey={(row) => row.number}
      onOpen={(row) => onOpen(row.number)}
      empty={
        <EmptyState icon={IconAlertTriangle} title={t('loans.empty.breaches')}>
          {t('loans.emptyText.breaches')}
        </EmptyState>
      }
    />
  );
}
