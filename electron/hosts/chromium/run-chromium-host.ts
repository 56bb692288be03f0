import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import { AppError } from '../../../shared/errors/app-error.ts';
import { hostFolders } from '../data-folder.ts';
import { findBrowser } from './find-browser.ts';
import { startChromiumHost } from './start-chromium-host.ts';

/** Opens the window and waits until it is closed. Answers the status with which the program ends. */
export async function runChromiumHost(): Promise<number> {
  const { values } = parseArgs({
    options: { 'data-folder': { type: 'string' }, headless: { type: 'boolean', default: false } },
    strict: true,
  });
  const executable = findBrowser(process.platform, process.env);
  if (executable === undefined) {
    process.stderr.write(
      'Dossier Desk found no Chromium, Chrome or Edge. Install one, or name it in DOSSIER_DESK_CHROMIUM.\n',
    );
    return 6;
  }
  const folders = hostFolders({
    platform: process.platform,
    environment: process.env,
    home: homedir(),
    chosen: values['data-folder'],
  });
  try {
    const host = await startChromiumHost({
      executable,
      folders,
      headless: values.headless,
      developmentServer: process.env.DOSSIER_DESK_DEV_SERVER,
    });
    const end = (): void => void host.close().catch(() => {});
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    await host.closed;
    return 0;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'CONFLICT') {
      process.stderr.write('Dossier Desk is open already; its window comes forward.\n');
      return 0;
    }
    process.stderr.write(
      `Dossier Desk could not open its window: ${thrown instanceof Error ? thrown.message : 'unknown'}\n`,
    );
    return 6;
  }
}
