import { SECURITY_LEVELS } from './security-levels.ts';

/** What can be corrected of several catalogue entries at once (151). */
export const PAPER_FIELDS_AT_ONCE = ['place', 'security', 'responsible'] as const;
export type PaperFieldAtOnce = (typeof PAPER_FIELDS_AT_ONCE)[number];

/** As many as a list marks at once, and as one entry of the log can name. */
export const PAPERS_AT_ONCE = 200;

interface ListedPaper {
  readonly code: string;
  readonly title: string;
  /** As the list has it: `inPlace`, `lent`, `bound`, `destroyed` … */
  readonly state: string;
  /** What the field says now. */
  readonly value: string;
}

export interface PaperChanges {
  readonly changes: readonly {
    readonly code: string;
    readonly title: string;
    readonly was: string;
    readonly becomes: string;
  }[];
  /** Say it already. */
  readonly unchanged: number;
  /** Codes of what a bound volume holds, or what was destroyed: nothing of it changes any more (Y2). */
  readonly fixed: readonly string[];
}

/** What giving papers another value would change: nothing has happened yet. */
export function paperChanges(papers: readonly ListedPaper[], becomes: string): PaperChanges {
  const fixed = papers.filter(({ state }) => state === 'bound' || state === 'destroyed');
  const loose = papers.filter((paper) => !fixed.includes(paper));
  const changes = loose
    .filter(({ value }) => value !== becomes)
    .map(({ code, title, value }) => ({ code, title, was: value, becomes }));
  return { changes, unchanged: loose.length - changes.length, fixed: fixed.map(({ code }) => code) };
}

/** Is this a value of the field? A place may be taken away; a level is one of the list. */
export const isPaperValue = (field: PaperFieldAtOnce, value: string): boolean =>
  field !== 'security' || (SECURITY_LEVELS as readonly string[]).includes(value);
