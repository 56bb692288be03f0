import i18next, { type i18n } from 'i18next';
import type { Locale } from '../../shared/contract/host.ts';

/** The languages of the desk, the default first. */
export const LANGUAGES: readonly { readonly locale: Locale; readonly name: string }[] = [
  { locale: 'zh-Hant', name: '繁體中文' },
  { locale: 'zh-Hans', name: '简体中文' },
  { locale: 'en', name: 'English' },
];

const files = import.meta.glob<Record<string, string>>('../../shared/i18n/*/*.json', {
  eager: true,
  import: 'default',
});

function catalogues(): Record<string, { desk: Record<string, string> }> {
  const merged: Record<string, { desk: Record<string, string> }> = {};
  for (const [path, texts] of Object.entries(files)) {
    const locale = path.split('/').at(-2) ?? '';
    merged[locale] ??= { desk: {} };
    Object.assign(merged[locale].desk, texts);
  }
  return merged;
}

/** Starts the catalogues in a language. Keys are flat (`screen.today`), parameters are `{{name}}`. */
export function startTexts(locale: Locale): i18n {
  void i18next.init({
    lng: locale,
    fallbackLng: false,
    resources: catalogues(),
    ns: ['desk'],
    defaultNS: 'desk',
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
  await i18next.changeLanguage(locale);
  markLanguage(locale);
}

function markLanguage(locale: Locale): void {
  document.documentElement.lang = locale;
  document.title = i18next.t('app.name', { lng: locale });
}
