import { createHash } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OutputOf } from '../../shared/contract/contract.ts';
import type { TrayFile } from '../../shared/contract/scans.ts';
import { customerOfVisitCode } from '../../shared/domain/visit-brief.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { ATTACHMENT_LIMITS } from '../exchange/attachments/attachment-limits.ts';
import { inspectAttachment } from '../exchange/media-type.ts';
import { readIfPresent, removeDurably } from '../platform/durable-files.ts';
import { SCAN_MEDIA_TYPES } from '../scans/scan-protocol.ts';
import { findCustomer } from '../store/customers.ts';
import { findPaper } from '../store/papers.ts';
import { isPutAway, papersWithContent, putAway, takeFromPutAway } from '../store/scan-readings.ts';
import type { Reader } from '../store/sql.ts';
import type { CommandContext, HandlersOf, JobContext, OpenArchive } from './context.ts';
import { getCustomer } from './customers.ts';
import { attach, forLooking, mustTakeScans } from './documents.ts';
import { filePaper } from './dossiers.ts';
import { getPaper, recountDossier } from './paper-record.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';

/**
 * The scanner's folder: whatever lies in it is offered, and sealed when the keeper has said where it belongs. Plain files are read from there and
 * written nowhere else (R02); one goes when it is sealed, if the keeper wants that.
 */

const ENDINGS = /\.(pdf|png|jpe?g|tiff?)$/iu;
/** A file that was written so recently may not be whole yet. */
const SETTLED_MS = 2_000;
const MOST_FILES = 500;

interface Known {
  readonly sha256: string;
  readonly mediaType: string;
  readonly pages: number;
  readonly problem: string;
}
/** What was found in files, by folder, name, size and time, so that a file is read once as long as an archive is open. */
const known = new WeakMap<OpenArchive, Map<string, Known>>();

interface Listed {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

/** Files of the folder that could be scans, oldest first; undefined when it cannot be read. Links and folders are passed over. */
async function listFolder(folder: string): Promise<readonly Listed[] | undefined> {
  try {
    const listed: Listed[] = [];
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isFile() || !ENDINGS.test(entry.name) || entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      const { size, mtimeMs } = await lstat(path);
      listed.push({ name: entry.name, path, size, modifiedMs: mtimeMs });
    }
    return listed.sort((a, b) => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1)).slice(0, MOST_FILES);
  } catch {
    return undefined;
  }
}

/** One word for the state of the folder: another word, another state. Empty when nothing is watched. */
export async function trayState({ database }: Pick<OpenArchive, 'database'>): Promise<string> {
  const { scanFolder } = readSettings(database.reader);
  if (scanFolder === '') return '';
  const listed = await listFolder(scanFolder);
  if (listed === undefined) return 'missing';
  return createHash('sha256').update(JSON.stringify(listed)).digest('hex');
}

async function readPlain(path: string): Promise<Buffer> {
  const bytes = await readIfPresent(path, ATTACHMENT_LIMITS.bytes);
  if (bytes === undefined) throw new AppError('FILE_NOT_READABLE', { params: { file: basename(path) } });
  return bytes;
}

async function lookInto(archive: OpenArchive, file: Listed, nowMs: number): Promise<Known> {
  const files = known.get(archive) ?? new Map<string, Known>();
  known.set(archive, files);
  const key = `${file.path} ${file.size} ${file.modifiedMs}`;
  const found = files.get(key);
  if (found !== undefined) return found;
  if (nowMs - file.modifiedMs < SETTLED_MS) return { sha256: '', mediaType: '', pages: 0, problem: 'growing' };
  try {
    const bytes = await readPlain(file.path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    let looked: Known;
    try {
      const { mediaType, pages } = inspectAttachment(bytes, file.name);
      looked = { sha256, mediaType, pages, problem: mediaType === 'text/plain' ? 'FILE_TYPE_NOT_ALLOWED' : '' };
    } catch (thrown) {
      looked = { sha256, mediaType: '', pages: 0, problem: AppError.from(thrown).code };
    }
    files.set(key, looked);
    return looked;
  } catch (thrown) {
    return { sha256: '', mediaType: '', pages: 0, problem: AppError.from(thrown).code };
  }
}

/** The file meant, only if it lies directly in the folder and is a plain file. Throws `FILE_NOT_READABLE`. */
async function fileOfTray(sql: Reader, name: string): Promise<Listed> {
  const { scanFolder } = readSettings(sql);
  const file = scanFolder === '' ? undefined : (await listFolder(scanFolder))?.find((listed) => listed.name === name);
  if (file === undefined) throw new AppError('FILE_NOT_READABLE', { params: { file: name } });
  return file;
}

interface Taken extends Listed {
  readonly bytes: Buffer;
}

/** Reads what is to be sealed; a file that is another one than was looked at is refused. */
async function takeFiles(
  context: JobContext,
  files: readonly { readonly name: string; readonly sha256: string }[],
): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const { name, sha256 } of files) {
    context.signal.throwIfAborted();
    const file = await fileOfTray(context.sql, name);
    const bytes = await readPlain(file.path);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new AppError('CONFLICT', { params: { what: 'scan', number: name } });
    inspectAttachment(bytes, name);
    taken.push({ ...file, bytes });
  }
  return taken;
}

async function sealTaken(
  context: CommandContext,
  input: Parameters<(typeof scanTrayHandlers)['scans.trayFile']['run']>[1],
  taken: readonly Taken[],
): Promise<string> {
  const { sql, clock } = context;
  const { code, paper } = input;
  const customer = paper === undefined ? undefined : getCustomer(sql, paper.customer);
  const row =
    paper !== undefined && customer !== undefined
      ? filePaper(context, customer, { ...paper, medium: paper.medium === 'paper' ? 'scan' : paper.medium })
      : getPaper(sql, code ?? '');
  mustTakeScans(row);
  for (const [index, { name, bytes }] of taken.entries()) {
    context.progress({ phase: 'sealing', done: index, total: taken.length });
    await attach(context, row, { name, bytes });
  }
  if (customer !== undefined) recountDossier(sql, customer, todayOf(clock));
  context.note({ object: `paper:${row.code}`, data: { scans: taken.length } });
  return row.code;
}

/** Whose the first code is that the archive knows: a paper by its code, a customer by the number. */
function belongsTo(sql: Reader, codes: readonly string[]): OutputOf<'scans.trayCodes'>['belongs'] {
  for (const written of codes) {
    const code = written.normalize('NFKC').trim();
    const paper = findPaper(sql, code);
    if (paper !== undefined) return { kind: 'paper', number: paper.code, title: paper.title, type: null };
    const number = customerOfVisitCode(code);
    const customer = findCustomer(sql, number);
    // The form for the road has a code of its own before the number: what was filled in by hand is a visit report.
    const type = number === code.toUpperCase() ? null : 'visitReport';
    if (customer !== undefined) return { kind: 'customer', number: customer.number, title: customer.name, type };
  }
  return null;
}

export const scanTrayHandlers: HandlersOf<
  'scans.tray' | 'scans.trayCodes' | 'scans.trayOpen' | 'scans.trayFile' | 'scans.trayPutAway'
> = {
  'scans.tray': {
    phase: 'query',
    async run({ sql, archive, clock, signal }) {
      const { scanFolder: folder, scanFolderRemoves: removes } = readSettings(sql);
      const listed = folder === '' ? [] : await listFolder(folder);
      const files: TrayFile[] = [];
      const counts = { sealed: 0, putAway: 0 };
      for (const file of listed ?? []) {
        signal.throwIfAborted();
        const looked = await lookInto(archive, file, clock.now().getTime());
        const sameAs = looked.sha256 === '' ? [] : papersWithContent(sql, looked.sha256);
        if (looked.sha256 !== '' && isPutAway(sql, looked.sha256)) counts.putAway += 1;
        // What the keeper leaves in the folder stays there when it is sealed, and is not offered again.
        else if (sameAs.length > 0 && !removes) counts.sealed += 1;
        else
          files.push({
            name: file.name,
            size: file.size,
            modifiedAt: new Date(Math.floor(file.modifiedMs)).toISOString(),
            ...looked,
            sameAs,
          });
      }
      return { folder, missing: listed === undefined, removes, files, ...counts };
    },
  },
  'scans.trayCodes': {
    phase: 'query',
    async run({ sql, scanner, signal }, { name }) {
      const bytes = await readPlain((await fileOfTray(sql, name)).path);
      const { mediaType } = inspectAttachment(bytes, name);
      const kind = SCAN_MEDIA_TYPES.find((one) => one === mediaType);
      if (kind === undefined) return { belongs: null };
      return { belongs: belongsTo(sql, await scanner.codes({ mediaType: kind, bytes }, { signal })) };
    },
  },
  'scans.trayOpen': {
    phase: 'query',
    async run(context, { name }) {
      const file = await fileOfTray(context.sql, name);
      const plain = await readPlain(file.path);
      const { mediaType: kind, pages } = inspectAttachment(plain, name);
      const { mediaType, bytes } = await forLooking(context, { mediaType: kind, bytes: plain, pages });
      return { document: context.shelf.put({ name, mediaType, bytes }), name, mediaType, size: bytes.length, pages };
    },
  },
  'scans.trayFile': {
    phase: 'job',
    async run(context, input) {
      if ((input.code === undefined) === (input.paper === undefined))
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'code', message: 'validation.required' }] });
      const { scanFolderRemoves } = readSettings(context.sql);
      const taken = await takeFiles(context, input.files);
      let removed = 0;
      const code = await context.transaction(async (change) => {
        const sealed = await sealTaken(change, input, taken);
        // Only what is durable in the archive goes from the folder.
        change.afterCommit(async () => {
          for (const { path, bytes } of taken) {
            bytes.fill(0);
            if (!scanFolderRemoves) continue;
            await removeDurably(path);
            removed += 1;
          }
        });
        return sealed;
      });
      return { code, sealed: taken.length, removed };
    },
  },
  'scans.trayPutAway': {
    phase: 'command',
    run({ sql, clock, actor, note }, { files, undo }) {
      const at = clock.now().toISOString();
      const count = undo ? takeFromPutAway(sql) : files.length;
      if (!undo) for (const { name, sha256 } of files) putAway(sql, { sha256, name, at, by: actor.displayName });
      note({ object: 'tray', data: { files: count, undo: undo ? 1 : 0 } });
      return {};
    },
  },
};
