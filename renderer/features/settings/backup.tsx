import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote, RefusedState } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { WholeExport } from './whole-export.tsx';

function proposedFile(folder: string, today: Date): string {
  const separator = folder.includes('\\') ? '\\' : '/';
  const stamp = today.toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-');
  return `${folder}${separator}archive-${stamp}.backup.age`;
}

/** One encrypted file with everything, read back before it is called a backup (R54). */
export function Backup() {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const role = useSession((state) => state.session?.user?.role);
  const folder = useEntrance((state) => state.host?.defaultOutputFolder) ?? '';
  const lastBackup = useArchiveQuery('desk.overview', {}).data?.lastBackup;
  const [file, setFile] = useState(() => proposedFile(folder, new Date()));
  const [done, setDone] = useState<OutputOf<'archive.backup'> | null>(null);
  const backup = useArchiveJob('archive.backup', 'settings.backupJob');
  if (role === 'auditor')
    return (
      <RefusedState
        title={t('settings.backupRefused')}
        who={t('kit.whoMay', { roles: `${t('role.keeper')}、${t('role.supervisor')}` })}
      />
    );
  const run = async () => {
    setDone(null);
    setDone(await backup.run({ file }));
    setFile(proposedFile(folder, new Date()));
  };
  return (
    <div className={styles.narrow}>
      <Section
        title={t('settings.backup')}
        note={lastBackup ? t('app.statusBackup', { at: formats.instant(lastBackup) }) : t('app.statusNoBackup')}
      >
        <div className={styles.form}>
          <p className={styles.lead}>{t('settings.backupText')}</p>
          {backup.job !== null ? (
            <JobProgress job={backup.job} onBackground={() => go({ screen: 'today' })} />
          ) : (
            <form
              noValidate
              className={styles.form}
              onSubmit={(event) => {
                event.preventDefault();
                void run().catch(() => undefined);
              }}
            >
              <PathField
                kind="save"
                label={t('settings.backupFile')}
                description={t('settings.backupFileHelp')}
                suggestedName="archive.backup.age"
                value={file}
                onChange={setFile}
              />
              <ErrorNote error={backup.error} showFields />
              <div className={styles.tabs}>
                <Button type="submit" kind="primary" disabled={file.trim() === ''}>
                  {t('settings.backupNow')}
                </Button>
              </div>
            </form>
          )}
        </div>
      </Section>
      {done !== null && (
        <Section
          title={t(done.verified ? 'settings.backupDone' : 'settings.backupUnverified')}
          tools={
            <Button
              size="small"
              onClick={() => archive.call('host.revealOutput', { path: done.file }).catch(() => undefined)}
            >
              {t('settings.showFile')}
            </Button>
          }
        >
          <dl className={styles.facts}>
            <dt>{t('kit.filePath')}</dt>
            <dd>{done.file}</dd>
            <dt>{t('settings.size')}</dt>
            <dd>{formats.bytes(done.bytes)}</dd>
            <dt>SHA-256</dt>
            <dd className={styles.mono}>{done.sha256}</dd>
          </dl>
        </Section>
      )}
      <WholeExport />
    </div>
  );
}
