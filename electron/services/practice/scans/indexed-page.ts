import { constants, crc32, deflateRawSync } from 'node:zlib';

/**
 * A scanned page as sixteen colours, four bits a pixel: paper and ink in eight greys, seal in five reds, pen in three blues. It is kept in
 * compressed bands, so that one design serves many papers: only the band with name and number is packed anew for each.
 */
export const PAGE_DPI = 100;
/** A4 at {@link PAGE_DPI}; the width is even, two pixels a byte. */
export const PAGE_WIDTH = 826;
export const PAGE_HEIGHT = 1169;
/** A PNG row: filter byte and pixels. The same bytes serve a PDF with PNG prediction. */
const ROW_BYTES = 1 + PAGE_WIDTH / 2;

const GREYS = 8;
const REDS = 5;
const BLUES = 3;

function paletteBytes(): Buffer {
  const palette = Buffer.alloc(48);
  const set = (index: number, red: number, green: number, blue: number) => palette.set([red, green, blue], index * 3);
  for (let step = 0; step < GREYS; step += 1) {
    const level = Math.round(252 - (step * 226) / (GREYS - 1));
    set(step, level, level, Math.max(0, level - 4));
  }
  for (let step = 0; step < REDS; step += 1) set(GREYS + step, 240 - step * 12, 205 - step * 42, 200 - step * 42);
  for (let step = 0; step < BLUES; step += 1)
    set(GREYS + REDS + step, 175 - step * 65, 190 - step * 60, 235 - step * 40);
  return palette;
}
export const PALETTE = paletteBytes();

/** Untouched paper, and the same as it lies in memory. */
export const PAPER = '#fcfcf8';
const PAPER_PIXEL = 0xff_f8_fc_fc;

/** Palette number by colour, five bits of each channel. */
const INDEX_OF = new Uint8Array(32_768).map((_, colour) => {
  const channel = (shift: number) => ((colour >> shift) & 31) * 8 + 4;
  return indexOf(channel(10), channel(5), channel(0));
});

/** Pixels (RGBA, opaque) to rows of palette numbers, from one row on. */
export function toRows(pixels: Uint8Array | Uint8ClampedArray, top: number, height: number): Buffer {
  const rows = Buffer.alloc(ROW_BYTES * height);
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset + top * PAGE_WIDTH * 4, PAGE_WIDTH * height);
  let at = 0;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < PAGE_WIDTH; x += 1, at += 1) {
      const pixel = words[at] ?? 0;
      // Most of a page is paper.
      if (pixel === PAPER_PIXEL) continue;
      const index = INDEX_OF[((pixel & 0xf8) << 7) | ((pixel & 0xf800) >> 6) | ((pixel & 0xf80000) >> 19)] ?? 0;
      if (index === 0) continue;
      const to = y * ROW_BYTES + 1 + (x >> 1);
      rows[to] = (rows[to] ?? 0) | (x % 2 === 0 ? index << 4 : index);
    }
  return rows;
}

function indexOf(red: number, green: number, blue: number): number {
  if (red - green > 24) return GREYS + Math.max(0, Math.min(REDS - 1, Math.round((205 - green) / 42)));
  if (blue - red > 24) return GREYS + REDS + Math.max(0, Math.min(BLUES - 1, Math.round((175 - red) / 65)));
  return Math.max(0, Math.min(GREYS - 1, Math.round(((252 - green) * (GREYS - 1)) / 226)));
}

/** Some rows, compressed, and what is needed to put bands together into one stream. */
export interface Band {
  readonly height: number;
  readonly packed: Buffer;
  readonly adler: number;
}

const ADLER_BASE = 65_521;

function adlerOf(bytes: Buffer): number {
  let [low, high] = [1, 0];
  for (let at = 0; at < bytes.length; ) {
    // Sums of so many bytes still fit without a remainder.
    for (const end = Math.min(at + 3_800, bytes.length); at < end; at += 1) {
      low += bytes[at] ?? 0;
      high += low;
    }
    low %= ADLER_BASE;
    high %= ADLER_BASE;
  }
  return high * 65_536 + low;
}

/** Checksum of two pieces behind each other, from theirs (as zlib's adler32_combine). */
function adlerTogether(first: number, second: number, secondLength: number): number {
  const length = secondLength % ADLER_BASE;
  const firstLow = first % 65_536;
  const low = (firstLow + (second % 65_536) + ADLER_BASE - 1) % ADLER_BASE;
  const high =
    (((length * firstLow) % ADLER_BASE) +
      Math.floor(first / 65_536) +
      Math.floor(second / 65_536) +
      ADLER_BASE -
      length) %
    ADLER_BASE;
  return high * 65_536 + low;
}

/** Compresses rows so that other bands can follow. */
export function toBand(rows: Buffer): Band {
  return {
    height: rows.length / ROW_BYTES,
    packed: deflateRawSync(rows, { level: 6, finishFlush: constants.Z_FULL_FLUSH }),
    adler: adlerOf(rows),
  };
}

const ZLIB_HEADER = Buffer.from([0x78, 0x9c]);
/** The last block of a stream: empty. */
const ZLIB_END = Buffer.from([0x03, 0x00]);

/** Bands behind each other as one zlib stream. */
function zlibOf(bands: readonly Band[]): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(bands.reduce((sum, band) => adlerTogether(sum, band.adler, band.height * ROW_BYTES), 1));
  return Buffer.concat([ZLIB_HEADER, ...bands.map((band) => band.packed), ZLIB_END, checksum]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** One page as a PNG with its resolution. */
export function pngOf(bands: readonly Band[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(PAGE_WIDTH, 0);
  header.writeUInt32BE(
    bands.reduce((sum, band) => sum + band.height, 0),
    4,
  );
  header.set([4, 3, 0, 0, 0], 8);
  const physical = Buffer.alloc(9);
  const perMetre = Math.round(PAGE_DPI / 0.0254);
  physical.writeUInt32BE(perMetre, 0);
  physical.writeUInt32BE(perMetre, 4);
  physical[8] = 1;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('pHYs', physical),
    chunk('PLTE', PALETTE),
    chunk('IDAT', zlibOf(bands)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Pages as a PDF of images, as a scanner writes it: no text layer, no metadata. */
export function pdfOf(pages: readonly (readonly Band[])[]): Buffer {
  const objects: Buffer[] = [];
  const text = (body: string) => Buffer.from(body, 'latin1');
  const stream = (dictionary: string, data: Buffer) =>
    Buffer.concat([text(`<< ${dictionary} /Length ${data.length} >>\nstream\n`), data, text('\nendstream')]);
  const [wide, high] = [((PAGE_WIDTH / PAGE_DPI) * 72).toFixed(2), ((PAGE_HEIGHT / PAGE_DPI) * 72).toFixed(2)];
  const colours = `[/Indexed /DeviceRGB 15 <${PALETTE.toString('hex')}>]`;
  const firstPage = 3;
  const kids = pages.map((_, at) => `${firstPage + at * 3} 0 R`).join(' ');
  objects.push(text('<< /Type /Catalog /Pages 2 0 R >>'));
  objects.push(text(`<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`));
  for (const [at, bands] of pages.entries()) {
    const id = firstPage + at * 3;
    objects.push(
      text(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${wide} ${high}] /Contents ${id + 1} 0 R /Resources << /XObject << /Im0 ${id + 2} 0 R >> >> >>`,
      ),
      stream('', text(`q ${wide} 0 0 ${high} 0 0 cm /Im0 Do Q`)),
      stream(
        `/Type /XObject /Subtype /Image /Width ${PAGE_WIDTH} /Height ${PAGE_HEIGHT} /ColorSpace ${colours} /BitsPerComponent 4 /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 1 /BitsPerComponent 4 /Columns ${PAGE_WIDTH} >>`,
        zlibOf(bands),
      ),
    );
  }
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [at, object] of objects.entries()) {
    const whole = Buffer.concat([text(`${at + 1} 0 obj\n`), object, text('\nendobj\n')]);
    offsets.push(length);
    length += whole.length;
    parts.push(whole);
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    text(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
