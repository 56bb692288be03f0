import type { ArchiveEvent, Progress } from '../../shared/contract/messages.ts';
import { bridge } from './bridge.ts';

type Listener = (event: ArchiveEvent) => void;

const listeners = new Set<Listener>();
const progressListeners = new Map<string, (progress: Progress) => void>();
let subscribed = false;

function subscribeOnce(): void {
  if (subscribed) return;
  subscribed = true;
  bridge().onEvent((event) => {
    if (event.type === 'progress') progressListeners.get(event.callId)?.(event.progress);
    for (const listener of listeners) listener(event);
  });
}

/** Hears every event of the archive; returns the function that ends it. */
export function onArchiveEvent(listener: Listener): () => void {
  subscribeOnce();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hears the progress of one call; returns the function that ends it. */
export function watchProgress(callId: string, listener: (progress: Progress) => void): () => void {
  subscribeOnce();
  progressListeners.set(callId, listener);
  return () => progressListeners.delete(callId);
}
