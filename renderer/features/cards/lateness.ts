import { cardLateness } from '../../../shared/domain/lateness.ts';

/** Whole hours between the visit and the filling in of its card (C4); null where the card knows of no visit. */
export function hoursAfterVisit(visitedAt: string | null, filledAt: string): number | null {
  if (visitedAt === null) return null;
  return Math.max(0, Math.round((Date.parse(filledAt) - Date.parse(visitedAt)) / 3_600_000));
}

/** Hours past the limit for a card that nobody has filled in since its last visit (C4); null while there is time, or none is due. */
export function hoursUnfilled(
  card: { readonly visitedAt: string | null; readonly updatedAt: string },
  limitHours: number,
): number | null {
  if (card.visitedAt === null) return null;
  const lateness = cardLateness(card.visitedAt, card.updatedAt, new Date().toISOString(), limitHours);
  return lateness.state === 'overdue' ? Math.max(1, Math.round(lateness.hours)) : null;
}
