import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { createPrinter, printSpawner } from '../../electron/print/printer.ts';
import { entryPoint } from '../../electron/process/entry-points.ts';
import { below, type Figure, timed, timesFaster } from './bench-measure.ts';
import { benchVolumeHtml, generateBenchVolume, generatePlainVolume } from './bench-print.ts';
import { findOrInstallBrowser } from './installed-browser.ts';

/** One unmeasured run each, then these. */
const RUNS = 3;

/** Binds volumes of these lengths, with scans and of cards alone; beside it Chromium prints the same cards and scans. Without a browser there is no baseline. */
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
      figures.push({
        name: `bind ${length} pages${scans ? '' : ' without scans'} (${pages} with cover and lists)`,
        unit: 's',
        samples,
        baseline: browser === undefined ? undefined : { name: 'Chromium prints them', samples: baseline },
        target: scans ? timesFaster(3) : below(2, 's'),
      });
    }
  } finally {
    await printer.close();
    await browser?.close();
  }
  return figures;
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
