import { IconGridDots, IconKey, IconUserOff, IconUserPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSession } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { AddUserDialog } from './add-user-dialog.tsx';
import { CodeCardDialog } from './code-card-dialog.tsx';
import styles from './people.module.css';
import { LimitUserDialog, ReadmitUserDialog, type User } from './user-acts.tsx';

/** Who signs in with an own secret, and with which rights. */
export function UserList() {
  const { t } = useText();
  const role = useSession((state) => state.session?.user?.role);
  const mayAdd = role === 'keeper' || role === 'supervisor';
  const [adding, setAdding] = useState(false);
  const [selected, setSelected] = useState<User | null>(null);
  const [act, setAct] = useState<'limit' | 'readmit' | 'codes' | null>(null);
  const users = useArchiveQuery('users.list', {});
  useShortcut('n', () => setAdding(true), { labelKey: 'people.addUser', enabled: mayAdd });
  const columns = useMemo(
    (): readonly Column<User>[] => [
      {
        id: 'name',
        header: t('people.name'),
        width: 180,
        grow: true,
        cell: (row) => row.displayName,
        text: (row) => row.displayName,
      },
      { id: 'login', header: t('start.login'), width: 160, cell: (row) => row.login, text: (row) => row.login },
      {
        id: 'role',
        header: t('start.role'),
        width: 160,
        cell: (row) => t(`role.${row.role}`),
        text: (row) => t(`role.${row.role}`),
      },
      {
        id: 'validUntil',
        header: t('people.validUntil'),
        width: 140,
        cell: (row) => (row.validUntil === null ? t('kit.indefinite') : <DateText value={row.validUntil} />),
        text: (row) => row.validUntil ?? '',
      },
      {
        id: 'active',
        header: t('people.state'),
        width: 120,
        cell: (row) => (
          <Tag tone={row.active ? 'moss' : 'plain'}>{t(row.active ? 'people.mayEnter' : 'people.inactive')}</Tag>
        ),
        text: (row) => t(row.active ? 'people.mayEnter' : 'people.inactive'),
      },
    ],
    [t],
  );
  const source = { ...arraySource(users.data?.users), error: users.error, refetch: () => void users.refetch() };
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <span>{t('people.usersText')}</span>
        <span className={styles.spacer} />
        {mayAdd && selected !== null && (
          <>
            <Button icon={IconKey} disabled={!selected.active} onClick={() => setAct('readmit')}>
              {t('people.readmit')}
            </Button>
            <Button icon={IconGridDots} disabled={!selected.active} onClick={() => setAct('codes')}>
              {t('codeCard.button')}
            </Button>
            <Button icon={IconUserOff} onClick={() => setAct('limit')}>
              {t('people.limit')}
            </Button>
          </>
        )}
        {mayAdd && (
          <Button icon={IconUserPlus} keys="n" onClick={() => setAdding(true)}>
            {t('people.addUser')}
          </Button>
        )}
      </div>
      <div className={styles.table}>
        <DataTable
          id="users"
          label={t('people.tab.users')}
          columns={columns}
          source={source}
          rowKey={(row) => row.login}
          selectedKey={selected?.login ?? null}
          onSelect={setSelected}
          onOpen={(row) => {
            setSelected(row);
            if (mayAdd) setAct('limit');
          }}
          empty={<EmptyState title={t('people.empty')} />}
        />
      </div>
      {selected !== null && act === 'limit' && <LimitUserDialog user={selected} onClose={() => setAct(null)} />}
      {selected !== null && act === 'readmit' && <ReadmitUserDialog user={selected} onClose={() => setAct(null)} />}
      {selected !== null && act === 'codes' && <CodeCardDialog user={selected} onClose={() => setAct(null)} />}
      {adding && <AddUserDialog onClose={() => setAdding(false)} />}
    </div>
  );
}
