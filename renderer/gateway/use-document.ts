import { useEffect, useState } from 'react';
import { AppError } from '../../shared/errors/app-error.ts';
import { archive } from './archive.ts';
import { closeDocument, readDocument } from './documents.ts';

export interface OpenedDocument {
  /** Handle for `documents.save`; empty until it is open. */
  readonly document: string;
  readonly name: string;
  readonly mediaType: string;
  /** Null until it is read and checked whole. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly error: AppError | null;
}

const NOTHING: OpenedDocument = { document: '', name: '', mediaType: '', bytes: null, error: null };

/**
 * Opens a document with `open`, reads it, and closes it when `key` changes or the component goes. The bytes are in no cache.
 * `key` null opens nothing.
 */
export function useDocument(
  key: string | null,
  open: () => Promise<{ document: string; name: string; mediaType: string }>,
): OpenedDocument {
  const [state, setState] = useState<OpenedDocument>(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says when another document is meant
  useEffect(() => {
    setState(NOTHING);
    if (key === null) return undefined;
    let current = true;
    let handle = '';
    const read = async () => {
      const opened = await open();
      handle = opened.document;
      if (!current) return closeDocument(handle);
      setState({ ...NOTHING, ...opened });
      const bytes = await readDocument(opened.document);
      if (current) setState({ ...NOTHING, ...opened, bytes });
      return undefined;
    };
    read().catch((thrown: unknown) => {
      if (current) setState((before) => ({ ...before, error: AppError.from(thrown) }));
    });
    return () => {
      current = false;
      if (handle !== '') closeDocument(handle);
    };
  }, [key]);
  return state;
}

/** Opens a scan by its id; null opens nothing. */
export function useScanDocument(scan: string | null): OpenedDocument {
  return useDocument(scan, async () => {
    const { document, name, mediaType } = await archive.call('scans.open', { scan: scan ?? '' });
    return { document, name, mediaType };
  });
}
