import { IconEye, IconNotes } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { ClassTab } from '../../ui/text/class-tab.tsx';
import { showDocument } from '../../ui/viewer/document-dialog.tsx';
import styles from './binding.module.css';
import { NotesDialog } from './notes-dialog.tsx';
import { shortFingerprint } from './shelf.ts';

type Volume = OutputOf<'volumes.list'>['volumes'][number];

/** The fixed volumes of a year, with the fingerprint to compare with the printed cover (Y2). */
export function BoundVolumes({
  year,
  mayOpen,
  mayAdd,
}: {
  readonly year: number;
  readonly mayOpen: boolean;
  readonly mayAdd: boolean;
}) {
  const [noted, setNoted] = useState<Volume | null>(null);
  const { t } = useText();
  const formats = useFormats();
  const volumes = useArchiveQuery('volumes.list', { year, limit: 500 }, { keepPrevious: true });
  const open = (volume: Volume): void =>
    showDocument({
      key: `volume ${volume.id}`,
      title: volume.title,
      fileName: volume.code,
      maySave: true,
      open: () => archive.call('volumes.open', { id: volume.id }),
    });
  if (volumes.error !== null) return <ErrorState error={volumes.error} onRetry={() => void volumes.refetch()} />;
  const rows = volumes.data?.volumes ?? [];
  return (
    <section className={styles.bound} aria-label={t('binding.bound')}>
      <h2 className={styles.sectionTitle}>{t('binding.bound')}</h2>
      {rows.length === 0 ? (
        <p className={styles.soft}>{t('binding.noBound')}</p>
      ) : (
        <table className={styles.boundTable}>
          <thead>
            <tr>
              <th scope="col">{t('binding.class')}</th>
              <th scope="col">{t('binding.code')}</th>
              <th scope="col">{t('binding.pages')}</th>
              <th scope="col">{t('binding.papers')}</th>
              <th scope="col">{t('binding.boundAt')}</th>
              <th scope="col">{t('binding.fingerprint')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('binding.open')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((volume) => (
              <tr key={volume.id}>
                <td>
                  <ClassTab value={volume.class} markOnly /> {t('binding.volumeNumber', { number: volume.volume })}
                </td>
                <td>
                  {volume.code}
                  {volume.missingGlyphs.length > 0 && (
                    <span className={styles.soft}>
                      {' '}
                      {t('kit.missingGlyphs', {
                        count: volume.missingGlyphs.length,
                        glyphs: volume.missingGlyphs.join(' '),
                      })}
                    </span>
                  )}
                </td>
                <td className={styles.numeric}>{formats.number(volume.pages)}</td>
                <td className={styles.numeric}>{formats.number(volume.papers)}</td>
                <td>
                  {formats.day(volume.boundAt)} <span className={styles.soft}>{volume.boundBy}</span>
                </td>
                <td>
                  <code title={volume.sha256}>{shortFingerprint(volume.sha256)}</code>
                </td>
                <td className={styles.openCell}>
                  <Button size="small" kind="quiet" icon={IconNotes} onClick={() => setNoted(volume)}>
                    {volume.supplements === 0
                      ? t('binding.notes')
                      : t('binding.notesCount', { count: volume.supplements })}
                  </Button>
                  {volume.destroyedIn !== null && (
                    <span className={styles.soft}>{t('binding.destroyedIn', { number: volume.destroyedIn })}</span>
                  )}
                  {mayOpen && volume.destroyedIn === null && (
                    <Button size="small" icon={IconEye} onClick={() => open(volume)}>
                      {t('binding.open')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {noted !== null && <NotesDialog volume={noted} mayAdd={mayAdd} onClose={() => setNoted(null)} />}
    </section>
  );
}
