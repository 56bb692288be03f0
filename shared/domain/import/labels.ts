import english from '../../i18n/en/fields.json' with { type: 'json' };
import simplified from '../../i18n/zh-Hans/fields.json' with { type: 'json' };
import traditional from '../../i18n/zh-Hant/fields.json' with { type: 'json' };

/** The words people use for fields and values, in all three languages, for reading tables that people made. */
const catalogues: readonly Readonly<Record<string, string>>[] = [traditional, simplified, english];

/** The texts of a message key in Traditional, Simplified, English. */
export function labelsOf(key: string): readonly string[] {
  return catalogues.flatMap((catalogue) => {
    const text = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
    return text === undefined ? [] : [text];
  });
}

// Two spellings of one word, both in daily use.
const SAME: readonly (readonly [RegExp, string])[] = [
  [/臺/gu, '台'],
  [/[賬账帐]/gu, '帳'],
  [/[聯連联连][繫系絡络]/gu, '聯絡'],
  [/身分/gu, '身份'],
  [/計畫/gu, '計劃'],
  [/註/gu, '注'],
];

/** A label as it is compared: one width, one case, no blanks, no punctuation, one spelling of common variants. */
export function foldLabel(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '');
  return SAME.reduce((result, [pattern, spelling]) => result.replace(pattern, spelling), folded);
}

/** Text without what stands in brackets: `註冊資本（萬元）` is `註冊資本`. */
export function withoutBrackets(text: string): string {
  return text.normalize('NFKC').replace(/[([{【〔「][^)\]}】〕」]*[)\]}】〕」]/gu, '');
}

/** Ways a label may be written: whole, without brackets, and its parts when it offers two words (`稅務登記號／納稅人識別號`). */
export function labelVariants(label: string): readonly string[] {
  const plain = withoutBrackets(label);
  return [...new Set([label, plain, ...plain.split(/[/／]| or /u)].map(foldLabel))].filter((variant) => variant !== '');
}
