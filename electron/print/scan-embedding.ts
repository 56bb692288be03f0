import { AppError } from '../../shared/errors/app-error.ts';
import { freeBytes } from '../platform/memory.ts';
import type { PageImage } from './page-image.ts';

/**
 * Scans do not go through the typesetter: it would keep every page decoded, 12 MB each, and 500 pages would take
 * 6 GB. It sets a tiny picture of its own for each page; here, in the finished PDF, the stream of that picture is
 * replaced by the scan's own. An image always fills the unit square, so the layout does not depend on its pixels.
 */

/** 1 × 1 pixel, without application segments. */
const TINY_JPEG = Buffer.from(
  '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC' +
    '8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAABAAEDASIAAhEBAxEB/8QAFQAB' +
    'AQAAAAAAAAAAAAAAAAAAAAf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAA' +
    'D/2gAMAwEAAhEDEQA/AKAAD//Z',
  'base64',
);
const MARK = 'dossier-scan:';
const MARK_LENGTH = MARK.length + 8;

/** The stand-in for scan number `index`: a JPEG whose comment says which one it is. */
function standIn(index: number): Buffer {
  const comment = Buffer.alloc(4 + MARK_LENGTH);
  comment.writeUInt16BE(0xfffe, 0);
  comment.writeUInt16BE(2 + MARK_LENGTH, 2);
  comment.write(`${MARK}${String(index).padStart(8, '0')}`, 4, 'latin1');
  return Buffer.concat([TINY_JPEG.subarray(0, 2), comment, TINY_JPEG.subarray(2)]);
}

/** What a template is told of one page of a scan: the stand-in's file and the picture's own measures. */
export interface ScanPlace extends Pick<PageImage, 'width' | 'height' | 'turn' | 'dpi'> {
  readonly file: string;
  readonly alt: string;
}

/**
 * Stand-ins for the pages of each paper: what the template is told of them, their files, and the pages in the order in which they are
 * put into the finished PDF.
 * @param alt words for a page: index of its paper, number of the page from 1.
 */
export function placeScans(
  images: readonly (readonly PageImage[])[],
  alt: (paper: number, page: number) => string,
): {
  readonly places: readonly (readonly ScanPlace[])[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly pages: readonly PageImage[];
} {
  const pages: PageImage[] = [];
  const files = new Map<string, Uint8Array>();
  const places = images.map((ofPaper, paper) =>
    ofPaper.map((image, page) => {
      const file = `scan-${pages.length}.jpg`;
      files.set(file, standIn(pages.length));
      pages.push(image);
      const { width, height, turn, dpi } = image;
      return { file, width, height, turn, dpi, alt: alt(paper, page + 1) };
    }),
  );
  return { places, files, pages };
}

/** The finished PDF with the scans in it, whose own bytes are given up. Throws `PRINT_FAILED`. */
export function withScans(pdf: Buffer, scans: readonly PageImage[]): Uint8Array<ArrayBuffer> {
  try {
    return embedScans(pdf, scans);
  } catch (cause) {
    throw new AppError('PRINT_FAILED', { cause });
  }
}

/**
 * The PDF with every stand-in replaced by its scan, which is freed as soon as it has been copied: scans and finished volume would not
 * both fit. Works on the plain objects and the classic cross-reference
 * table that the typesetter writes; throws if the PDF is built otherwise or a stand-in is missing.
 */
function embedScans(pdf: Buffer, images: readonly PageImage[]): Uint8Array<ArrayBuffer> {
  if (images.length === 0) return Uint8Array.from(pdf);
  const table = readCrossReferences(pdf);
  const parts: Buffer[] = [pdf.subarray(0, table.objects[0]?.offset ?? 0)];
  let length = parts[0]?.length ?? 0;
  const offsets = new Map<number, number>();
  const replaced = new Set<number>();
  const push = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  for (const { number, offset, end } of table.objects) {
    offsets.set(number, length);
    const object = pdf.subarray(offset, end);
    const index = standInIndex(object);
    const image = index === undefined ? undefined : images[index];
    if (index === undefined || image === undefined) {
      push(object);
      continue;
    }
    replaced.add(index);
    push(
      Buffer.from(
        `${number} 0 obj\n<< /Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} ` +
          `${image.dictionary} /Length ${image.data.length} >>\nstream\n`,
        'latin1',
      ),
    );
    push(Buffer.from(image.data.buffer, image.data.byteOffset, image.data.byteLength));
    push(Buffer.from('\nendstream\nendobj\n\n', 'latin1'));
  }
  if (replaced.size !== images.length)
    throw new Error(`${images.length - replaced.size} scans have no place in the PDF`);
  const start = length;
  push(Buffer.from(crossReferences(offsets, table.size), 'latin1'));
  push(table.trailer);
  push(Buffer.from(`startxref\n${start}\n%%EOF`, 'latin1'));
  // Memory of its own, so that it can be handed to another thread without a copy.
  const joined = new Uint8Array(length);
  const uses = usesOf(images);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
    giveUp(part, uses);
  }
  return joined;
}

/** How many pages have their bytes in each buffer: a picture may stand on several pages. */
function usesOf(images: readonly PageImage[]): Map<ArrayBufferLike, number> {
  const uses = new Map<ArrayBufferLike, number>();
  for (const { data } of images) uses.set(data.buffer, (uses.get(data.buffer) ?? 0) + 1);
  return uses;
}

/** Frees a scan's bytes at its last use; not those that share a buffer with other data. */
function giveUp(part: Uint8Array, uses: Map<ArrayBufferLike, number>): void {
  const left = (uses.get(part.buffer) ?? 0) - 1;
  uses.set(part.buffer, left);
  if (left === 0 && part.byteLength === part.buffer.byteLength) freeBytes(part);
}

interface CrossReferences {
  readonly objects: readonly { readonly number: number; readonly offset: number; readonly end: number }[];
  readonly size: number;
  /** From the word `trailer` up to `startxref`. */
  readonly trailer: Buffer;
}

function readCrossReferences(pdf: Buffer): CrossReferences {
  const tail = pdf.lastIndexOf('startxref');
  const start = Number.parseInt(pdf.toString('latin1', tail + 10, tail + 30), 10);
  const trailer = pdf.indexOf('trailer', start);
  const lines = pdf.toString('latin1', start, trailer).split(/\r?\n/);
  const [first, count] = (lines[1] ?? '').split(' ').map(Number);
  if (lines[0] !== 'xref' || first !== 0 || count === undefined || trailer < 0)
    throw new Error('unexpected cross references');
  const found: { number: number; offset: number }[] = [];
  for (let number = 1; number < count; number++) {
    const line = lines[2 + number] ?? '';
    if (line.charAt(17) === 'n') found.push({ number, offset: Number.parseInt(line.slice(0, 10), 10) });
  }
  found.sort((a, b) => a.offset - b.offset);
  const objects = found.map((object, index) => ({ ...object, end: found[index + 1]?.offset ?? start }));
  return { objects, size: count, trailer: pdf.subarray(trailer, tail) };
}

function crossReferences(offsets: ReadonlyMap<number, number>, size: number): string {
  let text = `xref\n0 ${size}\n0000000000 65535 f\r\n`;
  for (let number = 1; number < size; number++) {
    const offset = offsets.get(number);
    text += offset === undefined ? '0000000000 00000 f\r\n' : `${String(offset).padStart(10, '0')} 00000 n\r\n`;
  }
  return text;
}

/** Number of the stand-in if this object is one. */
function standInIndex(object: Buffer): number | undefined {
  const stream = object.indexOf('stream\n');
  if (stream < 0 || !object.subarray(0, stream).includes('/Subtype /Image')) return undefined;
  const mark = stream + 'stream\n'.length + 6;
  if (object.toString('latin1', mark, mark + MARK.length) !== MARK) return undefined;
  return Number.parseInt(object.toString('latin1', mark + MARK.length, mark + MARK_LENGTH), 10);
}
