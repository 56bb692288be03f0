import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runAndKill } from '../support/kill-harness.ts';
import { judge, type Verdict } from './judge.ts';
import { dice, type Outcome, outcomeOf } from './outcome.ts';
import type { FaultKind } from './places.ts';
import { prepare } from './prepare.ts';

const WORKLOAD = join(import.meta.dirname, 'workload.ts');
/** Longest that a kill waits after an acknowledgement, in milliseconds: about as long as one round takes. */
const WITHIN: Readonly<Record<FaultKind, number>> = {
  records: 40,
  people: 40,
  rotate: 400,
  backup: 150,
  restore: 700,
  migrate: 120,
};

/** SIGKILL at random moments of the work, and again while what was left is opened (R44). */
export async function killAtWork(kind: FaultKind, root: string, kills: number, seed: number): Promise<Outcome> {
  const random = dice(seed);
  const prepared = join(root, 'prepared');
  await prepare(kind, prepared);
  const verdicts: Verdict[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const work = join(root, 'work');
    rmSync(work, { recursive: true, force: true });
    cpSync(prepared, work, { recursive: true });
    const moment = { acks: 1 + random(2), delayMs: random(WITHIN[kind] * 10) / 10, mayEnd: kind === 'migrate' };
    const { lastAck } = await runAndKill(WORKLOAD, [kind, work], moment);
    verdicts.push(await judge(kind, work, lastAck + 1));
  }
  return outcomeOf(verdicts);
}
