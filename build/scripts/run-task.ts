import { join } from 'node:path';
import { build } from './build-if-changed.ts';
import { check, test, testEndToEnd, testUnit } from './checks.ts';
import { dev } from './dev.ts';
import { runNode, say, toolPath } from './processes.ts';
import { start } from './start.ts';

/** What stands behind the scripts of package.json; bootstrap.mjs has installed everything and runs this under Node 24. */
const TASKS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  start,
  dev,
  check,
  test,
  'test:unit': testUnit,
  'test:e2e': testEndToEnd,
  build: async () => ((await build()) ? 0 : 1),
  bench: async (args) => (await runNode([join('build', 'scripts', 'bench.ts'), ...args])).status,
  soak: async (args) => (await runNode([join('build', 'scripts', 'soak.ts'), ...args])).status,
  // A harness beside the tests: it drives the same workloads.
  faults: async (args) => (await runNode([join('tests', 'faults', 'faults.ts'), ...args])).status,
  'sign-update': async (args) => (await runNode([join('build', 'scripts', 'sign-update.ts'), ...args])).status,
  demo: async (args) => (await runNode([join('build', 'scripts', 'demo.ts'), ...args])).status,
  async package(args) {
    if (!(await build())) return 1;
    // `dir`: the unpacked program; installers are made on their own systems (electron-builder.yml).
    return (await runNode([toolPath('electron-builder', 'cli.js'), ...(args.length > 0 ? args : ['--dir'])])).status;
  },
};

const [name = '', ...args] = process.argv.slice(2);
const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
if (task === undefined) {
  say(`Tasks: ${Object.keys(TASKS).join(', ')}`);
  process.exit(2);
}
process.exit(await task(args));
