import { addDays, dayOfInstant } from '../../shared/util/days.ts';
import type { Clock } from '../platform/clock.ts';

/** The day on the desk's calendar. */
export function todayOf(clock: Clock): string {
  return dayOf(clock.now());
}

/** The desk's day of an instant. */
export function dayOf(instant: Date): string {
  return dayOfInstant(instant.toISOString(), -instant.getTimezoneOffset());
}

/** The time of day of an instant on the desk's clock, `HH:MM`. */
export function timeOf(instant: Date): string {
  return [instant.getHours(), instant.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Days, both included, as instants: at `since` or later, before `until`. */
export function instantsOf(days: { readonly from?: string | undefined; readonly to?: string | undefined }): {
  readonly since: string | undefined;
  readonly until: string | undefined;
} {
  const startOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString();
  return {
    since: days.from === undefined ? undefined : startOf(days.from),
    until: days.to === undefined ? undefined : startOf(addDays(days.to, 1)),
  };
}

/** Minutes east of UTC on the desk's clock, on a day. */
export function offsetOn(day: string): number {
  return -new Date(`${day}T12:00:00`).getTimezoneOffset();
}
