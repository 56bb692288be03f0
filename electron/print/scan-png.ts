import { addTurns, believableDpi, checkSize, type PageImage } from './page-image.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const GRAY = 0;
const RGB = 2;
const PALETTE = 3;

/**
 * A PNG without decoding it: its compressed rows are what PDF calls FlateDecode with PNG predictors. Undefined if it
 * is interlaced, has 16 bits or any transparency: then it has to be drawn on white. Throws RangeError if it is damaged.
 */
export function pngPage(bytes: Buffer, turn: number): PageImage | undefined {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new RangeError('not a PNG');
  let header: Buffer | undefined;
  let palette: Buffer | undefined;
  let transparent = false;
  let dpi = 0;
  let ended = false;
  const rows: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length && !ended; ) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (content.length < length) throw new RangeError('PNG ends early');
    if (kind === 'IHDR') header = content;
    if (kind === 'PLTE') palette = content;
    if (kind === 'tRNS') transparent = true;
    if (kind === 'pHYs' && content.readUInt8(8) === 1) dpi = believableDpi(content.readUInt32BE(0) * 0.0254);
    if (kind === 'IDAT') rows.push(content);
    ended = kind === 'IEND';
    at += 12 + length;
  }
  if (header === undefined || !ended || rows.length === 0) throw new RangeError('PNG ends early');
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const bits = header.readUInt8(8);
  const colour = header.readUInt8(9);
  const interlaced = header.readUInt8(12) !== 0;
  const keepsData = !interlaced && !transparent && bits <= 8 && [GRAY, RGB, PALETTE].includes(colour);
  checkSize(width, height, !keepsData);
  if (!keepsData) return undefined;
  if (colour === PALETTE && palette === undefined) throw new RangeError('PNG without palette');
  const space =
    colour === GRAY
      ? '/DeviceGray'
      : colour === RGB || palette === undefined
        ? '/DeviceRGB'
        : `[/Indexed /DeviceRGB ${Math.floor(palette.length / 3) - 1} <${palette.toString('hex')}>]`;
  return {
    width,
    height,
    dpi,
    turn: addTurns(turn, 0),
    dictionary:
      `/Filter /FlateDecode /BitsPerComponent ${bits} /ColorSpace ${space} ` +
      `/DecodeParms << /Predictor 15 /Colors ${colour === RGB ? 3 : 1} /BitsPerComponent ${bits} /Columns ${width} >>`,
    data: Buffer.concat(rows),
  };
}
