import { SegmentedControl } from '@mantine/core';
import { IconPrinter, IconScale } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { MARK_TONES } from '../../ui/credit/exposure-meter.tsx';
import { numberAt, type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './list.module.css';

const MARKS = ['all', 'warn', 'block'] as const;
const SCOPES: Readonly<Record<(typeof MARKS)[number], readonly Condition[]>> = {
  all: [],
  warn: [{ field: 'mark', is: 'is', values: ['warn'] }],
  block: [{ field: 'mark', is: 'is', values: ['block'] }],
};
const NEEDED = ['limit', 'use', 'mark', 'grade'];

/** Customers by how far their limit is used, the fullest first (G4). */
export function LimitUse() {
  const { t } = useText();
  const print = usePrint();
  const { go } = useNavigate();
  const [mark, setMark] = useState<(typeof MARKS)[number]>('all');
  const counts = useArchiveQuery('credit.list', { mark: 'all', limit: 1 }).data;
  const cells = useMemo<RecordCells>(
    () => ({
      customer: { width: 240, grow: true },
      grade: { width: 80, cell: (row) => textAt(row, 'grade').toUpperCase() },
      use: {
        width: 80,
        cell: (row) => (numberAt(row, 'limit') === 0 ? '—' : `${Math.floor(numberAt(row, 'use'))}%`),
      },
      mark: {
        width: 110,
        cell: (row) => {
          const stands = textAt(row, 'mark') as keyof typeof MARK_TONES;
          return <Tag tone={MARK_TONES[stands]}>{t(`creditPaper.marks.${stands}`)}</Tag>;
        },
      },
    }),
    [t],
  );
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('creditPaper.mark')}
          value={mark}
          onChange={(value) => setMark(MARKS.find((one) => one === value) ?? 'all')}
          data={[
            { value: 'all', label: t('credit.mark.all') },
            { value: 'warn', label: t('credit.mark.warn', { count: counts?.warn ?? 0 }) },
            { value: 'block', label: t('credit.mark.block', { count: counts?.block ?? 0 }) },
          ]}
        />
        <span className={styles.spacer} />
        <Button icon={IconPrinter} onClick={() => print({ form: 'creditList', number: mark })}>
          {t('dealings.print')}
        </Button>
      </div>
      <div className={styles.table}>
        <RecordList
          list="standings"
          label={t('credit.tab.use')}
          scope={SCOPES[mark]}
          cells={cells}
          needs={NEEDED}
          onOpen={(row) => go({ screen: 'cards', tab: 'credit', number: row.key })}
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
