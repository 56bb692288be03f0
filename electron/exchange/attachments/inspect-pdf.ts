import { ATTACHMENT_LIMITS, type AttachmentWarning, damaged, type Findings, Unsound } from './attachment-limits.ts';
import { integerIn, openPdfObjects, type PdfObjects, referenceIn } from './pdf-objects.ts';

/** How far from the end the end mark may stand: some programs add a line of their own. */
const END_SEARCH = 64 * 1024;
/** Names in the plain part of the file that stand for something that would act. The viewer leaves them inert (R66). */
const ACTIVE = ['/JavaScript', '/JS', '/Launch', '/EmbeddedFile', '/RichMedia'];

function pagesOf(objects: PdfObjects): number | undefined {
  const root = referenceIn(objects.trailer, 'Root');
  const catalogue = root === undefined ? undefined : objects.dictionary(root);
  const pages = catalogue === undefined ? undefined : referenceIn(catalogue, 'Pages');
  const tree = pages === undefined ? undefined : objects.dictionary(pages);
  return tree === undefined ? undefined : integerIn(tree, 'Count');
}

/** Page objects in the plain part of the file, for files whose cross-references are broken: readers repair those in the same way. */
function countPageObjects(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf('/Type'); at !== -1; at = bytes.indexOf('/Type', at + 5)) {
    if (/^\/Type\s*\/Page(?![A-Za-z])/u.test(bytes.toString('latin1', at, at + 24))) count += 1;
  }
  return count;
}

function tryPages(bytes: Buffer): { pages: number | undefined; encrypted: boolean } {
  try {
    const objects = openPdfObjects(bytes);
    if (objects === undefined) return { pages: undefined, encrypted: false };
    return { pages: pagesOf(objects), encrypted: /\/Encrypt\b/u.test(objects.trailer) };
  } catch {
    // Whatever is wrong inside a stream: the plain part may still tell.
    return { pages: undefined, encrypted: false };
  }
}

/** Header, end, cross-references and a page tree with at least one page; nothing is rendered or run. */
export function inspectPdf(bytes: Buffer): Findings {
  const tail = bytes.subarray(Math.max(0, bytes.length - END_SEARCH));
  if (!/%PDF-[12]\.\d/u.test(bytes.toString('latin1', 0, 1_100))) throw damaged('exchange.attachment.notPdf');
  if (!tail.includes('%%EOF') && !tail.includes('startxref')) {
    // What has no object at all only calls itself a PDF; what has some was cut off.
    const cut = /\d+ \d+ obj/u.test(bytes.toString('latin1', 0, END_SEARCH));
    throw damaged(cut ? 'exchange.file.truncated' : 'exchange.attachment.notPdf');
  }
  const warnings: AttachmentWarning[] = [];
  const { pages, encrypted } = tryPages(bytes);
  if (encrypted) warnings.push({ message: 'exchange.attachment.encrypted' });
  let count = pages;
  if (count === undefined) {
    count = countPageObjects(bytes);
    if (count === 0 && !encrypted) throw damaged('exchange.attachment.notPdf');
    warnings.push({ message: count === 0 ? 'exchange.attachment.pagesUnknown' : 'exchange.attachment.repaired' });
  } else if (count < 1) throw damaged('exchange.attachment.noPages');
  if (count > ATTACHMENT_LIMITS.pages) {
    throw new Unsound('FILE_TOO_LARGE', 'exchange.attachment.pages', { limit: ATTACHMENT_LIMITS.pages });
  }
  if (ACTIVE.some((name) => bytes.includes(name))) warnings.push({ message: 'exchange.attachment.active' });
  return { pages: count, warnings };
}
