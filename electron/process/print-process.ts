import { Worker } from 'node:worker_threads';
import {
  type FromPrintProcess,
  type FromPrintWorker,
  PRINT_PIECE_BYTES,
  type ToPrintWorker,
} from '../print/print-messages.ts';
import { childChannel } from './child-channel.ts';
import { entryPoint } from './entry-points.ts';

/**
 * Entry of the process that prints. It has no key, no database and no secret in its environment, and writes nothing (R02, R62). The typesetter
 * works in a thread, so that this one notices at once when the archive process has gone.
 */

// Before the channel's own, which would wait for the typesetter: after a lock nobody may be left who knows what was printed (R24).
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
const channel = childChannel<FromPrintProcess>();
const worker = new Worker(entryPoint('print-worker'), { name: 'print' });

function pass(message: FromPrintWorker): void {
  if (message.kind !== 'printed') {
    channel.send(message);
    return;
  }
  const { pdf, ...printed } = message;
  channel.send({ ...printed, bytes: pdf.length });
  for (let at = 0; at < pdf.length; at += PRINT_PIECE_BYTES)
    channel.send({ kind: 'piece', data: pdf.subarray(at, at + PRINT_PIECE_BYTES) });
}

worker.on('message', pass);
worker.on('error', () => process.exit(1));
channel.listen((given) => {
  const message = given as ToPrintWorker;
  if (message.kind !== 'scan') return worker.postMessage(message);
  // A copy: what the channel has received may share its memory with the next message, and could not be handed over.
  const bytes = Uint8Array.from(message.bytes);
  worker.postMessage({ ...message, bytes }, [bytes.buffer]);
});
