import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { PDFDocumentLoadingTask, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '../../shared/errors/app-error.ts';
import { canvasPage } from './canvas-page.ts';
import { MOST_DECODED_PIXELS, type PageImage } from './page-image.ts';
import { pdfJs } from './pdfjs-on-node.ts';
import { scannedPages } from './scanned-pdf.ts';

/** What archives ask of scans of text at least; vector pages are drawn at it. */
const DRAWN_DPI = 200;
/** No page is drawn with more pixels on its longer side: an A0 sheet comes out at about 100 dpi. */
const MOST_PIXELS = 4700;
const MOST_PAGES = 5000;

const assets = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const folder = (name: string) => join(assets, name) + sep;

/**
 * Pages of a PDF scan. A page that is one scanned picture and nothing else keeps that picture's own data; any other
 * page is drawn at 200 dpi, since PDF/A does not take foreign pages as they are. Throws `FILE_NOT_READABLE` for a PDF
 * with a password; any other failure to read it throws what PDF.js throws.
 */
export async function pdfPages(bytes: Buffer, turn: number): Promise<PageImage[]> {
  const pages: (PageImage | Promise<PageImage>)[] = [];
  const scanned = await scannedPages(bytes, turn);
  if (scanned.length > MOST_PAGES) throw new RangeError('PDF with too many pages');
  if (scanned.length > 0 && scanned.every((page) => page !== undefined)) return [...scanned];
  const loading = await loadScanPdf(bytes);
  try {
    const document = await loading.promise;
    if (document.numPages > MOST_PAGES) throw new RangeError('PDF with too many pages');
    for (let number = 1; number <= document.numPages; number++) {
      const kept = scanned[number - 1];
      if (kept !== undefined) {
        pages.push(kept);
        continue;
      }
      const page = await document.getPage(number);
      const size = page.getViewport({ scale: 1 });
      const scale = Math.min(DRAWN_DPI / 72, MOST_PIXELS / Math.max(size.width, size.height, 1));
      const canvas = await drawPage(page, scale);
      // Packing goes on while the next page is drawn; two at a time bound the memory.
      await pages.at(-2);
      const drawn = canvasPage(canvas, Math.round(scale * 72), turn);
      drawn.catch(() => undefined);
      pages.push(drawn);
    }
    return await Promise.all(pages);
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'PasswordException')
      throw new AppError('FILE_NOT_READABLE', { cause: thrown });
    throw thrown;
  } finally {
    await loading.destroy();
  }
}

/** The first page of a PDF, one pixel a point. */
export async function drawPdf(bytes: Buffer): Promise<Canvas> {
  const loading = await loadScanPdf(bytes);
  try {
    const document = await loading.promise;
    return await drawPage(await document.getPage(1), 1);
  } finally {
    await loading.destroy();
  }
}

/** Opens a PDF for reading and drawing; `destroy` frees it. */
export async function loadScanPdf(bytes: Uint8Array): Promise<PDFDocumentLoadingTask> {
  const { getDocument, VerbosityLevel } = await pdfJs();
  return getDocument({
    // PDF.js takes the bytes over and empties the array it is given.
    data: new Uint8Array(bytes),
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    maxImageSize: MOST_DECODED_PIXELS,
    verbosity: VerbosityLevel.ERRORS,
  });
}

/** A page on white, `scale` pixels a point. */
export async function drawPage(page: PDFPageProxy, scale: number): Promise<Canvas> {
  const viewport = page.getViewport({ scale });
  const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
  await page.render({ canvas: canvas as never, viewport, background: '#ffffff', intent: 'print' }).promise;
  page.cleanup();
  return canvas;
}
