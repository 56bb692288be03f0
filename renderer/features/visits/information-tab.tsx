import { Menu, SegmentedControl } from '@mantine/core';
import {
  IconCalendarDue,
  IconDots,
  IconListCheck,
  IconMessageReport,
  IconPlus,
  IconPrinter,
  IconSearch,
  IconSend,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { REPORT_KINDS, type ReportKind } from '../../../shared/domain/visit.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { INFORMATION_TONE } from '../../ui/visits/visit-words.ts';
import { InformationForm } from './information-form.tsx';
import { InformationSide } from './information-side.tsx';
import { PeriodicDialog, ProceduresDialog } from './procedure-dialogs.tsx';
import { RoutingDialog } from './routing-dialog.tsx';
import styles from './visits.module.css';

const STATES = ['all', 'waiting', 'toPass', 'open', 'closed'] as const;

/** Columns that remain when a report is open beside the list. */
const BESIDE = ['kind', 'state', 'customer', 'facts'];
const STANDING = {
  waiting: ['waiting', 'late'],
  open: ['waiting', 'late', 'acknowledged'],
  closed: ['closed'],
} as const;
/** Until somebody sorts otherwise, what nobody has acknowledged stands on top. */
const WAITING_FIRST = { key: 'turn', descending: true };

type Asked =
  | { readonly kind: 'record'; readonly start: Start }
  | { readonly kind: 'procedures' | 'periodic' | 'routing' }
  | null;
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
  const keeper = useActingRole() === 'keeper';
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<Asked>(null);
  const params = place.params ?? {};
  const state = STATES.find((one) => one === params['state']) ?? 'all';
  const kind = REPORT_KINDS.find((one) => one === params['kind']);
  const scope = useMemo(
    (): readonly Condition[] => [
      ...(state === 'toPass' ? [{ field: 'passing', is: 'is' as const, values: ['waiting'] }] : []),
      ...(state === 'all' || state === 'toPass'
        ? []
        : [{ field: 'state', is: 'is' as const, values: [...STANDING[state]] }]),
      ...(kind === undefined ? [] : [{ field: 'kind', is: 'is' as const, values: [kind] }]),
    ],
    [state, kind],
  );
  const record = (): void => setAsked({ kind: 'record', start: { kind: kind ?? 'routine' } });
  useShortcut('n', () => keeper && record(), { labelKey: 'visits.newInformation' });
  const set = (key: string, value: string | undefined): void => {
    const { [key]: _former, ...others } = params;
    replace({ params: value === undefined ? others : { ...others, [key]: value } });
  };
  const cells = useMemo<RecordCells>(
    () => ({
      kind: {
        width: 72,
        cell: (row) => (
          <Tag tone={textAt(row, 'kind') === 'urgent' ? 'seal' : 'plain'}>
            {t(`option.reportKind.${textAt(row, 'kind')}`)}
          </Tag>
        ),
      },
      state: {
        width: 96,
        cell: (row) => {
          const stands = textAt(row, 'state');
          return (
            <Tag tone={INFORMATION_TONE[stands === 'late' ? 'waiting' : stands] ?? 'plain'}>
              {t(`visits.informationState.${stands}`)}
            </Tag>
          );
        },
      },
      facts: { width: 200, grow: true },
    }),
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
            <Menu.Item leftSection={<IconSend size={16} />} onClick={() => setAsked({ kind: 'routing' })}>
              {t('visits.routing')}
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
          <RecordList
            list="information"
            label={t('visits.tab.information')}
            scope={scope}
            text={text}
            cells={cells}
            narrow={place.number === undefined ? undefined : BESIDE}
            sort={WAITING_FIRST}
            selectedKey={place.number ?? null}
            onOpen={(row) => replace({ number: row.key })}
            onSelect={(row) => place.number !== undefined && replace({ number: row.key })}
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
      {asked?.kind === 'routing' && <RoutingDialog onClose={() => setAsked(null)} />}
      {asked?.kind === 'periodic' && (
        <PeriodicDialog onWrite={(start) => setAsked({ kind: 'record', start })} onClose={() => setAsked(null)} />
      )}
    </div>
  );
}
