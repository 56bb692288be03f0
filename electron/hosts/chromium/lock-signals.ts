import { spawn } from 'node:child_process';
import type { LockReason } from '../../../shared/contract/messages.ts';
import type { Clock } from '../../platform/clock.ts';

/**
 * R23 without Electron's powerMonitor. Suspend is seen everywhere, by the gap it leaves between the wall
 * clock and the timer. Screen lock and user switch are seen on Linux with systemd and `gdbus`, as
 * logind announces them; elsewhere this host relies on the idle lock.
 */

const CHECK_EVERY_MS = 2_000;
/** A longer silence than this between two checks is a suspended machine, or a clock that was moved: both lock. */
const GAP_MS = 15_000;

/** Returns the function that ends the watching. */
export function watchSuspend(clock: Clock, onLock: (reason: LockReason) => void): () => void {
  let last = clock.now().getTime();
  const timer = setInterval(() => {
    const now = clock.now().getTime();
    if (now - last > GAP_MS || now < last - GAP_MS) onLock('suspend');
    last = now;
  }, CHECK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** What one line of `gdbus monitor --dest org.freedesktop.login1` says, if it is about locking. */
export function lockSignalOf(line: string): LockReason | undefined {
  if (/\.login1\.Session\.Lock \(/.test(line) || /'LockedHint': <true>/.test(line)) return 'screen';
  if (/\.login1\.Manager\.PrepareForSleep \(true/.test(line)) return 'suspend';
  if (/'Active': <false>/.test(line)) return 'screen';
  return undefined;
}

/** Listens to logind where it can be listened to. Returns the function that ends it. */
export function watchLogind(onLock: (reason: LockReason) => void): () => void {
  if (process.platform !== 'linux') return () => {};
  const monitor = spawn('gdbus', ['monitor', '--system', '--dest', 'org.freedesktop.login1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // No gdbus, no system bus: this machine offers no such signal.
  monitor.on('error', () => {});
  let rest = '';
  monitor.stdout.setEncoding('utf8');
  monitor.stdout.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const reason = lockSignalOf(line);
      if (reason !== undefined) onLock(reason);
    }
  });
  return () => void monitor.kill();
}
