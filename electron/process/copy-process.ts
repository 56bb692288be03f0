import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import { fileError } from '../platform/durable-files.ts';
import type { CopyTask, FromCopier } from '../platform/file-copier.ts';
import { piecesOfFile } from '../platform/file-pieces.ts';
import { childChannel } from './child-channel.ts';

/**
 * Entry of the process that copies the database for a backup, page by page as it lies there: it has no key, and what it reads is enciphered.
 * It is a process of its own because of M10.
 */

const channel = childChannel<FromCopier>();

async function changedAt(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { mtimeNs, size } = await file.stat({ bigint: true });
    return `${size} ${mtimeNs}`;
  } finally {
    await file.close();
  }
}

async function copy({ from, to }: CopyTask): Promise<FromCopier> {
  const before = await changedAt(from);
  const hash = createHash('sha256');
  const target = await open(to, 'wx', 0o600);
  try {
    for await (const piece of piecesOfFile(from)) {
      const written = target.writeFile(piece);
      hash.update(piece);
      await written;
    }
  } finally {
    await target.close();
  }
  return (await changedAt(from)) === before ? { kind: 'copied', sha256: hash.digest('hex') } : { kind: 'moved' };
}

channel.listen((task) => {
  void copy(task as CopyTask).then(channel.send, (thrown: unknown) =>
    channel.send({ kind: 'failed', error: AppError.from(fileError(thrown)).toData() }),
  );
});
channel.send({ kind: 'ready' });
