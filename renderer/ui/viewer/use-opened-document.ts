import { useEffect, useState } from 'react';
import { AppError } from '../../../shared/errors/app-error.ts';
import { closeDocument, readDocument } from '../../gateway/documents.ts';

/** What `scans.open`, `print.form`, `binding.preview` and `volumes.open` answer, as far as reading needs it. */
export interface OpenedDocument {
  readonly document: string;
}

export interface DocumentReading<Opened extends OpenedDocument> {
  /** Null while the archive opens and checks it. */
  readonly opened: Opened | null;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly error: AppError | null;
}

/**
 * Opens a document once, reads it whole, and lets the archive forget it when the screen is left. `key` names what is
 * opened: when it changes, the former is closed and the next one opened.
 */
export function useOpenedDocument<Opened extends OpenedDocument>(
  key: string,
  open: () => Promise<Opened>,
): DocumentReading<Opened> {
  const [reading, setReading] = useState<DocumentReading<Opened>>({ opened: null, bytes: null, error: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says when `open` means something else
  useEffect(() => {
    let current = true;
    let handle: string | null = null;
    setReading({ opened: null, bytes: null, error: null });
    const run = async (): Promise<void> => {
      const opened = await open();
      handle = opened.document;
      if (!current) {
        closeDocument(handle);
        return;
      }
      setReading({ opened, bytes: null, error: null });
      const bytes = await readDocument(handle);
      if (current) setReading({ opened, bytes, error: null });
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
