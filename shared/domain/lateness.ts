/** C4: a card is filled in immediately after the visit. All instants ISO UTC; hours as a number. */
export const DEFAULT_CARD_LIMIT_HOURS = 24;
const MS_PER_HOUR = 3_600_000;

export type Lateness =
  /** Updated within the limit. */
  | { readonly state: 'onTime'; readonly hours: number }
  /** Updated, but after the limit; `hours` past it. */
  | { readonly state: 'late'; readonly hours: number }
  /** Not yet updated; `hours` left. */
  | { readonly state: 'pending'; readonly hours: number }
  /** Not yet updated and past the limit; `hours` past it. */
  | { readonly state: 'overdue'; readonly hours: number };

/** How late a card is for a visit. An update before the visit's end does not count: it cannot hold what the visit brought. */
export function cardLateness(
  visitEndedAt: string,
  updatedAt: string | null,
  now: string,
  limitHours: number = DEFAULT_CARD_LIMIT_HOURS,
): Lateness {
  const end = Date.parse(visitEndedAt);
  const updated = updatedAt === null ? Number.NaN : Date.parse(updatedAt);
  if (updated >= end) {
    const taken = (updated - end) / MS_PER_HOUR;
    return taken <= limitHours ? { state: 'onTime', hours: taken } : { state: 'late', hours: taken - limitHours };
  }
  const passed = (Date.parse(now) - end) / MS_PER_HOUR;
  return passed <= limitHours
    ? { state: 'pending', hours: limitHours - Math.max(0, passed) }
    : { state: 'overdue', hours: passed - limitHours };
}

/** V1: is a daily report late? `handedInAt` null means not yet. `dueAt` is the set hour of its day. */
export function dailyReportState(
  dueAt: string,
  handedInAt: string | null,
  now: string,
): 'handedIn' | 'late' | 'open' | 'missing' {
  if (handedInAt !== null) return Date.parse(handedInAt) <= Date.parse(dueAt) ? 'handedIn' : 'late';
  return Date.parse(now) <= Date.parse(dueAt) ? 'open' : 'missing';
}
