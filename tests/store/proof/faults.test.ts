import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cutPower, cutsWork } from '../../faults/cuts.ts';
import { DISK_FAULTS, disksWork, tryDisk } from '../../faults/disks.ts';
import { killAtWork } from '../../faults/kills.ts';

vi.setConfig({ testTimeout: 120_000 });

/** A few of what `npm run faults` does by the hundred. */
const NOTHING = { lost: 0, locked: 0, mixed: 0 };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('faults, a small number of each', () => {
  for (const kind of ['people', 'rotate', 'restore'] as const)
    it.skipIf(!cutsWork)(`R42 R44 R46 power cuts during ${kind}: old or new state, nobody locked out`, async () => {
      const { tried, ...harm } = await cutPower(kind, folder, 5, 42);
      expect(tried).toBeGreaterThan(2);
      expect(harm).toEqual(NOTHING);
    });

  for (const kind of ['rotate', 'backup', 'restore', 'migrate'] as const)
    it(`R44 kills during ${kind}: old or new state, never mixed, nobody locked out`, async () => {
      expect(await killAtWork(kind, folder, 2, 44)).toEqual({ tried: 2, ...NOTHING });
    });

  for (const fault of DISK_FAULTS)
    it.skipIf(!disksWork)(
      `R45 ${fault}: named within two seconds, nothing lost, work goes on without a restart where the disk lets it`,
      async (context) => {
        const { tried, ...harm } = await tryDisk(fault, folder);
        if (tried === 0) context.skip('this system has no such disk');
        expect(tried).toBeGreaterThanOrEqual(4);
        expect(harm).toEqual(NOTHING);
      },
    );
});
