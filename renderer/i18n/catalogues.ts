import type { Locale } from '../../shared/contract/host.ts';

/** Every text of the desk in one language, by its key. */
type Catalogue = Readonly<Record<string, string>>;

/** One language is loaded at the start, another when it is chosen. */
const CATALOGUES: Readonly<Record<Locale, () => Promise<{ readonly texts: Catalogue }>>> = {
  'zh-Hant': () => import('./texts-zh-hant.ts'),
  'zh-Hans': () => import('./texts-zh-hans.ts'),
  en: () => import('./texts-en.ts'),
};

/** Reads the texts of a language; once, however often they are asked for. */
export async function readTexts(locale: Locale): Promise<Catalogue> {
  return (await CATALOGUES[locale]()).texts;
}
