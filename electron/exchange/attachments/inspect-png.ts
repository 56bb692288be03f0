import { crc32 } from 'node:zlib';
import { type AttachmentWarning, checkPixels, damaged, type Findings } from './attachment-limits.ts';

const SIGNATURE_BYTES = 8;
/** Length, type and checksum around the data of a chunk. */
const CHUNK_FRAME = 12;

/** Every chunk is there with the right checksum, from the header to the end mark; the picture is not decoded. */
export function inspectPng(bytes: Buffer): Findings {
  let at = SIGNATURE_BYTES;
  let hasData = false;
  for (let first = true; ; first = false) {
    if (at + CHUNK_FRAME > bytes.length) throw damaged('exchange.file.truncated');
    const length = bytes.readUInt32BE(at);
    const end = at + CHUNK_FRAME + length;
    if (end > bytes.length) throw damaged('exchange.file.truncated');
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) throw damaged();
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (first !== (type === 'IHDR')) throw damaged();
    if (first) {
      if (length !== 13) throw damaged();
      checkPixels(bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12));
    }
    hasData ||= type === 'IDAT';
    at = end;
    if (type === 'IEND') break;
  }
  if (!hasData) throw damaged();
  const warnings: AttachmentWarning[] = at < bytes.length ? [{ message: 'exchange.attachment.trailingData' }] : [];
  return { pages: 1, warnings };
}
