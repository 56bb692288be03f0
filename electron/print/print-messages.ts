import { z } from 'zod';
import type { ErrorData } from '../../shared/errors/app-error.ts';
import type { BoundPaper, BoundVolumeData, PrintFormData, PrintFormName, ScanMediaType } from './print-data.ts';
import type { MissingGlyph, PageRange } from './print-results.ts';

/** A volume without the bytes of its scans: those are sent one file at a time, before `volume`. */
export type VolumeWithoutScans = Omit<BoundVolumeData, 'papers'> & { readonly papers: readonly PaperWithoutScans[] };
export type PaperWithoutScans = Omit<BoundPaper, 'scans'>;

/** Any form of the print kit with its data. */
export type FormJob = {
  readonly [N in PrintFormName]: { readonly name: N; readonly data: PrintFormData[N] };
}[PrintFormName];

/** Printer → print process → its thread, which answers each message once before it gets the next. */
export type ToPrintWorker =
  /** A scan file of paper number `paper` of the volume or form that follows; `mark`: words drawn into each of its pages. */
  | {
      readonly kind: 'scan';
      readonly paper: number;
      readonly mediaType: ScanMediaType;
      readonly turn: number;
      readonly mark: string;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'volume'; readonly volume: VolumeWithoutScans }
  /** `papers`: how many have sent scans before. */
  | { readonly kind: 'form'; readonly form: FormJob; readonly papers: number }
  /** Forget what was sent for a volume that will not be printed. */
  | { readonly kind: 'drop' };

/** The thread → the print process. */
export type FromPrintWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'phase'; readonly phase: 'printLayout' | 'printWrite' }
  | { readonly kind: 'taken' }
  | {
      readonly kind: 'printed';
      readonly pdf: Uint8Array<ArrayBuffer>;
      readonly pages: number;
      readonly missingGlyphs: readonly MissingGlyph[];
      readonly pageMap: Readonly<Record<string, PageRange>>;
    }
  /** `reason` may quote the data: it goes into `cause`, never into a message or a log. */
  | { readonly kind: 'failed'; readonly error: ErrorData; readonly reason: string };

/** Bytes of one message. */
export const PRINT_PIECE_BYTES = 4 * 1024 * 1024;
/** Megabytes of script objects of the print process. */
export const PRINT_HEAP_MEGABYTES = 1_024;

const page = z.int().min(1);
/** The print process → printer: as the thread says it, but a PDF is announced and comes in pieces. */
export const fromPrintProcess = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('taken') }),
  z.object({ kind: z.literal('phase'), phase: z.enum(['printLayout', 'printWrite']) }),
  z.object({
    kind: z.literal('printed'),
    bytes: z.int().min(1),
    pages: page,
    missingGlyphs: z.array(z.object({ char: z.string(), codePoint: z.string(), where: z.string() })).readonly(),
    pageMap: z.record(z.string(), z.object({ from: page, to: page })),
  }),
  z.object({ kind: z.literal('piece'), data: z.instanceof(Uint8Array) }),
  z.object({
    kind: z.literal('failed'),
    error: z.custom<ErrorData>((value) => typeof value === 'object' && value !== null && 'code' in value),
    reason: z.string(),
  }),
]);
export type FromPrintProcess = z.infer<typeof fromPrintProcess>;
