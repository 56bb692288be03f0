import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface KillRun {
  /** The last number the child acknowledged, or -1. */
  readonly lastAck: number;
}

/** When the kill falls: that long after that many acknowledgements, or after the start when `acks` is 0. */
export interface KillMoment {
  readonly acks: number;
  readonly delayMs: number;
  /** Work that comes to an end may have ended, in order, before its kill: what it left is judged like any other. */
  readonly mayEnd?: boolean;
}

/**
 * Starts a program that prints `ACK n` after each durable write and kills it with SIGKILL at the moment given. Fails when the program ends
 * by itself.
 */
export async function runAndKill(program: string, args: readonly string[], moment: KillMoment): Promise<KillRun> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Starting is most of the work of a hundred short lives.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'dossier-compile-cache') },
  });
  let text = '';
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints += chunk;
  });
  const exited = once(child, 'close');
  let killing = false;
  const kill = () => {
    if (killing) return;
    killing = true;
    // Timers are too coarse for a moment inside one write of less than a millisecond.
    const until = performance.now() + moment.delayMs;
    while (performance.now() < until);
    child.kill('SIGKILL');
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (moment.acks > 0 && (text.match(/^ACK /gm)?.length ?? 0) >= moment.acks) kill();
  });
  if (moment.acks === 0) setTimeout(() => child.kill('SIGKILL'), moment.delayMs);
  const [code, signal] = (await exited) as [number | null, string | null];
  const ended = moment.mayEnd === true && code === 0;
  if (signal !== 'SIGKILL' && !ended) throw new Error(`The workload ended by itself (${code}): ${complaints}`);
  // What was printed before the kill may still be in the pipe; a line cut short is no acknowledgement.
  const numbers = [...text.matchAll(/^ACK (\d+)\n/gm)].map((match) => Number(match[1]));
  return { lastAck: numbers.at(-1) ?? -1 };
}
