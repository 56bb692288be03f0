import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../../shared/contract/host.ts';

/** Looks a text up by its flat key: `t('screen.today')`, `t('today.daysOverdue', { count: 3 })`. */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export interface Texts {
  readonly t: Translate;
  readonly locale: Locale;
  /** True when the catalogues have this key: for keys made from data. */
  has(key: string): boolean;
}

/** The texts of the present language. */
export function useText(): Texts {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(
    () => ({
      t: (key, params) => i18n.t(key, { ...params, lng: language }),
      locale: language as Locale,
      has: (key) => i18n.exists(key, { lng: language }),
    }),
    [i18n, language],
  );
}
