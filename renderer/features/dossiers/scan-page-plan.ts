import type { Paper } from '../../../shared/contract/dossiers.ts';
import { type PageChoice, turned } from '../../../shared/domain/scan-pages.ts';

/** A page in the plan: a page of a scan, and whether a new scan begins with it. */
export interface PlannedPage extends PageChoice {
  readonly key: string;
  readonly begins: boolean;
}

/** All pages of a paper's scans behind each other; each scan begins with its first page. */
export function startPlan(scans: Paper['scans']): readonly PlannedPage[] {
  return scans.flatMap(({ id, pages }) =>
    Array.from({ length: pages }, (_, index) => ({
      key: `${id} ${index + 1}`,
      scan: id,
      page: index + 1,
      turn: 0 as const,
      begins: index === 0,
    })),
  );
}

/** The plan with its first page always beginning a scan. */
const whole = (plan: readonly PlannedPage[]): readonly PlannedPage[] =>
  plan.map((page, index) => (index === 0 && !page.begins ? { ...page, begins: true } : page));

export const turnPages = (
  plan: readonly PlannedPage[],
  keys: ReadonlySet<string>,
  by: 90 | -90,
): readonly PlannedPage[] => plan.map((page) => (keys.has(page.key) ? { ...page, turn: turned(page.turn, by) } : page));

export const dropPages = (plan: readonly PlannedPage[], keys: ReadonlySet<string>): readonly PlannedPage[] =>
  whole(
    plan.flatMap((page, index) => {
      if (keys.has(page.key)) return [];
      // What began with a page that goes begins with the next one that stays.
      let before = index - 1;
      let begins = page.begins;
      while (before >= 0 && keys.has(plan[before]?.key ?? '')) {
        begins ||= plan[before]?.begins === true;
        before -= 1;
      }
      return [{ ...page, begins }];
    }),
  );

/** Moves pages before the page at `to`, in their order. */
export function movePages(plan: readonly PlannedPage[], keys: ReadonlySet<string>, to: number): readonly PlannedPage[] {
  const moved = plan.filter(({ key }) => keys.has(key)).map((page) => ({ ...page, begins: false }));
  const before = plan.slice(0, to).filter(({ key }) => !keys.has(key));
  const after = plan.slice(to).filter(({ key }) => !keys.has(key));
  const marks = plan.filter(({ begins }) => begins).length;
  const joined = [...before, ...moved, ...after];
  return marks === 1 ? whole(joined.map((page) => ({ ...page, begins: false }))) : whole(joined);
}

/** A new scan begins at each of the pages, or begins there no more. */
export const togglePart = (plan: readonly PlannedPage[], keys: ReadonlySet<string>): readonly PlannedPage[] =>
  whole(plan.map((page) => (keys.has(page.key) ? { ...page, begins: !page.begins } : page)));

export const joinAll = (plan: readonly PlannedPage[]): readonly PlannedPage[] =>
  whole(plan.map((page) => ({ ...page, begins: false })));

/** The scans that the plan makes, each named after the scan that its first page came from. */
export function resultsOf(
  plan: readonly PlannedPage[],
  scans: Paper['scans'],
): { name: string; pages: PageChoice[] }[] {
  const results: { name: string; pages: PageChoice[] }[] = [];
  for (const { begins, scan, page, turn } of plan) {
    if (begins || results.length === 0) {
      const name = (scans.find(({ id }) => id === scan)?.name ?? '').replace(/\.[A-Za-z]{3,4}$/u, '');
      const same = results.filter((result) => result.name === name || result.name.startsWith(`${name} (`)).length;
      results.push({ name: same === 0 ? name : `${name} (${same + 1})`, pages: [] });
    }
    results.at(-1)?.pages.push({ scan, page, turn });
  }
  return results;
}
