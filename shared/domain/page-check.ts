import type { PaperCondition } from './condition.ts';

/** Return by the page: the check walks the numbers that the catalogue gives to a paper's pages. */

/** Pages counted back must fit what went out, or the condition must say why not (missing pages, lost). */
export function pageCountExplained(found: {
  readonly pagesOut: number;
  readonly pagesBack: number;
  readonly condition: PaperCondition;
}): boolean {
  return found.pagesBack === found.pagesOut || found.condition === 'pagesMissing' || found.condition === 'lost';
}

/**
 * The page numbers of a paper: those of its volume once it is bound, else 1 to n.
 * @param volume first and last page in the bound volume
 */
export function pageNumbers(pages: number, volume: { readonly fromPage: number } | null): number[] {
  const first = volume === null ? 1 : volume.fromPage;
  return Array.from({ length: pages }, (_, index) => first + index);
}

/** `[3, 5, 6, 7]` → `3, 5–7`, as it is written on a form. */
export function pageRanges(pages: readonly number[]): string {
  const sorted = [...new Set(pages)].sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const page of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1 === page) last[1] = page;
    else ranges.push([page, page]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}

/** Longest range that is spelled out: a slip of the finger must not fill the memory. */
const MOST = 10_000;

/** `3, 5-7` → `[3, 5, 6, 7]`; undefined when it is not readable. Full-width figures and Chinese commas are read too. */
export function parsePages(text: string): number[] | undefined {
  const clean = text
    .normalize('NFKC')
    .replace(/[、;\s]+/gu, ',')
    .replace(/[–—~～]/gu, '-');
  const pages = new Set<number>();
  for (const part of clean.split(',').filter((each) => each !== '')) {
    const match = /^(\d{1,6})(?:-(\d{1,6}))?$/u.exec(part);
    if (match === null) return undefined;
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (to < from || to - from > MOST) return undefined;
    for (let page = from; page <= to; page += 1) pages.add(page);
  }
  return [...pages].sort((a, b) => a - b);
}

/**
 * What is wrong with the pages named as missing: `count` if they do not make up the difference, `unknown` if the paper has no such page.
 * Nothing named is right as long as the condition explains the difference.
 */
export function missingPagesProblem(
  missing: readonly number[],
  numbers: readonly number[],
  pagesBack: number,
): 'count' | 'unknown' | null {
  if (missing.length === 0) return null;
  if (missing.some((page) => !numbers.includes(page))) return 'unknown';
  return numbers.length - missing.length === pagesBack ? null : 'count';
}
