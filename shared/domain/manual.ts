/**
 * The manual of the archive's protection, in the order of reading: which chapters there are and how many points each has. Words:
 * `manual.<chapter>.title`, `manual.<chapter>.<n>` in shared/i18n (manual.json). Screen and paper read the same.
 */
export const MANUAL = [
  { chapter: 'protects', points: 6 },
  { chapter: 'limits', points: 9 },
  { chapter: 'daily', points: 3 },
  { chapter: 'weekly', points: 3 },
  { chapter: 'monthly', points: 3 },
  { chapter: 'trouble', points: 4 },
  { chapter: 'supervisorWeekly', points: 2 },
  { chapter: 'supervisorMonthly', points: 3 },
  { chapter: 'agreeing', points: 3 },
] as const;

/** Keys of the words of a chapter. */
export function manualKeys({ chapter, points }: (typeof MANUAL)[number]): {
  readonly title: string;
  readonly points: string[];
} {
  return {
    title: `manual.${chapter}.title`,
    points: Array.from({ length: points }, (_, index) => `manual.${chapter}.${index + 1}`),
  };
}
