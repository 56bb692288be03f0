import { create, type StateCreator, type StoreApi, type UseBoundStore } from 'zustand';

const resets = new Set<() => void>();

/** A store that holds something of the archive: it goes back to its beginning at every lock (R24). */
export function createSessionStore<State>(creator: StateCreator<State>): UseBoundStore<StoreApi<State>> {
  const store = create<State>()(creator);
  const initial = store.getInitialState();
  resets.add(() => store.setState(initial, true));
  return store;
}

/** Anything else that must be forgotten at a lock: keys, timers, module variables. */
export function onForget(forget: () => void): void {
  resets.add(forget);
}

/** Empties every session store. */
export function forgetSessionState(): void {
  for (const reset of resets) reset();
}
