import { addMonths, daysBetween } from '../util/days.ts';

/** M1, M2: cards are revised in full every two months by default, and stale ones are visible. */
export const DEFAULT_REVIEW_MONTHS = 2;

export interface Staleness {
  readonly dueOn: string;
  /** Days until the review is due, negative when past. */
  readonly daysLeft: number;
  readonly stale: boolean;
}

/** When a card that was last confirmed on a day is due, and whether it is stale today. Never confirmed counts from its opening. */
export function cardStaleness(
  lastConfirmedOn: string | null,
  openedOn: string,
  today: string,
  months: number = DEFAULT_REVIEW_MONTHS,
): Staleness {
  const dueOn = addMonths(lastConfirmedOn ?? openedOn, months);
  const daysLeft = daysBetween(today, dueOn);
  return { dueOn, daysLeft, stale: daysLeft < 0 };
}

/** Age of one fact for the fading dot: 0 confirmed today, 1 at or past the review date. */
export function factAge(confirmedOn: string, today: string, months: number = DEFAULT_REVIEW_MONTHS): number {
  const whole = daysBetween(confirmedOn, addMonths(confirmedOn, months));
  if (whole <= 0) return 1;
  return Math.min(1, Math.max(0, daysBetween(confirmedOn, today) / whole));
}
