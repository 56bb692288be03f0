import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef } from 'react';
import { useText } from '../../i18n/use-text.ts';
import styles from './binding.module.css';
import { type ShelfBoard, spineWidth, type VolumeProposal, volumeKey } from './shelf.ts';

const GAP = 3;

/**
 * The volumes of one class, side by side: a class may fill hundreds of them, and only those in sight are there at all. One stop of the
 * Tab key; arrows, Home and End go along it.
 */
export function Board({
  board,
  marked,
  onMark,
}: {
  readonly board: ShelfBoard;
  /** Key of the marked volume, of this board or another. */
  readonly marked: string;
  readonly onMark: (volume: VolumeProposal) => void;
}) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  const { volumes } = board;
  const at = Math.max(
    0,
    volumes.findIndex((volume) => volumeKey(volume) === marked),
  );
  const virtualizer = useVirtualizer({
    horizontal: true,
    count: volumes.length,
    getScrollElement: () => place.current,
    estimateSize: (index) => spineWidth(volumes[index]?.spineMillimetres ?? 0),
    gap: GAP,
    overscan: 4,
    initialRect: { width: window.innerWidth / 2, height: 0 },
  });
  const goTo = (index: number): void => {
    const volume = volumes[Math.min(volumes.length - 1, Math.max(0, index))];
    if (volume === undefined) return;
    virtualizer.scrollToIndex(volumes.indexOf(volume), { align: 'auto' });
    onMark(volume);
    // It may have to be drawn first.
    requestAnimationFrame(() =>
      place.current?.querySelector<HTMLElement>(`[data-volume="${volumeKey(volume)}"]`)?.focus({ preventScroll: true }),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const targets: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: volumes.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    goTo(target);
  };
  const near = virtualizer.getVirtualItems();
  // What the Tab key comes to must be there: the marked one, or the first in sight while that is elsewhere.
  const stop = near.some(({ index }) => index === at) ? at : near[0]?.index;
  return (
    <div className={styles.board}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the volumes in it */}
      <div ref={place} className={styles.books} onKeyDown={onKeyDown}>
        <div className={styles.row} style={{ width: virtualizer.getTotalSize() }}>
          {near.map(({ index, start }) => {
            const volume = volumes[index];
            if (volume === undefined) return null;
            const key = volumeKey(volume);
            return (
              <button
                key={key}
                type="button"
                data-volume={key}
                className={styles.book}
                tabIndex={index === stop ? 0 : -1}
                aria-pressed={key === marked}
                style={
                  {
                    width: spineWidth(volume.spineMillimetres),
                    insetInlineStart: start,
                    '--class': `var(--class-${volume.class})`,
                    '--on-class': `var(--on-class-${volume.class})`,
                  } as React.CSSProperties
                }
                onClick={() => onMark(volume)}
                onFocus={() => onMark(volume)}
              >
                <span className={styles.bookYear}>{volume.year}</span>
                <span className={styles.bookTitle}>{t(`dossiers.short.${volume.class}`)}</span>
                <span className={styles.bookNumber}>{volume.volume}</span>
                <span className="visually-hidden">
                  {t('binding.volumeSays', {
                    title: volume.title,
                    pages: volume.pages,
                    millimetres: volume.spineMillimetres,
                  })}
                </span>
              </button>
            );
          })}
        </div>
      </div>
      <p className={styles.boardLabel}>
        {t(`dossierClass.${board.class}`)}
        <span className={styles.soft}>
          {t('binding.boardSum', { count: volumes.length, millimetres: board.millimetres })}
        </span>
      </p>
    </div>
  );
}
