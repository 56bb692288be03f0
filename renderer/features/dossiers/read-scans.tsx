import { IconTextScan2 } from '@tabler/icons-react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import styles from './tray.module.css';

/** How far the text of scans has been read, and the reading itself, now instead of when nobody works (D8). */
export function ReadScans() {
  const { t } = useText();
  const reading = useArchiveQuery('scans.reading', {});
  const read = useArchiveJob('scans.read', 'readScans.title');
  if (reading.data === undefined) return null;
  const { waiting, recognition } = reading.data;
  return (
    <div className={styles.reading}>
      {read.error !== null && <ErrorNote error={read.error} />}
      {read.job !== null ? (
        <JobProgress job={read.job} />
      ) : (
        <>
          <span className={styles.soft}>
            {t('readScans.state', { read: reading.data.read, waiting })}{' '}
            {t(recognition ? 'readScans.recognises' : 'readScans.layersAlone')}
          </span>
          {waiting > 0 && (
            <Button size="small" icon={IconTextScan2} onClick={() => void read.run({}).catch(() => undefined)}>
              {t('readScans.now')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
