import { fork } from 'node:child_process';
import { z } from 'zod';
import type {
  Answer,
  ArchiveEvent,
  Caller,
  FromArchive,
  LockReason,
  ToArchive,
} from '../../shared/contract/messages.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { ARCHIVE_OPTIONS } from '../platform/memory.ts';

/** A started process, whatever started it (utilityProcess, fork). */
export interface ChildHandle {
  readonly pid: number | undefined;
  post(message: ToArchive): void;
  onMessage(listener: (message: unknown) => void): void;
  /** `code` is null when a signal ended the process. Called once. */
  onExit(listener: (code: number | null) => void): void;
  /** SIGKILL: nothing in the process can delay it. */
  kill(): void;
}

/** Starts one archive process. Adapters: `forkSpawner` here, `utilityProcess` in hosts/electron. */
export type Spawner = () => ChildHandle;

export interface ArchiveProcess {
  readonly pid: number | undefined;
  /** Never rejects. Answers `LOCKED` when the process ends first, `CONFLICT` when the id is in use. */
  call(name: string, input: unknown, callId: string, caller: Caller): Promise<Answer>;
  cancel(callId: string): void;
  /** Asks the process to end its session and itself; killed after `LOCK_GRACE_MS` (R24). Resolves when it is gone. */
  lock(reason: LockReason): Promise<void>;
  onEvent(listener: (event: ArchiveEvent) => void): void;
  /** The reason is the host's, else the one the process named before it ended, else `asked` or `crash` by its exit code. */
  onExit(listener: (reason: LockReason) => void): void;
  /** Somebody started the program again beside this one. */
  secondStart(vault: string | null): void;
  kill(): void;
}

/** Milliseconds between the request to lock and SIGKILL; with R24's two seconds in view. */
export const LOCK_GRACE_MS = 1500;
/** Milliseconds in which a new process must report `ready`. Generous: first start on a slow disk. */
const READY_LIMIT_MS = 30_000;

const fromArchive = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('answer'),
    callId: z.string(),
    answer: z.custom<Answer>((value) => typeof value === 'object' && value !== null),
  }),
  z.object({
    kind: z.literal('event'),
    event: z.custom<ArchiveEvent>((value) => typeof value === 'object' && value !== null && 'type' in value),
  }),
]);

export const lockedAnswer: Answer = { ok: false, error: new AppError('LOCKED').toData() };
/** For calls that a process which ended by itself leaves without an answer, and those that come until it is opened again. */
export const crashedAnswer: Answer = {
  ok: false,
  error: new AppError('LOCKED', { params: { reason: 'crash' }, hint: 'hint.archiveEnded' }).toData(),
};

/** Starts a process and returns its client. Calls made before the process is ready wait for it. */
export function startArchiveProcess(spawner: Spawner): ArchiveProcess {
  const child = spawner();
  const pending = new Map<string, (answer: Answer) => void>();
  const eventListeners: ((event: ArchiveEvent) => void)[] = [];
  const exitListeners: ((reason: LockReason) => void)[] = [];
  let waiting: ToArchive[] | undefined = [];
  let ended = false;
  let reason: LockReason | undefined;
  let graceTimer: NodeJS.Timeout | undefined;

  const gone = Promise.withResolvers<void>();
  const readyTimer = setTimeout(() => child.kill(), READY_LIMIT_MS);
  readyTimer.unref();

  function post(message: ToArchive): void {
    if (ended) return;
    if (waiting === undefined) child.post(message);
    else waiting.push(message);
  }

  function receive(message: FromArchive): void {
    if (message.kind === 'ready') {
      clearTimeout(readyTimer);
      const queue = waiting ?? [];
      waiting = undefined;
      for (const early of queue) child.post(early);
    } else if (message.kind === 'answer') {
      pending.get(message.callId)?.(message.answer);
      pending.delete(message.callId);
    } else if (message.event.type === 'locked') {
      // Told to the window when it is true: when the process no longer exists.
      reason ??= message.event.reason;
    } else {
      for (const listener of eventListeners) listener(message.event);
    }
  }

  child.onMessage((message) => {
    const parsed = fromArchive.safeParse(message);
    if (parsed.success) receive(parsed.data);
  });

  child.onExit((code) => {
    ended = true;
    clearTimeout(readyTimer);
    clearTimeout(graceTimer);
    const why = reason ?? (code === 0 ? 'asked' : 'crash');
    for (const answer of pending.values()) answer(why === 'crash' ? crashedAnswer : lockedAnswer);
    pending.clear();
    for (const listener of exitListeners) listener(why);
    gone.resolve();
  });

  return {
    pid: child.pid,
    call(name, input, callId, caller) {
      if (ended) return Promise.resolve(lockedAnswer);
      if (pending.has(callId)) return Promise.resolve({ ok: false, error: new AppError('CONFLICT').toData() });
      return new Promise((resolve) => {
        pending.set(callId, resolve);
        post({ kind: 'call', callId, name, input, caller });
      });
    },
    cancel: (callId) => post({ kind: 'cancel', callId }),
    lock(why) {
      if (ended) return gone.promise;
      reason = why;
      // Not queued behind `ready`: a process that has not come up yet has nothing to put in order.
      if (waiting === undefined) child.post({ kind: 'lock', reason: why });
      else child.kill();
      graceTimer ??= setTimeout(() => child.kill(), LOCK_GRACE_MS);
      return gone.promise;
    },
    secondStart: (vault) => post({ kind: 'secondStart', vault }),
    onEvent: (listener) => void eventListeners.push(listener),
    onExit: (listener) => void exitListeners.push(listener),
    kill: () => child.kill(),
  };
}

/**
 * The C library keeps freed memory and lets pieces grow into it that are freed only later: a year's volumes would leave 100 MB behind. With
 * fixed limits a scan's bytes go back to the system at once. Other C libraries do not know these names.
 */
const ALLOCATION = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '262144' };

/** Environment of a child: what the system needs, nothing that carries a secret or changes the runtime (R05). */
export function childEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const {
    DOSSIER_DESK_SECRET: _secret,
    DOSSIER_DESK_RECOVERY_KEY: _recoveryKey,
    NODE_OPTIONS: _options,
    ...rest
  } = environment;
  return { ...rest, ...ALLOCATION };
}

/**
 * Forks the archive process with the Node that runs this program (chromium and cli hosts, tests).
 * @param entry absolute path of the process' file; `args` its arguments, e.g. `--data-folder DIR`.
 * @param besideWindow in a session of its own, as the browser is, so that it can give way to it (`platform/priority.ts`).
 */
export function forkSpawner(
  entry: string,
  args: readonly string[],
  { besideWindow = false }: { readonly besideWindow?: boolean } = {},
): Spawner {
  return () => {
    const child = fork(entry, [...args], {
      env: childEnvironment(process.env),
      execArgv: ['--disable-warning=ExperimentalWarning', ...ARCHIVE_OPTIONS],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // Elsewhere than on Linux a priority counts among all processes, and on Windows such a process would open a console.
      detached: besideWindow && process.platform === 'linux',
    });
    return {
      pid: child.pid,
      // The callback swallows the error of a process that has just ended; onExit follows.
      post: (message) => void (child.connected && child.send(message, () => {})),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        let told = false;
        const tell = (code: number | null): void => {
          if (told) return;
          told = true;
          listener(code);
        };
        child.once('exit', tell);
        // A process that could not be started at all has no exit.
        child.once('error', () => tell(child.exitCode ?? 1));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
