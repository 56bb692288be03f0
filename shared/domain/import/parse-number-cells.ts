import type { Money } from '../forms/field.ts';
import { accepted, type CellResult, refused } from './cell-result.ts';
import { readChineseNumeral } from './chinese-numerals.ts';
import { currencyIn, UNIT_SHIFTS } from './units.ts';

/** What the table says about its numbers: see `headingUnit`. */
export interface MoneyContext {
  readonly currency?: string;
  /** Decimal places to shift to the right: 4 under `（萬元）`. */
  readonly shift?: number;
}

/**
 * An amount as people write it: `1,234.50`, `￥1200`, `NT$ 3,000`, `500萬元`, `1.2億`, `USD 1000`, `(300)`, `伍佰萬元整`. The currency is the one
 * written, else the heading's, else `fallback`. A unit in the cell wins over the heading's.
 */
export function parseMoneyCell(text: string, context: MoneyContext = {}, fallback = 'CNY'): CellResult<Money> {
  const cell = text.normalize('NFKC').trim();
  const currency = currencyIn(cell) ?? context.currency ?? fallback;
  const figures = cell
    .replace(
      /新?[台臺][幣币]|人民[幣币]|美[金元]|港[幣币元]|歐元|欧元|日[圓元円]|英[鎊镑]|NT\$|US\$|HK\$|CN¥|[¥$€£円]/giu,
      '',
    )
    .replace(/\b(TWD|NTD|RMB|CNY|USD|HKD|JPY|EUR|GBP)\b/giu, '');
  // As on licences and cheques.
  const written = readChineseNumeral(figures.replace(/[元圓圆塊块]?整?\s*$/u, '').trim());
  if (written !== undefined) {
    const places = /[萬万億亿]/u.test(figures) ? 0 : (context.shift ?? 0);
    return accepted({ amount: shiftDecimal(String(written), places), currency });
  }
  const unit = UNIT_SHIFTS.find(([pattern]) => pattern.test(cell));
  const shift = unit?.[1] ?? context.shift ?? 0;
  const bare = figures
    .replace(/億|亿|千萬|千万|百萬|百万|萬|万|千|million|thousand|\bmn\b/iu, '')
    .replace(/[元圓圆塊块整]/gu, '');
  const amount = decimalOf(bare);
  if (amount === undefined) return refused('money', text);
  return accepted({ amount: shiftDecimal(amount, shift), currency });
}

/** A number with or without grouping commas, blanks and a unit sign: `1,200`, `1 200.5`, `300 ㎡`. */
export function parseNumberCell(text: string): CellResult<number> {
  const cell = text.normalize('NFKC').replace(/(m2|m²|平方米|平方公尺|坪|人|名|位|天|日|days?|people|元)\s*$/iu, '');
  const amount = decimalOf(cell);
  return amount === undefined ? refused('number', text) : accepted(Number(amount));
}

/** A whole number; `12.0` counts as one. */
export function parseIntegerCell(text: string): CellResult<number> {
  const result = parseNumberCell(text);
  if (!result.ok || !Number.isSafeInteger(result.value)) return refused('integer', text);
  return result;
}

/** `35%`, `35 %`, `35`, `0.35%`; a number without the sign is taken as percent. */
export function parsePercentCell(text: string): CellResult<number> {
  const amount = decimalOf(text.normalize('NFKC').replace(/%\s*$/u, ''));
  return amount === undefined ? refused('percent', text) : accepted(Number(amount));
}

/** The canonical decimal of a written number, or undefined. `(300)` and `-300` are negative. */
function decimalOf(text: string): string | undefined {
  const trimmed = text.trim();
  const negative = /^\(.*\)$/u.test(trimmed);
  const inner = (negative ? trimmed.slice(1, -1) : trimmed).replace(/(\d)[ ,'](?=\d{3}(\D|$))/gu, '$1').trim();
  const plain = /^([+-]?)\s*(\d{1,18})(?:\.(\d{0,15}))?$/u.exec(inner);
  if (plain === null) return undefined;
  const whole = (plain[2] ?? '').replace(/^0+(?=\d)/u, '');
  const fraction = (plain[3] ?? '').replace(/0+$/u, '');
  const digits = fraction === '' ? whole : `${whole}.${fraction}`;
  const minus = (plain[1] === '-') !== negative && digits !== '0';
  return minus ? `-${digits}` : digits;
}

/** Moves the decimal point to the right without arithmetic, so that no digit is lost. Keeps four decimal places at most. */
function shiftDecimal(amount: string, places: number): string {
  const negative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? amount.slice(1) : amount).split('.');
  const digits = fraction.padEnd(places, '0');
  const shifted = (whole + digits.slice(0, places)).replace(/^0+(?=\d)/u, '');
  const rest = digits.slice(places, places + 4).replace(/0+$/u, '');
  const result = rest === '' ? shifted : `${shifted}.${rest}`;
  return negative && result !== '0' ? `-${result}` : result;
}
