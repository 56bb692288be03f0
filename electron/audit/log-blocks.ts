import type { Reader } from '../store/sql.ts';
import { LogHasher } from './chain.ts';

/** Entries of the log in one answer of the database: passing each on its own costs more than hashing it. */
interface LogBlock {
  readonly rows: number;
  readonly bytes: Buffer;
  readonly lengths: string;
  readonly chains: Buffer;
}

/** They come in the order of the table; should they ever not, the block fails and the rows are walked one by one. */
const BLOCK = `SELECT count(*) AS rows, cast(group_concat(bytes, '') AS BLOB) AS bytes, group_concat(length(bytes)) AS lengths,
  cast(group_concat(chain, '') AS BLOB) AS chains FROM audit_log WHERE seq >= ? AND seq < ?`;

const ROWS = 2048;

/** Entries that are verified apart from those before them: a full subtree of the tree over the log, so that its top is all that is needed of it. */
export const SEGMENT = 4_096;

/** Where the block ends that begins at `start`: after so many rows, at the end of a segment or of the log, or where it is compared with an anchor. */
export function blockEnd(start: number, size: number, anchors: readonly number[]): number {
  const edge = (Math.floor(start / SEGMENT) + 1) * SEGMENT;
  return anchors.reduce((end, at) => (at > start ? Math.min(end, at) : end), Math.min(start + ROWS, edge, size));
}

/**
 * Adds the entries from `start` to before `end` to a hasher when their chain holds and each stands at its own number.
 * False otherwise; the hasher is then of no further use.
 */
export function pushBlock(reader: Reader, hasher: LogHasher, start: number, end: number): boolean {
  const block = reader.get<LogBlock>(BLOCK, start, end);
  if (block === undefined || block.rows !== end - start) return false;
  const lengths = block.lengths.split(',').map(Number);
  return inOrder(block.bytes, lengths, start) && hasher.pushAll(block.bytes, lengths, block.chains.toString('latin1'));
}

export const NUMBER_FIELD = Buffer.from(',"seq":', 'latin1');

/** Does each entry of those that stand one after another, numbered from `first`, say the number at which it stands? As `ownNumber` in verify.ts. */
function inOrder(bytes: Buffer, lengths: readonly number[], first: number): boolean {
  let end = 0;
  let number = first;
  for (const length of lengths) {
    const begin = end;
    end += length;
    const wanted = `,"seq":${number},`;
    const at = bytes.lastIndexOf(NUMBER_FIELD, end - 1);
    if (at < begin || bytes.toString('latin1', at, at + wanted.length) !== wanted) return false;
    number += 1;
  }
  return true;
}

/** What a segment (its last one may be shorter) comes to. Chain values and digests as 64 hex digits. */
export interface SegmentVerdict {
  readonly start: number;
  readonly end: number;
  /** The stored chain value that it goes on from. */
  readonly before: string;
  readonly after: string;
  /** Tops of the full subtrees over its own entries, up to the end and up to each place inside that an anchor knows. */
  readonly frontier: readonly string[];
  readonly places: readonly { readonly size: number; readonly frontier: readonly string[] }[];
}

/** Verifies one segment; undefined when anything is wrong in it: then it is walked row by row, to name the place. */
export function judgeSegment(
  reader: Reader,
  start: number,
  end: number,
  anchors: readonly number[],
): SegmentVerdict | undefined {
  const before = reader
    .get<{ chain: Buffer }>('SELECT chain FROM audit_log WHERE seq = ?', start - 1)
    ?.chain.toString('hex');
  if (before === undefined) return undefined;
  const hasher = new LogHasher({ size: 0, chain: before, frontier: [] });
  const inside = anchors.filter((at) => at > start && at < end);
  const places: { size: number; frontier: readonly string[] }[] = [];
  for (let at = start; at < end; ) {
    const next = blockEnd(at, end, inside);
    if (!pushBlock(reader, hasher, at, next)) return undefined;
    if (inside.includes(next)) places.push({ size: next, frontier: hasher.position().frontier });
    at = next;
  }
  const { chain, frontier } = hasher.position();
  return { start, end, before, after: chain, frontier, places };
}
