import { crc32, deflateRawSync } from 'node:zlib';

/** A part of a ZIP as a test wants it: honest, or lying in exactly one respect. */
export interface ZipPart {
  readonly name: string;
  readonly data: Buffer | string;
  /** 0 stored, 8 deflated (default). */
  readonly method?: 0 | 8;
  /** What the directory says instead of the truth. */
  readonly declaredSize?: number;
  readonly declaredCrc?: number;
  readonly unixMode?: number;
  readonly encrypted?: boolean;
  /** Directory entry pointing at the local entry of that earlier part. */
  readonly sameBytesAs?: number;
  /** Deflated already; `data` is then only for checksum and size. */
  readonly deflated?: Buffer;
}

/** Writes a ZIP in memory, without any of the checks that a library would make. */
export function writeZip(parts: readonly ZipPart[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const part of parts) {
    const data = typeof part.data === 'string' ? Buffer.from(part.data) : part.data;
    const method = part.method ?? 8;
    const stored = part.deflated ?? (method === 8 ? deflateRawSync(data) : data);
    const name = Buffer.from(part.name);
    const flags = 0x800 | (part.encrypted ? 1 : 0);
    const checksum = part.declaredCrc ?? crc32(data);
    const size = part.declaredSize ?? data.length;
    const shared = part.sameBytesAs === undefined ? undefined : offsets[part.sameBytesAs];
    offsets.push(shared ?? offset);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(checksum, 14);
    local.writeUInt32LE(stored.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(part.unixMode === undefined ? 20 : (3 << 8) | 20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(checksum, 16);
    central.writeUInt32LE(stored.length, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(((part.unixMode ?? 0) << 16) >>> 0, 38);
    central.writeUInt32LE(shared ?? offset, 42);
    directory.push(central, name);
    if (shared !== undefined) continue;
    pieces.push(local, name, stored);
    offset += local.length + name.length + stored.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, central, end]);
}
