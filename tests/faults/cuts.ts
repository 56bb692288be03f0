import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Disk, type DiskEvent, recordDisk, straceWorks } from '../support/power-cut.ts';
import { judge, type Verdict } from './judge.ts';
import { dice, type Outcome, outcomeOf } from './outcome.ts';
import type { FaultKind } from './places.ts';
import { prepare } from './prepare.ts';

const WORKLOAD = join(import.meta.dirname, 'workload.ts');
/** Rounds of work that are recorded. */
const ROUNDS: Readonly<Record<FaultKind, number>> = {
  records: 12,
  people: 8,
  rotate: 2,
  backup: 3,
  restore: 2,
  migrate: 2,
};
/** Of what was not synced, so many in a hundred survive: none, half, nearly all. */
const SURVIVE = [0, 50, 90] as const;

export const cutsWork = straceWorks;

/** The work, recorded until nothing of it is missing in the recording. */
function recordWhole(kind: FaultKind, prepared: string, work: string, trace: string): readonly DiskEvent[] {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    rmSync(work, { recursive: true, force: true });
    cpSync(prepared, work, { recursive: true });
    const events = recordDisk(WORKLOAD, [kind, work, String(ROUNDS[kind])], work, trace);
    const disk = new Disk(work, prepared);
    for (const event of events) disk.step(event);
    if (disk.isWhole()) return events;
  }
  throw new Error('The recording misses calls');
}

/**
 * Power cuts at random points of recorded work (§13): one recording, many replays. What was there before the work counts as synced.
 */
export async function cutPower(kind: FaultKind, root: string, cuts: number, seed: number): Promise<Outcome> {
  const random = dice(seed);
  const prepared = join(root, 'prepared');
  const work = join(root, 'work');
  await prepare(kind, prepared);
  const events = recordWhole(kind, prepared, work, join(root, 'trace'));
  const points = new Set(Array.from({ length: cuts }, () => random(events.length)));
  const disk = new Disk(work, prepared);
  const verdicts: Verdict[] = [];
  let acknowledged = 0;
  for (const [index, event] of events.entries()) {
    disk.step(event);
    if (event.kind === 'ack') acknowledged = event.number + 1;
    if (!points.has(index)) continue;
    const target = join(root, 'after');
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    const survivors = SURVIVE[verdicts.length % SURVIVE.length] ?? 0;
    disk.cut(target, () => random(100) < survivors);
    verdicts.push(await judge(kind, target, acknowledged));
  }
  return outcomeOf(verdicts);
}
