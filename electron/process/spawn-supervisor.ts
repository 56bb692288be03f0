import { contract, type OperationName } from '../../shared/contract/contract.ts';
import type { Answer, ArchiveEvent, Caller, LockReason } from '../../shared/contract/messages.ts';
import {
  type ArchiveProcess,
  crashedAnswer,
  lockedAnswer,
  type Spawner,
  startArchiveProcess,
} from './spawn-archive.ts';

/**
 * What every host holds instead of a process: starts one when the first call comes, forwards calls,
 * and tells the window `locked` when the process has ended, however it ended (security.md §1.1).
 */
export interface ArchiveSupervisor {
  /**
   * Never rejects. Waits for an ending process to be gone; where none runs, starts one for what a closed archive answers (opening it,
   * making one), and answers `LOCKED` itself to everything else: a question that comes late must not bring a process back.
   */
  call(name: string, input: unknown, callId: string, caller: Caller): Promise<Answer>;
  /** What a host asks on its own: the running process, or `LOCKED` at once when there is none or it is ending. */
  askRunning(name: string, input: unknown, callId: string): Promise<Answer>;
  cancel(callId: string): void;
  /** Somebody started the program again beside this one: it is remembered for the log (R38). */
  secondStart(vault: string | null): void;
  /** Ends the process. Resolves when the system has taken its memory back, at most about 1.6 s later (R24). */
  lock(reason: LockReason): Promise<void>;
  /** Returns the function that ends the subscription. */
  onEvent(listener: (event: ArchiveEvent) => void): () => void;
  /** Like `lock('quit')`, and no process is started any more. */
  close(): Promise<void>;
  /** Of the running archive process, for tests and diagnosis. */
  readonly pid: number | undefined;
}

/** Whether a closed archive has an answer to it. */
const isForClosed = (name: string): boolean =>
  Object.hasOwn(contract, name) && contract[name as OperationName].sessions.includes('closed');

export function createArchiveSupervisor(spawner: Spawner): ArchiveSupervisor {
  const listeners = new Set<(event: ArchiveEvent) => void>();
  let current: ArchiveProcess | undefined;
  let ending: Promise<void> | undefined;
  let closed = false;
  let crashed = false;

  function emit(event: ArchiveEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  function start(): ArchiveProcess {
    const started = startArchiveProcess(spawner);
    started.onEvent(emit);
    started.onExit((reason) => {
      if (current === started) current = undefined;
      crashed = reason === 'crash';
      emit({ type: 'locked', reason });
    });
    return started;
  }

  async function lock(reason: LockReason): Promise<void> {
    if (current === undefined) return ending;
    const leaving = current.lock(reason);
    ending = leaving;
    await leaving;
    if (ending === leaving) ending = undefined;
  }

  return {
    async call(name, input, callId, caller) {
      // A call that meets a lock under way must not slip into the old session.
      while (ending !== undefined) await ending;
      if (closed || (current === undefined && !isForClosed(name))) return crashed ? crashedAnswer : lockedAnswer;
      current ??= start();
      return current.call(name, input, callId, caller);
    },
    askRunning(name, input, callId) {
      if (ending !== undefined || current === undefined) return Promise.resolve(lockedAnswer);
      return current.call(name, input, callId, 'window');
    },
    cancel: (callId) => current?.cancel(callId),
    secondStart(vault) {
      if (closed || ending !== undefined) return;
      current ??= start();
      current.secondStart(vault);
    },
    lock,
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      closed = true;
      await lock('quit');
    },
    get pid() {
      return current?.pid;
    },
  };
}
