import type { ComponentType } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { Page, PageTabs } from '../../ui/frame/page.tsx';
import { CompetitorsTab } from './competitors-tab.tsx';
import { DailyReportsTab } from './daily-reports-tab.tsx';
import { DutyCalendar } from './duty-calendar.tsx';
import { EntryTab } from './entry-tab.tsx';
import { FactsTab } from './facts-tab.tsx';
import { InformationTab } from './information-tab.tsx';
import { PassingsTab } from './passings-tab.tsx';
import { ProjectsTab } from './projects-tab.tsx';
import { RegisterTab } from './register-tab.tsx';

const TABS: readonly { readonly id: string; readonly component: ComponentType }[] = [
  { id: 'entry', component: EntryTab },
  { id: 'reports', component: DailyReportsTab },
  { id: 'register', component: RegisterTab },
  { id: 'calendar', component: DutyCalendar },
  { id: 'information', component: InformationTab },
  { id: 'passings', component: PassingsTab },
  { id: 'facts', component: FactsTab },
  { id: 'competitors', component: CompetitorsTab },
  { id: 'projects', component: ProjectsTab },
];

/** Visits and reports (V1–V3), and what they tell across customers: competitors and projects (X1, X2). */
export function VisitsScreen() {
  const { t } = useText();
  const place = usePlace();
  const { go } = useNavigate();
  const tab = TABS.find((one) => one.id === place.tab) ?? TABS[0];
  const Work = tab?.component ?? EntryTab;
  return (
    <Page
      title={t('screen.visits')}
      body="fill"
      lead={
        <PageTabs
          label={t('screen.visits')}
          tabs={TABS.map(({ id }) => ({ id, label: t(`visits.tab.${id}`) }))}
          value={tab?.id ?? 'entry'}
          onChange={(next) => go({ screen: 'visits', tab: next })}
        />
      }
    >
      <Work />
    </Page>
  );
}
