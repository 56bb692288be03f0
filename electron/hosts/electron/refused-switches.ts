/**
 * Switches that would open the packaged program to whoever may start it (R19). The fuses cover
 * NODE_OPTIONS and --inspect; these are Chromium's, which no fuse covers.
 */
const REFUSED = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'no-sandbox',
  'disable-web-security',
  'js-flags',
  'load-extension',
  'user-data-dir',
  'disable-gpu-sandbox',
  'single-process',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
] as const;

/** The first refused switch among the arguments, without its value; undefined when there is none. */
export function refusedSwitch(args: readonly string[]): string | undefined {
  for (const argument of args) {
    const name = /^(?:--|\/)([a-z][a-z-]*)/i.exec(argument)?.[1]?.toLowerCase();
    if (name === undefined) continue;
    if (name.startsWith('inspect') || REFUSED.some((refused) => refused === name)) return `--${name}`;
  }
  return undefined;
}
