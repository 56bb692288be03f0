import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';

/** An update by a signed file: checked, told, and handed over to the system after a backup. */
export function Update() {
  const { t } = useText();
  const output = useEntrance((state) => state.host?.defaultOutputFolder) ?? '';
  const [file, setFile] = useState('');
  const [folder, setFolder] = useState(output);
  const [found, setFound] = useState<OutputOf<'updates.inspect'> | null>(null);
  const [done, setDone] = useState<OutputOf<'updates.handOver'> | null>(null);
  const inspect = useArchiveJob('updates.inspect', 'update.inspectJob');
  const handOver = useArchiveJob('updates.handOver', 'update.handOverJob');
  const job = inspect.job ?? handOver.job;
  const look = async () => {
    setFound(null);
    setDone(null);
    setFound(await inspect.run({ file: file.trim() }));
  };
  return (
    <div className={styles.narrow}>
      <Section title={t('update.title')}>
        <div className={styles.form}>
          <p className={styles.lead}>{t('update.text')}</p>
          {job !== null ? (
            <JobProgress job={job} />
          ) : (
            <form
              noValidate
              className={styles.form}
              onSubmit={(event) => {
                event.preventDefault();
                void look().catch(() => undefined);
              }}
            >
              <PathField kind="file" label={t('update.file')} value={file} onChange={setFile} />
              <ErrorNote error={inspect.error} showFields />
              <div className={styles.tabs}>
                <Button type="submit" kind={found === null ? 'primary' : 'quiet'} disabled={file.trim() === ''}>
                  {t('update.inspect')}
                </Button>
              </div>
            </form>
          )}
        </div>
      </Section>
      {found !== null && job === null && (
        <Section title={t('update.fromTo', { from: found.present, to: found.version })}>
          <Told found={found} />
          {done !== null ? (
            <div className={styles.form} role="status">
              <p>{t('update.done', { file: done.file })}</p>
              <p className={styles.lead}>{t(`update.next.${done.kind}`, { file: done.file })}</p>
              <div className={styles.tabs}>
                <Button onClick={() => archive.call('host.revealOutput', { path: done.file }).catch(() => undefined)}>
                  {t('settings.showFile')}
                </Button>
              </div>
            </div>
          ) : (
            found.standing === 'newer' &&
            found.backedUp && (
              <form
                noValidate
                className={styles.form}
                onSubmit={(event) => {
                  event.preventDefault();
                  const asked = { file: file.trim(), directory: folder.trim() };
                  void handOver.run(asked).then(setDone, () => undefined);
                }}
              >
                <PathField kind="folder" label={t('update.folder')} value={folder} onChange={setFolder} />
                <ErrorNote error={handOver.error} showFields />
                <div className={styles.tabs}>
                  <Button type="submit" kind="primary" disabled={folder.trim() === ''}>
                    {t('update.handOver')}
                  </Button>
                </div>
              </form>
            )
          )}
        </Section>
      )}
    </div>
  );
}

function Told({ found }: { readonly found: OutputOf<'updates.inspect'> }) {
  const { t } = useText();
  const formats = useFormats();
  const { replace } = useNavigate();
  return (
    <div className={styles.form}>
      <dl className={styles.facts}>
        <dt>{t('update.made')}</dt>
        <dd>{formats.instant(found.made)}</dd>
        <dt>{t('settings.size')}</dt>
        <dd>{formats.bytes(found.bytes)}</dd>
        <dt>SHA-256</dt>
        <dd className={styles.mono}>{found.sha256}</dd>
        <dt>{t('update.migrates')}</dt>
        <dd>{t(found.migrates ? 'update.migrates.yes' : 'update.migrates.no')}</dd>
      </dl>
      {found.changes.length > 0 && (
        <>
          <p>{t('update.changes')}</p>
          <ul className={styles.bullets}>
            {found.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      )}
      {found.standing !== 'newer' ? (
        <p role="status">{t(`validation.update.${found.standing}`)}</p>
      ) : (
        !found.backedUp && (
          <div className={styles.tabs}>
            <p role="status">{t('update.backupFirst')}</p>
            <Button kind="primary" onClick={() => replace({ tab: 'backup' })}>
              {t('backups.now')}
            </Button>
          </div>
        )
      )}
    </div>
  );
}
