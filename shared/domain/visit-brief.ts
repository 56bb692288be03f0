/** C8: the card is read before the visit. A brief counts for a visit when it was taken at most so many days before it. */
export const BRIEF_VALID_DAYS = 7;

/** True if a brief taken at one instant was read for a visit at another (both ISO UTC). */
export function briefCovers(takenAt: string, visitedAt: string, days: number = BRIEF_VALID_DAYS): boolean {
  const passed = Date.parse(visitedAt) - Date.parse(takenAt);
  return passed >= 0 && passed <= days * 86_400_000;
}

const CODE = /^(?:FW|RB)[-:·.]?([\p{L}\d_/-]+)$/u;

/**
 * The customer's number in what a scanner or a person types from a paper form: `FW-E000001` as in its code, or the number alone. Width,
 * case and blanks do not matter.
 */
export function customerOfVisitCode(typed: string): string {
  const text = typed.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
  return CODE.exec(text)?.[1] ?? text;
}

/** What the code on a blank form for the road holds (V4). */
export const visitCode = (customerNumber: string): string => `FW-${customerNumber}`;
