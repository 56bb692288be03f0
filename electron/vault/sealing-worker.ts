import { parentPort, workerData } from 'node:worker_threads';
import { Encrypter } from 'age-encryption';
import type { FromSealing, SealingOrder, ToSealing } from './sealed-apart.ts';
import { createSlots } from './shared-slots.ts';

/** Entry of the thread that enciphers a stream (`sealedApart`): it has public keys, what is to be sealed, and nothing else. */
const order = workerData as SealingOrder;
const plain = createSlots(order.plain);
const sealed = createSlots(order.sealed);
const say = (message: FromSealing) => parentPort?.postMessage(message);
/** The library enciphers 64 KiB at a time; larger pieces would only wait longer. */
const PIECE = 65_536;

const filled: ({ readonly slot: number; readonly length: number } | undefined)[] = [];
let wake: () => void = () => undefined;
parentPort?.on('message', (message: ToSealing) => {
  if (message.kind === 'taken') return sealed.release(message.slot);
  filled.push(message.kind === 'plain' ? message : undefined);
  wake();
});

/** What is to be sealed, copied: the library holds pieces back while the slots go round. */
async function* pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (;;) {
    while (filled.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    const next = filled.shift();
    if (next === undefined) return;
    const view = plain.view(next.slot, next.length);
    for (let at = 0; at < view.length; at += PIECE) yield new Uint8Array(view.subarray(at, at + PIECE));
    say({ kind: 'taken', slot: next.slot });
  }
}

const encrypter = new Encrypter();
for (const recipient of order.recipients) encrypter.addRecipient(recipient);
await sealed.fill(await encrypter.encrypt(ReadableStream.from(pieces())), (slot, length) =>
  say({ kind: 'sealed', slot, length }),
);
say({ kind: 'end' });
