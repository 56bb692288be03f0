/** The tags that matter for a scanned page (TIFF 6.0). */
export const TAG = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  planarConfiguration: 284,
  t4Options: 292,
  resolutionUnit: 296,
  predictor: 317,
  colourMap: 320,
  jpegTables: 347,
} as const;

/** One image file directory: the description of one page. */
export interface TiffDirectory {
  has(tag: number): boolean;
  /** First value of a tag; without default, 0 if the tag is missing. */
  number(tag: number, otherwise?: number): number;
  numbers(tag: number): readonly number[];
  bytes(tag: number): Buffer | undefined;
  strips(height: number): readonly { readonly data: Buffer; readonly rows: number }[];
}

const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8 };
const RATIONAL = 5;
const MAX_PAGES = 5000;

/** All directories in the order of the file. Throws RangeError if it is no TIFF, ends early or goes round in circles. */
export function readTiffDirectories(file: Buffer): readonly TiffDirectory[] {
  const order = file.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') throw new RangeError('not a TIFF');
  const little = order === 'II';
  const u16 = (at: number) => (little ? file.readUInt16LE(at) : file.readUInt16BE(at));
  const u32 = (at: number) => (little ? file.readUInt32LE(at) : file.readUInt32BE(at));
  if (u16(2) !== 42) throw new RangeError('not a TIFF');
  const directories: TiffDirectory[] = [];
  const seen = new Set<number>();
  for (let at = u32(4); at !== 0; ) {
    if (seen.has(at) || directories.length >= MAX_PAGES) throw new RangeError('TIFF directories go in circles');
    seen.add(at);
    const count = u16(at);
    const entries = new Map<number, { type: number; count: number; at: number }>();
    for (let entry = at + 2; entry < at + 2 + count * 12; entry += 12) {
      const type = u16(entry + 2);
      const values = u32(entry + 4);
      const size = (SIZES[type] ?? 1) * values;
      entries.set(u16(entry), { type, count: values, at: size <= 4 ? entry + 8 : u32(entry + 8) });
    }
    directories.push(directoryOf(file, u16, u32, entries));
    at = u32(at + 2 + count * 12);
  }
  if (directories.length === 0) throw new RangeError('TIFF without pages');
  return directories;
}

type Entries = ReadonlyMap<number, { readonly type: number; readonly count: number; readonly at: number }>;

function directoryOf(
  file: Buffer,
  u16: (at: number) => number,
  u32: (at: number) => number,
  entries: Entries,
): TiffDirectory {
  const numbers = (tag: number): readonly number[] => {
    const entry = entries.get(tag);
    if (entry === undefined) return [];
    const size = SIZES[entry.type] ?? 1;
    if (entry.at + entry.count * size > file.length) throw new RangeError('TIFF ends early');
    return Array.from({ length: entry.count }, (_, index) => {
      const at = entry.at + index * size;
      if (entry.type === RATIONAL) return u32(at + 4) === 0 ? 0 : u32(at) / u32(at + 4);
      return size === 1 ? file.readUInt8(at) : size === 2 ? u16(at) : u32(at);
    });
  };
  return {
    has: (tag) => entries.has(tag),
    number: (tag, otherwise = 0) => numbers(tag)[0] ?? otherwise,
    numbers,
    bytes: (tag) => {
      const entry = entries.get(tag);
      return entry === undefined ? undefined : slice(file, entry.at, entry.count);
    },
    strips: (height) => {
      const offsets = numbers(TAG.stripOffsets);
      const counts = numbers(TAG.stripByteCounts);
      const rowsPerStrip = Math.min(numbers(TAG.rowsPerStrip)[0] ?? height, height);
      if (offsets.length !== Math.ceil(height / Math.max(rowsPerStrip, 1)))
        throw new RangeError('TIFF strips do not add up');
      return offsets.map((offset, index) => ({
        data: slice(file, offset, counts[index] ?? (offsets.length === 1 ? file.length - offset : 0)),
        rows: Math.min(rowsPerStrip, height - index * rowsPerStrip),
      }));
    },
  };
}

function slice(file: Buffer, at: number, length: number): Buffer {
  if (at + length > file.length) throw new RangeError('TIFF ends early');
  return file.subarray(at, at + length);
}
