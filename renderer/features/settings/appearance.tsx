import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useText } from '../../i18n/use-text.ts';
import { LanguageChoice } from '../../ui/frame/language-choice.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';

/** Language and appearance of this window; neither is the archive's business. */
export function Appearance() {
  const { t } = useText();
  // Without it Mantine would write a style tag, which the policy refuses (R15).
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <div className={styles.narrow}>
      <Section title={t('start.language')}>
        <div className={styles.form}>
          <LanguageChoice />
        </div>
      </Section>
      <Section title={t('settings.appearance')} note={t('settings.appearanceNote')}>
        <div className={styles.form}>
          <SegmentedControl
            aria-label={t('settings.appearance')}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
            data={[
              { value: 'auto', label: t('settings.appearance.auto') },
              { value: 'light', label: t('settings.appearance.light') },
              { value: 'dark', label: t('settings.appearance.dark') },
            ]}
          />
        </div>
      </Section>
    </div>
  );
}
