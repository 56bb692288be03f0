import { dayOfInstant } from '../../shared/util/days.ts';
import type { Clock } from '../platform/clock.ts';

/** The day on the desk's calendar. */
export function todayOf(clock: Clock): string {
  return dayOf(clock.now());
}

/** The desk's day of an instant. */
export function dayOf(instant: Date): string {
  return dayOfInstant(instant.toISOString(), -instant.getTimezoneOffset());
}

/** Minutes east of UTC on the desk's clock, on a day. */
export function offsetOn(day: string): number {
  return -new Date(`${day}T12:00:00`).getTimezoneOffset();
}
