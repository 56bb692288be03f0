import { Menu, SegmentedControl } from '@mantine/core';
import {
  IconCalendarDue,
  IconDots,
  IconListCheck,
  IconMessageReport,
  IconPlus,
  IconPrinter,
  IconSearch,
} from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { REPORT_KINDS, type ReportKind } from '../../../shared/domain/visit.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { INFORMATION_TONE } from '../../ui/visits/visit-words.ts';
import { InformationForm } from './information-form.tsx';
import { InformationSide } from './information-side.tsx';
import { PeriodicDialog, ProceduresDialog } from './procedure-dialogs.tsx';
import styles from './visits.module.css';

type Row = OutputOf<'information.list'>['reports'][number];

const STATES = ['all', 'waiting', 'open', 'closed'] as const;

/** Columns that remain when a report is open beside the list. */
const BESIDE = new Set(['kind', 'state', 'customer', 'facts']);

type Asked = { readonly kind: 'record'; readonly start: Start } | { readonly kind: 'procedures' | 'periodic' } | null;
/** With what a new report begins. */
export interface Start {
  readonly kind: ReportKind;
  readonly customer?: string;
  readonly customerName?: string;
  readonly period?: string;
}

/** Routine, urgent and periodic reports (V3): what nobody has acknowledged stands on top until somebody does. N writes one down. */
export function InformationTab() {
  const { t } = useText();
  const print = usePrint();
  const place = usePlace();
  const { replace } = useNavigate();
  const keeper = useSession((state) => state.session?.user?.role) === 'keeper';
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<Asked>(null);
  const sought = useDeferredValue(text.trim());
  const params = place.params ?? {};
  const state = STATES.find((one) => one === params['state']) ?? 'all';
  const kind = REPORT_KINDS.find((one) => one === params['kind']);
  const input = useMemo(
    () => ({ state, text: sought, ...(kind === undefined ? {} : { kind }) }),
    [state, sought, kind],
  );
  const source = useArchivePages('information.list', input, (answer) => ({
    rows: answer.reports,
    total: answer.total,
  }));
  const record = (): void => setAsked({ kind: 'record', start: { kind: kind ?? 'routine' } });
  useShortcut('n', () => keeper && record(), { labelKey: 'visits.newInformation' });
  const set = (key: string, value: string | undefined): void => {
    const { [key]: _former, ...others } = params;
    replace({ params: value === undefined ? others : { ...others, [key]: value } });
  };
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        id: 'kind',
        header: t('visits.kind'),
        width: 72,
        cell: (row) => <Tag tone={row.kind === 'urgent' ? 'seal' : 'plain'}>{t(`option.reportKind.${row.kind}`)}</Tag>,
        text: (row) => t(`option.reportKind.${row.kind}`),
      },
      {
        id: 'state',
        header: t('visits.state'),
        width: 96,
        cell: (row) => (
          <Tag tone={INFORMATION_TONE[row.state] ?? 'plain'}>
            {t(
              row.state === 'waiting' && row.late
                ? 'visits.informationState.late'
                : `visits.informationState.${row.state}`,
            )}
          </Tag>
        ),
        text: (row) => t(`visits.informationState.${row.state}`),
      },
      {
        id: 'at',
        header: t('visits.reportedAt'),
        width: 136,
        cell: (row) => <DateText value={row.reportedAt} withTime />,
        text: (row) => row.reportedAt,
      },
      {
        id: 'customer',
        header: t('field.visit.customer'),
        width: 168,
        cell: (row) => row.customerName,
        text: (row) => `${row.customer ?? ''} ${row.customerName}`,
      },
      {
        id: 'subject',
        header: t('visits.subject'),
        width: 96,
        cell: (row) => t(`option.reportSubject.${row.subject}`),
        text: (row) => t(`option.reportSubject.${row.subject}`),
      },
      {
        id: 'facts',
        header: t('field.information.facts'),
        width: 200,
        grow: true,
        cell: (row) => <span title={row.facts}>{row.facts}</span>,
        text: (row) => row.facts,
      },
      {
        id: 'reporter',
        header: t('visits.reporter'),
        width: 80,
        cell: (row) => row.reporter,
        text: (row) => row.reporter,
      },
    ],
    [t],
  );
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('visits.state')}
          value={state}
          onChange={(value) => set('state', value === 'all' ? undefined : value)}
          data={STATES.map((value) => ({ value, label: t(`visits.informationShow.${value}`) }))}
        />
        <SegmentedControl
          aria-label={t('visits.kind')}
          value={kind ?? 'all'}
          onChange={(value) => set('kind', value === 'all' ? undefined : value)}
          data={[
            { value: 'all', label: t('visits.allKinds') },
            ...REPORT_KINDS.map((value) => ({ value, label: t(`option.reportKind.${value}`) })),
          ]}
        />
        <FilterBox
          value={text}
          label={t('visits.filter')}
          placeholder={t('visits.filterPlaceholder')}
          onChange={setText}
        />
        <span className={styles.spacer} />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button icon={IconDots}>{t('visits.more')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCalendarDue size={16} />} onClick={() => setAsked({ kind: 'periodic' })}>
              {t('visits.periodicDue')}
            </Menu.Item>
            <Menu.Item leftSection={<IconListCheck size={16} />} onClick={() => setAsked({ kind: 'procedures' })}>
              {t('visits.procedures')}
            </Menu.Item>
            <Menu.Label>{t('visits.printBlank')}</Menu.Label>
            {REPORT_KINDS.map((one) => (
              <Menu.Item
                key={one}
                leftSection={<IconPrinter size={16} />}
                onClick={() => print({ form: 'informationReport', number: one })}
              >
                {t(`option.reportKind.${one}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        {keeper && (
          <Button kind="primary" icon={IconPlus} keys="n" onClick={record}>
            {t('visits.newInformation')}
          </Button>
        )}
      </div>
      <div className={place.number === undefined ? styles.fill : styles.split}>
        <div className={styles.list}>
          <DataTable
            id="information-reports"
            label={t('visits.tab.information')}
            columns={place.number === undefined ? columns : columns.filter(({ id }) => BESIDE.has(id))}
            source={source}
            rowKey={(row) => row.number}
            selectedKey={place.number ?? null}
            onOpen={(row) => replace({ number: row.number })}
            onSelect={(row) => place.number !== undefined && replace({ number: row.number })}
            autoFocus
            empty={
              <EmptyState
                icon={text === '' ? IconMessageReport : IconSearch}
                title={t(text === '' ? 'visits.informationEmpty' : 'visits.noneFound')}
              >
                {t(text === '' ? 'visits.informationEmptyText' : 'visits.noneFoundText')}
              </EmptyState>
            }
          />
        </div>
        {place.number !== undefined && (
          <InformationSide
            key={place.number}
            number={place.number}
            onClose={() => {
              const { number: _former, ...others } = place;
              replace({ ...others, number: undefined });
            }}
          />
        )}
      </div>
      {asked?.kind === 'record' && (
        <InformationForm
          start={asked.start}
          onClose={() => setAsked(null)}
          onRecorded={(number) => replace({ number })}
        />
      )}
      {asked?.kind === 'procedures' && <ProceduresDialog onClose={() => setAsked(null)} />}
      {asked?.kind === 'periodic' && (
        <PeriodicDialog onWrite={(start) => setAsked({ kind: 'record', start })} onClose={() => setAsked(null)} />
      )}
    </div>
  );
}
