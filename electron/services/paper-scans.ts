import type { ScanSource } from '../print/print-data.ts';
import { attachmentsOfPaper } from '../store/attachments.ts';
import type { PaperView } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import type { OpenArchive } from './context.ts';
import { readSealed } from './documents.ts';

const PRINTABLE = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/tiff']);

function printableScans(sql: Reader, paper: Pick<PaperView, 'id'>) {
  return attachmentsOfPaper(sql, paper.id).filter((row) => PRINTABLE.has(row.media_type));
}

/** The scan files of a paper for the press, in their order; sealed files are opened one at a time, while it is set. */
export function scansOf(sql: Reader, archive: OpenArchive, paper: Pick<PaperView, 'id' | 'code'>): ScanSource[] {
  return printableScans(sql, paper).map((row) => ({
    mediaType: row.media_type as ScanSource['mediaType'],
    content: () => readSealed(archive, row, paper.code),
  }));
}

/** Pages of a paper's scans. */
export function scannedPages(sql: Reader, paper: Pick<PaperView, 'id'>): number {
  return printableScans(sql, paper).reduce((sum, row) => sum + row.pages, 0);
}
