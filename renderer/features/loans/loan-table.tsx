import { IconArrowsExchange, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo } from 'react';
import type { Loan } from '../../../shared/contract/loans.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { LoanStateTag } from '../../ui/custody/state-tags.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import styles from './loans.module.css';

export type LoanTab = 'open' | 'overdue' | 'returned';

interface LoanTableProps {
  readonly tab: LoanTab;
  /** Part of a borrower, title, code or number. */
  readonly text: string;
  readonly onOpen: (loan: Loan) => void;
}

/** What is out, what is overdue, what came back. Enter puts the loan on the counter. */
export function LoanTable({ tab, text, onOpen }: LoanTableProps) {
  const { t } = useText();
  const formats = useFormats();
  const sought = useDeferredValue(text.trim());
  const input = useMemo(() => ({ state: tab, text: sought }), [tab, sought]);
  const source = useArchivePages('loans.list', input, (answer) => ({ rows: answer.loans, total: answer.total }));
  const columns = useMemo<readonly Column<Loan>[]>(
    () => [
      {
        id: 'number',
        header: t('loans.column.number'),
        width: 112,
        cell: (loan) => <span className={styles.soft}>{loan.loanNumber}</span>,
        text: (loan) => loan.loanNumber,
      },
      {
        id: 'title',
        header: t('loans.column.title'),
        width: 120,
        grow: true,
        cell: (loan) => loan.title,
        text: (loan) => loan.title,
      },
      {
        id: 'customer',
        header: t('loans.column.customer'),
        width: 100,
        cell: (loan) => loan.customerName,
        text: (loan) => loan.customerName,
      },
      {
        id: 'borrower',
        header: t('loans.borrower'),
        width: 76,
        cell: (loan) => loan.borrower,
        text: (loan) => loan.borrower,
      },
      tab === 'returned'
        ? {
            id: 'returned',
            header: t('loans.column.returned'),
            width: 100,
            cell: (loan) => <DateText value={loan.returnedAt} />,
            text: (loan) => formats.day(loan.returnedAt),
          }
        : {
            id: 'due',
            header: t('loans.due'),
            width: 100,
            cell: (loan) => <DateText value={loan.due} />,
            text: (loan) => loan.due,
          },
      {
        id: 'state',
        header: t('loans.column.state'),
        width: 116,
        cell: (loan) => <LoanStateTag loan={loan} />,
        text: (loan) => t(`loans.state.${loan.state}`),
      },
    ],
    [t, formats, tab],
  );
  return (
    <DataTable
      id={`loans-${tab}`}
      label={t(`loans.tab.${tab}`)}
      columns={columns}
      source={source}
      rowKey={(loan) => loan.loanNumber}
      onOpen={onOpen}
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
