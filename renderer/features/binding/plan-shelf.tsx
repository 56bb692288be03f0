import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { retentionText } from '../../../shared/domain/paper-facts.ts';
import { archive } from '../../gateway/archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { showDocument } from '../../ui/viewer/document-dialog.tsx';
import styles from './binding.module.css';
import { shelfBoards, spineWidth, type VolumeProposal } from './shelf.ts';

const keyOf = (volume: VolumeProposal): string => `${volume.class}-${volume.volume}`;

/** The volumes as they would stand on the shelf, true to their thickness; the marked one in figures. */
export function PlanShelf({
  volumes,
  year,
  mayPreview,
}: {
  readonly volumes: readonly VolumeProposal[];
  readonly year: number;
  readonly mayPreview: boolean;
}) {
  const { t } = useText();
  const formats = useFormats();
  const [marked, setMarked] = useState<string | null>(null);
  const boards = shelfBoards(volumes);
  const current = volumes.find((volume) => keyOf(volume) === marked) ?? boards[0]?.volumes[0];
  if (current === undefined)
    return (
      <section className={styles.nothing} aria-label={t('binding.plan')}>
        <h2>{t('binding.nothing', { year })}</h2>
        <p className={styles.soft}>{t('binding.nothingText')}</p>
      </section>
    );
  const preview = (): void =>
    showDocument({
      key: `preview ${year} ${keyOf(current)}`,
      title: t('binding.previewOf', { title: current.title }),
      fileName: current.title,
      maySave: false,
      open: () => archive.call('binding.preview', { year, class: current.class, volume: current.volume }),
    });
  return (
    <section className={styles.plan} aria-label={t('binding.plan')}>
      <div className={styles.shelf}>
        {boards.map((board) => (
          <div key={board.class} className={styles.board}>
            <div className={styles.books}>
              {board.volumes.map((volume) => (
                <button
                  key={keyOf(volume)}
                  type="button"
                  className={styles.book}
                  aria-pressed={keyOf(volume) === keyOf(current)}
                  style={
                    {
                      width: spineWidth(volume.spineMillimetres),
                      '--class': `var(--class-${volume.class})`,
                      '--on-class': `var(--on-class-${volume.class})`,
                    } as React.CSSProperties
                  }
                  onClick={() => setMarked(keyOf(volume))}
                  onFocus={() => setMarked(keyOf(volume))}
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
              ))}
            </div>
            <p className={styles.boardLabel}>
              {t(`dossierClass.${board.class}`)}
              <span className={styles.soft}>
                {t('binding.boardSum', { count: board.volumes.length, millimetres: board.millimetres })}
              </span>
            </p>
          </div>
        ))}
      </div>
      <div className={styles.card} aria-live="polite">
        <p className={styles.cardTitle}>{current.title}</p>
        <dl className={styles.facts}>
          <Fact label={t('binding.papers')} value={formats.number(current.papers)} />
          <Fact label={t('binding.customers')} value={formats.number(current.customers)} />
          <Fact label={t('binding.pages')} value={formats.number(current.pages)} />
          <Fact label={t('binding.sheets')} value={formats.number(current.sheets)} />
          <Fact label={t('binding.spine')} value={t('binding.millimetres', { value: current.spineMillimetres })} />
          <Fact label={t('dossiers.field.retention')} value={retentionText(current.retention, t)} />
        </dl>
        {mayPreview && (
          <Button icon={IconEye} onClick={preview}>
            {t('binding.preview')}
          </Button>
        )}
      </div>
    </section>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
