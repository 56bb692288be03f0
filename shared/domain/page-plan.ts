import type { PageChoice } from './scan-pages.ts';

/** A scan as a plan of pages needs it. */
export interface PlannedScan {
  readonly id: string;
  readonly pages: number;
}

/** A page with its number from 1 over all scans that are laid behind each other, and its turn. */
const STEP = /^(\d{1,5})(?:-(\d{1,5}))?(?:@(0|90|180|270))?$/u;

/**
 * A plan of pages as it is typed: `1-3,5@90|4` — pages 1 to 3 and 5 turned by 90°, then page 4 as a scan of its own; what is not named is left
 * out. Pages count through all scans laid behind each other; `3-1` goes backwards.
 * @returns undefined when it cannot be read or names a page that is not there
 */
export function readPagePlan(plan: string, scans: readonly PlannedScan[]): PageChoice[][] | undefined {
  const all = scans.flatMap(({ id, pages }) =>
    Array.from({ length: pages }, (_, index) => ({ scan: id, page: index + 1 })),
  );
  const results: PageChoice[][] = [];
  for (const part of plan.split('|')) {
    const pages: PageChoice[] = [];
    for (const step of part.split(',')) {
      const [, from, to = from, turn = '0'] = STEP.exec(step.trim()) ?? [];
      if (from === undefined) return undefined;
      const first = Number(from);
      const last = Number(to);
      const direction = last < first ? -1 : 1;
      for (let number = first; number !== last + direction; number += direction) {
        const place = all[number - 1];
        if (place === undefined) return undefined;
        pages.push({ ...place, turn: Number(turn) as PageChoice['turn'] });
      }
    }
    results.push(pages);
  }
  return results;
}
