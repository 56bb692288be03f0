import { create } from 'zustand';
import type { OutputOf } from '../../shared/contract/contract.ts';

export type HostInfo = OutputOf<'host.info'>;

type PracticeUsers = OutputOf<'archive.practice'>['users'];

interface Entrance {
  readonly host: HostInfo | null;
  /** What the person chose before an archive is open: `auto` shows the lock screen of the last archive, else the start screen. */
  readonly wish: 'auto' | 'start';
  /** The start screen still has something to show (the recovery key), although an archive is open already. */
  readonly holding: boolean;
  /** The invented people of the practice archive made in this window; their secrets are for everybody. */
  readonly practiceUsers: PracticeUsers;
  setHost(host: HostInfo | null): void;
  setWish(wish: Entrance['wish']): void;
  setHolding(holding: boolean): void;
  setPracticeUsers(users: PracticeUsers): void;
}

/** The way in, before any archive is open. Holds nothing of an archive. */
export const useEntrance = create<Entrance>()((set) => ({
  host: null,
  wish: 'auto',
  holding: false,
  practiceUsers: [],
  setHost: (host) => set({ host }),
  setWish: (wish) => set({ wish }),
  setHolding: (holding) => set({ holding }),
  setPracticeUsers: (practiceUsers) => set({ practiceUsers }),
}));
