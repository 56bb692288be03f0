import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import type { Signer } from '../platform/signer.ts';
import { type AnchorCopy, type AnchorKey, type AnchorRecord, appendAnchor, readAnchorFiles } from './anchors.ts';
import type { AuditLog } from './audit-log.ts';
import { type LogPosition, rootOfPosition } from './chain.ts';
import { type Checkpoint, checkpointCode, openCheckpoint, signCheckpoint } from './checkpoints.ts';
import { latestOf } from './entry.ts';
import type { KnownRoot } from './verify.ts';

/** What the anchors say about the log, once they have been found to agree with it. */
export interface AnchorJudgement {
  /** Verify from here at unlock; undefined when there is no anchor yet. */
  readonly from: LogPosition | undefined;
  /** Every root that a full verification must meet. */
  readonly roots: readonly KnownRoot[];
  /** Entries after the last anchor (R73), and when that was made. */
  readonly unanchored: number;
  readonly lastAnchoredAt: string | undefined;
  /** Highest time the anchors have seen (§9). */
  readonly highWater: string | undefined;
  /** The two files; anything but `whole` should be told to the supervisor. */
  readonly copies: readonly AnchorCopy[];
}

export interface CheckpointMade {
  readonly size: number;
  /** 64 hex digits. */
  readonly root: string;
  /** 25 characters for paper; `groupedCode` sets it in groups. */
  readonly code: string;
  /** The signed note: file for the supervisor's stick, content of the QR code. */
  readonly note: string;
  readonly copies: readonly AnchorCopy[];
}

export interface AnchorLedger {
  /**
   * Compares the log with the last anchor (§7 step 8, R57): run it before unlock finishes.
   * Errors: INTEGRITY with `kind` ("truncation": the log is shorter than the anchor knows it · "fork": it differs · "anchors": neither file can be
   * trusted), `logSize`, `logTime`, `anchorSize`, `anchorTime`.
   */
  judge(): Promise<AnchorJudgement>;
  /** Signs the committed end of the log and appends it to both files (R39). `kind` restore: after a backup has replaced the log (R56). */
  checkpoint(kind?: AnchorRecord['kind']): Promise<CheckpointMade>;
}

export interface AnchorLedgerParts {
  /** anchors.log of the vault, and the copy outside the vault folder. */
  readonly paths: readonly string[];
  readonly key: AnchorKey;
  /** `originOf(institution, vaultId)`. */
  readonly origin: string;
  readonly log: AuditLog;
  readonly logSigner: Signer;
  /** Public keys the log key had before; notes signed with them still count. */
  readonly formerLogKeys?: readonly Uint8Array[];
  readonly clock: Clock;
}

/** The anchors of one opened archive (§10). */
export function createAnchorLedger(parts: AnchorLedgerParts): AnchorLedger {
  const { paths, key, origin, log, logSigner, clock } = parts;
  const logKeys = [logSigner.publicKey, ...(parts.formerLogKeys ?? [])];

  const disagrees = (kind: string, anchor: Checkpoint, record: AnchorRecord) =>
    new AppError('INTEGRITY', {
      params: {
        kind,
        logSize: log.size(),
        logTime: log.highWater() ?? '',
        anchorSize: anchor.size,
        anchorTime: record.ts,
      },
    });

  const open = (record: AnchorRecord): Checkpoint => {
    for (const logKey of logKeys) {
      const opened = openCheckpoint(record.note, logKey);
      // The vault id decides; the institution may have been renamed since.
      if (opened !== undefined && vaultIdOf(opened.checkpoint.origin) === vaultIdOf(origin)) return opened.checkpoint;
    }
    throw new AppError('INTEGRITY', { params: { kind: 'anchors', anchorTime: record.ts } });
  };

  return {
    judge: async () => {
      const { records, copies } = await readAnchorFiles(paths, key);
      const since = records.slice(
        Math.max(
          0,
          records.findLastIndex((record) => record.kind === 'restore'),
        ),
      );
      const anchors = since.map((record) => ({ record, checkpoint: open(record) }));
      const last = anchors.at(-1);
      const size = log.size();
      const roots = anchors.map(({ checkpoint }) => ({ size: checkpoint.size, root: checkpoint.root }));
      if (last === undefined) {
        return { from: undefined, roots, unanchored: size, lastAnchoredAt: undefined, highWater: undefined, copies };
      }
      const { record, checkpoint } = last;
      if (size < checkpoint.size) throw disagrees('truncation', checkpoint, record);
      const from = { size: checkpoint.size, chain: record.chain, frontier: record.frontier };
      if (rootOfPosition(from) !== checkpoint.root) throw disagrees('anchors', checkpoint, record);
      if (log.chainAt(checkpoint.size) !== record.chain) throw disagrees('fork', checkpoint, record);
      return {
        from,
        roots,
        unanchored: size - checkpoint.size,
        lastAnchoredAt: record.ts,
        highWater: latestOf(...records.map(({ hwm }) => hwm)),
        copies,
      };
    },
    checkpoint: async (kind = 'checkpoint') => {
      const { chain, frontier, size } = log.position();
      const root = rootOfPosition({ chain, frontier, size }) ?? '';
      const checkpoint = { origin, size, root };
      const note = signCheckpoint(checkpoint, logSigner);
      const ts = clock.now().toISOString();
      const copies = await appendAnchor(paths, key, {
        kind,
        ts,
        hwm: latestOf(ts, log.highWater() ?? ts),
        note,
        chain,
        frontier: [...frontier],
      });
      return { size, root, code: checkpointCode(checkpoint), note, copies };
    },
  };
}

function vaultIdOf(origin: string): string {
  return origin.slice(origin.lastIndexOf('/') + 1);
}
