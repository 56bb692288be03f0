import type { PageViewport, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';

/** Text as words are sought in it: width and case do not count, nor do blanks, which a text layer often lacks or has too many of. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');

/** A box in shares of the page's width and height. */
export interface FoundBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What a page of a PDF says of itself. */
export async function pageText(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}

/** Where sought words stand on a page: piece by piece, as the text layer has them. */
export async function foundBoxes(page: PDFPageProxy, viewport: PageViewport, find: string): Promise<FoundBox[]> {
  const sought = folded(find);
  if (sought === '') return [];
  const { items } = await page.getTextContent();
  const pieces = items.flatMap((item) => ('str' in item && item.str !== '' ? [item] : []));
  const starts: number[] = [];
  let whole = '';
  for (const piece of pieces) {
    starts.push(whole.length);
    whole += folded(piece.str);
  }
  const boxes: FoundBox[] = [];
  for (let at = whole.indexOf(sought); at !== -1; at = whole.indexOf(sought, at + 1))
    for (const [index, piece] of pieces.entries()) {
      const start = starts[index] ?? 0;
      const length = folded(piece.str).length;
      const from = Math.max(at, start);
      const to = Math.min(at + sought.length, start + length);
      if (from >= to) continue;
      const [, , , d = 0, x = 0, y = 0] = piece.transform as number[];
      const height = piece.height || Math.abs(d);
      const [x1 = 0, y1 = 0] = viewport.convertToViewportPoint(
        x + (piece.width * (from - start)) / length,
        y - height * 0.2,
      ) as number[];
      const [x2 = 0, y2 = 0] = viewport.convertToViewportPoint(
        x + (piece.width * (to - start)) / length,
        y + height,
      ) as number[];
      boxes.push({
        left: Math.min(x1, x2) / viewport.width,
        top: Math.min(y1, y2) / viewport.height,
        width: Math.abs(x2 - x1) / viewport.width,
        height: Math.abs(y2 - y1) / viewport.height,
      });
    }
  return boxes;
}

/** Pages, from 1, that contain the words: in the text of the file itself, or in `read`, what was recognised of each page. */
export async function pagesWith(
  pdf: PDFDocumentProxy | null,
  read: readonly string[],
  find: string,
  current: () => boolean,
): Promise<number[]> {
  const sought = folded(find);
  const pages: number[] = [];
  for (let number = 1; number <= Math.max(pdf?.numPages ?? 0, read.length) && current(); number += 1) {
    const own = pdf === null || number > pdf.numPages ? '' : await pageText(await pdf.getPage(number));
    if (folded(own).includes(sought) || folded(read[number - 1] ?? '').includes(sought)) pages.push(number);
  }
  return pages;
}
