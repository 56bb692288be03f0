import type { FontChain } from './fonts.ts';
import { replaceMissing } from './glyph-coverage.ts';
import type { PageProfile, PrintCommon, PrintLanguage } from './print-data.ts';
import { PRINT_LABELS } from './print-labels.ts';
import type { MissingGlyph } from './print-results.ts';

/** What every template finds in its data besides the form's own. */
export interface DocumentData {
  readonly labels: Readonly<Record<string, string>>;
  readonly fonts: readonly string[];
  readonly lang: string;
  readonly region: string | null;
  readonly profile: PageProfile;
  readonly printedAtText: string;
  readonly hasMissing: boolean;
}

/** Language tags of the text, so that punctuation and line ends follow the place (and the PDF says its language). */
const LOCALES: Readonly<Record<PrintLanguage, { readonly lang: string; readonly region: string | null }>> = {
  'zh-Hant': { lang: 'zh', region: 'TW' },
  'zh-Hans': { lang: 'zh', region: 'CN' },
  en: { lang: 'en', region: null },
};

/** The form's data ready for its template: characters that cannot be set are marked, labels and settings added. */
export function documentData<T extends PrintCommon>(
  form: T,
  fonts: FontChain,
): { data: T & DocumentData; missing: readonly MissingGlyph[] } {
  const { data, missing } = replaceMissing(form, fonts.covers);
  const families = [...fonts.families];
  return {
    data: {
      ...data,
      labels: PRINT_LABELS[form.language],
      // Shapes differ between the scripts: Simplified text is set in the Simplified font first.
      fonts:
        form.language === 'zh-Hans'
          ? families.sort((a, b) => Number(b.endsWith(' SC')) - Number(a.endsWith(' SC')))
          : families,
      ...LOCALES[form.language],
      profile: form.profile ?? (form.language === 'zh-Hans' ? 'mainland' : 'taiwan'),
      printedAtText: utcText(form.printedAt),
      hasMissing: missing.length > 0,
    },
    missing,
  };
}

/** `2026-01-05T08:00:00.000Z` → `2026-01-05 08:00:00 UTC` */
export function utcText(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A label with its values filled in, for texts that are not set in a template. */
export function labelText(
  language: PrintLanguage,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const text = PRINT_LABELS[language][`print.${key}`] ?? key;
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
