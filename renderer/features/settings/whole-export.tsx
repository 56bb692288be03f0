import { PasswordInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { AnnouncedNote, ApprovalDialog, awaitsApproval } from '../../ui/agreement/announce.tsx';
import { SealingFields, useSealing } from '../../ui/export/sealing.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';

function proposedFolder(folder: string, today: Date): string {
  const separator = folder.includes('\\') ? '\\' : '/';
  return `${folder}${separator}archive-${today.toISOString().slice(0, 10)}`;
}

/** Everything as a folder that is read without this program (RFC 8493): own secret again, and a supervisor's agreement (R25, R71). */
export function WholeExport() {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const output = useEntrance((state) => state.host?.defaultOutputFolder) ?? '';
  const [directory, setDirectory] = useState(() => proposedFolder(output, new Date()));
  const [secret, setSecret] = useState('');
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<OutputOf<'archive.exportBag'> | null>(null);
  const sealing = useSealing();
  const matter = useArchiveQuery('archive.exportStatement', { directory: directory.trim() || '.', ...sealing.named });
  const job = useArchiveJob('archive.exportBag', 'settings.exportJob');
  const waits = awaitsApproval(matter.data);
  const alone = matter.data?.approval === 'waitingHour';
  const again = useCallback(() => void matter.refetch(), [matter.refetch]);
  const run = async () => {
    setDone(null);
    const given = secret;
    setSecret('');
    setDone(await job.run({ directory: directory.trim(), secret: given, ...sealing.named, ...sealing.seal() }));
  };
  return (
    <Section title={t('settings.export')}>
      <div className={styles.form}>
        <p className={styles.lead}>{t('settings.exportText')}</p>
        {job.job !== null ? (
          <JobProgress job={job.job} onBackground={() => go({ screen: 'today' })} />
        ) : (
          <form
            noValidate
            className={styles.form}
            aria-label={t('settings.export')}
            onSubmit={(event) => {
              event.preventDefault();
              if (waits && !alone) setAsking(true);
              else if (!waits) void run().catch(() => undefined);
            }}
          >
            <PathField
              kind="folder"
              label={t('settings.exportFolder')}
              description={t('settings.exportFolderHelp')}
              value={directory}
              onChange={setDirectory}
            />
            <SealingFields sealing={sealing} />
            {!waits && (
              <PasswordInput
                label={t('settings.exportSecret')}
                required
                autoComplete="off"
                value={secret}
                onChange={(event) => setSecret(event.currentTarget.value)}
              />
            )}
            <AnnouncedNote
              matter={matter.data}
              mayAnnounce={directory.trim() !== '' && sealing.isReady}
              onChange={again}
            />
            <ErrorNote error={job.error} showFields />
            <div className={styles.tabs}>
              <Button
                type="submit"
                kind="primary"
                disabled={directory.trim() === '' || !sealing.isReady || (waits ? alone : secret === '')}
              >
                {t(waits && !alone ? 'settings.exportAsk' : 'settings.exportNow')}
              </Button>
            </div>
          </form>
        )}
        {done !== null && (
          <>
            <dl className={styles.facts}>
              <dt>{t('settings.exportDone')}</dt>
              <dd>{done.directory}</dd>
              <dt>{t('settings.size')}</dt>
              <dd>
                {t('settings.exportFiles', { count: done.files })} · {formats.bytes(done.bytes)}
              </dd>
              <dt>SHA-256</dt>
              <dd className={styles.mono}>{done.sha256}</dd>
            </dl>
            <div className={styles.tabs}>
              <Button
                size="small"
                onClick={() => archive.call('host.revealOutput', { path: done.directory }).catch(() => undefined)}
              >
                {t('settings.showFile')}
              </Button>
            </div>
          </>
        )}
      </div>
      {asking && matter.data !== undefined && (
        <ApprovalDialog matter={matter.data} onGiven={again} onClose={() => setAsking(false)} />
      )}
    </Section>
  );
}
