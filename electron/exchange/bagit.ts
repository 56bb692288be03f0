import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { fileError, makeFolder, syncFolder } from '../platform/durable-files.ts';

/** A payload file, or the tag file of that name: its path inside the bag and the SHA-256 of its bytes. */
interface ListedFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface WrittenBag {
  readonly files: number;
  /** Of the payload alone. */
  readonly bytes: number;
  /** SHA-256 of `tagmanifest-sha256.txt`: vouches for every byte of the bag. */
  readonly sha256: string;
}

/** A bag (RFC 8493) that is being written beside its later place; nothing stands there until `publish`. */
export interface BagWriter {
  /** Adds a payload file, e.g. `tables/customer.csv`; the path stands below `data/`. Returns its SHA-256. */
  add(path: string, content: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>): Promise<string>;
  /** Writes the tag files; `info`: lines of `bag-info.txt` in their order. After this the bag is whole. */
  finish(info: readonly (readonly [label: string, value: string])[]): Promise<WrittenBag>;
  /** Gives the finished bag its name. */
  publish(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/** RFC 8493 §2.1.3: only line ends and the percent sign are escaped. */
const escapedPath = (path: string): string =>
  path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D');

const manifestOf = (files: readonly ListedFile[]): string =>
  files.map(({ path, sha256 }) => `${sha256}  ${escapedPath(path)}\n`).join('');

/** A label's value on one line; a line break would begin another element (RFC 8493 §2.2.2). */
const infoLine = ([label, value]: readonly [string, string]): string =>
  `${label}: ${value.replaceAll(/\s*[\r\n]+\s*/gu, ' ')}\n`;

const folderNotEmpty = (): AppError =>
  new AppError('INPUT_INVALID', {
    fields: [{ path: 'directory', message: 'validation.folderNotEmpty' }],
    hint: 'hint.emptyFolder',
  });

type Content = Parameters<BagWriter['add']>[1];

/** Where a bag is written: a folder, or one sealed file. */
export interface BagStore {
  write(path: string, content: Content): Promise<Omit<ListedFile, 'path'>>;
  /** Everything was written. */
  finish(): Promise<void>;
  publish(): Promise<void>;
  discard(): Promise<void>;
}

/** Begins a bag in a store. */
export function beginBag(store: BagStore): BagWriter {
  const payload: ListedFile[] = [];
  const write = async (path: string, content: Content): Promise<ListedFile> => ({
    path,
    ...(await store.write(path, content)),
  });
  return {
    async add(path, content) {
      const listed = await write(`data/${path}`, content);
      payload.push(listed);
      return listed.sha256;
    },
    async finish(info) {
      const octets = payload.reduce((sum, { bytes }) => sum + bytes, 0);
      const sorted = payload.toSorted((a, b) => (a.path < b.path ? -1 : 1));
      const tags = [
        await write('bagit.txt', ['BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n']),
        await write('bag-info.txt', [...info, ['Payload-Oxum', `${octets}.${payload.length}`] as const].map(infoLine)),
        await write('manifest-sha256.txt', [manifestOf(sorted)]),
      ];
      const { sha256 } = await write('tagmanifest-sha256.txt', [manifestOf(tags)]);
      await store.finish();
      return { files: payload.length, bytes: octets, sha256 };
    },
    publish: () => store.publish(),
    discard: () => store.discard(),
  };
}

/**
 * A bag as a folder at `directory`, which must not exist yet or be empty.
 * Errors: INPUT_INVALID when something stands there; NO_SPACE, READ_ONLY and the like while writing.
 */
export async function bagFolder(directory: string, temporaryName: string): Promise<BagStore> {
  const part = join(dirname(directory), temporaryName);
  const folders = new Set<string>();
  const standing = await readdir(directory).catch(() => []);
  if (standing.length > 0) throw folderNotEmpty();
  await makeFolder(dirname(directory));

  const write: BagStore['write'] = async (path, content) => {
    const target = join(part, path);
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      folders.add(dirname(target));
      const handle = await open(target, 'wx', 0o600);
      try {
        for await (const piece of content) {
          const buffer = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
          hash.update(buffer);
          bytes += buffer.length;
          await handle.writeFile(buffer);
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (thrown) {
      throw fileError(thrown);
    }
    return { sha256: hash.digest('hex'), bytes };
  };

  return {
    write,
    async finish() {
      for (const folder of folders) await syncFolder(folder);
      await syncFolder(part);
    },
    async publish() {
      try {
        await rename(part, directory);
        await syncFolder(dirname(directory));
      } catch (thrown) {
        const { code } = thrown as { code?: string };
        if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') throw folderNotEmpty();
        throw fileError(thrown);
      }
    },
    discard: () => rm(part, { recursive: true, force: true }),
  };
}
