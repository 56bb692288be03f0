import { createHmac, createSecretKey, type KeyObject, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * A reader of the SQLCipher 4 page format that shares no code with the library (M8): it authenticates pages without decrypting
 * them. Use it on the live database only before a connection exists (M10), otherwise on copies.
 *
 * Format: 4,096-byte pages, the last 80 bytes of each hold the IV (16) and the MAC (64). HMAC key = PBKDF2-HMAC-SHA512(raw key,
 * salt XOR 0x3a, 2 rounds, 32 bytes); MAC = HMAC-SHA512(page without its MAC ‖ page number as 32-bit little endian); the first page
 * starts with the 16-byte salt, which is left out.
 */
export const PAGE_SIZE = 4096;
const SALT_SIZE = 16;
const MAC_SIZE = 64;
const PLAIN_HEADER = Buffer.from('SQLite format 3\0', 'latin1');

/** True when the bytes start like an unencrypted SQLite database (R03). */
export function isPlaintextHeader(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SALT_SIZE)).equals(PLAIN_HEADER);
}

/** Key of the page MACs of one database; the salt is its first 16 bytes. As a key object a MAC takes half the time that it takes with bytes. */
function macKey(key: Uint8Array, salt: Uint8Array): KeyObject {
  const macSalt = Buffer.from(salt.map((byte) => byte ^ 0x3a));
  const bytes = pbkdf2Sync(key, macSalt, 2, 32, 'sha512');
  try {
    return createSecretKey(bytes);
  } finally {
    bytes.fill(0);
  }
}

/**
 * The page around the byte at 1 GiB by which SQLite locks a file: never written, so nothing on it authenticates
 * (https://www.sqlite.org/fileformat2.html, "The Lock-Byte Page"). Every larger database has it.
 */
export const LOCK_BYTE_PAGE = 0x4000_0000 / PAGE_SIZE + 1;

function pageIsGenuine(hmacKey: KeyObject, page: Buffer, pageNumber: number): boolean {
  const numberBytes = Buffer.alloc(4);
  numberBytes.writeUInt32LE(pageNumber);
  const mac = createHmac('sha512', hmacKey)
    .update(page.subarray(pageNumber === 1 ? SALT_SIZE : 0, PAGE_SIZE - MAC_SIZE))
    .update(numberBytes)
    .digest();
  return timingSafeEqual(mac, page.subarray(PAGE_SIZE - MAC_SIZE));
}

export type FirstPageVerdict = 'genuine' | 'missing' | 'empty' | 'size' | 'plaintext' | 'page';

/**
 * What stands at `path`, before any connection to it exists (§7 step 2): `genuine` only if the size is a positive multiple of 4,096
 * and the first page authenticates under `key`. A first page torn by a power cut during a checkpoint counts as genuine
 * when the write-ahead log beside it holds a committed, genuine copy, because SQLite then reads that one.
 */
export function judgeFirstPage(path: string, key: Uint8Array): FirstPageVerdict {
  if (!existsSync(path)) return 'missing';
  const file = openSync(path, 'r');
  try {
    const size = fstatSync(file).size;
    if (size === 0) return 'empty';
    const page = Buffer.alloc(PAGE_SIZE);
    const got = readSync(file, page, 0, PAGE_SIZE, 0);
    if (isPlaintextHeader(page)) return 'plaintext';
    if (size % PAGE_SIZE !== 0 || got !== PAGE_SIZE) return 'size';
    const salt = page.subarray(0, SALT_SIZE);
    const hmacKey = macKey(key, salt);
    if (pageIsGenuine(hmacKey, page, 1)) return 'genuine';
    const logged = firstPageInLog(`${path}-wal`);
    if (logged?.subarray(0, SALT_SIZE).equals(salt) && pageIsGenuine(hmacKey, logged, 1)) return 'genuine';
    return 'page';
  } finally {
    closeSync(file);
  }
}

export interface PageReport {
  readonly pages: number;
  /** Numbers of the pages that do not authenticate, from 1; at most 1,000 are listed. */
  readonly bad: readonly number[];
}

/**
 * Authenticates every page of a database file that no connection has open: a backup copy, a `VACUUM INTO` copy (R49, R54).
 * A file that is empty or not a whole number of pages reports its last, incomplete page as bad.
 */
export function verifyPages(path: string, key: Uint8Array): PageReport {
  const file = openSync(path, 'r');
  try {
    const size = fstatSync(file).size;
    const pages = Math.ceil(size / PAGE_SIZE);
    if (pages === 0) return { pages, bad: [1] };
    const bad: number[] = [];
    const block = Buffer.alloc(PAGE_SIZE * 256);
    let hmacKey: KeyObject | undefined;
    let number = 1;
    for (let position = 0; position < size; position += block.length) {
      const got = readSync(file, block, 0, block.length, position);
      for (let at = 0; at < got; at += PAGE_SIZE, number++) {
        const page = block.subarray(at, Math.min(at + PAGE_SIZE, got));
        hmacKey ??= macKey(key, page.subarray(0, SALT_SIZE));
        if (number === LOCK_BYTE_PAGE) continue;
        const genuine = page.length === PAGE_SIZE && pageIsGenuine(hmacKey, page, number);
        if (!genuine && bad.length < 1000) bad.push(number);
      }
    }
    return { pages, bad };
  } finally {
    closeSync(file);
  }
}

const WAL_HEADER = 32;
const FRAME_HEADER = 24;

/**
 * The newest committed copy of page 1 in a write-ahead log, or undefined. Frames count as SQLite counts them on recovery: same salts
 * as the header, running checksum right, up to the last frame that closes a transaction.
 */
function firstPageInLog(path: string): Buffer | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(WAL_HEADER);
    if (readSync(file, header, 0, WAL_HEADER, 0) !== WAL_HEADER) return undefined;
    const magic = header.readUInt32BE(0);
    if ((magic & 0xfffffffe) >>> 0 !== 0x377f0682 || header.readUInt32BE(8) !== PAGE_SIZE) return undefined;
    const bigEndian = (magic & 1) === 1;
    let sum = checksum(header.subarray(0, 24), [0, 0], bigEndian);
    if (sum[0] !== header.readUInt32BE(24) || sum[1] !== header.readUInt32BE(28)) return undefined;
    const salts = header.subarray(16, 24);
    const frame = Buffer.alloc(FRAME_HEADER + PAGE_SIZE);
    let pending: Buffer | undefined;
    let committed: Buffer | undefined;
    for (let at = WAL_HEADER; readSync(file, frame, 0, frame.length, at) === frame.length; at += frame.length) {
      sum = checksum(frame.subarray(FRAME_HEADER), checksum(frame.subarray(0, 8), sum, bigEndian), bigEndian);
      const intact = sum[0] === frame.readUInt32BE(16) && sum[1] === frame.readUInt32BE(20);
      if (!intact || !frame.subarray(8, 16).equals(salts)) break;
      if (frame.readUInt32BE(0) === 1) pending = Buffer.from(frame.subarray(FRAME_HEADER));
      if (frame.readUInt32BE(4) !== 0) committed = pending;
    }
    return committed;
  } finally {
    closeSync(file);
  }
}

function checksum(bytes: Buffer, start: readonly [number, number], bigEndian: boolean): [number, number] {
  let [first, second] = start;
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + second) >>> 0;
    second = (second + (bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + first) >>> 0;
  }
  return [first, second];
}
