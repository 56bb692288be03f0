import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { discardUpload, uploadFile } from '../../gateway/uploads.ts';
import { createSessionStore } from '../../state/reset-registry.ts';

/** Kinds of files that a catalogue entry takes as scans (D8). The archive judges by content; this is for the picker. */
export const SCAN_ACCEPT = '.pdf,.png,.jpg,.jpeg,.tif,.tiff,application/pdf,image/png,image/jpeg,image/tiff';
const ENDINGS = /\.(pdf|png|jpe?g|tiff?)$/iu;

export function isScanFile(file: Pick<File, 'name'>): boolean {
  return ENDINGS.test(file.name);
}

/** A file on its way to a paper. */
export interface ScanUpload {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly error: AppError | null;
  cancel(): void;
}

interface ScanUploads {
  readonly uploads: readonly ScanUpload[];
  put(upload: ScanUpload): void;
  remove(id: number): void;
}

export const useScanUploads = createSessionStore<ScanUploads>((set) => ({
  uploads: [],
  put: (upload) =>
    set(({ uploads }) => ({
      uploads: [...uploads.filter((one) => one.id !== upload.id), upload].sort((a, b) => a.id - b.id),
    })),
  remove: (id) => set(({ uploads }) => ({ uploads: uploads.filter((one) => one.id !== id) })),
}));

let lastId = 0;

/**
 * Hands a file over and attaches it to a paper, with its progress beside the paper. Resolves when it is sealed; a
 * failure stays beside the paper until it is put away, and resolves to false.
 */
export async function attachScan(code: string, file: File): Promise<boolean> {
  const { put, remove } = useScanUploads.getState();
  const controller = new AbortController();
  lastId += 1;
  const upload: ScanUpload = {
    id: lastId,
    code,
    name: file.name,
    done: 0,
    total: file.size,
    error: null,
    cancel: () => controller.abort(),
  };
  put(upload);
  try {
    const id = await uploadFile(file, (done, total) => put({ ...upload, done, total }), controller.signal);
    put({ ...upload, done: file.size });
    try {
      await archive.call('scans.attach', { upload: id, code });
    } catch (thrown) {
      discardUpload(id);
      throw thrown;
    }
    remove(upload.id);
    return true;
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (error.code === 'CANCELLED') remove(upload.id);
    else put({ ...upload, error, cancel: () => remove(upload.id) });
    return false;
  }
}

/** Several files, one after the other: the order in which they were dropped is the order of the pages. */
export async function attachScans(code: string, files: readonly File[]): Promise<number> {
  let attached = 0;
  for (const file of files) if (await attachScan(code, file)) attached += 1;
  return attached;
}

/** The title that a file name suggests: without its ending, underscores as blanks. */
export function titleOfFile(name: string): string {
  return name
    .replace(ENDINGS, '')
    .replace(/[_\s]+/gu, ' ')
    .trim();
}
