import { checkPixels, damaged, type Findings } from './attachment-limits.ts';

const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);
/** Markers that begin a frame and hold its dimensions (SOF), without those for tables (C4, C8, CC). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Segments lead from the start to a frame with dimensions and a scan, and the end mark is there; the picture is not decoded. */
export function inspectJpeg(bytes: Buffer): Findings {
  let at = 2;
  let framed = false;
  for (;;) {
    if (at + 4 > bytes.length) throw damaged('exchange.file.truncated');
    if (bytes[at] !== 0xff) throw damaged();
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda) break;
    if (marker === 0xd9) throw damaged('exchange.file.truncated');
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) throw damaged('exchange.file.truncated');
    if (isFrame(marker)) {
      if (length < 8) throw damaged();
      checkPixels(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
      framed = true;
    }
    at += 2 + length;
  }
  if (!framed) throw damaged();
  if (bytes.lastIndexOf(END_OF_IMAGE) <= at) throw damaged('exchange.file.truncated');
  return { pages: 1, warnings: [] };
}
