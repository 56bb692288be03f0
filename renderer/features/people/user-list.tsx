import { IconGridDots, IconKey, IconUserOff, IconUserPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { numberAt, type RecordCells, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { DateText } from '../../ui/text/date-text.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { AddUserDialog } from './add-user-dialog.tsx';
import { CodeCardDialog } from './code-card-dialog.tsx';
import styles from './people.module.css';
import { LimitUserDialog, ReadmitUserDialog, type User } from './user-acts.tsx';

const NEEDED = ['validUntil', 'mayEnter'];

/** Who signs in with an own secret, and with which rights. */
export function UserList() {
  const { t } = useText();
  const role = useActingRole();
  const mayAdd = role === 'keeper' || role === 'supervisor';
  const [adding, setAdding] = useState(false);
  const [selected, setSelected] = useState<User | null>(null);
  const [act, setAct] = useState<'limit' | 'readmit' | 'codes' | null>(null);
  const users = useArchiveQuery('users.list', {}).data?.users;
  useShortcut('n', () => setAdding(true), { labelKey: 'people.addUser', enabled: mayAdd });
  const cells = useMemo<RecordCells>(
    () => ({
      userName: { width: 180, grow: true },
      login: { width: 160 },
      role: { width: 160 },
      validUntil: {
        width: 140,
        cell: (row) =>
          textAt(row, 'validUntil') === '' ? t('kit.indefinite') : <DateText value={textAt(row, 'validUntil')} />,
      },
      mayEnter: {
        width: 120,
        cell: (row) => {
          const enters = numberAt(row, 'mayEnter') === 1;
          return <Tag tone={enters ? 'moss' : 'plain'}>{t(enters ? 'people.mayEnter' : 'people.inactive')}</Tag>;
        },
      },
    }),
    [t],
  );
  const named = (login: string): User | null => users?.find((user) => user.login === login) ?? null;
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
        <RecordList
          list="users"
          label={t('people.tab.users')}
          cells={cells}
          needs={NEEDED}
          selectedKey={selected?.login ?? null}
          onSelect={(row) => setSelected(named(row.key))}
          onOpen={(row) => {
            setSelected(named(row.key));
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
