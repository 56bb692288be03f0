import { createHash } from 'node:crypto';
import type { PDFDocument } from 'pdf-lib';

/** What makes a PDF one for archives, apart from its pages. */
const OF_THE_WHOLE = ['OutputIntents', 'Lang'];
/** Each page's place in the structure tree of its own document, which is not joined. */
const STRUCT_PARENTS = 'StructParents';

/** Read when something is joined first, not at the start of the process. */
const pdfLib = () => import('pdf-lib');
type PdfLib = Awaited<ReturnType<typeof pdfLib>>;

/**
 * Several typeset documents as one, in their order; a single one stays as it is. The whole is PDF/A-2u again: output intent, language and metadata
 * of the first, no dates of its own, so that the same parts give the same bytes. Tags are not joined.
 */
export async function joinPdfs(parts: readonly Uint8Array[], title: string): Promise<Buffer> {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return Buffer.from(only);
  const library = await pdfLib();
  const { PDFDocument, PDFHexString, PDFName, PDFObjectCopier } = library;
  const joined = await PDFDocument.create({ updateMetadata: false });
  let first: PDFDocument | undefined;
  for (const part of parts) {
    const document = await PDFDocument.load(part, { updateMetadata: false });
    first ??= document;
    for (const page of await joined.copyPages(document, document.getPageIndices())) {
      page.node.delete(PDFName.of(STRUCT_PARENTS));
      joined.addPage(page);
    }
  }
  if (first !== undefined) {
    const copier = PDFObjectCopier.for(first.context, joined.context);
    for (const name of OF_THE_WHOLE) {
      const key = PDFName.of(name);
      const entry = first.catalog.get(key);
      if (entry !== undefined) joined.catalog.set(key, copier.copy(entry));
    }
    joined.catalog.set(PDFName.of('Metadata'), joined.context.register(metadataOf(library, first, joined, title)));
  }
  joined.catalog.getOrCreateViewerPreferences().setDisplayDocTitle(true);
  const { trailerInfo } = joined.context;
  // Everything that it would say stands in the metadata; two places can contradict each other.
  delete trailerInfo.Info;
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  const identifier = PDFHexString.of(digest.digest('hex').slice(0, 32));
  trailerInfo.ID = joined.context.obj([identifier, identifier]);
  return Buffer.from(await joined.save({ useObjectStreams: false, updateFieldAppearances: false }));
}

/** The metadata of a part with the title of the whole. */
function metadataOf(
  { decodePDFRawStream, PDFName, PDFRawStream }: PdfLib,
  part: PDFDocument,
  whole: PDFDocument,
  title: string,
) {
  const stream = part.catalog.lookup(PDFName.of('Metadata'));
  const text = stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()).toString('utf8') : '';
  const escaped = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const named = text.replace(
    /(<dc:title>.*?<rdf:li[^>]*>)[^<]*(<\/rdf:li>)/su,
    (_whole, before: string, after: string) => [before, escaped, after].join(''),
  );
  return whole.context.stream(Buffer.from(named, 'utf8'), { Type: 'Metadata', Subtype: 'XML' });
}
