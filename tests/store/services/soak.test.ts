import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { grown, soak } from '../../../build/scripts/soak-work.ts';
import { entryPoint } from '../../../electron/process/entry-points.ts';

vi.setConfig({ testTimeout: 120_000 });

test('a keeper’s hours, compressed, with locks, volumes, imports and backups: no file and no process is left open, and the log verifies', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-soak-'));
  try {
    const { hours, logVerifies, entries } = await soak({
      entry: entryPoint('archive-process'),
      folder,
      customers: 10,
      hours: 3,
      rounds: 1,
      importedRows: 5,
      lockedHours: 1,
      seed: 7,
    });
    expect(hours).toHaveLength(3);
    expect(logVerifies).toBe(true);
    expect(entries).toBeGreaterThan(60);
    // In the one session after the lock; memory says nothing in so short a time.
    expect(grown(hours.slice(1)).filter((finding) => !finding.startsWith('memory'))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what grows in a session is told, and what wanders is not', () => {
  const hour = { hour: 1, calls: 1, memory: 200, ownMemory: 100, files: 20, ownFiles: 30, processes: 1 };
  expect(grown([hour, hour, { ...hour, memory: 230, files: 21, processes: 2 }])).toEqual([]);
  expect(grown([hour, hour, { ...hour, memory: 300, files: 22, processes: 3 }])).toHaveLength(3);
});
