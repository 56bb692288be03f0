import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { WINDOW_SCRIPT_OPTIONS } from '../../platform/memory.ts';
import type { RendererFiles } from '../renderer-files.ts';
import { prepareBrowserProfile } from './browser-profile.ts';
import { awaitEarlierBrowser } from './earlier-browser.ts';

/** The invented origin of the window. `.invalid` never resolves, and no request for it leaves the program. */
export const WINDOW_ORIGIN = 'https://desk.archive.invalid';

export interface BrowserWindowOptions {
  readonly executable: string;
  readonly dataFolder: string;
  readonly headless: boolean;
  /** Origin of Vite's server under `npm run dev`; undefined otherwise. */
  readonly developmentServer: string | undefined;
  readonly size: { readonly width: number; readonly height: number };
}

export interface ChromiumWindow {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly origin: string;
}

/**
 * R18, at the level of the browser: no name resolves, no service of its own runs. What needs no name (WebRTC,
 * addresses in digits) is sent to a proxy that does not exist, on this machine's own discard port.
 */
function confiningArguments(developmentServer: string | undefined): string[] {
  const development = developmentServer === undefined ? undefined : new URL(developmentServer);
  return [
    `--host-resolver-rules=MAP * ~NOTFOUND${development === undefined ? '' : `, EXCLUDE ${development.hostname}`}`,
    '--proxy-server=http://127.0.0.1:9',
    `--proxy-bypass-list=${development === undefined ? '<-loopback>' : development.host}`,
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-spell-checking',
    '--disable-translate',
    '--disable-breakpad',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-pings',
  ];
}

/**
 * Starts the browser with a profile of its own below the data folder and one confined page, still empty:
 * the caller installs the bridge, then calls `openDesk`.
 */
export async function launchBrowser(options: BrowserWindowOptions): Promise<ChromiumWindow> {
  const origin = options.developmentServer ?? WINDOW_ORIGIN;
  const asRoot = process.getuid?.() === 0;
  const profile = prepareBrowserProfile(options.dataFolder);
  await awaitEarlierBrowser(profile);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: options.executable,
    headless: options.headless,
    viewport: options.headless ? { ...options.size } : null,
    acceptDownloads: false,
    permissions: [],
    serviceWorkers: 'block',
    // Chromium refuses its sandbox to root; everybody else has it.
    chromiumSandbox: !asRoot,
    ignoreDefaultArgs: ['--enable-automation'],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...confiningArguments(options.developmentServer),
      `--js-flags=${WINDOW_SCRIPT_OPTIONS}`,
      // Hides the bar that warns root of the missing sandbox; it would cover the desk's own head.
      ...(asRoot ? ['--test-type'] : []),
      ...(options.headless ? [] : [`--app=${origin}/`, `--window-size=${options.size.width},${options.size.height}`]),
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return { context, page, origin };
}

/** Denies every way out of the page, and answers the window's own files. Before the first navigation. */
export async function confinePage({ context, page, origin }: ChromiumWindow, files: RendererFiles): Promise<void> {
  context.on('page', (other) => {
    if (other !== page) void other.close().catch(() => {});
  });
  page.on('download', (download) => void download.cancel().catch(() => {}));
  // A page of ours never asks; an answer would keep a script waiting.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));
  await context.route(/.*/, async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    if (url.origin !== origin || request.method() !== 'GET') return route.abort('aborted');
    if (origin !== WINDOW_ORIGIN) return route.continue();
    const file = await files(url.pathname);
    return route.fulfill({ status: file.status, headers: { ...file.headers }, body: file.body });
  });
}

/** Opens the desk, and opens it again should the page ever stand elsewhere. */
export async function openDesk({ page, origin }: ChromiumWindow): Promise<void> {
  await page.goto(`${origin}/`);
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame() && !frame.url().startsWith(`${origin}/`))
      void page.goto(`${origin}/`).catch(() => {});
  });
}
