import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { electronBinary } from '../../../build/scripts/electron-binary.ts';
import { hasDisplay, ROOT } from '../../../build/scripts/processes.ts';
import { findBrowser } from '../../../electron/hosts/chromium/find-browser.ts';
import { startChromiumHost } from '../../../electron/hosts/chromium/start-chromium-host.ts';
import { hostFolders } from '../../../electron/hosts/data-folder.ts';
import type {} from '../../../renderer/gateway/bridge.ts';
import { descendants } from './process-tree.ts';

/** Which host this run drives: Electron where its binary (or ELECTRON_OVERRIDE_DIST_PATH) is, else an installed Chromium. */
export const HOST: 'electron' | 'chromium' = electronBinary() === undefined ? 'chromium' : 'electron';

/** A desk that a test has opened, the same for both hosts. */
export interface Desk {
  readonly page: Page;
  readonly dataFolder: string;
  /** Process that opened the window, and with it everything else. */
  readonly hostPid: number;
  /** Of the archive process; undefined while none runs. */
  archivePid(): Promise<number | undefined>;
  /** What the system says when somebody locks the screen or closes the lid. */
  systemLock(reason: 'screen' | 'suspend'): Promise<void>;
  close(): Promise<void>;
}

export interface DeskOptions {
  /** A folder of an earlier desk, to start a second time; else a new one that `close` removes. */
  readonly dataFolder?: string;
}

async function openOnElectron(dataFolder: string): Promise<Omit<Desk, 'dataFolder'>> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const application = await _electron.launch({
    args: [ROOT, ...(asRoot ? ['--no-sandbox'] : []), '--data-folder', dataFolder],
    cwd: ROOT,
  });
  const page = await application.firstWindow();
  const hostPid = application.process().pid;
  if (hostPid === undefined) throw new Error('Electron has no process.');
  return {
    page,
    hostPid,
    async archivePid() {
      if (process.platform === 'linux') return descendants(hostPid, /NodeService|archive-process/)[0];
      return application.evaluate(
        ({ app }) => app.getAppMetrics().find((each) => each.type === 'Utility' && each.name?.includes('archive'))?.pid,
      );
    },
    systemLock: (reason) =>
      application.evaluate(
        ({ powerMonitor }, event) => void powerMonitor.emit(event),
        reason === 'screen' ? 'lock-screen' : 'suspend',
      ),
    close: () => application.close(),
  };
}

async function openOnChromium(dataFolder: string): Promise<Omit<Desk, 'dataFolder'>> {
  const executable = findBrowser(process.platform, process.env);
  if (executable === undefined) throw new Error('No Chromium is installed.');
  const folders = hostFolders({
    platform: process.platform,
    environment: process.env,
    home: homedir(),
    chosen: dataFolder,
  });
  const host = await startChromiumHost({ executable, folders, headless: !hasDisplay() });
  return {
    page: host.page as Page,
    hostPid: process.pid,
    archivePid: async () => host.core.supervisor.pid,
    systemLock: (reason) => host.core.supervisor.lock(reason),
    close: host.close,
  };
}

/** `DOSSIER_DESK_SLOWER=6`: the window on a processor as many times slower, to find what only works on a fast one. */
async function slowDown(page: Page): Promise<void> {
  const rate = Number(process.env['DOSSIER_DESK_SLOWER'] ?? 1);
  if (rate > 1) await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate });
}

let told = false;

/** Opens the desk in a data folder of its own. */
export async function openDesk({ dataFolder }: DeskOptions = {}): Promise<Desk> {
  if (!told) process.stdout.write(`Host: ${HOST}\n`);
  told = true;
  const folder = dataFolder ?? mkdtempSync(join(tmpdir(), 'dossier-desk-e2e-'));
  const desk = await (HOST === 'electron' ? openOnElectron(folder) : openOnChromium(folder));
  await slowDown(desk.page);
  return {
    ...desk,
    dataFolder: folder,
    async close() {
      await desk.close();
      if (dataFolder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
