import { useText } from '../../i18n/use-text.ts';
import { useShortcuts } from '../../state/shortcuts.ts';
import pageStyles from '../../ui/frame/page.module.css';
import { Page, Section } from '../../ui/frame/page.tsx';
import { KeyList } from '../../ui/text/key-list.tsx';
import { STANDING_KEYS } from '../../ui/text/standing-keys.ts';

const CHAPTERS = ['flow', 'card', 'dossier', 'loan', 'lookup', 'binding', 'secret', 'backup'] as const;

/** A short guide in the order of the work, and every key. */
export function HelpScreen() {
  const { t } = useText();
  const registered = useShortcuts((state) => state.shortcuts);
  return (
    <Page title={t('screen.help')}>
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
