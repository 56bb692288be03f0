import { useEffect, useState } from 'react';
import { AppError } from '../../../shared/errors/app-error.ts';
import { closeDocument, contentOf, type DocumentContent, firstPageOf, takeOver } from '../../gateway/documents.ts';

/** What `scans.open`, `print.form`, `binding.preview` and `volumes.open` answer, as far as reading needs it. */
export interface OpenedDocument {
  readonly document: string;
  /** The picture of its first page, where one is kept. */
  readonly firstPage?: string | null;
}

export interface DocumentReading<Opened extends OpenedDocument> {
  /** Null while the archive opens and checks it. */
  readonly opened: Opened | null;
  readonly content: DocumentContent | null;
  /** The picture of a long one's first page, to be shown until the whole is open. */
  readonly firstPage: DocumentContent | null;
  readonly error: AppError | null;
}

const NOTHING = { opened: null, content: null, firstPage: null, error: null };

/**
 * Opens a document once, reads in it, and lets the archive forget it when the screen is left. `key` names what is
 * opened: when it changes, the former is closed and the next one opened.
 */
export function useOpenedDocument<Opened extends OpenedDocument>(
  key: string,
  open: () => Promise<Opened>,
): DocumentReading<Opened> {
  const [reading, setReading] = useState<DocumentReading<Opened>>(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says when `open` means something else
  useEffect(() => {
    let current = true;
    let handle: string | null = null;
    setReading(NOTHING);
    const run = async (): Promise<void> => {
      const opened = await open();
      handle = opened.document;
      if (!current) {
        closeDocument(handle);
        return;
      }
      setReading({ ...NOTHING, opened });
      const kept = typeof opened.firstPage === 'string' ? await takeOver(opened.firstPage) : null;
      if (kept !== null && current) setReading({ ...NOTHING, opened, firstPage: kept });
      const content = await contentOf(handle);
      const firstPage = kept ?? (await firstPageOf(handle, content));
      if (current) setReading({ ...NOTHING, opened, content, firstPage });
    };
    run().catch((thrown: unknown) => {
      if (current) setReading((former) => ({ ...former, error: AppError.from(thrown) }));
    });
    return () => {
      current = false;
      if (handle !== null) closeDocument(handle);
    };
  }, [key]);
  return reading;
}
