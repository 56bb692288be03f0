import type { Locale } from '../../shared/contract/host.ts';
import { groupDigits } from '../../shared/util/group-digits.ts';
import { useCalendar } from '../state/calendar.ts';
import { useText } from './use-text.ts';

/** Dates, numbers and money in the words of a language. Days are `2026-01-05`, instants are UTC with milliseconds. */
export interface Formats {
  /** `2026-11-23` for a day, an instant or a partial date (`2026`, `2026-11`); by the ROC calendar `115-11-23` when the archive is set so. Empty text for null. */
  day(value: string | null | undefined): string;
  /** `2026-11-23 14:05`, in local time. */
  instant(value: string | null | undefined): string;
  /** Long form for sentences: 2026年11月23日, 民國115年11月23日, 23 November 2026. */
  longDay(value: string): string;
  /** A month `2026-11` as a heading: 2026年11月, November 2026. */
  month(value: string): string;
  /** The weekday of a day: `short` 週五, Fri · `narrow` for the head of a calendar: 五, F. */
  weekday(value: string, style: 'long' | 'short' | 'narrow'): string;
  /** `14:05`, in local time. */
  time(value: string | Date): string;
  /** `3 天前`, `in 2 hours`: seen from `now`. */
  relative(value: string, now: Date): string;
  number(value: number): string;
  /** With exactly so many decimals, so that figures stand below each other. */
  decimal(value: number, digits: 1 | 2): string;
  percent(value: number): string;
  /** A decimal string with its currency; the decimals are shown as they stand, never rounded. */
  money(amount: string, currency: string): string;
  /** `1.4 MB` */
  bytes(value: number): string;
  /** `2 分 05 秒` for seconds. */
  duration(seconds: number): string;
}

const ROC_YEAR_OFFSET = 1911;

function localDay(value: string): string {
  if (!value.includes('T')) return value;
  const date = new Date(value);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** `2026-11-23` → `115-11-23`; years before 1912 stay as they are. */
export function toRocDay(day: string): string {
  const [year = '', ...rest] = day.split('-');
  const rocYear = Number(year) - ROC_YEAR_OFFSET;
  return rocYear >= 1 ? [String(rocYear), ...rest].join('-') : day;
}

const RELATIVE_STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const made = new Map<string, Formats>();

/** Formats of a language; `roc` writes years of the Republic (民國). Made once for each: Intl's formats are dear, and every field wants them. */
export function formatsOf(locale: Locale, roc: boolean): Formats {
  const key = `${locale} ${roc}`;
  const known = made.get(key) ?? makeFormats(locale, roc);
  made.set(key, known);
  return known;
}

function makeFormats(locale: Locale, roc: boolean): Formats {
  const numbers = new Intl.NumberFormat(locale);
  const decimals = ([1, 2] as const).map(
    (digits) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const longDate = new Intl.DateTimeFormat(roc && locale !== 'en' ? `${locale}-u-ca-roc` : locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const months = new Intl.DateTimeFormat(roc && locale !== 'en' ? `${locale}-u-ca-roc` : locale, {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  const weekdays = new Map<string, Intl.DateTimeFormat>();
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const day = (value: string | null | undefined): string => {
    if (value === null || value === undefined || value === '') return '';
    const plain = localDay(value);
    return roc ? toRocDay(plain) : plain;
  };
  const time = (value: string | Date): string => clock.format(new Date(value));
  return {
    day,
    time,
    instant: (value) => (value === null || value === undefined || value === '' ? '' : `${day(value)} ${time(value)}`),
    longDay: (value) => longDate.format(new Date(`${localDay(value).slice(0, 10)}T00:00:00Z`)),
    month: (value) => months.format(new Date(`${value.slice(0, 7)}-01T00:00:00Z`)),
    weekday: (value, style) => {
      const format = weekdays.get(style) ?? new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' });
      weekdays.set(style, format);
      return format.format(new Date(`${value.slice(0, 10)}T00:00:00Z`));
    },
    relative: (value, now) => {
      const seconds = (new Date(value).getTime() - now.getTime()) / 1000;
      for (const [unit, length] of RELATIVE_STEPS)
        if (Math.abs(seconds) >= length) return relative.format(Math.round(seconds / length), unit);
      return relative.format(0, 'minute');
    },
    number: (value) => numbers.format(value),
    decimal: (value, digits) => decimals[digits - 1]?.format(value) ?? '',
    percent: (value) => `${numbers.format(value)}%`,
    money: (amount, currency) => (amount === '' ? '' : `${currency} ${groupDigits(amount)}`),
    bytes: (value) => {
      if (value < 1_000) return `${value} B`;
      if (value < 1_000_000) return `${numbers.format(Math.round(value / 1_000))} kB`;
      return `${numbers.format(Math.round(value / 100_000) / 10)} MB`;
    },
    duration: (seconds) => {
      const minutes = Math.floor(seconds / 60);
      const rest = String(Math.floor(seconds % 60)).padStart(2, '0');
      return `${minutes}:${rest}`;
    },
  };
}

/** Formats of the present language and the archive's calendar. */
export function useFormats(): Formats {
  const { locale } = useText();
  const roc = useCalendar((state) => state.roc);
  return formatsOf(locale, roc);
}
