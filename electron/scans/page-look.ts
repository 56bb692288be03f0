import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { BLANK_INK } from '../../shared/domain/scan-pages.ts';

/** Share of a page's edge that is not looked at: shadows and holes of the scanner. */
const EDGE = 0.05;
/** A pixel so much darker than the paper is ink. */
const DARKER = 40;

/** Cells of the look, each compared with its neighbour: 256 bits. */
const CELLS = 16;

/** How much ink is on a page, and what it looks like at a distance; the look of a blank page is empty. */
export function pageLook(canvas: Canvas): { readonly ink: number; readonly look: string } {
  const { width, height } = canvas;
  const left = Math.floor(width * EDGE);
  const top = Math.floor(height * EDGE);
  const wide = Math.max(1, width - 2 * left);
  const high = Math.max(1, height - 2 * top);
  const { data } = canvas.getContext('2d').getImageData(left, top, wide, high);
  const greys = new Uint8Array(wide * high);
  const histogram = new Uint32Array(256);
  for (let at = 0; at < greys.length; at += 1) {
    const grey = Math.round(
      0.3 * (data[at * 4] ?? 0) + 0.59 * (data[at * 4 + 1] ?? 0) + 0.11 * (data[at * 4 + 2] ?? 0),
    );
    greys[at] = grey;
    histogram[grey] = (histogram[grey] ?? 0) + 1;
  }
  const paper = histogram.indexOf(Math.max(...histogram));
  let dark = 0;
  for (let grey = 0; grey < paper - DARKER; grey += 1) dark += histogram[grey] ?? 0;
  const ink = dark / greys.length;
  return { ink, look: ink < BLANK_INK ? '' : lookOf(canvas, left, top, wide, high) };
}

/** Difference hash: whether each cell is darker than the one to its right. */
function lookOf(canvas: Canvas, left: number, top: number, wide: number, high: number): string {
  const small = createCanvas(CELLS + 1, CELLS);
  const context = small.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(canvas, left, top, wide, high, 0, 0, CELLS + 1, CELLS);
  const { data } = context.getImageData(0, 0, CELLS + 1, CELLS);
  let digits = '';
  for (let row = 0; row < CELLS; row += 1)
    for (let column = 0; column < CELLS; column += 4) {
      let digit = 0;
      for (let bit = 0; bit < 4; bit += 1) {
        const at = (row * (CELLS + 1) + column + bit) * 4;
        digit = digit * 2 + ((data[at] ?? 0) + 2 < (data[at + 4] ?? 0) ? 1 : 0);
      }
      digits += digit.toString(16);
    }
  return digits;
}
