import { z } from 'zod';
import { HEAP_CAP_MEGABYTES } from '../exchange/import-protocol.ts';
import type { ConfinedChild, ConfinedSpawner } from '../platform/confined-child.ts';
import { COPY_HEAP_MEGABYTES } from '../platform/file-copier.ts';
import { PRINT_HEAP_MEGABYTES } from '../print/print-messages.ts';
import { SCAN_HEAP_MEGABYTES } from '../scans/scan-protocol.ts';

/**
 * Processes for foreign bytes under Electron: imports of tables, work on scans, printing; and the one that copies the database. A utility process cannot start another
 * one, and the packaged program's Node cannot be run by itself (fuse RunAsNode off): the archive process asks its host,
 * which starts them and carries the messages of both. Elsewhere the archive process forks them directly.
 */

/** Megabytes of script objects of each. */
export const CHILD_HEAP_MEGABYTES = {
  import: HEAP_CAP_MEGABYTES,
  scan: SCAN_HEAP_MEGABYTES,
  copy: COPY_HEAP_MEGABYTES,
  print: PRINT_HEAP_MEGABYTES,
} as const;
export type ChildProgram = keyof typeof CHILD_HEAP_MEGABYTES;

export type ToRelay =
  | { readonly kind: 'childStart'; readonly child: number; readonly program: ChildProgram }
  | { readonly kind: 'childSend'; readonly child: number; readonly message: unknown }
  | { readonly kind: 'childKill'; readonly child: number };

export type FromRelay =
  | { readonly kind: 'childMessage'; readonly child: number; readonly message: unknown }
  | { readonly kind: 'childExit'; readonly child: number; readonly code: number | null };

const child = z.int();
const toRelay = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('childStart'), child, program: z.enum(['import', 'scan', 'copy', 'print']) }),
  z.strictObject({ kind: z.literal('childSend'), child, message: z.unknown() }),
  z.strictObject({ kind: z.literal('childKill'), child }),
]);
const fromRelay = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('childMessage'), child, message: z.unknown() }),
  z.strictObject({ kind: z.literal('childExit'), child, code: z.int().nullable() }),
]);

/** The archive process's end. */
export interface Relay {
  send(message: ToRelay): void;
  /** Messages of any shape arrive here; those of the relay are picked out. */
  onMessage(listener: (message: unknown) => void): void;
}

/** Starts such processes through the host. */
export function relayedSpawners(relay: Relay): (program: ChildProgram) => ConfinedSpawner {
  const children = new Map<number, { tell(message: unknown): void; end(code: number | null): void }>();
  let last = 0;
  relay.onMessage((message) => {
    const parsed = fromRelay.safeParse(message);
    if (!parsed.success) return;
    const target = children.get(parsed.data.child);
    if (parsed.data.kind === 'childMessage') {
      target?.tell(parsed.data.message);
      return;
    }
    children.delete(parsed.data.child);
    target?.end(parsed.data.code);
  });
  return (program) => (): ConfinedChild => {
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
    relay.send({ kind: 'childStart', child: number, program });
    return {
      send: (message) => relay.send({ kind: 'childSend', child: number, message }),
      onMessage: (listener) => void listeners.push(listener),
      onExit: (listener) => void exitListeners.push(listener),
      kill: () => relay.send({ kind: 'childKill', child: number }),
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

/** At most so many at once; the archive process uses one of each kind. */
const MAX_CHILDREN = 4;

/**
 * The host's end for one archive process: starts, carries, kills; none outlives the archive process.
 * @param archive its messages and its end · @param post sends to it · @param spawn starts one process.
 */
export function serveChildRelay(
  archive: { onMessage(listener: (message: unknown) => void): void; onExit(listener: () => void): void },
  post: (message: FromRelay) => void,
  spawn: (program: ChildProgram) => RelayedChild,
): void {
  const running = new Map<number, RelayedChild>();

  function start(number: number, program: ChildProgram): void {
    if (running.has(number) || running.size >= MAX_CHILDREN) {
      post({ kind: 'childExit', child: number, code: 1 });
      return;
    }
    const started = spawn(program);
    running.set(number, started);
    started.onMessage((message) => post({ kind: 'childMessage', child: number, message }));
    started.onExit((code) => {
      running.delete(number);
      post({ kind: 'childExit', child: number, code });
    });
  }

  archive.onMessage((message) => {
    const parsed = toRelay.safeParse(message);
    if (!parsed.success) return;
    if (parsed.data.kind === 'childStart') start(parsed.data.child, parsed.data.program);
    else if (parsed.data.kind === 'childSend') running.get(parsed.data.child)?.send(parsed.data.message);
    else running.get(parsed.data.child)?.kill();
  });
  archive.onExit(() => {
    for (const each of running.values()) each.kill();
  });
}
