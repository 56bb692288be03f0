/** Reading backup files (security.md §11): checked whole, unpacked, or one file of them taken out. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Decrypter } from 'age-encryption';
import { type Extract, extract } from 'tar-stream';
import { AppError } from '../../shared/errors/app-error.ts';
import { fileError } from '../platform/durable-files.ts';
import type { BackupWork } from './backup-file.ts';
import { type BackupManifest, INSIDE_BACKUP, parseBackupManifest } from './backup-manifest.ts';
import { sha256Hex } from './hash.ts';
import { parseRecoveryKey } from './recovery-key.ts';

type Chunks = AsyncIterable<Buffer>;

/** So much may wait for the disk while the next is deciphered. */
const AHEAD_BYTES = 1_048_576;

export interface Walk {
  readonly file: string;
  readonly recoveryKey: string;
  readonly work: BackupWork;
  /** What is to be done with the bytes of a file; absent: they are only read and checked. They must be read to their end. */
  readonly take?: (name: string, chunks: Chunks) => Promise<void>;
}

export interface CheckedBackup {
  readonly manifest: BackupManifest;
  /** SHA-256 of the manifest as it stands. */
  readonly manifestHash: string;
  /** Signatures of the manifest as `<key id> <base64>`. */
  readonly note: string;
  /** Bytes of the manifest, as they were signed. */
  readonly signed: Buffer;
}

const damaged = (record: string) =>
  new AppError('INTEGRITY', { params: { record, reason: 'backup' }, hint: 'hint.otherBackup' });

async function openFile(file: string) {
  const { size } = await stat(file).catch((thrown: unknown) => {
    throw new AppError('FILE_NOT_READABLE', {
      params: { file: basename(file) },
      fields: [{ path: 'file', message: 'exchange.file.notFound', params: { file: basename(file) } }],
      cause: thrown,
    });
  });
  return { size, source: createReadStream(file, { highWaterMark: 262_144 }) };
}

async function collected(chunks: Chunks): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return Buffer.concat(pieces);
}

/**
 * Hands a stream over to the unpacker, no faster than it takes it: its streams are not Node's, and what makes a web stream of those (`toWeb`)
 * would not wait, so that all of a backup was held in memory where the disk is slower than the cipher.
 */
async function feed(plain: ReadableStream<Uint8Array>, untar: Extract, signal: AbortSignal): Promise<void> {
  const reader = plain.getReader();
  let goOn: (() => void) | undefined;
  const cancel = () => untar.destroy(new AppError('CANCELLED'));
  for (const event of ['drain', 'close'] as const) untar.on(event, () => goOn?.());
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (untar.destroyed) return;
      const waiting = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      if (!untar.write(next.value)) await waiting;
    }
    untar.end(undefined);
  } catch (thrown) {
    untar.destroy(thrown instanceof Error ? thrown : new AppError('INTERNAL', { cause: thrown }));
    throw thrown;
  } finally {
    signal.removeEventListener('abort', cancel);
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * Reads one backup file to its end and checks every file in it against its manifest.
 * @throws AppError FILE_NOT_READABLE, RECOVERY_KEY_WRONG, FORMAT_NEWER, CANCELLED, INTEGRITY { record } (damaged, cut off, altered)
 */
export async function walkBackup({ file, recoveryKey, work, take }: Walk): Promise<CheckedBackup> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(await parseRecoveryKey(recoveryKey));
  const { size: total, source } = await openFile(file);
  let read = 0;
  source.on('data', (chunk) => {
    read += chunk.length;
    work.onProgress('reading', read, total);
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
  let signed: Buffer = Buffer.alloc(0);
  let note = '';
  let end = '';
  const untar = extract({ highWaterMark: AHEAD_BYTES });
  const unpacked = (async () => {
    for await (const entry of untar) {
      work.signal.throwIfAborted();
      const { name } = entry.header;
      if (name === 'manifest.json' || name === 'manifest.note' || name === 'END') {
        const bytes = await collected(entry as Chunks);
        if (name === 'END') end = bytes.toString('latin1');
        else whole.update(bytes);
        if (name === 'manifest.json') signed = bytes;
        if (name === 'manifest.note') note = bytes.toString('utf8');
        if (name === 'manifest.json' && parseBackupManifest(bytes) === 'newer') throw new AppError('FORMAT_NEWER');
        continue;
      }
      if (!INSIDE_BACKUP.test(name) || normalize(name) !== name) throw damaged(name.slice(0, 80));
      const hash = createHash('sha256');
      let size = 0;
      const measured = (async function* () {
        for await (const chunk of entry as Chunks) {
          hash.update(chunk);
          whole.update(chunk);
          size += chunk.length;
          yield chunk;
        }
      })();
      if (take === undefined) for await (const _ of measured);
      else await take(name, measured);
      found.set(name, { size, sha256: hash.digest('hex') });
    }
  })();
  try {
    await Promise.all([feed(plain, untar, work.signal), unpacked]);
  } catch (thrown) {
    source.destroy();
    if (work.signal.aborted) throw new AppError('CANCELLED');
    if (thrown instanceof AppError) throw thrown;
    const failure = fileError(thrown);
    throw ['NO_SPACE', 'READ_ONLY', 'INPUT_OUTPUT'].includes(failure.code) ? failure : damaged('content');
  }
  const manifest = parseBackupManifest(signed);
  if (manifest === undefined || manifest === 'newer') throw damaged('manifest.json');
  if (end !== whole.digest('hex')) throw damaged('END');
  for (const listed of manifest.files.filter(({ here }) => here)) {
    const given = found.get(listed.name);
    if (given === undefined || given.sha256 !== listed.sha256 || given.size !== listed.size) throw damaged(listed.name);
    found.delete(listed.name);
  }
  const [extra] = found.keys();
  if (extra !== undefined) throw damaged(extra);
  return { manifest, manifestHash: sha256Hex(signed), note, signed };
}

/** Where the backup before this one lies: beside it. */
const baseOf = (file: string, { base }: BackupManifest) =>
  base === null ? undefined : { file: join(dirname(file), basename(base.file)), manifest: base.manifest };

/** A chain is never longer than this: then something goes in circles. */
const LONGEST_CHAIN = 50;

/**
 * Reads a backup and, when it is incremental, those before it that lie beside it, the newest first.
 * `take` gets each wanted file once, from the newest backup that carries it.
 * @throws AppError as `walkBackup`; INTEGRITY { record, reason: chain } when an earlier one is missing or is another
 */
export async function walkChain(walk: Walk): Promise<CheckedBackup & { readonly files: readonly string[] }> {
  const newest = await walkBackup(walk);
  const missing = new Map(newest.manifest.files.filter(({ here }) => !here).map((entry) => [entry.name, entry]));
  const files = [walk.file];
  let at: CheckedBackup = newest;
  let file = walk.file;
  while (missing.size > 0) {
    const base = baseOf(file, at.manifest);
    if (base === undefined || files.length >= LONGEST_CHAIN)
      throw new AppError('INTEGRITY', {
        params: { record: [...missing.keys()][0] ?? '', reason: 'chain' },
        hint: 'hint.backupChain',
      });
    const incomplete = () =>
      new AppError('INTEGRITY', { params: { record: basename(base.file), reason: 'chain' }, hint: 'hint.backupChain' });
    const carried: string[] = [];
    at = await walkBackup({
      ...walk,
      file: base.file,
      take: async (name, chunks) => {
        carried.push(name);
        if (missing.has(name) && walk.take !== undefined) await walk.take(name, chunks);
        else for await (const _ of chunks);
      },
    }).catch((thrown: unknown) => {
      throw AppError.from(thrown).code === 'FILE_NOT_READABLE' ? incomplete() : thrown;
    });
    if (at.manifestHash !== base.manifest) throw incomplete();
    for (const name of carried) {
      const wanted = missing.get(name);
      if (wanted === undefined) continue;
      if (at.manifest.files.find((entry) => entry.name === name)?.sha256 !== wanted.sha256) throw damaged(name);
      missing.delete(name);
    }
    file = base.file;
    files.push(file);
  }
  return { ...newest, files };
}

/** Writes a file of a backup under a folder, synced. */
export async function unpackInto(directory: string, name: string, chunks: Chunks): Promise<void> {
  const path = join(directory, name);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await pipeline(
    chunks,
    createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true, highWaterMark: AHEAD_BYTES }),
  );
}

/** Unpacks a backup, with those it builds on, into an existing empty folder and checks every file. Errors: as `walkChain`. */
export function unpackBackup(input: Omit<Walk, 'take'> & { readonly directory: string }) {
  return walkChain({ ...input, take: (name, chunks) => unpackInto(input.directory, name, chunks) });
}
