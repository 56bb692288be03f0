import { existsSync } from 'node:fs';
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts';
import { run, say } from './processes.ts';

/**
 * An installed Chromium, Chrome or Edge; as root on Debian one is installed when there is none.
 * Undefined, after saying what to install, when there is none to be had.
 */
export async function findOrInstallBrowser(): Promise<string | undefined> {
  const present = findBrowser(process.platform, process.env);
  if (present !== undefined) return present;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Installing Chromium (apt-get) …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { output: 'collect', env });
    const { status, output } = await run(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
      {
        output: 'collect',
        env,
      },
    );
    if (status !== 0) say(output);
    const installed = findBrowser(process.platform, process.env);
    if (installed !== undefined) return installed;
  }
  say(
    'No Chromium, Chrome or Edge is installed. Install one (Debian: apt install chromium), or name it in DOSSIER_DESK_CHROMIUM.',
  );
  return undefined;
}
