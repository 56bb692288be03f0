import { IconEye } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { archive } from '../../gateway/archive.ts';
import { refreshSession } from '../../gateway/session-keeper.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole, useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Drawer, FormDialog } from '../../ui/dialog/dialog.tsx';
import { type DayRange, DayRangeFields } from '../../ui/form/day-range-fields.tsx';
import { Page, PageTabs } from '../../ui/frame/page.tsx';
import { type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import { LimitedCards } from './limited-cards.tsx';
import { useLookupEnded } from './lookup-ended.ts';
import styles from './register.module.css';

type Lookup = OutputOf<'lookup.register'>['lookups'][number];
type Refused = OutputOf<'lookup.register'>['refused'][number];

const NEEDED = ['endedAt', 'ended'];

/** The keeper's side of looking up: hand the screen over, and the register of who read what (L2). */
export function LookupScreen() {
  const { t, has } = useText();
  const formats = useFormats();
  const role = useSession((state) => state.session?.user?.role);
  const mayHandOver = useActingRole() === 'keeper';
  const [asking, setAsking] = useState(false);
  const [opened, setOpened] = useState<Lookup | null>(null);
  const [tab, setTab] = useState<'register' | 'refused' | 'readers'>('register');
  const justReturned = useLookupEnded((state) => state.justReturned);
  const newest = useArchiveQuery('lookup.register', { offset: 0, limit: 1 });
  const [days, setDays] = useState<DayRange>({});
  const refused = useArchiveQuery('lookup.register', { ...days, offset: 0, limit: 1 }).data?.refused;
  const mayName = role === 'keeper' || role === 'supervisor';
  const limited = useArchiveQuery('readers.list', {}, { enabled: mayName }).data?.cards;
  // What was read lies open when the keeper comes back (L2).
  useEffect(() => {
    const [last] = newest.data?.lookups ?? [];
    if (!justReturned || last === undefined || last.endedAt === null) return;
    useLookupEnded.setState({ justReturned: false });
    setOpened(last);
  }, [justReturned, newest.data]);
  const scope = useMemo((): readonly Condition[] => {
    const { from = '1900-01-01', to = '2999-12-31' } = days;
    return days.from === undefined && days.to === undefined
      ? []
      : [{ field: 'startedAt', is: 'between', values: [from, to] }];
  }, [days]);
  const cells = useMemo<RecordCells>(
    () => ({
      who: { width: 160 },
      role: { width: 150 },
      purpose: { width: 240, grow: true },
      ended: {
        width: 140,
        cell: (row) => {
          if (textAt(row, 'endedAt') === '') return t('lookup.stillReading');
          const key = `lookup.ended.${textAt(row, 'ended')}`;
          return has(key) ? t(key) : textAt(row, 'ended');
        },
      },
    }),
    [t, has],
  );
  const open = (row: RecordRow): void =>
    void archive.call('lookup.register', { id: Number(row.key), limit: 1 }).then(
      ({ lookups }) => setOpened(lookups[0] ?? null),
      () => undefined,
    );
  const handOver = (
    <Button kind="primary" icon={IconEye} onClick={() => setAsking(true)}>
      {t('lookup.handOver')}
    </Button>
  );
  return (
    <Page
      title={t('screen.lookup')}
      lead={
        <PageTabs
          label={t('screen.lookup')}
          tabs={[
            { id: 'register', label: t('lookup.register') },
            {
              id: 'refused',
              label: t('lookup.refusedTab', { count: refused?.length ?? 0 }),
            },
            ...(limited === undefined ? [] : [{ id: 'readers', label: t('readers.tab', { count: limited.length }) }]),
          ]}
          value={tab}
          onChange={(next) => setTab(next === 'refused' || next === 'readers' ? next : 'register')}
        />
      }
      body="fill"
      tools={
        <>
          <DayRangeFields value={days} onChange={setDays} />
          {mayHandOver && handOver}
        </>
      }
    >
      {tab === 'readers' ? (
        <LimitedCards cards={limited} />
      ) : tab === 'refused' ? (
        <RefusedAttempts refused={refused} />
      ) : (
        <div className={`${styles.register} ${opened === null ? '' : styles.withDrawer}`}>
          <RecordList
            list="lookups"
            label={t('lookup.register')}
            scope={scope}
            cells={cells}
            needs={NEEDED}
            selectedKey={opened === null ? null : String(opened.id)}
            onSelect={(row) => opened !== null && open(row)}
            onOpen={open}
            empty={
              days.from !== undefined || days.to !== undefined ? (
                <EmptyState icon={IconEye} title={t('lookup.noneInDays')} />
              ) : (
                <EmptyState icon={IconEye} title={t('lookup.empty')} actions={mayHandOver ? handOver : undefined}>
                  {t('lookup.emptyText')}
                </EmptyState>
              )
            }
          />
          {opened !== null && (
            <Drawer title={opened.displayName} onClose={() => setOpened(null)}>
              <p className={styles.purpose}>{opened.purpose}</p>
              <dl className={styles.facts}>
                <dt>{t('start.role')}</dt>
                <dd>{has(`role.${opened.role}`) ? t(`role.${opened.role}`) : opened.role}</dd>
                <dt>{t('lookup.time')}</dt>
                <dd>
                  {formats.instant(opened.startedAt)}
                  {opened.endedAt !== null && ` – ${formats.time(opened.endedAt)}`}
                </dd>
                <dt>{t('lookup.keeper')}</dt>
                <dd>{opened.keeper}</dd>
                <dt>{t('lookup.searches')}</dt>
                <dd>{formats.number(opened.searches)}</dd>
              </dl>
              <ol className={styles.records}>
                {opened.records.map((record) => (
                  <li key={`${record.at} ${record.kind} ${record.number}`}>
                    <time dateTime={record.at}>{formats.time(record.at)}</time>
                    <span>{has(`lookup.kind.${record.kind}`) ? t(`lookup.kind.${record.kind}`) : record.kind}</span>
                    <span>
                      {record.number} {record.title}
                    </span>
                  </li>
                ))}
              </ol>
              {opened.records.length === 0 && <p>{t('lookup.noRecords')}</p>}
            </Drawer>
          )}
        </div>
      )}
      {asking && <HandOverDialog onClose={() => setAsking(false)} />}
    </Page>
  );
}

/** Who wanted to look up and was refused, with the code of the reason in words (L1). */
function RefusedAttempts({ refused }: { readonly refused: readonly Refused[] | undefined }) {
  const { t } = useText();
  const formats = useFormats();
  const columns = useMemo(
    (): readonly Column<Refused>[] => [
      { id: 'at', header: t('lookup.at'), width: 160, cell: (row) => formats.instant(row.at), text: (row) => row.at },
      { id: 'login', header: t('start.login'), width: 180, cell: (row) => row.login, text: (row) => row.login },
      {
        id: 'purpose',
        header: t('lookup.purpose'),
        width: 260,
        grow: true,
        cell: (row) => row.purpose,
        text: (row) => row.purpose,
      },
      {
        id: 'why',
        header: t('lookup.why'),
        width: 320,
        cell: (row) => t(`error.${row.code}`),
        text: (row) => t(`error.${row.code}`),
      },
    ],
    [t, formats],
  );
  return (
    <div className={styles.register}>
      <DataTable
        id="refused-lookups"
        label={t('lookup.refused')}
        columns={columns}
        source={arraySource(refused)}
        rowKey={(row) => String(row.seq)}
        empty={<EmptyState icon={IconEye} title={t('lookup.noneRefused')} />}
      />
    </div>
  );
}

function HandOverDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const minutes = useArchiveQuery('settings.get', {}).data?.lookupMinutes;
  const host = useArchiveQuery('host.info', {}).data;
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
      {minutes !== undefined && <p>{t('lookup.handOverLimits', { minutes })}</p>}
      {host?.screenPicturesBlocked === false && <p>{t('lookup.picturesNotBlocked')}</p>}
      <ErrorNote error={handOver.error} />
    </FormDialog>
  );
}
