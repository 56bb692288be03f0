import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { fileError, makeFolder } from './durable-files.ts';

/**
 * Makes a folder that files are to be written into, and finds out before the work whether it will take them.
 * @param bytes how much is to be written; 0 while that is not known yet
 * @throws AppError NO_SPACE, READ_ONLY and the like
 */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  await makeFolder(folder);
  const probe = join(folder, `.room.${process.pid}-0.tmp`);
  try {
    await writeFile(probe, '');
    await rm(probe, { force: true });
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < bytes) throw new AppError('NO_SPACE', { hint: 'hint.freeSpace' });
  } catch (thrown) {
    await rm(probe, { force: true }).catch(() => undefined);
    throw fileError(thrown);
  }
}
