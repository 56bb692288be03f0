/**
 * Stock check of a place (清點): what stands there is scanned and compared with the catalogue. Four answers: here, elsewhere by the
 * catalogue, missing, unknown. Nothing is decided by it: what moves or is gone is said by a person.
 */

/** One paper as the catalogue has it. */
export interface StockedPaper {
  readonly code: string;
  /** Number of its customer: the label of a binder stands for all of the customer's papers at the place. */
  readonly customer: string;
  readonly place: string;
  /** It should stand in its place: not lent, taken out, superseded or bound. */
  readonly inPlace: boolean;
}

export interface StockFindings<Paper extends StockedPaper> {
  /** Stands where the catalogue says. */
  readonly here: readonly Paper[];
  /** Was scanned here; the catalogue says another place, or that it is not in place at all. */
  readonly elsewhere: readonly Paper[];
  /** Should stand here and was not scanned. */
  readonly missing: readonly Paper[];
  /** What was scanned and is in no catalogue, as it was scanned. */
  readonly unknown: readonly string[];
}

/**
 * @param expected papers whose place by the catalogue is `place`, all states
 * @param scanned what was scanned in order, with the papers that each scan stands for (one by its code, several by a binder's label)
 */
export function stockFindings<Paper extends StockedPaper>(
  place: string,
  expected: readonly Paper[],
  scanned: readonly { readonly typed: string; readonly papers: readonly Paper[] }[],
): StockFindings<Paper> {
  const found = new Map(scanned.flatMap(({ papers }) => papers.map((paper) => [paper.code, paper] as const)));
  const standsHere = (paper: Paper): boolean => paper.place === place && paper.inPlace;
  return {
    here: [...found.values()].filter(standsHere),
    elsewhere: [...found.values()].filter((paper) => !standsHere(paper)),
    missing: expected.filter((paper) => standsHere(paper) && !found.has(paper.code)),
    unknown: [...new Set(scanned.filter(({ papers }) => papers.length === 0).map(({ typed }) => typed))],
  };
}
