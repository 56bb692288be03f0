import type { PDFDocumentProxy } from 'pdfjs-dist';
import { startTransition, useEffect, useState } from 'react';
import { openPdf } from './open-pdf.ts';
import type { PageSize } from './pdf-page.tsx';

export interface PdfState {
  readonly document: PDFDocumentProxy | null;
  readonly firstSize: PageSize | null;
  readonly failed: boolean;
}

const NOTHING: PdfState = { document: null, firstSize: null, failed: false };

/** Opens the bytes of a PDF; null bytes open nothing. Closed again when they change. */
export function usePdf(bytes: Uint8Array | null): PdfState {
  const [state, setState] = useState<PdfState>(NOTHING);
  useEffect(() => {
    setState(NOTHING);
    if (bytes === null) return undefined;
    let current = true;
    let opened: PDFDocumentProxy | null = null;
    const open = async () => {
      // PDF.js takes the bytes over to its worker: it gets its own.
      const document = await openPdf(bytes.slice());
      opened = document;
      const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 });
      // Hundreds of pages have a frame each.
      if (current) startTransition(() => setState({ document, firstSize: { width, height }, failed: false }));
    };
    open().catch(() => {
      if (current) setState({ ...NOTHING, failed: true });
    });
    return () => {
      current = false;
      void opened?.loadingTask.destroy();
    };
  }, [bytes]);
  return state;
}
