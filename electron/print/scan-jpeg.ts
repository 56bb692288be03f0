import { addTurns, believableDpi, checkSize, type PageImage } from './page-image.ts';

/**
 * A JPEG as it is (DCTDecode). Undefined if PDF/A cannot take it so (four colour components, 12 bits, mirrored):
 * then it has to be drawn. Throws RangeError if the file ends early or is no JPEG.
 */
export function jpegPage(bytes: Buffer, turn: number): PageImage | undefined {
  if (bytes.readUInt16BE(0) !== 0xffd8) throw new RangeError('not a JPEG');
  let at = 2;
  let dpi = 0;
  let orientation = 1;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) throw new RangeError('JPEG marker expected');
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (length < 2 || segment.length < length - 2) throw new RangeError('JPEG ends early');
    if (marker === 0xe0 && segment.length >= 12 && segment.toString('latin1', 0, 4) === 'JFIF')
      dpi = densityOf(segment);
    if (marker === 0xe1 && segment.toString('latin1', 0, 6) === 'Exif\0\0')
      orientation = orientationOf(segment.subarray(6));
    if (isFrameHeader(marker)) {
      const components = segment.readUInt8(5);
      const exifTurn = EXIF_TURNS[orientation];
      const height = segment.readUInt16BE(1);
      const width = segment.readUInt16BE(3);
      if (!bytes.includes(END_OF_IMAGE, Math.max(0, bytes.length - 64))) throw new RangeError('JPEG ends early');
      const isPlain = segment.readUInt8(0) === 8 && (components === 1 || components === 3) && marker <= 0xc2;
      const keepsData = isPlain && exifTurn !== undefined;
      checkSize(width, height, !keepsData);
      if (!keepsData) return undefined;
      return {
        width,
        height,
        dpi,
        turn: addTurns(turn, exifTurn),
        dictionary: `/Filter /DCTDecode /BitsPerComponent 8 /ColorSpace ${components === 1 ? '/DeviceGray' : '/DeviceRGB'}`,
        data: bytes,
      };
    }
    at += 2 + length;
  }
  throw new RangeError('JPEG without frame');
}

const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/** EXIF orientation → clockwise turn; the mirrored ones are missing on purpose. */
const EXIF_TURNS: Readonly<Record<number, number>> = { 1: 0, 3: 180, 6: 90, 8: 270 };

/** SOF0–SOF15 without DHT, JPG and DAC. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function densityOf(jfif: Buffer): number {
  const unit = jfif.readUInt8(7);
  const density = jfif.readUInt16BE(8);
  return believableDpi(unit === 1 ? density : unit === 2 ? density * 2.54 : 0);
}

function orientationOf(tiff: Buffer): number {
  if (tiff.length < 8) return 1;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < u16(directory); entry++) {
    const at = directory + 2 + entry * 12;
    if (u16(at) === 0x0112) return u16(at + 8);
  }
  return 1;
}
