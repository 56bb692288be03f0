import { dayOf, isPartialDay } from '../../util/days.ts';
import { accepted, type CellResult, refused } from './cell-result.ts';

const CHINESE_DIGITS = '〇一二三四五六七八九';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ROC_OFFSET = 1911;

/**
 * A date as people write it: `2026-01-05`, `2026/1/5`, `2026.1.5`, `20260105`, `2026年1月5日`, `民國115年1月5日`, `115.1.5`, `1150105`,
 * `二〇二六年一月五日`, `5 Jan 2026`, `Jan 5, 2026`, with or without a time of day. Years of three digits are 民國 years; two
 * digits only after 民國. `03/04/2026` is refused as ambiguous. With `partial`, a year or a month alone is accepted.
 */
export function parseDateCell(text: string, partial = false): CellResult<string> {
  const cell = arabic(text.normalize('NFKC').trim())
    .replace(/[T\s]\d{1,2}:\d{2}.*$/u, '')
    .replace(/\s+/gu, ' ');
  const republic = /^(民國|民国|roc|r\.o\.c\.?)\s*/iu.exec(cell);
  const rest = republic === null ? cell : cell.slice(republic[0].length);
  const found = republic === null ? parsePlain(rest, partial) : parseParts(rest, partial, true);
  if (found === 'ambiguous') return refused('dateAmbiguous', text);
  return found === undefined ? refused('date', text) : accepted(found);
}

function parsePlain(cell: string, partial: boolean): string | 'ambiguous' | undefined {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(cell) ?? /^([01]\d{2})(\d{2})(\d{2})$/.exec(cell);
  if (compact !== null) return dayOf(yearOf(compact[1] ?? '', false), Number(compact[2]), Number(compact[3]));
  return parseEnglish(cell) ?? parseYearLast(cell) ?? parseParts(cell, partial, false);
}

function parseParts(cell: string, partial: boolean, republic: boolean): string | 'ambiguous' | undefined {
  const match = /^(\d{1,4}|元)\s?(?:年|[-/.])\s?(?:(\d{1,2})\s?(?:月|[-/.]|$)\s?(?:(\d{1,2})\s?[日號号]?)?)?$/u.exec(
    cell,
  );
  const bare = /^(\d{1,4})$/.exec(cell);
  const [yearText, month, day] = match === null ? [bare?.[1]] : [match[1], match[2], match[3]];
  if (yearText === undefined) return undefined;
  // `98/1/5` is 民國 98 to some and 1998 to others.
  if (!republic && yearText.length < 3) return 'ambiguous';
  const year = yearOf(yearText, republic);
  if (month !== undefined && day !== undefined) return dayOf(year, Number(month), Number(day));
  if (!partial) return undefined;
  const shortened = month === undefined ? pad(year, 4) : `${pad(year, 4)}-${pad(Number(month), 2)}`;
  return isPartialDay(shortened) ? shortened : undefined;
}

function parseEnglish(cell: string): string | undefined {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})$/iu.exec(cell);
  if (dayFirst !== null) return dayOf(Number(dayFirst[3]), monthOf(dayFirst[2]), Number(dayFirst[1]));
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/iu.exec(cell);
  return monthFirst === null ? undefined : dayOf(Number(monthFirst[3]), monthOf(monthFirst[1]), Number(monthFirst[2]));
}

/** `13/1/2026` can only be read one way; `3/4/2026` can be read two ways. */
function parseYearLast(cell: string): string | 'ambiguous' | undefined {
  const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/u.exec(cell);
  if (match === null) return undefined;
  const [first, second, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (first <= 12 && second <= 12 && first !== second) return 'ambiguous';
  return first > 12 ? dayOf(year, second, first) : dayOf(year, first, second);
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

function yearOf(text: string, republic: boolean): number {
  if (text === '元') return 1 + ROC_OFFSET;
  return republic || text.length === 3 ? Number(text) + ROC_OFFSET : Number(text);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** `二〇二六年十一月二十五日`, `兩點三十五分` in Arabic digits; other text unchanged. */
export function arabic(text: string): string {
  if (!/[〇零○一二兩两三四五六七八九十]/u.test(text)) return text;
  return text
    .replace(/[零○]/gu, '〇')
    .replace(/[兩两]/gu, '二')
    .replace(/([二三四五]?)十([一二三四五六七八九]?)/gu, (_all, tens: string, ones: string) =>
      String((tens === '' ? 1 : CHINESE_DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : CHINESE_DIGITS.indexOf(ones))),
    )
    .replace(/[〇一二三四五六七八九]/gu, (digit) => String(CHINESE_DIGITS.indexOf(digit)));
}
