import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { systemClock } from '../../electron/platform/clock.ts';
import { tinyPdf } from '../builders/scan-files.ts';
import { openTestArchive } from '../support/open-test-archive.ts';
import { upload } from '../support/running-archive.ts';
import { judge, type Verdict } from './judge.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { placesOf, SECRETS } from './places.ts';
import { prepare } from './prepare.ts';

export const DISK_FAULTS = ['disk full', 'disk full with ballast', 'quota', 'read-only remount'] as const;
export type DiskFault = (typeof DISK_FAULTS)[number];

/** Mounting a disk of one's own, and standing in for its quota, take root. */
export const disksWork = process.platform === 'linux' && process.getuid?.() === 0;

const did = (command: string, args: readonly string[]) => spawnSync(command, args).status === 0;
const BALLAST_BYTES = 512 * 1024;
/** Acts that go well before a fault that does not come of itself. */
const BEFORE_FAULT = 3;

interface FaultyDisk {
  /** Begins the fault; a disk that runs full does so by itself. */
  strike?(): void | Promise<void>;
  /** Ends it while the archive is open; absent: it can only be mounted anew. */
  relieve?(): void | Promise<void>;
  /** After the archive was left. */
  remount?(): void;
}

/** A disk at `place` that fails in this way; undefined where that cannot be had here. */
function faultyDisk(fault: DiskFault, place: string): FaultyDisk | undefined {
  if (fault === 'quota') return quota(place);
  if (fault === 'read-only remount') return failingDisk(place);
  if (!did('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', place])) return undefined;
  return { relieve: () => void did('mount', ['-o', 'remount,size=64m', place]) };
}

/**
 * A quota used up: the system refuses every further write of the database with EDQUOT. A real one does not bind root, and not every
 * kernel keeps one; strace answers in its place.
 */
function quota(place: string): FaultyDisk | undefined {
  if (spawnSync('strace', ['-V']).status !== 0) return undefined;
  const database = join(placesOf(place).archive, 'archive.db');
  let tracer: ChildProcess | undefined;
  return {
    async strike() {
      const paths = [database, `${database}-wal`].flatMap((path) => ['-P', path]);
      const refusing = ['-e', 'trace=pwrite64', '-e', 'inject=pwrite64:error=EDQUOT', '-o', '/dev/null'];
      tracer = spawn('strace', ['-f', '-p', String(process.pid), ...paths, ...refusing]);
      // It says so once it has every thread.
      if (tracer.stderr !== null) await once(tracer.stderr, 'data');
    },
    async relieve() {
      const attached = tracer;
      tracer = undefined;
      if (attached === undefined) return;
      attached.kill('SIGINT');
      await once(attached, 'exit');
    },
  };
}

/** A disk that meets an error of its own: ext4 then takes no more writes, whatever is open on it. */
function failingDisk(place: string): FaultyDisk | undefined {
  const image = `${place}.img`;
  writeFileSync(image, '');
  truncateSync(image, 48 * 1024 * 1024);
  const mountIt = () => did('mount', ['-o', 'loop,errors=remount-ro', image, place]);
  if (!did('mkfs.ext4', ['-q', image]) || !mountIt()) return undefined;
  return {
    strike() {
      const device = spawnSync('findmnt', ['-no', 'SOURCE', place], { encoding: 'utf8' }).stdout.trim();
      writeFileSync(`/sys/fs/ext4/${basename(device)}/trigger_fs_error`, '1');
    },
    remount() {
      did('umount', [place]);
      mountIt();
    },
  };
}

/**
 * Work until the disk gives out: every refusal is named, nothing acknowledged is lost, reading and a backup to another disk still work, and work goes on
 * without a restart once there is room (R45).
 */
export async function tryDisk(fault: DiskFault, root: string): Promise<Outcome> {
  const place = join(root, 'small');
  mkdirSync(place, { recursive: true });
  const disk = faultyDisk(fault, place);
  if (disk === undefined) return outcomeOf([]);
  const verdicts: Verdict[] = [];
  try {
    await prepare('records', join(root, 'prepared'));
    cpSync(join(root, 'prepared'), place, { recursive: true });
    // What was there before is on the disk; only the work is tried.
    did('sync', ['-f', place]);
    const { archive: directory } = placesOf(place);
    const desk = await openTestArchive({ directory, start: 'empty', clock: systemClock });
    await desk.dispatch('archive.unlock', { directory, login: 'keeper', secret: SECRETS[0] });
    if (fault === 'disk full with ballast') desk.archive.ballast.fill(BALLAST_BYTES);
    let acknowledged = 0;
    let named = true;
    let refused = 0;
    for (let round = 0; round < 400 && refused < 12; round += 1) {
      if (round === BEFORE_FAULT) await disk.strike?.();
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
    await disk.relieve?.();
    const after = await desk.answer('customers.create', { kind: 'enterprise', values: { registeredName: '之後' } });
    if (after.ok) acknowledged += 1;
    verdicts.push(after.ok === (disk.relieve !== undefined) ? 'sound' : 'locked');
    const outside = join(root, 'outside');
    mkdirSync(outside, { recursive: true });
    const carried = await desk.answer('archive.backup', { file: outside });
    // A log that takes no entry lets no backup out (R34); what is there is carried away as it is.
    const left = readdirSync(outside).length;
    verdicts.push(carried.ok === (disk.relieve !== undefined) && carried.ok === left > 0 ? 'sound' : 'mixed');
    await desk.close();
    disk.remount?.();
    verdicts.push(await judge('records', place, acknowledged));
  } finally {
    await disk.relieve?.();
    did('umount', [place]);
    rmSync(place, { recursive: true, force: true });
  }
  return outcomeOf(verdicts);
}
