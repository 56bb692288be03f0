import { archive } from '../../gateway/archive.ts';
import { changeLanguage, LANGUAGES } from '../../i18n/i18n.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from './entrance.module.css';

/** The three languages, each in its own words. The choice holds at once and for the next start. */
export function LanguageChoice() {
  const { locale, t } = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons is no fieldset
    <div className={styles.languages} role="group" aria-label={t('start.language')}>
      {LANGUAGES.map((language) => (
        <button
          key={language.locale}
          type="button"
          lang={language.locale}
          className={styles.language}
          aria-pressed={locale === language.locale}
          onClick={() => {
            void changeLanguage(language.locale);
            archive.call('host.setLocale', { locale: language.locale }).catch(() => undefined);
          }}
        >
          {language.name}
        </button>
      ))}
    </div>
  );
}
