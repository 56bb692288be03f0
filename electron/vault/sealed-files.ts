/**
 * Sealed files: every attachment is an age file of its own, with its own key kept in its database row (security.md §8).
 * Files never change: a new version is a new file.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  discardTemporary,
  fileError,
  isTemporaryName,
  makeFolder,
  openTemporary,
  publishTemporary,
  readIfPresent,
  syncFolder,
  systemCodeOf,
} from '../platform/durable-files.ts';
import type { Random } from '../platform/random.ts';
import { vaultPaths } from './vault-files.ts';

/** Largest file that is sealed (R65), bytes. */
export const MAXIMUM_SEALED_BYTES = 200 * 1024 * 1024;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const AGE_OVERHEAD = 1_048_576;
/** age seals pieces of this size, each with a tag. */
const AGE_CHUNK = 65_536;
const AGE_TAG = 16;
/** More files without a row than one bulk filing leaves behind look like a wrong database, not like a crash. */
const ORPHANS_AT_MOST = 5_000;

/** What the database row keeps: `key` is the age identity, hashes are hex, `size` is of the plain bytes. */
export interface SealedFile {
  readonly id: string;
  readonly key: string;
  readonly sha256Plain: string;
  readonly sha256Cipher: string;
  readonly size: number;
}

/** A file just sealed. `remove` takes it away again when its row was not written. */
export type NewSealedFile = SealedFile & { remove(): Promise<void> };

type Content = Uint8Array | AsyncIterable<Uint8Array>;

/** Path of a sealed file: `att/ab/cd/<uuid>.age`. @throws TypeError for anything that is not a UUID */
export function sealedPath(directory: string, id: string): string {
  if (!UUID.test(id)) throw new TypeError('a sealed file is named by a UUID');
  return join(vaultPaths(directory).attachments, id.slice(0, 2), id.slice(2, 4), `${id}.age`);
}

/** What it is called inside a backup. */
export function sealedName(id: string): string {
  return `att/${id.slice(0, 2)}/${id.slice(2, 4)}/${id}.age`;
}

function integrityError(record: string, reason: 'missing' | 'changed'): AppError {
  const hint = reason === 'missing' ? 'hint.sealedMissing' : 'hint.sealedChanged';
  return new AppError('INTEGRITY', { params: { record, reason }, hint });
}

/** An iterable as the stream age takes; an error of the iterable becomes the error of the stream. */
function streamOf(iterable: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = iterable[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}

/** The chunks of a stream, one after the other. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Also reached when the consumer gives up; the source is then told to stop.
    await reader.cancel().catch(() => undefined);
  }
}

/** Bytes handed to the cipher at once: it copies what it is given. */
const PIECE_BYTES = 1_048_576;

function* piecesOf(content: Uint8Array): Generator<Uint8Array> {
  // An empty file is sealed as well: one empty piece.
  for (let at = 0; at === 0 || at < content.length; at += PIECE_BYTES) yield content.subarray(at, at + PIECE_BYTES);
}

/** Passes chunks on while hashing and counting them. @throws AppError FILE_TOO_LARGE while reading */
async function* measured(
  content: Content,
  maximumBytes: number,
  measure: { hash: (chunk: Uint8Array) => void; size: number },
) {
  for await (const chunk of content instanceof Uint8Array ? piecesOf(content) : content) {
    measure.size += chunk.length;
    if (measure.size > maximumBytes) throw new AppError('FILE_TOO_LARGE', { params: { maximum: maximumBytes } });
    measure.hash(chunk);
    yield chunk;
  }
}

/** Seals content into its folder; gives the folders that still need `syncFolder`. */
async function sealUnsynced(
  directory: string,
  content: Content,
  random: Random,
  maximumBytes: number,
): Promise<{ sealed: NewSealedFile; folders: string[] }> {
  const id = random.uuid().toLowerCase();
  const path = sealedPath(directory, id);
  const key = await generateX25519Identity();
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(key));
  const made = await makeFolder(dirname(path), { sync: false });
  const plainHash = createHash('sha256');
  const cipherHash = createHash('sha256');
  const measure = { hash: (chunk: Uint8Array) => void plainHash.update(chunk), size: 0 };
  const temporary = await openTemporary(path);
  try {
    const plain = streamOf(measured(content, maximumBytes, measure));
    for await (const chunk of chunksOf(await encrypter.encrypt(plain))) {
      cipherHash.update(chunk);
      await temporary.handle.writeFile(chunk);
    }
  } catch (thrown) {
    await discardTemporary(temporary);
    throw fileError(thrown);
  }
  await publishTemporary(temporary, path);
  const sha256Plain = plainHash.digest('hex');
  const sha256Cipher = cipherHash.digest('hex');
  const remove = () => removeSealed(directory, id);
  const sealed = { id, key, sha256Plain, sha256Cipher, size: measure.size, remove };
  return { sealed, folders: [dirname(path), ...made] };
}

async function syncFolders(folders: Iterable<string>): Promise<void> {
  // Deepest first: a name is safe only if the folder above it is as well.
  const ordered = [...new Set(folders)].sort((a, b) => b.length - a.length);
  for (const folder of ordered) await syncFolder(folder);
}

/**
 * Seals a file: on return it is on the disk and survives a power cut; only then write its row (§8).
 * @throws AppError FILE_TOO_LARGE, NO_SPACE, READ_ONLY, INPUT_OUTPUT; nothing is left behind
 */
export async function seal(
  directory: string,
  content: Content,
  { random, maximumBytes = MAXIMUM_SEALED_BYTES }: { readonly random: Random; readonly maximumBytes?: number },
): Promise<NewSealedFile> {
  const { sealed, folders } = await sealUnsynced(directory, content, random, maximumBytes);
  await syncFolders(folders);
  return sealed;
}

/** Seals many files and syncs their folders once. Several `seal` calls may run at the same time. */
export interface SealBatch {
  /** The row of this file may be written only after `settle`. */
  seal(content: Content): Promise<NewSealedFile>;
  /** Syncs the folders of everything sealed so far: before the transaction with the rows. */
  settle(): Promise<void>;
}

/** A batch for bulk filing. */
export function sealBatch(directory: string, { random }: { readonly random: Random }): SealBatch {
  const waiting = new Set<string>();
  return {
    seal: async (content) => {
      const { sealed, folders } = await sealUnsynced(directory, content, random, MAXIMUM_SEALED_BYTES);
      for (const folder of folders) waiting.add(folder);
      return sealed;
    },
    settle: async () => {
      const folders = [...waiting];
      await syncFolders(folders);
      for (const folder of folders) waiting.delete(folder);
    },
  };
}

/**
 * Opens a sealed file. Its hash is compared before, the hash of the content after decrypting; on any difference nothing is released (R12).
 * @param label names the record to people, e.g. its reference code
 * @throws AppError INTEGRITY { record, reason }
 */
export async function openSealed(directory: string, row: SealedFile, label: string = row.id): Promise<Buffer> {
  return await (await authenticateSealed(directory, row, label))();
}

/**
 * Compares a sealed file with the hash of its row, which takes a tenth of the time of opening it; answers the function that opens it.
 * Both throw as `openSealed`.
 */
export async function authenticateSealed(
  directory: string,
  row: SealedFile,
  label: string,
): Promise<() => Promise<Buffer>> {
  // A volume may be larger than a scan; what its row says is the measure.
  const limit = row.size + Math.ceil(row.size / AGE_CHUNK) * AGE_TAG + AGE_OVERHEAD;
  const cipher = await readIfPresent(sealedPath(directory, row.id), limit).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === 'FILE_TOO_LARGE') throw integrityError(label, 'changed');
    throw thrown;
  });
  if (cipher === undefined) throw integrityError(label, 'missing');
  if (createHash('sha256').update(cipher).digest('hex') !== row.sha256Cipher) throw integrityError(label, 'changed');
  return () => decryptSealed(cipher, row, label);
}

async function decryptSealed(cipher: Buffer, row: SealedFile, label: string): Promise<Buffer> {
  let plain: Uint8Array;
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(row.key);
    plain = await decrypter.decrypt(cipher);
  } catch {
    // The library's message may quote the key.
    throw integrityError(label, 'changed');
  }
  if (plain.length !== row.size || createHash('sha256').update(plain).digest('hex') !== row.sha256Plain) {
    plain.fill(0);
    throw integrityError(label, 'changed');
  }
  return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
}

/** Reads and authenticates a sealed file in pieces, for the scrub (R49). @returns what is wrong, or `undefined` */
export async function checkSealed(directory: string, row: SealedFile): Promise<'missing' | 'changed' | undefined> {
  const path = sealedPath(directory, row.id);
  const cipherHash = createHash('sha256');
  const plainHash = createHash('sha256');
  try {
    await stat(path);
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return 'missing';
    throw fileError(thrown);
  }
  try {
    const hashing = async function* () {
      for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) {
        const bytes = new Uint8Array(chunk);
        cipherHash.update(bytes);
        yield bytes;
      }
    };
    const decrypter = new Decrypter();
    decrypter.addIdentity(row.key);
    for await (const chunk of chunksOf(await decrypter.decrypt(streamOf(hashing())))) plainHash.update(chunk);
  } catch (thrown) {
    // A failing disk is not a changed file.
    if (systemCodeOf(thrown) !== '') throw fileError(thrown);
    return 'changed';
  }
  const isSame = cipherHash.digest('hex') === row.sha256Cipher && plainHash.digest('hex') === row.sha256Plain;
  return isSame ? undefined : 'changed';
}

/** Reads the sealed bytes without opening them. @returns their size if they are those of the hash, else `undefined` */
export async function checkCipherHash(
  directory: string,
  id: string,
  sha256Cipher: string,
): Promise<number | undefined> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of createReadStream(sealedPath(directory, id), { highWaterMark: 1_048_576 })) {
      hash.update(chunk);
      size += chunk.length;
    }
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined;
    throw fileError(thrown);
  }
  return hash.digest('hex') === sha256Cipher ? size : undefined;
}

/** Ids of all sealed files in the folder, and the paths of temporary files left by a killed process. */
async function scanSealed(directory: string): Promise<{ ids: string[]; leftovers: string[] }> {
  const ids: string[] = [];
  const leftovers: string[] = [];
  try {
    const entries = await readdir(vaultPaths(directory).attachments, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const id = entry.name.replace(/\.age$/, '');
      if (isTemporaryName(entry.name)) leftovers.push(join(entry.parentPath, entry.name));
      else if (UUID.test(id) && join(entry.parentPath, entry.name) === sealedPath(directory, id)) ids.push(id);
    }
  } catch (thrown) {
    if (systemCodeOf(thrown) !== 'ENOENT') throw fileError(thrown);
  }
  return { ids: ids.sort(), leftovers };
}

/** Ids of all sealed files in the vault folder, ascending. */
export async function listSealed(directory: string): Promise<string[]> {
  return (await scanSealed(directory)).ids;
}

/**
 * At start, after the database has passed its checks: removes files that a crash left without a row, and temporary files (R41).
 * Unusually many are kept and reported instead, because then the database is more likely wrong than the files.
 */
export async function removeOrphans(
  directory: string,
  knownIds: ReadonlySet<string>,
  { atMost = ORPHANS_AT_MOST }: { readonly atMost?: number } = {},
): Promise<{ readonly removed: number; readonly kept: number; readonly missing: readonly string[] }> {
  const { ids, leftovers } = await scanSealed(directory);
  const present = new Set(ids);
  const missing = [...knownIds].filter((id) => !present.has(id));
  const orphans = ids.filter((id) => !knownIds.has(id));
  try {
    for (const path of leftovers) await rm(path, { force: true });
    if (orphans.length > atMost) return { removed: 0, kept: orphans.length, missing };
    for (const id of orphans) await rm(sealedPath(directory, id), { force: true });
  } catch (thrown) {
    throw fileError(thrown);
  }
  return { removed: orphans.length, kept: 0, missing };
}

/** Removes a sealed file whose row, and with it the key, is gone (R13). */
export async function removeSealed(directory: string, id: string): Promise<void> {
  const path = sealedPath(directory, id);
  try {
    await rm(path, { force: true });
    await syncFolder(dirname(path));
  } catch (thrown) {
    if (systemCodeOf(thrown) !== 'ENOENT') throw fileError(thrown);
  }
}

/** Bytes overwritten at once. */
const OVERWRITE_CHUNK = 1_048_576;

/**
 * Destroys a sealed file whose row, and with it the key, is gone (Y2): overwrites it with chance, then removes it. On drives that write
 * elsewhere each time the old blocks may last; without the key nobody reads them.
 */
export async function destroySealed(directory: string, id: string, random: Random): Promise<void> {
  const path = sealedPath(directory, id);
  try {
    const { size } = await stat(path);
    const handle = await open(path, 'r+');
    try {
      for (let at = 0; at < size; at += OVERWRITE_CHUNK)
        await handle.write(random.bytes(Math.min(OVERWRITE_CHUNK, size - at)), 0, undefined, at);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    if (systemCodeOf(thrown) !== 'ENOENT') throw fileError(thrown);
  }
  await removeSealed(directory, id);
}
