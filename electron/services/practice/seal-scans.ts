import { insertAttachment } from '../../store/attachments.ts';
import { insertPaperAct } from '../../store/papers.ts';
import type { Writer } from '../../store/sql.ts';
import { type NewSealedFile, sealBatch } from '../../vault/sealed-files.ts';
import type { CallContext, OpenArchive } from '../context.ts';
import { drawFrom } from './draw.ts';
import type { WrittenPaper } from './write-customers.ts';

/** Seals made-up scans and writes their rows, inside the caller's transaction. */
export interface ScanSealer {
  /** Answers how many files were sealed. */
  seal(sql: Writer, papers: readonly WrittenPaper[], onProgress: (done: number) => void): Promise<number>;
}

/** Files sealed at the same time: drawing, sealing and writing overlap. */
const AT_ONCE = 6;
const PHOTOS = 4;

interface MadeFile {
  readonly name: string;
  readonly mediaType: 'application/pdf' | 'image/png' | 'image/jpeg';
  readonly pages: number;
  /** Time of day it was scanned: the photograph follows the paper. */
  readonly time: string;
  readonly bytes: Buffer;
}

/** The drawing library and its fonts are loaded only where scans are wanted. */
export async function createScanSealer(
  { random, signal }: CallContext,
  archive: OpenArchive,
  seed: number,
): Promise<ScanSealer> {
  const { createScanMaker } = await import('./scans/scan-maker.ts');
  const { sitePhoto } = await import('./scans/site-photo.ts');
  const maker = createScanMaker(seed);
  const photos = Array.from({ length: PHOTOS }, (_, at) => sitePhoto(drawFrom(seed, 6, at), `實訓 PRACTICE ${at + 1}`));

  const filesOf = (paper: WrittenPaper): MadeFile[] => {
    const { scan } = paper;
    if (scan === null) return [];
    const name = `${paper.customerNumber}-${String(paper.sequence).padStart(4, '0')}`;
    const main: MadeFile = {
      name: `${name}.${scan.format}`,
      mediaType: scan.format === 'pdf' ? 'application/pdf' : 'image/png',
      pages: scan.pages,
      time: '09:40:00',
      bytes: maker.make(paper, scan),
    };
    const photo = scan.photo ? photos[paper.id % PHOTOS] : undefined;
    return photo === undefined
      ? [main]
      : [main, { name: `${name}-photo.jpg`, mediaType: 'image/jpeg', pages: 1, time: '09:44:00', bytes: photo }];
  };

  return {
    async seal(sql, papers, onProgress) {
      const batch = sealBatch(archive.directory, { random });
      const sealed: { paper: WrittenPaper; file: Omit<MadeFile, 'bytes'>; stored: NewSealedFile }[] = [];
      let next = 0;
      const worker = async () => {
        for (let paper = papers[next++]; paper !== undefined; paper = papers[next++]) {
          signal.throwIfAborted();
          for (const { bytes, ...file } of filesOf(paper))
            sealed.push({ paper, file, stored: await batch.seal(bytes) });
          if (next % 25 === 0) onProgress(next);
        }
      };
      try {
        const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
        for (const result of ended) if (result.status === 'rejected') throw result.reason;
        await batch.settle();
        sealed.sort((a, b) => a.paper.id - b.paper.id || a.file.time.localeCompare(b.file.time));
        for (const { paper, file, stored } of sealed) {
          const by = archive.deskActor.displayName;
          const at = `${paper.filedOn}T${file.time}.000Z`;
          insertAttachment(sql, {
            id: stored.id,
            purpose: 'scan',
            paper_id: paper.id,
            name: file.name,
            media_type: file.mediaType,
            pages: file.pages,
            size: stored.size,
            sha256_plain: stored.sha256Plain,
            sha256_cipher: stored.sha256Cipher,
            key: stored.key,
            added_at: at,
            added_by: by,
          });
          insertPaperAct(sql, { paper_id: paper.id, at, by, act: 'scanned', reason: '', detail: file.name });
        }
      } catch (thrown) {
        for (const { stored } of sealed) await stored.remove();
        throw thrown;
      }
      return sealed.length;
    },
  };
}
