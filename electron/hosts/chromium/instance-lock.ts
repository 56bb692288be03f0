import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One window per data folder (R47), without sockets (R21): a file that names the holder, and a second
 * file by which a later start asks the holder to come forward. The archive itself has its own lock.
 */
export interface InstanceLock {
  /** Called when somebody started the program again. */
  onSecondStart(listener: () => void): void;
  release(): void;
}

interface Holder {
  readonly pid: number;
  /** Start time of that process as the system tells it: a number used again by another process is no holder. */
  readonly started: string;
}

/** Clock ticks since boot at which a process started, on Linux; empty elsewhere or when it is gone. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22, counted after the name in brackets, which may hold blanks.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (thrown) {
    // EPERM: it lives under another user.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM')) return false;
  }
  return holder.started === startTime(holder.pid);
}

function readHolder(file: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('started' in value)) return undefined;
    return typeof value.pid === 'number' && typeof value.started === 'string'
      ? { pid: value.pid, started: value.started }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the lock; undefined when a living process holds it, which has then been asked to come forward. */
export function takeInstanceLock(dataFolder: string): InstanceLock | undefined {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const lock = join(dataFolder, 'instance.json');
  const request = join(dataFolder, 'instance.come-forward');
  const mine = join(dataFolder, `instance.${process.pid}.json`);
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startTime(process.pid) } satisfies Holder), {
    mode: 0o600,
  });
  try {
    // A link is made or refused in one step. Twice: the holder of the first try may be dead.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        linkSync(mine, lock);
        return heldLock(dataFolder, lock, request);
      } catch {
        const holder = readHolder(lock);
        if (holder !== undefined && isAlive(holder)) {
          writeFileSync(request, `${process.pid} ${Date.now()}`, { mode: 0o600 });
          return undefined;
        }
        // Moved, not deleted: of two starters only one can move it.
        const stale = join(dataFolder, `instance.${process.pid}.stale`);
        try {
          renameSync(lock, stale);
          rmSync(stale, { force: true });
        } catch {
          // The other starter was faster; the next try meets its lock.
        }
      }
    }
    return undefined;
  } finally {
    rmSync(mine, { force: true });
  }
}

function heldLock(dataFolder: string, lock: string, request: string): InstanceLock {
  const listeners: (() => void)[] = [];
  rmSync(request, { force: true });
  const watcher = watch(dataFolder, { persistent: false }, (_event, name) => {
    if (name === 'instance.come-forward') for (const listener of listeners) listener();
  });
  return {
    onSecondStart: (listener) => void listeners.push(listener),
    release() {
      watcher.close();
      if (readHolder(lock)?.pid === process.pid) rmSync(lock, { force: true });
      rmSync(request, { force: true });
    },
  };
}
