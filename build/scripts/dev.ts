import { join } from 'node:path';
import { createServer, mergeConfig } from 'vite';
import electronViteConfig from '../../electron.vite.config.ts';
import { electronBinary } from './electron-binary.ts';
import { findOrInstallBrowser } from './installed-browser.ts';
import { ROOT, run, runNode, say, toolPath } from './processes.ts';

/**
 * `npm run dev`: the desk with hot reload. Under Electron by electron-vite; without its binary the renderer's
 * development server and the chromium host from the sources. The data folder is one of its own.
 */
export async function dev(args: readonly string[]): Promise<number> {
  const dataFolder = process.env.DOSSIER_DESK_DATA ?? join(ROOT, 'out', 'dev-data');
  if (electronBinary() !== undefined) {
    const electronVite = [toolPath('electron-vite', 'bin', 'electron-vite.js'), 'dev', '--watch'];
    const root = process.platform === 'linux' && process.getuid?.() === 0 ? ['--noSandbox'] : [];
    return (await runNode([...electronVite, ...root, '--', ...args], { env: { DOSSIER_DESK_DATA: dataFolder } }))
      .status;
  }
  const browser = await findOrInstallBrowser();
  if (browser === undefined) return 1;
  const { renderer } = electronViteConfig;
  const server = await createServer(
    mergeConfig({ ...renderer, configFile: false }, { server: { host: '127.0.0.1', port: 5183, strictPort: false } }),
  );
  await server.listen();
  const address = server.resolvedUrls?.local[0]?.replace(/\/$/, '');
  if (address === undefined) return 1;
  say(`The window reloads as renderer/ changes (${address}). Close it to end.`);
  const { status } = await run(process.execPath, [join('electron', 'hosts', 'chromium', 'main.ts'), ...args], {
    env: { DOSSIER_DESK_DATA: dataFolder, DOSSIER_DESK_DEV_SERVER: address, DOSSIER_DESK_CHROMIUM: browser },
  });
  await server.close();
  return status;
}
