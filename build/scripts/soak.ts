import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { entryPoint } from '../../electron/process/entry-points.ts';
import { buildIfChanged } from './build-if-changed.ts';
import { ROOT } from './processes.ts';
import { grown, soak } from './soak-work.ts';

/**
 * `npm run soak -- [--hours 8] [--rounds 60] [--customers 2000] [--rows 500] [--folder DIR] [--sources]`: eight hours of a keeper's work, compressed,
 * with locks, volumes, imports and backups. Prints a table of the hours; fails when memory or open files grow in the one long session at
 * the end, or the log does not verify.
 */
const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '60' },
    customers: { type: 'string', default: '2000' },
    rows: { type: 'string', default: '500' },
    folder: { type: 'string', default: tmpdir() },
    /** Starts the archive process from its sources instead of building it first. */
    sources: { type: 'boolean', default: false },
  },
});
if (!values.sources && !(await buildIfChanged())) process.exit(1);
const entry = values.sources ? entryPoint('archive-process') : join(ROOT, 'out', 'main', 'archive-process.js');
const folder = mkdtempSync(join(values.folder, 'dossier-desk-soak-'));
process.once('SIGINT', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(130);
});
try {
  const hours = Number(values.hours);
  const begun = performance.now();
  console.log(
    '| hour | calls | archive process MB | files | host MB | files | processes | minutes since the beginning | load |',
  );
  console.log('|---:|---:|---:|---:|---:|---:|---:|---:|---:|');
  const report = await soak(
    {
      entry,
      folder,
      customers: Number(values.customers),
      hours,
      rounds: Number(values.rounds),
      importedRows: Number(values.rows),
      lockedHours: Math.floor(hours / 2),
      seed: 2026,
    },
    ({ hour, calls, memory, files, ownMemory, ownFiles, processes }) => {
      const minutes = (performance.now() - begun) / 60_000;
      const figures = [hour, calls, memory.toFixed(0), files, ownMemory.toFixed(0), ownFiles, processes];
      console.log(`| ${[...figures, minutes.toFixed(1), loadavg()[0]?.toFixed(1) ?? '–'].join(' | ')} |`);
    },
  );
  console.log(`\nThe log has ${report.entries} entries and ${report.logVerifies ? 'verifies' : 'DOES NOT VERIFY'}.`);
  const findings = grown(report.hours.slice(Math.floor(hours / 2)));
  for (const finding of findings) console.log(finding);
  if (findings.length === 0) console.log('Neither memory nor files nor processes grew in the long session.');
  process.exitCode = findings.length === 0 && report.logVerifies ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
