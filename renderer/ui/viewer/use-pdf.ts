import type { PDFDocumentProxy } from 'pdfjs-dist';
import { startTransition, useEffect, useState } from 'react';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { DocumentContent } from '../../gateway/documents.ts';
import { openPdf } from './open-pdf.ts';
import type { PageSize } from './pdf-page.tsx';

export interface PdfState {
  readonly document: PDFDocumentProxy | null;
  readonly firstSize: PageSize | null;
  /** It is no PDF that can be read. */
  readonly failed: boolean;
  /** The archive gives no more of it. */
  readonly error: AppError | null;
}

const NOTHING: PdfState = { document: null, firstSize: null, failed: false, error: null };

/** Opens a PDF; null opens nothing. */
export function usePdf(content: DocumentContent | null): PdfState {
  const [state, setState] = useState<PdfState>(NOTHING);
  useEffect(() => {
    setState(NOTHING);
    if (content === null) return undefined;
    let current = true;
    let opened: PDFDocumentProxy | null = null;
    const open = async () => {
      const document = await openPdf(content, (thrown) => {
        if (current) setState({ ...NOTHING, error: AppError.from(thrown) });
      });
      opened = document;
      if (!current) {
        void document.loadingTask.destroy();
        return;
      }
      const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 });
      // Hundreds of pages have a frame each.
      if (current) startTransition(() => setState({ ...NOTHING, document, firstSize: { width, height } }));
    };
    open().catch(() => {
      if (current) setState((former) => ({ ...former, failed: true }));
    });
    return () => {
      current = false;
      void opened?.loadingTask.destroy();
    };
  }, [content]);
  return state;
}
