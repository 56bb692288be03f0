import { join } from 'node:path';
import { buildIfChanged } from './build-if-changed.ts';
import { findOrDownloadElectron } from './electron-binary.ts';
import { findOrInstallBrowser } from './installed-browser.ts';
import { hasDisplay, ROOT, run, runNode, say } from './processes.ts';

/** Chromium starts for root only without its sandbox; everybody else keeps it. */
const rootArguments = (): string[] =>
  process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** A program whose system libraries are missing ends with this status before it has done anything. */
const CANNOT_BE_LOADED = 127;

/** `npm start`: builds and opens the desk; without a display it runs the practice year. Answers the exit status. */
export async function start(args: readonly string[]): Promise<number> {
  if (!(await buildIfChanged())) return 1;
  if (!hasDisplay()) {
    say('There is no display here: running the practice year without a window.');
    return (await runNode([join('build', 'scripts', 'demo.ts')])).status;
  }
  const electron = await findOrDownloadElectron();
  if (electron !== undefined) {
    const { status } = await run(electron, [ROOT, ...rootArguments(), ...args]);
    if (status !== CANNOT_BE_LOADED) return status;
  }
  const browser = await findOrInstallBrowser();
  if (browser === undefined) return 1;
  say(
    electron === undefined
      ? `Electron is not here and cannot be downloaded: opening the desk in ${browser}.`
      : `Electron lacks libraries of this system: opening the desk in ${browser}.`,
  );
  return (await runNode([join('out', 'main', 'chromium.js'), ...args], { env: { DOSSIER_DESK_CHROMIUM: browser } }))
    .status;
}
