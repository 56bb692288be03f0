import type { Progress } from '../../shared/contract/messages.ts';
import type { PaperScans } from './print-data.ts';

/** A character that no font of the chain has; on paper a small frame with its code point stands in its place. */
export interface MissingGlyph {
  readonly char: string;
  /** e.g. `U+2B8B3` */
  readonly codePoint: string;
  /** Path in the data, e.g. `cards.0.name`. */
  readonly where: string;
}

/** Printed page numbers of one paper; they equal the page's place in the PDF. */
export interface PageRange {
  readonly from: number;
  readonly to: number;
}

export interface PrintedForm {
  /** PDF/A-2u. */
  readonly pdf: Buffer;
  readonly pages: number;
  readonly missingGlyphs: readonly MissingGlyph[];
}

export interface PrintedVolume extends PrintedForm {
  /** Sheets of paper when printed on both sides. */
  readonly sheets: number;
  /** By reference code. */
  readonly pageMap: Readonly<Record<string, PageRange>>;
}

export interface PrintOptions {
  readonly signal?: AbortSignal;
  /** Phases `printScans` (per scan file), `printLayout`, `printWrite`. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface FormOptions extends PrintOptions {
  /** Papers whose scans stand in the form, in the order of its papers; `mark` is drawn into each picture (I2). */
  readonly scans?: { readonly papers: readonly PaperScans[]; readonly mark: string };
  /** What is printed opens the archive: the process that has seen it ends at once. */
  readonly secret?: boolean;
}
