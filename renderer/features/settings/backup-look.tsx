import { useState } from 'react';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { useNewestBackup } from '../../ui/backups/newest-backup.ts';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
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
  const isLooking = useSession((state) => state.session?.lookingInto) !== null;
  const [isOpen, setOpen] = useState(false);
  if (isLooking) return null;
  return (
    <Section title={t('backups.look')}>
      <div className={styles.form}>
        <p className={styles.lead}>{t('backups.lookText')}</p>
        <div className={styles.tabs}>
          <Button onClick={() => setOpen(true)}>{t('backups.lookOpen')}</Button>
        </div>
      </div>
      {isOpen && <LookDialog onClose={() => setOpen(false)} />}
    </Section>
  );
}

function LookDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const { go } = useNavigate();
  const newest = useNewestBackup();
  const [typed, setTyped] = useState<string | null>(null);
  const [recoveryKey, setRecoveryKey] = useState('');
  const look = useArchiveJob('backups.look', 'backups.lookJob');
  const file = (typed ?? newest).trim();
  const open = async () => {
    const { unread } = await look.run({ file, recoveryKey: recoveryKey.trim() });
    setRecoveryKey('');
    onClose();
    if (unread > 0) toast(t('backups.lookUnread', { count: unread }));
    go({ screen: 'cards' });
  };
  return (
    <FormDialog
      title={t('backups.look')}
      submitLabel={t('backups.lookNow')}
      busy={look.job !== null}
      maySubmit={recoveryKey.trim() !== '' && file !== ''}
      onSubmit={() => void open().catch(() => undefined)}
      onClose={onClose}
    >
      <div className={styles.form}>
        <p className={styles.lead}>{t('backups.lookText')}</p>
        <PathField kind="file" label={t('start.backupFile')} value={typed ?? newest} onChange={setTyped} />
        <RecoveryKeyField value={recoveryKey} onChange={setRecoveryKey} />
        {look.job !== null && <JobProgress job={look.job} />}
        <ErrorNote error={look.error} showFields />
      </div>
    </FormDialog>
  );
}
