import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import { keyIdOf, verifierApartOf } from '../platform/signer.ts';
import type { Reader } from '../store/sql.ts';
import { LogHasher, type LogPosition, nextChain, signedMessage } from './chain.ts';
import { parseEntry } from './entry.ts';
import { blockEnd, NUMBER_FIELD, pushBlock, SEGMENT, type SegmentVerdict } from './log-blocks.ts';
import type { SegmentSource, Stretch } from './segments-apart.ts';

/**
 * What can be wrong at a place (R31): `hash` bytes or chain value changed · `gap` entries missing · `order` an entry stands at another
 * number than it says itself · `truncation` the log is shorter than an anchor knows it · `fork` it differs from what an anchor vouches for,
 * though whole in itself · `signature` not signed by the key it names · `unknown key` that key belongs to nobody.
 */
export type BadKind = 'hash' | 'gap' | 'order' | 'truncation' | 'fork' | 'signature' | 'unknown key';

/** A size and root that somebody keeps outside the log. */
export interface KnownRoot {
  readonly size: number;
  /** 64 hex digits. */
  readonly root: string;
}

export interface VerifyOptions {
  /** Public key (32 bytes) of a signer by its 16 hex digits; undefined for one that nobody has. */
  publicKeyOf(keyId: string): Uint8Array | undefined;
  /** Start after these entries; only from a position that an authenticated anchor vouches for. */
  readonly from?: LogPosition;
  readonly anchors?: readonly KnownRoot[];
  /** False: chain and tree alone (R35: a million entries in seconds instead of minutes). */
  readonly signatures?: boolean;
  readonly signal?: AbortSignal;
  /** Verifies long stretches on other threads when signatures are not checked. */
  readonly segmentsOf?: (stretch: Stretch) => SegmentSource | undefined;
  onProgress?(done: number, total: number): void;
}

export interface VerifyResult {
  readonly ok: boolean;
  /** Entries in the log. */
  readonly entries: number;
  /** Chain and root after the last entry that was found good. */
  readonly head: { readonly size: number; readonly chain: string; readonly root: string };
  readonly position: LogPosition;
  readonly firstBad?: { readonly seq: number; readonly kind: BadKind };
  /** Sequence number of the last entry each key has signed, among those checked: how long is the tail nobody else vouches for (R73). */
  readonly lastSignedBy: Readonly<Record<string, number>>;
}

interface Row {
  readonly seq: number;
  readonly bytes: Buffer;
  readonly chain: Buffer;
  readonly sig?: Buffer;
}

/** Rows between two turns of the event loop: about ten milliseconds of work on this thread either way. */
const SIGNED_ROWS = 200;
const CHAIN_ROWS = 2048;

/** Verifies the log as it stands when called; entries added meanwhile are not looked at. */
export async function verifyLog(reader: Reader, options: VerifyOptions): Promise<VerifyResult> {
  const signatures = options.signatures ?? true;
  const ends = reader.get<{ low: number | null; high: number | null }>(
    // One query each: asked together they make SQLite read the whole table.
    'SELECT (SELECT min(seq) FROM audit_log) AS low, (SELECT max(seq) FROM audit_log) AS high',
  );
  const size = (ends?.high ?? -1) + 1;
  const walk = new Walk(options, size);

  let firstBad = walk.judgeStart(reader);
  const sql = `SELECT seq, bytes, chain${signatures ? ', sig' : ''} FROM audit_log WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT ?`;
  const from = Math.ceil(walk.hasher.size / SEGMENT) * SEGMENT || SEGMENT;
  const anchors = (options.anchors ?? []).map((anchor) => anchor.size);
  const apart = signatures || firstBad !== undefined ? undefined : options.segmentsOf?.({ from, size, anchors });
  try {
    while (firstBad === undefined && walk.hasher.size < size) {
      if (options.signal?.aborted) throw new AppError('CANCELLED');
      const start = walk.hasher.size;
      const segment = start >= from && start % SEGMENT === 0 ? await apart?.verdict(start) : undefined;
      if (segment === undefined || !walk.skipSegment(segment))
        if (signatures || !walk.skipWhole(reader)) {
          const rows = reader.all<Row>(sql, start, size, signatures ? SIGNED_ROWS : CHAIN_ROWS);
          firstBad = await walk.stepAll(rows);
        }
      options.onProgress?.(walk.hasher.size, size);
      await nextTurn();
    }
  } finally {
    await apart?.close();
  }
  firstBad ??= walk.judgeEnd(ends?.low ?? 0);

  const position = walk.hasher.position();
  return {
    ok: firstBad === undefined,
    entries: size,
    head: { size: position.size, chain: position.chain, root: walk.hasher.root().toString('hex') },
    position,
    ...(firstBad === undefined ? {} : { firstBad }),
    lastSignedBy: Object.fromEntries(walk.lastSignedBy),
  };
}

type Bad = { readonly seq: number; readonly kind: BadKind } | undefined;

type Verifier = (bytes: Uint8Array, signature: Uint8Array) => Promise<boolean>;

/** A signature that is being checked on another thread. */
interface Pending {
  readonly seq: number;
  readonly key: string;
  readonly valid: Promise<boolean>;
}

class Walk {
  readonly lastSignedBy = new Map<string, number>();
  hasher: LogHasher;
  readonly #options: VerifyOptions;
  readonly #size: number;
  readonly #verifiers = new Map<string, Verifier>();
  /** Anchors still ahead, the nearest last. */
  readonly #ahead: KnownRoot[];
  /** Entries up to here are vouched for by an anchor that matched. */
  #vouched: number;

  constructor(options: VerifyOptions, size: number) {
    const hasher = new LogHasher(options.from);
    this.hasher = hasher;
    this.#options = options;
    this.#size = size;
    this.#vouched = hasher.size;
    this.#ahead = (options.anchors ?? [])
      .filter((anchor) => anchor.size >= hasher.size)
      .sort((a, b) => b.size - a.size);
  }

  /** Does the log still hold the place to start from? */
  judgeStart(reader: Reader): Bad {
    const { from } = this.#options;
    if (from === undefined || from.size === 0) return this.#judgeAnchors();
    if (this.#size < from.size) return { seq: this.#size, kind: 'truncation' };
    const row = reader.get<{ chain: Buffer }>('SELECT chain FROM audit_log WHERE seq = ?', from.size - 1);
    if (row === undefined) return { seq: from.size - 1, kind: 'gap' };
    if (row.chain.toString('hex') !== from.chain) return { seq: from.size - 1, kind: 'fork' };
    return this.#judgeAnchors();
  }

  /**
   * Walks over the next block in one go if its chain holds and each entry stands at its own number. Otherwise nothing has happened and the rows are
   * walked one by one, to name the place.
   */
  skipWhole(reader: Reader): boolean {
    const start = this.hasher.size;
    // An anchor is compared at its own size, so a block ends there.
    const end = blockEnd(
      start,
      this.#size,
      this.#ahead.map((anchor) => anchor.size),
    );
    const trial = new LogHasher(this.hasher.position());
    if (!pushBlock(reader, trial, start, end)) return false;
    const next = this.#ahead.at(-1);
    if (next?.size === end && trial.root().toString('hex') !== next.root) return false;
    this.hasher = trial;
    return this.#judgeAnchors() === undefined;
  }

  /**
   * Goes over a segment that was verified apart, if it goes on from where this walk stands and the anchors inside it hold. Otherwise
   * nothing has happened.
   */
  skipSegment({ end, before, after, frontier, places }: SegmentVerdict): boolean {
    const standing = this.hasher.position();
    if (standing.chain !== before) return false;
    const ahead = this.#ahead.filter(({ size }) => size > standing.size && size <= end);
    const rootAt = (size: number) =>
      size === end
        ? this.hasher.with(frontier, end, after).root()
        : this.hasher.with(places.find((place) => place.size === size)?.frontier ?? [], size, after).root();
    if (ahead.some(({ size, root }) => rootAt(size).toString('hex') !== root)) return false;
    this.hasher = this.hasher.with(frontier, end, after);
    for (const { size } of ahead) {
      this.#vouched = size;
      this.#ahead.pop();
    }
    return true;
  }

  /** Rows one after another, their signatures on other threads meanwhile: what is wrong first is told, as if each had been awaited. */
  async stepAll(rows: readonly Row[]): Promise<Bad> {
    const before = this.hasher.position();
    const pending: Pending[] = [];
    let bad: Bad;
    for (const row of rows) {
      bad = this.#step(row, pending);
      if (bad !== undefined) break;
    }
    for (const { seq, key, valid } of pending) {
      if (await valid) {
        this.lastSignedBy.set(key, seq);
        continue;
      }
      // What came after it counts for nothing.
      this.hasher = new LogHasher(before);
      for (const row of rows.slice(0, seq - before.size)) this.hasher.push(row.bytes);
      return { seq, kind: 'signature' };
    }
    return bad;
  }

  #step(row: Row, pending: Pending[]): Bad {
    const seq = this.hasher.size;
    if (row.seq !== seq) return { seq, kind: 'gap' };
    if (ownNumber(row.bytes) !== String(seq)) return { seq, kind: this.#elsewhere(row) ? 'order' : 'hash' };
    if (!this.hasher.push(row.bytes, row.chain)) return { seq, kind: 'hash' };
    if (row.sig !== undefined) {
      const bad = this.#askSignature(row, row.sig, pending);
      if (bad !== undefined) return bad;
    }
    return this.#judgeAnchors();
  }

  judgeEnd(lowest: number): Bad {
    if (lowest < 0) return { seq: lowest, kind: 'order' };
    return this.#ahead.length > 0 ? { seq: this.#size, kind: 'truncation' } : undefined;
  }

  /**
   * Is it a whole entry that belongs to another place? Not if putting the right number in leads to the stored chain value: then a
   * changed byte has hit the number.
   */
  #elsewhere(row: Row): boolean {
    if (parseEntry(row.bytes) === undefined) return false;
    const at = row.bytes.lastIndexOf(NUMBER_FIELD) + NUMBER_FIELD.length;
    const number = Buffer.from(String(this.hasher.size), 'latin1');
    const mended = Buffer.concat([row.bytes.subarray(0, at), number, row.bytes.subarray(row.bytes.indexOf(0x2c, at))]);
    return !nextChain(this.hasher.chain(), mended).equals(row.chain);
  }

  #askSignature(row: Row, sig: Buffer, pending: Pending[]): Bad {
    const { seq } = row;
    const entry = parseEntry(row.bytes);
    if (entry === undefined) return { seq, kind: 'hash' };
    const verify = this.#verifier(entry.key);
    if (verify === undefined) return { seq, kind: 'unknown key' };
    pending.push({ seq, key: entry.key, valid: verify(signedMessage(row.chain), sig) });
    return undefined;
  }

  #verifier(keyId: string): Verifier | undefined {
    const kept = this.#verifiers.get(keyId);
    if (kept !== undefined) return kept;
    const publicKey = this.#options.publicKeyOf(keyId);
    if (publicKey === undefined || keyIdOf(publicKey) !== keyId) return undefined;
    const made = verifierApartOf(publicKey);
    this.#verifiers.set(keyId, made);
    return made;
  }

  #judgeAnchors(): Bad {
    for (
      let next = this.#ahead.at(-1);
      next !== undefined && next.size === this.hasher.size;
      next = this.#ahead.at(-1)
    ) {
      if (this.hasher.root().toString('hex') !== next.root) return { seq: this.#vouched, kind: 'fork' };
      this.#vouched = next.size;
      this.#ahead.pop();
    }
    return undefined;
  }
}

/**
 * The number an entry says it has. In canonical JSON only `ts`, `type`, `up`, `v` and `why` follow it and quotes inside texts are
 * escaped, so the last `,"seq":` is the entry's own, without parsing it.
 */
function ownNumber(bytes: Buffer): string {
  if (!Buffer.isBuffer(bytes)) return '';
  const at = bytes.lastIndexOf(NUMBER_FIELD);
  if (at < 0) return '';
  const start = at + NUMBER_FIELD.length;
  return bytes.toString('latin1', start, bytes.indexOf(0x2c, start));
}
