import { Checkbox, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { useComposedText } from '../../state/use-composed-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Drawer } from '../../ui/dialog/dialog.tsx';
import { numberAt, type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './people.module.css';
import { StaffCustody } from './staff-custody.tsx';
import { StaffForm } from './staff-form.tsx';

const EVERYBODY: readonly Condition[] = [];
const WORKING_HERE: readonly Condition[] = [{ field: 'active', is: 'is', values: [true] }];
const NEEDED = ['active', 'login', 'openLoans', 'overdueLoans'];

export type StaffMember = OutputOf<'staff.list'>['staff'][number];

/** The staff directory. Enter or a click opens a person beside the list. */
export function StaffList() {
  const { t } = useText();
  const place = usePlace();
  const role = useActingRole();
  const mayChange = role === 'keeper' || role === 'supervisor';
  const { settled, inputProps } = useComposedText();
  const [includeInactive, setIncludeInactive] = useState(false);
  const [opened, setOpened] = useState<number | 'new' | null>(place.number === undefined ? null : Number(place.number));
  const staff = useArchiveQuery('staff.list', { includeInactive: true }, { keepPrevious: true });
  useShortcut('n', () => setOpened('new'), { labelKey: 'people.add', enabled: mayChange });

  const cells = useMemo<RecordCells>(
    () => ({
      staffName: { width: 140, grow: true },
      department: { width: 140 },
      position: { width: 140 },
      phone: { width: 150 },
      openLoans: {
        width: 140,
        cell: (row) => {
          const [open, overdue] = [numberAt(row, 'openLoans'), numberAt(row, 'overdueLoans')];
          if (overdue > 0) return <Tag tone="seal">{t('people.overdue', { open, overdue })}</Tag>;
          return open > 0 ? t('people.open', { count: open }) : '';
        },
      },
      login: {
        width: 120,
        cell: (row) => (numberAt(row, 'active') === 1 ? textAt(row, 'login') : <Tag>{t('people.inactive')}</Tag>),
      },
    }),
    [t],
  );
  const rows = staff.data?.staff;
  const person = opened === 'new' ? null : rows?.find((row) => row.id === opened);
  const drawerShown = opened === 'new' || (person !== undefined && person !== null);
  return (
    <div className={`${styles.list} ${drawerShown ? styles.withDrawer : ''}`}>
      <div className={styles.bar}>
        <TextInput
          className={styles.filter ?? ''}
          aria-label={t('people.filter')}
          placeholder={t('people.filter')}
          leftSection={<IconSearch size={16} />}
          {...inputProps}
        />
        <Checkbox
          label={t('people.includeInactive')}
          checked={includeInactive}
          onChange={(event) => setIncludeInactive(event.currentTarget.checked)}
        />
        <span className={styles.spacer} />
        {mayChange && (
          <Button icon={IconUserPlus} keys="n" onClick={() => setOpened('new')}>
            {t('people.add')}
          </Button>
        )}
      </div>
      <div className={styles.table}>
        <RecordList
          list="staff"
          label={t('people.tab.staff')}
          scope={includeInactive ? EVERYBODY : WORKING_HERE}
          text={settled}
          cells={cells}
          needs={NEEDED}
          selectedKey={typeof opened === 'number' ? String(opened) : null}
          onSelect={(row) => drawerShown && setOpened(Number(row.key))}
          onOpen={(row) => setOpened(Number(row.key))}
          empty={
            <EmptyState
              title={t(settled === '' ? 'people.empty' : 'people.noneFound')}
              actions={
                mayChange &&
                settled === '' && (
                  <Button kind="primary" onClick={() => setOpened('new')}>
                    {t('people.add')}
                  </Button>
                )
              }
            >
              {t('people.emptyText')}
            </EmptyState>
          }
        />
      </div>
      {drawerShown && (
        <div className={styles.side}>
          <Drawer title={person?.name ?? t('people.add')} onClose={() => setOpened(null)}>
            <StaffForm
              // Somebody who leaves or comes back begins with a form that says so.
              key={person === null || person === undefined ? 'new' : `${person.id} ${person.active}`}
              person={person ?? null}
              mayChange={mayChange}
              onSaved={(id) => setOpened(id)}
            />
            {person != null && <StaffCustody staffId={person.id} />}
          </Drawer>
        </div>
      )}
    </div>
  );
}
