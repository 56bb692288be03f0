import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { electronBinary } from '../../build/scripts/electron-binary.ts';
import { hasDisplay, ROOT } from '../../build/scripts/processes.ts';
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts';
import { startChromiumHost } from '../../electron/hosts/chromium/start-chromium-host.ts';
import { hostFolders } from '../../electron/hosts/data-folder.ts';
import { Entrance } from './screens/entrance.ts';
import { ARCHIVE_NAME, ask, openDeskWithArchive } from './support/desk-archive.ts';
import { HOST, openDesk } from './support/launch.ts';
import { descendants, processExists } from './support/process-tree.ts';

/** Starts the program as a person does: a process of its own. */
function startProgram(dataFolder: string) {
  const binary = electronBinary();
  const folder = ['--data-folder', dataFolder];
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child =
    binary === undefined
      ? spawn(
          process.execPath,
          [
            '--disable-warning=ExperimentalWarning',
            join(ROOT, 'electron/hosts/chromium/main.ts'),
            ...folder,
            ...(hasDisplay() ? [] : ['--headless']),
          ],
          { stdio: 'ignore' },
        )
      : spawn(binary, [ROOT, ...asRoot, ...folder], { stdio: 'ignore' });
  return { child, ended: new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code))) };
}

test('7 · the lock is drawn before the archive process has started', async () => {
  test.skip(HOST !== 'chromium', 'the entry of the archive process is an option of the Chromium host');
  const folder = mkdtempSync(join(tmpdir(), 'dossier-desk-e2e-'));
  const first = await openDesk({ dataFolder: folder });
  const known = { directory: join(folder, 'archive'), name: ARCHIVE_NAME, practice: false };
  await ask(first.page, 'host.rememberVault', known);
  await first.close();
  // A process that never says it is ready.
  const silent = join(folder, 'silent.mjs');
  writeFileSync(silent, 'setInterval(() => {}, 1_000_000);');
  const executable = findBrowser(process.platform, process.env) ?? '';
  const folders = hostFolders({
    platform: process.platform,
    environment: process.env,
    home: homedir(),
    chosen: folder,
  });
  const host = await startChromiumHost({ executable, folders, headless: !hasDisplay(), archiveEntry: silent });
  try {
    await expect(new Entrance(host.page as Page).secret).toBeVisible();
    await expect((host.page as Page).getByText(ARCHIVE_NAME).first()).toBeVisible();
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});

test.describe('a second start', () => {
  let folder: string;
  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dossier-desk-e2e-'));
  });
  test.afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

  test('R38 R47 ends by itself, is kept for the log, and leaves the first window as it was', async () => {
    const desk = await openDeskWithArchive({ dataFolder: folder });
    const second = startProgram(folder);
    expect(await second.ended).toBe(0);
    // The first keeps it for its log (R38); the second has written nothing.
    // The system tells it of the other start, which may have ended before it hears.
    const outerLog = join(desk.vault, 'outer.log');
    await expect.poll(() => existsSync(outerLog) && readFileSync(outerLog, 'utf8')).toContain('start.second');
    const answer = await desk.page.evaluate(() => window.archive.call('host.info', {}, 'still-here'));
    expect(answer.ok).toBe(true);
    await desk.close();
  });

  test('R47 after SIGKILL nothing of the first is left and the next start works', async () => {
    test.skip(process.platform !== 'linux', 'reads /proc');
    const first = startProgram(folder);
    const pid = first.child.pid as number;
    let family: number[] = [];
    await expect
      .poll(
        () => {
          family = descendants(pid, /--type=renderer/).length > 0 ? descendants(pid, /./) : [];
          return family.length;
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(0);
    first.child.kill('SIGKILL');
    await first.ended;
    const desk = await openDesk({ dataFolder: folder });
    expect((await desk.page.evaluate(() => window.archive.call('host.info', {}, 'a'))).ok).toBe(true);
    await expect.poll(() => family.filter(processExists)).toEqual([]);
    await desk.close();
  });
});
