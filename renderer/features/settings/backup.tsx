import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole, useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote, RefusedState } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { BackupCard } from './backup-card.tsx';
import { BackupDrill } from './backup-drill.tsx';
import { BackupList } from './backup-list.tsx';
import { BackupLook } from './backup-look.tsx';
import { WholeExport } from './whole-export.tsx';

const EXTENTS = ['auto', 'full', 'incremental'] as const;

/** One encrypted file with everything, or with what its medium lacks; read back before it is called a backup (R54). */
export function Backup() {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const reads = useSession((state) => state.session?.user?.role);
  const acts = useActingRole();
  const outputFolder = useEntrance((state) => state.host?.defaultOutputFolder) ?? '';
  const lastBackup = useArchiveQuery('desk.overview', {}).data?.lastBackup;
  const status = useArchiveQuery('backups.status', {}).data;
  const [typed, setTyped] = useState<string | null>(null);
  const [extent, setExtent] = useState<(typeof EXTENTS)[number]>('auto');
  const [done, setDone] = useState<OutputOf<'archive.backup'> | null>(null);
  const backup = useArchiveJob('archive.backup', 'settings.backupJob');
  if (reads === 'auditor')
    return (
      <RefusedState
        title={t('settings.backupRefused')}
        who={t('kit.whoMay', { roles: `${t('role.keeper')}、${t('role.supervisor')}` })}
      />
    );
  // Whose turn it is; the one place there is; else where prints go.
  const proposed = status?.media.find(({ next }) => next)?.place ?? status?.media[0]?.place ?? outputFolder;
  const folder = typed ?? proposed;
  const run = async () => {
    setDone(null);
    setDone(await backup.run({ file: folder.trim(), extent }));
    setTyped(null);
  };
  return (
    <div className={styles.narrow}>
      {acts !== undefined && (
        <Section
          title={t('settings.backup')}
          note={lastBackup ? t('app.statusBackup', { at: formats.instant(lastBackup) }) : t('app.statusNoBackup')}
        >
          <div className={styles.form}>
            <p className={styles.lead}>{t('settings.backupText')}</p>
            {status !== undefined && status.advice !== 'none' && (
              <p className={styles.lead}>
                {t(`backups.advice.${status.advice}`, { place: status.media.find(({ next }) => next)?.place ?? '' })}
              </p>
            )}
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
                  kind="folder"
                  label={t('backups.folder')}
                  description={t('settings.backupFileHelp')}
                  value={folder}
                  onChange={setTyped}
                />
                <SegmentedControl
                  aria-label={t('backups.extent')}
                  value={extent}
                  onChange={(value) => setExtent(value as (typeof EXTENTS)[number])}
                  data={EXTENTS.map((value) => ({ value, label: t(`backups.extent.${value}`) }))}
                />
                <ErrorNote error={backup.error} showFields />
                <div className={styles.tabs}>
                  <Button type="submit" kind="primary" disabled={folder.trim() === ''}>
                    {t('settings.backupNow')}
                  </Button>
                </div>
              </form>
            )}
          </div>
        </Section>
      )}
      {done !== null && (
        <Section
          title={t('settings.backupDone')}
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
            <dt>{t('backups.extent')}</dt>
            <dd>
              {t(`backups.extent.${done.extent}`)} ·{' '}
              {t('backups.carried', {
                carried: formats.number(done.carried),
                total: formats.number(done.sealedFiles),
              })}
            </dd>
            <dt>{t('settings.size')}</dt>
            <dd>{formats.bytes(done.bytes)}</dd>
            <dt>SHA-256</dt>
            <dd className={styles.mono}>{done.sha256}</dd>
          </dl>
        </Section>
      )}
      {status !== undefined && <BackupList status={status} />}
      {acts !== undefined && status !== undefined && <BackupDrill status={status} />}
      <BackupLook />
      {acts === 'keeper' && <BackupCard />}
      {acts !== undefined && <WholeExport />}
    </div>
  );
}
