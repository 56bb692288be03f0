/** Annual binding (Y1): thickness, division into volumes, spines, page numbers (forms-and-standards §7.4–7.6). */

/** Spine widths in millimetres, from GB/T 9705 (10, 15, 20) and the box sizes in use. */
export const SPINE_WIDTHS_MM = [10, 15, 20, 30, 40, 50] as const;

export interface BindingSettings {
  /** Thickness of one sheet in millimetres; 80 g paper measures about 0.1. */
  readonly sheetMm: number;
  /** Papers of a volume may not be thicker than this. */
  readonly maxThicknessMm: number;
  /** Cover, catalogue, closing note: added to every volume. */
  readonly coverMm: number;
  readonly doubleSided: boolean;
}

export const DEFAULT_BINDING: BindingSettings = { sheetMm: 0.1, maxThicknessMm: 30, coverMm: 1, doubleSided: true };

/** Approximate thickness of a sheet for a paper weight in g/m². */
export function sheetThicknessMm(gramsPerSquareMetre: number): number {
  return Math.round(gramsPerSquareMetre * 1.25) / 1000;
}

/** Sheets of a paper: every written side counts one page; a paper starts on a new sheet. */
export function sheetsOf(pages: number, doubleSided: boolean): number {
  return doubleSided ? Math.ceil(pages / 2) : pages;
}

/** Thickness of a volume with this many sheets, cover included. */
export function thicknessMm(sheets: number, settings: BindingSettings = DEFAULT_BINDING): number {
  return sheets * settings.sheetMm + settings.coverMm;
}

/** The smallest spine that holds the thickness; undefined if none does. */
export function spineWidthMm(thickness: number): number | undefined {
  return SPINE_WIDTHS_MM.find((width) => thickness <= width + 1e-9);
}

export interface PaperToBind {
  /** Page sides. */
  readonly pages: number;
  /** Sheets where known; else worked out from the pages. */
  readonly sheets?: number;
  /** Neighbours with the same group (a contract and its annexes, an export set) stay in one volume where they fit. */
  readonly group?: string;
}

export interface PlannedVolume<Paper extends PaperToBind> {
  /** 1, 2, … */
  readonly volume: number;
  readonly papers: readonly Paper[];
  readonly pages: number;
  readonly sheets: number;
  readonly thicknessMm: number;
  /** Undefined when the volume, holding one paper or one sheet count beyond any spine, fits none. */
  readonly spineMm: number | undefined;
}

/** Takes papers one after another and gives each volume as soon as it is full: a year of a large archive is never held at once. */
export interface VolumeFiller<Paper, Placed extends PaperToBind> {
  /** The volumes that are full before this paper has its place. */
  add(paper: Paper): readonly PlannedVolume<Placed>[];
  /** What is left; the next paper begins a volume. */
  close(): readonly PlannedVolume<Placed>[];
}

/**
 * Divides papers, already in catalogue order, into volumes no thicker than the limit. Order is kept and no paper is divided: a
 * paper thicker than the limit gets a volume of its own.
 */
export function volumeFiller<Paper extends PaperToBind>(
  settings: BindingSettings = DEFAULT_BINDING,
): VolumeFiller<Paper, Paper> {
  // Thickness counted in whole sheets, so that sums do not drift.
  const room = Math.max(1, Math.floor((settings.maxThicknessMm - settings.coverMm) / settings.sheetMm + 1e-6));
  const sheets = (paper: Paper) => paper.sheets ?? sheetsOf(paper.pages, settings.doubleSided);
  const total = (list: readonly Paper[]) => list.reduce((sum, paper) => sum + sheets(paper), 0);
  let volumes = 0;
  let current: Paper[] = [];
  let filled = 0;
  /** Neighbours of one group, until another begins. */
  let run: Paper[] = [];

  function closed(): PlannedVolume<Paper>[] {
    const papers = current;
    current = [];
    filled = 0;
    if (papers.length === 0) return [];
    volumes += 1;
    const thickness = thicknessMm(total(papers), settings);
    return [
      {
        volume: volumes,
        papers,
        pages: papers.reduce((sum, paper) => sum + paper.pages, 0),
        sheets: total(papers),
        thicknessMm: Math.round(thickness * 100) / 100,
        spineMm: spineWidthMm(thickness),
      },
    ];
  }

  function place(): PlannedVolume<Paper>[] {
    const placed = run;
    run = [];
    const needed = total(placed);
    const full = needed <= room && filled + needed > room ? closed() : [];
    for (const paper of placed) {
      if (filled + sheets(paper) > room) full.push(...closed());
      current.push(paper);
      filled += sheets(paper);
    }
    return full;
  }

  return {
    add(paper) {
      const full = paper.group !== undefined && run[0]?.group === paper.group ? [] : place();
      run.push(paper);
      return full;
    },
    close: () => [...place(), ...closed()],
  };
}

export interface PageRange {
  readonly from: number;
  readonly to: number;
}

/** Running page numbers through a volume: one range for each paper, none for a paper without pages. */
export function numberPages(
  papers: readonly { readonly pages: number }[],
  firstPage = 1,
): readonly (PageRange | null)[] {
  let next = firstPage;
  return papers.map(({ pages }) => {
    if (pages < 1) return null;
    const range = { from: next, to: next + pages - 1 };
    next += pages;
    return range;
  });
}

export type PageNumberStyle = 'upperCorners' | 'lowerCorners';

/** §7.5: mainland practice numbers in the upper corners, Taiwan's in the lower; right on the front, left on the back. */
export function pageNumberCorner(
  style: PageNumberStyle,
  side: 'front' | 'back',
): 'upperRight' | 'upperLeft' | 'lowerRight' | 'lowerLeft' {
  if (style === 'upperCorners') return side === 'front' ? 'upperRight' : 'upperLeft';
  return side === 'front' ? 'lowerRight' : 'lowerLeft';
}
