import { createSessionStore } from './reset-registry.ts';

/** One open dialog: which kind, and the data it is about. */
export interface OpenDialog {
  readonly id: number;
  readonly kind: string;
  readonly data: unknown;
}

interface Dialogs {
  readonly stack: readonly OpenDialog[];
  open(kind: string, data?: unknown): void;
  /** Closes the topmost, or the one with this id and all above it. */
  close(id?: number): void;
}

let lastId = 0;

/** Dialogs stand on each other; Escape closes the topmost. Components for the kinds are in `registerDialog`. */
export const useDialogs = createSessionStore<Dialogs>((set) => ({
  stack: [],
  open: (kind, data) => {
    lastId += 1;
    const dialog = { id: lastId, kind, data };
    set(({ stack }) => ({ stack: [...stack, dialog] }));
  },
  close: (id) =>
    set(({ stack }) => {
      const index = id === undefined ? stack.length - 1 : stack.findIndex((dialog) => dialog.id === id);
      return index < 0 ? {} : { stack: stack.slice(0, index) };
    }),
}));
