import { PDFDocument } from 'pdf-lib';

/** Several documents as one, in their order; a single one stays as it is. */
export async function joinPdfs(parts: readonly Uint8Array[], title: string): Promise<Buffer> {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return Buffer.from(only);
  const joined = await PDFDocument.create();
  joined.setTitle(title, { showInWindowTitleBar: true });
  for (const part of parts) {
    const document = await PDFDocument.load(part);
    for (const page of await joined.copyPages(document, document.getPageIndices())) joined.addPage(page);
  }
  return Buffer.from(await joined.save());
}
