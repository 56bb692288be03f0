/**
 * What the archive survives, tried out: `npm run faults [-- --cuts 300 --kills 100]`. Prints one Markdown table. Power cuts need strace,
 * small disks need the right to mount; what cannot be tried here says so.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cutPower, cutsWork } from './cuts.ts';
import { DISK_FAULTS, disksWork, tryDisk } from './disks.ts';
import { killAtWork } from './kills.ts';
import { FAULT_KINDS, type FaultKind } from './places.ts';

const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '300' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const wanted = FAULT_KINDS.filter((kind) => values.only === undefined || values.only === kind);
const WORDS: Readonly<Record<FaultKind, string>> = {
  records: 'cards, papers, scans (R41, R42)',
  people: 'change of secret (R44, R46)',
  rotate: 'new vault key (R44)',
  backup: 'backup (R44, R54)',
  restore: 'restore (R44)',
  migrate: 'migration (R44, R51)',
};
const rows: string[][] = [];
let failed = false;
const root = mkdtempSync(join(tmpdir(), 'dossier-faults-'));
const say = (text: string) => process.stderr.write(`${text}\n`);
try {
  for (const kind of wanted) {
    if (cutsWork) {
      say(`power cuts: ${kind}`);
      const { tried, ...harm } = await cutPower(
        kind,
        join(root, `cut-${kind}`),
        Number(values.cuts),
        Number(values.seed),
      );
      failed ||= harm.lost + harm.locked + harm.mixed > 0;
      rows.push(['power cut', WORDS[kind], String(tried), String(harm.lost), String(harm.locked), String(harm.mixed)]);
    } else rows.push(['power cut', WORDS[kind], 'not tried here: no strace', '–', '–', '–']);
    say(`kills: ${kind}`);
    const { tried, ...harm } = await killAtWork(
      kind,
      join(root, `kill-${kind}`),
      Number(values.kills),
      Number(values.seed),
    );
    failed ||= harm.lost + harm.locked + harm.mixed > 0;
    rows.push(['SIGKILL', WORDS[kind], String(tried), String(harm.lost), String(harm.locked), String(harm.mixed)]);
  }
  if (values.only === undefined) {
    for (const fault of DISK_FAULTS) {
      if (!disksWork) {
        rows.push([fault, 'cards, papers, scans (R45)', 'not tried here: no right to mount', '–', '–', '–']);
        continue;
      }
      say(fault);
      const { tried, ...harm } = await tryDisk(fault, join(root, `disk-${fault.replaceAll(' ', '-')}`));
      failed ||= harm.lost + harm.locked + harm.mixed > 0;
      if (tried === 0) {
        rows.push([fault, 'cards, papers, scans (R45)', 'not tried: this system has no such disk', '–', '–', '–']);
        continue;
      }
      rows.push([
        fault,
        'cards, papers, scans (R45)',
        String(tried),
        String(harm.lost),
        String(harm.locked),
        String(harm.mixed),
      ]);
    }
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
const table = [
  ['fault', 'during', 'tried', 'acknowledged and lost', 'locked out', 'mixed or damaged'],
  ['---', '---', '---:', '---:', '---:', '---:'],
  ...rows,
];
process.stdout.write(`${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`);
process.exitCode = failed ? 1 : 0;
