/** Writing backup files (security.md §11): one age file to the recovery key and the supervisors, holding a tar of the vault but its slots. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  discardTemporary,
  fileError,
  openTemporary,
  publishTemporary,
  steadyWriter,
  syncFolder,
} from '../platform/durable-files.ts';
import { piecesOfFile } from '../platform/file-pieces.ts';
import type { Signer } from '../platform/signer.ts';
import { type BackupManifest, INSIDE_BACKUP } from './backup-manifest.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256Hex } from './hash.ts';
import { sealedApart } from './sealed-apart.ts';

/** A file of the backup: its name inside, where its bytes are now. */
export interface BackedUpFile {
  readonly name: string;
  readonly path: string;
  /** What is known of it already: then its bytes are read once, and refused when they are others. */
  readonly known?: { readonly sha256: string; readonly label: string };
}

/** What is in an earlier backup of the chain: listed, not carried. */
export interface EarlierFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

async function hashOf(path: string, onBytes: (bytes: number) => void = () => {}, signal?: AbortSignal) {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of piecesOfFile(path)) {
    signal?.throwIfAborted();
    hash.update(chunk);
    size += chunk.length;
    onBytes(chunk.length);
  }
  return { size, sha256: hash.digest('hex') };
}

/** All files of a folder tree, as names with `/`. */
export async function filesBelow(folder: string, prefix: string): Promise<BackedUpFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      const name = `${prefix}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(path, name);
      return entry.isFile() && INSIDE_BACKUP.test(name) ? [{ name, path }] : [];
    }),
  );
  return nested.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

export interface BackupWork {
  readonly signal: AbortSignal;
  /** Bytes so far, of how many. */
  onProgress(phase: 'copying' | 'readingBack' | 'reading', done: number, total: number): void;
}

export interface WrittenBackup {
  readonly sha256: string;
  readonly bytes: number;
  /** SHA-256 of the manifest: by this the next backup of the chain names it. */
  readonly manifest: string;
  /** Files it carries, and bytes of them. */
  readonly carried: number;
}

/**
 * Writes a backup beside its later name, syncs it, reads all of it back and gives it the name only when it is whole (R54).
 * @throws AppError NO_SPACE, READ_ONLY, CANCELLED, INTEGRITY { record } when a file is not what is known of it, or what was
 *   read back is not what was written; nothing is left behind
 */
export async function writeBackup(input: {
  readonly file: string;
  readonly files: readonly BackedUpFile[];
  readonly earlier?: readonly EarlierFile[];
  /** Awaited once the files have been hashed. */
  readonly manifest: Promise<Omit<BackupManifest, 'files'>>;
  readonly recipients: readonly string[];
  readonly signers: readonly Signer[];
  /** What is checked beside the writing; when it throws, the backup gets no name. */
  readonly beforeNaming?: () => Promise<void>;
  readonly work: BackupWork;
}): Promise<WrittenBackup> {
  const { file, files, work, earlier = [] } = input;
  await mkdir(dirname(file), { recursive: true }).catch((thrown: unknown) => {
    throw fileError(thrown);
  });
  const listed: BackupManifest['files'] = [];
  for (const { name, path, known } of files) {
    work.signal.throwIfAborted();
    const { size, sha256 } =
      known === undefined ? await hashOf(path) : { size: await sizeOf(path, known.label), sha256: known.sha256 };
    listed.push({ name, size, sha256, here: true });
  }
  const total = listed.reduce((sum, entry) => sum + entry.size, 0);
  const facts = await input.manifest;
  const manifest = canonicalJson({
    ...facts,
    files: [...listed, ...earlier.map((entry) => ({ ...entry, here: false }))],
  });
  const notes = input.signers.map((signer) => `${signer.keyId} ${signer.sign(manifest).toString('base64')}\n`).join('');
  const tar = pack();
  const whole = createHash('sha256');
  const mtime = new Date(facts.made);
  const feed = (async () => {
    const add = (name: string, bytes: Buffer) => {
      whole.update(bytes);
      return tar.entry({ name, size: bytes.length, mtime }, bytes);
    };
    add('manifest.json', manifest);
    add('manifest.note', Buffer.from(notes));
    let done = 0;
    for (const [index, entry] of files.entries()) {
      work.signal.throwIfAborted();
      const into = tar.entry({ name: entry.name, size: listed[index]?.size ?? 0, mtime });
      const { known } = entry;
      const hash = known && createHash('sha256');
      const measured = async function* () {
        for await (const piece of piecesOfFile(entry.path)) {
          whole.update(piece);
          hash?.update(piece);
          done += piece.length;
          work.onProgress('copying', done, total);
          yield piece;
        }
      };
      await pipeline(measured, into as unknown as NodeJS.WritableStream, { signal: work.signal });
      if (known !== undefined && hash?.digest('hex') !== known.sha256)
        throw new AppError('INTEGRITY', { params: { record: known.label, reason: 'changed' } });
    }
    const end = Buffer.from(whole.digest('hex'));
    tar.entry({ name: 'END', size: end.length, mtime }, end);
    tar.finalize();
  })();
  feed.catch((thrown: unknown) => tar.destroy(thrown instanceof Error ? thrown : new Error('backup')));
  const temporary = await openTemporary(file);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const writer = steadyWriter(temporary);
    // While one piece is hashed and written, the next are enciphered.
    for await (const chunk of sealedApart(tar as AsyncIterable<Uint8Array>, input.recipients)) {
      const written = writer.write(chunk);
      hash.update(chunk);
      await written;
      bytes += chunk.length;
    }
    await feed;
    await writer.end();
    await temporary.handle.sync();
    const sha256 = hash.digest('hex');
    let read = 0;
    const back = await hashOf(
      temporary.path,
      (more) => {
        read += more;
        work.onProgress('readingBack', read, bytes);
      },
      work.signal,
    );
    if (back.sha256 !== sha256 || back.size !== bytes)
      throw new AppError('INTEGRITY', { params: { record: file, reason: 'readBack' }, hint: 'hint.otherMedium' });
    await input.beforeNaming?.();
    await publishTemporary(temporary, file);
    await syncFolder(dirname(file));
    return { sha256, bytes, manifest: sha256Hex(manifest), carried: files.length };
  } catch (thrown) {
    await discardTemporary(temporary);
    // Whatever the feed had against it is the reason; the stream only passed it on.
    const reason = await feed.then(
      () => thrown,
      (own: unknown) => (own instanceof AppError ? own : thrown),
    );
    throw work.signal.aborted ? new AppError('CANCELLED') : fileError(reason);
  }
}

async function sizeOf(path: string, label: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === 'ENOENT')
      throw new AppError('INTEGRITY', { params: { record: label, reason: 'missing' }, cause: thrown });
    throw fileError(thrown);
  }
}
