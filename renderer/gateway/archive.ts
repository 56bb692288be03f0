import type { InputOf, OperationName, OutputOf } from '../../shared/contract/contract.ts';
import type { Answer, Progress } from '../../shared/contract/messages.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { useRecentErrors } from '../state/recent-errors.ts';
import { bridge } from './bridge.ts';
import { watchProgress } from './events.ts';

let lastCall = 0;
const windowMark = crypto.randomUUID().slice(0, 8);

function nextCallId(): string {
  lastCall += 1;
  return `${windowMark}-${lastCall}`;
}

async function send<N extends OperationName>(name: N, input: InputOf<N>, callId: string): Promise<OutputOf<N>> {
  let answer: Answer;
  try {
    answer = await bridge().call(name, input, callId);
  } catch (cause) {
    throw new AppError('INTERNAL', { cause });
  }
  if (answer.ok) return answer.output as OutputOf<N>;
  const error = AppError.fromData(answer.error);
  if (error.code !== 'CANCELLED') useRecentErrors.getState().add({ at: Date.now(), operation: name, code: error.code });
  throw error;
}

/** A call that reports what it does and can be given up. */
export interface RunningCall<N extends OperationName> {
  readonly callId: string;
  /** Rejects with `AppError`, `CANCELLED` after `cancel()`. */
  readonly result: Promise<OutputOf<N>>;
  cancel(): void;
}

export const archive = {
  /** Calls an operation of the contract. Throws `AppError`, never anything else. */
  call<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
    return send(name, input, nextCallId());
  },

  /** Like `call`, for long work: `onProgress` hears phase, done and total; `cancel` asks the archive to stop and leave nothing behind. */
  callWithProgress<N extends OperationName>(
    name: N,
    input: InputOf<N>,
    onProgress: (progress: Progress) => void,
  ): RunningCall<N> {
    const callId = nextCallId();
    const stopWatching = watchProgress(callId, onProgress);
    return {
      callId,
      result: send(name, input, callId).finally(stopWatching),
      cancel: () => void bridge().cancel(callId),
    };
  },
};
