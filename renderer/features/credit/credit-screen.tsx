import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { Page, PageTabs } from '../../ui/frame/page.tsx';
import { BulkClassing } from './bulk-classing.tsx';
import { DealingLists } from './dealing-lists.tsx';
import { DueInstalments } from './due-instalments.tsx';
import { GradeProposals } from './grade-proposals.tsx';
import { LimitUse } from './limit-use.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { RouteOrder } from './route-order.tsx';
import { TierProposals } from './tier-proposals.tsx';

const TABS = ['use', 'due', 'dealings', 'grades', 'tiers', 'classes', 'routes', 'policy'] as const;

/** Classes and credit of all customers: limits, what is due, proposals, classing, routes, the scorecard (K1–K4, G1–G4). */
export function CreditScreen() {
  const { t } = useText();
  const { replace } = useNavigate();
  const sought = usePlace().tab;
  const mayChange = useActingRole() === 'keeper';
  const tab = TABS.find((one) => one === sought) ?? 'use';
  const scrolls = tab === 'classes' || tab === 'routes' || tab === 'policy';
  return (
    <Page
      title={t('screen.credit')}
      body={scrolls ? 'scroll' : 'fill'}
      part={tab}
      tools={
        <PageTabs
          label={t('screen.credit')}
          value={tab}
          tabs={TABS.map((id) => ({ id, label: t(`credit.tab.${id}`) }))}
          onChange={(id) => replace({ tab: id })}
        />
      }
    >
      {tab === 'use' && <LimitUse />}
      {tab === 'due' && <DueInstalments />}
      {tab === 'dealings' && <DealingLists />}
      {tab === 'grades' && <GradeProposals mayChange={mayChange} />}
      {tab === 'tiers' && <TierProposals mayChange={mayChange} />}
      {tab === 'classes' && <BulkClassing mayChange={mayChange} />}
      {tab === 'routes' && <RouteOrder mayChange={mayChange} />}
      {tab === 'policy' && <PolicyEditor mayChange={mayChange} />}
    </Page>
  );
}
