import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import { addTurns, type PageImage } from './page-image.ts';

const deflated = promisify(deflate);

/** Of the pixels, how many may be neither near white nor near black for a page to count as writing, not as a photograph. */
const MOST_MID_TONES = 0.12;
const JPEG_QUALITY = 88;

/**
 * A drawn page as an image for the PDF: writing without colour in 16 greys without loss, everything else as JPEG.
 * Smaller and sharper than JPEG alone, and packed on another thread.
 */
export async function canvasPage(canvas: Canvas, dpi: number, turn: number): Promise<PageImage> {
  const { width, height } = canvas;
  const common = { width, height, dpi, turn: addTurns(turn, 0) };
  const greys = greysOf(canvas);
  if (greys === undefined) {
    const data = await canvas.encode('jpeg', JPEG_QUALITY);
    return { ...common, dictionary: '/Filter /DCTDecode /BitsPerComponent 8 /ColorSpace /DeviceRGB', data };
  }
  return {
    ...common,
    dictionary: '/Filter /FlateDecode /BitsPerComponent 4 /ColorSpace /DeviceGray',
    data: await deflated(greys, { level: 6 }),
  };
}

/** A PNG or JPEG that PDF/A cannot take as it is, drawn on white. */
export async function drawnImage(bytes: Buffer, dpi: number, turn: number): Promise<PageImage> {
  const image = await loadImage(bytes);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0);
  return canvasPage(canvas, dpi, turn);
}

/** Two pixels a byte, rows padded; undefined if there is colour or much shading. */
function greysOf(canvas: Canvas): Buffer | undefined {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const rowBytes = (width + 1) >> 1;
  const greys = Buffer.alloc(rowBytes * height);
  const mostMidTones = pixels.length * MOST_MID_TONES;
  let midTones = 0;
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      const pixel = pixels[at] ?? 0;
      const red = pixel & 0xff;
      const green = (pixel >> 8) & 0xff;
      const blue = (pixel >> 16) & 0xff;
      if (Math.abs(red - green) > 6 || Math.abs(green - blue) > 6) return undefined;
      if (green > 40 && green < 215) midTones += 1;
      const grey = Math.min((green + 8) >> 4, 15);
      const to = row * rowBytes + (column >> 1);
      greys[to] = (greys[to] ?? 0) | (column % 2 === 0 ? grey << 4 : grey);
    }
    if (midTones > mostMidTones) return undefined;
  }
  return greys;
}
