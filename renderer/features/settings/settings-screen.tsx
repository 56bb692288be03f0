import { Suspense } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { codeApart } from '../../state/code-apart.tsx';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { Page, PageTabs } from '../../ui/frame/page.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Appearance } from './appearance.tsx';
import { ArchiveKey } from './archive-key.tsx';
import { ArchiveSettingsForm } from './archive-settings-form.tsx';
import { Backup } from './backup.tsx';
import { LendingSettings } from './lending-settings.tsx';
import { OwnFields } from './own-fields.tsx';
import { OwnSecret } from './own-secret.tsx';
import { RulesSettings } from './rules-settings.tsx';
import { Update } from './update.tsx';

const TABS = [
  'archive',
  'forms',
  'rules',
  'lending',
  'appearance',
  'backup',
  'secret',
  'key',
  'update',
  'roles',
] as const;

// It brings the whole contract with it: loaded when it is looked at.
const { component: RolesTable } = codeApart(async () => (await import('./roles-table.tsx')).RolesTable);

/** The archive's rules, this window's looks, backup, the own secret. */
export function SettingsScreen() {
  const { t } = useText();
  const place = usePlace();
  const { replace } = useNavigate();
  const tab = TABS.find((one) => one === place.tab) ?? 'archive';
  return (
    <Page
      title={t('screen.settings')}
      body={tab === 'roles' ? 'fill' : 'scroll'}
      part={tab}
      lead={
        <PageTabs
          label={t('screen.settings')}
          tabs={TABS.map((id) => ({ id, label: t(`settings.tab.${id}`) }))}
          value={tab}
          onChange={(next) => replace({ tab: next })}
        />
      }
    >
      {tab === 'archive' && <ArchiveSettingsForm />}
      {tab === 'forms' && <OwnFields />}
      {tab === 'rules' && <RulesSettings />}
      {tab === 'lending' && <LendingSettings />}
      {tab === 'appearance' && <Appearance />}
      {tab === 'backup' && <Backup />}
      {tab === 'secret' && <OwnSecret />}
      {tab === 'key' && <ArchiveKey />}
      {tab === 'update' && <Update />}
      {tab === 'roles' && (
        <Suspense fallback={<LoadingSkeleton />}>
          <RolesTable />
        </Suspense>
      )}
    </Page>
  );
}
