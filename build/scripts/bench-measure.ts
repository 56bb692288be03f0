/** One line of the benchmark's table: what was measured, and the same on the baseline. Samples are in `unit`. */
export interface Figure {
  readonly name: string;
  /** What the table says beside it. */
  readonly note?: string | undefined;
  readonly unit: 'ms' | 's' | 'MB' | 'kB' | 'MB/s' | '/s';
  readonly samples: readonly number[];
  /** What it is compared with, in the same unit; measured in the same run. */
  readonly baseline?: { readonly name: string; readonly samples: readonly number[] } | undefined;
  readonly target?: Target | undefined;
}

/** What the figure must keep; whether it does is said in the table. */
export interface Target {
  readonly text: string;
  readonly met: (figure: Figure) => boolean;
}

/** The sample below which that share (0 to 1) of all samples lies; NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** Median of the product over median of the baseline; undefined without one. */
export function ratio({ samples, baseline }: Pick<Figure, 'samples' | 'baseline'>): number | undefined {
  return baseline === undefined ? undefined : median(samples) / median(baseline.samples);
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Targets of the plan. */
/** The slowest twentieth against that of the baseline. */
export const p95AtMostTimes = (limit: number): Target => ({
  text: `p95 ≤ ${limit} × its p95`,
  met: ({ samples, baseline }) => percentile(samples, 0.95) <= limit * percentile(baseline?.samples ?? [], 0.95),
});
export const timesFaster = (least: number): Target => ({
  text: `≥ ${least} × faster`,
  met: (figure) => 1 / (ratio(figure) ?? Number.POSITIVE_INFINITY) >= least,
});
export const p95AtMost = (limit: number, unit: Figure['unit']): Target => ({
  text: `p95 ≤ ${limit} ${unit}`,
  met: ({ samples }) => percentile(samples, 0.95) <= limit,
});
export const longestAtMost = (limit: number, unit: Figure['unit']): Target => ({
  text: `≤ ${limit} ${unit}`,
  met: ({ samples }) => Math.max(...samples) <= limit,
});
export const below = (limit: number, unit: Figure['unit']): Target => ({
  text: `< ${limit} ${unit}`,
  met: ({ samples }) => median(samples) < limit,
});

function shown(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Sizes of an archive with the figures taken at each. */
export type FiguresBySize = ReadonlyMap<number, readonly KeptFigure[]>;

/** A figure as it is kept from run to run: whether it met its target is said already. */
export type KeptFigure = Omit<Figure, 'target'> & { readonly verdict?: string | undefined };

export const keptFigure = ({ target, ...figure }: Figure): KeptFigure => ({
  ...figure,
  ...(target === undefined ? {} : { verdict: `${target.text}: ${target.met({ ...figure, target }) ? 'yes' : 'NO'}` }),
});

/** The one table of all sizes: median, p95 and ratio to the baseline of the same run, how medians grew, and the bar at the largest size. */
export function growthTable(bySize: FiguresBySize): string {
  const sizes = [...bySize.keys()].sort((a, b) => a - b);
  const names = [...new Set(sizes.toReversed().flatMap((size) => (bySize.get(size) ?? []).map(({ name }) => name)))];
  const lines = names.map((name) => {
    const found = sizes.map((size) => bySize.get(size)?.find((figure) => figure.name === name));
    const medians = found.map((figure) => (figure === undefined ? Number.NaN : median(figure.samples)));
    return [
      name,
      ...found.map((figure) => (figure === undefined ? '–' : inShort(figure))),
      ...medians.slice(1).map((value, at) => times(value / (medians[at] ?? Number.NaN))),
      found.at(-1)?.verdict ?? '–',
    ];
  });
  const of = (size: number) => size.toLocaleString('en');
  const head = [
    'Figure',
    ...sizes.map(of),
    ...sizes.slice(1).map((size, at) => `${of(sizes[at] ?? 0)} → ${of(size)}`),
    `Bar at ${of(sizes.at(-1) ?? 0)}`,
  ];
  return asMarkdown([head, head.map((_, at) => (at === 0 || at === head.length - 1 ? '---' : '---:')), ...lines]);
}

const times = (value: number): string => (Number.isNaN(value) ? '–' : `${shown(value)} ×`);

/** `4.1 ms (p95 9.2, 2.3 ×)`. */
function inShort(figure: KeptFigure): string {
  const beside = [
    ...(figure.samples.length > 2 ? [`p95 ${shown(percentile(figure.samples, 0.95))}`] : []),
    ...(figure.baseline === undefined ? [] : [times(ratio(figure) ?? Number.NaN)]),
  ];
  return `${shown(median(figure.samples))} ${figure.unit}${beside.length === 0 ? '' : ` (${beside.join(', ')})`}`;
}

/** A figure in one line, said as soon as it is there: of a run that breaks off hours later nothing is lost. */
export function figureLine(figure: Figure): string {
  const { verdict } = keptFigure(figure);
  return `${figure.name}: ${inShort(figure)}${verdict === undefined ? '' : `; ${verdict}`}`;
}

const asMarkdown = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Figures as a Markdown table. */
export function markdownTable(figures: readonly Figure[]): string {
  const lines = figures.map((figure) => {
    const { name, note, unit, samples, baseline, target } = figure;
    const compared = ratio(figure);
    return [
      note === undefined ? name : `${name} (${note})`,
      `${shown(median(samples))} ${unit}`,
      samples.length > 1 ? `${shown(percentile(samples, 0.95))} ${unit}` : '–',
      String(samples.length),
      baseline === undefined ? '–' : `${shown(median(baseline.samples))} ${unit} (${baseline.name})`,
      compared === undefined ? '–' : `${shown(compared)} ×`,
      target === undefined ? '–' : `${target.text}: ${target.met(figure) ? 'yes' : 'NO'}`,
    ];
  });
  return asMarkdown([
    ['Figure', 'Median', 'p95', 'Runs', 'Baseline', 'Ratio', 'Target'],
    ['---', '---:', '---:', '---:', '---:', '---:', '---'],
    ...lines,
  ]);
}
