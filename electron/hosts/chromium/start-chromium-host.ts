import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type BindingBridge, installBindingBridge } from '../../bridge/binding-bridge.ts';
import { systemClock } from '../../platform/clock.ts';
import { entryPoint } from '../../process/entry-points.ts';
import { forkSpawner } from '../../process/spawn-archive.ts';
import type { HostFolders } from '../data-folder.ts';
import type { HostCore } from '../host-core.ts';
import { openHostSettings } from '../host-settings.ts';
import type { NativeHost } from '../native-host.ts';
import { rendererFiles } from '../renderer-files.ts';
import { rendererFolder } from '../renderer-folder.ts';
import { confinePage, launchBrowser, openDesk } from './browser-window.ts';
import { takeInstanceLock } from './instance-lock.ts';
import { watchLogind, watchSuspend } from './lock-signals.ts';
import { revealFolder, systemDialogs } from './system-dialogs.ts';

/** By then the browser's processes are on their way, in milliseconds. */
const BROWSER_SPAWNED_MS = 25;

export interface ChromiumHostOptions {
  readonly executable: string;
  readonly folders: HostFolders;
  readonly headless: boolean;
  readonly developmentServer?: string | undefined;
  /** Other entry of the archive process; tests of this host alone start a small one. */
  readonly archiveEntry?: string | undefined;
  readonly rendererFolder?: string | undefined;
}

export interface ChromiumHost {
  readonly page: Page;
  readonly core: HostCore;
  /** Resolves when the window is closed, the archive process gone and the data folder free. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

async function setFullScreen(browser: CDPSession, on: boolean): Promise<void> {
  const { windowId } = await browser.send('Browser.getWindowForTarget');
  await browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState: on ? 'fullscreen' : 'normal' } });
}

/**
 * The fallback host: archive process, bridge and renderer of the product in an app window of an
 * installed Chromium. Throws `AppError` `CONFLICT` when the data folder has a window already, which then comes forward.
 */
export async function startChromiumHost(options: ChromiumHostOptions): Promise<ChromiumHost> {
  const { folders, headless } = options;
  const lock = takeInstanceLock(folders.data);
  if (lock === undefined) throw new AppError('CONFLICT');
  try {
    return await start(options, lock.release, lock.onSecondStart);
  } catch (thrown) {
    lock.release();
    throw thrown;
  }

  async function start(
    { executable, developmentServer, archiveEntry }: ChromiumHostOptions,
    release: () => void,
    onSecondStart: (listener: () => void) => void,
  ): Promise<ChromiumHost> {
    const settings = openHostSettings(folders.data);
    const size = settings.current.window ?? { width: 1360, height: 860 };
    const [window, { createHostCore }] = await Promise.all([
      launchBrowser({ executable, dataFolder: folders.data, headless, developmentServer, size }),
      // With the whole contract; read while the browser's processes start.
      pause(BROWSER_SPAWNED_MS).then(() => import('../host-core.ts')),
    ]);
    const { page, context } = window;
    const browser = await context.newCDPSession(page);
    const dialogs = headless ? undefined : systemDialogs(process.env);
    const watchers: (() => void)[] = [];
    let bridge: BindingBridge | undefined;
    let fullScreen = false;

    const host: NativeHost = {
      kind: 'chromium',
      dialogs: dialogs !== undefined,
      // Chromium cannot keep its window out of screen pictures.
      blocksScreenPictures: false,
      pushEvent: (event) => bridge?.push(event),
      chooseFolder: async (title, startIn) => (await dialogs?.folder(title, startIn)) ?? null,
      chooseSavePath: async (title, suggestedName, startIn) =>
        (await dialogs?.savePath(title, suggestedName, startIn)) ?? null,
      revealFolder: (folder) => (headless ? Promise.resolve(false) : revealFolder(folder)),
      async setLookupRoom(on) {
        fullScreen = on;
        if (!headless) await setFullScreen(browser, on);
      },
      async toggleFullScreen() {
        fullScreen = !fullScreen;
        if (!headless) await setFullScreen(browser, fullScreen);
        return fullScreen;
      },
      onSystemLock: (listener) => void watchers.push(watchSuspend(systemClock, listener), watchLogind(listener)),
      comeForward: () => void page.bringToFront().catch(() => {}),
      quit: () => void context.close().catch(() => {}),
    };

    const entry = archiveEntry ?? entryPoint('archive-process');
    const spawner = forkSpawner(entry, ['--data-folder', folders.data], { besideWindow: true });
    const core = createHostCore(host, settings, folders, spawner);
    onSecondStart(core.secondStart);

    page.once('close', host.quit);
    const closed = new Promise<void>((resolve) => {
      context.once('close', () => {
        for (const stop of watchers) stop();
        void core.supervisor.close().finally(() => {
          release();
          resolve();
        });
      });
    });
    const close = async (): Promise<void> => {
      await context.close();
      await closed;
    };

    try {
      bridge = await installBindingBridge(page, window.origin, core.gate);
      await confinePage(window, rendererFiles(options.rendererFolder ?? rendererFolder()));
      await openDesk(window);
    } catch (thrown) {
      await close();
      throw thrown;
    }
    return { page, core, closed, close };
  }
}
