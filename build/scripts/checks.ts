import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfChanged } from './build-if-changed.ts';
import { electronBinary } from './electron-binary.ts';
import { findOrInstallBrowser } from './installed-browser.ts';
import { ROOT, runNode, say, toolPath } from './processes.ts';

/** What a stage adds to the last line of `npm test`. */
interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly name: string;
  run(): Promise<Count>;
}

const one = (ok: boolean): Count => (ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

const PROJECTS = ['shared', 'electron', 'preload', 'renderer', 'tests'];

async function types(): Promise<Count> {
  let ok = true;
  for (const project of PROJECTS) {
    const config = join('build', 'config', `tsconfig.${project}.json`);
    const { status, output } = await runNode([toolPath('typescript', 'bin', 'tsc'), '--noEmit', '-p', config], {
      output: 'collect',
    });
    if (status !== 0) say(output.trim());
    ok &&= status === 0;
  }
  return one(ok);
}

async function lint(): Promise<Count> {
  const { status, output } = await runNode(
    [toolPath('@biomejs', 'biome', 'bin', 'biome'), 'check', '--diagnostic-level=warn', '--max-diagnostics=50', '.'],
    { output: 'collect' },
  );
  if (status !== 0) say(output.trim());
  return one(status === 0);
}

async function layers(): Promise<Count> {
  const { status, output } = await runNode(
    [
      toolPath('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'err',
      ...['electron', 'renderer', 'shared', 'build/scripts'],
    ],
    { output: 'collect' },
  );
  if (status !== 0) say(output.trim());
  return one(status === 0);
}

/** Counts of a runner that writes a JSON report; a runner that wrote none has failed as a whole. */
async function withReport(runner: (file: string) => Promise<number>, read: (report: unknown) => Count): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-desk-test-'));
  const file = join(folder, 'report.json');
  try {
    const status = await runner(file);
    const count = read(JSON.parse(readFileSync(file, 'utf8')));
    // A runner may fail outside any test (an unhandled rejection, no test found).
    return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  } catch {
    return one(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function numberAt(report: unknown, ...path: readonly string[]): number {
  let value = report;
  for (const key of path) value = (value as Record<string, unknown> | undefined)?.[key];
  return typeof value === 'number' ? value : 0;
}

/**
 * Tests start some hundred processes from the sources: what Node made of a source is kept for the next of them. Code alone, beside
 * the packages.
 */
const KEPT_CODE = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'node') };

function unit(args: readonly string[]): Promise<Count> {
  return withReport(
    async (file) =>
      (
        await runNode(
          [
            toolPath('vitest', 'vitest.mjs'),
            'run',
            '--reporter=default',
            '--reporter=json',
            `--outputFile.json=${file}`,
            ...args,
          ],
          { env: KEPT_CODE },
        )
      ).status,
    (report) => ({
      passed: numberAt(report, 'numPassedTests'),
      failed: numberAt(report, 'numFailedTests') + suiteFailures(report),
    }),
  );
}

/** Test files that could not even be loaded have no tests to count. */
function suiteFailures(report: unknown): number {
  const results = (report as { testResults?: { status?: string; assertionResults?: unknown[] }[] }).testResults ?? [];
  return results.filter((file) => file.status === 'failed' && (file.assertionResults ?? []).length === 0).length;
}

async function endToEnd(args: readonly string[]): Promise<Count> {
  if (!(await buildIfChanged())) return one(false);
  let env: Record<string, string> = {};
  if (electronBinary() === undefined) {
    const browser = await findOrInstallBrowser();
    if (browser === undefined) return one(false);
    env = { DOSSIER_DESK_CHROMIUM: browser };
  }
  return withReport(
    async (file) =>
      (
        await runNode([toolPath('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json', ...args], {
          env: { ...KEPT_CODE, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
        })
      ).status,
    (report) => ({
      passed: numberAt(report, 'stats', 'expected') + numberAt(report, 'stats', 'flaky'),
      failed: numberAt(report, 'stats', 'unexpected'),
    }),
  );
}

/** Runs every stage, whatever fails, and ends with one line over everything. Answers the exit status. */
async function runStages(stages: readonly Stage[]): Promise<number> {
  const total = { passed: 0, failed: 0 };
  for (const stage of stages) {
    say(`── ${stage.name}`);
    const { passed, failed } = await stage.run();
    if (passed + failed <= 1) say(failed === 0 ? 'ok' : 'FAILED');
    total.passed += passed;
    total.failed += failed;
  }
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

const STATIC: readonly Stage[] = [
  { name: 'types', run: types },
  { name: 'lint', run: lint },
  { name: 'layers', run: layers },
];

export const check = (): Promise<number> => runStages(STATIC);

export const testUnit = (args: readonly string[]): Promise<number> =>
  runStages([{ name: 'unit, store and contract tests', run: () => unit(args) }]);

export const testEndToEnd = (args: readonly string[]): Promise<number> =>
  runStages([{ name: 'end-to-end tests', run: () => endToEnd(args) }]);

export const test = (): Promise<number> =>
  runStages([
    ...STATIC,
    { name: 'unit, store and contract tests', run: () => unit([]) },
    { name: 'end-to-end tests', run: () => endToEnd([]) },
  ]);
