import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How long a browser that lost its host may take to end by itself, in milliseconds; it notices at once, a busy machine is slow. */
const PATIENCE = 5_000;
const LOOK_EVERY = 25;

/** By these a browser marks its profile as taken. */
const MARKS = ['SingletonLock', 'SingletonCookie', 'SingletonSocket'];

/** Process that the profile's mark names (`<machine>-<process>`); undefined where there is none (Windows keeps no such file). */
function markedProcess(profile: string): number | undefined {
  try {
    const pid = Number(/-(\d+)$/u.exec(readlinkSync(join(profile, 'SingletonLock')))?.[1]);
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Whether that process runs on this very profile: a number used again by another program is no browser of ours. */
function isBrowserOf(profile: string, pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(`--user-data-dir=${profile}`);
  } catch {
    return false;
  }
}

/**
 * A browser whose host was killed ends by itself, but not at once, and a new one on the same profile would refuse to start
 * (R47). Waits for it, ends it when it does not, and takes its marks away. Only for the holder of the instance lock.
 */
export async function awaitEarlierBrowser(profile: string): Promise<void> {
  const pid = markedProcess(profile);
  if (pid !== undefined) {
    const hasEnded = async (): Promise<boolean> => {
      for (let waited = 0; waited < PATIENCE; waited += LOOK_EVERY) {
        if (!isBrowserOf(profile, pid)) return true;
        await pause(LOOK_EVERY);
      }
      return false;
    };
    if (!(await hasEnded())) {
      // Elsewhere a number alone does not tell whose process it is; the browser then says itself that its profile is taken.
      if (process.platform !== 'linux') return;
      process.kill(pid, 'SIGKILL');
      await hasEnded();
    }
  }
  for (const mark of MARKS) rmSync(join(profile, mark), { force: true });
}
