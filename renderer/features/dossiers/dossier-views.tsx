import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { PageTabs } from '../../ui/frame/page.tsx';

const VIEWS = ['dossiers', 'papers', 'missing', 'orders', 'places', 'tray'] as const;

/** By customer, all papers of all customers, what is missing, export orders against their documents, new scans. */
export function DossierViews() {
  const { t } = useText();
  const { go } = useNavigate();
  const keeper = useActingRole() === 'keeper';
  const tray = useArchiveQuery('scans.tray', {}, { enabled: keeper });
  const waiting = tray.data?.files.length ?? 0;
  const view = usePlace().params?.['view'] ?? 'dossiers';
  return (
    <PageTabs
      label={t('dossiers.views')}
      tabs={VIEWS.filter((id) => id !== 'tray' || keeper).map((id) => ({
        id,
        label: id === 'tray' && waiting > 0 ? t('tray.tab', { count: waiting }) : t(`dossiers.view.${id}`),
      }))}
      value={view}
      onChange={(id) => go({ screen: 'dossiers', params: id === 'dossiers' ? {} : { view: id } })}
    />
  );
}
