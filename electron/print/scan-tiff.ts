import { deflateSync, inflateSync } from 'node:zlib';
import { AppError } from '../../shared/errors/app-error.ts';
import { addTurns, believableDpi, checkSize, type PageImage } from './page-image.ts';
import { readTiffDirectories, TAG, type TiffDirectory } from './tiff-directory.ts';
import { unpackBits, unpackLzw } from './tiff-unpack.ts';

const NONE = 1;
const CCITT_RLE = 2;
const CCITT_G3 = 3;
const CCITT_G4 = 4;
const LZW = 5;
const JPEG = 7;
const DEFLATE = 8;
const DEFLATE_OLD = 32946;
const PACK_BITS = 32773;

/** A page of a TIFF: one image, or bands from top to bottom that have to be drawn together. */
export interface TiffPage {
  readonly width: number;
  readonly height: number;
  readonly bands: readonly PageImage[];
}

/**
 * Pages of a TIFF. Read: strips; uncompressed, PackBits, LZW, Deflate, CCITT groups 3 and 4, JPEG (7); black and
 * white, grey, palette, RGB; 1, 2, 4 and 8 bits. Fax and JPEG data stay as they are. Not read: tiles, separate
 * planes, 16 bits, CMYK, old-style JPEG (6): `FILE_NOT_READABLE`. Throws RangeError if it is damaged.
 */
export function tiffPages(bytes: Buffer, turn: number): readonly TiffPage[] {
  return readTiffDirectories(bytes).map((directory) => readPage(directory, turn));
}

const ORIENTATION_TURNS: Readonly<Record<number, number>> = { 1: 0, 3: 180, 6: 90, 8: 270 };

function readPage(directory: TiffDirectory, turn: number): TiffPage {
  const width = directory.number(TAG.width);
  const height = directory.number(TAG.height);
  const compression = directory.number(TAG.compression, NONE);
  const samples = directory.number(TAG.samplesPerPixel, 1);
  const bits = directory.number(TAG.bitsPerSample, 1);
  const photometric = directory.number(TAG.photometric, 0);
  const orientation = ORIENTATION_TURNS[directory.number(TAG.orientation, 1)];
  const isReadable =
    directory.has(TAG.stripOffsets) &&
    (samples === 1 || directory.number(TAG.planarConfiguration, 1) === 1) &&
    [1, 2, 4, 8].includes(bits) &&
    (samples === 1 ? photometric <= 3 : bits === 8 && [3, 4].includes(samples) && [2, 6].includes(photometric)) &&
    orientation !== undefined;
  checkSize(width, height, true);
  if (!isReadable) throw unreadable();
  const resolution = directory.number(TAG.xResolution) * (directory.number(TAG.resolutionUnit, 2) === 3 ? 2.54 : 1);
  const frame: Frame = {
    directory,
    width,
    samples,
    bits,
    photometric,
    common: { width, turn: addTurns(turn, orientation), dpi: believableDpi(resolution) },
  };
  const strips = directory.strips(height);
  if (compression === CCITT_RLE || compression === CCITT_G3 || compression === CCITT_G4) {
    return { width, height, bands: strips.map((strip) => faxBand(frame, strip, compression)) };
  }
  if (compression === JPEG) return { width, height, bands: strips.map((strip) => jpegBand(frame, strip)) };
  const rows = Buffer.concat(strips.map((strip) => unpackStrip(frame, strip, compression)));
  return { width, height, bands: [rawImage(frame, rows, height)] };
}

interface Frame {
  readonly directory: TiffDirectory;
  readonly width: number;
  readonly samples: number;
  readonly bits: number;
  readonly photometric: number;
  readonly common: Pick<PageImage, 'width' | 'turn' | 'dpi'>;
}

interface Strip {
  readonly data: Buffer;
  readonly rows: number;
}

function unreadable(): AppError {
  return new AppError('FILE_NOT_READABLE', { hint: 'hint.tiffKind' });
}

function faxBand(frame: Frame, strip: Strip, compression: number): PageImage {
  if (frame.samples !== 1 || frame.bits !== 1) throw unreadable();
  const options = frame.directory.number(TAG.t4Options, 0);
  const k = compression === CCITT_G4 ? -1 : compression === CCITT_G3 && (options & 1) === 1 ? 4 : 0;
  return {
    ...frame.common,
    height: strip.rows,
    dictionary:
      '/Filter /CCITTFaxDecode /BitsPerComponent 1 /ColorSpace /DeviceGray ' +
      `/DecodeParms << /K ${k} /Columns ${frame.width} /Rows ${strip.rows} /EncodedByteAlign ${compression === CCITT_RLE} ` +
      `/EndOfLine ${compression === CCITT_G3} /EndOfBlock false /BlackIs1 ${frame.photometric === 1} >>`,
    data: bitsInOrder(frame, strip.data),
  };
}

function jpegBand(frame: Frame, strip: Strip): PageImage {
  const tables = frame.directory.bytes(TAG.jpegTables);
  // Tables come as a JPEG of their own: without its end mark before the strip without its start mark.
  const data = tables === undefined ? strip.data : Buffer.concat([tables.subarray(0, -2), strip.data.subarray(2)]);
  const space = frame.samples === 1 ? '/DeviceGray' : '/DeviceRGB';
  const isPlainRgb = frame.samples === 3 && frame.photometric === 2;
  if (frame.samples === 4) throw unreadable();
  return {
    ...frame.common,
    height: strip.rows,
    dictionary:
      `/Filter /DCTDecode /BitsPerComponent 8 /ColorSpace ${space}` +
      (isPlainRgb ? ' /DecodeParms << /ColorTransform 0 >>' : ''),
    data,
  };
}

function bytesPerRow(frame: Frame): number {
  return Math.ceil((frame.width * frame.samples * frame.bits) / 8);
}

function unpackStrip(frame: Frame, strip: Strip, compression: number): Buffer {
  const size = bytesPerRow(frame) * strip.rows;
  const rows = Buffer.alloc(size);
  unpack(bitsInOrder(frame, strip.data), compression, size).copy(rows, 0, 0, size);
  if (frame.directory.number(TAG.predictor, 1) === 2) undoDifferences(frame, rows);
  return rows;
}

function unpack(data: Buffer, compression: number, size: number): Buffer {
  if (compression === NONE) return data;
  if (compression === LZW) return unpackLzw(data, size);
  if (compression === PACK_BITS) return unpackBits(data, size);
  if (compression !== DEFLATE && compression !== DEFLATE_OLD) throw unreadable();
  try {
    return inflateSync(data, { maxOutputLength: Math.max(size, 1) });
  } catch (cause) {
    throw new RangeError('TIFF strip does not inflate', { cause });
  }
}

/** Predictor 2: each sample was stored as the difference from the pixel before it. */
function undoDifferences(frame: Frame, rows: Buffer): void {
  if (frame.bits !== 8) throw unreadable();
  const width = bytesPerRow(frame);
  for (let row = 0; row < rows.length; row += width) {
    for (let at = row + frame.samples; at < row + width; at++) {
      rows[at] = (rows[at] ?? 0) + (rows[at - frame.samples] ?? 0);
    }
  }
}

function bitsInOrder(frame: Frame, data: Buffer): Buffer {
  return frame.directory.number(TAG.fillOrder, 1) === 2 ? Buffer.from(data.map(reverseBits)) : data;
}

function reverseBits(byte: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit++) reversed |= ((byte >> bit) & 1) << (7 - bit);
  return reversed;
}

function rawImage(frame: Frame, rows: Buffer, height: number): PageImage {
  const { samples, bits, photometric } = frame;
  if (photometric === 6) throw unreadable();
  const pixels = samples === 4 ? withoutFourth(rows) : rows;
  const space =
    samples >= 3
      ? '/DeviceRGB'
      : photometric === 3
        ? indexed(frame.directory.numbers(TAG.colourMap), bits)
        : '/DeviceGray';
  return {
    ...frame.common,
    height,
    dictionary:
      `/Filter /FlateDecode /BitsPerComponent ${bits} /ColorSpace ${space}` +
      (photometric === 0 ? ' /Decode [1 0]' : ''),
    data: deflateSync(pixels),
  };
}

function withoutFourth(rows: Buffer): Buffer {
  const pixels = Buffer.alloc((rows.length / 4) * 3);
  for (let from = 0, to = 0; from < rows.length; from += 4, to += 3) rows.copy(pixels, to, from, from + 3);
  return pixels;
}

/** TIFF keeps all reds, then greens, then blues, 16 bits each. */
function indexed(map: readonly number[], bits: number): string {
  const count = 2 ** bits;
  if (map.length < count * 3) throw new RangeError('TIFF without palette');
  const entries = Buffer.alloc(count * 3);
  for (let index = 0; index < count; index++) {
    for (let part = 0; part < 3; part++) entries[index * 3 + part] = (map[part * count + index] ?? 0) >> 8;
  }
  return `[/Indexed /DeviceRGB ${count - 1} <${entries.toString('hex')}>]`;
}
