import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import type { Signer } from '../platform/signer.ts';
import type { Reader, Writer } from '../store/sql.ts';
import { CHAIN_START, LogHasher, type LogPosition, nextChain, signedMessage } from './chain.ts';
import { type AuditEntry, entryBytes, latestOf, type NewEntry, parseEntry } from './entry.ts';
import { createLogView, type ListFilter, type LogPage } from './log-view.ts';
import { type VerifyOptions, type VerifyResult, verifyLog } from './verify.ts';

export interface LogHead {
  /** Number of entries = sequence number of the next one. */
  readonly size: number;
  /** Chain value after the last entry, 64 hex digits; zeros for an empty log. */
  readonly chain: string;
  /** RFC 6962 root over all entries, 64 hex digits. Computed when asked for. */
  readonly root: string;
}

/** The asking side of a log: of the archive's own, or of a copy of its database. */
export interface LogReader {
  /** Number of committed entries. */
  size(): number;
  /** The committed end of the log. */
  head(): LogHead;
  /** The committed end, with what an anchor record keeps so that the next unlock verifies only what came after. */
  position(): LogPosition;
  /** Chain value after that many entries, 64 hex digits; undefined when the log is shorter. */
  chainAt(size: number): string | undefined;
  /** Highest time ever seen (ISO), or undefined for an empty log (§9). */
  highWater(): string | undefined;
  /** For the log view, newest first; texts are safe to show and to export (R36). */
  list(filter: ListFilter): LogPage;
  /** The entries from one instant to before another, the oldest first. */
  between(from: string, until: string): IterableIterator<AuditEntry>;
  /** One stored entry, or undefined when it is missing or unreadable. */
  entry(seq: number): AuditEntry | undefined;
  /** Sequence number of the first entry at that instant or later; the size of the log if there is none. */
  seqSince(instant: string): number;
}

export interface AuditLog extends LogReader {
  /**
   * Adds one entry inside the transaction that is open on the writer, so that act and entry stand or fall together (R33). `signer`: the acting
   * user's key, or the vault's log key for system events (the default).
   * Errors: AUDIT_UNAVAILABLE when the log's end is damaged or the row is refused, NO_SPACE and the like from the store (R34).
   */
  append(entry: NewEntry, signer?: Signer): { readonly seq: number; readonly chainHex: string };
  /** Walks the log in chunks, yielding to the event loop; names the first bad place (R30, R31, R35). CANCELLED when the signal says so. */
  verify(options: VerifyOptions): Promise<VerifyResult>;
  /**
   * Verifies what came after a position that an authenticated anchor vouches for (§7 step 9); without one, everything. A good result makes
   * later calls of `head` cheap.
   */
  verifyIncremental(
    options: Omit<VerifyOptions, 'from'> & { readonly from: LogPosition | undefined },
  ): Promise<VerifyResult>;
}

export interface AuditLogParts {
  readonly writer: Writer;
  readonly reader: Reader;
  readonly clock: Clock;
  /** Random id of this program start. */
  readonly boot: string;
  /** Version of the program. */
  readonly app: string;
  /** The vault's log key. */
  readonly systemSigner: Signer;
}

interface LastRow {
  readonly seq: number;
  readonly bytes: Buffer;
  readonly chain: Buffer;
}

const LAST = 'SELECT seq, bytes, chain FROM audit_log ORDER BY seq DESC LIMIT 1';

/**
 * What the log says, read through `reader`; it is hashed from its beginning when its root is first asked for.
 * @param from from there instead, as long as the log holds that place; for a copy of a log that is hashed already
 */
export function createLogReader(reader: Reader, from?: LogPosition): LogReader & { goOnFrom(from: LogPosition): void } {
  let walked = new LogHasher(from);

  /** The hasher at the committed end, walking on from where it stood last. */
  const walkTo = (size: number): LogHasher => {
    const stood =
      walked.size <= size &&
      (walked.size === 0 ||
        reader
          .get<{ chain: Buffer }>('SELECT chain FROM audit_log WHERE seq = ?', walked.size - 1)
          ?.chain.equals(walked.chain()) === true);
    if (!stood) walked = new LogHasher();
    while (walked.size < size) {
      const rows = reader.all<{ bytes: Buffer }>(
        'SELECT bytes FROM audit_log WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT 1000',
        walked.size,
        size,
      );
      if (rows.length === 0) throw new AppError('INTEGRITY', { params: { seq: walked.size, kind: 'gap' } });
      for (const { bytes } of rows) walked.push(bytes);
    }
    return walked;
  };

  const head = (): LogHead => {
    const last = reader.get<LastRow>(LAST);
    const size = last === undefined ? 0 : last.seq + 1;
    return {
      size,
      chain: (last?.chain ?? CHAIN_START).toString('hex'),
      get root(): string {
        return walkTo(size).root().toString('hex');
      },
    };
  };

  return {
    size: () => (reader.get<{ seq: number }>('SELECT max(seq) AS seq FROM audit_log WHERE seq >= 0')?.seq ?? -1) + 1,
    head,
    position: () => walkTo(head().size).position(),
    chainAt: (size) =>
      size === 0
        ? CHAIN_START.toString('hex')
        : reader.get<{ chain: Buffer }>('SELECT chain FROM audit_log WHERE seq = ?', size - 1)?.chain.toString('hex'),
    highWater: () => {
      const last = reader.get<LastRow>(LAST);
      return last === undefined ? undefined : parseEntry(last.bytes)?.hwm;
    },
    ...createLogView(reader),
    goOnFrom(position) {
      walked = new LogHasher(position);
    },
  };
}

/** The audit log of one opened archive (§10). */
export function createAuditLog(parts: AuditLogParts): AuditLog {
  const { writer, reader, clock, boot, app, systemSigner } = parts;
  const { goOnFrom, ...log } = createLogReader(reader);
  /** High-water mark of the row with this chain value: saves reading an entry back that was just written. */
  let known = { chain: '', hwm: '' };

  const highWaterOf = (last: LastRow): string => {
    const chain = last.chain.toString('hex');
    if (known.chain !== chain) {
      const entry = parseEntry(last.bytes);
      if (entry === undefined || entry.seq !== last.seq)
        throw new AppError('AUDIT_UNAVAILABLE', { params: { seq: last.seq } });
      known = { chain, hwm: entry.hwm };
    }
    return known.hwm;
  };

  const verify = (options: VerifyOptions) => verifyLog(reader, options);

  return {
    ...log,
    append(entry, signer = systemSigner) {
      if (!writer.inTransaction) throw new Error('An audit entry is written inside the transaction of its act');
      const last = writer.get<LastRow>(LAST);
      const seq = last === undefined ? 0 : last.seq + 1;
      const ts = clock.now().toISOString();
      const before = last === undefined ? ts : highWaterOf(last);
      const hwm = latestOf(before, ts);
      const bytes = entryBytes({
        v: 1,
        seq,
        ts,
        hwm,
        boot,
        up: Math.max(0, Math.floor(clock.monotonicMs())),
        actor: entry.actor,
        role: entry.role,
        key: signer.keyId,
        type: entry.type,
        obj: entry.obj,
        outcome: entry.outcome,
        why: entry.why ?? '',
        app,
        data: entry.data ?? {},
      });
      const chain = nextChain(last?.chain ?? CHAIN_START, bytes);
      try {
        writer.run(
          'INSERT INTO audit_log (seq, bytes, chain, sig) VALUES (?, ?, ?, ?)',
          seq,
          bytes,
          chain,
          signer.sign(signedMessage(chain)),
        );
        writer.run(
          'INSERT INTO audit_index (seq, type, actor, obj, outcome, at) VALUES (?, ?, ?, ?, ?, ?)',
          seq,
          entry.type,
          entry.actor,
          entry.obj,
          entry.outcome,
          ts,
        );
      } catch (thrown) {
        if (thrown instanceof AppError) throw thrown;
        throw new AppError('AUDIT_UNAVAILABLE', { cause: thrown, params: { seq } });
      }
      const chainHex = chain.toString('hex');
      known = { chain: chainHex, hwm };
      return { seq, chainHex };
    },
    verify,
    verifyIncremental: async (options) => {
      const { from, ...rest } = options;
      const result = await verify(from === undefined ? rest : { ...rest, from });
      if (result.ok) goOnFrom(result.position);
      return result;
    },
  };
}
