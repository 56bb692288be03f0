import { AppError } from '../../shared/errors/app-error.ts';
import { fileRefusal } from '../exchange/tables/table-limits.ts';
import type { Random } from '../platform/random.ts';

/** R60, R65: no table and no attachment is larger, in megabytes. */
const LARGEST_MEGABYTES = { table: 25, scan: 200 } as const;
const MEGABYTE = 1024 * 1024;
const LARGEST_SHELF = 1024 * 1024 * 1024;

interface Upload {
  readonly name: string;
  readonly size: number;
  received: number;
  readonly pieces: Buffer[];
}

export interface ShelfDocument {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/**
 * What is between the window and the archive: files being handed over, opened scans, finished prints.
 * In memory alone, so that no plain file ever touches the disk (R02); gone when the process ends.
 */
export interface DocumentShelf {
  beginUpload(name: string, size: number, purpose: 'table' | 'scan'): string;
  append(upload: string, piece: Buffer): number;
  /** The whole file. Throws `CONFLICT` when pieces are missing. It stays on the shelf until discarded. */
  upload(upload: string): { readonly name: string; readonly bytes: Buffer };
  discard(upload: string): void;
  put(document: ShelfDocument): string;
  /** One that is opened when it is first read, by then some `size` bytes. */
  putUnopened(document: Omit<ShelfDocument, 'bytes'> & { readonly size: number; open(): Promise<Buffer> }): string;
  /** Throws `NOT_FOUND`, and what `open` throws. */
  get(id: string): Promise<ShelfDocument>;
  close(id: string): void;
  /** Empties the shelf: at hand-over and back nothing of the other session stays. */
  clear(): void;
}

export function createDocumentShelf(random: Random): DocumentShelf {
  const uploads = new Map<string, Upload>();
  const documents = new Map<string, { readonly size: number; read(): Promise<ShelfDocument> }>();
  const held = () =>
    [...uploads.values()].reduce((sum, upload) => sum + upload.size, 0) +
    [...documents.values()].reduce((sum, { size }) => sum + size, 0);
  const place = (size: number, read: () => Promise<ShelfDocument>): string => {
    // The oldest document makes room: a viewer that still wants it opens it again.
    while (documents.size > 0 && held() + size > LARGEST_SHELF) {
      const oldest = documents.keys().next().value;
      if (oldest === undefined) break;
      documents.delete(oldest);
    }
    const id = random.uuid();
    documents.set(id, { size, read });
    return id;
  };
  const getUpload = (id: string): Upload => {
    const upload = uploads.get(id);
    if (upload === undefined) throw new AppError('NOT_FOUND', { params: { what: 'upload' } });
    return upload;
  };
  return {
    beginUpload(name, size, purpose) {
      const limit = LARGEST_MEGABYTES[purpose];
      if (size > limit * MEGABYTE)
        throw fileRefusal('FILE_TOO_LARGE', name, 'exchange.file.tooLarge', { limitMb: limit });
      if (held() + size > LARGEST_SHELF)
        throw fileRefusal('FILE_TOO_LARGE', name, 'exchange.file.tooLarge', { limitMb: LARGEST_SHELF / MEGABYTE });
      const id = random.uuid();
      uploads.set(id, { name, size, received: 0, pieces: [] });
      return id;
    },
    append(id, piece) {
      const upload = getUpload(id);
      if (upload.received + piece.length > upload.size)
        throw new AppError('INPUT_INVALID', { params: { name: upload.name } });
      upload.pieces.push(piece);
      upload.received += piece.length;
      return upload.received;
    },
    upload(id) {
      const upload = getUpload(id);
      if (upload.received !== upload.size) throw new AppError('CONFLICT', { params: { name: upload.name } });
      if (upload.pieces.length > 1) upload.pieces.splice(0, upload.pieces.length, Buffer.concat(upload.pieces));
      return { name: upload.name, bytes: upload.pieces[0] ?? Buffer.alloc(0) };
    },
    discard: (id) => void uploads.delete(id),
    put: (document) => place(document.bytes.length, () => Promise.resolve(document)),
    putUnopened({ size, open, ...document }) {
      let opened: Promise<ShelfDocument> | undefined;
      const read = (): Promise<ShelfDocument> => {
        opened ??= open().then((bytes) => ({ ...document, bytes }));
        return opened;
      };
      return place(size, read);
    },
    async get(id) {
      const document = documents.get(id);
      if (document === undefined) throw new AppError('NOT_FOUND', { params: { what: 'document' } });
      return document.read();
    },
    close: (id) => void documents.delete(id),
    clear() {
      uploads.clear();
      documents.clear();
    },
  };
}
