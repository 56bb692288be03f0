import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { entryPoint } from '../../electron/process/entry-points.ts';
import { measureBinding } from './bench-binding.ts';
import { measureCards } from './bench-cards.ts';
import { growthTable, type KeptFigure, keptFigure, markdownTable } from './bench-measure.ts';
import { measureRecords, RECORD_PARTS } from './bench-records.ts';
import { measureScans } from './bench-scans.ts';
import { buildIfChanged } from './build-if-changed.ts';
import { ROOT } from './processes.ts';

/**
 * `npm run bench -- [--only cards,scans,binding,analyses,history,import] [--cards 10000,100000] [--pages 100,500] [--plain-pages 200] [--papers 500]
 * [--counts papers=2000000,entries=500000] [--figures FILE] [--no-window] [--window-only] [--customers 100000] [--lines 2000000] [--rows 100000] [--out FILE] [--folder DIR] [--archives DIR] [--traces DIR] [--sources]`: the real archive process
 * beside its baselines.
 * Everything is measured against something in the same run, so that the ratios mean something on a busy machine too.
 */
const { values } = parseArgs({
  options: {
    cards: { type: 'string', default: '10000,100000' },
    /** Other numbers of rows than in proportion to the cards: `papers=2000000,entries=500000`. */
    counts: { type: 'string', default: '' },
    /** JSON: figures of other sizes are read from it for the table of growth, and this run's are kept in it. */
    figures: { type: 'string' },
    /** Leaves out what is measured in the window itself. */
    'no-window': { type: 'boolean', default: false },
    /** Leaves out what is not; the other figures that `--figures` has of the size stay. */
    'window-only': { type: 'boolean', default: false },
    pages: { type: 'string', default: '100,500' },
    /** Scanned papers of the year that is bound, four pages each. */
    papers: { type: 'string', default: '500' },
    /** Pages of a volume of cards without scans. */
    'plain-pages': { type: 'string', default: '200' },
    /** Parts to measure, all by default. */
    only: { type: 'string', default: ['cards', 'scans', 'binding', ...RECORD_PARTS].join(',') },
    customers: { type: 'string', default: '100000' },
    lines: { type: 'string', default: '2000000' },
    rows: { type: 'string', default: '100000' },
    out: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
    /** A folder in which filled archives are kept from run to run. */
    archives: { type: 'string' },
    /** A folder for a trace of each act in the window; tracing itself holds it up, so its figures are none. */
    traces: { type: 'string' },
    /** Starts the archive process from its sources instead of building it first. */
    sources: { type: 'boolean', default: false },
  },
});
const numbers = (text: string) =>
  text
    .split(',')
    .map(Number)
    .filter((number) => Number.isInteger(number) && number > 0);
const only = values.only.split(',');
const wanted = (part: string): boolean => only.includes(part);
const say = (line: string): void => console.error(line);

if (!values.sources && !(await buildIfChanged())) process.exit(1);
const entry = values.sources ? entryPoint('archive-process') : join(ROOT, 'out', 'main', 'archive-process.js');

const folder = mkdtempSync(join(values.folder, 'dossier-desk-bench-'));
const remove = (): void => rmSync(folder, { recursive: true, force: true });
process.once('SIGINT', () => {
  remove();
  process.exit(130);
});

const parts: string[] = [
  `Machine: ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}; load at the start ${loadavg()[0]?.toFixed(1) ?? '?'}.`,
];
try {
  if (wanted('scans'))
    parts.push('### Scans', markdownTable(await measureScans(folder, entry, Number(values.papers), say)));
  const bySize = new Map<number, readonly KeptFigure[]>();
  const kept = values.figures;
  if (wanted('cards') && kept !== undefined && existsSync(kept))
    for (const [size, figures] of Object.entries(
      JSON.parse(readFileSync(kept, 'utf8')) as Record<string, KeptFigure[]>,
    ))
      bySize.set(Number(size), figures);
  for (const cards of wanted('cards') ? numbers(values.cards) : []) {
    const { archives, traces } = values;
    const given = values.counts
      .split(',')
      .filter((pair) => pair !== '')
      .map((pair) => pair.split('='));
    const counts = Object.fromEntries(given.map(([name = '', count]) => [name, Number(count)]));
    const figures = await measureCards(
      { folder, entry, cards, archives, traces, counts, window: values['window-only'] ? 'only' : !values['no-window'] },
      say,
    );
    const measured = new Set(figures.map(({ name }) => name));
    const former = values['window-only'] ? (bySize.get(cards) ?? []) : [];
    bySize.set(cards, [...former.filter(({ name }) => !measured.has(name)), ...figures.map(keptFigure)]);
    if (kept !== undefined) writeFileSync(kept, `${JSON.stringify(Object.fromEntries(bySize))}\n`);
    parts.push(`### ${cards.toLocaleString('en')} cards`, markdownTable(figures));
  }
  if (bySize.size > 1) parts.push('### Growth (medians)', growthTable(bySize));
  const [lengths, plain] = wanted('binding') ? [numbers(values.pages), numbers(values['plain-pages'])] : [[], []];
  if (lengths.length + plain.length > 0)
    parts.push('### Binding', markdownTable(await measureBinding(folder, lengths, plain, say)));
  const recordParts = RECORD_PARTS.filter(wanted);
  if (recordParts.length > 0) {
    const [customers = 0, lines = 0, rows = 0] = [values.customers, values.lines, values.rows].map(Number);
    const figures = await measureRecords(
      { folder, entry, sizes: { customers, lines, rows }, parts: recordParts, archives: values.archives },
      say,
    );
    parts.push('### Records', markdownTable(figures));
  }
  parts.push(
    'Ratio: median over median of the baseline, both measured in turn in the same run. Baselines run inside this process, without another process, a log or encryption between.',
  );
} finally {
  remove();
}
const text = `${parts.join('\n\n')}\n`;
console.log(text);
if (values.out !== undefined) writeFileSync(values.out, text);
