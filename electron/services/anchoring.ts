import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { type AnchorJudgement, type AnchorLedger, createAnchorLedger } from '../audit/anchor-ledger.ts';
import type { AnchorRecord } from '../audit/anchors.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { originOf } from '../audit/checkpoints.ts';
import { segmentsApart } from '../audit/segments-apart.ts';
import type { Clock } from '../platform/clock.ts';
import type { Signer } from '../platform/signer.ts';
import { type OpenVault, vaultPaths } from '../vault/vault.ts';

/**
 * The anchors of one opened archive (security §10): `anchors.log` in its folder and, where the program has a data folder, a copy there
 * under the place the archive stands at, so that files of an older state put back over the present ones are noticed (R57). A copy of an
 * archive somewhere else is no older state of this one: it begins its own.
 */

/** What does not fit, as the desk shows it and the entry of the unlock holds it. */
export type LogDoubt = NonNullable<OutputOf<'session.current'>['logDoubt']>;

export interface Anchors {
  /** Against both copies. Null when all is well, or when there is no anchor yet. */
  judge(): Promise<LogDoubt | null>;
  /** Against the archive's own copy: what `verify` tells. */
  judgeOwn(): Promise<{ readonly ok: boolean; readonly detail: string }>;
  /** Entries that no anchor knows yet. */
  unanchored(): number;
  /** Signs the committed end of the log into both files. `restore`: earlier records no longer hold. Errors: as the files'. */
  write(kind?: AnchorRecord['kind']): Promise<void>;
}

interface AnchorParts {
  readonly directory: string;
  readonly dataFolder: string | undefined;
  readonly vault: Pick<OpenVault, 'databaseKey' | 'vaultId' | 'name' | 'epoch' | 'anchorKey'>;
  readonly audit: AuditLog;
  readonly systemSigner: Signer;
  readonly clock: Clock;
  publicKeyOf(keyId: string): Uint8Array | undefined;
}

/** The copy outside the archive's folder. */
function outsidePath(dataFolder: string, directory: string, vaultId: string): string {
  const place = createHash('sha256').update(realpathSync(directory), 'utf8').digest('hex').slice(0, 16);
  return join(dataFolder, 'anchors', `${vaultId}-${place}.log`);
}

function doubtOf(thrown: unknown, audit: AuditLog): LogDoubt {
  const { code, params } = AppError.from(thrown);
  if (code !== 'INTEGRITY') throw thrown;
  const kind = params.kind === 'truncation' || params.kind === 'fork' ? params.kind : 'anchors';
  return {
    kind,
    logSize: audit.size(),
    logTime: audit.highWater() ?? '',
    anchorSize: Number(params.anchorSize ?? 0),
    anchorTime: String(params.anchorTime ?? ''),
  };
}

export function createAnchors(parts: AnchorParts): Anchors {
  const { directory, dataFolder, vault, audit, systemSigner, clock } = parts;
  const own = vaultPaths(directory).anchors;
  const paths = dataFolder === undefined ? [own] : [own, outsidePath(dataFolder, directory, vault.vaultId)];
  const ledgerOf = (files: readonly string[]): AnchorLedger =>
    createAnchorLedger({
      paths: files,
      key: { epoch: vault.epoch, key: vault.anchorKey },
      origin: originOf(vault.name, vault.vaultId),
      log: audit,
      logSigner: systemSigner,
      clock,
    });
  const both = ledgerOf(paths);
  let anchored = 0;

  const judgeWith = async (ledger: AnchorLedger): Promise<AnchorJudgement> => {
    const judgement = await ledger.judge();
    // §7 step 9: what came after the last anchor, chain alone; `verify` looks at the signatures as well.
    const tail = await audit.verifyIncremental({
      from: judgement.from,
      publicKeyOf: parts.publicKeyOf,
      signatures: false,
      segmentsOf: (stretch) => segmentsApart(vaultPaths(directory).database, vault.databaseKey, stretch),
    });
    if (tail.firstBad !== undefined)
      throw new AppError('INTEGRITY', { params: { kind: tail.firstBad.kind, seq: tail.firstBad.seq } });
    return judgement;
  };

  return {
    async judge() {
      try {
        const judgement = await judgeWith(both);
        anchored = audit.size() - judgement.unanchored;
        return null;
      } catch (thrown) {
        return doubtOf(thrown, audit);
      }
    },
    async judgeOwn() {
      try {
        const { roots, unanchored } = await ledgerOf([own]).judge();
        return { ok: true, detail: `${roots.length} (+${unanchored})` };
      } catch (thrown) {
        const { kind, anchorSize, logSize } = doubtOf(thrown, audit);
        return { ok: false, detail: `${kind}: ${logSize} / ${anchorSize}` };
      }
    },
    unanchored: () => audit.size() - anchored,
    async write(kind = 'checkpoint') {
      try {
        anchored = (await both.checkpoint(kind)).size;
      } catch (thrown) {
        if (AppError.from(thrown).code !== 'INTEGRITY') throw thrown;
        // The two tell different stories, or neither can be read: both are kept as they are, under another name.
        const stamp = clock.now().toISOString().replaceAll(/[:.]/g, '-');
        for (const path of paths) await rename(path, `${path}.aside-${stamp}`).catch(() => undefined);
        anchored = (await both.checkpoint('restore')).size;
      }
    },
  };
}
