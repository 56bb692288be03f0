import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { Page, PageTabs } from '../../ui/frame/page.tsx';
import { AuditLog } from './audit-log.tsx';
import { Diagnosis } from './diagnosis.tsx';
import { Supervision } from './supervision.tsx';
import { VerifyArchive } from './verify-archive.tsx';

const TABS = ['log', 'verify', 'supervision', 'diagnosis'] as const;

/** What was done and by whom, whether it is all still true, and how the program is. */
export function AuditScreen() {
  const { t } = useText();
  const place = usePlace();
  const { replace } = useNavigate();
  const tab = TABS.find((one) => one === place.tab) ?? 'log';
  return (
    <Page
      title={t('screen.audit')}
      body={tab === 'log' ? 'fill' : 'scroll'}
      lead={
        <PageTabs
          label={t('screen.audit')}
          tabs={TABS.map((id) => ({ id, label: t(`audit.tab.${id}`) }))}
          value={tab}
          onChange={(next) => replace({ tab: next })}
        />
      }
    >
      {tab === 'log' && <AuditLog />}
      {tab === 'verify' && <VerifyArchive />}
      {tab === 'supervision' && <Supervision />}
      {tab === 'diagnosis' && <Diagnosis />}
    </Page>
  );
}
