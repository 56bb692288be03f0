import { degrees, PDFDict, PDFDocument, PDFName, PDFNumber, PDFObjectParser, PDFRawStream } from 'pdf-lib';
import { AppError } from '../../shared/errors/app-error.ts';
import type { PageImage } from '../print/page-image.ts';
import { scanPages } from '../print/scan-pages.ts';
import type { PlainScan } from './scan-client.ts';
import type { PlacedPage } from './scan-protocol.ts';

/** Points of the longer side of a page whose resolution is unknown: A4. */
const LONGER_SIDE = 841.89;

/**
 * New PDFs of pages of scans: nothing is decoded or compressed again. Pages of a PDF are copied whole, with their text; a picture becomes
 * a page of its own size. Throws `FILE_NOT_READABLE` for a PDF with a password, `INPUT_INVALID` for a page that is not there.
 */
export async function arrangePages(
  scans: readonly PlainScan[],
  outputs: readonly (readonly PlacedPage[])[],
): Promise<Uint8Array[]> {
  const sources = await Promise.all(scans.map(openSource));
  const made: Uint8Array[] = [];
  for (const pages of outputs) {
    const document = await PDFDocument.create({ updateMetadata: false });
    for (const { file, page, turn } of pages) await place(document, sources[file], page, turn);
    made.push(await document.save());
  }
  return made;
}

/** A scan as a PDF: as it is, or its pictures as pages. */
export async function asPdf(scan: PlainScan): Promise<Uint8Array> {
  if (scan.mediaType === 'application/pdf') return scan.bytes;
  const source = await openSource(scan);
  const document = await PDFDocument.create({ updateMetadata: false });
  for (let page = 0; page < (Array.isArray(source) ? source.length : 0); page += 1)
    await place(document, source, page, 0);
  return document.save();
}

type Source = PDFDocument | readonly PageImage[];

async function openSource({ mediaType, bytes }: PlainScan): Promise<Source> {
  if (mediaType !== 'application/pdf') return scanPages(mediaType, Buffer.from(bytes), 0);
  try {
    return await PDFDocument.load(bytes, { updateMetadata: false });
  } catch (thrown) {
    const locked = thrown instanceof Error && thrown.message.includes('encrypted');
    throw new AppError(locked ? 'FILE_NOT_READABLE' : 'FILE_DAMAGED', { cause: thrown });
  }
}

const noSuchPage = (page: number): AppError => new AppError('INPUT_INVALID', { params: { page: page + 1 } });

async function place(document: PDFDocument, source: Source | undefined, page: number, turn: number): Promise<void> {
  if (source instanceof PDFDocument) {
    if (page >= source.getPageCount()) throw noSuchPage(page);
    const [copied] = await document.copyPages(source, [page]);
    if (copied === undefined) throw noSuchPage(page);
    // What could act is not taken along (R66).
    for (const key of ['AA', 'Annots', 'StructParents']) copied.node.delete(PDFName.of(key));
    copied.setRotation(degrees((copied.getRotation().angle + turn + 360) % 360));
    document.addPage(copied);
    return;
  }
  const image = source?.[page];
  if (image === undefined) throw noSuchPage(page);
  const scale = image.dpi > 0 ? 72 / image.dpi : LONGER_SIDE / Math.max(image.width, image.height);
  const width = image.width * scale;
  const height = image.height * scale;
  const dictionary = PDFObjectParser.forBytes(
    Buffer.from(`<< /Type /XObject /Subtype /Image ${image.dictionary} >>`, 'latin1'),
    document.context,
  ).parseObject();
  if (!(dictionary instanceof PDFDict)) throw new AppError('FILE_DAMAGED');
  dictionary.set(PDFName.of('Width'), PDFNumber.of(image.width));
  dictionary.set(PDFName.of('Height'), PDFNumber.of(image.height));
  const picture = document.context.register(PDFRawStream.of(dictionary, image.data));
  const sheet = document.addPage([width, height]);
  const name = sheet.node.newXObject('Scan', picture);
  const content = document.context.stream(`q ${width} 0 0 ${height} 0 0 cm ${name.toString()} Do Q`);
  sheet.node.set(PDFName.of('Contents'), document.context.register(content));
  sheet.setRotation(degrees((image.turn + turn) % 360));
}
