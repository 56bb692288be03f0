import { createSessionStore } from './reset-registry.ts';

interface Calendar {
  /** Years of the Republic (民國) instead of the common era, by the archive's settings. */
  readonly roc: boolean;
  setRoc(roc: boolean): void;
}

export const useCalendar = createSessionStore<Calendar>((set) => ({ roc: false, setRoc: (roc) => set({ roc }) }));
