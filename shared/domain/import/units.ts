/** Units of large numbers in Chinese and English, the longer ones first, with the decimal places they stand for. */
export const UNIT_SHIFTS: readonly (readonly [RegExp, number])[] = [
  [/億|亿/u, 8],
  [/千萬|千万/u, 7],
  [/百萬|百万|million|\bmn\b/iu, 6],
  [/萬|万/u, 4],
  [/千|thousand/iu, 3],
];

/** What a heading says about the numbers below it: `註冊資本（萬元）` shifts by 4 decimal places, `Revenue (USD million)` by 6. */
export function headingUnit(text: string): { readonly shift: number; readonly currency?: string } {
  const inside =
    /[([（【](.*)[)\]）】]/u.exec(text)?.[1] ??
    text
      .split(/[:：/／]/u)
      .slice(1)
      .join(' ');
  const shift = UNIT_SHIFTS.find(([pattern]) => pattern.test(inside))?.[1] ?? 0;
  const currency = currencyIn(inside);
  return currency === undefined ? { shift } : { shift, currency };
}

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/新[台臺][幣币]|[台臺][幣币]|NT\$|NTD|TWD/iu, 'TWD'],
  [/港[幣币元]|HK\$|HKD/iu, 'HKD'],
  [/美[金元]|US\$|USD/iu, 'USD'],
  [/日[圓元円]|JPY|円/iu, 'JPY'],
  [/欧元|歐元|EUR|€/iu, 'EUR'],
  [/英[鎊镑]|GBP|£/iu, 'GBP'],
  [/人民[幣币]|RMB|CNY|CN¥/iu, 'CNY'],
];

/** The currency named in a text (人民幣, NT$, USD …), if one is. A bare ¥ or $ names none. */
export function currencyIn(text: string): string | undefined {
  return CURRENCIES.find(([pattern]) => pattern.test(text.normalize('NFKC')))?.[1];
}
