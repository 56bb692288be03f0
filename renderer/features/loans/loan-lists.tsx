import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { BlankForms } from './blank-forms.tsx';
import { BreachTable } from './breach-table.tsx';
import type { BlankForm } from './counter-state.ts';
import { LoanTable } from './loan-table.tsx';
import styles from './loans.module.css';
import { NoticeList } from './notice-list.tsx';
import { ReadingTable } from './reading-table.tsx';
import { RequestTable } from './request-table.tsx';

const TABS = ['open', 'overdue', 'notices', 'requests', 'breaches', 'readings', 'returned', 'blanks'] as const;
const FILTERED: readonly string[] = ['open', 'overdue', 'returned', 'breaches'];

interface LoanListsProps {
  readonly mayLend: boolean;
  readonly onOpen: (code: string) => void;
  readonly onBreach: (number: string) => void;
  readonly onKeyIn: (blank: BlankForm) => void;
}

/** The lists beside the counter; a count stands only where something waits for the keeper. */
export function LoanLists({ mayLend, onOpen, onBreach, onKeyIn }: LoanListsProps) {
  const { t } = useText();
  const { replace } = useNavigate();
  const place = usePlace();
  const tab = TABS.find((one) => one === place.tab) ?? 'open';
  const [text, setText] = useState('');
  const notices = useArchiveQuery('loans.notices', { limit: 1 }).data;
  const gaps = useArchiveQuery('outages.list', {}).data?.gaps.length ?? 0;
  const cases = useArchiveQuery('breaches.list', { state: 'open', limit: 1 }).data?.total ?? 0;
  const waits: Partial<Record<(typeof TABS)[number], number>> = {
    notices: (notices?.total ?? 0) + (notices?.turns.length ?? 0),
    breaches: cases,
    blanks: gaps,
  };
  return (
    <section className={styles.lists} aria-label={t('loans.lists')}>
      <div className={styles.listHead}>
        <SegmentedControl
          aria-label={t('loans.show')}
          value={tab}
          onChange={(value) => replace({ tab: value === 'open' ? undefined : value })}
          data={TABS.map((value) => ({
            value,
            label: (waits[value] ?? 0) > 0 ? `${t(`loans.tab.${value}`)} ${waits[value]}` : t(`loans.tab.${value}`),
          }))}
        />
        {FILTERED.includes(tab) && (
          <FilterBox
            value={text}
            label={t('loans.filter')}
            placeholder={t('loans.filterPlaceholder')}
            onChange={setText}
          />
        )}
      </div>
      <div className={styles.table}>
        {(tab === 'open' || tab === 'overdue' || tab === 'returned') && (
          <LoanTable key={tab} tab={tab} text={text} onOpen={(number) => mayLend && onOpen(number)} />
        )}
        {tab === 'notices' && <NoticeList mayAct={mayLend} onOpen={onOpen} />}
        {tab === 'requests' && <RequestTable mayAct={mayLend} onOpen={onOpen} />}
        {tab === 'breaches' && <BreachTable text={text} onOpen={onBreach} />}
        {tab === 'readings' && <ReadingTable onOpen={onOpen} />}
        {tab === 'blanks' && <BlankForms mayAct={mayLend} onKeyIn={onKeyIn} />}
      </div>
    </section>
  );
}
