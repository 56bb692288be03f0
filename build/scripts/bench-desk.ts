import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { forkSpawner } from '../../electron/process/spawn-archive.ts';
import { createArchiveSupervisor } from '../../electron/process/spawn-supervisor.ts';
import type { ArchiveOperationName, InputOf, OutputOf } from '../../shared/contract/contract.ts';

/** The real archive process behind the real supervisor, called as a host calls it. */
export interface BenchDesk {
  /** The output; throws with the error's code otherwise. */
  call<N extends ArchiveOperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  /** Hands bytes over as the window does. Returns the id of the upload. */
  upload(name: string, bytes: Buffer, purpose: 'table' | 'scan'): Promise<string>;
  /** Of the archive process, while it runs. */
  readonly pid: number | undefined;
  /** Resident memory now and at its highest, in megabytes; undefined where the system does not tell. */
  memory(): { readonly now: number; readonly highest: number } | undefined;
  /** Seconds of processor time that it has used; undefined where the system does not tell. On a busy machine they tell more than the clock. */
  processorTime(): number | undefined;
  /** Forgets the highest memory until now. */
  forgetHighest(): void;
  /** Locks: the process ends, and the next unlock starts another one. */
  lock(): Promise<void>;
  /** Ends the process, in order. */
  close(): Promise<void>;
}

const PIECE_BYTES = 1_000_000;

/** @param entry file of the archive process: built, as people run it, or its source. */
export function openDesk(entry: string): BenchDesk {
  const supervisor = createArchiveSupervisor(forkSpawner(entry, []));
  const call: BenchDesk['call'] = async (name, input) => {
    const answer = await supervisor.call(name, input, randomUUID(), 'cli');
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${JSON.stringify(answer.error.params)}`);
    // The dispatcher answers with the output of this operation's schema; the message itself is untyped.
    return answer.output as OutputOf<typeof name>;
  };
  return {
    call,
    async upload(name, bytes, purpose) {
      const { upload } = await call('uploads.begin', { name, size: bytes.length, purpose });
      for (let at = 0; at < bytes.length; at += PIECE_BYTES)
        await call('uploads.append', { upload, data: bytes.toString('base64', at, at + PIECE_BYTES) });
      return upload;
    },
    get pid() {
      return supervisor.pid;
    },
    memory: () => (supervisor.pid === undefined ? undefined : memoryOf(supervisor.pid)),
    processorTime: () => (supervisor.pid === undefined ? undefined : processorTimeOf(supervisor.pid)),
    forgetHighest() {
      // 5: the kernel's word for the highest resident size.
      if (process.platform === 'linux' && supervisor.pid !== undefined)
        writeFileSync(`/proc/${supervisor.pid}/clear_refs`, '5');
    },
    lock: () => supervisor.lock('asked'),
    close: () => supervisor.close(),
  };
}

function memoryOf(pid: number): { now: number; highest: number } | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), highest: megabytes('VmHWM') };
}

/** The kernel counts it in hundredths of a second, behind the name in brackets. */
function processorTimeOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Milliseconds between two questions while somebody works. */
const ASKING_EVERY_MS = 5;

/** How long each of many trivial questions waited for its answer while `work` ran, in milliseconds. */
export async function waitsDuring(desk: BenchDesk, work: () => Promise<unknown>): Promise<number[]> {
  const waits: number[] = [];
  let working = true;
  const finished = work().finally(() => {
    working = false;
  });
  while (working) {
    const asked = performance.now();
    await desk.call('session.current', {});
    waits.push(performance.now() - asked);
    await wait(ASKING_EVERY_MS);
  }
  await finished;
  return waits;
}
