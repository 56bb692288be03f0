import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ScreenName } from '../../tests/e2e/screens/desk-frame.ts';
import { Entrance } from '../../tests/e2e/screens/entrance.ts';
import { ask } from '../../tests/e2e/support/desk-archive.ts';
import { openDesk } from '../../tests/e2e/support/launch.ts';
import { say as inWords } from '../../tests/e2e/support/texts.ts';
import { Hand } from './bench-hand.ts';
import { type Figure, longestAtMost } from './bench-measure.ts';
import type { Login } from './bench-plain.ts';
import {
  backUpInWindow,
  openOldCardsInWindow,
  scrollInWindow,
  typeInWindow,
  unlockInWindow,
  watchWindowMemory,
  windowMemory,
} from './bench-window-bars.ts';
import { startToLock } from './bench-window-start.ts';

const STILL_MS = 50;
const ANSWER_MS = 100;
const OPENED = 12;
const SAVED = 6;
const SCROLLS = 60;
const TYPING_MS = 5_000;
const FIELD = 'main input[id^="card-field-"]';

export interface WindowWork {
  readonly folder: string;
  readonly login: Login;
  /** Typed into the search box. */
  readonly words: readonly string[];
  /** Brought in. */
  readonly table: Buffer;
  /** Numbers of cards with many years behind them, and the rows of one by bare SQL. */
  readonly oldCards: readonly string[];
  readonly bareCard: (number: string) => unknown;
  /** False: every page of the archive would take half an hour to read. */
  readonly verified: boolean;
  readonly traces?: string | undefined;
}

/**
 * What the window paints when, how long its own thread is blocked, and how soon it answers, while somebody works at it, keys pressed as a
 * person presses them. No process may have the archive open.
 */
export async function measureWindow(
  { folder, login, words, table, oldCards, bareCard, verified, traces }: WindowWork,
  take: (...figures: readonly Figure[]) => void,
  say: (line: string) => void,
): Promise<void> {
  const dataFolder = mkdtempSync(join(folder, 'window-'));
  const known = await openDesk({ dataFolder });
  await ask(known.page, 'host.rememberVault', { directory: login.directory, name: 'bench', practice: true });
  await known.close();
  const starts = await startToLock(folder, dataFolder);
  if (starts !== undefined) take(starts.figure);
  const desk = await openDesk({ dataFolder });
  const { page } = desk;
  const { keyboard } = page;
  page.setDefaultTimeout(60_000);
  let acts = 0;
  let memory: ReturnType<typeof watchWindowMemory> | undefined;
  const during = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    const endTrace = await startTrace(page, traces !== undefined);
    const idle = idleClock();
    await watchEvents(page);
    await work();
    await page.waitForTimeout(500);
    const slowest = await slowestEvent(page);
    const elsewhere = await idle.stop();
    const trace = await endTrace();
    if (traces !== undefined) writeFileSync(join(traces, `${acts}.json`), trace);
    acts += 1;
    const longest = longestTask(trace);
    take(
      {
        name: `longest task of the window: ${what}`,
        unit: 'ms',
        samples: [longest.lasted],
        baseline: { name: 'longest standstill of a process with nothing to do', samples: [elsewhere] },
        target: longestAtMost(STILL_MS, 'ms'),
      },
      { name: `– of it at work on a processor (${what})`, unit: 'ms', samples: [longest.worked] },
      {
        name: `– longest from a key or press to its picture (${what})`,
        unit: 'ms',
        samples: [slowest],
        target: longestAtMost(ANSWER_MS, 'ms'),
      },
    );
  };
  try {
    const lock = new Entrance(page);
    await lock.secret.waitFor();
    memory = watchWindowMemory(desk.hostPid);
    // As long as it takes to type a secret.
    await page.waitForTimeout(TYPING_MS);
    await lock.unlock(login.secret);
    await page.getByRole('navigation').first().waitFor();
    await page.waitForTimeout(1_000);
    const hand = new Hand(page);
    const go = (screen: ScreenName) => hand.press(`[data-screen="${screen}"]`);
    const command = async (words: string): Promise<void> => {
      await keyboard.press('Control+k');
      await keyboard.insertText(words);
      await hand.until('[role="option"]', words);
      await keyboard.press('Enter');
    };

    await during('screens opened for the first time', async () => {
      for (const screen of ['cards', 'dossiers', 'loans', 'binding', 'audit', 'today'] as const) {
        await go(screen);
        await page.waitForTimeout(600);
      }
    });
    await during('words typed into the search box', async () => {
      await keyboard.press('Control+k');
      for (const word of words) {
        await keyboard.press('Control+a');
        for (const letter of word) {
          await keyboard.insertText(letter);
          await page.waitForTimeout(80);
        }
      }
      await keyboard.press('Escape');
    });
    take(await typeInWindow(page, words));
    take(...(await openOldCardsInWindow(page, hand, oldCards, bareCard)));
    await during('the list of cards is opened and scrolled', async () => {
      await go('cards');
      const row = await hand.until('[role="grid"] [role="row"][aria-rowindex="6"]');
      await page.mouse.move(row.x, row.y);
      for (let step = 0; step < SCROLLS; step += 1) {
        await page.mouse.wheel(0, step % 10 === 9 ? 20_000 : 400);
        await page.waitForTimeout(16);
      }
    });
    await keyboard.press('Home');
    take(await scrollInWindow(page, hand, 'the list of cards'));
    take(...(await backUpInWindow(page, hand, folder, login, say)));
    const openCard = async (at: number): Promise<void> => {
      const row = `[role="grid"] [role="row"][aria-rowindex="${at + 2}"]`;
      await hand.pressTwice(row);
      await hand.until(`${row}[aria-selected="true"]`);
      await hand.until('main h2');
      await page.waitForTimeout(250);
    };
    await during(`${OPENED} cards opened one after the other`, async () => {
      await keyboard.press('Home');
      for (let at = 0; at < OPENED; at += 1) await openCard(at);
    });
    await during(`${SAVED} cards changed and saved`, async () => {
      for (let at = 0; at < SAVED; at += 1) {
        await openCard(at);
        await keyboard.press('e');
        await hand.until(FIELD);
        await page.waitForTimeout(250);
        await keyboard.press('Tab');
        await keyboard.insertText('改');
        await keyboard.press('Control+s');
        await hand.untilGone(FIELD);
        await page.waitForTimeout(250);
      }
    });
    await command(inWords('palette.importTable'));
    // By its path: handed over as bytes it would pass through the window twice.
    const file = join(folder, 'customers.csv');
    writeFileSync(file, table);
    await hand.until('main');
    await page.setInputFiles('main input[type=file]', file);
    await hand.until('button', inWords('imports.try'));
    await during('10,000 rows tried and brought in', async () => {
      await hand.press('button', inWords('imports.try'));
      await hand.until('main', inWords('imports.tried'));
      await hand.press('main footer button:last-child');
      await hand.until('main', inWords('imports.done', { file: 'customers.csv' }));
    });
    await go('binding');
    await hand.press('main nav button', inWords('yearStep.arrange'));
    await during('a volume set and looked at', async () => {
      await hand.press('main button', inWords('binding.preview'));
      await hand.until('[role="dialog"] canvas');
      await page.waitForTimeout(1_000);
      await keyboard.press('Escape');
      await hand.untilGone('[role="dialog"]');
    });
    if (verified) {
      await command(inWords('palette.verify'));
      await during('the log and the files verified', async () => {
        await hand.press('main button', inWords('audit.verifyNow'));
        await hand.until('main', inWords('audit.allGood'));
      });
    }
    take(...windowMemory(memory.stop(), starts?.emptyMemory ?? []));
    // The room that was left comes back: the work of a year in an archive of a million cards is no first screen.
    await go('today');
    take(await unlockInWindow(page, login));
  } finally {
    memory?.stop();
    await desk.close();
  }
}

/** Notes in the window how long each key and press took until its picture was painted (Event Timing, to 8 ms). */
function watchEvents(page: Page): Promise<void> {
  return page.evaluate(() => {
    const scope = window as unknown as { slowest: number; watcher?: PerformanceObserver };
    scope.slowest = 0;
    scope.watcher ??= new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) scope.slowest = Math.max(scope.slowest, duration);
    });
    scope.watcher.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
}

/** The longest since `watchEvents`, milliseconds. */
const slowestEvent = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { slowest: number }).slowest);

const IDLE_CLOCK = `let longest = 0, last = performance.now();
setInterval(() => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; }, 4);
process.on('message', () => process.send(longest, () => process.exit(0)));`;

/**
 * A clock that ticks every few milliseconds in a process that does nothing else: what it misses, the machine kept from everybody.
 * `stop` answers its longest standstill in milliseconds.
 */
function idleClock(): { stop(): Promise<number> } {
  const clock = spawn(process.execPath, ['--eval', IDLE_CLOCK], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  return {
    async stop() {
      const answer = once(clock, 'message') as Promise<[number]>;
      clock.send('stop');
      return (await answer)[0];
    },
  };
}

const TASKS = ['toplevel'];
/** Starting a trace stops the page's thread for a tenth of a second: that is over before anybody works, and does not count. */
const TRACE_STARTS_MS = 1_000;
/** What one wants to see of them in DevTools. */
const IN_DETAIL = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-v8.cpu_profiler',
  'v8.execute',
  'v8',
  'blink.user_timing',
  'latencyInfo',
  'loading',
];

/** Records what Chromium does until the answered function ends it and gives the record (for DevTools' Performance panel). */
async function startTrace(page: Page, detailed: boolean): Promise<() => Promise<Buffer>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Tracing.start', {
    transferMode: 'ReturnAsStream',
    traceConfig: { includedCategories: detailed ? [...TASKS, ...IN_DETAIL] : TASKS, excludedCategories: ['*'] },
  });
  await page.waitForTimeout(TRACE_STARTS_MS);
  return async () => {
    const done = new Promise<string>((resolve) =>
      session.once('Tracing.tracingComplete', ({ stream }) => resolve(stream ?? '')),
    );
    await session.send('Tracing.end');
    const handle = await done;
    const parts: Buffer[] = [];
    for (;;) {
      const { data, eof, base64Encoded } = await session.send('IO.read', { handle, size: 1 << 20 });
      parts.push(Buffer.from(data, base64Encoded ? 'base64' : 'utf8'));
      if (eof) break;
    }
    await session.detach();
    return Buffer.concat(parts);
  };
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** When it began, microseconds. */
  readonly ts: number;
  /** How long it lasted, and of that at work on a processor; microseconds. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The longest task of the page's own thread (W3C Long Tasks: what lasts 50 ms blocks), in milliseconds. A clock of timers does not tell
 * it: Chromium lets timers wait behind keys and pictures.
 */
function longestTask(trace: Buffer): { readonly lasted: number; readonly worked: number } {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: readonly TraceEvent[] };
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(({ ph }) => ph === 'X');
  const begun = tasks.reduce((first, { ts }) => Math.min(first, ts), Number.POSITIVE_INFINITY) + TRACE_STARTS_MS * 1000;
  const longest = tasks
    .filter(({ pid, tid, ts }) => threads.has(`${pid} ${tid}`) && ts >= begun)
    .reduce((former, task) => ((task.dur ?? 0) > (former.dur ?? 0) ? task : former));
  return { lasted: (longest.dur ?? 0) / 1000, worked: (longest.tdur ?? 0) / 1000 };
}
