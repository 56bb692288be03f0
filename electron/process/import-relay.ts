import { z } from 'zod';
import type { ImportChild, ImportSpawner } from '../exchange/import-child.ts';

export { HEAP_CAP_MEGABYTES as IMPORT_HEAP_MEGABYTES } from '../exchange/import-protocol.ts';

/**
 * Import processes under Electron. A utility process cannot start another one, and the packaged program's Node
 * cannot be run by itself (fuse RunAsNode off): the archive process asks its host, which starts the import process and
 * carries the messages of both. Elsewhere the archive process forks it directly.
 */

export type ToRelay =
  | { readonly kind: 'importStart'; readonly child: number }
  | { readonly kind: 'importSend'; readonly child: number; readonly message: unknown }
  | { readonly kind: 'importKill'; readonly child: number };

export type FromRelay =
  | { readonly kind: 'importMessage'; readonly child: number; readonly message: unknown }
  | { readonly kind: 'importExit'; readonly child: number; readonly code: number | null };

const child = z.int();
const toRelay = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('importStart'), child }),
  z.strictObject({ kind: z.literal('importSend'), child, message: z.unknown() }),
  z.strictObject({ kind: z.literal('importKill'), child }),
]);
const fromRelay = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('importMessage'), child, message: z.unknown() }),
  z.strictObject({ kind: z.literal('importExit'), child, code: z.int().nullable() }),
]);

/** The archive process's end. */
export interface Relay {
  send(message: ToRelay): void;
  /** Messages of any shape arrive here; those of the relay are picked out. */
  onMessage(listener: (message: unknown) => void): void;
}

/** Starts import processes through the host. */
export function relayedImportSpawner(relay: Relay): ImportSpawner {
  const children = new Map<number, { tell(message: unknown): void; end(code: number | null): void }>();
  let last = 0;
  relay.onMessage((message) => {
    const parsed = fromRelay.safeParse(message);
    if (!parsed.success) return;
    const target = children.get(parsed.data.child);
    if (parsed.data.kind === 'importMessage') {
      target?.tell(parsed.data.message);
      return;
    }
    children.delete(parsed.data.child);
    target?.end(parsed.data.code);
  });
  return (): ImportChild => {
    last += 1;
    const number = last;
    const listeners: ((message: unknown) => void)[] = [];
    const exitListeners: ((code: number | null) => void)[] = [];
    children.set(number, {
      tell: (message) => {
        for (const listener of listeners) listener(message);
      },
      end: (code) => {
        for (const listener of exitListeners) listener(code);
      },
    });
    relay.send({ kind: 'importStart', child: number });
    return {
      send: (message) => relay.send({ kind: 'importSend', child: number, message }),
      onMessage: (listener) => void listeners.push(listener),
      onExit: (listener) => void exitListeners.push(listener),
      kill: () => relay.send({ kind: 'importKill', child: number }),
    };
  };
}

/** A process as the host started it; `send` takes what the archive process wants said, unread. */
export interface RelayedChild {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/** At most so many import processes at once; the archive process uses one. */
const MAX_CHILDREN = 4;

/**
 * The host's end for one archive process: starts, carries, kills; none outlives the archive process.
 * @param archive its messages and its end · @param post sends to it · @param spawn starts one import process.
 */
export function serveImportRelay(
  archive: { onMessage(listener: (message: unknown) => void): void; onExit(listener: () => void): void },
  post: (message: FromRelay) => void,
  spawn: () => RelayedChild,
): void {
  const running = new Map<number, RelayedChild>();

  function start(number: number): void {
    if (running.has(number) || running.size >= MAX_CHILDREN) {
      post({ kind: 'importExit', child: number, code: 1 });
      return;
    }
    const started = spawn();
    running.set(number, started);
    started.onMessage((message) => post({ kind: 'importMessage', child: number, message }));
    started.onExit((code) => {
      running.delete(number);
      post({ kind: 'importExit', child: number, code });
    });
  }

  archive.onMessage((message) => {
    const parsed = toRelay.safeParse(message);
    if (!parsed.success) return;
    if (parsed.data.kind === 'importStart') start(parsed.data.child);
    else if (parsed.data.kind === 'importSend') running.get(parsed.data.child)?.send(parsed.data.message);
    else running.get(parsed.data.child)?.kill();
  });
  archive.onExit(() => {
    for (const each of running.values()) each.kill();
  });
}
