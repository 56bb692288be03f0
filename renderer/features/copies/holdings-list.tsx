import { IconUsers } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { numberAt, type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';

const NEEDED = ['kind', 'number', 'daysOverdue', 'state'];

/** Who holds what at this moment: copies and loans in one list, by holder. */
export function HoldingsList({ text, onOpen }: { readonly text: string; readonly onOpen: (number: string) => void }) {
  const { t } = useText();
  const { go } = useNavigate();
  const cells = useMemo<RecordCells>(
    () => ({
      holder: { width: 84 },
      department: { width: 96 },
      kind: { width: 56 },
      content: { width: 120, grow: true },
      state: {
        width: 96,
        cell: (row) => {
          if (textAt(row, 'state') === 'missing') return <Tag tone="seal">{t('copies.state.missing')}</Tag>;
          const count = numberAt(row, 'daysOverdue');
          return count > 0 ? (
            <Tag tone="seal">{t('copies.lateDays', { count })}</Tag>
          ) : (
            <Tag>{t('copies.state.out')}</Tag>
          );
        },
      },
    }),
    [t],
  );
  return (
    <RecordList
      list="holdings"
      label={t('copies.tab.holdings')}
      text={text}
      cells={cells}
      needs={NEEDED}
      onOpen={(row) =>
        textAt(row, 'kind') === 'copy'
          ? onOpen(textAt(row, 'number'))
          : go({ screen: 'loans', number: textAt(row, 'number') })
      }
      empty={
        <EmptyState icon={IconUsers} title={t('copies.empty.holdings')}>
          {t('copies.emptyText.holdings')}
        </EmptyState>
      }
    />
  );
}
