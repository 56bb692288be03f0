/**
 * Small files that survive a power cut (R46): replaced by temporary file + sync + rename + folder sync, or appended and
 * synced. Everything is readable by the owner only. Every failure is an `AppError`.
 */
import { constants } from 'node:fs';
import { access, type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';

const OWNER_FILE = 0o600;
const OWNER_FOLDER = 0o700;
const TEMPORARY_NAME = /^\.[^/\\]+\.\d+-\d+\.tmp$/;
let temporaryCount = 0;

/** The system code of a thrown value (`ENOENT` …), or an empty string. */
export function systemCodeOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
}

/** A failed file operation as an `AppError`; a folder that vanished (a stick pulled out) is `INPUT_OUTPUT`. */
export function fileError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const vanished = ['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'EBUSY', 'EMFILE', 'ENFILE'];
  if (vanished.includes(systemCodeOf(thrown))) return new AppError('INPUT_OUTPUT', { cause: thrown });
  return AppError.from(thrown);
}

/** Syncs a folder, so that names created, renamed or removed in it survive a power cut. Windows has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw fileError(thrown);
  }
}

/** Syncs a folder and every folder in it, the deepest first: names of files in them then survive a power cut. */
export async function syncTree(folder: string): Promise<void> {
  try {
    for (const entry of await readdir(folder, { withFileTypes: true }))
      if (entry.isDirectory()) await syncTree(join(folder, entry.name));
  } catch (thrown) {
    throw fileError(thrown);
  }
  await syncFolder(folder);
}

/**
 * Makes a folder and its missing parents, for the owner only.
 * @returns the folders whose entries changed and still need `syncFolder`; with `sync` (default) they are synced already.
 */
export async function makeFolder(folder: string, { sync = true } = {}): Promise<string[]> {
  try {
    const first = await mkdir(folder, { recursive: true, mode: OWNER_FOLDER });
    if (first === undefined) return [];
    const changed: string[] = [];
    for (let made = folder; ; made = dirname(made)) {
      changed.push(dirname(made));
      if (made === first || dirname(made) === made) break;
    }
    if (sync) for (const parent of changed) await syncFolder(parent);
    return changed;
  } catch (thrown) {
    throw fileError(await reasonOf(thrown, folder));
  }
}

/** Making folders with their parents on a read-only disk fails with ENOENT; the parent that is there says what it really is. */
async function reasonOf(thrown: unknown, folder: string): Promise<unknown> {
  if (systemCodeOf(thrown) !== 'ENOENT') return thrown;
  for (let parent = dirname(folder); ; parent = dirname(parent)) {
    try {
      await access(parent, constants.W_OK);
      return thrown;
    } catch (reason) {
      if (systemCodeOf(reason) !== 'ENOENT' || dirname(parent) === parent) return reason;
    }
  }
}

/** A temporary file beside its later place. */
export interface TemporaryFile {
  readonly handle: FileHandle;
  readonly path: string;
}

/** Opens a new temporary file in the folder of `finalPath`; readers skip such names, `removeLeftovers` clears them. */
export async function openTemporary(finalPath: string): Promise<TemporaryFile> {
  for (;;) {
    temporaryCount += 1;
    const path = join(dirname(finalPath), `.${basename(finalPath)}.${process.pid}-${temporaryCount}.tmp`);
    try {
      return { handle: await open(path, 'wx', OWNER_FILE), path };
    } catch (thrown) {
      // A process with the same number may have left one behind when it was killed.
      if (systemCodeOf(thrown) !== 'EEXIST') throw fileError(thrown);
    }
  }
}

/** So much is written before the disk is asked to take it. */
const SYNC_EVERY_BYTES = 64 * 1024 * 1024;

/**
 * Writes a long file piece by piece and has the disk take what is written meanwhile: else gigabytes wait in memory for the sync at the end.
 * `end` throws what any of these syncs has thrown: the system tells a lost write once. The file still needs its last `sync`.
 */
export function steadyWriter({ handle }: TemporaryFile): {
  write(piece: Uint8Array): Promise<void>;
  end(): Promise<void>;
} {
  let since = 0;
  let syncing: Promise<void> | undefined;
  let failed: { readonly thrown: unknown } | undefined;
  const end = async () => {
    await syncing;
    if (failed !== undefined) throw failed.thrown;
  };
  return {
    async write(piece) {
      await handle.writeFile(piece);
      since += piece.length;
      if (since < SYNC_EVERY_BYTES || syncing !== undefined) return;
      if (failed !== undefined) throw failed.thrown;
      since = 0;
      syncing = handle
        .datasync()
        .catch((thrown: unknown) => {
          failed = { thrown };
        })
        .finally(() => {
          syncing = undefined;
        });
    },
    end,
  };
}

/** Syncs and closes a temporary file and gives it its final name. The folder still needs `syncFolder`. */
export async function publishTemporary(temporary: TemporaryFile, finalPath: string): Promise<void> {
  try {
    await temporary.handle.sync();
    await temporary.handle.close();
    await rename(temporary.path, finalPath);
  } catch (thrown) {
    await discardTemporary(temporary);
    throw fileError(thrown);
  }
}

/** Closes and removes a temporary file; never throws, the failure that led here matters more. */
export async function discardTemporary(temporary: TemporaryFile): Promise<void> {
  await temporary.handle.close().catch(() => undefined);
  await rm(temporary.path, { force: true }).catch(() => undefined);
}

/** Replaces (or creates) a file: after a crash or power cut it holds the old bytes or the new ones, never a mixture (R46). */
export async function replaceDurably(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = await openTemporary(path);
  try {
    await temporary.handle.writeFile(content);
  } catch (thrown) {
    await discardTemporary(temporary);
    throw fileError(thrown);
  }
  await publishTemporary(temporary, path);
  await syncFolder(dirname(path));
}

/** Appends bytes and syncs them; a file created by this also has its folder synced (R46). */
export async function appendDurably(path: string, content: Uint8Array | string): Promise<void> {
  try {
    const handle = await open(path, 'a', OWNER_FILE);
    let isNew = false;
    try {
      isNew = (await handle.stat()).size === 0;
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (isNew) await syncFolder(dirname(path));
  } catch (thrown) {
    throw fileError(thrown);
  }
}

/** Removes a file, if it is there, and syncs its folder. */
export async function removeDurably(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
    await syncFolder(dirname(path));
  } catch (thrown) {
    throw fileError(thrown);
  }
}

/**
 * Reads a small file completely.
 * @returns its bytes, or `undefined` if there is none
 * @throws AppError FILE_TOO_LARGE beyond `maximumBytes`, before reading it; otherwise as `fileError`
 */
export async function readIfPresent(path: string, maximumBytes: number): Promise<Buffer | undefined> {
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      if (size > maximumBytes) throw new AppError('FILE_TOO_LARGE', { params: { file: basename(path) } });
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined;
    throw fileError(thrown);
  }
}

/** True for the names `openTemporary` gives. */
export function isTemporaryName(name: string): boolean {
  return TEMPORARY_NAME.test(name);
}

/** Removes temporary files and folders a killed process left in a folder. @returns how many */
export async function removeLeftovers(folder: string): Promise<number> {
  try {
    const names = (await readdir(folder)).filter(isTemporaryName);
    for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
    return names.length;
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return 0;
    throw fileError(thrown);
  }
}
