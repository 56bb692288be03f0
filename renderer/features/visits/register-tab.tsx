import { Select } from '@mantine/core';
import { IconPrinter, IconSearch, IconWalk } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Visit } from '../../../shared/contract/visits.ts';
import { type OptionSetName, optionLabelKey } from '../../../shared/domain/forms/option-sets.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { RESULT_TONE } from '../../ui/visits/visit-words.ts';
import styles from './visits.module.css';

/** The comprehensive archive (綜): every visit by day and salesperson (V2). Enter leads to the customer's own. */
export function RegisterTab() {
  const { t, has } = useText();
  const formats = useFormats();
  const print = usePrint();
  const { today } = useToday();
  const { go, replace } = useNavigate();
  const params = usePlace().params ?? {};
  const [text, setText] = useState('');
  const sought = useDeferredValue(text.trim());
  const [from, setFrom] = useState(params['from'] ?? '');
  const [to, setTo] = useState(params['to'] ?? '');
  const staff = useArchiveQuery('staff.list', { includeInactive: true }).data?.staff ?? [];
  const staffId = params['staff'];
  const dayOf = (typed: string): string | undefined => {
    const parsed = parseTypedDate(typed);
    return typeof parsed === 'string' ? parsed : undefined;
  };
  const [fromDay, toDay] = [dayOf(from), dayOf(to)];
  const input = useMemo(
    () => ({
      text: sought,
      ...(fromDay === undefined ? {} : { from: fromDay }),
      ...(toDay === undefined ? {} : { to: toDay }),
      ...(staffId === undefined ? {} : { staffId: Number(staffId) }),
    }),
    [sought, fromDay, toDay, staffId],
  );
  const source = useArchivePages('visits.register', input, (answer) => ({ rows: answer.visits, total: answer.total }));
  const columns = useMemo<readonly Column<Visit>[]>(() => {
    const word = (set: OptionSetName, value: string): string =>
      has(optionLabelKey(set, value)) ? t(optionLabelKey(set, value)) : value;
    return [
      {
        id: 'day',
        header: t('visits.day'),
        width: 104,
        cell: (visit) => formats.day(visit.day),
        text: (visit) => visit.day,
      },
      {
        id: 'time',
        header: t('visits.time'),
        width: 64,
        cell: (visit) => formats.time(visit.visitedAt),
        text: (visit) => formats.time(visit.visitedAt),
      },
      {
        id: 'staff',
        header: t('visits.salesperson'),
        width: 88,
        cell: (visit) => visit.staff,
        text: (visit) => visit.staff,
      },
      {
        id: 'customer',
        header: t('field.visit.customer'),
        width: 200,
        cell: (visit) => visit.customerName,
        text: (visit) => `${visit.customer} ${visit.customerName}`,
      },
      {
        id: 'purpose',
        header: t('field.visit.purpose'),
        width: 84,
        cell: (visit) => word('visitPurpose', visit.purpose),
        text: (visit) => word('visitPurpose', visit.purpose),
      },
      {
        id: 'content',
        header: t('field.visit.content'),
        width: 220,
        grow: true,
        cell: (visit) => <span title={visit.content}>{visit.content}</span>,
        text: (visit) => visit.content,
      },
      {
        id: 'result',
        header: t('field.visit.result'),
        width: 84,
        cell: (visit) => <Tag tone={RESULT_TONE[visit.result] ?? 'plain'}>{word('visitResult', visit.result)}</Tag>,
        text: (visit) => word('visitResult', visit.result),
      },
      {
        id: 'report',
        header: t('visits.number'),
        width: 120,
        cell: (visit) => <span className={styles.soft}>{visit.report ?? t('visits.single')}</span>,
        text: (visit) => visit.report ?? '',
      },
    ];
  }, [t, has, formats]);
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <FilterBox
          value={text}
          label={t('visits.filter')}
          placeholder={t('visits.filterPlaceholder')}
          onChange={setText}
        />
        <Select
          aria-label={t('visits.salesperson')}
          placeholder={t('visits.everybody')}
          searchable
          clearable
          w={160}
          data={staff.map((one) => ({ value: String(one.id), label: one.name }))}
          value={staffId ?? null}
          onChange={(value) => {
            const { staff: _former, ...others } = params;
            replace({ params: value === null ? others : { ...others, staff: value } });
          }}
        />
        <input
          className={styles.input}
          aria-label={t('visits.from')}
          autoComplete="off"
          placeholder={t('visits.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <input
          className={styles.input}
          aria-label={t('visits.to')}
          autoComplete="off"
          placeholder={t('visits.to')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <span className={styles.spacer} />
        <Button
          icon={IconPrinter}
          onClick={() =>
            print({
              form: 'visitRegister',
              number: fromDay !== undefined && fromDay === toDay ? fromDay : (fromDay ?? today).slice(0, 7),
            })
          }
        >
          {t('visits.printMonth', { month: (fromDay ?? today).slice(0, 7) })}
        </Button>
      </div>
      <div className={styles.fill}>
        <DataTable
          id="visit-register"
          label={t('visits.tab.register')}
          columns={columns}
          source={source}
          rowKey={(visit) => String(visit.id)}
          onOpen={(visit) => go({ screen: 'cards', number: visit.customer, tab: 'visits' })}
          autoFocus
          empty={
            <EmptyState
              icon={text === '' ? IconWalk : IconSearch}
              title={t(text === '' ? 'visits.registerEmpty' : 'visits.noneFound')}
            >
              {t(text === '' ? 'visits.registerEmptyText' : 'visits.noneFoundText')}
            </EmptyState>
          }
        />
      </div>
    </div>
  );
}
