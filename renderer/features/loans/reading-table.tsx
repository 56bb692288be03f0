import { IconBook2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';

/** Papers read in the room (L3): who, on which basis, from when to when. Enter puts one on the counter. */
export function ReadingTable({ onOpen }: { readonly onOpen: (code: string) => void }) {
  const { t } = useText();
  const formats = useFormats();
  const cells = useMemo<RecordCells>(
    () => ({
      title: { grow: true },
      endedAt: {
        width: 100,
        cell: (row) =>
          textAt(row, 'endedAt') === '' ? (
            <Tag tone="amber">{t('loans.reading')}</Tag>
          ) : (
            formats.time(textAt(row, 'endedAt'))
          ),
      },
    }),
    [t, formats],
  );
  return (
    <RecordList
      list="readings"
      label={t('loans.tab.readings')}
      cells={cells}
      onOpen={(row) => onOpen(row.key)}
      empty={
        <EmptyState icon={IconBook2} title={t('loans.empty.readings')}>
          {t('loans.emptyText.readings')}
        </EmptyState>
      }
    />
  );
}
