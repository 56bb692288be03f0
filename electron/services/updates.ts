import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OutputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  discardTemporary,
  fileError,
  makeFolder,
  openTemporary,
  publishTemporary,
  readIfPresent,
  syncFolder,
} from '../platform/durable-files.ts';
import { readUpdate, type UpdateDescription } from '../platform/update-note.ts';
import { listBackupRuns } from '../store/backups.ts';
import type { HandlersOf, QueryContext } from './context.ts';

/** Updates by a signed file (issue 6, R51): proved, told, and handed over to the system; this program installs nothing. */

const NOTE_LIMIT = 64 * 1024;
/** A backup from which the state before the update could be restored. */
const FRESH_MS = 3_600_000;

const notSigned = (file: string, reason: string) =>
  new AppError('INTEGRITY', { params: { record: basename(file), reason }, hint: 'hint.updateNotSigned' });

async function descriptionOf({ program }: QueryContext, file: string): Promise<UpdateDescription> {
  if (program.releaseKey === '')
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'file', message: 'validation.noReleaseKey' }],
    });
  const note = await readIfPresent(`${file}.note`, NOTE_LIMIT);
  const described = note === undefined ? undefined : readUpdate(note, program.releaseKey);
  if (described === undefined) throw notSigned(file, 'signature');
  return described;
}

/** Reads the installer to its end; every piece goes to `take` before anything is known of the whole. */
async function prove(
  context: QueryContext,
  file: string,
  described: UpdateDescription,
  take: (chunk: Buffer) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>) {
      context.signal.throwIfAborted();
      bytes += chunk.length;
      if (bytes > described.size) throw notSigned(file, 'size');
      hash.update(chunk);
      await take(chunk);
      context.progress({ phase: 'reading', done: bytes, total: described.size });
    }
  } catch (thrown) {
    throw fileError(thrown);
  }
  if (bytes !== described.size || hash.digest('hex') !== described.sha256) throw notSigned(file, 'changed');
}

const parts = (version: string) => version.split('.').map(Number);

/** Negative when `a` is the older one. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  return left.map((part, index) => part - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function standingOf(
  { archive, program }: QueryContext,
  { version, schema }: UpdateDescription,
): OutputOf<'updates.inspect'>['standing'] {
  if (schema < archive.database.schemaVersion) return 'cannotRead';
  const difference = compareVersions(version, program.version);
  return difference > 0 ? 'newer' : difference === 0 ? 'same' : 'older';
}

function isBackedUp({ sql, clock }: QueryContext): boolean {
  const [newest] = listBackupRuns(sql, 1);
  return newest !== undefined && clock.now().getTime() - Date.parse(newest.at) <= FRESH_MS;
}

function installerKind(name: string): OutputOf<'updates.handOver'>['kind'] {
  if (/\.appimage$/i.test(name)) return 'appImage';
  if (/\.deb$/i.test(name)) return 'deb';
  if (/\.exe$/i.test(name)) return 'nsis';
  return /\.dmg$/i.test(name) ? 'dmg' : 'other';
}

export const updateHandlers: HandlersOf<'updates.inspect' | 'updates.handOver'> = {
  'updates.inspect': {
    phase: 'query',
    async run(context, { file }) {
      const described = await descriptionOf(context, file);
      await prove(context, file, described);
      return {
        version: described.version,
        present: context.program.version,
        standing: standingOf(context, described),
        made: described.made,
        changes: described.changes,
        bytes: described.size,
        sha256: described.sha256,
        migrates: described.schema > context.archive.database.schemaVersion,
        backedUp: isBackedUp(context),
      };
    },
  },
  'updates.handOver': {
    phase: 'job',
    async run(context, { file, directory }) {
      const described = await descriptionOf(context, file);
      const { version, sha256 } = described;
      context.note({ object: `update:${version}`, data: { sha256, from: context.program.version } });
      const standing = standingOf(context, described);
      if (standing !== 'newer')
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'file', message: `validation.update.${standing}` }] });
      if (!isBackedUp(context))
        throw new AppError('CONFLICT', {
          params: { what: 'backup', number: version },
          hint: 'hint.backupBeforeUpdate',
        });
      const target = join(directory, described.file);
      if (
        await stat(target).then(
          () => true,
          () => false,
        )
      )
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'directory', message: 'validation.fileExists' }] });
      await makeFolder(directory);
      const temporary = await openTemporary(target);
      try {
        await prove(context, file, described, (chunk) => temporary.handle.writeFile(chunk));
      } catch (thrown) {
        await discardTemporary(temporary);
        throw fileError(thrown);
      }
      const kind = installerKind(described.file);
      try {
        // R69: the entry is durable before the file has its name.
        await context.transaction((change) => {
          change.afterCommit(async () => {
            await publishTemporary(temporary, target);
            if (kind === 'appImage') await chmod(target, 0o700);
            await syncFolder(directory);
          });
        });
      } catch (thrown) {
        await discardTemporary(temporary);
        throw thrown;
      }
      return { file: target, version, kind };
    },
  },
};
