// What the shell script in the place of Electron's binary runs: opens the program archive and runs its main process on Node. Native code finds
// in the archive what it would find there under Electron: nothing. Plain JavaScript; it is copied with the stand-in.
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extract } from './read-archive.ts';

const [, , executable, ...args] = process.argv;
const resources = join(dirname(executable), 'resources');
const opened = join(resources, 'opened', 'app.asar');
if (!existsSync(opened)) {
  mkdirSync(opened, { recursive: true });
  symlinkSync(join(resources, 'app.asar.unpacked'), `${opened}.unpacked`);
  // `fs` under Electron finds unpacked files in the archive too; fonts are read by native code alone and must be asked for where they lie.
  extract(join(resources, 'app.asar'), opened, (path) => !path.endsWith('.ttf') && !path.endsWith('.db'));
}
process.env.STANDIN_OPENED = opened;
process.resourcesPath = resources;
process.argv = [executable, ...args];
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') return { url: new URL('./electron.mjs', import.meta.url).href, shortCircuit: true };
    if (specifier === 'original-fs') return { url: 'node:fs', shortCircuit: true };
    return next(specifier, context);
  },
});
const { main } = JSON.parse(readFileSync(join(opened, 'package.json'), 'utf8'));
await import(pathToFileURL(join(opened, main)).href);
