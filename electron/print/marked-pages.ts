import { type Canvas, GlobalFonts } from '@napi-rs/canvas';
import { canvasPage } from './canvas-page.ts';
import type { PageImage } from './page-image.ts';
import { drawnBands } from './scan-pages.ts';

/** Family under which the fonts of the print stand for drawing. */
const FAMILY = 'archive-mark';
/** Letters of the mark: so many of them go down the longer side. */
const LETTERS_DOWN = 58;
/** Rows of the mark are so many letters apart. */
const ROW_LETTERS = 7;
const SLANT = -24;

let readyFonts: readonly string[] = [];

/**
 * The pages with words written across each, in the picture itself: taken out of the document it still says whose it is. They are
 * drawn anew, pixel for pixel; writing lies over paper and pictures and leaves both readable.
 */
export async function markedPages(
  pages: readonly PageImage[],
  mark: string,
  fontPaths: readonly string[],
): Promise<PageImage[]> {
  registerFonts(fontPaths);
  const marked: PageImage[] = [];
  // One at a time: a page of A3 is large while it is drawn.
  for (const page of pages) {
    const canvas = await drawnBands({ width: page.width, height: page.height, bands: [page] });
    writeAcross(canvas, mark, page.turn);
    marked.push(await canvasPage(canvas, page.dpi, page.turn));
  }
  return marked;
}

function registerFonts(paths: readonly string[]): void {
  if (readyFonts.length > 0) return;
  readyFonts = paths.filter((path, index) => GlobalFonts.registerFromPath(path, `${FAMILY}-${index}`) !== null);
}

function writeAcross(canvas: Canvas, mark: string, turn: number): void {
  const { width, height } = canvas;
  const context = canvas.getContext('2d');
  const letter = Math.max(10, Math.round(Math.max(width, height) / LETTERS_DOWN));
  const reach = Math.hypot(width, height);
  context.save();
  context.font = `700 ${letter}px ${readyFonts.map((_, index) => `"${FAMILY}-${index}"`).join(', ')}, serif`;
  context.textBaseline = 'middle';
  // Black on paper, with a thin light edge so that it is seen on dark pictures too; no colour, so that writing stays grey and small.
  context.fillStyle = 'rgba(0, 0, 0, 0.2)';
  context.strokeStyle = 'rgba(255, 255, 255, 0.3)';
  context.lineWidth = letter / 14;
  context.translate(width / 2, height / 2);
  context.rotate(((SLANT - turn) * Math.PI) / 180);
  const step = context.measureText(mark).width + 3 * letter;
  const rows = Math.ceil(reach / (ROW_LETTERS * letter));
  for (let row = 0; row <= rows; row++) {
    const down = (row - rows / 2) * ROW_LETTERS * letter;
    for (let at = -reach / 2 - (row % 2) * (step / 2); at < reach / 2; at += step) {
      context.strokeText(mark, at, down);
      context.fillText(mark, at, down);
    }
  }
  context.restore();
}
