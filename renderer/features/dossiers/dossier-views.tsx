import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { PageTabs } from '../../ui/frame/page.tsx';

const VIEWS = ['dossiers', 'papers'] as const;

/** By customer, or all papers of all customers. */
export function DossierViews() {
  const { t } = useText();
  const { go } = useNavigate();
  const view = usePlace().params?.['view'] ?? 'dossiers';
  return (
    <PageTabs
      label={t('dossiers.views')}
      tabs={VIEWS.map((id) => ({ id, label: t(`dossiers.view.${id}`) }))}
      value={view}
      onChange={(id) => go({ screen: 'dossiers', params: id === 'papers' ? { view: id } : {} })}
    />
  );
}
