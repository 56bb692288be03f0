/**
 * Places (C10). The words of a place are its path from the room to the binder, as a keeper writes it: `檔案室/1 號櫃/5 層/24 夾`, or without
 * strokes, since each part ends with its unit: `1 號櫃 5 層 24 夾`. The tree is read out of these words; nothing has to be set up first.
 */
const STEP = /\s*[/／›>＞,，－–—]\s*|(?<=[室房庫库櫃柜架層层格箱盒夾夹])\s*(?=\S)/gu;

interface Step {
  readonly name: string;
  /** Where the step ends in the words of the place. */
  readonly end: number;
}

/** The steps of a place, from the room down. Empty for a paper without a place. */
export function placeSteps(place: string): readonly Step[] {
  const steps: Step[] = [];
  let start = 0;
  const take = (end: number) => {
    const name = place.slice(start, end).trim();
    if (name !== '') steps.push({ name, end });
  };
  for (const cut of place.matchAll(STEP)) {
    take(cut.index);
    start = cut.index + cut[0].length;
  }
  take(place.length);
  return steps;
}

/** Two ways to write the same path are one place: strokes and blanks do not count. */
const keyOf = (steps: readonly Step[]): string => steps.map(({ name }) => name.replace(/\s+/gu, '')).join('/');

/**
 * The words of a place after what stands at `from` has been moved to `to`: what lies below goes along.
 * @returns undefined for a place that is neither `from` nor below it
 */
export function movedPlace(place: string, from: string, to: string): string | undefined {
  const [steps, above] = [placeSteps(place), placeSteps(from)];
  const last = steps[above.length - 1];
  if (last === undefined || keyOf(steps.slice(0, above.length)) !== keyOf(above)) return undefined;
  return `${to}${place.slice(last.end)}`;
}

/** What stands at one place, or at it and below. */
export interface PlaceFigures {
  readonly papers: number;
  readonly pages: number;
  readonly originals: number;
  /** Lent at this moment. */
  readonly out: number;
}
export interface PlaceRow extends PlaceFigures {
  readonly place: string;
  /** Instant of the last stock check of exactly this place. */
  readonly lastCheck: string | null;
}
export interface PlaceNode extends PlaceFigures {
  /** Words of the place down to this step; empty: papers without a place. */
  readonly path: string;
  readonly name: string;
  /** 0 for a room or a cabinet that stands by itself. */
  readonly depth: number;
  /** How many places below hold papers, this one included. */
  readonly places: number;
  /** The earliest of the last checks below; null where one of them was never checked. */
  readonly lastCheck: string | null;
}

const ORDER = new Intl.Collator('zh-Hant', { numeric: true });

/**
 * The tree of places, each step before what lies below it, numbers in their order (`2 號櫃` before `10 號櫃`). The figures of a step count
 * everything below; papers without a place come last.
 */
export function placeTree(rows: readonly PlaceRow[]): readonly PlaceNode[] {
  const nodes = new Map<string, PlaceNode & { readonly names: readonly string[] }>();
  for (const row of rows) {
    const steps = placeSteps(row.place);
    for (let depth = 0; depth < Math.max(1, steps.length); depth += 1) {
      const above = steps.slice(0, depth + 1);
      const last = above.at(-1);
      const before = nodes.get(keyOf(above));
      nodes.set(keyOf(above), {
        path: before?.path ?? row.place.slice(0, last?.end ?? 0),
        name: last?.name ?? '',
        names: above.map(({ name }) => name),
        depth,
        places: (before?.places ?? 0) + 1,
        papers: (before?.papers ?? 0) + row.papers,
        pages: (before?.pages ?? 0) + row.pages,
        originals: (before?.originals ?? 0) + row.originals,
        out: (before?.out ?? 0) + row.out,
        lastCheck: before === undefined ? row.lastCheck : earlier(before.lastCheck, row.lastCheck),
      });
    }
  }
  return [...nodes.values()].sort(byNames).map(({ names: _names, ...node }) => node);
}

const earlier = (a: string | null, b: string | null) => (a === null || b === null ? null : a < b ? a : b);

function byNames(a: { readonly names: readonly string[] }, b: { readonly names: readonly string[] }): number {
  if (a.names.length === 0 || b.names.length === 0) return b.names.length - a.names.length;
  for (const [index, name] of a.names.entries()) {
    const other = b.names[index];
    if (other === undefined) return 1;
    const order = ORDER.compare(name, other);
    if (order !== 0) return order;
  }
  return a.names.length - b.names.length;
}
