import { SegmentedControl } from '@mantine/core';
import { IconPrinter, IconScale } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { MARK_TONES } from '../../ui/credit/exposure-meter.tsx';
import { useMoney } from '../../ui/dealings/use-money.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './list.module.css';

type Row = OutputOf<'credit.list'>['rows'][number];
const MARKS = ['all', 'warn', 'block'] as const;
const SHOWN = 500;

/** Customers by how far their limit is used, the fullest first (G4). */
export function LimitUse() {
  const { t } = useText();
  const formats = useFormats();
  const money = useMoney();
  const print = usePrint();
  const { go } = useNavigate();
  const [mark, setMark] = useState<(typeof MARKS)[number]>('all');
  const list = useArchiveQuery('credit.list', { mark, limit: SHOWN }, { keepPrevious: true });
  const columns = useMemo((): readonly Column<Row>[] => {
    const use = (row: Row) => (row.limit === 0 ? '—' : `${Math.floor(row.perMille / 10)}%`);
    const plain = (
      id: string,
      header: string,
      width: number,
      text: (row: Row) => string,
      more: Partial<Column<Row>> = {},
    ): Column<Row> => ({ id, header, width, cell: text, text, ...more });
    return [
      plain('number', t('creditPaper.number'), 100, (row) => row.number),
      plain('name', t('creditPaper.customer'), 240, (row) => row.name, { grow: true }),
      plain('grade', t('creditPaper.grade'), 80, (row) => row.grade.toUpperCase()),
      plain('limit', t('creditPaper.limit'), 150, (row) => money(row.limit, row.currency), { align: 'end' }),
      plain('exposure', t('creditPaper.exposure'), 150, (row) => money(row.exposure, row.currency), { align: 'end' }),
      plain('use', t('creditPaper.use'), 80, use, { align: 'end' }),
      {
        id: 'mark',
        header: t('creditPaper.mark'),
        width: 110,
        cell: (row) => <Tag tone={MARK_TONES[row.mark]}>{t(`creditPaper.marks.${row.mark}`)}</Tag>,
        text: (row) => t(`creditPaper.marks.${row.mark}`),
      },
      plain('until', t('creditPaper.validUntil'), 110, (row) => formats.day(row.limitValidUntil)),
    ];
  }, [t, formats, money]);
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('creditPaper.mark')}
          value={mark}
          onChange={(value) => setMark(MARKS.find((one) => one === value) ?? 'all')}
          data={[
            { value: 'all', label: t('credit.mark.all') },
            { value: 'warn', label: t('credit.mark.warn', { count: list.data?.warn ?? 0 }) },
            { value: 'block', label: t('credit.mark.block', { count: list.data?.block ?? 0 }) },
          ]}
        />
        <span className={styles.spacer} />
        <Button icon={IconPrinter} onClick={() => print({ form: 'creditList', number: mark })}>
          {t('dealings.print')}
        </Button>
      </div>
      <div className={styles.table}>
        <DataTable
          id="limit-use"
          label={t('credit.tab.use')}
          columns={columns}
          source={{ ...arraySource(list.data?.rows), error: list.error, refetch: () => void list.refetch() }}
          rowKey={(row) => row.number}
          onOpen={(row) => go({ screen: 'cards', tab: 'credit', number: row.number })}
          empty={
            <EmptyState icon={IconScale} title={t('credit.emptyUse')}>
              {t('credit.emptyText')}
            </EmptyState>
          }
        />
      </div>
    </div>
  );
}
