import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { forkSpawner, startArchiveProcess } from '../../electron/process/spawn-archive.ts';
import type { ArchiveOperationName, InputOf, OutputOf } from '../../shared/contract/contract.ts';
import type { Answer, ArchiveEvent, Caller, LockReason } from '../../shared/contract/messages.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The entry the hosts start, and the same with a cheap Argon2id. */
export const ARCHIVE_PROCESS = at('../../electron/process/archive-process.ts');
export const FAST_ARCHIVE_PROCESS = at('./fast-archive-process.ts');

/** An archive process started as the hosts start it, spoken to through its channel. */
export interface RunningArchive {
  readonly pid: number;
  readonly events: ArchiveEvent[];
  answer(name: string, input: unknown): Promise<Answer>;
  /** The output; an error answer fails the test with its code. */
  call<N extends ArchiveOperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  /** Resolves when the process is gone. */
  lock(reason?: LockReason): Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Why it ended, once it has. */
  readonly ended: Promise<LockReason>;
}

export function startArchive(
  options: { entry?: string; dataFolder?: string; tmp?: string; args?: readonly string[]; caller?: Caller } = {},
): RunningArchive {
  const { entry = FAST_ARCHIVE_PROCESS, dataFolder, tmp, caller = 'cli' } = options;
  const before = process.env.TMPDIR;
  if (tmp !== undefined) process.env.TMPDIR = tmp;
  const dataArgs = dataFolder === undefined ? [] : ['--data-folder', dataFolder];
  const running = startArchiveProcess(forkSpawner(entry, [...dataArgs, ...(options.args ?? [])]));
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;

  const events: ArchiveEvent[] = [];
  running.onEvent((event) => events.push(event));
  const ended = new Promise<LockReason>((resolve) => running.onExit(resolve));
  let calls = 0;
  const answer = (name: string, input: unknown) => {
    calls += 1;
    return running.call(name, input, `c${calls}`, caller);
  };
  return {
    pid: running.pid ?? 0,
    events,
    answer,
    async call(name, input) {
      const given = await answer(name, input);
      if (!given.ok) throw new Error(`${name}: ${JSON.stringify(given.error)}`);
      return given.output as OutputOf<typeof name>;
    },
    lock: (reason = 'asked') => running.lock(reason),
    async kill() {
      running.kill();
      await ended;
    },
    ended,
  };
}

/** The processes below one, itself first. Linux. */
export function processTree(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has just ended.
    }
  }
  const tree = [pid];
  for (const member of tree) for (const [child, parent] of parents) if (parent === member) tree.push(child);
  return tree;
}

/** Hands bytes over as the hosts do. */
export async function upload(
  archive: Pick<RunningArchive, 'call'>,
  name: string,
  bytes: Buffer,
  purpose: 'table' | 'scan',
): Promise<string> {
  const { upload: id } = await archive.call('uploads.begin', { name, size: bytes.length, purpose });
  for (let from = 0; from < bytes.length; from += 1_000_000)
    await archive.call('uploads.append', {
      upload: id,
      data: bytes.subarray(from, from + 1_000_000).toString('base64'),
    });
  return id;
}
