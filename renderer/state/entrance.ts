import { create } from 'zustand';
import type { OutputOf } from '../../shared/contract/contract.ts';

export type HostInfo = OutputOf<'host.info'>;

interface Entrance {
  readonly host: HostInfo | null;
  /** What the person chose before an archive is open: `auto` shows the lock screen of the last archive, else the start screen. */
  readonly wish: 'auto' | 'start';
  /** The start screen still has something to show (the recovery key), although an archive is open already. */
  readonly holding: boolean;
  setHost(host: HostInfo | null): void;
  setWish(wish: Entrance['wish']): void;
  setHolding(holding: boolean): void;
}

/** The way in, before any archive is open. Holds nothing of an archive. */
export const useEntrance = create<Entrance>()((set) => ({
  host: null,
  wish: 'auto',
  holding: false,
  setHost: (host) => set({ host }),
  setWish: (wish) => set({ wish }),
  setHolding: (holding) => set({ holding }),
}));
