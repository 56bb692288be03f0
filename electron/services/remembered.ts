import type { OpenArchive } from './context.ts';
import type { Remembered } from './listed-records.ts';

/** What was found out about lists, kept for the next page, the totals and the groups of the same list. */

const MOST_REMEMBERED = 12;

interface Memory {
  /** Entries in the log: every change has one. */
  readonly size: number;
  readonly found: Map<string, Promise<unknown>>;
  readonly settled: Set<string>;
}
const memories = new WeakMap<OpenArchive['database'], Memory>();

/** Answers what was asked before, as long as the log of this archive has no new entry. */
export function rememberedWhileUnchanged({ database, audit }: Pick<OpenArchive, 'database' | 'audit'>): Remembered {
  const memory = (): Memory => {
    const known = memories.get(database);
    if (known?.size === audit.size()) return known;
    const empty = { size: audit.size(), found: new Map(), settled: new Set<string>() };
    memories.set(database, empty);
    return empty;
  };
  return {
    has: (what) => memory().settled.has(JSON.stringify(what)),
    async find(what, find) {
      const key = JSON.stringify(what);
      for (;;) {
        const { found, settled } = memory();
        const known = found.get(key) as ReturnType<typeof find> | undefined;
        if (known === undefined) {
          const finding = find();
          found.set(key, finding);
          for (const [oldest] of found) {
            if (found.size <= MOST_REMEMBERED) break;
            found.delete(oldest);
            settled.delete(oldest);
          }
          try {
            const answer = await finding;
            if (found.has(key)) settled.add(key);
            return answer;
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
    },
  };
}
