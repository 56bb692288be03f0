import { SegmentedControl } from '@mantine/core';
import { IconCopy, IconFileText, IconPrinter, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { CopyRequest, IssuedCopy } from '../../../shared/contract/copies.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { CopyStateTag } from '../../ui/custody/state-tags.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
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

const names = (customers: IssuedCopy['customers']): string => customers.map((one) => one.name).join('、');

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
  const formats = useFormats();
  const input = useMemo(() => ({ state: tab, text }), [tab, text]);
  const source = useArchivePages('copies.list', input, (answer) => ({ rows: answer.copies, total: answer.total }));
  const columns = useMemo<readonly Column<IssuedCopy>[]>(
    () => [
      {
        id: 'number',
        header: t('copies.column.number'),
        width: 112,
        cell: (copy) => <span className={styles.soft}>{copy.copyNumber}</span>,
        text: (copy) => copy.copyNumber,
      },
      {
        id: 'recipient',
        header: t('copies.column.recipient'),
        width: 88,
        cell: (copy) => copy.recipient.name,
        text: (copy) => copy.recipient.name,
      },
      {
        id: 'shows',
        header: t('copies.column.shows'),
        width: 72,
        cell: (copy) => t(`copies.role.${copy.recipient.role}`),
        text: (copy) => t(`copies.role.${copy.recipient.role}`),
      },
      {
        id: 'customers',
        header: t('copies.column.customers'),
        width: 132,
        grow: true,
        cell: (copy) => names(copy.customers),
        text: (copy) => names(copy.customers),
      },
      tab === 'settled'
        ? {
            id: 'closed',
            header: t('copies.column.closed'),
            width: 96,
            cell: (copy) => <DateText value={copy.closedAt} />,
            text: (copy) => formats.day(copy.closedAt),
          }
        : {
            id: 'recoverBy',
            header: t('copies.column.recoverBy'),
            width: 96,
            cell: (copy) => <DateText value={copy.recoverBy} />,
            text: (copy) => copy.recoverBy,
          },
      {
        id: 'state',
        header: t('copies.column.state'),
        width: 100,
        cell: (copy) => <CopyStateTag copy={copy} />,
        text: (copy) => t(`copies.state.${copy.state}`),
      },
    ],
    [t, formats, tab],
  );
  return (
    <DataTable
      id={`copies-${tab}`}
      label={t(`copies.tab.${tab}`)}
      columns={columns}
      source={source}
      rowKey={(copy) => copy.copyNumber}
      onOpen={(copy) => onOpen(copy.copyNumber)}
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

function Requests({ onOpen }: { readonly onOpen: (number: string) => void }) {
  const { t } = useText();
  const formats = useFormats();
  const input = useMemo(() => ({ state: 'open' as const }), []);
  const source = useArchivePages('copies.requests', input, (answer) => ({
    rows: answer.requests,
    total: answer.total,
  }));
  const columns = useMemo<readonly Column<CopyRequest>[]>(
    () => [
      {
        id: 'number',
        header: t('copies.column.number'),
        width: 112,
        cell: (request) => <span className={styles.soft}>{request.requestNumber}</span>,
        text: (request) => request.requestNumber,
      },
      {
        id: 'recipient',
        header: t('copies.column.recipient'),
        width: 88,
        cell: (request) => request.recipient.name,
        text: (request) => request.recipient.name,
      },
      {
        id: 'shows',
        header: t('copies.column.shows'),
        width: 72,
        cell: (request) => t(`copies.role.${request.recipient.role}`),
        text: (request) => t(`copies.role.${request.recipient.role}`),
      },
      {
        id: 'customers',
        header: t('copies.column.customers'),
        width: 132,
        grow: true,
        cell: (request) => names(request.customers),
        text: (request) => names(request.customers),
      },
      {
        id: 'requestedAt',
        header: t('copies.column.requested'),
        width: 96,
        cell: (request) => <DateText value={request.requestedAt} />,
        text: (request) => formats.day(request.requestedAt),
      },
      {
        id: 'state',
        header: t('copies.column.state'),
        width: 128,
        cell: (request) => (
          <Tag tone={request.state === 'consented' ? 'moss' : 'amber'}>{t(`copies.request.${request.state}`)}</Tag>
        ),
        text: (request) => t(`copies.request.${request.state}`),
      },
    ],
    [t, formats],
  );
  return (
    <DataTable
      id="copies-requests"
      label={t('copies.tab.requests')}
      columns={columns}
      source={source}
      rowKey={(request) => request.requestNumber}
      onOpen={(request) => onOpen(request.requestNumber)}
      empty={
        <EmptyState icon={IconFileText} title={t('copies.empty.requests')}>
          {t('copies.emptyText.requests')}
        </EmptyState>
      }
    />
  );
}
