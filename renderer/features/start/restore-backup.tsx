import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { isUsable, NewSecretFields, NO_SECRET } from '../../ui/form/new-secret-fields.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import styles from '../../ui/frame/entrance.module.css';
import { EntranceSheet } from '../../ui/frame/entrance-sheet.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { neighbourFolder } from './neighbour-folder.ts';

/** Restores a backup into a new folder with the recovery key; the archive that is there stays untouched. */
export function RestoreBackup({ onBack }: { readonly onBack: () => void }) {
  const texts = useText();
  const { t } = texts;
  const vaultFolder = useEntrance((state) => state.host?.defaultVaultFolder) ?? '';
  const [file, setFile] = useState('');
  const [directory, setDirectory] = useState(neighbourFolder(vaultFolder, 'restored'));
  const [recoveryKey, setRecoveryKey] = useState('');
  const [secret, setSecret] = useState(NO_SECRET);
  const [restored, setRestored] = useState<OutputOf<'archive.restore'> | null>(null);
  const restore = useArchiveJob('archive.restore', 'start.restoreJob');
  const ready = [file, directory, recoveryKey].every((text) => text.trim() !== '') && isUsable(secret);

  const run = async () => {
    const answer = await restore.run({ file, directory, recoveryKey: recoveryKey.trim(), newSecret: secret.secret });
    setSecret(NO_SECRET);
    setRecoveryKey('');
    setRestored(answer);
  };

  if (restored !== null)
    return (
      <EntranceSheet title={t('start.restored')} subtitle={restored.vault}>
        <p>
          {t('start.restoredCounts', {
            customers: restored.customers,
            papers: restored.papers,
            entries: restored.auditEntries,
          })}
        </p>
        <p>{t(restored.verified ? 'start.restoredVerified' : 'start.restoredUnverified')}</p>
        <div className={styles.actions}>
          <span />
          <Button
            kind="primary"
            onClick={() => {
              useSession
                .getState()
                .setLastVault({ directory: restored.vault, name: t('start.restored'), practice: false });
              useEntrance.getState().setWish('auto');
            }}
          >
            {t('lock.open')}
          </Button>
        </div>
      </EntranceSheet>
    );
  return (
    <EntranceSheet title={t('start.restore')} subtitle={t('start.restoreHelp')}>
      {restore.job !== null ? (
        <JobProgress job={restore.job} />
      ) : (
        <form
          noValidate
          className={styles.body}
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void run().catch(() => undefined);
          }}
        >
          <PathField kind="file" label={t('start.backupFile')} value={file} onChange={setFile} />
          <PathField
            kind="folder"
            label={t('start.restoreWhere')}
            description={t('start.restoreWhereHelp')}
            value={directory}
            onChange={setDirectory}
          />
          <Textarea
            label={t('start.recoveryKey')}
            description={t('lock.recoveryHelp')}
            required
            autosize
            minRows={2}
            maxLength={400}
            autoComplete="off"
            spellCheck={false}
            value={recoveryKey}
            onChange={(event) => setRecoveryKey(event.currentTarget.value)}
          />
          <NewSecretFields
            label={t('start.newKeeperSecret')}
            value={secret}
            onChange={setSecret}
            error={fieldErrorAt(restore.error, 'newSecret', texts)}
          />
          <ErrorNote error={restore.error} showFields />
          <div className={styles.actions}>
            <Button onClick={onBack}>{t('kit.back')}</Button>
            <Button type="submit" kind="primary" disabled={!ready}>
              {t('start.restoreNow')}
            </Button>
          </div>
        </form>
      )}
    </EntranceSheet>
  );
}
