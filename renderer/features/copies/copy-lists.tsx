import { SegmentedControl } from '@mantine/core';
import { IconCopy, IconFileText, IconPrinter, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { IssuedCopy } from '../../../shared/contract/copies.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CopyStateTag } from '../../ui/custody/state-tags.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { numberAt, type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './copies.module.css';
import { HoldingsList } from './holdings-list.tsx';
import { RoundsList } from './rounds-list.tsx';

const TABS = ['open', 'requests', 'overdue', 'settled', 'holdings', 'rounds'] as const;
type Tab = (typeof TABS)[number];

/** Copies out, requests, overdue, settled; who holds what; recovery rounds. Enter puts a line on the counter. */
export function CopyLists({ onOpen }: { readonly onOpen: (number: string) => void }) {
  const { t } = useText();
  const { replace } = useNavigate();
  const print = usePrint();
  const place = usePlace();
  const tab = TABS.find((one) => one === place.tab) ?? 'open';
  const [text, setText] = useState('');
  const sought = useDeferredValue(text.trim());
  return (
    <section className={styles.lists} aria-label={t('copies.lists')}>
      <div className={styles.listHead}>
        <SegmentedControl
          aria-label={t('copies.show')}
          value={tab}
          onChange={(value) => replace({ tab: value === 'open' ? undefined : value })}
          data={TABS.map((value) => ({ value, label: t(`copies.tab.${value}`) }))}
        />
        <div className={styles.listTools}>
          {tab !== 'requests' && tab !== 'rounds' && (
            <FilterBox
              value={text}
              label={t('copies.filter')}
              placeholder={t('copies.filterPlaceholder')}
              onChange={setText}
            />
          )}
          {tab !== 'rounds' && tab !== 'requests' && (
            <Button
              icon={IconPrinter}
              onClick={() => print({ form: tab === 'holdings' ? 'holdings' : 'issueRegister', number: '' })}
            >
              {t(tab === 'holdings' ? 'copies.printHoldings' : 'copies.printRegister')}
            </Button>
          )}
        </div>
      </div>
      <div className={styles.table}>
        <List tab={tab} text={sought} onOpen={onOpen} />
      </div>
    </section>
  );
}

function List({
  tab,
  text,
  onOpen,
}: {
  readonly tab: Tab;
  readonly text: string;
  readonly onOpen: (number: string) => void;
}) {
  if (tab === 'requests') return <Requests onOpen={onOpen} />;
  if (tab === 'holdings') return <HoldingsList text={text} onOpen={onOpen} />;
  if (tab === 'rounds') return <RoundsList onOpen={onOpen} />;
  return <Copies key={tab} tab={tab} text={text} onOpen={onOpen} />;
}

const copyScope = (...conditions: Condition[]): readonly Condition[] => conditions;
const STATE = (...values: string[]): Condition => ({ field: 'state', is: 'is', values });
const SCOPES = {
  open: copyScope(STATE('made', 'out', 'missing')),
  overdue: copyScope(STATE('out', 'missing'), { field: 'daysOverdue', is: 'atLeast', values: [1] }),
  settled: copyScope(STATE('recovered', 'destroyed', 'writtenOff')),
} as const;
const SETTLED = ['number', 'recipient', 'shows', 'customers', 'closedAt', 'state'];
const NEWEST_FIRST = { key: 'closedAt', descending: true };
const NEEDED = ['state', 'daysOverdue', 'conditionIn'];
const REQUEST_NEEDS = ['state'];

function Copies({
  tab,
  text,
  onOpen,
}: {
  readonly tab: 'open' | 'overdue' | 'settled';
  readonly text: string;
  readonly onOpen: (number: string) => void;
}) {
  const { t } = useText();
  const cells = useMemo<RecordCells>(
    () => ({
      number: { cell: (row) => <span className={styles.soft}>{row.key}</span> },
      recipient: { width: 88 },
      shows: { width: 72 },
      customers: { width: 132, grow: true },
      state: {
        width: 100,
        cell: (row) => (
          <CopyStateTag
            copy={{
              state: textAt(row, 'state') as IssuedCopy['state'],
              overdue: numberAt(row, 'daysOverdue') > 0,
              daysOverdue: numberAt(row, 'daysOverdue'),
              condition: (textAt(row, 'conditionIn') || null) as IssuedCopy['condition'],
            }}
          />
        ),
      },
    }),
    [],
  );
  return (
    <RecordList
      list="copies"
      id={`copies-${tab}`}
      label={t(`copies.tab.${tab}`)}
      scope={SCOPES[tab]}
      {...(tab === 'settled' ? { usual: SETTLED, sort: NEWEST_FIRST } : {})}
      text={text}
      cells={cells}
      needs={NEEDED}
      onOpen={(row) => onOpen(row.key)}
      empty={
        text === '' ? (
          <EmptyState icon={IconCopy} title={t(`copies.empty.${tab}`)}>
            {t(`copies.emptyText.${tab}`)}
          </EmptyState>
        ) : (
          <EmptyState icon={IconSearch} title={t('copies.noneFound')}>
            {t('copies.noneFoundText')}
          </EmptyState>
        )
      }
    />
  );
}

const OPEN_REQUESTS = copyScope(STATE('waiting', 'consented'));

function Requests({ onOpen }: { readonly onOpen: (number: string) => void }) {
  const { t } = useText();
  const cells = useMemo<RecordCells>(
    () => ({
      number: { cell: (row) => <span className={styles.soft}>{row.key}</span> },
      recipient: { width: 88 },
      shows: { width: 72 },
      customers: { width: 132, grow: true },
      state: {
        width: 128,
        cell: (row) => (
          <Tag tone={textAt(row, 'state') === 'consented' ? 'moss' : 'amber'}>
            {t(`copies.request.${textAt(row, 'state')}`)}
          </Tag>
        ),
      },
    }),
    [t],
  );
  return (
    <RecordList
      list="copyRequests"
      id="copies-requests"
      label={t('copies.tab.requests')}
      scope={OPEN_REQUESTS}
      cells={cells}
      needs={REQUEST_NEEDS}
      onOpen={(row) => onOpen(row.key)}
      empty={
        <EmptyState icon={IconFileText} title={t('copies.empty.requests')}>
          {t('copies.emptyText.requests')}
        </EmptyState>
      }
    />
  );
}
