import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { useNewestBackup } from '../../ui/backups/newest-backup.ts';
import { PathField } from '../../ui/form/path-field.tsx';
import { RecoveryKeyField } from '../../ui/form/recovery-key-field.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';

/** A backup is tried out once a month: restored, proved, removed (R55). */
export function BackupDrill({ status }: { readonly status: OutputOf<'backups.status'> }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const [typed, setTyped] = useState<string | null>(null);
  const [recoveryKey, setRecoveryKey] = useState('');
  const [tried, setTried] = useState<OutputOf<'backups.drill'> | null>(null);
  const drill = useArchiveJob('backups.drill', 'backups.drill');
  const newest = useNewestBackup();
  if (status.runs.length === 0) return null;
  const file = typed ?? newest;
  const run = async () => {
    setTried(null);
    setTried(await drill.run({ file, recoveryKey: recoveryKey.trim() }));
    setRecoveryKey('');
  };
  return (
    <Section
      title={t('backups.drill')}
      note={
        status.lastDrill === null
          ? t('backups.neverTried')
          : t('backups.lastTried', { at: formats.instant(status.lastDrill) })
      }
    >
      <div className={styles.form}>
        <p className={styles.lead}>{t('backups.drillText')}</p>
        {drill.job !== null ? (
          <JobProgress job={drill.job} onBackground={() => go({ screen: 'today' })} />
        ) : (
          <form
            noValidate
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              void run().catch(() => undefined);
            }}
          >
            <PathField kind="file" label={t('start.backupFile')} value={file} onChange={setTyped} />
            <RecoveryKeyField value={recoveryKey} onChange={setRecoveryKey} />
            <ErrorNote error={drill.error} showFields />
            <div className={styles.tabs}>
              <Button type="submit" disabled={recoveryKey.trim() === '' || file.trim() === ''}>
                {t('backups.drillNow')}
              </Button>
            </div>
          </form>
        )}
        {tried !== null && (
          <div role="status">
            <p>
              {t(tried.ok ? 'backups.drillOk' : 'backups.drillBad', {
                made: formats.instant(tried.made),
                time: formats.duration(Math.max(1, Math.round(tried.seconds))),
              })}
            </p>
            <ul>
              {tried.checks.map((check) => (
                <li key={check.name}>
                  {check.ok ? <IconCheck size={16} aria-hidden /> : <IconX size={16} aria-hidden />}{' '}
                  {t(`backups.check.${check.name}`)} {check.detail}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Section>
  );
}
