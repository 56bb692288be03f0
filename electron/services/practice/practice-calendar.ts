import { addDays, addYears } from '../../../shared/util/days.ts';
import type { Draw } from './draw.ts';

/** The time a practice archive is set in. */
export interface PracticeCalendar {
  /** The archive year; papers and dealings reach from two years before it to its end. */
  readonly year: number;
  /** The desk's day: open loans, reviews and late cards are counted from it. */
  readonly today: string;
  /** A day of one of the three years, the later ones more often; always before today. */
  dayInYears(draw: Draw): string;
  /** A day of the last `years` years up to the archive year's end, the later ones more often; always before today. */
  dayBack(draw: Draw, years: number): string;
  /** A day `least` to `most` days after another; that day itself if it would not be before today. */
  after(draw: Draw, day: string, least: number, most: number): string;
  /** An office hour of a day before today, as an instant. */
  officeInstant(draw: Draw, day: string): string;
}

/** Office hours 09:00–18:00 east of Greenwich by eight hours, in minutes of the UTC day. */
const OPENS = 60;
const CLOSES = 600;

export function practiceCalendar(year: number, today: string): PracticeCalendar {
  const first = `${year - 2}-01-01`;
  // A day that has not come yet stands a year earlier: the draws before and after it stay the same.
  const past = (day: string): string => {
    let settled = day;
    while (settled >= today) settled = addYears(settled, -1);
    return settled;
  };
  return {
    year,
    today,
    dayInYears(draw) {
      const years = draw.weighted([
        [0, 2],
        [1, 3],
        [2, 4],
      ]);
      return past(addDays(first, years * 365 + draw.below(365)));
    },
    dayBack(draw, years) {
      return past(addDays(`${year - years + 1}-01-01`, Math.floor(Math.sqrt(draw.next()) * years * 365)));
    },
    after(draw, day, least, most) {
      const later = addDays(day, draw.between(least, most));
      return later < today ? later : day;
    },
    officeInstant(draw, day) {
      const minute = draw.between(OPENS, CLOSES);
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      return `${day}T${time}:00.000Z`;
    },
  };
}

const MS_PER_MINUTE = 60_000;

/** An office hour near an instant and not after `latest`: nobody visits at night. Still the same day, or the evening before. */
export function withinOfficeHours(instant: string, latest: string): string {
  const midnight = Date.parse(`${instant.slice(0, 10)}T00:00:00.000Z`);
  const minute = (Date.parse(instant) - midnight) / MS_PER_MINUTE;
  if (minute >= OPENS && minute <= CLOSES) return instant;
  const at = (of: number) => new Date(midnight + of * MS_PER_MINUTE).toISOString();
  if (minute > CLOSES) return at(CLOSES);
  const morning = at(OPENS + 20);
  return morning < latest ? morning : at(CLOSES - 24 * 60);
}
