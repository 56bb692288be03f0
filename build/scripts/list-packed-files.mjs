// electron-builder's afterPack: writes resources/files.json, the SHA-256 of the program archive and of everything that is unpacked beside it.
// The program compares itself with it at start where the system does not do so itself (electron/hosts/electron/own-files.ts, R20).
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** @param {import('electron-builder').AfterPackContext} context */
export default async function listPackedFiles(context) {
  if (context.electronPlatformName === 'darwin') return; // The bundle's own signature covers it.
  const resources = join(context.appOutDir, 'resources');
  const paths = readdirSync(resources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'files.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /^app\.asar/.test(relative(resources, path)))
    .sort();
  const files = Object.fromEntries(
    paths.map((path) => [
      relative(resources, path).split(sep).join('/'),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]),
  );
  writeFileSync(join(resources, 'files.json'), `${JSON.stringify({ v: 1, files }, null, 1)}\n`);
}
