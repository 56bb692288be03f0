import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { drawPage, loadScanPdf } from '../print/scan-pdf.ts';
import { asPdf } from './arrange-pages.ts';
import type { PlainScan } from './scan-client.ts';
import { LONGEST_CODE, MOST_CODES } from './scan-protocol.ts';

/** Dots per inch at which codes are looked for; printed forms are read at half of it. */
const CODE_DPI = 200;
const MOST_PIXELS = 3_000;
/** A form has its code on the first page; a stack that was scanned as one file on some of the next. */
const PAGES_LOOKED_AT = 10;

/** The engine from the program's own package: nothing is fetched (R21). */
function prepare(): void {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(readFileSync(wasm)).buffer } });
}

/** The codes (QR, Code 128) on the first pages of a scan, page by page, as they are written (V4). */
export async function* readCodes(scan: PlainScan): AsyncGenerator<{ readonly page: number; readonly codes: string[] }> {
  prepare();
  const loading = await loadScanPdf(await asPdf(scan));
  try {
    const document = await loading.promise;
    for (let number = 1; number <= Math.min(document.numPages, PAGES_LOOKED_AT); number += 1) {
      const page = await document.getPage(number);
      const size = page.getViewport({ scale: 1 });
      const scale = Math.min(CODE_DPI / 72, MOST_PIXELS / Math.max(size.width, size.height, 1));
      const canvas = await drawPage(page, scale);
      const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const found = await readBarcodes(
        { data, width, height, colorSpace: 'srgb' } as Parameters<typeof readBarcodes>[0],
        { formats: ['QRCode', 'Code128'], tryHarder: true, maxNumberOfSymbols: MOST_CODES },
      );
      yield { page: number - 1, codes: found.map(({ text }) => text.slice(0, LONGEST_CODE)) };
    }
  } finally {
    await loading.destroy();
  }
}
