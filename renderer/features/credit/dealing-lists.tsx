import { SegmentedControl } from '@mantine/core';
import { IconReceipt, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { numberAt, type RecordCells } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './list.module.css';

const LISTS = [
  'orders',
  'deliveries',
  'receipts',
  'returns',
  'receivables',
  'balances',
  'creditApplications',
  'assessments',
] as const;

const CELLS: RecordCells = {
  customer: { width: 200, grow: true },
  orderNumber: { width: 148 },
  number: { width: 132 },
  description: { width: 132 },
  daysOverdue: {
    width: 96,
    cell: (row) => (numberAt(row, 'daysOverdue') > 0 ? <Tag tone="seal">{numberAt(row, 'daysOverdue')}</Tag> : ''),
  },
};

/** The dealings of all customers (D2–D5), what is owed, and the papers of credit; Enter leads to the customer's own. */
export function DealingLists() {
  const { t } = useText();
  const { go, replace } = useNavigate();
  const { params = {} } = usePlace();
  const [text, setText] = useState('');
  const list = LISTS.find((one) => one === params['list']) ?? 'orders';
  const tab = list === 'creditApplications' || list === 'assessments' ? 'credit' : 'dealings';
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('credit.tab.dealings')}
          value={list}
          onChange={(next) => replace({ params: { ...params, list: next } })}
          data={LISTS.map((value) => ({ value, label: t(`list.name.${value}`) }))}
        />
        <FilterBox
          value={text}
          label={t('credit.filterDealings')}
          placeholder={t('credit.filterDealingsPlaceholder')}
          onChange={setText}
        />
      </div>
      <div className={styles.table}>
        <RecordList
          key={list}
          list={list}
          label={t(`list.name.${list}`)}
          text={text}
          cells={CELLS}
          onOpen={(row) => row.customer !== null && go({ screen: 'cards', number: row.customer, tab })}
          empty={
            <EmptyState
              icon={text === '' ? IconReceipt : IconSearch}
              title={t(text === '' ? 'credit.noDealings' : 'list.none')}
            >
              {t(text === '' ? 'credit.noDealingsText' : 'credit.noDealingFoundText')}
            </EmptyState>
          }
        />
      </div>
    </div>
  );
}
