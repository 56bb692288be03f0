#!/usr/bin/env node
// Starts the command line under Node 24, whichever Node was found first: the store's library needs it.
// The bundle where it is up to date, else the sources. Plain JavaScript: this file must run on Node 20.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const bundle = join(root, 'out', 'main', 'cli.js');
const source = join(root, 'electron', 'hosts', 'cli', 'main.ts');

/** Whether a source is newer than `time` (milliseconds). */
function changedSince(folder, time) {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? changedSince(path, time) : statSync(path).mtimeMs > time;
  });
}

function program() {
  if (!existsSync(bundle)) return source;
  const built = statSync(bundle).mtimeMs;
  const stale = ['electron', 'shared'].some(
    (name) => existsSync(join(root, name)) && changedSince(join(root, name), built),
  );
  return stale ? source : bundle;
}

function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(own) ? own : undefined;
}

const node = node24();
if (node === undefined) {
  process.stderr.write('dossier-desk needs Node 24, which `npm ci` (or npm start) installs beside it.\n');
  process.exitCode = 2;
} else {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', program(), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // Ctrl-C reaches the child too; it decides what becomes of the running command.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 6);
  });
}
