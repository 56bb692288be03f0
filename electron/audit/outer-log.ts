import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import { appendDurably, readIfPresent, replaceDurably } from '../platform/durable-files.ts';

/**
 * What happened before anybody was let in (R38): lines of their own, each with the hash of the one before it, kept beside the archive and
 * merged into its log at the next unlock. Nobody has a key then, so nothing keeps a stranger from rewriting what was not merged
 * yet; what was merged is vouched for by the log, and that the file is there at all is known to it.
 */
export interface OuterEvent {
  /** Dotted, e.g. `secret.wrong`; the merged entry is called `outer.<type>`. */
  readonly type: string;
  /** Identifiers and counts only. */
  readonly data: Readonly<Record<string, string | number>>;
}

export interface OuterLine extends OuterEvent {
  readonly seq: number;
  readonly at: string;
  /** Hash of this line and of the one before it, 64 hex digits. */
  readonly hash: string;
  readonly before: string;
}

/** Where the log knows the file to have ended. */
export interface OuterHead {
  readonly seq: number;
  readonly hash: string;
}

export const OUTER_START: OuterHead = { seq: 0, hash: '0'.repeat(64) };

const shape = z.strictObject({
  seq: z.int().min(1),
  at: z.iso.datetime({ precision: 3 }),
  type: z.string().regex(/^[a-z][a-zA-Z.]{0,40}$/),
  data: z.record(z.string().max(20), z.union([z.string().max(80), z.int()])),
  before: z.string().regex(/^[0-9a-f]{64}$/),
});
/** Beyond this the file begins anew at the next merge, going on from the same hash. */
const LONGEST_BYTES = 128 * 1024;
const READ_AT_MOST = 4 * 1024 * 1024;

const hashOf = (line: string) => createHash('sha256').update(line, 'utf8').digest('hex');

function parseLines(text: string): OuterLine[] | undefined {
  const lines: OuterLine[] = [];
  let head: OuterHead | undefined;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    let parsed: z.infer<typeof shape>;
    try {
      parsed = shape.parse(JSON.parse(line));
    } catch {
      return undefined;
    }
    if (head !== undefined && (parsed.before !== head.hash || parsed.seq !== head.seq + 1)) return undefined;
    const { seq, at, type, data, before } = parsed;
    head = { seq, hash: hashOf(line) };
    lines.push({ seq, at, type, data, hash: head.hash, before });
  }
  return lines;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    const bytes = await readIfPresent(path, READ_AT_MOST);
    return bytes === undefined ? undefined : bytes.toString('utf8');
  } catch (thrown) {
    // Nobody fails so often: whatever it is now, it is not what was written.
    if (AppError.from(thrown).code === 'FILE_TOO_LARGE') return 'too large\n';
    throw thrown;
  }
}

/** A last line cut short by a power failure is no line. */
const wholeLines = (text: string) => text.slice(0, text.lastIndexOf('\n') + 1);

/** Adds a line, durably. A file that cannot be read as one goes on from its start; the next merge says that it was changed. */
export async function appendOuter(path: string, event: OuterEvent, clock: Clock): Promise<void> {
  const text = wholeLines((await readText(path)) ?? '');
  const lines = parseLines(text) ?? [];
  const { seq, hash } = lines.at(-1) ?? OUTER_START;
  const line = JSON.stringify({ seq: seq + 1, at: clock.now().toISOString(), ...event, before: hash });
  await appendDurably(path, `${line}\n`);
}

export type OuterFinding = 'whole' | 'missing' | 'changed';

export interface OuterReading {
  /** `missing`: the log knows of a file that is not there · `changed`: it is not what the log knows, or not whole in itself. */
  readonly finding: OuterFinding;
  /** Lines that the log does not know yet. */
  readonly fresh: readonly OuterLine[];
  readonly head: OuterHead;
}

/**
 * What the file says that the log does not know yet.
 * @param known where the log knows it to have ended; undefined when it has never seen one
 */
export async function readOuter(path: string, known: OuterHead | undefined): Promise<OuterReading> {
  const text = await readText(path);
  if (text === undefined)
    return { finding: known === undefined ? 'whole' : 'missing', fresh: [], head: known ?? OUTER_START };
  const lines = parseLines(wholeLines(text));
  if (lines === undefined) return { finding: 'changed', fresh: [], head: known ?? OUTER_START };
  const end = lines.at(-1);
  if (known === undefined) return { finding: 'whole', fresh: lines, head: end ?? OUTER_START };
  const at = lines.findIndex(({ seq, hash }) => seq === known.seq && hash === known.hash);
  // It may have begun anew right where the log knows it to have ended.
  if (at < 0 && lines[0]?.before !== known.hash)
    return { finding: 'changed', fresh: lines.filter(({ seq }) => seq > known.seq), head: end ?? OUTER_START };
  return { finding: 'whole', fresh: lines.slice(at + 1), head: end ?? known };
}

/** After a merge: the file is there, goes on from what the log knows, and does not grow without end. */
export async function settleOuter(path: string, { finding, head }: OuterReading, clock: Clock): Promise<OuterHead> {
  const text = await readText(path);
  if (finding === 'whole' && text !== undefined && text.length < LONGEST_BYTES && head.seq > 0) return head;
  const line = JSON.stringify({
    seq: head.seq + 1,
    at: clock.now().toISOString(),
    type: 'begun',
    data: {},
    before: head.hash,
  });
  await replaceDurably(path, `${line}\n`);
  return { seq: head.seq + 1, hash: hashOf(line) };
}
