import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { dirname } from 'node:path';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { appendDurably, makeFolder, readIfPresent } from '../platform/durable-files.ts';

/**
 * The anchor files: checkpoints kept outside the log, one record a line, append-only, in two places (§10). Each record names the SHA-256 of the
 * line before it and carries an HMAC under the anchor key, so that the newest one vouches for all before it.
 */
const recordShape = z.strictObject({
  v: z.literal(1),
  /** `restore`: the log was replaced by a backup's; what earlier records say of longer logs no longer holds (R56). */
  kind: z.enum(['checkpoint', 'restore']),
  ts: z.iso.datetime({ precision: 3 }),
  /** Highest time ever seen (§9). */
  hwm: z.iso.datetime({ precision: 3 }),
  /** Epoch of the vault key whose anchor key made the MAC. */
  epoch: z.int().min(0),
  /** The signed checkpoint. */
  note: z.string().max(20_000),
  /** Where verifying goes on from at the next unlock: it fits the checkpoint's root. */
  chain: z.string().regex(/^[0-9a-f]{64}$/),
  frontier: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(53),
  prev: z.string().regex(/^([0-9a-f]{64})?$/),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AnchorRecord = Readonly<z.infer<typeof recordShape>>;
export type NewAnchorRecord = Omit<AnchorRecord, 'v' | 'epoch' | 'prev' | 'mac'>;

/**
 * `behind`: whole, but the other copy has more · `torn`: its last line was cut by a power failure · `damaged`: not what was written ·
 * `unreachable`: reading or writing failed.
 */
export type CopyState = 'whole' | 'behind' | 'torn' | 'missing' | 'damaged' | 'unreachable';

export interface AnchorCopy {
  readonly path: string;
  readonly state: CopyState;
  readonly records: number;
}

export interface AnchorFiles {
  /** Oldest first; from the copy that has the most. */
  readonly records: readonly AnchorRecord[];
  readonly copies: readonly AnchorCopy[];
}

export interface AnchorKey {
  readonly epoch: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

const MAXIMUM_BYTES = 64 * 1024 * 1024;

interface ReadCopy {
  readonly path: string;
  readonly lines: readonly string[];
  readonly records: readonly AnchorRecord[];
  readonly state: CopyState;
  /** The file ends inside a line. */
  readonly open: boolean;
}

/**
 * Reads and authenticates both copies. Errors: INTEGRITY (`kind` "fork") when both are whole but tell different stories.
 * Damaged or missing copies are reported in `copies`, not thrown: the other one still counts.
 */
export async function readAnchorFiles(paths: readonly string[], key: AnchorKey): Promise<AnchorFiles> {
  return merged(await Promise.all(paths.map((path) => readCopy(path, key))));
}

/**
 * Appends one record to every copy that is not damaged, bringing copies that lack records up to date first, and syncs them (R46).
 * Fails only when no copy could be written; `copies` says which could not.
 */
export async function appendAnchor(
  paths: readonly string[],
  key: AnchorKey,
  entry: NewAnchorRecord,
): Promise<readonly AnchorCopy[]> {
  const copies = await Promise.all(paths.map((path) => readCopy(path, key)));
  const longest = longestOf(copies);
  const unsigned = { ...entry, v: 1 as const, epoch: key.epoch, prev: hashOfLine(longest.lines.at(-1)) };
  const record: AnchorRecord = recordShape.parse({ ...unsigned, mac: macOf(unsigned, key.key) });
  const lines = [...longest.lines, lineOf(record)];
  let failure: unknown;
  const results = await Promise.all(
    copies.map(async (copy): Promise<AnchorCopy> => {
      if (copy.state === 'damaged' || copy.state === 'unreachable') return reportOf(copy);
      const added = lines.slice(copy.lines.length).map((line) => `${line}\n`);
      try {
        await makeFolder(dirname(copy.path));
        await appendDurably(copy.path, `${copy.open ? '\n' : ''}${added.join('')}`);
        return { path: copy.path, state: 'whole', records: lines.length };
      } catch (thrown) {
        failure ??= thrown;
        return reportOf({ ...copy, state: 'unreachable' });
      }
    }),
  );
  if (!results.some((copy) => copy.state === 'whole')) {
    throw failure === undefined ? new AppError('INTEGRITY', { params: { kind: 'anchors' } }) : AppError.from(failure);
  }
  return results;
}

async function readCopy(path: string, key: AnchorKey): Promise<ReadCopy> {
  const empty = { path, lines: [], records: [], open: false };
  let bytes: Buffer | undefined;
  try {
    bytes = await readIfPresent(path, MAXIMUM_BYTES);
  } catch {
    return { ...empty, state: 'unreachable' };
  }
  if (bytes === undefined) return { ...empty, state: 'missing' };
  const text = bytes.toString('utf8');
  const open = text !== '' && !text.endsWith('\n');
  const found = text.split('\n').filter((line) => line !== '');
  const lines: string[] = [];
  const records: AnchorRecord[] = [];
  let strange = 0;
  for (const line of found) {
    const record = recordOf(line);
    if (record !== undefined && record.prev === hashOfLine(lines.at(-1))) {
      lines.push(line);
      records.push(record);
    } else if (record !== undefined || !couldBeTorn(line)) strange += 1;
  }
  // A line that a power cut left unfinished is no record; it is never a whole one with something changed.
  const torn = found.length > lines.length;
  const state = strange > 0 || !macsHold(records, key) ? 'damaged' : torn ? 'torn' : 'whole';
  return { path, lines, records, state, open };
}

function recordOf(line: string): AnchorRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const parsed = recordShape.safeParse(value);
    return parsed.success && lineOf(parsed.data) === line ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The beginning of a record, or the zeros some file systems leave. */
function couldBeTorn(line: string): boolean {
  return /^\0*$/.test(line) || (line.startsWith('{"chain":"') && !line.endsWith('}'));
}

/**
 * Records of the present epoch must carry its MAC. Those of earlier epochs, whose key is gone, are vouched for by the records that follow them;
 * epochs never fall, so nothing can be added behind the present ones without the key.
 */
function macsHold(records: readonly AnchorRecord[], { epoch, key }: AnchorKey): boolean {
  return records.every(({ mac, ...unsigned }, index) => {
    if (unsigned.epoch < (records[index - 1]?.epoch ?? 0) || unsigned.epoch > epoch) return false;
    return unsigned.epoch < epoch || timingSafeEqual(Buffer.from(mac, 'hex'), Buffer.from(macOf(unsigned, key), 'hex'));
  });
}

function macOf(unsigned: Omit<AnchorRecord, 'mac'>, key: Uint8Array): string {
  return createHmac('sha256', key)
    .update(`archive-anchor/v1\n${canonicalize(unsigned)}`, 'utf8')
    .digest('hex');
}

function lineOf(record: AnchorRecord): string {
  return canonicalize(record) ?? '';
}

function hashOfLine(line: string | undefined): string {
  return line === undefined ? '' : createHash('sha256').update(line, 'utf8').digest('hex');
}

function longestOf(copies: readonly ReadCopy[]): ReadCopy {
  if (copies.every((copy) => copy.state === 'unreachable')) throw new AppError('INPUT_OUTPUT');
  const sound = copies.filter((copy) => copy.state !== 'damaged');
  const longest = sound.toSorted((a, b) => b.lines.length - a.lines.length)[0];
  // A damaged copy that still shows more than the other one means that the other one has lost records.
  const lost = copies.some((copy) => copy.state === 'damaged' && copy.lines.length > (longest?.lines.length ?? 0));
  const nothingLeft = longest?.lines.length === 0 && copies.some((copy) => copy.state === 'damaged');
  if (longest === undefined || lost || nothingLeft) throw new AppError('INTEGRITY', { params: { kind: 'anchors' } });
  for (const copy of sound) {
    if (copy.lines.some((line, index) => line !== longest.lines[index])) {
      throw new AppError('INTEGRITY', { params: { kind: 'fork' } });
    }
  }
  return longest;
}

function merged(copies: readonly ReadCopy[]): AnchorFiles {
  const { records } = longestOf(copies);
  const behind = (copy: ReadCopy) => copy.state === 'whole' && copy.records.length < records.length;
  return { records, copies: copies.map((copy) => reportOf(behind(copy) ? { ...copy, state: 'behind' } : copy)) };
}

function reportOf({ path, state, records }: ReadCopy): AnchorCopy {
  return { path, state, records: records.length };
}
