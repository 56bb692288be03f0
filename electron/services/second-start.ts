import { appendOuter } from '../audit/outer-log.ts';
import { acquireInstanceLock } from '../store/instance-lock.ts';
import { folderState, vaultPaths } from '../vault/vault.ts';
import type { Surroundings } from './context.ts';

/**
 * A second start of the program, refused by the first (R38, R47): the first keeps it in the outer log, whose lines are entries of the
 * log after the next unlock. The second writes nothing. While nothing is open it belongs to the archive that was opened last.
 */
export async function rememberSecondStart({ session, clock }: Surroundings, last: string | null): Promise<void> {
  const event = { type: 'start.second', data: {} };
  if (session.archive !== null) return await keep(session.archive.directory);
  if (last === null || (await folderState(last)) !== 'vault') return;
  // Only who holds the archive writes beside it.
  const lock = lockIfFree(last);
  try {
    if (lock !== undefined) await keep(last);
  } finally {
    lock?.release();
  }

  // A disk that takes no line keeps nobody from working.
  async function keep(directory: string): Promise<void> {
    await appendOuter(vaultPaths(directory).outerLog, event, clock).catch(() => undefined);
  }
}

function lockIfFree(directory: string) {
  try {
    return acquireInstanceLock(vaultPaths(directory).lock);
  } catch {
    return undefined;
  }
}
