import i18next, { type i18n } from 'i18next';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Locale } from '../../shared/contract/host.ts';
import { pluralKey } from '../../shared/util/plural-key.ts';

/** Looks a text up by its flat key: `t('screen.today')`, `t('today.daysOverdue', { count: 3 })`. */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export interface Texts {
  readonly t: Translate;
  readonly locale: Locale;
  /** True when the catalogues have this key: for keys made from data. */
  has(key: string): boolean;
}

const made = new Map<string, Texts>();

/** Made once for each language. A screen looks up a thousand texts, most without anything to put in: those are kept. */
function textsOf(catalogues: i18n, language: string): Texts {
  const former = made.get(language);
  if (former !== undefined) return former;
  const known = (key: string): boolean => catalogues.getResource(language, 'desk', key) !== undefined;
  const plain = new Map<string, string>();
  const translate = (key: string, params?: Readonly<Record<string, string | number>>): string =>
    catalogues.t(pluralKey(known, language, key, params?.['count']), { ...params, lng: language });
  const texts: Texts = {
    t: (key, params) => {
      if (params !== undefined) return translate(key, params);
      const text = plain.get(key) ?? translate(key);
      plain.set(key, text);
      return text;
    },
    locale: language as Locale,
    has: (key) => known(key) || known(`${key}_other`),
  };
  made.set(language, texts);
  return texts;
}

function onLanguage(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

const TextsContext = createContext<Texts | null>(null);

/** Gives `useText` to the window; its value is `usePresentTexts`. */
export const TextsProvider = TextsContext.Provider;

/** The texts of the language chosen now. Once, at the top: what stands below reads them from the context, which costs nothing. */
export function usePresentTexts(): Texts {
  return textsOf(
    i18next,
    useSyncExternalStore(onLanguage, () => i18next.language),
  );
}

/** The texts of the present language. */
export function useText(): Texts {
  const texts = useContext(TextsContext);
  if (texts === null) throw new Error('useText stands outside TextsProvider');
  return texts;
}
