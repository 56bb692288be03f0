/** Backup files (security.md §11): one age file to the recovery key and the supervisors, holding a tar of the whole vault but its slots. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, normalize } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Decrypter, Encrypter } from 'age-encryption';
import { extract, pack } from 'tar-stream';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { discardTemporary, fileError, openTemporary, publishTemporary, syncFolder } from '../platform/durable-files.ts';
import type { Signer } from '../platform/signer.ts';
import { canonicalJson } from './canonical-json.ts';
import { parseRecoveryKey } from './recovery-key.ts';

/** A file of the backup: its name inside, where its bytes are now. */
export interface BackedUpFile {
  readonly name: string;
  readonly path: string;
}

const manifestShape = z.object({
  format: z.literal(1),
  vault: z.string(),
  epoch: z.int(),
  logSize: z.int(),
  logRoot: z.string(),
  rows: z.record(z.string(), z.int()),
  schema: z.int(),
  program: z.string(),
  made: z.string(),
  files: z.array(z.object({ name: z.string(), size: z.int(), sha256: z.string() })),
});
export type BackupManifest = z.infer<typeof manifestShape>;

/** Names that a backup may hold, so that nothing is ever written outside the folder it is restored into. */
const INSIDE =
  /^(archive\.db|vault\.json|keyring\.note|anchors\.log|keys\/full-\d+\.age|att\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f-]{36}\.age)$/;

async function hashOf(path: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
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
      return entry.isFile() && INSIDE.test(name) ? [{ name, path }] : [];
    }),
  );
  return nested.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

export interface BackupWork {
  readonly signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/**
 * Writes a backup beside its later name, syncs it and gives it the name only when it is whole.
 * @returns hash and size of the file; the caller reads it back with `readBackup` semantics before saying done
 * @throws AppError NO_SPACE, READ_ONLY, CANCELLED; nothing is left behind
 */
export async function writeBackup(input: {
  readonly file: string;
  readonly files: readonly BackedUpFile[];
  readonly manifest: Omit<BackupManifest, 'files'>;
  readonly recipients: readonly string[];
  readonly signers: readonly Signer[];
  readonly work: BackupWork;
}): Promise<{ sha256: string; bytes: number; verified: boolean }> {
  const { file, files, work } = input;
  await mkdir(dirname(file), { recursive: true }).catch((thrown: unknown) => {
    throw fileError(thrown);
  });
  const listed: BackupManifest['files'] = [];
  for (const entry of files) {
    work.signal.throwIfAborted();
    listed.push({ name: entry.name, ...(await hashOf(entry.path)) });
  }
  const manifest = canonicalJson({ ...input.manifest, files: listed });
  const notes = input.signers.map((signer) => `${signer.keyId} ${signer.sign(manifest).toString('base64')}\n`).join('');
  const encrypter = new Encrypter();
  for (const recipient of input.recipients) encrypter.addRecipient(recipient);
  const tar = pack();
  const whole = createHash('sha256');
  const feed = (async () => {
    const add = (name: string, bytes: Buffer) => {
      whole.update(bytes);
      return tar.entry({ name, size: bytes.length, mtime: new Date(input.manifest.made) }, bytes);
    };
    add('manifest.json', manifest);
    add('manifest.note', Buffer.from(notes));
    for (const [index, entry] of files.entries()) {
      work.signal.throwIfAborted();
      const size = listed[index]?.size ?? 0;
      const into = tar.entry({ name: entry.name, size, mtime: new Date(input.manifest.made) });
      const source = createReadStream(entry.path);
      source.on('data', (chunk) => whole.update(chunk));
      await pipeline(source, into as unknown as NodeJS.WritableStream);
      work.onProgress(index + 1, files.length);
    }
    const end = Buffer.from(whole.digest('hex'));
    tar.entry({ name: 'END', size: end.length, mtime: new Date(input.manifest.made) }, end);
    tar.finalize();
  })();
  feed.catch((thrown: unknown) => tar.destroy(thrown instanceof Error ? thrown : new Error('backup')));
  const temporary = await openTemporary(file);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const plain = Readable.toWeb(Readable.from(tar)) as ReadableStream<Uint8Array>;
    for await (const chunk of await encrypter.encrypt(plain)) {
      hash.update(chunk);
      bytes += chunk.length;
      await temporary.handle.writeFile(chunk);
    }
    await feed;
  } catch (thrown) {
    await discardTemporary(temporary);
    throw work.signal.aborted ? new AppError('CANCELLED') : fileError(thrown);
  }
  await publishTemporary(temporary, file);
  await syncFolder(dirname(file));
  const sha256 = hash.digest('hex');
  const back = await hashOf(file);
  return { sha256, bytes, verified: back.sha256 === sha256 && back.size === bytes };
}

/**
 * Unpacks a backup into an existing empty folder and checks every file against the manifest.
 * @throws AppError FILE_NOT_READABLE, RECOVERY_KEY_WRONG, INTEGRITY { record } (damaged, incomplete, altered), FORMAT_NEWER
 */
export async function unpackBackup(input: {
  readonly file: string;
  readonly directory: string;
  readonly recoveryKey: string;
  readonly work: BackupWork;
}): Promise<BackupManifest> {
  const { file, directory, work } = input;
  const decrypter = new Decrypter();
  decrypter.addIdentity(await parseRecoveryKey(input.recoveryKey));
  const damaged = (record: string) => new AppError('INTEGRITY', { params: { record, reason: 'backup' } });
  const { size: total } = await stat(file).catch((thrown: unknown) => {
    throw new AppError('FILE_NOT_READABLE', {
      params: { file: basename(file) },
      fields: [{ path: 'file', message: 'exchange.file.notFound', params: { file: basename(file) } }],
      cause: thrown,
    });
  });
  let read = 0;
  const source = createReadStream(file);
  source.on('data', (chunk) => {
    read += chunk.length;
    work.onProgress(read, total);
  });
  let plain: ReadableStream<Uint8Array>;
  try {
    plain = await decrypter.decrypt(Readable.toWeb(source) as ReadableStream<Uint8Array>);
  } catch (thrown) {
    source.destroy();
    throw /no identity/i.test(String(thrown)) ? new AppError('RECOVERY_KEY_WRONG') : damaged('header');
  }
  const found = new Map<string, { size: number; sha256: string }>();
  const whole = createHash('sha256');
  let manifest: Buffer = Buffer.alloc(0);
  let end = '';
  const untar = extract();
  const unpacked = (async () => {
    for await (const entry of untar) {
      work.signal.throwIfAborted();
      const { name } = entry.header;
      if (name === 'manifest.json' || name === 'manifest.note' || name === 'END') {
        const pieces: Buffer[] = [];
        for await (const chunk of entry as AsyncIterable<Buffer>) pieces.push(chunk);
        const bytes = Buffer.concat(pieces);
        if (name === 'END') end = bytes.toString('latin1');
        else whole.update(bytes);
        if (name === 'manifest.json') manifest = bytes;
        continue;
      }
      if (!INSIDE.test(name) || normalize(name) !== name) throw damaged(name.slice(0, 80));
      const path = join(directory, name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const hash = createHash('sha256');
      let size = 0;
      const target = createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true });
      await pipeline(
        entry as AsyncIterable<Buffer>,
        async function* measure(chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            hash.update(chunk);
            whole.update(chunk);
            size += chunk.length;
            yield chunk;
          }
        },
        target,
      );
      found.set(name, { size, sha256: hash.digest('hex') });
    }
  })();
  try {
    await Promise.all([
      plain.pipeTo(Writable.toWeb(untar as unknown as Writable) as WritableStream<Uint8Array>),
      unpacked,
    ]);
  } catch (thrown) {
    throw thrown instanceof AppError
      ? thrown
      : work.signal.aborted
        ? new AppError('CANCELLED')
        : ['ENOSPC', 'EACCES', 'EROFS'].includes(String((thrown as { code?: unknown }).code))
          ? fileError(thrown)
          : damaged('content');
  }
  const parsed = manifestShape.safeParse(safeJson(manifest));
  if (!parsed.success) throw damaged('manifest.json');
  if (end !== whole.digest('hex')) throw damaged('END');
  for (const listed of parsed.data.files) {
    const here = found.get(listed.name);
    if (here === undefined || here.sha256 !== listed.sha256 || here.size !== listed.size) throw damaged(listed.name);
    found.delete(listed.name);
  }
  const [extra] = found.keys();
  if (extra !== undefined) throw damaged(extra);
  return parsed.data;
}

function safeJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
