/**
 * Days and instants as text: `2026-01-05`, `2026-01-05T08:00:00.000Z`. A day has no time zone: it is the day
 * on the desk's calendar. All arithmetic is done in UTC so that no summer time can move a day.
 */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const PARTIAL = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const MS_PER_DAY = 86_400_000;

/** True for a calendar day `YYYY-MM-DD` that exists. */
export function isDay(text: string): boolean {
  const match = DAY.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** True for a year, a month or a day: `2026`, `2026-01`, `2026-01-05`. */
export function isPartialDay(text: string): boolean {
  if (!PARTIAL.test(text)) return false;
  return isDay(`${text}-01-01`.slice(0, 10));
}

/** Number of days of a month (1–12). */
export function daysInMonth(year: number, month: number): number {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** The day from its parts, or undefined if there is no such day. */
export function dayOf(year: number, month: number, day: number): string | undefined {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
}

/** The day `days` later (earlier if negative). The input must be a valid day. */
export function addDays(day: string, days: number): string {
  return new Date(toMs(day) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The same day `months` later; the last day of the month where that day does not exist. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = partsOf(day);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = (index % 12) + 1;
  return dayOf(targetYear, targetMonth, Math.min(date, daysInMonth(targetYear, targetMonth))) ?? day;
}

/** The same day `years` later (29 February becomes the 28th where needed). */
export function addYears(day: string, years: number): string {
  return addMonths(day, years * 12);
}

/** Whole days from `from` to `to`; negative if `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((toMs(to) - toMs(from)) / MS_PER_DAY);
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: string): number {
  return new Date(toMs(day)).getUTCDay();
}

/** Year of a day or partial date. */
export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** The desk's day of an instant; `offsetMinutes` east of UTC (Taipei and Beijing: 480). */
export function dayOfInstant(instant: string, offsetMinutes: number): string {
  return new Date(Date.parse(instant) + offsetMinutes * 60_000).toISOString().slice(0, 10);
}

/** True for a time of day, `00:00` to `23:59`. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** The instant of a time of day (`18:00`) on the desk's calendar; `offsetMinutes` east of UTC. */
export function instantAt(day: string, time: string, offsetMinutes: number): string {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) - offsetMinutes;
  return new Date(toMs(day) + minutes * 60_000).toISOString();
}

/** The time of day of an instant on the desk's clock, `HH:MM`. */
export function timeOfInstant(instant: string, offsetMinutes: number): string {
  return new Date(Date.parse(instant) + offsetMinutes * 60_000).toISOString().slice(11, 16);
}

/** Every day from `from` to `to`, both included; empty if `to` is earlier. */
export function daysFromTo(from: string, to: string): readonly string[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) => addDays(from, index));
}

/** True for an instant in the one stored form, `2026-01-05T08:00:00.000Z`. */
export function isInstant(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/.test(text) && isDay(text.slice(0, 10));
}

function partsOf(day: string): [number, number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

function toMs(day: string): number {
  const [year, month, date] = partsOf(day);
  // Date.UTC reads years below 100 as 19xx; setUTCFullYear does not.
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, date);
  return instant.getTime();
}
