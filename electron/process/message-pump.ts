import { z } from 'zod';
import type { FromArchive, ToArchive } from '../../shared/contract/messages.ts';
import type { Relay } from './child-relay.ts';

/**
 * The inner end of the chain caller → host → archive process. The same archive process runs as an
 * Electron utility process and as a forked Node process; only this file knows the difference.
 * The outer end is `spawn-archive.ts`.
 */
export interface Channel {
  send(message: FromArchive): void;
  /** Messages that are not of `ToArchive`'s shape never reach the listener. */
  onMessage(listener: (message: ToArchive) => void): void;
  /** The host is gone: nobody may be left who holds a key. */
  onClose(listener: () => void): void;
  /** Present where the host must start the processes for foreign bytes for this one. */
  readonly childRelay?: Relay;
}

const LOCK_REASONS = [
  'asked',
  'idle',
  'screen',
  'suspend',
  'expired',
  'quit',
  'crash',
  'restored',
  'handedOver',
  'rekeyed',
] as const;

const toArchive = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('call'),
    callId: z.string().min(1).max(64),
    name: z.string().min(1).max(80),
    input: z.unknown(),
    caller: z.enum(['window', 'cli']),
  }),
  z.strictObject({ kind: z.literal('cancel'), callId: z.string().min(1).max(64) }),
  z.strictObject({ kind: z.literal('lock'), reason: z.enum(LOCK_REASONS) }),
  z.strictObject({ kind: z.literal('secondStart'), vault: z.string().nullable() }),
]);

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
}

function isParentPort(value: unknown): value is ParentPort {
  return (
    typeof value === 'object' && value !== null && 'postMessage' in value && typeof value.postMessage === 'function'
  );
}

function dispatchTo(listener: (message: ToArchive) => void, message: unknown): void {
  const parsed = toArchive.safeParse(message);
  if (parsed.success) listener(parsed.data);
}

/**
 * The channel to the host that started this process.
 * Throws `Error` when the process was started by hand: without a host there is nobody to answer.
 */
export function parentChannel(): Channel {
  // Ctrl-C reaches the whole group; ending is the host's decision, so that a running command is cancelled cleanly.
  process.on('SIGINT', () => {});
  const port: unknown = 'parentPort' in process ? process.parentPort : undefined;
  if (isParentPort(port)) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => void port.on('message', (event) => dispatchTo(listener, event.data)),
      // Electron ends its utility processes itself when the main process goes.
      onClose: () => {},
      childRelay: {
        send: (message) => port.postMessage(message),
        onMessage: (listener) => void port.on('message', (event) => listener(event.data)),
      },
    };
  }
  const send = process.send?.bind(process);
  if (send === undefined) throw new Error('This process is started by Dossier Desk, not by hand.');
  return {
    // The callback swallows the error of a host that has just gone; onClose follows.
    send: (message) => void (process.connected && send(message, undefined, undefined, () => {})),
    onMessage: (listener) => void process.on('message', (message) => dispatchTo(listener, message)),
    onClose: (listener) => void process.on('disconnect', listener),
  };
}
