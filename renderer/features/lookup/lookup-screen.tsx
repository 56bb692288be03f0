import { IconEye } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { refreshSession } from '../../gateway/session-keeper.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Drawer, FormDialog } from '../../ui/dialog/dialog.tsx';
import { Page } from '../../ui/frame/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import styles from './register.module.css';

type Lookup = OutputOf<'lookup.register'>['lookups'][number];

/** The keeper's side of looking up: hand the screen over, and the register of who read what (L2). */
export function LookupScreen() {
  const { t, has } = useText();
  const formats = useFormats();
  const role = useSession((state) => state.session?.user?.role);
  const [asking, setAsking] = useState(false);
  const [opened, setOpened] = useState<Lookup | null>(null);
  const source = useArchivePages('lookup.register', {}, ({ lookups, total }) => ({ rows: lookups, total }));
  const columns = useMemo((): readonly Column<Lookup>[] => {
    const ended = (row: Lookup) => {
      if (row.endedAt === null) return t('lookup.stillReading');
      const key = `lookup.ended.${row.ended}`;
      return has(key) ? t(key) : row.ended;
    };
    return [
      {
        id: 'who',
        header: t('lookup.who'),
        width: 180,
        cell: (row) => row.displayName,
        text: (row) => `${row.displayName} (${row.user})`,
      },
      {
        id: 'role',
        header: t('start.role'),
        width: 130,
        cell: (row) => (has(`role.${row.role}`) ? t(`role.${row.role}`) : row.role),
        text: (row) => row.role,
      },
      {
        id: 'purpose',
        header: t('lookup.purpose'),
        width: 240,
        grow: true,
        cell: (row) => row.purpose,
        text: (row) => row.purpose,
      },
      {
        id: 'from',
        header: t('lookup.from'),
        width: 150,
        cell: (row) => formats.instant(row.startedAt),
        text: (row) => row.startedAt,
      },
      {
        id: 'to',
        header: t('lookup.to'),
        width: 90,
        cell: (row) => (row.endedAt === null ? '' : formats.time(row.endedAt)),
        text: (row) => row.endedAt ?? '',
      },
      { id: 'ended', header: t('lookup.ended'), width: 140, cell: ended, text: ended },
      {
        id: 'searches',
        header: t('lookup.searches'),
        width: 80,
        align: 'end',
        cell: (row) => row.searches,
        text: (row) => String(row.searches),
      },
      {
        id: 'records',
        header: t('lookup.records'),
        width: 80,
        align: 'end',
        cell: (row) => row.records.length,
        text: (row) => String(row.records.length),
      },
    ];
  }, [t, has, formats]);
  const handOver = (
    <Button kind="primary" icon={IconEye} onClick={() => setAsking(true)}>
      {t('lookup.handOver')}
    </Button>
  );
  return (
    <Page
      title={t('screen.lookup')}
      lead={t('lookup.lead')}
      body="fill"
      tools={role === 'keeper' ? handOver : undefined}
    >
      <div className={`${styles.register} ${opened === null ? '' : styles.withDrawer}`}>
        <DataTable
          id="lookups"
          label={t('lookup.register')}
          columns={columns}
          source={source}
          rowKey={(row) => String(row.id)}
          selectedKey={opened === null ? null : String(opened.id)}
          onSelect={(row) => opened !== null && setOpened(row)}
          onOpen={setOpened}
          empty={
            <EmptyState icon={IconEye} title={t('lookup.empty')} actions={role === 'keeper' ? handOver : undefined}>
              {t('lookup.emptyText')}
            </EmptyState>
          }
        />
        {opened !== null && (
          <Drawer title={opened.displayName} onClose={() => setOpened(null)}>
            <p className={styles.purpose}>{opened.purpose}</p>
            <ol className={styles.records}>
              {opened.records.map((record) => (
                <li key={`${record.at} ${record.kind} ${record.number}`}>
                  <time dateTime={record.at}>{formats.time(record.at)}</time>
                  <span>{has(`lookup.kind.${record.kind}`) ? t(`lookup.kind.${record.kind}`) : record.kind}</span>
                  <span>{record.number}</span>
                </li>
              ))}
            </ol>
            {opened.records.length === 0 && <p>{t('lookup.noRecords')}</p>}
          </Drawer>
        )}
      </div>
      {asking && <HandOverDialog onClose={() => setAsking(false)} />}
    </Page>
  );
}

function HandOverDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const handOver = useArchiveCommand('lookup.handOver');
  return (
    <FormDialog
      title={t('lookup.handOver')}
      submitLabel={t('lookup.handOverNow')}
      onClose={onClose}
      busy={handOver.isPending}
      onSubmit={() => {
        handOver.mutateAsync({}).then(refreshSession, () => undefined);
      }}
    >
      <p>{t('lookup.handOverText')}</p>
      <ErrorNote error={handOver.error} />
    </FormDialog>
  );
}
