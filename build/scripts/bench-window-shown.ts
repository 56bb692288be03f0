/**
 * Loaded into the built Chromium host with `--import`, it says to the benchmark that started it when the lock screen is painted; run by itself,
 * when an empty page is, in a window that the host opens.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { launchBrowser, WINDOW_ORIGIN } from '../../electron/hosts/chromium/browser-window.ts';
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts';
import { descendants } from '../../tests/e2e/support/process-tree.ts';

const LOOK_EVERY_MS = 10;

/** Says so once something matches the selector and a frame with it was painted. */
async function sayWhenShown(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelector(wanted) !== null, selector, { polling: LOOK_EVERY_MS });
  await page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve();
          channel.port2.postMessage(0);
        }),
      ),
  );
  process.send?.({ memory: memoryOfWindow() });
}

function memoryOfWindow(): number | null {
  if (process.platform !== 'linux') return null;
  const highest = descendants(process.pid, /--type=renderer/).map((pid) =>
    Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN),
  );
  return highest.length === 0 ? null : Math.max(...highest) / 1024;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { 'data-folder': { type: 'string' }, headless: { type: 'boolean', default: false } },
  });
  const executable = findBrowser(process.platform, process.env);
  const dataFolder = values['data-folder'];
  if (executable === undefined || dataFolder === undefined) throw new Error('a browser and a data folder are needed');
  const size = { width: 1360, height: 860 };
  const { page, context } = await launchBrowser({
    executable,
    dataFolder,
    headless: values.headless,
    developmentServer: undefined,
    size,
  });
  process.once('SIGTERM', () => void context.close().then(() => process.exit(0)));
  await context.route(/.*/, (route) => route.fulfill({ contentType: 'text/html', body: '<p id="empty">–</p>' }));
  await page.goto(`${WINDOW_ORIGIN}/`);
  await sayWhenShown(page, '#empty');
} else {
  const launch = chromium.launchPersistentContext.bind(chromium);
  chromium.launchPersistentContext = async (...given: Parameters<typeof launch>): Promise<BrowserContext> => {
    const context = await launch(...given);
    const page = context.pages()[0] ?? (await context.newPage());
    void sayWhenShown(page, 'input[type="password"]');
    return context;
  };
}
