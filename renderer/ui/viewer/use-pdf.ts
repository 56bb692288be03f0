import type { PDFDocumentProxy } from 'pdfjs-dist';
import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
import { openPdf } from './open-pdf.ts';
import type { PageSize } from './pdf-page.tsx';

export interface PdfState {
  readonly document: PDFDocumentProxy | null;
  readonly firstSize: PageSize | null;
  readonly failed: boolean;
}

const NOTHING: PdfState = { document: null, firstSize: null, failed: false };

/** Opens the bytes of a PDF; null bytes open nothing. Other bytes take the place of the former when they are open, so that nothing flickers. */
export function usePdf(bytes: Uint8Array | null): PdfState {
  const [state, setState] = useState<PdfState>(NOTHING);
  const shown = useRef<PDFDocumentProxy | null>(null);
  const show = useCallback((next: PDFDocumentProxy | null) => {
    void shown.current?.loadingTask.destroy();
    shown.current = next;
  }, []);
  useEffect(() => () => show(null), [show]);
  useEffect(() => {
    if (bytes === null) {
      show(null);
      setState(NOTHING);
      return undefined;
    }
    let current = true;
    const open = async () => {
      // PDF.js takes the bytes over to its worker: it gets its own.
      const document = await openPdf(bytes.slice());
      const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 });
      if (!current) {
        void document.loadingTask.destroy();
        return;
      }
      show(document);
      // Hundreds of pages have a frame each.
      startTransition(() => setState({ document, firstSize: { width, height }, failed: false }));
    };
    open().catch(() => {
      if (current) setState({ ...NOTHING, failed: true });
    });
    return () => {
      current = false;
    };
  }, [bytes, show]);
  return state;
}
