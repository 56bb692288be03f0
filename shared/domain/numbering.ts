/**
 * Registration numbers (C1, forms-and-standards §1.9): a pattern such as `E{seq:6}` or `JY-{year}-{seq:4}`. A number is given
 * once, never changed, never used again; a gap is reported, not filled. Nothing that could change sits in a customer's number.
 */
export interface NumberPattern {
  readonly text: string;
  readonly width: number;
  readonly hasYear: boolean;
}

export const DEFAULT_PATTERNS = {
  enterprise: 'E{seq:6}',
  individual: 'P{seq:6}',
  loan: 'JY-{year}-{seq:4}',
  lookup: 'CX-{year}-{seq:4}',
  issue: 'FF-{year}-{seq:4}',
  issueRequest: 'FS-{year}-{seq:4}',
  recoveryRound: 'HS-{year}-{seq:3}',
  handover: 'JJ-{year}-{seq:4}',
  stockCheck: 'QD-{year}-{seq:4}',
  agreement: 'TY-{year}-{seq:4}',
  breach: 'WG-{year}-{seq:4}',
  dailyReport: 'RB-{year}-{seq:4}',
  information: 'XB-{year}-{seq:4}',
  revision: 'HC-{year}-{seq:2}',
  scoreSheet: 'XP-{year}-{seq:4}',
  creditApplication: 'XE-{year}-{seq:4}',
  repaymentPlan: 'HK-{year}-{seq:4}',
  extension: 'YQ-{year}-{seq:4}',
  disposal: 'XH-{year}-{seq:3}',
} as const;

const TOKEN = /\{seq:(\d{1,2})\}|\{year\}/g;
const LITERAL = /^[\p{L}\d_/-]*$/u;

/** Reads a pattern. Undefined unless it has exactly one `{seq:1…12}`, at most one `{year}`, and else letters, digits, `-`, `_`, `/`; a digit may not touch a token. */
export function parsePattern(text: string): NumberPattern | undefined {
  const tokens = [...text.matchAll(TOKEN)];
  const sequences = tokens.filter((token) => token[1] !== undefined);
  const width = Number(sequences[0]?.[1] ?? 0);
  const hasYear = tokens.length > sequences.length;
  const wellFormed = sequences.length === 1 && tokens.length - sequences.length <= 1 && width >= 1 && width <= 12;
  const touching = /\d\{|\}\d|\}\{/.test(text);
  if (!wellFormed || touching || !LITERAL.test(text.replace(TOKEN, ''))) return undefined;
  return { text, width, hasYear };
}

/** The number of a sequence (1, 2, …). `year` is needed when the pattern has one. Throws RangeError on a bad pattern or argument. */
export function formatNumber(pattern: string, sequence: number, year?: number): string {
  const parsed = parsePattern(pattern);
  if (parsed === undefined) throw new RangeError(`not a number pattern: ${pattern}`);
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError('a sequence starts at 1');
  if (parsed.hasYear && (year === undefined || !Number.isInteger(year) || year < 1000 || year > 9999)) {
    throw new RangeError('the pattern needs a year of four digits');
  }
  return pattern.replace(TOKEN, (_token, width) =>
    width === undefined ? String(year) : String(sequence).padStart(Number(width), '0'),
  );
}

/**
 * The sequence (and year) of a number as typed or scanned: full-width and lower-case forms are accepted, leading zeros
 * may be missing. Undefined if it does not follow the pattern.
 */
export function parseNumber(pattern: string, text: string): { sequence: number; year?: number } | undefined {
  if (parsePattern(pattern) === undefined) return undefined;
  // Literals hold letters, digits, `-`, `_` and `/` only: nothing that a regular expression would read otherwise.
  let source = '';
  let last = 0;
  for (const token of pattern.matchAll(TOKEN)) {
    source += pattern.slice(last, token.index);
    source += token[1] === undefined ? '(?<year>\\d{4})' : '(?<seq>\\d{1,15})';
    last = token.index + token[0].length;
  }
  source += pattern.slice(last);
  const match = new RegExp(`^${source}$`, 'iu').exec(text.normalize('NFKC').trim());
  const sequence = Number(match?.groups?.seq ?? 0);
  if (sequence < 1) return undefined;
  const year = match?.groups?.year;
  return year === undefined ? { sequence } : { sequence, year: Number(year) };
}

export interface NumberGap {
  readonly from: number;
  readonly to: number;
}

/** C1: sequences below the highest that nobody holds, as ranges. Order and doubles in the input do not matter. */
export function numberGaps(sequences: readonly number[]): readonly NumberGap[] {
  const gaps: NumberGap[] = [];
  let expected = 1;
  for (const sequence of [...sequences].sort((a, b) => a - b)) {
    if (sequence > expected) gaps.push({ from: expected, to: sequence - 1 });
    expected = Math.max(expected, sequence + 1);
  }
  return gaps;
}

/** The next sequence: one above the highest ever given (void numbers included). */
export function nextSequence(everGiven: readonly number[]): number {
  return everGiven.reduce((highest, sequence) => Math.max(highest, sequence), 0) + 1;
}
