import {
  CLEANING_KINDS,
  type CleaningFinding,
  type DossierGaps,
  type DueForDisposal,
  findingOfVolume,
  findingsOfDossier,
  findingsOfPaper,
  goneFinding,
  type KeptFinding,
  type PaperToClean,
  type StandingFinding,
  standingFinding,
} from '../../shared/domain/archive-year.ts';

/** The cleaning of a year from all its papers at once, as plainly as it can be said. */

/** A paper with the SHA-256 of its scans: what is the same is found among all papers of the year. */
export type PaperOfYear = Omit<PaperToClean, 'doubleOf'> & { readonly scans: readonly string[] };

export interface YearToClean {
  /** The papers of the year that are not yet bound, in the order of the binder. */
  readonly papers: readonly PaperOfYear[];
  readonly dossiers: readonly DossierGaps[];
  readonly due: readonly DueForDisposal[];
}

/** For each paper the one before it with the same content, or the same type, number and day in the same dossier. */
function doubles(papers: readonly PaperOfYear[]): ReadonlyMap<PaperOfYear, PaperOfYear> {
  const seen = new Map<string, PaperOfYear>();
  const found = new Map<PaperOfYear, PaperOfYear>();
  for (const paper of papers) {
    const keys = paper.scans.map((hash) => `scan|${hash}`);
    if (paper.documentNumber !== '')
      keys.push(`number|${paper.customer}|${paper.type}|${paper.documentNumber}|${paper.date ?? ''}`);
    const of = keys.map((key) => seen.get(key)).find((other) => other !== undefined);
    if (of !== undefined) found.set(paper, of);
    for (const key of keys) if (!seen.has(key)) seen.set(key, paper);
  }
  return found;
}

/** Everything that should be settled or explained before the year is bound (Y1): by kind, inside a kind in the order given. */
export function cleaningAtOnce(year: YearToClean): readonly CleaningFinding[] {
  const of = doubles(year.papers);
  return [
    ...year.papers.flatMap((paper) => findingsOfPaper({ ...paper, doubleOf: of.get(paper) ?? null })),
    ...year.dossiers.flatMap(findingsOfDossier),
    ...year.due.map(findingOfVolume),
  ].sort((a, b) => CLEANING_KINDS.indexOf(a.kind) - CLEANING_KINDS.indexOf(b.kind));
}

/** What is found now with the explanations kept, and behind it what was found before and is no longer so. */
export function standingAtOnce(
  live: readonly CleaningFinding[],
  kept: readonly KeptFinding[],
): readonly StandingFinding[] {
  const byKey = new Map(kept.map((finding) => [finding.key, finding]));
  const now = new Set(live.map((finding) => finding.key));
  return [
    ...live.map((finding) => standingFinding(finding, byKey.get(finding.key))),
    ...kept.filter((finding) => !now.has(finding.key)).map(goneFinding),
  ];
}
