import { getDocument, PDFDataRangeTransport, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist';
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import jbig2Address from 'pdfjs-dist/wasm/jbig2_nowasm_fallback.js?url';
import openjpegAddress from 'pdfjs-dist/wasm/openjpeg_nowasm_fallback.js?url';
import { type DocumentContent, PIECE } from '../../gateway/documents.ts';
import { BundledDataFactory } from './pdf-data.ts';
import decodersAddress from './pdf-decoders.js?url';

interface TrustedTypesWindow {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(address: string): string },
    ): {
      createScriptURL(address: string): string;
    };
  };
}

let worker: PDFWorker | null = null;

/**
 * The worker of PDF.js, one for the life of the window: a document that is closed must not take it away from the next.
 * Only its own bundled address passes the trusted-types policy.
 */
function viewerWorker(): PDFWorker {
  if (worker !== null) return worker;
  const policy = (window as TrustedTypesWindow).trustedTypes?.createPolicy('pdf-worker', {
    createScriptURL: (address) => {
      if (address !== workerAddress) throw new TypeError('unknown worker');
      return address;
    },
  });
  const port = new Worker(policy?.createScriptURL(workerAddress) ?? workerAddress, { type: 'module' });
  // Its types know the default alone (null).
  worker = new PDFWorker({ port: port as unknown as null });
  return worker;
}

/** Has the worker ready before somebody opens the first scan of a session. */
export function prepareViewer(): void {
  viewerWorker();
}

function decodersFor(): string {
  const address = new URL(decodersAddress, window.location.href);
  address.searchParams.set('jbig2', new URL(jbig2Address, window.location.href).href);
  address.searchParams.set('openjpeg', new URL(openjpegAddress, window.location.href).href);
  // PDF.js takes no address that does not end with a slash.
  return `${address.href}#/`;
}

/** R66: largest picture inside a PDF, in pixels. */
const LARGEST_IMAGE = 100_000_000;

/** Hands PDF.js the bytes that it asks for. */
class ContentTransport extends PDFDataRangeTransport {
  readonly #content: DocumentContent;
  readonly #onLost: (thrown: unknown) => void;

  constructor(content: DocumentContent, onLost: (thrown: unknown) => void) {
    // PDF.js takes the bytes over to its worker: it gets its own.
    super(content.size, content.beginning.slice());
    this.#content = content;
    this.#onLost = onLost;
  }

  override requestDataRange(begin: number, end: number): void {
    this.#content.read(begin, end).then((bytes) => this.onDataRange(begin, bytes), this.#onLost);
  }
}

/**
 * Opens a PDF for drawing alone: no scripts, no forms, no links, no network (R66). Rejects when it is none; `onLost` hears, at any
 * time while it is open, why the archive gives no more of it.
 */
export function openPdf(content: DocumentContent, onLost: (thrown: unknown) => void): Promise<PDFDocumentProxy> {
  const task = getDocument({
    range: new ContentTransport(content, (thrown) => {
      onLost(thrown);
      // What will not come would be waited for as long as the window lives.
      void task.destroy();
    }),
    rangeChunkSize: PIECE,
    worker: viewerWorker(),
    BinaryDataFactory: BundledDataFactory,
    cMapUrl: 'bundled/',
    standardFontDataUrl: 'bundled/',
    wasmUrl: decodersFor(),
    useWasm: false,
    useWorkerFetch: false,
    disableWorkerRendering: true,
    useSystemFonts: false,
    // Glyphs come as outlines: a font added to the document would have the whole window laid out anew, once for each font.
    disableFontFace: true,
    enableXfa: false,
    maxImageSize: LARGEST_IMAGE,
    disableAutoFetch: true,
    disableStream: true,
    verbosity: 0,
  });
  return task.promise;
}
