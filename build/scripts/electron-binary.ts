import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode, say, toolPath } from './processes.ts';

const PROBE_MS = 4_000;
const DOWNLOAD_MS = 600_000;

function executableIn(folder: string): string {
  if (process.platform === 'darwin') return join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

/** Path of Electron's program when it is here (its own download, or ELECTRON_OVERRIDE_DIST_PATH). */
export function electronBinary(): string | undefined {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return existsSync(executableIn(override)) ? executableIn(override) : undefined;
  const note = toolPath('electron', 'path.txt');
  if (!existsSync(note)) return undefined;
  const binary = toolPath('electron', 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

async function canReach(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}

/** The same, downloaded if it is missing and its server answers; a machine without a network loses a few seconds at most. */
export async function findOrDownloadElectron(): Promise<string | undefined> {
  const present = electronBinary();
  if (present !== undefined || process.env.ELECTRON_OVERRIDE_DIST_PATH) return present;
  const mirror = process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror;
  if (!(await canReach(mirror || 'https://github.com/electron/electron/releases/'))) return undefined;
  say('Downloading Electron …');
  await runNode([toolPath('electron', 'install.js')], { output: 'collect', timeoutMs: DOWNLOAD_MS });
  return electronBinary();
}
