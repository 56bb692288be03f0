/** Which rows of a list are marked for an act on many: all that the list shows, or these. */
export interface Marks {
  readonly all: boolean;
  readonly keys: ReadonlySet<string>;
}

export const NO_MARKS: Marks = { all: false, keys: new Set() };
export const ALL_MARKED: Marks = { all: true, keys: new Set() };

/** Marks rows that are not all marked yet, otherwise takes their marks away. After "all", the rest is not known: it begins anew. */
export function toggled(marks: Marks, keys: readonly string[]): Marks {
  if (marks.all) return { all: false, keys: new Set(keys) };
  const next = new Set(marks.keys);
  const present = keys.every((key) => next.has(key));
  for (const key of keys) {
    if (present) next.delete(key);
    else next.add(key);
  }
  return { all: false, keys: next };
}

export const isMarked = (marks: Marks, key: string): boolean => marks.all || marks.keys.has(key);

/** How many rows that is in a list of `total`. */
export const markedCount = (marks: Marks, total: number): number => (marks.all ? total : marks.keys.size);
