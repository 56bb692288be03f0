/** Whole hours between the visit and the filling in of its card (C4); null where the card knows of no visit. */
export function hoursAfterVisit(visitedAt: string | null, filledAt: string): number | null {
  if (visitedAt === null) return null;
  return Math.max(0, Math.round((Date.parse(filledAt) - Date.parse(visitedAt)) / 3_600_000));
}
