import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { inspectAttachment } from '../exchange/media-type.ts';
import { makeFolder, replaceDurably } from '../platform/durable-files.ts';
import { findAttachment, insertAttachment } from '../store/attachments.ts';
import { findPaperById, insertPaperAct, type PaperView, updatePaper } from '../store/papers.ts';
import { FIRST_PAGE_MEDIA_TYPE, findFirstPage, papersWithContent } from '../store/scan-readings.ts';
import { sealBytes } from '../vault/sealed-export.ts';
import {
  authenticateSealed,
  openSealed,
  removeSealed,
  type SealedFile,
  seal as sealFile,
} from '../vault/sealed-files.ts';
import type { CommandContext, HandlersOf, OpenArchive, QueryContext } from './context.ts';
import { getPaper, requirePaperContent, shownPaper } from './paper-record.ts';
import { protectionData, releasedName, sealOf } from './release-protection.ts';

/** Reads and authenticates a sealed file whole (R12). `label` names it in errors. */
export function readSealed(
  archive: OpenArchive,
  row: NonNullable<ReturnType<typeof findAttachment>>,
  label: string,
): Promise<Buffer> {
  return openSealed(archive.directory, sealedOf(row), label);
}

export function sealedOf(row: NonNullable<ReturnType<typeof findAttachment>>): SealedFile {
  return { id: row.id, key: row.key, sha256Plain: row.sha256_plain, sha256Cipher: row.sha256_cipher, size: row.size };
}

/** Seals bytes and writes their row; the file is removed again when the transaction is given up (§8). */
export async function attach(
  context: CommandContext,
  paper: PaperView,
  file: { readonly name: string; readonly bytes: Buffer },
  /** The arrangement of pages that made it. */
  madeIn?: number,
): Promise<string> {
  const { sql, clock, actor, archive } = context;
  const inspected = await inspectAttachment(file.bytes, file.name);
  const sealed = await sealFile(archive.directory, file.bytes, { random: context.random });
  context.onRollback(() => removeSealed(archive.directory, sealed.id));
  const at = clock.now().toISOString();
  insertAttachment(sql, {
    id: sealed.id,
    purpose: 'scan',
    paper_id: paper.id,
    name: inspected.name,
    media_type: inspected.mediaType,
    pages: inspected.pages,
    size: sealed.size,
    sha256_plain: sealed.sha256Plain,
    sha256_cipher: sealed.sha256Cipher,
    key: sealed.key,
    added_at: at,
    added_by: actor.displayName,
    ...(madeIn === undefined ? {} : { made_in: madeIn }),
  });
  // The page count is the paper's own; a scan only fills it in while nobody has counted.
  if (paper.pages === 0) updatePaper(sql, { ...paper, pages: inspected.pages, revision: paper.revision + 1 });
  if (madeIn === undefined)
    insertPaperAct(sql, {
      paper_id: paper.id,
      at,
      by: actor.displayName,
      act: 'scanned',
      reason: '',
      detail: inspected.name,
    });
  return sealed.id;
}

/** What `forLooking` makes of it. */
const mediaTypeForLooking = (mediaType: string): string => (mediaType === 'image/tiff' ? 'application/pdf' : mediaType);

/** A scan as the window can show it: a TIFF as a PDF of its pages, made in a process without keys, in memory alone. */
export async function forLooking(
  { scanner, signal }: Pick<QueryContext, 'scanner' | 'signal'>,
  scan: { readonly mediaType: string; readonly bytes: Buffer; readonly pages: number },
): Promise<{ readonly mediaType: string; readonly bytes: Buffer }> {
  if (scan.mediaType !== 'image/tiff') return scan;
  const pages = Array.from({ length: scan.pages }, (_, page) => ({ file: 0, page, turn: 0 as const }));
  const [pdf] = await scanner.arrange([{ mediaType: 'image/tiff', bytes: scan.bytes }], [pages], { signal });
  return pdf === undefined ? scan : { mediaType: 'application/pdf', bytes: pdf };
}

/** A bound or destroyed paper takes none any more. Throws `VOLUME_FIXED`. */
export function mustTakeScans(paper: PaperView): void {
  if (paper.volume_id !== null || paper.destroyed_in !== null)
    throw new AppError('VOLUME_FIXED', { params: { code: paper.code } });
}

export const documentHandlers: HandlersOf<
  | 'uploads.begin'
  | 'uploads.append'
  | 'uploads.discard'
  | 'scans.attach'
  | 'scans.open'
  | 'documents.read'
  | 'documents.firstPage'
  | 'documents.save'
  | 'documents.close'
> = {
  'uploads.begin': {
    phase: 'query',
    run: ({ shelf }, { name, size, purpose }) => ({ upload: shelf.beginUpload(name, size, purpose) }),
  },
  'uploads.append': {
    phase: 'query',
    run: ({ shelf }, { upload, data }) => ({ received: shelf.append(upload, Buffer.from(data, 'base64')) }),
  },
  'uploads.discard': {
    phase: 'query',
    run({ shelf }, { upload }) {
      shelf.discard(upload);
      return {};
    },
  },
  'scans.attach': {
    phase: 'command',
    async run(context, { upload, code }) {
      const paper = getPaper(context.sql, code);
      mustTakeScans(paper);
      context.note({ object: `paper:${paper.code}` });
      const file = context.shelf.upload(upload);
      const sameAs = papersWithContent(context.sql, createHash('sha256').update(file.bytes).digest('hex'));
      const id = await attach(context, paper, file);
      context.afterCommit(() => context.shelf.discard(upload));
      const shown = shownPaper(context.sql, context.actor.role, paper).scans.find((scan) => scan.id === id);
      if (shown === undefined) throw new AppError('INTERNAL');
      context.note({ data: { sha256: shown.sha256, pages: shown.pages } });
      return { ...shown, sameAs };
    },
  },
  'scans.open': {
    phase: 'query',
    async run(context, { scan, view }) {
      const row = findAttachment(context.sql, scan);
      if (row === undefined || row.purpose !== 'scan') throw new AppError('NOT_FOUND', { params: { what: 'scan' } });
      context.note({ object: `scan:${row.id}` });
      const paper = row.paper_id === null ? undefined : findPaperById(context.sql, row.paper_id);
      if (paper === undefined) throw new AppError('NOT_FOUND', { params: { what: 'scan' } });
      requirePaperContent(context.actor.role, paper);
      const { name, pages } = row;
      const firstPage = view ? findFirstPage(context.sql, scan) : undefined;
      if (firstPage !== undefined) {
        // The file is compared before anything of it is shown (R12); opened it is when it is read.
        const decrypt = await authenticateSealed(context.archive.directory, sealedOf(row), name);
        const open = async () =>
          (await forLooking(context, { mediaType: row.media_type, bytes: await decrypt(), pages })).bytes;
        const mediaType = mediaTypeForLooking(row.media_type);
        return {
          document: context.shelf.putUnopened({ name, mediaType, size: row.size, open }),
          firstPage: context.shelf.put({ name, mediaType: FIRST_PAGE_MEDIA_TYPE, bytes: firstPage }),
          name,
          mediaType,
          size: row.size,
          pages,
        };
      }
      const sealed = await readSealed(context.archive, row, name);
      const { mediaType, bytes } = view
        ? await forLooking(context, { mediaType: row.media_type, bytes: sealed, pages })
        : { mediaType: row.media_type, bytes: sealed };
      const document = context.shelf.put({ name, mediaType, bytes });
      return { document, firstPage: null, name, mediaType, size: bytes.length, pages };
    },
  },
  'documents.read': {
    phase: 'query',
    async run({ shelf }, { document, offset, length }) {
      const { bytes } = await shelf.get(document);
      return { data: bytes.subarray(offset, offset + length).toString('base64'), total: bytes.length };
    },
  },
  'documents.firstPage': {
    phase: 'query',
    async run({ shelf, scanner, signal }, { document }) {
      const { bytes, name, mediaType } = await shelf.get(document);
      if (mediaType !== 'application/pdf') return { document: null };
      // Foreign bytes: taken apart in the process without keys, in memory alone (R02, R62).
      const picture = await scanner.firstPage({ mediaType, bytes }, { signal });
      return { document: shelf.put({ name, mediaType: FIRST_PAGE_MEDIA_TYPE, bytes: picture }) };
    },
  },
  'documents.save': {
    phase: 'command',
    async run(context, { document, file: wanted, ...protection }) {
      const { bytes: plain, name } = await context.shelf.get(document);
      const seal = sealOf(protection);
      const file = releasedName(wanted, seal);
      const bytes = seal === undefined ? plain : await sealBytes(seal, plain);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      context.note({
        object: `document:${name}`,
        data: { sha256, bytes: bytes.length, ...protectionData(protection.sealedFor) },
      });
      // The entry is durable before the file is released (R69).
      context.afterCommit(async () => {
        // The folder offered for prints does not exist on a new machine.
        await makeFolder(dirname(file));
        await replaceDurably(file, bytes);
      });
      return { file, sha256, bytes: bytes.length };
    },
  },
  'documents.close': {
    phase: 'query',
    run({ shelf }, { document }) {
      shelf.close(document);
      return {};
    },
  },
};
