import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import pageStyles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import type { Overview } from './today-screen.tsx';

/** How the archive is: what it holds, when it was last backed up and verified. */
export function ArchiveState({ overview }: { readonly overview: Overview }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const { counts, audit } = overview;
  return (
    <Section title={t('today.archiveTitle')}>
      <dl className={pageStyles.facts}>
        <dt>{t('today.holds')}</dt>
        <dd>
          {t('today.holdsCounts', {
            customers: formats.number(counts.customers),
            papers: formats.number(counts.papers),
            volumes: formats.number(counts.volumes),
          })}
        </dd>
        <dt>{t('today.loansOut')}</dt>
        <dd>{t('today.items', { count: formats.number(counts.loansOut) })}</dd>
        <dt>{t('today.lastBackup')}</dt>
        <dd>
          {overview.lastBackup === null ? t('today.never') : formats.instant(overview.lastBackup)}{' '}
          <Button kind="link" onClick={() => go({ screen: 'settings', tab: 'backup' })}>
            {t('today.backUp')}
          </Button>
        </dd>
        <dt>{t('today.lastVerified')}</dt>
        <dd>
          {overview.lastVerified === null ? t('today.never') : formats.instant(overview.lastVerified)}{' '}
          <Button kind="link" onClick={() => go({ screen: 'audit', tab: 'verify' })}>
            {t('today.verify')}
          </Button>
        </dd>
        <dt>{t('today.log')}</dt>
        <dd>
          {t('today.logCounts', {
            entries: formats.number(audit.entries),
            unanchored: formats.number(audit.unanchored),
          })}
        </dd>
      </dl>
    </Section>
  );
}
