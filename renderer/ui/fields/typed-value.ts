import { INDEFINITE, type Money } from '../../../shared/domain/forms/field.ts';
import { dayOf, isPartialDay } from '../../../shared/util/days.ts';

/** What people type for dates and figures, made into the stored form. `undefined`: not understood, the field says so and keeps the text. */

const INDEFINITE_WORDS = new Set(['長期', '长期', '永久', 'indefinite', 'unlimited', 'long-term']);

function plain(text: string): string {
  return text.normalize('NFKC').trim();
}

/**
 * `2026-1-5`, `2026/01/05`, `2026.1.5`, `20260105`, `2026年1月5日`, `民國115年1月5日`; with `partial` also a year or a
 * month; with `indefinite` also 長期. Empty text is null.
 */
export function parseTypedDate(
  text: string,
  allow: { readonly partial?: boolean; readonly indefinite?: boolean } = {},
): string | null | undefined {
  const typed = plain(text);
  if (typed === '') return null;
  if (allow.indefinite === true && INDEFINITE_WORDS.has(typed.toLowerCase())) return INDEFINITE;
  const roc = /^民[國国]\s*(\d{1,3})/u.exec(typed);
  const western = roc === null ? typed : typed.replace(/^民[國国]\s*\d{1,3}/u, String(1911 + Number(roc[1])));
  const packed = /^(\d{4})(\d{2})(\d{2})$/u.exec(western);
  const parts = packed === null ? western.split(/[-/.年月日\s]+/u).filter((part) => part !== '') : packed.slice(1);
  if (parts.length === 0 || parts.some((part) => !/^\d{1,4}$/u.test(part))) return undefined;
  const [year, month, day] = parts.map(Number);
  if (year === undefined || year < 1000) return undefined;
  if (month !== undefined && day !== undefined) return parts.length === 3 ? dayOf(year, month, day) : undefined;
  if (allow.partial !== true) return undefined;
  const partial = month === undefined ? String(year) : `${year}-${String(month).padStart(2, '0')}`;
  return isPartialDay(partial) ? partial : undefined;
}

/** A number as typed: full-width digits, grouping commas and a percent sign are understood. Empty text is null. */
export function parseTypedNumber(text: string, whole: boolean): number | null | undefined {
  const typed = plain(text).replace(/[,\s%]/gu, '');
  if (typed === '') return null;
  if (!/^-?\d+(\.\d+)?$/u.test(typed)) return undefined;
  const value = Number(typed);
  if (whole && !Number.isSafeInteger(value)) return undefined;
  return value;
}

/** An amount as decimal text without grouping; 萬 and 億 multiply. Empty text is null. */
export function parseTypedMoney(text: string, currency: string): Money | null | undefined {
  const typed = plain(text).replace(/[,\s]/gu, '');
  if (typed === '') return null;
  const match = /^(-?\d+)(?:\.(\d+))?([萬万億亿])?$/u.exec(typed);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', unit] = match;
  const shift = unit === undefined ? 0 : '萬万'.includes(unit) ? 4 : 8;
  const digits = fraction.padEnd(shift, '0');
  const integer = `${whole}${digits.slice(0, shift)}`.replace(/^(-?)0+(?=\d)/u, '$1');
  const rest = digits.slice(shift);
  return { amount: rest === '' ? integer : `${integer}.${rest}`, currency };
}

/** Day and minute of an instant in the machine's own zone, `2026-01-05 14:05`. */
export function toLocalMinute(instant: string): string {
  const date = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/**
 * The instant of a typed day and time: `2026-1-5 14:05`, `20260105 1405`, `1月5日` is not enough. A time alone, `14:05`, is of
 * the day `today`. Empty text is null, what is not understood undefined.
 */
export function parseTypedMinute(text: string, today: string): string | null | undefined {
  const typed = plain(text)
    .replace(/[時时點点]/gu, ':')
    .replace(/[分]/gu, '');
  if (typed === '') return null;
  const match = /^(?:(.*?)[\sT]+)?(\d{1,2}):?(\d{2})$/u.exec(typed);
  if (match === null) return undefined;
  const day = match[1] === undefined ? today : parseTypedDate(match[1]);
  const [hour, minute] = [Number(match[2]), Number(match[3])];
  if (typeof day !== 'string' || hour > 23 || minute > 59) return undefined;
  return new Date(
    Number(day.slice(0, 4)),
    Number(day.slice(5, 7)) - 1,
    Number(day.slice(8)),
    hour,
    minute,
  ).toISOString();
}
