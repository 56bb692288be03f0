import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, getFileNameLowLevel, type ZipFile } from 'yauzl';
import { fileRefusal, megabytes, type ReadContext } from './table-limits.ts';

const LOCAL_HEADER_BYTES = 30;
const LOCAL_HEADER_SIGNATURE = 0x04034b50;
const END_OF_DIRECTORY_BYTES = 22;
const UNIX = 3;
const FILE_TYPE_MASK = 0o170000;
const REGULAR_FILE = 0o100000;
const DIRECTORY = 0o040000;

/** The parts of a workbook, found by name and inflated one at a time under the limits of R60. */
export interface ZipPackage {
  has(name: string): boolean;
  /** Inflated bytes in pieces. Throws `AppError` when a limit is passed, the data are damaged or there is no such part. */
  read(name: string): AsyncIterable<Buffer>;
}

function entryName(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false).toLowerCase();
}

function isLink(entry: Entry): boolean {
  if (entry.versionMadeBy >>> 8 !== UNIX) return false;
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK;
  return type !== 0 && type !== REGULAR_FILE && type !== DIRECTORY;
}

/** Where the entry begins and ends in the file, by its own local header. */
function extent(bytes: Buffer, entry: Entry, context: ReadContext): { start: number; end: number } {
  const start = entry.relativeOffsetOfLocalHeader;
  const inside = start + LOCAL_HEADER_BYTES <= bytes.length;
  if (!inside || bytes.readUInt32LE(start) !== LOCAL_HEADER_SIGNATURE) {
    throw fileRefusal('FILE_DAMAGED', context.name, 'exchange.file.damaged');
  }
  const end =
    start + LOCAL_HEADER_BYTES + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28) + entry.compressedSize;
  if (end > bytes.length - END_OF_DIRECTORY_BYTES)
    throw fileRefusal('FILE_DAMAGED', context.name, 'exchange.file.truncated');
  return { start, end };
}

/** Two entries over the same bytes are how a small file claims to hold a large one many times. */
function refuseOverlaps(extents: { start: number; end: number }[], context: ReadContext): void {
  let reached = 0;
  for (const { start, end } of extents.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < reached) throw fileRefusal('FILE_DAMAGED', context.name, 'exchange.zip.overlap');
    reached = end;
  }
}

function refuseBadEntry(entry: Entry, context: ReadContext): void {
  const { name, limits } = context;
  if (isLink(entry)) throw fileRefusal('FILE_DAMAGED', name, 'exchange.zip.link');
  if (entry.isEncrypted()) throw fileRefusal('FILE_NOT_READABLE', name, 'exchange.file.encrypted');
  if (!entry.canDecodeFileData()) throw fileRefusal('FILE_NOT_READABLE', name, 'exchange.zip.method');
  if (passesRatio(entry.uncompressedSize, entry.compressedSize, context)) throw ratioRefusal(context);
  if (entry.uncompressedSize > limits.inflatedBytes) throw inflatedRefusal(context);
}

function passesRatio(inflated: number, compressed: number, { limits }: ReadContext): boolean {
  return inflated > limits.ratioFreeBytes && inflated > limits.ratio * Math.max(1, compressed);
}

function ratioRefusal({ name, limits }: ReadContext) {
  return fileRefusal('FILE_TOO_LARGE', name, 'exchange.zip.ratio', { ratio: limits.ratio });
}

function inflatedRefusal({ name, limits }: ReadContext) {
  return fileRefusal('FILE_TOO_LARGE', name, 'exchange.zip.inflated', { limitMb: megabytes(limits.inflatedBytes) });
}

async function openZip(bytes: Buffer, context: ReadContext): Promise<ZipFile> {
  try {
    // Names are bytes here: they only pick parts out and are never used as paths (R60 "names ignored").
    return await fromBufferPromise(bytes, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true });
  } catch (cause) {
    throw fileRefusal('FILE_DAMAGED', context.name, 'exchange.file.truncated', {}, cause);
  }
}

async function readDirectory(zip: ZipFile, bytes: Buffer, context: ReadContext): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const extents: { start: number; end: number }[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      refuseBadEntry(entry, context);
      extents.push(extent(bytes, entry, context));
      const name = entryName(entry);
      // Two parts of one name: two readers could see two different tables.
      if (entries.has(name)) throw fileRefusal('FILE_DAMAGED', context.name, 'exchange.zip.overlap');
      entries.set(name, entry);
    }
  } catch (thrown) {
    throw asDamage(thrown, context);
  }
  refuseOverlaps(extents, context);
  return entries;
}

function asDamage(thrown: unknown, context: ReadContext) {
  if (thrown instanceof Error && thrown.name === 'AppError') return thrown;
  return fileRefusal('FILE_DAMAGED', context.name, 'exchange.file.damaged', {}, thrown);
}

/**
 * Opens a ZIP held in memory. The whole directory is checked before anything is inflated: number of
 * entries, declared sizes and ratios, overlaps, links, encryption. While inflating, what really comes
 * out is counted again, because a directory can lie (R60). Parts inside parts are never opened.
 */
export async function openZipPackage(bytes: Buffer, context: ReadContext): Promise<ZipPackage> {
  const { name, limits } = context;
  if (bytes.length > limits.workbookBytes) {
    throw fileRefusal('FILE_TOO_LARGE', name, 'exchange.file.tooLarge', { limitMb: megabytes(limits.workbookBytes) });
  }
  const zip = await openZip(bytes, context);
  if (zip.entryCount > limits.zipEntries) {
    throw fileRefusal('FILE_TOO_LARGE', name, 'exchange.zip.entries', { limit: limits.zipEntries });
  }
  const entries = await readDirectory(zip, bytes, context);
  let inflatedInAll = 0;

  async function* read(part: string): AsyncGenerator<Buffer> {
    const entry = entries.get(part.toLowerCase());
    if (entry === undefined) throw fileRefusal('FILE_DAMAGED', name, 'exchange.xlsx.partMissing', { part });
    let inflated = 0;
    let checksum = 0;
    try {
      const stream = await zip.openReadStreamPromise(entry, {});
      for await (const piece of stream) {
        const chunk: Buffer = piece;
        inflated += chunk.length;
        inflatedInAll += chunk.length;
        if (passesRatio(inflated, entry.compressedSize, context)) throw ratioRefusal(context);
        if (inflatedInAll > limits.inflatedBytes) throw inflatedRefusal(context);
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    } catch (thrown) {
      throw asDamage(thrown, context);
    }
    if (checksum !== entry.crc32) throw fileRefusal('FILE_DAMAGED', name, 'exchange.file.damaged');
  }

  return { has: (part) => entries.has(part.toLowerCase()), read };
}
