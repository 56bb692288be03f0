import { IconBook2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { RoomReading } from '../../../shared/contract/loan-queue.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Tag } from '../../ui/text/tag.tsx';

/** Papers read in the room (L3): who, on which basis, from when to when. Enter puts one on the counter. */
export function ReadingTable({ onOpen }: { readonly onOpen: (code: string) => void }) {
  const { t } = useText();
  const formats = useFormats();
  const input = useMemo(() => ({}), []);
  const source = useArchivePages('readings.list', input, (answer) => ({ rows: answer.readings, total: answer.total }));
  const columns = useMemo<readonly Column<RoomReading>[]>(
    () => [
      { id: 'reader', header: t('loans.reader'), width: 96, cell: (row) => row.reader, text: (row) => row.reader },
      {
        id: 'basis',
        header: t('loans.basis'),
        width: 110,
        cell: (row) => t(`readingBasis.${row.basis}`),
        text: (row) => t(`readingBasis.${row.basis}`),
      },
      {
        id: 'title',
        header: t('loans.column.title'),
        width: 150,
        grow: true,
        cell: (row) => row.title,
        text: (row) => row.title,
      },
      {
        id: 'from',
        header: t('loans.column.from'),
        width: 140,
        cell: (row) => formats.instant(row.startedAt),
        text: (row) => formats.instant(row.startedAt),
      },
      {
        id: 'to',
        header: t('loans.column.to'),
        width: 100,
        cell: (row) =>
          row.endedAt === null ? <Tag tone="amber">{t('loans.reading')}</Tag> : formats.time(row.endedAt),
        text: (row) => formats.instant(row.endedAt),
      },
    ],
    [t, formats],
  );
  return (
    <DataTable
      id="loans-readings"
      label={t('loans.tab.readings')}
      columns={columns}
      source={source}
      rowKey={(row) => String(row.id)}
      onOpen={(row) => onOpen(row.code)}
      empty={
        <EmptyState icon={IconBook2} title={t('loans.empty.readings')}>
          {t('loans.emptyText.readings')}
        </EmptyState>
      }
    />
  );
}
