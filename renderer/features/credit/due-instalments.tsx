import { IconCalendarDue } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { addMonths } from '../../../shared/util/days.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { numberAt, type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './list.module.css';

const NEEDED = ['line'];

/** Instalments overdue and due within three months, the earliest first (G4). */
export function DueInstalments() {
  const { t } = useText();
  const { today } = useToday();
  const { go } = useNavigate();
  const scope = useMemo(
    (): readonly Condition[] => [{ field: 'due', is: 'atMost', values: [addMonths(today, 3)] }],
    [today],
  );
  const cells = useMemo<RecordCells>(
    () => ({
      customer: { width: 240, grow: true },
      plan: { width: 140, cell: (row) => `${textAt(row, 'plan')} / ${numberAt(row, 'line')}` },
      daysOverdue: {
        width: 130,
        cell: (row) =>
          numberAt(row, 'daysOverdue') > 0 ? (
            <Tag tone="seal">{t('dealings.daysLate', { count: numberAt(row, 'daysOverdue') })}</Tag>
          ) : (
            ''
          ),
      },
    }),
    [t],
  );
  return (
    <div className={styles.list}>
      <RecordList
        list="instalments"
        label={t('credit.tab.due')}
        scope={scope}
        cells={cells}
        needs={NEEDED}
        onOpen={(row) => row.customer !== null && go({ screen: 'cards', tab: 'credit', number: row.customer })}
        empty={<EmptyState icon={IconCalendarDue} title={t('credit.emptyDue')} />}
      />
    </div>
  );
}
