import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';
import { archive } from '../../gateway/archive.ts';
import { closeDocument, contentOf, wholeOf } from '../../gateway/documents.ts';
import { openPdf } from './open-pdf.ts';

/** Something that pages are drawn from: a PDF, or the address of a picture in memory. */
export type PageSource = PDFDocumentProxy | string;

/** Opens scans one after the other, each once for all of its pages; everything is given back when the screen is left. */
export function usePageSources(scans: readonly { readonly id: string }[]): ReadonlyMap<string, PageSource> {
  const [sources, setSources] = useState<ReadonlyMap<string, PageSource>>(new Map());
  const ids = scans.map(({ id }) => id).join(' ');
  useEffect(() => {
    let current = true;
    const opened: PageSource[] = [];
    const read: string[] = [];
    const openOne = async (scan: string): Promise<void> => {
      const { document, mediaType } = await archive.call('scans.open', { scan, view: true });
      read.push(document);
      const content = await contentOf(document);
      const source =
        mediaType === 'application/pdf'
          ? await openPdf(content, () => undefined)
          : URL.createObjectURL(new Blob([await wholeOf(content)], { type: mediaType }));
      opened.push(source);
      if (!current) giveBack();
      else setSources((former) => new Map(former).set(scan, source));
    };
    const openAll = async (): Promise<void> => {
      for (const scan of ids.split(' ')) if (current) await openOne(scan).catch(() => undefined);
    };
    const giveBack = (): void => {
      for (const source of opened.splice(0))
        if (typeof source === 'string') URL.revokeObjectURL(source);
        else void source.loadingTask.destroy();
      for (const document of read.splice(0)) closeDocument(document);
    };
    void openAll();
    return () => {
      current = false;
      giveBack();
    };
  }, [ids]);
  return sources;
}
