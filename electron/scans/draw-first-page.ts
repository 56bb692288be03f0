import { FIRST_PAGE_DPI } from '../../shared/domain/scan-pages.ts';
import { drawPage, loadScanPdf } from '../print/scan-pdf.ts';
import { asPdf } from './arrange-pages.ts';
import type { PlainScan } from './scan-client.ts';

const QUALITY = 70;
/** No page is drawn with more pixels on its longer side: a drawing of A0 is looked at whole. */
const MOST_PIXELS = 2_500;

/** The first page of a scan as a picture (WebP): 50 to 150 KB for a sheet of A4. */
export async function drawFirstPage(scan: PlainScan): Promise<Buffer> {
  const loading = await loadScanPdf(await asPdf(scan));
  try {
    const page = await (await loading.promise).getPage(1);
    const { width, height } = page.getViewport({ scale: 1 });
    const drawn = await drawPage(page, Math.min(FIRST_PAGE_DPI / 72, MOST_PIXELS / Math.max(width, height, 1)));
    return await drawn.encode('webp', QUALITY);
  } finally {
    await loading.destroy();
  }
}
