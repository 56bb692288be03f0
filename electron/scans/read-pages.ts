import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import { BLANK_INK } from '../../shared/domain/scan-pages.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { drawPage, loadScanPdf } from '../print/scan-pdf.ts';
import { asPdf } from './arrange-pages.ts';
import { pageLook } from './page-look.ts';
import { createRecogniser, type Recogniser } from './recognise.ts';
import type { PlainScan } from './scan-client.ts';
import { MOST_CHARACTERS, type OcrLanguage, type PageReading } from './scan-protocol.ts';

/** Dots per inch at which a page is looked at, and at which its characters are recognised. */
const LOOK_DPI = 40;
const OCR_DPI = 250;
/** No page is drawn with more pixels on its longer side. */
const MOST_PIXELS = 4_000;
/** A page with so many characters of its own has a text layer; less is a stamp or a page number. */
const LAYER_CHARACTERS = 12;

/** Reads the pages of a scan one after the other. Throws `FILE_NOT_READABLE` for a PDF with a password. */
export async function* readPages(
  scan: PlainScan,
  languages: readonly OcrLanguage[],
): AsyncGenerator<PageReading & { readonly page: number; readonly pages: number }> {
  const loading = await loadScanPdf(await asPdf(scan));
  let recogniser: Promise<Recogniser> | undefined;
  try {
    const document = await loading.promise;
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const size = page.getViewport({ scale: 1 });
      const longer = Math.max(size.width, size.height, 1);
      const { items } = await page.getTextContent();
      const layer = items
        .filter((item): item is TextItem => 'str' in item)
        .map((item) => item.str + (item.hasEOL ? '\n' : ''))
        .join('')
        .trim();
      const looked = pageLook(await drawPage(page, Math.min(LOOK_DPI / 72, MOST_PIXELS / longer)));
      const place = { page: number - 1, pages: document.numPages };
      const hasLayer = layer.replace(/\s/gu, '').length >= LAYER_CHARACTERS;
      if (hasLayer || languages.length === 0 || looked.ink < BLANK_INK) {
        yield { ...place, ...looked, text: layer.slice(0, MOST_CHARACTERS), source: layer === '' ? 'none' : 'layer' };
        continue;
      }
      recogniser ??= createRecogniser(languages);
      const drawn = await drawPage(page, Math.min(OCR_DPI / 72, MOST_PIXELS / longer));
      const text = (await recogniser).recognise(await drawn.encode('png'));
      yield { ...place, ...looked, text: `${layer}\n${text}`.trim().slice(0, MOST_CHARACTERS), source: 'ocr' };
    }
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'PasswordException')
      throw new AppError('FILE_NOT_READABLE', { cause: thrown });
    throw thrown;
  } finally {
    await loading.destroy();
  }
}
