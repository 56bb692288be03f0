import { IconCoffee } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { askAhead, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import pageStyles from '../../ui/frame/page.module.css';
import { Page, PageTabs } from '../../ui/frame/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { ArchiveState } from './archive-state.tsx';
import { DutyCalendar, SmallMonth } from './duty-calendar.tsx';
import { DutyList } from './duty-list.tsx';
import { FirstSteps } from './first-steps.tsx';
import { PutOffList } from './put-off-list.tsx';
import { RecentlyChanged } from './recently-changed.tsx';
import styles from './today.module.css';
import { UnfinishedDrafts } from './unfinished-drafts.tsx';

export type Overview = OutputOf<'desk.overview'>;

const TABS = ['list', 'calendar'] as const;

/** The desk in the morning: what is to be done, what was begun, how the archive is. Nothing else. */
export function TodayScreen() {
  const { t } = useText();
  const formats = useFormats();
  const place = usePlace();
  const { replace } = useNavigate();
  const user = useSession((state) => state.session?.user);
  const works = user?.role === 'keeper' || user?.role === 'supervisor';
  const overview = useArchiveQuery('desk.overview', {});
  useEffect(() => {
    if (works) askAhead('duties.today', {});
  }, [works]);
  if (overview.error !== null) return <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />;
  if (overview.data === undefined) return <LoadingSkeleton />;
  const { data } = overview;
  const filled = data.counts.customers > 0;
  const tab = works && filled && place.tab === 'calendar' ? 'calendar' : 'list';
  return (
    <Page
      title={formats.longDay(data.today)}
      lead={`${formats.weekday(data.today, 'long')} · ${t('today.hello', { name: user?.displayName ?? '' })}`}
      body={tab === 'calendar' ? 'fill' : 'scroll'}
      tools={
        works &&
        filled && (
          <PageTabs
            label={t('today.views')}
            tabs={TABS.map((id) => ({ id, label: t(`today.tab.${id}`) }))}
            value={tab}
            onChange={(id) => replace({ tab: id === 'list' ? undefined : id, params: undefined })}
          />
        )
      }
    >
      {tab === 'calendar' ? (
        <DutyCalendar today={data.today} />
      ) : filled ? (
        <div className={styles.desk}>
          <div>{works ? <Duties /> : <ArchiveState overview={data} />}</div>
          <div>
            {works && <SmallMonth today={data.today} />}
            <UnfinishedDrafts />
            <RecentlyChanged overview={data} />
            {works && <ArchiveState overview={data} />}
          </div>
        </div>
      ) : (
        <>
          <FirstSteps />
          <div className={pageStyles.narrow}>
            <UnfinishedDrafts />
            <ArchiveState overview={data} />
          </div>
        </>
      )}
    </Page>
  );
}

function Duties() {
  const { t } = useText();
  const answer = useArchiveQuery('duties.today', {});
  if (answer.error !== null) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <LoadingSkeleton count={10} />;
  const { today, duties, putOff } = answer.data;
  const pressing = duties.some(({ standing }) => standing !== 'open');
  return (
    <>
      {!pressing && (
        <p className={styles.done}>
          <IconCoffee size={20} stroke={1.25} aria-hidden />
          {t('today.allDone')}
        </p>
      )}
      <DutyList label={t('today.duties')} duties={duties} today={today} />
      <PutOffList count={putOff} />
    </>
  );
}
