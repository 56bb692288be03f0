import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const USUAL_PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
};

const WINDOWS_PLACES = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Absolute path of an installed Chromium, Chrome or Edge; undefined when there is none.
 * `DOSSIER_DESK_CHROMIUM` names another one.
 */
export function findBrowser(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment.DOSSIER_DESK_CHROMIUM;
  if (named) return isExecutable(named) ? named : undefined;
  if (platform === 'win32') {
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) => environment[name]);
    return roots
      .flatMap((root) => (root ? WINDOWS_PLACES.map((place) => join(root, place)) : []))
      .find((path) => existsSync(path));
  }
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [
    ...ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...(USUAL_PLACES[platform] ?? []),
  ].find(isExecutable);
}
