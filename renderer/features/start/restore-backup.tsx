import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { type Approver, NO_APPROVER, SupervisorFields } from '../../ui/form/approver-fields.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { isUsable, NewSecretFields, NO_SECRET } from '../../ui/form/new-secret-fields.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import { RecoveryKeyField } from '../../ui/form/recovery-key-field.tsx';
import styles from '../../ui/frame/entrance.module.css';
import { EntranceSheet } from '../../ui/frame/entrance-sheet.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { CompareBackup } from './compare-backup.tsx';
import { neighbourFolder } from './neighbour-folder.ts';

/**
 * Restores a backup with the recovery key: first it is read whole and compared with the archive that is there, then restored into a new
 * folder. The archive that is there stays untouched (R56).
 */
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
  const compare = useArchiveJob('backups.compare', 'backups.compareJob');
  const [present, setPresent] = useState(useSession.getState().lastVault?.directory ?? vaultFolder);
  const [found, setFound] = useState<OutputOf<'backups.compare'> | null>(null);
  const [agreed, setAgreed] = useState(false);
  const [approver, setApprover] = useState<Approver>(NO_APPROVER);
  const supervisors = found?.present == null ? [] : found.supervisors;
  const onlyOne = supervisors.length === 1 ? (supervisors[0]?.login ?? '') : '';
  const witness = { login: approver.login || onlyOne, secret: approver.secret };
  const isWitnessed = supervisors.length === 0 || (witness.login !== '' && witness.secret !== '');
  const loses = found !== null && ['older', 'forked', 'otherArchive'].includes(found.standing);
  const readable = [file, recoveryKey].every((text) => text.trim() !== '');
  const ready = readable && directory.trim() !== '' && isUsable(secret) && isWitnessed && (!loses || agreed);

  const look = async () => {
    setFound(null);
    setAgreed(false);
    const asked = { file: file.trim(), recoveryKey: recoveryKey.trim() };
    setFound(await compare.run(present.trim() === '' ? asked : { ...asked, present: present.trim() }));
  };

  const run = async () => {
    const answer = await restore.run({
      file: file.trim(),
      directory,
      recoveryKey: recoveryKey.trim(),
      newSecret: secret.secret,
      ...(found === null || found.present === null ? {} : { replaces: present.trim(), standing: found.standing }),
      ...(supervisors.length === 0 ? {} : { witness }),
    });
    setSecret(NO_SECRET);
    setApprover(NO_APPROVER);
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
      ) : compare.job !== null ? (
        <JobProgress job={compare.job} />
      ) : found === null ? (
        <form
          noValidate
          className={styles.body}
          onSubmit={(event) => {
            event.preventDefault();
            if (readable) void look().catch(() => undefined);
          }}
        >
          <PathField kind="file" label={t('start.backupFile')} value={file} onChange={setFile} />
          <RecoveryKeyField value={recoveryKey} onChange={setRecoveryKey} />
          <PathField
            kind="folder"
            optional
            label={t('backups.presentFolder')}
            description={t('backups.presentFolderHelp')}
            value={present}
            onChange={setPresent}
          />
          <ErrorNote error={compare.error} showFields />
          <div className={styles.actions}>
            <Button onClick={onBack}>{t('kit.back')}</Button>
            <Button type="submit" kind="primary" disabled={!readable}>
              {t('backups.compareNow')}
            </Button>
          </div>
        </form>
      ) : (
        <form
          noValidate
          className={styles.body}
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void run().catch(() => undefined);
          }}
        >
          <CompareBackup found={found} />
          <PathField
            kind="folder"
            label={t('start.restoreWhere')}
            description={t('start.restoreWhereHelp')}
            value={directory}
            onChange={setDirectory}
          />
          <NewSecretFields
            label={t('start.newKeeperSecret')}
            value={secret}
            onChange={setSecret}
            error={fieldErrorAt(restore.error, 'newSecret', texts)}
          />
          {supervisors.length > 0 && (
            <SupervisorFields supervisors={supervisors} value={approver} onChange={setApprover} error={restore.error} />
          )}
          {loses && (
            <Checkbox
              label={t('backups.agree')}
              checked={agreed}
              onChange={(event) => setAgreed(event.currentTarget.checked)}
            />
          )}
          <ErrorNote error={restore.error} showFields />
          <div className={styles.actions}>
            <Button onClick={() => setFound(null)}>{t('kit.back')}</Button>
            <Button type="submit" kind="primary" disabled={!ready}>
              {t('start.restoreNow')}
            </Button>
          </div>
        </form>
      )}
    </EntranceSheet>
  );
}
