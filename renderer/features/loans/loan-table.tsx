import { IconArrowsExchange, IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useText } from '../../i18n/use-text.ts';
import { type LoanStanding, LoanStateTag } from '../../ui/custody/state-tags.tsx';
import { numberAt, type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import styles from './loans.module.css';

export type LoanTab = 'open' | 'overdue' | 'returned';

interface LoanTableProps {
  readonly tab: LoanTab;
  /** Part of a borrower, title, code or number. */
  readonly text: string;
  readonly onOpen: (loanNumber: string) => void;
}

const state = (...values: string[]): readonly Condition[] => [{ field: 'state', is: 'is', values }];
const SCOPES = {
  open: state('prepared', 'out', 'overdue'),
  overdue: state('overdue'),
  returned: state('returned', 'putBack'),
} as const;
const RETURNED = ['number', 'title', 'customer', 'borrower', 'returnedAt', 'state'];
const NEWEST_FIRST = { key: 'returnedAt', descending: true };
/** What the tag of the state says. */
const NEEDED = ['state', 'daysOverdue', 'hasCase', 'conditionIn', 'recalledAt', 'waiting'];

const standing = (row: RecordRow): LoanStanding => ({
  state: textAt(row, 'state') as LoanStanding['state'],
  daysOverdue: numberAt(row, 'daysOverdue'),
  conditionIn: (textAt(row, 'conditionIn') || null) as LoanStanding['conditionIn'],
  waiting: numberAt(row, 'waiting'),
  breaches: numberAt(row, 'hasCase') === 1 ? [row.key] : [],
  recall: row.values['recalledAt'] ?? null,
});

/** What is out, what is overdue, what came back. Enter puts the loan on the counter. */
export function LoanTable({ tab, text, onOpen }: LoanTableProps) {
  const { t } = useText();
  const cells = useMemo<RecordCells>(
    () => ({
      number: { cell: (row) => <span className={styles.soft}>{row.key}</span> },
      title: { width: 120, grow: true },
      customer: { width: 100, grow: true },
      borrower: { width: 88 },
      state: { width: 116, cell: (row) => <LoanStateTag loan={standing(row)} /> },
    }),
    [],
  );
  return (
    <RecordList
      list="loans"
      id={`loans-${tab}`}
      label={t(`loans.tab.${tab}`)}
      scope={SCOPES[tab]}
      {...(tab === 'returned' ? { usual: RETURNED, sort: NEWEST_FIRST } : {})}
      text={text}
      cells={cells}
      needs={NEEDED}
      onOpen={(row) => onOpen(row.key)}
      empty={
        text === '' ? (
          <EmptyState icon={IconArrowsExchange} title={t(`loans.empty.${tab}`)}>
            {t(`loans.emptyText.${tab}`)}
          </EmptyState>
        ) : (
          <EmptyState icon={IconSearch} title={t('loans.noneFound')}>
            {t('loans.noneFoundText')}
          </EmptyState>
        )
      }
    />
  );
}
