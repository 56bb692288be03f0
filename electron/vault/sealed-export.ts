/** What leaves the archive sealed for somebody else: age v1, to their key or to a passphrase, opened by `age -d` (R70). */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Encrypter } from 'age-encryption';
import { pack } from 'tar-stream';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  discardTemporary,
  fileError,
  makeFolder,
  openTemporary,
  publishTemporary,
  syncFolder,
} from '../platform/durable-files.ts';

/** The recipient's age key, or a passphrase that both know. */
export type Seal = { readonly recipient: string } | { readonly passphrase: string };

function encrypterFor(seal: Seal): Encrypter {
  const encrypter = new Encrypter();
  if ('passphrase' in seal) {
    encrypter.setPassphrase(seal.passphrase);
    return encrypter;
  }
  try {
    encrypter.addRecipient(seal.recipient);
    return encrypter;
  } catch {
    // A wrong character: the checksum of the key says so.
    throw new AppError('INPUT_INVALID', { fields: [{ path: 'seal', message: 'validation.ageKey' }] });
  }
}

/** Bytes sealed for somebody. */
export async function sealBytes(seal: Seal, bytes: Buffer): Promise<Buffer> {
  return Buffer.from(await encrypterFor(seal).encrypt(bytes));
}

type Content = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** A tar that is sealed while it is written: nothing of it is ever on the disk in plain. */
export interface SealedTar {
  write(path: string, content: Content): Promise<{ readonly sha256: string; readonly bytes: number }>;
  finish(): Promise<void>;
  /** Gives it its name. */
  publish(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Begins a sealed tar at `file`, which must not exist yet; every path in it stands below `top`.
 * Errors: INPUT_INVALID; NO_SPACE, READ_ONLY and the like while writing.
 */
export async function beginSealedTar(file: string, top: string, seal: Seal, made: Date): Promise<SealedTar> {
  const encrypter = encrypterFor(seal);
  if (existsSync(file))
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'directory', message: 'validation.folderNotEmpty' }],
      hint: 'hint.emptyFolder',
    });
  await makeFolder(dirname(file));
  const temporary = await openTemporary(file);
  const tar = pack();
  const written = (async () => {
    const plain = Readable.toWeb(Readable.from(tar)) as ReadableStream<Uint8Array>;
    for await (const chunk of await encrypter.encrypt(plain)) await temporary.handle.writeFile(chunk);
  })();
  written.catch((thrown: unknown) => tar.destroy(thrown instanceof Error ? thrown : new Error('export')));
  return {
    async write(path, content) {
      const pieces: Uint8Array[] = [];
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const piece of content) {
        // A copy: whoever gives it may overwrite it as soon as it was taken.
        const buffer = Buffer.from(piece as Uint8Array);
        hash.update(buffer);
        bytes += buffer.length;
        pieces.push(buffer);
      }
      const into = tar.entry({ name: `${top}/${path}`, size: bytes, mtime: made });
      try {
        await pipeline(Readable.from(pieces), into as unknown as NodeJS.WritableStream);
      } catch (thrown) {
        throw fileError(
          await written.then(
            () => thrown,
            (own: unknown) => own,
          ),
        );
      }
      return { sha256: hash.digest('hex'), bytes };
    },
    async finish() {
      tar.finalize();
      try {
        await written;
        await temporary.handle.sync();
      } catch (thrown) {
        throw fileError(thrown);
      }
    },
    async publish() {
      await publishTemporary(temporary, file);
      await syncFolder(dirname(file));
    },
    async discard() {
      tar.destroy();
      await written.catch(() => undefined);
      await discardTemporary(temporary);
    },
  };
}
