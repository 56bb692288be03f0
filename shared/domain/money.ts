/** Money as integers in minor units (cents, 分) of a currency, and the decimals people write. */

/** ISO 4217 currencies whose minor unit is not a hundredth. */
const DECIMALS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** The currencies whose minor unit is not a hundredth, by their decimal places: for what counts in a query. */
export const CURRENCIES_BY_DECIMALS: readonly { readonly decimals: number; readonly codes: readonly string[] }[] = [
  ...new Set(Object.values(DECIMALS)),
].map((decimals) => ({ decimals, codes: Object.keys(DECIMALS).filter((code) => DECIMALS[code] === decimals) }));

/** Decimal places of a currency's minor unit: 2 for CNY and TWD, 0 for JPY. */
export function currencyDecimals(currency: string): number {
  return DECIMALS[currency] ?? 2;
}

/**
 * Minor units of a written decimal (`1234.5` CNY → 123450). Undefined for what is no decimal, has more places than the currency, or is
 * larger than an integer holds exactly.
 */
export function toMinor(amount: string, currency: string): number | undefined {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,10}))?$/.exec(amount);
  if (match === null) return undefined;
  const places = currencyDecimals(currency);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > places) return undefined;
  const minor = Number(`${match[2] ?? '0'}${fraction.padEnd(places, '0')}`);
  if (!Number.isSafeInteger(minor)) return undefined;
  return match[1] === '-' && minor !== 0 ? -minor : minor;
}

/** The decimal of an amount in minor units, with all places of its currency: 123450 CNY → `1234.50`. */
export function fromMinor(minor: number, currency: string): string {
  const places = currencyDecimals(currency);
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return minor < 0 ? `-${text}` : text;
}

/** Unit prices are finer than money: ten-thousandths of a whole currency unit. */
export const PRICE_STEPS = 10_000;
/** Quantities are kept in thousandths of their unit. */
export const QUANTITY_STEPS = 1_000;

/**
 * Quantity times unit price in minor units, rounded half away from zero.
 * @param quantity thousandths · @param unitPrice ten-thousandths of a whole currency unit
 */
export function lineAmount(quantity: number, unitPrice: number, currency: string): number {
  const scale = BigInt(QUANTITY_STEPS * PRICE_STEPS);
  const product = BigInt(quantity) * BigInt(unitPrice) * 10n ** BigInt(currencyDecimals(currency));
  const negative = product < 0n;
  const size = negative ? -product : product;
  const rounded = Number((size * 2n + scale) / (scale * 2n));
  return negative && rounded !== 0 ? -rounded : rounded;
}

/** A rate in millionths applied to an amount: the amount in the other currency's minor units, rounded half away from zero. */
export function convertMinor(minor: number, from: string, to: string, rateMillionths: number): number {
  const up = BigInt(minor) * BigInt(rateMillionths) * 10n ** BigInt(currencyDecimals(to));
  const down = 1_000_000n * 10n ** BigInt(currencyDecimals(from));
  const negative = up < 0n;
  const size = negative ? -up : up;
  const rounded = Number((size * 2n + down) / (down * 2n));
  return negative && rounded !== 0 ? -rounded : rounded;
}
