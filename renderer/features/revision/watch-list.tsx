import { SegmentedControl } from '@mantine/core';
import { IconEyeCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { WatchFlag } from '../../../shared/contract/revisions.ts';
import { fieldLabelKey } from '../../../shared/domain/form-fields.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useArchivePages } from '../../gateway/use-archive-pages.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import styles from './revision.module.css';

const SHOWN = ['open', 'settled'] as const;
/** Rows among which the customer of the place is looked for. */
const LOOKED_AT = 100;

/** Changes worth watching (M1): each raised by the change itself, settled by what was done about it. */
export function WatchList() {
  const { t } = useText();
  const formats = useFormats();
  const place = usePlace();
  const { go, replace } = useNavigate();
  const keeps = useSession((state) => state.session?.user?.role) === 'keeper';
  const settle = useArchiveCommand('watch.settle');
  const [chosen, setChosen] = useState<WatchFlag | null>(null);
  const [asking, setAsking] = useState<WatchFlag | null>(null);
  const shown = SHOWN.find((one) => one === place.params?.['show']) ?? 'open';
  const input = useMemo(() => ({ open: shown === 'open' }), [shown]);
  const source = useArchivePages('watch.list', input, ({ flags, total }) => ({ rows: flags, total }));
  // From the first screen: the customer is named; without a choice the first line is meant.
  const loaded = Array.from({ length: Math.min(LOOKED_AT, source.total ?? 0) }, (_, index) => source.rowAt(index));
  const named = place.number === undefined ? undefined : loaded.find((row) => row?.number === place.number);
  const current = chosen ?? named ?? source.rowAt(0) ?? null;
  const columns = useMemo<readonly Column<WatchFlag>[]>(() => {
    const what = (row: WatchFlag) =>
      `${t(`watch.kind.${row.kind}`)}: ${row.fields.map((field) => t(fieldLabelKey('enterprise', field))).join(t('form.listSeparator'))}`;
    return [
      {
        id: 'raised',
        header: t('watch.raised'),
        width: 104,
        cell: (row) => formats.day(row.raisedAt),
        text: (row) => row.raisedAt.slice(0, 10),
      },
      {
        id: 'customer',
        header: t('revision.column.name'),
        width: 180,
        grow: true,
        cell: (row) => (
          <>
            {row.name} <span className={styles.soft}>{row.number}</span>
          </>
        ),
        text: (row) => `${row.number} ${row.name}`,
      },
      { id: 'what', header: t('watch.what'), width: 260, cell: what, text: what },
      { id: 'by', header: t('watch.by'), width: 96, cell: (row) => row.raisedBy, text: (row) => row.raisedBy },
      { id: 'note', header: t('watch.note'), width: 200, cell: (row) => row.note, text: (row) => row.note },
    ];
  }, [t, formats]);
  const maySettle = keeps && shown === 'open' && current !== null;
  useShortcut('r', () => setAsking(current), { labelKey: 'watch.settle', enabled: maySettle });
  return (
    <section className={styles.whole} aria-label={t('revision.tab.watch')}>
      <div className={styles.listHead}>
        <SegmentedControl
          aria-label={t('revision.show')}
          value={shown}
          onChange={(value) => replace({ params: value === 'open' ? undefined : { show: value } })}
          data={SHOWN.map((value) => ({ value, label: t(`watch.show.${value}`) }))}
        />
        {maySettle && (
          <Button keys="r" onClick={() => setAsking(current)}>
            {t('watch.settle')}
          </Button>
        )}
      </div>
      <div className={styles.table}>
        <DataTable
          id={`watch-${shown}`}
          label={t('revision.tab.watch')}
          columns={columns}
          source={source}
          rowKey={(row) => String(row.id)}
          selectedKey={current === null ? null : String(current.id)}
          onSelect={setChosen}
          onOpen={(row) => go({ screen: 'cards', number: row.number })}
          autoFocus
          empty={
            <EmptyState icon={IconEyeCheck} title={t('watch.empty')}>
              {t('watch.emptyText')}
            </EmptyState>
          }
        />
      </div>
      {asking !== null && (
        <ReasonDialog
          title={t('watch.settle')}
          text={t('watch.settleText', { name: asking.name, what: t(`watch.kind.${asking.kind}`) })}
          label={t('watch.note')}
          suggestions={[`watch.done.${asking.kind}`, 'watch.done.noNeed']}
          command={settle}
          input={(note) => ({ id: asking.id, note })}
          onDone={() => {
            setChosen(null);
            toast(t('watch.settled', { name: asking.name }));
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}
