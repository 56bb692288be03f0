import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';

const NEEDED = ['state', 'facts', 'loan'];

/** Breach cases (B3), the newest first. Enter opens one at the left. */
export function BreachTable({ text, onOpen }: { readonly text: string; readonly onOpen: (number: string) => void }) {
  const { t } = useText();
  const cells = useMemo<RecordCells>(
    () => ({
      number: { width: 120 },
      facts: { width: 112, grow: true, cell: (row) => textAt(row, 'facts') || textAt(row, 'loan') },
      kind: { width: 88 },
      state: {
        width: 88,
        cell: (row) => (
          <Tag tone={textAt(row, 'state') === 'open' ? 'seal' : 'plain'}>
            {t(`breachState.${textAt(row, 'state')}`)}
          </Tag>
        ),
      },
    }),
    [t],
  );
  return (
    <RecordList
      list="breaches"
      label={t('loans.tab.breaches')}
      text={text}
      cells={cells}
      needs={NEEDED}
      onOpen={(row) => onOpen(row.key)}
      empty={
        <EmptyState icon={IconAlertTriangle} title={t('loans.empty.breaches')}>
          {t('loans.emptyText.breaches')}
        </EmptyState>
      }
    />
  );
}
