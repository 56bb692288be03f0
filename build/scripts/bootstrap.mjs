// First thing every npm script runs, on whatever Node there is (20 or later): installs what is missing, then
// hands over to run-task.ts under the Node 24 that was installed. Plain JavaScript without packages.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const modules = join(root, 'node_modules');
const windows = process.platform === 'win32';
const node24 = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** npm notes in node_modules/.package-lock.json what it installed, when it has finished; compare that with the lock file. */
function isInstalled() {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  const present = readJson(join(modules, '.package-lock.json'))?.packages;
  if (wanted === undefined || present === undefined || !existsSync(node24)) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional === true || present[path]?.version === version,
  );
}

function install() {
  process.stderr.write('Installing the packages (npm ci) …\n');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  return status === 0;
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20) {
  process.stderr.write(`Dossier Desk needs Node 20 or later to set itself up; this is ${process.versions.node}.\n`);
  process.exit(2);
}
if (!isInstalled() && !install()) {
  process.stderr.write('The packages could not be installed; what npm said stands above.\n');
  process.exit(1);
}

const node = major > 24 || (major === 24 && minor >= 12) ? process.execPath : node24;
const { status, signal } = spawnSync(
  node,
  ['--disable-warning=ExperimentalWarning', join(root, 'build', 'scripts', 'run-task.ts'), ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter),
      // Downloads (Electron's binary) go the way the system's proxy settings say.
      NODE_USE_ENV_PROXY: '1',
      ELECTRON_GET_USE_PROXY: '1',
    },
  },
);
process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
