/** Supplements to fixed volumes (Y2, forms-and-standards §7.4 備考表): lines added after closing. Labels: `supplementKind.<kind>`. */
export const SUPPLEMENT_KINDS = ['correction', 'addition', 'missing', 'removal', 'remark'] as const;
export type SupplementKind = (typeof SUPPLEMENT_KINDS)[number];

export interface SupplementContent {
  readonly number: number;
  readonly kind: SupplementKind;
  /** Code of the bound paper, empty: the volume as a whole. */
  readonly paper: string;
  readonly text: string;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

/** What a supplement's fingerprint is taken of: its content behind the fingerprint of the line before it, or of the volume. */
export function supplementText(before: string, content: SupplementContent): readonly (string | number)[] {
  const { number, kind, paper, text, reason, at, by } = content;
  return [before, number, kind, paper, text, reason, at, by];
}

/** Number of the first line that no longer follows from the one before it; undefined while all do. */
export function brokenSupplement(
  start: string,
  lines: readonly (SupplementContent & { readonly sha256: string })[],
  hash: (content: readonly (string | number)[]) => string,
): number | undefined {
  let before = start;
  for (const [index, line] of lines.entries()) {
    if (line.number !== index + 1 || hash(supplementText(before, line)) !== line.sha256) return index + 1;
    before = line.sha256;
  }
  return undefined;
}
