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

/** Printer → worker. The worker answers each message once before it gets the next. */
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

/** Worker → printer. */
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

export interface PrintWorkerStart {
  readonly fontPaths: readonly string[];
  readonly templatesPath: string;
}
