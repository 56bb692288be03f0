import type { OpenArchive } from './context.ts';
import type { Remembered } from './listed-records.ts';

/** What was found out about lists, kept for the next page, the totals and the groups of the same list. */

const MOST_REMEMBERED = 12;

interface Memory {
  /** Entries in the log: every change has one. */
  size: number;
  readonly found: Map<string, Promise<unknown>>;
}
const memories = new WeakMap<OpenArchive['database'], Memory>();

/** Answers what was asked before, as long as the log of this archive has no new entry. */
export function rememberedWhileUnchanged({ database, audit }: Pick<OpenArchive, 'database' | 'audit'>): Remembered {
  return async (what, find) => {
    const key = JSON.stringify(what);
    for (;;) {
      let memory = memories.get(database);
      if (memory === undefined || memory.size !== audit.size()) {
        memory = { size: audit.size(), found: new Map() };
        memories.set(database, memory);
      }
      const { found } = memory;
      const known = found.get(key) as ReturnType<typeof find> | undefined;
      if (known === undefined) {
        const finding = find();
        found.set(key, finding);
        for (const [oldest] of found) if (found.size > MOST_REMEMBERED) found.delete(oldest);
        try {
          return await finding;
        } catch (thrown) {
          found.delete(key);
          throw thrown;
        }
      }
      try {
        return await known;
      } catch {
        // Whoever was looking gave up: look again.
      }
    }
  };
}
