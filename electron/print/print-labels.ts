import en from '../../shared/i18n/en/print.json' with { type: 'json' };
import zhHans from '../../shared/i18n/zh-Hans/print.json' with { type: 'json' };
import zhHant from '../../shared/i18n/zh-Hant/print.json' with { type: 'json' };
import type { PrintLanguage } from './print-data.ts';

/** Fixed words of all forms, by key; `{{name}}` stands for a value. */
export const PRINT_LABELS: Readonly<Record<PrintLanguage, Readonly<Record<string, string>>>> = {
  'zh-Hant': zhHant,
  'zh-Hans': zhHans,
  en,
};
