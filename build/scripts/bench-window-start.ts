import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../../electron/hosts/chromium/find-browser.ts';
import { below, type Figure } from './bench-measure.ts';
import { hasDisplay, ROOT } from './processes.ts';

/** From the start of the program to its lock screen, as people start it, beside an empty page in the same browser. */

const STARTS = 5;
const START_MS = 1_500;
const CLOSING_MS = 5_000;

export interface Shown {
  /** Highest memory of the window's process, megabytes; null where the system does not tell. */
  readonly memory: number | null;
}

export interface Starts {
  readonly figure: Figure;
  /** Memory of an empty page's process, megabytes. */
  readonly emptyMemory: readonly number[];
}

/** The Chromium host alone: undefined where no browser is installed. `dataFolder` knows the archive, so that the window comes up locked. */
export async function startToLock(folder: string, dataFolder: string): Promise<Starts | undefined> {
  if (findBrowser(process.platform, process.env) === undefined) return undefined;
  const samples: number[] = [];
  const empty: number[] = [];
  const emptyMemory: number[] = [];
  for (let run = 0; run < STARTS; run += 1) {
    samples.push((await started('desk', dataFolder)).took);
    const page = await started('empty', mkdtempSync(join(folder, 'empty-')));
    empty.push(page.took);
    if (page.memory !== null) emptyMemory.push(page.memory);
  }
  return {
    figure: {
      name: 'window: start of the program to the lock screen (Chromium host)',
      unit: 'ms',
      samples,
      baseline: { name: 'an empty page in the same host', samples: empty },
      target: below(START_MS, 'ms'),
    },
    emptyMemory,
  };
}

/** Starts a process that says when its page is shown, and ends it. */
async function started(what: 'desk' | 'empty', dataFolder: string): Promise<Shown & { readonly took: number }> {
  const watch = join(ROOT, 'build', 'scripts', 'bench-window-shown.ts');
  const begun = performance.now();
  const child: ChildProcess = fork(
    what === 'desk' ? join(ROOT, 'out', 'main', 'chromium.js') : watch,
    ['--data-folder', dataFolder, ...(hasDisplay() ? [] : ['--headless'])],
    {
      execArgv: what === 'desk' ? ['--import', watch] : [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // What watches is loaded before the program, and with it the library that the program would find compiled.
      env: { ...process.env, NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compiled') },
    },
  );
  const [shown] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([status]) => {
      throw new Error(`The program ended with ${String(status)} before its window was shown`);
    }),
  ])) as [Shown];
  const took = performance.now() - begun;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  // A browser that is asked to close while it starts does not always do so.
  const giveUp = setTimeout(() => child.kill('SIGKILL'), CLOSING_MS);
  await ended;
  clearTimeout(giveUp);
  return { ...shown, took };
}
