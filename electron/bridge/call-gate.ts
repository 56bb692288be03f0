import { z } from 'zod';
import type { Answer } from '../../shared/contract/messages.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { CHANNELS } from './channels.ts';
import { toPlainValue } from './plain-value.ts';

/**
 * The check that every message of a window passes, whichever way it came (Electron's IPC, the
 * chromium host's binding): plain, small, of the exact shape, for a declared operation. Input itself
 * is parsed by the dispatcher in the archive process, with the schema of its operation.
 */
export interface CallGate {
  /** Never rejects: what is refused is answered. */
  receive(channel: string, message: unknown): Promise<Answer>;
  /** How many messages were refused here since the start. */
  readonly refused: number;
}

export interface CallTarget {
  call(name: string, input: unknown, callId: string): Promise<Answer>;
  cancel(callId: string): void;
}

/** Calls of one window that may run at once. A person never comes near it. */
const MAX_RUNNING = 128;

const callId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const callSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/)
    .max(80),
  input: z.unknown(),
  callId,
});
const cancelSchema = z.strictObject({ callId });

const invalid = (path: string): Answer => ({
  ok: false,
  error: new AppError('INPUT_INVALID', { fields: [{ path, message: 'validation.message' }] }).toData(),
});

/** @param declared names of the contract; any other name is refused before it reaches the archive process. */
export function createCallGate(declared: ReadonlySet<string>, target: CallTarget): CallGate {
  const running = new Set<string>();
  let refused = 0;

  function refuse(path: string): Answer {
    refused += 1;
    return invalid(path);
  }

  async function receive(channel: string, message: unknown): Promise<Answer> {
    const plain = toPlainValue(message);
    if (!plain.ok) return refuse('');
    if (channel === CHANNELS.cancel) {
      const cancel = cancelSchema.safeParse(plain.value);
      if (!cancel.success) return refuse('callId');
      target.cancel(cancel.data.callId);
      return { ok: true, output: {} };
    }
    if (channel !== CHANNELS.call) return refuse('');
    const call = callSchema.safeParse(plain.value);
    if (!call.success) return refuse(String(call.error.issues[0]?.path[0] ?? ''));
    if (!declared.has(call.data.name)) return refuse('name');
    if (running.size >= MAX_RUNNING || running.has(call.data.callId)) return refuse('callId');
    running.add(call.data.callId);
    try {
      return await target.call(call.data.name, call.data.input, call.data.callId);
    } catch (thrown) {
      return { ok: false, error: AppError.from(thrown).toData() };
    } finally {
      running.delete(call.data.callId);
    }
  }

  return {
    receive,
    get refused() {
      return refused;
    },
  };
}
