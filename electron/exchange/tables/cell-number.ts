/**
 * How a number of a workbook becomes text: as it was typed, never in scientific notation, dates as
 * ISO strings. The workbook stores a bare number and a format; nothing is evaluated.
 */

/** What a number format says about a cell. */
export type NumberStyle =
  | { readonly kind: 'plain' }
  | { readonly kind: 'percent' }
  /** `00000`: a number shown with leading zeros, as in postcodes. */
  | { readonly kind: 'padded'; readonly digits: number }
  | { readonly kind: 'date'; readonly parts: DateParts };

export type DateParts = 'day' | 'month' | 'year' | 'time' | 'dayAndTime';

/** Which calendar serial numbers count in: from 1900 (with its invented 29 February) or from 1904. */
export type DateSystem = 1900 | 1904;

const PLAIN: NumberStyle = { kind: 'plain' };
const DAY_MS = 86_400_000;
/** 9999-12-31 in the 1900 system. */
const LAST_SERIAL = 2_958_465;
const SERIAL_1904 = 1_462;

/** Built-in formats that are dates or times (ECMA-376 §18.8.30; 27–36 and 50–58 are the East Asian ones). */
const BUILT_IN_DATES: ReadonlyMap<number, DateParts> = new Map([
  ...[14, 15, 16, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'day'] as const),
  ...[17].map((id) => [id, 'month'] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, 'time'] as const),
  [22, 'dayAndTime'],
]);
const BUILT_IN_PERCENTS = new Set([9, 10]);

/** A format code without what it prints literally: quoted text, escaped characters, colours, locales, conditions, padding. */
function bareFormat(code: string): string {
  return code
    .replaceAll(/"[^"]*"/gu, '')
    .replaceAll(/\\./gu, '')
    .replaceAll(/[_*]./gu, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, '');
}

function dateParts(bare: string): DateParts | undefined {
  const code = bare.toLowerCase().replaceAll(/am\/pm|a\/p|上午\/下午/gu, 'h');
  if (!/[ymdhs]/u.test(code)) return undefined;
  const day = code.includes('d');
  const year = code.includes('y') || /e(?![+-])/u.test(code);
  const time = /[hs]/u.test(code);
  if (time) return day || year ? 'dayAndTime' : 'time';
  if (day) return 'day';
  if (year) return code.includes('m') ? 'month' : 'year';
  // A lone month shows too little of the date to throw the rest away.
  return 'day';
}

/** @param code the format of the workbook for `id`, when it declares one. */
export function numberStyle(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) {
    const parts = BUILT_IN_DATES.get(id);
    if (parts !== undefined) return { kind: 'date', parts };
    return BUILT_IN_PERCENTS.has(id) ? { kind: 'percent' } : PLAIN;
  }
  const positive = bareFormat(code).split(';')[0] ?? '';
  if (/general|標準|常规|@/iu.test(positive)) return PLAIN;
  if (/^0{2,}$/u.test(positive)) return { kind: 'padded', digits: positive.length };
  const parts = dateParts(positive);
  if (parts !== undefined) return { kind: 'date', parts };
  return positive.includes('%') ? { kind: 'percent' } : PLAIN;
}

/** `1.2E+17` as `120000000000000000`. Anything that is no number comes back as it is. */
export function withoutExponent(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d*))?[eE]([+-]?\d{1,3})$/u.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(1, point);
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/u, '');
  const rest = padded.slice(at).replace(/0+$/u, '');
  return `${sign}${integer}${rest === '' ? '' : `.${rest}`}`;
}

/**
 * The number as typed: spreadsheet programs hold 15 significant digits, and write 0.1 as
 * 0.10000000000000001. A whole number written in full is kept digit by digit.
 */
export function plainNumber(raw: string): string {
  const text = raw.trim();
  if (/^-?\d+$/u.test(text)) return text;
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) return text;
  const digits = text
    .replace(/[eE].*$/u, '')
    .replaceAll(/\D/gu, '')
    .replace(/^0+/u, '').length;
  return withoutExponent(
    digits > 15
      ? value
          .toPrecision(15)
          .replace(/(\.\d*?)0+(e|$)/u, '$1$2')
          .replace(/\.(e|$)/u, '$1')
      : text,
  );
}

function percentText(raw: string): string {
  const value = Number(raw);
  return Number.isFinite(value) ? `${withoutExponent(String(Number((value * 100).toPrecision(15))))}%` : raw;
}

function isoTime(seconds: number): string {
  const part = (value: number): string => String(value).padStart(2, '0');
  const text = `${part(Math.floor(seconds / 3_600))}:${part(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? text : `${text}:${part(seconds % 60)}`;
}

/**
 * A serial number as ISO text: `2026-01-05`, `2026-01`, `2026`, `08:30`, `2026-01-05T08:30`. Local
 * time of whoever typed it, hence without a zone. Undefined when it is outside the calendar.
 */
export function serialToIso(serial: number, parts: DateParts, system: DateSystem): string | undefined {
  const inSystem1900 = system === 1904 ? serial + SERIAL_1904 : serial;
  if (!Number.isFinite(serial) || serial < 0 || inSystem1900 >= LAST_SERIAL + 1) return undefined;
  const seconds = Math.round(inSystem1900 * 86_400);
  const days = Math.floor(seconds / 86_400);
  const timeOfDay = seconds % 86_400;
  if (parts === 'time') return serial < 1 ? isoTime(timeOfDay) : isoTime(Math.round(serial * 86_400));
  // Day 60 of the 1900 system is a 29 February that never was; days before it are counted from one later.
  const offset = system === 1900 && days < 60 ? 25_568 : 25_569;
  const iso = new Date((days - offset) * DAY_MS).toISOString().slice(0, 10);
  if (system === 1900 && days === 60) return '1900-02-29';
  if (parts === 'year') return iso.slice(0, 4);
  if (parts === 'month') return iso.slice(0, 7);
  return parts === 'dayAndTime' && timeOfDay !== 0 ? `${iso}T${isoTime(timeOfDay)}` : iso;
}

/** The text of a numeric cell. */
export function numberText(raw: string, style: NumberStyle, system: DateSystem): string {
  switch (style.kind) {
    case 'percent':
      return percentText(raw);
    case 'padded': {
      const plain = plainNumber(raw);
      return /^\d+$/u.test(plain) ? plain.padStart(style.digits, '0') : plain;
    }
    case 'date':
      return serialToIso(Number(raw), style.parts, system) ?? plainNumber(raw);
    default:
      return plainNumber(raw);
  }
}
