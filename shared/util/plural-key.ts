const rules = new Map<string, Intl.PluralRules>();

/**
 * The key of a text for what it counts: the form of that number (`…_one`, `…_other`) where the language has one, else the key itself.
 * `count` may have been written out for people already: `1,204`.
 */
export function pluralKey(
  has: (key: string) => boolean,
  locale: string,
  key: string,
  count: string | number | undefined,
): string {
  if (count === undefined) return key;
  const number = typeof count === 'number' ? count : Number(count.replaceAll(/\D/gu, ''));
  const known = rules.get(locale) ?? new Intl.PluralRules(locale);
  rules.set(locale, known);
  return [known.select(number), 'other'].map((form) => `${key}_${form}`).find(has) ?? key;
}
