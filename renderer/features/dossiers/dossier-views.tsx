import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { PageTabs } from '../../ui/frame/page.tsx';

const VIEWS = ['dossiers', 'papers', 'missing', 'orders'] as const;

/** By customer, all papers of all customers, what is missing, export orders against their documents. */
export function DossierViews() {
  const { t } = useText();
  const { go } = useNavigate();
  const view = usePlace().params?.['view'] ?? 'dossiers';
  return (
    <PageTabs
      label={t('dossiers.views')}
      tabs={VIEWS.map((id) => ({ id, label: t(`dossiers.view.${id}`) }))}
      value={view}
      onChange={(id) => go({ screen: 'dossiers', params: id === 'dossiers' ? {} : { view: id } })}
    />
  );
}
