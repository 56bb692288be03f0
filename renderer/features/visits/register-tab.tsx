import { Select } from '@mantine/core';
import { IconPrinter, IconSearch, IconWalk } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { optionLabelKey } from '../../../shared/domain/forms/option-sets.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { RESULT_TONE } from '../../ui/visits/visit-words.ts';
import { VISIT_BULK } from './visit-bulk.tsx';
import styles from './visits.module.css';

/** The comprehensive archive (綜): every visit by day and salesperson (V2). Enter leads to the customer's own. */
export function RegisterTab() {
  const { t, has } = useText();
  const formats = useFormats();
  const print = usePrint();
  const { today } = useToday();
  const { go, replace } = useNavigate();
  const mayChange = useActingRole() === 'keeper';
  const params = usePlace().params ?? {};
  const [text, setText] = useState('');
  const [from, setFrom] = useState(params['from'] ?? '');
  const [to, setTo] = useState(params['to'] ?? '');
  const staff = useArchiveQuery('staff.list', { includeInactive: true }).data?.staff ?? [];
  const staffId = params['staff'];
  const dayOf = (typed: string): string | undefined => {
    const parsed = parseTypedDate(typed);
    return typeof parsed === 'string' ? parsed : undefined;
  };
  const [fromDay, toDay] = [dayOf(from), dayOf(to)];
  const person = staff.find((one) => String(one.id) === staffId)?.name;
  const scope = useMemo(
    (): readonly Condition[] => [
      ...(fromDay === undefined ? [] : [{ field: 'day', is: 'atLeast' as const, values: [fromDay] }]),
      ...(toDay === undefined ? [] : [{ field: 'day', is: 'atMost' as const, values: [toDay] }]),
      ...(person === undefined ? [] : [{ field: 'staff', is: 'is' as const, values: [person] }]),
    ],
    [fromDay, toDay, person],
  );
  const cells = useMemo<RecordCells>(
    () => ({
      day: { width: 104 },
      visitedAt: { header: t('visits.time'), width: 64, cell: (row) => formats.time(textAt(row, 'visitedAt')) },
      staff: { width: 88 },
      customer: { width: 200 },
      purpose: { width: 84 },
      content: { width: 220, grow: true },
      result: {
        width: 84,
        cell: (row) => {
          const result = textAt(row, 'result');
          const words = has(optionLabelKey('visitResult', result)) ? t(optionLabelKey('visitResult', result)) : result;
          return <Tag tone={RESULT_TONE[result] ?? 'plain'}>{words}</Tag>;
        },
      },
      report: {
        width: 120,
        cell: (row) => <span className={styles.soft}>{textAt(row, 'report') || t('visits.single')}</span>,
      },
    }),
    [t, has, formats],
  );
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
        <RecordList
          list="visits"
          label={t('visits.tab.register')}
          scope={scope}
          text={text}
          cells={cells}
          {...(mayChange ? { bulk: VISIT_BULK } : {})}
          onOpen={(row) => row.customer !== null && go({ screen: 'cards', number: row.customer, tab: 'visits' })}
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
