import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { retentionText } from '../../../shared/domain/paper-facts.ts';
import { archive } from '../../gateway/archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { showDocument } from '../../ui/viewer/document-dialog.tsx';
import styles from './binding.module.css';
import { shelfBoards, type VolumeProposal, volumeKey } from './shelf.ts';
import { Board } from './shelf-board.tsx';

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
  const current = volumes.find((volume) => volumeKey(volume) === marked) ?? boards[0]?.volumes[0];
  if (current === undefined)
    return (
      <section className={styles.nothing} aria-label={t('binding.plan')}>
        <h2>{t('binding.nothing', { year })}</h2>
        <p className={styles.soft}>{t('binding.nothingText')}</p>
      </section>
    );
  const preview = (): void =>
    showDocument({
      key: `preview ${year} ${volumeKey(current)}`,
      title: t('binding.previewOf', { title: current.title }),
      fileName: current.title,
      maySave: false,
      open: () => archive.call('binding.preview', { year, class: current.class, volume: current.volume }),
    });
  return (
    <section className={styles.plan} aria-label={t('binding.plan')}>
      <div className={styles.shelf}>
        {boards.map((board) => (
          <Board
            key={board.class}
            board={board}
            marked={volumeKey(current)}
            onMark={(volume) => setMarked(volumeKey(volume))}
          />
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
