import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useShortcuts } from '../../state/shortcuts.ts';
import pageStyles from '../../ui/frame/page.module.css';
import { Page, PageTabs, Section } from '../../ui/frame/page.tsx';
import { KeyList } from '../../ui/text/key-list.tsx';
import { STANDING_KEYS } from '../../ui/text/standing-keys.ts';
import { About } from './about.tsx';
import { Manual } from './manual.tsx';

const TABS = ['guide', 'manual', 'about'] as const;
const CHAPTERS = ['flow', 'card', 'dossier', 'loan', 'lookup', 'binding', 'secret', 'backup'] as const;

/** A short guide in the order of the work, and every key. */
export function HelpScreen() {
  const { t } = useText();
  const registered = useShortcuts((state) => state.shortcuts);
  const place = usePlace();
  const { replace } = useNavigate();
  const tab = TABS.find((one) => one === place.tab) ?? 'guide';
  const lead = (
    <PageTabs
      label={t('screen.help')}
      tabs={TABS.map((id) => ({ id, label: t(`help.tab.${id}`) }))}
      value={tab}
      onChange={(next) => replace({ tab: next })}
    />
  );
  if (tab === 'about')
    return (
      <Page title={t('screen.help')} lead={lead}>
        <About />
      </Page>
    );
  if (tab === 'manual')
    return (
      <Page title={t('screen.help')} lead={lead}>
        <Manual />
      </Page>
    );
  return (
    <Page title={t('screen.help')} lead={lead}>
      <div className={pageStyles.narrow}>
        <Section title={t('help.guide')}>
          <dl>
            {CHAPTERS.map((chapter) => (
              <div key={chapter} style={{ paddingBlock: 12 }}>
                <dt>
                  <strong>{t(`help.${chapter}.title`)}</strong>
                </dt>
                <dd>{t(`help.${chapter}.text`)}</dd>
              </div>
            ))}
          </dl>
        </Section>
      </div>
      <Section title={t('keys.title')} note={t('keys.intro')}>
        <div style={{ paddingBlock: 16, maxWidth: 880 }}>
          <KeyList entries={[...registered, ...STANDING_KEYS]} />
        </div>
      </Section>
    </Page>
  );
}
