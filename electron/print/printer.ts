import type { Progress } from '../../shared/contract/messages.ts';
import type { BoundVolumeData, PrintFormData, PrintFormName } from './print-data.ts';

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

/**
 * Prints in a worker thread of its own, one job after another, everything in memory (R02).
 * Errors: `CANCELLED` (nothing is left behind), `FILE_DAMAGED` (params `code`: reference code of the paper whose scan
 * cannot be read), `VOLUME_FIXED` (a reprint would differ), `PRINT_FAILED`.
 */
export interface Printer {
  printVolume(data: BoundVolumeData, options?: PrintOptions): Promise<PrintedVolume>;
  printForm<N extends PrintFormName>(name: N, data: PrintFormData[N], options?: PrintOptions): Promise<PrintedForm>;
  /** Starts the worker and loads the fonts ahead of the first job. */
  warmUp(): Promise<void>;
  /** Ends the worker; a running job is rejected with `CANCELLED`. */
  close(): Promise<void>;
}

export interface PrinterOptions {
  /** Entry of the worker thread; default: the file beside this one. */
  readonly workerPath?: string;
  /** Font files, TrueType, in the order of the chain; default: Noto Serif TC and SC, 400 and 700, from their packages. */
  readonly fontPaths?: readonly string[];
}
