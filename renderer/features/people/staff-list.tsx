import { Checkbox, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { usePlace } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { useComposedText } from '../../state/use-composed-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Drawer } from '../../ui/dialog/dialog.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './people.module.css';
import { StaffForm } from './staff-form.tsx';

export type StaffMember = OutputOf<'staff.list'>['staff'][number];

/** The staff directory. Enter or a click opens a person beside the list. */
export function StaffList() {
  const { t } = useText();
  const place = usePlace();
  const role = useSession((state) => state.session?.user?.role);
  const mayChange = role === 'keeper' || role === 'supervisor';
  const { settled, inputProps } = useComposedText();
  const [includeInactive, setIncludeInactive] = useState(false);
  const [opened, setOpened] = useState<number | 'new' | null>(place.number === undefined ? null : Number(place.number));
  const staff = useArchiveQuery('staff.list', { text: settled.trim(), includeInactive }, { keepPrevious: true });
  useShortcut('n', () => setOpened('new'), { labelKey: 'people.add', enabled: mayChange });

  const columns = useMemo(
    (): readonly Column<StaffMember>[] => [
      { id: 'number', header: t('people.number'), width: 96, cell: (row) => row.number, text: (row) => row.number },
      {
        id: 'name',
        header: t('people.name'),
        width: 140,
        grow: true,
        cell: (row) => row.name,
        text: (row) => row.name,
      },
      {
        id: 'department',
        header: t('people.department'),
        width: 140,
        cell: (row) => row.department,
        text: (row) => row.department,
      },
      {
        id: 'position',
        header: t('people.position'),
        width: 140,
        cell: (row) => row.position,
        text: (row) => row.position,
      },
      { id: 'phone', header: t('people.phone'), width: 150, cell: (row) => row.phone, text: (row) => row.phone },
      {
        id: 'loans',
        header: t('people.loans'),
        width: 140,
        cell: (row) =>
          row.overdueLoans > 0 ? (
            <Tag tone="seal">{t('people.overdue', { open: row.openLoans, overdue: row.overdueLoans })}</Tag>
          ) : row.openLoans > 0 ? (
            t('people.open', { count: row.openLoans })
          ) : (
            ''
          ),
        text: (row) => `${row.openLoans}/${row.overdueLoans}`,
      },
      {
        id: 'login',
        header: t('start.login'),
        width: 120,
        cell: (row) => (row.active ? (row.login ?? '') : <Tag>{t('people.inactive')}</Tag>),
        text: (row) => row.login ?? '',
      },
    ],
    [t],
  );
  const rows = staff.data?.staff;
  const person = opened === 'new' ? null : rows?.find((row) => row.id === opened);
  const source = { ...arraySource(rows), error: staff.error, refetch: () => void staff.refetch() };
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
        <DataTable
          id="staff"
          label={t('people.tab.staff')}
          columns={columns}
          source={source}
          rowKey={(row) => String(row.id)}
          selectedKey={typeof opened === 'number' ? String(opened) : null}
          onSelect={(row) => drawerShown && setOpened(row.id)}
          onOpen={(row) => setOpened(row.id)}
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
              key={person?.id ?? 'new'}
              person={person ?? null}
              mayChange={mayChange}
              onSaved={(id) => setOpened(id)}
            />
          </Drawer>
        </div>
      )}
    </div>
  );
}
