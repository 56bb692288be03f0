import { type DossierClass, dossierClassOf } from './dossier-classes.ts';

/**
 * Reference codes (檔號) of papers, forms-and-standards §7.2 within the frame of DA/T 42:
 *
 * - bound: `[fonds-]KH·{class}·{year}-{customer}·{volume, 3 digits}-{item, 4 digits}`, e.g. `KH·2·2025-E000123·001-0007`;
 * - provisional, while the paper is loose: `[fonds-]KH·{class}·{customer}·L{number, 4 digits}`, e.g. `KH·2·E000123·L0007`.
 *
 * The L number runs through the customer's whole dossier, not per class, and is never used again: a paper that is refiled into
 * another class keeps its code as issued, and is still found by customer and L number (D6). Retention is left out: it may change.
 */
export interface BoundCode {
  readonly kind: 'bound';
  readonly fonds?: string;
  readonly class: DossierClass;
  readonly year: number;
  readonly customerNumber: string;
  readonly volume: number;
  readonly item: number;
}

export interface ProvisionalCode {
  readonly kind: 'provisional';
  readonly fonds?: string;
  /** The class in which the paper was first filed. */
  readonly class: DossierClass;
  readonly customerNumber: string;
  readonly loose: number;
}

export type ReferenceCode = BoundCode | ProvisionalCode;

const pad = (value: number, width: number) => String(value).padStart(width, '0');

/** The code of a paper in a fixed volume. */
export function referenceCode(code: Omit<BoundCode, 'kind'>): string {
  const volume = `${code.customerNumber}·${pad(code.volume, 3)}`;
  return `${prefixOf(code.fonds)}KH·${code.class}·${pad(code.year, 4)}-${volume}-${pad(code.item, 4)}`;
}

/** The code of a loose paper, before binding. */
export function provisionalCode(code: Omit<ProvisionalCode, 'kind'>): string {
  return `${prefixOf(code.fonds)}KH·${code.class}·${code.customerNumber}·L${pad(code.loose, 4)}`;
}

/** Either kind. */
export function formatReferenceCode(code: ReferenceCode): string {
  return code.kind === 'bound' ? referenceCode(code) : provisionalCode(code);
}

function prefixOf(fonds: string | undefined): string {
  return fonds === undefined || fonds === '' ? '' : `${fonds}-`;
}

/** The code in the characters a one-dimensional barcode can hold: `KH.2.2025-E000123.001-0007`. */
export function barcodeText(code: string): string {
  return code.replaceAll('·', '.');
}

const BOUND = /^(?:([^-·]+)-)?KH·([1-5])·(\d{4})-(.+)·(\d{3,6})-(\d{4,7})$/u;
const PROVISIONAL = /^(?:([^-·]+)-)?KH·([1-5])·(.+)·L(\d{4,9})$/u;

/** Reads a code as printed, typed or scanned: `.`, `‧`, `・` for `·`, full-width and lower-case forms. Undefined if it is none. */
export function parseReferenceCode(text: string): ReferenceCode | undefined {
  const code = normaliseReferenceCode(text);
  const bound = BOUND.exec(code);
  if (bound !== null) {
    return withFonds(bound[1], {
      kind: 'bound',
      class: classOf(bound[2]),
      year: Number(bound[3]),
      customerNumber: bound[4] ?? '',
      volume: Number(bound[5]),
      item: Number(bound[6]),
    });
  }
  const loose = PROVISIONAL.exec(code);
  if (loose === null) return undefined;
  return withFonds(loose[1], {
    kind: 'provisional',
    class: classOf(loose[2]),
    customerNumber: loose[3] ?? '',
    loose: Number(loose[4]),
  });
}

/** The printed form of a typed code, for looking it up as text. */
export function normaliseReferenceCode(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replace(/[.·‧・•∙]/gu, '·')
    .replace(/[‐‑‒–—−]/gu, '-')
    .replace(/\s+/gu, '');
}

function classOf(digit: string | undefined): DossierClass {
  return dossierClassOf(Number(digit)) ?? 1;
}

function withFonds<Code extends ReferenceCode>(fonds: string | undefined, code: Code): Code {
  return fonds === undefined ? code : { ...code, fonds };
}
