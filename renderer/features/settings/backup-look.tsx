import { useState } from 'react';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { useNewestBackup } from '../../ui/backups/newest-backup.ts';
import { toast } from '../../ui/dialog/toasts.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import { RecoveryKeyField } from '../../ui/form/recovery-key-field.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';

/** A backup is opened to look into it: the desk then reads it, until it is closed. */
export function BackupLook() {
  const { t } = useText();
  const { go } = useNavigate();
  const newest = useNewestBackup();
  const isLooking = useSession((state) => state.session?.lookingInto) !== null;
  const [typed, setTyped] = useState<string | null>(null);
  const [recoveryKey, setRecoveryKey] = useState('');
  const look = useArchiveJob('backups.look', 'backups.lookJob');
  if (isLooking) return null;
  const file = (typed ?? newest).trim();
  const open = async () => {
    const { unread } = await look.run({ file, recoveryKey: recoveryKey.trim() });
    setRecoveryKey('');
    if (unread > 0) toast(t('backups.lookUnread', { count: unread }));
    go({ screen: 'cards' });
  };
  return (
    <Section title={t('backups.look')}>
      <div className={styles.form}>
        <p className={styles.lead}>{t('backups.lookText')}</p>
        {look.job !== null ? (
          <JobProgress job={look.job} />
        ) : (
          <form
            noValidate
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              void open().catch(() => undefined);
            }}
          >
            <PathField kind="file" label={t('start.backupFile')} value={typed ?? newest} onChange={setTyped} />
            <RecoveryKeyField value={recoveryKey} onChange={setRecoveryKey} />
            <ErrorNote error={look.error} showFields />
            <div className={styles.tabs}>
              <Button type="submit" disabled={recoveryKey.trim() === '' || file === ''}>
                {t('backups.lookNow')}
              </Button>
            </div>
          </form>
        )}
      </div>
    </Section>
  );
}
