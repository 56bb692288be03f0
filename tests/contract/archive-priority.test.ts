import { readdirSync } from 'node:fs';
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
