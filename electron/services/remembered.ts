import type { OpenArchive } from './context.ts';
import type { Remembered } from './listed-records.ts';

/** What was found out about lists, kept for the next page, the totals and the groups of the same list. */

const MOST_REMEMBERED = 12;

interface Memory {
  /** Entries in the log: every change has one. */
  readonly size: number;
  readonly found: Map<string, unknown>;
  readonly settled: Set<string>;
}
const memories = new WeakMap<OpenArchive['database'], Memory>();

type Remembering = Pick<OpenArchive, 'database' | 'audit'>;

function memoryOf({ database, audit }: Remembering): Memory {
  const known = memories.get(database);
  if (known?.size === audit.size()) return known;
  const empty = { size: audit.size(), found: new Map(), settled: new Set<string>() };
  memories.set(database, empty);
  return empty;
}

function remember({ found, settled }: Memory, key: string, value: unknown): void {
  found.set(key, value);
  for (const [oldest] of found) {
    if (found.size <= MOST_REMEMBERED) break;
    found.delete(oldest);
    settled.delete(oldest);
  }
}

/** Answers what was asked before, as long as the log of this archive has no new entry. */
export function rememberedWhileUnchanged(archive: Remembering): Remembered {
  return {
    has: (what) => memoryOf(archive).settled.has(JSON.stringify(what)),
    async find(what, find) {
      const key = JSON.stringify(what);
      for (;;) {
        const memory = memoryOf(archive);
        const known = memory.found.get(key) as ReturnType<typeof find> | undefined;
        if (known === undefined) {
          const finding = find();
          remember(memory, key, finding);
          try {
            const answer = await finding;
            if (memory.found.has(key)) memory.settled.add(key);
            return answer;
          } catch (thrown) {
            memory.found.delete(key);
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

/** The same for a number that is counted at one go. */
export function countedWhileUnchanged(archive: Remembering, what: unknown, count: () => number): number {
  const memory = memoryOf(archive);
  const key = JSON.stringify(what);
  const known = memory.found.get(key);
  if (typeof known === 'number') return known;
  const total = count();
  remember(memory, key, total);
  return total;
}
