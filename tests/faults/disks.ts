import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../electron/platform/clock.ts';
import { tinyPdf } from '../builders/scan-files.ts';
import { openTestArchive } from '../support/open-test-archive.ts';
import { upload } from '../support/running-archive.ts';
import { judge, type Verdict } from './judge.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { placesOf, SECRETS } from './places.ts';
import { prepare } from './prepare.ts';

export const DISK_FAULTS = ['disk full', 'disk full with ballast'] as const;
export type DiskFault = (typeof DISK_FAULTS)[number];

/** Mounting a disk of one's own takes root. */
export const disksWork = process.platform === 'linux' && process.getuid?.() === 0;

const mount = (place: string, options: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place]).status === 0;
const remount = (place: string, options: string) =>
  spawnSync('mount', ['-o', `remount,${options}`, place]).status === 0;
const BALLAST_BYTES = 512 * 1024;

/**
 * Work until the disk gives out: every refusal is named, nothing acknowledged is lost, reading and a backup to another disk still work, and work goes on
 * without a restart once there is room (R45).
 */
export async function tryDisk(fault: DiskFault, root: string): Promise<Outcome> {
  const place = join(root, 'small');
  mkdirSync(place, { recursive: true });
  if (!mount(place, 'size=12m')) return outcomeOf([]);
  const verdicts: Verdict[] = [];
  try {
    await prepare('records', join(root, 'prepared'));
    cpSync(join(root, 'prepared'), place, { recursive: true });
    const { archive: directory } = placesOf(place);
    const desk = await openTestArchive({ directory, start: 'empty', clock: systemClock });
    await desk.dispatch('archive.unlock', { directory, login: 'keeper', secret: SECRETS[0] });
    if (fault === 'disk full with ballast') desk.archive.ballast.fill(BALLAST_BYTES);
    let acknowledged = 0;
    let named = true;
    let refused = 0;
    for (let round = 0; round < 400 && refused < 12; round += 1) {
      const values = { registeredName: `公司${round}` };
      const began = performance.now();
      const made = await desk.answer('customers.create', { kind: 'enterprise', values });
      if (made.ok) {
        acknowledged += 1;
        const handed = await upload({ call: desk.dispatch }, 's.pdf', tinyPdf('x'.repeat(60_000)), 'scan');
        const { number } = made.output as { number: string };
        const paper = await desk.answer('dossiers.addPaper', { customer: number, type: 'contract', title: '約' });
        if (paper.ok) acknowledged += 1;
        const { code } = paper.ok ? (paper.output as { code: string }) : { code: '' };
        if (paper.ok && (await desk.answer('scans.attach', { upload: handed, code })).ok) acknowledged += 1;
        continue;
      }
      refused += 1;
      named &&=
        ['NO_SPACE', 'READ_ONLY', 'INPUT_OUTPUT'].includes(made.error.code) && performance.now() - began < 2_000;
    }
    // Reading goes on, and the archive can be carried away to another disk.
    const read = await desk.answer('customers.list', {});
    verdicts.push(refused > 0 && named && read.ok ? 'sound' : 'mixed');
    if (fault === 'disk full with ballast') {
      // The failure itself is in the log: the ballast was let go for it.
      const { entries } = await desk.dispatch('audit.list', { outcome: 'failed', limit: 5 });
      verdicts.push(entries.length > 0 ? 'sound' : 'lost');
    }
    remount(place, 'size=64m');
    const after = await desk.answer('customers.create', { kind: 'enterprise', values: { registeredName: '之後' } });
    if (after.ok) acknowledged += 1;
    verdicts.push(after.ok ? 'sound' : 'locked');
    const outside = join(root, 'outside');
    mkdirSync(outside, { recursive: true });
    const carried = await desk.answer('archive.backup', { file: outside });
    verdicts.push(carried.ok ? 'sound' : 'mixed');
    await desk.close();
    verdicts.push(await judge('records', place, acknowledged));
  } finally {
    spawnSync('umount', [place]);
    rmSync(place, { recursive: true, force: true });
  }
  return outcomeOf(verdicts);
}
