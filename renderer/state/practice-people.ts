import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { OutputOf } from '../../shared/contract/contract.ts';

type People = OutputOf<'archive.practice'>['users'];

interface PracticePeople {
  /** By the folder of the practice archive. */
  readonly byDirectory: Readonly<Record<string, People>>;
  remember(directory: string, people: People): void;
}

/**
 * The invented people of practice archives made on this machine, kept in the clear: their secrets are public, the same in
 * every practice archive, and whoever comes back the next day must get in.
 */
export const usePracticePeople = create<PracticePeople>()(
  persist(
    (set) => ({
      byDirectory: {},
      remember: (directory, people) =>
        set(({ byDirectory }) => ({ byDirectory: { ...byDirectory, [directory]: people } })),
    }),
    { name: 'desk.practice', version: 1 },
  ),
);
