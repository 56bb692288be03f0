import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors/app-error.ts';
import { createSlots } from './shared-slots.ts';

/** What the thread is started with. */
export interface SealingOrder {
  /** Public keys: nothing that opens. */
  readonly recipients: readonly string[];
  /** Plain pieces on their way to the thread, sealed ones on their way back. */
  readonly plain: readonly SharedArrayBuffer[];
  readonly sealed: readonly SharedArrayBuffer[];
}
/** A slot that is filled up to there; one whose bytes have been taken; the end. */
export type ToSealing =
  | { readonly kind: 'plain'; readonly slot: number; readonly length: number }
  | { readonly kind: 'taken'; readonly slot: number }
  | { readonly kind: 'end' };
export type FromSealing =
  | { readonly kind: 'sealed'; readonly slot: number; readonly length: number }
  | { readonly kind: 'taken'; readonly slot: number }
  | { readonly kind: 'end' };

/** Bytes of a slot, and slots each way: one is filled, one is worked on, the others even out a disk that hesitates. */
const SLOT_BYTES = 1_048_576;
const SLOTS = 4;

/**
 * A stream as one age file to these recipients, enciphered by the age library on a thread of its own: beside hashing, reading and writing,
 * which stay with whoever asks. The memory is shared and goes round, so nothing of it grows with the stream.
 * A piece holds until the next is asked for.
 * @throws what `plain` throws; AppError INTERNAL when the library does
 */
export async function* sealedApart(
  plain: AsyncIterable<Uint8Array>,
  recipients: readonly string[],
): AsyncGenerator<Uint8Array> {
  const worker = fileURLToPath(new URL(`./sealing-worker${extname(import.meta.url)}`, import.meta.url));
  const into = createSlots(SLOTS, SLOT_BYTES);
  const outOf = createSlots(SLOTS, SLOT_BYTES);
  const order: SealingOrder = { recipients, plain: into.buffers, sealed: outOf.buffers };
  const thread = new Worker(worker, { workerData: order, name: 'seal' });
  const say = (message: ToSealing) => thread.postMessage(message);
  const arrived: (FromSealing | Error)[] = [];
  let wake: () => void = () => undefined;
  const arrive = (message: FromSealing | Error) => {
    arrived.push(message);
    wake();
  };
  const fail = (cause: unknown) => {
    arrive(cause instanceof Error ? cause : new AppError('INTERNAL', { cause }));
    into.abandon();
  };
  thread.on('message', (message: FromSealing) => {
    if (message.kind === 'taken') into.release(message.slot);
    else arrive(message);
  });
  thread.once('error', (cause) => fail(new AppError('INTERNAL', { cause })));
  thread.once('exit', () => fail(new AppError('INTERNAL')));
  const feeding = into
    .fill(plain, (slot, length) => say({ kind: 'plain', slot, length }))
    .then(() => say({ kind: 'end' }), fail);
  try {
    for (;;) {
      while (arrived.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const next = arrived.shift();
      if (next === undefined) continue;
      if (next instanceof Error) throw next;
      if (next.kind === 'end') return;
      if (next.kind === 'sealed') {
        yield outOf.view(next.slot, next.length);
        say({ kind: 'taken', slot: next.slot });
      }
    }
  } finally {
    into.abandon();
    await thread.terminate();
    await feeding;
  }
}
