import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { createPrinter, printSpawner } from '../../electron/print/printer.ts';
import { entryPoint } from '../../electron/process/entry-points.ts';
import { below, type Figure, figureLine, timed, timesFaster } from './bench-measure.ts';
import { benchVolumeHtml, generateBenchVolume, generatePlainVolume } from './bench-print.ts';
import { findOrInstallBrowser } from './installed-browser.ts';
import { run } from './processes.ts';

/** One unmeasured run each, then these. */
const RUNS = 3;
/** Debian's; it takes minutes for 500 pages, and once is enough to tell. */
const WEASYPRINT = 'weasyprint';

/**
 * Binds volumes of these lengths, with scans and of cards alone; beside it Chromium and WeasyPrint print the same cards and scans from one HTML page.
 * What is not installed is said, and gives no baseline.
 */
export async function measureBinding(
  folder: string,
  lengths: readonly number[],
  plain: readonly number[],
  say: (line: string) => void,
): Promise<Figure[]> {
  const executablePath = await findOrInstallBrowser();
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const browser =
    executablePath === undefined
      ? undefined
      : await chromium.launch({ executablePath, args: asRoot ? ['--no-sandbox'] : [] });
  const printer = createPrinter({ spawn: printSpawner(entryPoint('print-process')) });
  const figures: Figure[] = [];
  const weasyPrint = await weasyPrintVersion();
  if (weasyPrint === undefined)
    say('WeasyPrint is not installed (Debian: apt install weasyprint): binding is measured without it.');
  try {
    await printer.warmUp();
    const volumes = [
      ...lengths.map((length) => ({ length, volume: generateBenchVolume(length), scans: true })),
      ...plain.map((length) => ({ length, volume: generatePlainVolume(length), scans: false })),
    ];
    for (const { length, volume, scans } of volumes) {
      say(`binding ${length} pages …`);
      const html = join(folder, `volume-${length}.html`);
      writeFileSync(html, benchVolumeHtml(volume));
      const samples: number[] = [];
      const baseline: number[] = [];
      const weasy = weasyPrint === undefined ? [] : [(await timed(() => printByWeasyPrint(html, folder))) / 1000];
      let pages = 0;
      for (let run = 0; run <= RUNS; run += 1) {
        const bound = await timed(async () => {
          pages = (await printer.printVolume(volume)).pages;
        });
        const printed = browser === undefined ? undefined : await timed(() => printInBrowser(browser, html, folder));
        if (run === 0) continue;
        samples.push(bound / 1000);
        if (printed !== undefined) baseline.push(printed / 1000);
      }
      rmSync(html, { force: true });
      const name = `bind ${length} pages${scans ? '' : ' without scans'} (${pages} with cover and lists)`;
      const unit = 's' as const;
      figures.push({
        name,
        unit,
        samples,
        baseline: browser === undefined ? undefined : { name: 'Chromium prints them', samples: baseline },
        target: scans ? timesFaster(3) : below(2, 's'),
      });
      if (weasyPrint !== undefined)
        figures.push({
          name: '– beside WeasyPrint',
          unit,
          samples,
          baseline: { name: `${weasyPrint} prints them, with its start`, samples: weasy },
          target: timesFaster(15),
        });
      for (const figure of figures.slice(weasyPrint === undefined ? -1 : -2)) say(`  ${figureLine(figure)}`);
    }
  } finally {
    await printer.close();
    await browser?.close();
  }
  return figures;
}

async function weasyPrintVersion(): Promise<string | undefined> {
  const { status, output } = await run(WEASYPRINT, ['--version'], { output: 'collect' });
  return status === 0 ? output.trim() : undefined;
}

async function printByWeasyPrint(html: string, folder: string): Promise<void> {
  const path = join(folder, 'weasyprint.pdf');
  try {
    const { status, output } = await run(WEASYPRINT, ['--quiet', html, path], { output: 'collect' });
    if (status !== 0) throw new Error(`WeasyPrint ended with ${status}: ${output.slice(-500)}`);
  } finally {
    rmSync(path, { force: true });
  }
}

/** Loading and printing; the browser is running already, as the printer's thread is. */
async function printInBrowser(
  browser: Awaited<ReturnType<typeof chromium.launch>>,
  html: string,
  folder: string,
): Promise<void> {
  const page = await browser.newPage();
  const path = join(folder, 'chromium.pdf');
  try {
    await page.goto(pathToFileURL(html).href, { timeout: 0 });
    await page.pdf({ path, preferCSSPageSize: true, printBackground: true, timeout: 0 } as Parameters<
      typeof page.pdf
    >[0]);
  } finally {
    await page.close();
    rmSync(path, { force: true });
  }
}
