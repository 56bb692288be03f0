import { dirname } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { checkpointCode, groupedCode, originOf, signCheckpoint } from '../audit/checkpoints.ts';
import { makeFolder, replaceDurably } from '../platform/durable-files.ts';
import { writeInfo } from '../store/archive-records.ts';
import { allAttachments } from '../store/attachments.ts';
import { destroyedPapers } from '../store/disposals.ts';
import { checkIntegrityApart } from '../store/integrity-check.ts';
import { checkSealed } from '../vault/sealed-files.ts';
import { vaultPaths } from '../vault/vault-files.ts';
import type { HandlersOf, JobContext } from './context.ts';
import { sealedOf } from './documents.ts';
import { publicKeyOf } from './open-archive.ts';
import { brokenSupplements } from './supplements.ts';
import { instantsOf } from './today.ts';
import { changedVolumes } from './volume-fingerprint.ts';

/** How many damaged files one report names. */
const NAMED = 20;

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Y2: what was bound is still what stands in the archive; the volumes that are not are named. */
function checkVolumes({ sql }: JobContext): Check {
  const { changed, total } = changedVolumes(sql);
  return {
    name: 'volumes',
    ok: changed.length === 0,
    detail: changed.length === 0 ? String(total) : changed.slice(0, NAMED).join(', '),
  };
}

/** Y2: no line of a notes sheet was changed or taken away. */
function checkSupplements({ sql }: JobContext): Check {
  const broken = brokenSupplements(sql);
  return { name: 'supplements', ok: broken.length === 0, detail: broken.slice(0, NAMED).join(', ') };
}

/** Y2: of what was destroyed no key is left. */
function checkDestroyed({ sql }: JobContext): Check {
  const { papers, withKey } = destroyedPapers(sql);
  return {
    name: 'destroyed',
    ok: withKey.length === 0,
    detail: withKey.length === 0 ? String(papers) : withKey.slice(0, NAMED).join(', '),
  };
}

async function checkSealedFiles(context: JobContext): Promise<Check> {
  const { archive, sql, signal } = context;
  const rows = [...allAttachments(sql)];
  const bad: string[] = [];
  for (const [index, row] of rows.entries()) {
    signal.throwIfAborted();
    const wrong = await checkSealed(archive.directory, sealedOf(row));
    if (wrong !== undefined) bad.push(`${row.code ?? row.name} (${wrong})`);
    context.progress({ phase: 'verifying', done: index + 1, total: rows.length });
  }
  return {
    name: 'sealedFiles',
    ok: bad.length === 0,
    detail: bad.length === 0 ? String(rows.length) : bad.slice(0, NAMED).join(', '),
  };
}

/** The log for people, its proof, and its checkpoints (security §10). */
export const auditHandlers: HandlersOf<'audit.list' | 'audit.verify' | 'audit.checkpoint'> = {
  'audit.list': {
    phase: 'query',
    run: ({ archive }, input) =>
      archive.audit.list({
        before: input.before,
        limit: input.limit,
        type: input.type,
        actor: input.actor,
        obj: input.object,
        outcome: input.outcome,
        ...instantsOf(input),
      }),
  },
  'audit.verify': {
    phase: 'job',
    async run(context, { deep }) {
      const { archive, clock } = context;
      const log = await archive.audit.verify({
        publicKeyOf: (keyId) => publicKeyOf(archive, keyId),
        signal: context.signal,
        onProgress: (done, total) => context.progress({ phase: 'verifying', done, total }),
      });
      context.progress({ phase: 'verifying', done: 0, total: 0 });
      const problems = await checkIntegrityApart(
        vaultPaths(archive.directory).database,
        archive.vault.databaseKey,
        context.signal,
      );
      const checks: Check[] = [
        {
          name: 'log',
          ok: log.ok,
          detail: log.firstBad === undefined ? String(log.entries) : `${log.firstBad.seq}: ${log.firstBad.kind}`,
        },
        { name: 'anchors', ...(await archive.anchors.judgeOwn()) },
        checkVolumes(context),
        checkSupplements(context),
        checkDestroyed(context),
        { name: 'database', ok: problems.length === 0, detail: problems.slice(0, NAMED).join('; ') },
        ...(deep ? [await checkSealedFiles(context)] : []),
      ];
      const ok = checks.every((check) => check.ok);
      context.note({
        object: `vault:${archive.vault.vaultId}`,
        data: { ok: ok ? 1 : 0, deep: deep ? 1 : 0, entries: log.entries },
      });
      await context.transaction((change) => {
        if (ok) writeInfo(change.sql, 'lastVerified', clock.now().toISOString());
      });
      return { ok, checks, audit: { entries: log.entries, head: log.head.chain, firstBad: log.firstBad ?? null } };
    },
  },
  'audit.checkpoint': {
    phase: 'command',
    run(context, { file }) {
      const { archive, sql } = context;
      const { size, root } = archive.audit.head();
      if (size === 0) throw new AppError('INTEGRITY');
      const checkpoint = { origin: originOf(archive.name, archive.vault.vaultId), size, root };
      const note = signCheckpoint(checkpoint, archive.systemSigner);
      context.note({ object: `checkpoint:${size}`, data: { root } });
      context.afterCommit(() => archive.anchors.write());
      if (file !== undefined) {
        writeInfo(sql, 'anchoredSize', String(size));
        writeInfo(sql, 'anchoredAt', context.clock.now().toISOString());
        context.afterCommit(async () => {
          await makeFolder(dirname(file));
          await replaceDurably(file, note);
        });
      }
      return { size, root, code: groupedCode(checkpointCode(checkpoint)), note, file: file ?? null };
    },
  },
};
