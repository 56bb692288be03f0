import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNode, say, toolPath } from './processes.ts';

const STAMP = join(ROOT, 'out', '.sources');
const SOURCES = ['electron', 'renderer', 'shared', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];

/** Fingerprint of the sources' paths, sizes and times: any change of a file changes it. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    const stats = statSync(path);
    if (stats.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
  };
  for (const source of SOURCES) visit(join(ROOT, source));
  return hash.digest('hex');
}

/** Builds `out/` with electron-vite. Answers whether it succeeded; shows the log only when it did not. */
export async function build(): Promise<boolean> {
  const before = fingerprint();
  const { status, output } = await runNode([toolPath('electron-vite', 'bin', 'electron-vite.js'), 'build'], {
    output: 'collect',
  });
  if (status !== 0) {
    say(output);
    return false;
  }
  // Of code that is no more.
  rmSync(toolPath('.cache', 'compiled'), { recursive: true, force: true });
  writeFileSync(STAMP, before);
  return true;
}

/** Builds unless `out/` was made from exactly these sources. */
export async function buildIfChanged(): Promise<boolean> {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()) return true;
  say('Building …');
  return build();
}
