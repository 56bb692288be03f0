// Adds to package-lock.json the optional platform packages that the registry at hand could not
// show, so that `npm ci` finds the lock file complete on every machine. Such a package is never
// installed here: its `os`, `cpu` and `libc` do not match. Run it after every change of dependencies:
//   npm install --package-lock-only && node build/scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const OPERATING_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = {
  x64: 'x64',
  arm64: 'arm64',
  ia32: 'ia32',
  arm: 'arm',
  riscv64: 'riscv64',
  ppc64: 'ppc64',
  s390x: 's390x',
  wasm32: 'wasm32',
};

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const added = [];
for (const entry of Object.values({ ...lock.packages })) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    if (lock.packages[path] !== undefined) continue;
    const words = name.split(/[-/]/);
    const os = words.find((word) => OPERATING_SYSTEMS.includes(word));
    const cpu = words.find((word) => word in PROCESSORS) ?? 'arm';
    if (os === undefined) continue;
    const libc = os !== 'linux' ? undefined : /musl/.test(name) ? 'musl' : 'glibc';
    lock.packages[path] = {
      version: range.replace(/^[\^~]/, ''),
      cpu: [PROCESSORS[cpu]],
      ...(entry.dev ? { dev: true } : {}),
      ...(libc === undefined ? {} : { libc: [libc] }),
      optional: true,
      os: [os],
    };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'The lock file is complete.' : `Added ${added.length} platform packages.`);
