import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { expect, it } from 'vitest';
import { entryPoint } from '../../electron/process/entry-points.ts';
import { forkSpawner } from '../../electron/process/spawn-archive.ts';
import { createArchiveSupervisor } from '../../electron/process/spawn-supervisor.ts';

// Elsewhere a process has one priority, which the system names otherwise.
it.runIf(process.platform === 'linux')(
  'whoever is let in is served like the window, all other work after it',
  async () => {
    const supervisor = createArchiveSupervisor(forkSpawner(entryPoint('archive-process'), []));
    const priorities = () => readdirSync(`/proc/${supervisor.pid}/task`).map((thread) => getPriority(Number(thread)));
    try {
      await supervisor.call('session.current', {}, 'c1', 'window');
      expect(new Set(priorities())).toEqual(new Set([getPriority()]));
      await supervisor.call('archive.status', { directory: import.meta.dirname }, 'c2', 'window');
      expect(Math.min(...priorities())).toBeGreaterThan(getPriority());
    } finally {
      await supervisor.close();
    }
  },
);

// Where Linux shares the processors among sessions first, a browser with one of its own would gain nothing by what is above.
it.runIf(existsSync('/proc/self/autogroup'))(
  'beside a window its whole session is served after the others',
  async () => {
    const supervisor = createArchiveSupervisor(forkSpawner(entryPoint('archive-process'), [], { besideWindow: true }));
    const session = () =>
      /-(\d+) nice (-?\d+)/.exec(readFileSync(`/proc/${supervisor.pid}/autogroup`, 'utf8'))?.slice(1);
    const mine = readFileSync('/proc/self/autogroup', 'utf8');
    try {
      await supervisor.call('session.current', {}, 'c1', 'window');
      expect(session()?.[1]).toBe('0');
      await supervisor.call('archive.status', { directory: import.meta.dirname }, 'c2', 'window');
      expect(Number(session()?.[1])).toBeGreaterThan(0);
      expect(readFileSync('/proc/self/autogroup', 'utf8')).toBe(mine);
    } finally {
      await supervisor.close();
    }
  },
);
