import { addDays, daysInMonth, weekdayOf } from '../util/days.ts';

/** A month on the wall: whole weeks, Monday first. `month` as `2026-01`. */

/** True for `2026-01`. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** Days of the weeks that the month touches, seven each, from Monday to Sunday. */
export function monthGrid(month: string): readonly (readonly string[])[] {
  const first = `${month}-01`;
  const start = addDays(first, -((weekdayOf(first) + 6) % 7));
  const last = `${month}-${String(daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)))).padStart(2, '0')}`;
  const weeks: string[][] = [];
  for (let monday = start; monday <= last; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, at) => addDays(monday, at)));
  return weeks;
}

/** First and last day that the grid of a month shows. */
export function gridRange(month: string): { readonly from: string; readonly to: string } {
  const weeks = monthGrid(month);
  return { from: weeks[0]?.[0] ?? `${month}-01`, to: weeks.at(-1)?.[6] ?? `${month}-28` };
}
