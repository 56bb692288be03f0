import i18next, { type i18n } from 'i18next';
import type { Locale } from '../../shared/contract/host.ts';
import { readTexts } from './catalogues.ts';

/** The languages of the desk, the default first. */
export const LANGUAGES: readonly { readonly locale: Locale; readonly name: string }[] = [
  { locale: 'zh-Hant', name: '繁體中文' },
  { locale: 'zh-Hans', name: '简体中文' },
  { locale: 'en', name: 'English' },
];

const NAMESPACE = 'desk';

/** Starts the catalogues in a language. Keys are flat (`screen.today`), parameters are `{{name}}`. */
export async function startTexts(locale: Locale): Promise<i18n> {
  const texts = await readTexts(locale);
  void i18next.init({
    lng: locale,
    fallbackLng: false,
    resources: { [locale]: { [NAMESPACE]: texts } },
    ns: [NAMESPACE],
    defaultNS: NAMESPACE,
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    // React escapes; escaping twice would show entities in names.
    interpolation: { escapeValue: false },
    returnNull: false,
    parseMissingKeyHandler: (key) => (import.meta.env.DEV ? `⟦${key}⟧` : key),
  });
  markLanguage(locale);
  return i18next;
}

/** Changes the language of everything on the screen at once. */
export async function changeLanguage(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, NAMESPACE))
    i18next.addResourceBundle(locale, NAMESPACE, await readTexts(locale));
  await i18next.changeLanguage(locale);
  markLanguage(locale);
}

function markLanguage(locale: Locale): void {
  document.documentElement.lang = locale;
  document.title = i18next.t('app.name', { lng: locale });
}
