import { IconCalendarDue } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { addMonths } from '../../../shared/util/days.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useMoney } from '../../ui/dealings/use-money.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import { Tag } from '../../ui/text/tag.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './list.module.css';

type Row = OutputOf<'repayments.due'>['rows'][number];

/** Instalments overdue and due within three months, the earliest first (G4). */
export function DueInstalments() {
  const { t } = useText();
  const formats = useFormats();
  const money = useMoney();
  const { today } = useToday();
  const { go } = useNavigate();
  const list = useArchiveQuery('repayments.due', { until: addMonths(today, 3), limit: 500 });
  const columns = useMemo((): readonly Column<Row>[] => {
    const plain = (
      id: string,
      header: string,
      width: number,
      text: (row: Row) => string,
      more: Partial<Column<Row>> = {},
    ): Column<Row> => ({ id, header, width, cell: text, text, ...more });
    return [
      plain('due', t('creditPaper.dueOn'), 110, (row) => formats.day(row.due)),
      plain('number', t('creditPaper.number'), 100, (row) => row.customer),
      plain('name', t('creditPaper.customer'), 240, (row) => row.customerName, { grow: true }),
      plain('plan', t('credit.col.plan'), 140, (row) => `${row.plan} / ${row.line}`),
      plain('amount', t('creditPaper.amount'), 150, (row) => money(row.amount, row.currency), { align: 'end' }),
      plain('open', t('credit.col.open'), 150, (row) => money(row.open, row.currency), { align: 'end' }),
      {
        id: 'late',
        header: t('creditPaper.daysOverdue'),
        width: 130,
        cell: (row) =>
          row.daysOverdue > 0 ? <Tag tone="seal">{t('dealings.daysLate', { count: row.daysOverdue })}</Tag> : '',
        text: (row) => String(row.daysOverdue),
      },
    ];
  }, [t, formats, money]);
  return (
    <div className={styles.list}>
      <div className={styles.table}>
        <DataTable
          id="due-instalments"
          label={t('credit.tab.due')}
          columns={columns}
          source={{ ...arraySource(list.data?.rows), error: list.error, refetch: () => void list.refetch() }}
          rowKey={(row) => `${row.plan}/${row.line}`}
          onOpen={(row) => go({ screen: 'cards', tab: 'credit', number: row.customer })}
          empty={<EmptyState icon={IconCalendarDue} title={t('credit.emptyDue')} />}
        />
      </div>
    </div>
  );
}
