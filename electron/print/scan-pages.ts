import type { Canvas } from '@napi-rs/canvas';
import { AppError } from '../../shared/errors/app-error.ts';
import { canvasPage, drawnImage } from './canvas-page.ts';
import type { PageImage } from './page-image.ts';
import type { ScanMediaType } from './print-data.ts';
import { jpegPage } from './scan-jpeg.ts';
import { pngPage } from './scan-png.ts';
import { type TiffPage, tiffPages } from './scan-tiff.ts';

/**
 * The pages of one scan file, in order, each ready for the PDF. `turn` is added to what the file itself asks for.
 * Throws `FILE_DAMAGED` or, for kinds that cannot be shown, `FILE_NOT_READABLE`.
 */
export async function scanPages(mediaType: ScanMediaType, bytes: Buffer, turn: number): Promise<readonly PageImage[]> {
  try {
    switch (mediaType) {
      case 'image/jpeg':
        return [jpegPage(bytes, turn) ?? (await drawnImage(bytes, 0, turn))];
      case 'image/png':
        return [pngPage(bytes, turn) ?? (await drawnImage(bytes, 0, turn))];
      case 'image/tiff': {
        const pages: PageImage[] = [];
        for (const page of tiffPages(bytes, turn))
          pages.push(page.bands.length === 1 ? first(page) : await joinedBands(page));
        return pages;
      }
      case 'application/pdf': {
        // PDF.js is large and only wanted for PDFs.
        const { pdfPages } = await import('./scan-pdf.ts');
        return await pdfPages(bytes, turn);
      }
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError('FILE_DAMAGED', { cause: thrown });
  }
}

function first(page: TiffPage): PageImage {
  const band = page.bands[0];
  if (band === undefined) throw new RangeError('TIFF page without data');
  return band;
}

/** Bands of fax or JPEG data, drawn below each other pixel for pixel by way of a one-page PDF. */
export async function joinedBands(page: TiffPage): Promise<PageImage> {
  const band = first(page);
  return canvasPage(await drawnBands(page), band.dpi, band.turn);
}

/** Bands of compressed data as pixels, before turning. */
export async function drawnBands(page: TiffPage): Promise<Canvas> {
  const { drawPdf } = await import('./scan-pdf.ts');
  return drawPdf(pdfOfBands(page));
}

/** A minimal PDF: one page with one point a pixel. */
function pdfOfBands(page: TiffPage): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let length = 0;
  const push = (...added: (string | Uint8Array)[]): void => {
    for (const part of added) {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part);
      parts.push(bytes);
      length += bytes.length;
    }
  };
  const object = (...content: (string | Uint8Array)[]): void => {
    offsets.push(length);
    push(`${offsets.length} 0 obj\n`, ...content, '\nendobj\n');
  };
  let top = page.height;
  const content = page.bands.map((band, index) => {
    top -= band.height;
    return `q ${band.width} 0 0 ${band.height} 0 ${top} cm /B${index} Do Q`;
  });
  const names = page.bands.map((_, index) => `/B${index} ${index + 5} 0 R`);
  const drawing = content.join('\n');
  push('%PDF-1.7\n');
  object('<< /Type /Catalog /Pages 2 0 R >>');
  object('<< /Type /Pages /Kids [3 0 R] /Count 1 >>');
  object(
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Contents 4 0 R ` +
      `/Resources << /XObject << ${names.join(' ')} >> >> >>`,
  );
  object(`<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`);
  for (const band of page.bands) {
    object(
      `<< /Type /XObject /Subtype /Image /Width ${band.width} /Height ${band.height} ${band.dictionary} /Length ${band.data.length} >>\nstream\n`,
      band.data,
      '\nendstream',
    );
  }
  const start = length;
  push(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f\r\n`);
  for (const offset of offsets) push(`${String(offset).padStart(10, '0')} 00000 n\r\n`);
  push(`trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`);
  return Buffer.concat(parts, length);
}
