import { ATTACHMENT_LIMITS, checkPixels, damaged, type Findings, Unsound } from './attachment-limits.ts';

const TAG = {
  width: 256,
  height: 257,
  stripOffsets: 273,
  stripCounts: 279,
  tileOffsets: 324,
  tileCounts: 325,
} as const;
const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;

/** Reads numbers of one TIFF in its own byte order; outside the file is damage. */
function createReader(bytes: Buffer) {
  const little = bytes[0] === 0x49;
  function check(at: number, length: number): void {
    if (at < 0 || at + length > bytes.length) throw damaged('exchange.file.truncated');
  }
  return {
    short(at: number): number {
      check(at, 2);
      return little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
    },
    long(at: number): number {
      check(at, 4);
      return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    },
    check,
  };
}
type Reader = ReturnType<typeof createReader>;

/** The values of a directory entry; empty when it is not made of whole numbers. */
function values(reader: Reader, entry: number): number[] {
  const type = reader.short(entry + 2);
  const count = reader.long(entry + 4);
  if ((type !== SHORT && type !== LONG) || count === 0) return [];
  const size = type === SHORT ? 2 : 4;
  const at = count * size <= 4 ? entry + 8 : reader.long(entry + 8);
  reader.check(at, count * size);
  return Array.from({ length: count }, (_, i) => (type === SHORT ? reader.short(at + i * 2) : reader.long(at + i * 4)));
}

/** One page: its dimensions, and whether the data it points to are in the file. Returns where the next one is described. */
function inspectDirectory(reader: Reader, at: number): number {
  const entries = reader.short(at);
  reader.check(at + 2, entries * ENTRY_BYTES + 4);
  const found = new Map<number, number[]>();
  const wanted: readonly number[] = Object.values(TAG);
  for (let index = 0; index < entries; index += 1) {
    const entry = at + 2 + index * ENTRY_BYTES;
    const tag = reader.short(entry);
    if (wanted.includes(tag)) found.set(tag, values(reader, entry));
  }
  checkPixels(found.get(TAG.width)?.[0] ?? 0, found.get(TAG.height)?.[0] ?? 0);
  const offsets = found.get(TAG.stripOffsets) ?? found.get(TAG.tileOffsets) ?? [];
  const counts = found.get(TAG.stripCounts) ?? found.get(TAG.tileCounts) ?? [];
  if (offsets.length === 0) throw damaged();
  for (const [index, offset] of offsets.entries()) reader.check(offset, counts[index] ?? 1);
  return reader.long(at + 2 + entries * ENTRY_BYTES);
}

/** Every page's directory is in the file and points into it, without going round in circles; nothing is decoded. */
export function inspectTiff(bytes: Buffer): Findings {
  const reader = createReader(bytes);
  if (reader.short(2) === 43) throw new Unsound('FILE_TYPE_NOT_ALLOWED', 'exchange.attachment.bigTiff');
  const seen = new Set<number>();
  for (let at = reader.long(4); at !== 0; at = inspectDirectory(reader, at)) {
    if (seen.has(at)) throw damaged();
    seen.add(at);
    if (seen.size > ATTACHMENT_LIMITS.pages) {
      throw new Unsound('FILE_TOO_LARGE', 'exchange.attachment.pages', { limit: ATTACHMENT_LIMITS.pages });
    }
  }
  if (seen.size === 0) throw damaged();
  return { pages: seen.size, warnings: [] };
}
