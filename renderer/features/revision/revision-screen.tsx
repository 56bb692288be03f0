import { IconPlayerPause, IconPlayerPlay, IconPrinter, IconSignature, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Campaign } from '../../../shared/contract/revisions.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { Page, PageTabs } from '../../ui/frame/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { CampaignHistory } from './campaign-history.tsx';
import { CampaignWork } from './campaign-work.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { SignOff } from './sign-off.tsx';
import { StartCampaign } from './start-campaign.tsx';
import { StockCheckView } from './stock-check.tsx';
import { WatchList } from './watch-list.tsx';

const TABS = ['work', 'watch', 'stock', 'history'] as const;

/** Full revision (全面修訂核查): the campaign under way, changes worth watching, earlier campaigns (M1, M2). */
export function RevisionScreen() {
  const { t } = useText();
  const place = usePlace();
  const { replace } = useNavigate();
  const list = useArchiveQuery('revisions.list', { limit: 1 });
  const watch = useArchiveQuery('watch.list', { limit: 1 });
  const tab = TABS.find((one) => one === place.tab) ?? 'work';
  if (list.error !== null) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingSkeleton />;
  const [newest] = list.data.campaigns;
  const active = newest?.state === 'open' || newest?.state === 'paused' ? newest : undefined;
  const waiting = watch.data?.total ?? 0;
  return (
    <Page
      title={t('revision.title')}
      lead={tab === 'work' && active !== undefined ? <CampaignLead campaign={active} /> : undefined}
      body="fill"
      tools={
        <>
          {tab === 'work' && active !== undefined && <CampaignTools campaign={active} />}
          <PageTabs
            label={t('revision.views')}
            tabs={TABS.map((id) => ({
              id,
              label: `${t(`revision.tab.${id}`)}${id === 'watch' && waiting > 0 ? ` ${waiting}` : ''}`,
            }))}
            value={tab}
            onChange={(id) => replace({ tab: id, number: undefined, params: undefined })}
          />
        </>
      }
    >
      {tab === 'watch' ? (
        <WatchList />
      ) : tab === 'stock' ? (
        <StockCheckView />
      ) : tab === 'history' ? (
        <CampaignHistory />
      ) : active === undefined ? (
        <StartCampaign nextDue={list.data.nextDue} />
      ) : (
        <CampaignWork key={active.number} campaign={active} />
      )}
    </Page>
  );
}

function CampaignLead({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useText();
  const formats = useFormats();
  const name = [campaign.number, campaign.title].join(' ').trim();
  return t('revision.lead', { name, day: formats.day(campaign.dueOn) });
}

/** What can be done with the whole campaign. */
function CampaignTools({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useText();
  const print = usePrint();
  const role = useActingRole();
  const [asking, setAsking] = useState<'pause' | 'discard' | 'sign' | null>(null);
  const pause = useArchiveCommand('revisions.pause');
  const resume = useArchiveCommand('revisions.resume');
  const discard = useArchiveCommand('revisions.discard');
  const keeps = role === 'keeper';
  const { number, counts, state } = campaign;
  const close = () => setAsking(null);
  return (
    <>
      <IconButton
        icon={IconPrinter}
        label={t(counts.open > 0 ? 'kit.print.revisionList' : 'kit.print.revisionReport')}
        onClick={() => print({ form: counts.open > 0 ? 'revisionList' : 'revisionReport', number })}
      />
      {keeps && counts.open === counts.total && (
        <IconButton icon={IconTrash} label={t('revision.discard')} onClick={() => setAsking('discard')} />
      )}
      {keeps && state === 'open' && counts.open > 0 && (
        <IconButton icon={IconPlayerPause} label={t('revision.pause')} onClick={() => setAsking('pause')} />
      )}
      {keeps && state === 'paused' && (
        <Button
          icon={IconPlayerPlay}
          kind="primary"
          busy={resume.isPending}
          onClick={() => void resume.mutateAsync({ campaign: number }).catch(() => undefined)}
        >
          {t('revision.resume')}
        </Button>
      )}
      {state === 'open' && counts.open === 0 && (
        <Button icon={IconSignature} kind="primary" onClick={() => setAsking('sign')}>
          {t('revision.signOff')}
        </Button>
      )}
      {asking === 'pause' && (
        <ReasonDialog
          title={t('revision.pause')}
          text={t('revision.pauseText')}
          suggestions={['revision.reason.stocktaking', 'revision.reason.away', 'revision.reason.holidays']}
          command={pause}
          input={(reason) => ({ campaign: number, reason })}
          onDone={() => toast(t('revision.paused'))}
          onClose={close}
        />
      )}
      {asking === 'discard' && (
        <ReasonDialog
          title={t('revision.discard')}
          text={t('revision.discardText')}
          suggestions={['revision.reason.scope']}
          command={discard}
          input={(reason) => ({ campaign: number, reason })}
          onDone={() => toast(t('revision.discarded'))}
          onClose={close}
        />
      )}
      {asking === 'sign' && <SignOff campaign={campaign} onClose={close} />}
    </>
  );
}
