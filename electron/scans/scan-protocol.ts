import { z } from 'zod';
import type { ErrorData } from '../../shared/errors/app-error.ts';

/**
 * What travels between the archive process and the process that works on scans. Plain bytes of scans go in, texts, measures and PDFs
 * come out; that process has no key, no database, no network and no place to write (R62), and the plain pictures are in its memory alone (R02).
 */

export const SCAN_MEDIA_TYPES = ['application/pdf', 'image/png', 'image/jpeg', 'image/tiff'] as const;
export type ScanMediaType = (typeof SCAN_MEDIA_TYPES)[number];
/** Languages whose data is bundled: the names of Tesseract. */
export const OCR_LANGUAGES = ['chi_tra', 'chi_sim', 'eng'] as const;
export type OcrLanguage = (typeof OCR_LANGUAGES)[number];

/** A page of one of the files that were sent. */
export interface PlacedPage {
  /** Index of the file, page of it from 0. */
  readonly file: number;
  readonly page: number;
  /** Clockwise turn that is added. */
  readonly turn: 0 | 90 | 180 | 270;
}

export type ToScan =
  | { readonly kind: 'file'; readonly mediaType: ScanMediaType; readonly size: number }
  /** The next piece of the file that was announced last. */
  | { readonly kind: 'bytes'; readonly data: Uint8Array }
  /** Reads every page of file 0; characters are recognised only with `languages`. */
  | { readonly kind: 'read'; readonly languages: readonly OcrLanguage[] }
  /** Draws the first page of file 0 for the screen. */
  | { readonly kind: 'firstPage' }
  /** Reads the codes on the first pages of file 0. */
  | { readonly kind: 'codes' }
  /** One PDF for each list of pages. */
  | { readonly kind: 'arrange'; readonly outputs: readonly (readonly PlacedPage[])[] };

/** What a page says and looks like. */
export interface PageReading {
  readonly text: string;
  /** `layer`: text of the PDF itself · `ocr`: recognised · `none`: neither. */
  readonly source: 'layer' | 'ocr' | 'none';
  /** Share of its area that is not paper. */
  readonly ink: number;
  /** 64 hexadecimal digits that are alike where pages look alike; empty for a blank page. */
  readonly look: string;
}

export type FromScan =
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'page'; readonly page: number; readonly pages: number } & PageReading)
  | { readonly kind: 'codes'; readonly page: number; readonly codes: readonly string[] }
  | { readonly kind: 'output'; readonly data: Uint8Array }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: ErrorData };

/** Bytes of one message. */
export const PIECE_BYTES = 4 * 1024 * 1024;
export const SCAN_HEAP_MEGABYTES = 1_024;
/** Milliseconds without a word after which the process is given up: the slowest page of a recognition takes a minute. */
export const SILENCE_MS = 180_000;
/** Characters of one page that are kept. */
export const MOST_CHARACTERS = 20_000;
/** Codes of one page that are kept, and characters of each. */
export const MOST_CODES = 20;
export const LONGEST_CODE = 200;

const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('output'), data: z.instanceof(Uint8Array) }),
  z.object({
    kind: z.literal('codes'),
    page: z.int().min(0),
    codes: z.array(z.string().max(LONGEST_CODE)).max(MOST_CODES),
  }),
  z.object({
    kind: z.literal('page'),
    page: z.int().min(0),
    pages: z.int().min(0),
    text: z.string().max(MOST_CHARACTERS),
    source: z.enum(['layer', 'ocr', 'none']),
    ink: z.number().min(0).max(1),
    look: z.string().regex(/^[0-9a-f]{0,64}$/u),
  }),
  z.object({
    kind: z.literal('failed'),
    error: z.object({
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      fields: z.array(z.object({ path: z.string(), message: z.string() })),
      hint: z.string().optional(),
    }),
  }),
]);

/** That process handles foreign bytes: what comes out of it is believed only in this shape. */
export function isFromScan(value: unknown): value is FromScan {
  return message.safeParse(value).success;
}
