import { SegmentedControl } from '@mantine/core';
import { IconEyeCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import styles from './revision.module.css';

const SHOWN = ['open', 'settled'] as const;
/** Rows among which the customer of the place is looked for. */
const LOOKED_AT = 100;
const NEEDED = ['customerNumber', 'customer', 'watched'];

/** Changes worth watching (M1): each raised by the change itself, settled by what was done about it. */
export function WatchList() {
  const { t } = useText();
  const place = usePlace();
  const { go, replace } = useNavigate();
  const keeps = useActingRole() === 'keeper';
  const settle = useArchiveCommand('watch.settle');
  const [current, setCurrent] = useState<RecordRow | null>(null);
  const [asking, setAsking] = useState<RecordRow | null>(null);
  const shown = SHOWN.find((one) => one === place.params?.['show']) ?? 'open';
  // From the first screen a customer is named; of one without a change to watch the whole list is meant.
  const flags = useArchiveQuery('watch.list', { open: shown === 'open', limit: LOOKED_AT }).data?.flags;
  const named = flags?.some(({ number }) => number === place.number) === true ? place.number : undefined;
  const scope = useMemo<readonly Condition[]>(
    () => [
      { field: 'settled', is: 'is', values: [shown !== 'open'] },
      ...(named === undefined ? [] : [{ field: 'customerNumber', is: 'is' as const, values: [named] }]),
    ],
    [shown, named],
  );
  const cells = useMemo<RecordCells>(
    () => ({
      customer: { width: 180, grow: true },
      watched: { width: 170 },
      changedFields: { width: 180 },
      raisedBy: { width: 96 },
      note: { width: 200 },
    }),
    [],
  );
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
        <RecordList
          key={shown}
          list="watchFlags"
          id={`watch-${shown}`}
          label={t('revision.tab.watch')}
          scope={scope}
          cells={cells}
          needs={NEEDED}
          selectedKey={current?.key ?? null}
          onSelect={setCurrent}
          onFirst={setCurrent}
          onOpen={(row) => go({ screen: 'cards', number: textAt(row, 'customerNumber') })}
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
          text={t('watch.settleText', {
            name: textAt(asking, 'customer'),
            what: t(`watch.kind.${textAt(asking, 'watched')}`),
          })}
          label={t('watch.note')}
          suggestions={[`watch.done.${textAt(asking, 'watched')}`, 'watch.done.noNeed']}
          command={settle}
          input={(note) => ({ id: Number(asking.key), note })}
          onDone={() => {
            toast(t('watch.settled', { name: textAt(asking, 'customer') }));
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}
