import { hash } from 'node:crypto';

/**
 * Hashes of the log (§10): `leaf = SHA-256(0x00 ‖ bytes)`, `chain = SHA-256(0x02 ‖ previous chain ‖ leaf)` from 32 zero bytes, and the
 * RFC 6962 tree over the leaves (`node = SHA-256(0x01 ‖ left ‖ right)`).
 *
 * Digests travel here as Latin-1 strings of 32 characters: node makes those three times faster than buffers, and verifying a
 * million entries is nothing but this (R35).
 */
type Digest = string;

export const CHAIN_START = Buffer.alloc(32);
const SIGNED_PREFIX = Buffer.from('archive-audit-entry/v1\n', 'utf8');

const digestOf = (bytes: Uint8Array): Digest => hash('sha256', bytes, 'binary');

const leafScratch = { bytes: Buffer.alloc(4096) };
function leafDigest(bytes: Buffer, start = 0, end = bytes.length): Digest {
  const length = end - start + 1;
  if (leafScratch.bytes.length < length) leafScratch.bytes = Buffer.alloc(length * 2);
  // The first byte stays 0, as RFC 6962 wants it.
  bytes.copy(leafScratch.bytes, 1, start, end);
  return digestOf(leafScratch.bytes.subarray(0, length));
}

function pairHasher(prefix: number): (left: Digest, right: Digest) => Digest {
  const scratch = Buffer.alloc(65);
  scratch[0] = prefix;
  return (left, right) => {
    scratch.write(left, 1, 32, 'latin1');
    scratch.write(right, 33, 32, 'latin1');
    return digestOf(scratch);
  };
}
const node = pairHasher(0x01);
const link = pairHasher(0x02);

/** What an entry's signature covers; `chain` is the entry's own chain value and so covers everything before it. */
export function signedMessage(chain: Uint8Array): Buffer {
  return Buffer.concat([SIGNED_PREFIX, chain]);
}

export function leafHash(bytes: Buffer): Buffer {
  return Buffer.from(leafDigest(bytes), 'latin1');
}

/** The chain value after an entry with these bytes. */
export function nextChain(previous: Buffer, bytes: Buffer): Buffer {
  return Buffer.from(link(previous.toString('latin1'), leafDigest(bytes)), 'latin1');
}

/** A place in the log from which hashing can go on: number of entries before it, chain value, and the tops of the full subtrees. */
export interface LogPosition {
  readonly size: number;
  /** 64 hex digits. */
  readonly chain: string;
  /** Hashes of the full subtrees from left to right, 64 hex digits each. */
  readonly frontier: readonly string[];
}

/** Walks a log entry by entry and knows chain and tree root at each place. Memory grows with the logarithm of its length. */
export class LogHasher {
  #size: number;
  #chain: Digest;
  readonly #frontier: Digest[];

  constructor(from: LogPosition = { size: 0, chain: CHAIN_START.toString('hex'), frontier: [] }) {
    this.#size = from.size;
    this.#chain = Buffer.from(from.chain, 'hex').toString('latin1');
    this.#frontier = from.frontier.map((hex) => Buffer.from(hex, 'hex').toString('latin1'));
  }

  get size(): number {
    return this.#size;
  }

  /** Chain value after the last entry, 32 bytes. */
  chain(): Buffer {
    return Buffer.from(this.#chain, 'latin1');
  }

  /** Adds one entry; true when `stored` is the chain value it leads to. */
  push(bytes: Buffer, stored?: Buffer): boolean {
    this.#add(leafDigest(bytes));
    return stored === undefined || stored.toString('latin1') === this.#chain;
  }

  /**
   * Adds entries that stand one after another in `bytes`, with their chain values (32 Latin-1 characters each) in `chains`. False at the first
   * one whose chain value differs; the hasher is then of no further use.
   */
  pushAll(bytes: Buffer, lengths: readonly number[], chains: string): boolean {
    let start = 0;
    for (const [index, length] of lengths.entries()) {
      this.#add(leafDigest(bytes, start, start + length));
      start += length;
      if (chains.slice(index * 32, index * 32 + 32) !== this.#chain) return false;
    }
    return true;
  }

  #add(leaf: Digest): void {
    this.#chain = link(this.#chain, leaf);
    let top = leaf;
    // Each 1 at the end of the size in binary is a full subtree that the new leaf completes.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) top = node(this.#frontier.pop() ?? '', top);
    this.#frontier.push(top);
    this.#size += 1;
  }

  /**
   * A hasher that has gone on over entries whose own tree is known: tops of its full subtrees, the number of entries after them, and the chain
   * value there (hex). They begin at a multiple of a power of two that is no smaller than their number.
   */
  with(frontier: readonly string[], size: number, chain: string): LogHasher {
    const { frontier: own, size: stood } = this.position();
    const count = size - stood;
    if (frontier.length !== 1 || (count & (count - 1)) !== 0)
      return new LogHasher({ size, chain, frontier: [...own, ...frontier] });
    const next = new LogHasher({ size, chain, frontier: own });
    let [top = ''] = frontier.map((hex) => Buffer.from(hex, 'hex').toString('latin1'));
    // As when a single leaf is added: each full subtree of the same size before it becomes one with it.
    for (let rest = stood / count; rest % 2 === 1; rest = (rest - 1) / 2) top = node(next.#frontier.pop() ?? '', top);
    next.#frontier.push(top);
    return next;
  }

  /** RFC 6962 tree hash over all entries so far, 32 bytes. */
  root(): Buffer {
    return rootOf(this.#frontier);
  }

  position(): LogPosition {
    const hex = (digest: Digest) => Buffer.from(digest, 'latin1').toString('hex');
    return { size: this.#size, chain: hex(this.#chain), frontier: this.#frontier.map(hex) };
  }
}

function rootOf(frontier: readonly Digest[]): Buffer {
  const [last, ...before] = frontier.toReversed();
  if (last === undefined) return Buffer.from(digestOf(Buffer.alloc(0)), 'latin1');
  return Buffer.from(
    before.reduce((right, left) => node(left, right), last),
    'latin1',
  );
}

/** The root (64 hex digits) that a position's subtrees give, or undefined when they cannot belong to a log of its size. */
export function rootOfPosition(position: LogPosition): string | undefined {
  const ones =
    Number.isSafeInteger(position.size) && position.size >= 0
      ? position.size.toString(2).replaceAll('0', '').length
      : -1;
  if (ones !== position.frontier.length || !position.frontier.every((hex) => /^[0-9a-f]{64}$/.test(hex)))
    return undefined;
  return rootOf(position.frontier.map((hex) => Buffer.from(hex, 'hex').toString('latin1'))).toString('hex');
}
