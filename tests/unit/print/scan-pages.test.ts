import { inflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import type { PageImage } from '../../../electron/print/page-image.ts';
import { joinedBands, scanPages } from '../../../electron/print/scan-pages.ts';
import { tiffPages } from '../../../electron/print/scan-tiff.ts';
import { letterCanvas } from './sample-data.ts';
import { TIFF_SAMPLES } from './tiff-samples.ts';

const sample = (name: keyof typeof TIFF_SAMPLES) => Buffer.from(TIFF_SAMPLES[name], 'base64');
const only = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1);
  return list[0] as T;
};

/** Black or white, row by row, of an image of this program's own making. */
function bits(image: PageImage): string {
  const depth = Number(/\/BitsPerComponent (\d)/.exec(image.dictionary)?.[1]);
  const inverted = image.dictionary.includes('/Decode [1 0]');
  const data = inflateSync(image.data);
  const rowBytes = Math.ceil((image.width * depth) / 8);
  let text = '';
  for (let row = 0; row < image.height; row++) {
    for (let column = 0; column < image.width; column++) {
      const bit = column * depth;
      const byte = data[row * rowBytes + (bit >> 3)] ?? 0;
      const value = (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
      text += value > (1 << depth) / 2 - 0.5 !== inverted ? '·' : '#';
    }
    text += '\n';
  }
  return text;
}

describe('TIFF scans', () => {
  const reference = bits(tiffPages(sample('lzw'), 0)[0]?.bands[0] as PageImage);

  test('the drawing is there', () => {
    expect(reference.split('\n')[40]).toMatch(/^····#{20}/);
  });

  test.each(['lzwStrips', 'packBits'] as const)('%s gives the same pixels', async (name) => {
    expect(bits(only(await scanPages('image/tiff', sample(name), 0)))).toBe(reference);
  });

  test.each(['group4', 'group4Strips', 'group3', 'group3TwoDimensional', 'runLengths'] as const)(
    '%s gives the same pixels when drawn',
    async (name) => {
      const page = only(tiffPages(sample(name), 0));
      expect(bits(await joinedBands(page))).toBe(reference);
    },
  );

  test('a single strip of fax data stays as it is', async () => {
    const page = only(await scanPages('image/tiff', sample('group4'), 90));
    expect(page.dictionary).toContain('/CCITTFaxDecode');
    expect(page.turn).toBe(90);
    expect(page.dpi).toBe(72);
  });

  test('grey levels with LZW', async () => {
    const page = only(await scanPages('image/tiff', sample('greyLzw'), 0));
    expect(page.dictionary).toContain('/BitsPerComponent 8 /ColorSpace /DeviceGray');
    expect(inflateSync(page.data)).toHaveLength(64 * 64);
  });

  test('cut short at any place it is refused, never half shown', async () => {
    const whole = sample('group4Strips');
    for (let length = 0; length < whole.length; length += 7) {
      await expect(scanPages('image/tiff', whole.subarray(0, length), 0)).rejects.toMatchObject({
        code: 'FILE_DAMAGED',
      });
    }
  });
});

describe('JPEG and PNG scans', () => {
  test('keep their own data', async () => {
    const jpeg = letterCanvas('信', 300, 400).toBuffer('image/jpeg', 80);
    const page = only(await scanPages('image/jpeg', jpeg, 0));
    expect(Buffer.compare(page.data, jpeg)).toBe(0);
    expect([page.width, page.height]).toEqual([300, 400]);
  });

  test('an opaque PNG keeps its compressed rows, one with transparency is drawn on white', async () => {
    const canvas = createCanvas(40, 30);
    const clear = only(await scanPages('image/png', canvas.toBuffer('image/png'), 0));
    expect(new Set(bits(clear).replaceAll('\n', ''))).toEqual(new Set(['·']));
    expect([clear.width, clear.height]).toEqual([40, 30]);
  });

  test('a picture that says it is larger than any scan is refused before it is decoded', async () => {
    const png = createCanvas(4, 4).toBuffer('image/png');
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    await expect(scanPages('image/png', png, 0)).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
  });

  test('damaged files are refused', async () => {
    const jpeg = letterCanvas('信', 300, 400).toBuffer('image/jpeg', 80);
    const png = letterCanvas('信', 300, 400).toBuffer('image/png');
    for (const [type, bytes] of [
      ['image/jpeg', jpeg.subarray(0, jpeg.length / 2)],
      ['image/png', png.subarray(0, png.length / 2)],
      ['image/jpeg', Buffer.alloc(0)],
      ['image/png', Buffer.from('<html>')],
      ['application/pdf', Buffer.from('%PDF-1.7 nothing else')],
    ] as const) {
      await expect(scanPages(type, bytes, 0)).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
    }
  });
});

describe('PDF scans', () => {
  test('a page that is one scanned picture keeps that picture', async () => {
    const jpeg = letterCanvas('信', 1240, 1754).toBuffer('image/jpeg', 80);
    const document = await PDFDocument.create();
    const image = await document.embedJpg(jpeg);
    for (let page = 0; page < 2; page++)
      document.addPage([595, 842]).drawImage(image, { x: 0, y: 0, width: 595, height: 842 });
    const pages = await scanPages('application/pdf', Buffer.from(await document.save()), 180);
    expect(pages.map((page) => [page.width, page.turn, page.dpi])).toEqual([
      [1240, 180, 150],
      [1240, 180, 150],
    ]);
    expect(Buffer.compare(pages[0]?.data ?? Buffer.alloc(0), jpeg)).toBe(0);
  });

  test('a page with writing is drawn at 200 dpi', async () => {
    const document = await PDFDocument.create();
    const font = await document.embedFont(StandardFonts.Helvetica);
    document.addPage([595, 842]).drawText('Hello', { x: 100, y: 400, size: 60, font });
    const page = only(await scanPages('application/pdf', Buffer.from(await document.save()), 0));
    expect([page.width, page.height, page.dpi]).toEqual([1653, 2339, 200]);
    expect(bits(page)).toContain('####');
  });
});
