import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import { keyIdOf, verifierOf } from '../platform/signer.ts';
import type { Reader } from '../store/sql.ts';
import { LogHasher, type LogPosition, nextChain, signedMessage } from './chain.ts';
import { parseEntry } from './entry.ts';

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

/** Rows between two turns of the event loop: about ten milliseconds of work either way. */
const CHUNK = { signed: 100, chainOnly: 3000 };

/** Verifies the log as it stands when called; entries added meanwhile are not looked at. */
export async function verifyLog(reader: Reader, options: VerifyOptions): Promise<VerifyResult> {
  const signatures = options.signatures ?? true;
  const ends = reader.get<{ low: number | null; high: number | null }>(
    'SELECT min(seq) AS low, max(seq) AS high FROM audit_log',
  );
  const size = (ends?.high ?? -1) + 1;
  const hasher = new LogHasher(options.from);
  const walk = new Walk(hasher, options, size);

  let firstBad = walk.judgeStart(reader);
  const sql = `SELECT seq, bytes, chain${signatures ? ', sig' : ''} FROM audit_log WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT ?`;
  while (firstBad === undefined && hasher.size < size) {
    if (options.signal?.aborted) throw new AppError('CANCELLED');
    const rows = reader.all<Row>(sql, hasher.size, size, signatures ? CHUNK.signed : CHUNK.chainOnly);
    for (const row of rows) {
      firstBad = walk.step(row);
      if (firstBad !== undefined) break;
    }
    options.onProgress?.(hasher.size, size);
    await nextTurn();
  }
  firstBad ??= walk.judgeEnd(ends?.low ?? 0);

  const position = hasher.position();
  return {
    ok: firstBad === undefined,
    entries: size,
    head: { size: position.size, chain: position.chain, root: hasher.root().toString('hex') },
    position,
    ...(firstBad === undefined ? {} : { firstBad }),
    lastSignedBy: Object.fromEntries(walk.lastSignedBy),
  };
}

type Bad = { readonly seq: number; readonly kind: BadKind } | undefined;

class Walk {
  readonly lastSignedBy = new Map<string, number>();
  readonly #hasher: LogHasher;
  readonly #options: VerifyOptions;
  readonly #size: number;
  readonly #verifiers = new Map<string, (bytes: Uint8Array, signature: Uint8Array) => boolean>();
  /** Anchors still ahead, the nearest last. */
  readonly #ahead: KnownRoot[];
  /** Entries up to here are vouched for by an anchor that matched. */
  #vouched: number;

  constructor(hasher: LogHasher, options: VerifyOptions, size: number) {
    this.#hasher = hasher;
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

  step(row: Row): Bad {
    const seq = this.#hasher.size;
    if (row.seq !== seq) return { seq, kind: 'gap' };
    if (ownNumber(row.bytes) !== String(seq)) return { seq, kind: this.#elsewhere(row) ? 'order' : 'hash' };
    if (!this.#hasher.push(row.bytes, row.chain)) return { seq, kind: 'hash' };
    if (row.sig !== undefined) {
      const bad = this.#judgeSignature(row, row.sig);
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
    const number = Buffer.from(String(this.#hasher.size), 'latin1');
    const mended = Buffer.concat([row.bytes.subarray(0, at), number, row.bytes.subarray(row.bytes.indexOf(0x2c, at))]);
    return !nextChain(this.#hasher.chain(), mended).equals(row.chain);
  }

  #judgeSignature(row: Row, sig: Buffer): Bad {
    const { seq } = row;
    const entry = parseEntry(row.bytes);
    if (entry === undefined) return { seq, kind: 'hash' };
    const verify = this.#verifier(entry.key);
    if (verify === undefined) return { seq, kind: 'unknown key' };
    if (!verify(signedMessage(row.chain), sig)) return { seq, kind: 'signature' };
    this.lastSignedBy.set(entry.key, seq);
    return undefined;
  }

  #verifier(keyId: string): ((bytes: Uint8Array, signature: Uint8Array) => boolean) | undefined {
    const kept = this.#verifiers.get(keyId);
    if (kept !== undefined) return kept;
    const publicKey = this.#options.publicKeyOf(keyId);
    if (publicKey === undefined || keyIdOf(publicKey) !== keyId) return undefined;
    const made = verifierOf(publicKey);
    this.#verifiers.set(keyId, made);
    return made;
  }

  #judgeAnchors(): Bad {
    for (
      let next = this.#ahead.at(-1);
      next !== undefined && next.size === this.#hasher.size;
      next = this.#ahead.at(-1)
    ) {
      if (this.#hasher.root().toString('hex') !== next.root) return { seq: this.#vouched, kind: 'fork' };
      this.#vouched = next.size;
      this.#ahead.pop();
    }
    return undefined;
  }
}

const NUMBER_FIELD = Buffer.from(',"seq":', 'latin1');

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
