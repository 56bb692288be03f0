import { useCallback, useEffect, useState } from 'react';
import { archive } from '../../gateway/archive.ts';
import { refreshSession } from '../../gateway/session-keeper.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSession } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { PageTabs } from '../../ui/frame/page.tsx';
import { useLookupEnded } from './lookup-ended.ts';
import { ReadCard } from './read-card.tsx';
import { ReadDossier } from './read-dossier.tsx';
import { ReadPaper, type ShownPaper } from './read-paper.tsx';
import styles from './room.module.css';
import { RoomBar } from './room-bar.tsx';
import { RoomSearch } from './room-search.tsx';
import { useCovered } from './use-take-nothing-away.ts';
import { useReaderMark, Watermark } from './watermark.tsx';

/** What lies on the reading table. */
interface Table {
  readonly number: string;
  readonly view: 'card' | 'dossier';
  /** A paper of the dossier that a search led to: it is shown marked. */
  readonly code: string | null;
}

/** The reading room: search on the left, one customer on the table, a paper in front of it. */
export function ReadingRoom() {
  const { t } = useText();
  const practice = useSession((state) => state.session?.archive?.practice) ?? false;
  const [table, setTable] = useState<Table | null>(null);
  const [paper, setPaper] = useState<ShownPaper | null>(null);
  const covered = useCovered();
  const mark = useReaderMark();

  const end = useCallback(() => {
    useLookupEnded.setState({ ended: true });
    archive.call('lookup.end', {}).then(refreshSession, refreshSession);
  }, []);
  useShortcut('mod+l', end, { labelKey: 'lookup.end', groupKey: 'keys.group.desk', inInputs: true });
  // Every record read counts: the numbers above follow.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what lies on the table has changed
  useEffect(() => {
    const timer = setTimeout(() => void refreshSession(), 400);
    return () => clearTimeout(timer);
  }, [table, paper]);

  return (
    <div className={styles.room}>
      {practice && <div className={styles.stripe} aria-hidden />}
      <RoomBar onEnd={end} />
      {covered && (
        <div className={styles.cover} role="status">
          <p>{t('lookup.covered')}</p>
        </div>
      )}
      <div className={`${styles.floor} ${covered ? styles.coveredFloor : ''}`}>
        <RoomSearch
          onOpen={(number, code) => {
            setPaper(null);
            setTable({ number, view: code === null ? 'card' : 'dossier', code });
          }}
        />
        <main className={styles.table} aria-label={t('lookup.table')}>
          {table === null ? (
            <div className={styles.invitation}>
              <h1>{t('lookup.table')}</h1>
              <p>{t('lookup.invitation')}</p>
            </div>
          ) : (
            <>
              <div className={styles.tabs}>
                <PageTabs
                  label={t('lookup.table')}
                  tabs={[
                    { id: 'card', label: t('screen.cards') },
                    { id: 'dossier', label: t('screen.dossiers') },
                  ]}
                  value={table.view}
                  onChange={(view) => setTable({ ...table, view: view === 'dossier' ? 'dossier' : 'card' })}
                />
              </div>
              {table.view === 'card' ? (
                <ReadCard number={table.number} />
              ) : (
                <ReadDossier number={table.number} marked={table.code} onPaper={setPaper} />
              )}
            </>
          )}
          {paper !== null && <ReadPaper key={paper.scan} paper={paper} mark={mark} onClose={() => setPaper(null)} />}
        </main>
      </div>
      <Watermark words={mark} />
    </div>
  );
}
