import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useSession } from '../../state/session.ts';
import pageStyles from '../../ui/frame/page.module.css';
import { Page } from '../../ui/frame/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { ArchiveState } from './archive-state.tsx';
import { FirstSteps } from './first-steps.tsx';
import styles from './today.module.css';
import { UnfinishedDrafts } from './unfinished-drafts.tsx';
import { Figures, IncompleteCards, OverdueLoans, RecentlyChanged } from './what-waits.tsx';

export type Overview = OutputOf<'desk.overview'>;

/** The desk in the morning: what waits, what was begun, how the archive is. Nothing else. */
export function TodayScreen() {
  const { t } = useText();
  const formats = useFormats();
  const name = useSession((state) => state.session?.user?.displayName) ?? '';
  const overview = useArchiveQuery('desk.overview', {});
  if (overview.error !== null) return <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />;
  if (overview.data === undefined) return <LoadingSkeleton />;
  const { data } = overview;
  return (
    <Page title={formats.longDay(data.today)} lead={t('today.hello', { name })}>
      {data.counts.customers === 0 ? (
        <>
          <FirstSteps />
          <div className={pageStyles.narrow}>
            <UnfinishedDrafts />
            <ArchiveState overview={data} />
          </div>
        </>
      ) : (
        <>
          <Figures overview={data} />
          <div className={styles.desk}>
            <div>
              <OverdueLoans overview={data} />
              <IncompleteCards overview={data} />
            </div>
            <div>
              <UnfinishedDrafts />
              {data.recentlyChanged.length > 0 && <RecentlyChanged overview={data} />}
              <ArchiveState overview={data} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}
