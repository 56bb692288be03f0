import { mkdtempSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { systemRandom } from '../../electron/platform/random.ts';
import { deriveFromSecret } from '../../electron/vault/kdf.ts';
import { PRODUCTION_KDF, vaultPaths } from '../../electron/vault/vault.ts';
import { Entrance } from '../../tests/e2e/screens/entrance.ts';
import { ask } from '../../tests/e2e/support/desk-archive.ts';
import { descendants, processExists } from '../../tests/e2e/support/process-tree.ts';
import type { Hand } from './bench-hand.ts';
import { type Figure, median, p95AtMost, timed } from './bench-measure.ts';
import type { Login } from './bench-plain.ts';
import { framesASecond, framesDuring, lastPaint, watchPaints } from './bench-window-paint.ts';

/** The bars of the scale issue that only the window can tell: what is painted when, how smoothly it scrolls, what memory it takes. */

const UNLOCKS = 3;
const BARE_KEYS = 20;
const CARD_FOUND = '[role="option"][data-index="0"]';
/** As long as it takes to type a secret. */
const TYPING_MS = 5_000;
const BETWEEN_LETTERS_MS = 200;
const SCROLLED_MS = 4_000;
const WHEEL_EVERY_MS = 16;
const UNLOCK_MS = 300;
const KEY_MS = 50;
const CARD_MS = 100;
const FRAMES = 50;
const WINDOW_MB = 400;
const MEMORY_EVERY_MS = 250;

/** Locks and unlocks: from Enter behind the secret to the first screen, whole, less what the key's derivation takes alone. */
export async function unlockInWindow(page: Page, login: Login): Promise<Figure> {
  const painted: number[] = [];
  const derivation: number[] = [];
  for (let run = 0; run < UNLOCKS; run += 1) {
    await ask(page, 'host.lock', {});
    const lock = new Entrance(page);
    await lock.secret.waitFor();
    derivation.push(
      await timed(() => deriveFromSecret(login.secret, { ...PRODUCTION_KDF, salt: systemRandom.bytes(16) })),
    );
    await lock.secret.fill(login.secret.slice(0, -1));
    await page.waitForTimeout(TYPING_MS);
    await page.keyboard.press('End');
    await page.keyboard.insertText(login.secret.slice(-1));
    await watchPaints(page, 'main');
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').first().waitFor();
    painted.push((await lastPaint(page)) ?? Number.NaN);
  }
  return {
    name: 'window: first screen after unlock, painted, beyond Argon2id',
    unit: 'ms',
    samples: painted.map((sample) => sample - median(derivation)),
    baseline: { name: 'Argon2id alone', samples: derivation },
    target: p95AtMost(UNLOCK_MS, 'ms'),
  };
}

/** Letters into a bare field with its text beside it, laid into the same window. */
async function bareKeys(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const place = document.createElement('div');
    place.id = 'bench-bare';
    const input = document.createElement('input');
    const output = document.createElement('output');
    place.append(input, output);
    document.body.prepend(place);
    input.addEventListener('input', () => {
      output.textContent = input.value;
    });
    input.focus();
  });
  await watchPaints(page, '#bench-bare output');
  const samples: number[] = [];
  for (let at = 0; at < BARE_KEYS; at += 1) {
    await page.keyboard.press('a');
    const took = await lastPaint(page);
    if (took !== undefined) samples.push(took);
  }
  await page.evaluate(() => document.getElementById('bench-bare')?.remove());
  return samples;
}

/** Words typed into the search box, letter by letter: from the key to its hits, painted. A letter that changes no hit is no sample. */
export async function typeInWindow(page: Page, words: readonly string[]): Promise<Figure> {
  const baseline = { name: 'a letter in a bare field of the same window', samples: await bareKeys(page) };
  await page.keyboard.press('Control+k');
  await page.locator('[role="listbox"]').first().waitFor();
  await watchPaints(page, '[role="dialog"] [role="listbox"], [role="dialog"] [role="status"]');
  const samples: number[] = [];
  for (const word of words) {
    await page.keyboard.press('Control+a');
    for (const letter of word) {
      // A letter that no key has comes as an input method brings it, behind a key that says nothing.
      await page.keyboard.press('Shift');
      await page.keyboard.insertText(letter);
      const took = await lastPaint(page);
      if (took !== undefined) samples.push(took);
      await page.waitForTimeout(BETWEEN_LETTERS_MS);
    }
  }
  await page.keyboard.press('Escape');
  return {
    name: 'window: a letter in the search box, painted',
    unit: 'ms',
    samples,
    baseline,
    target: p95AtMost(KEY_MS, 'ms'),
  };
}

/** Cards with many years behind them, opened by a press in the search box; then each of their tabs. `bare`: the same rows by bare SQL. */
export async function openOldCardsInWindow(
  page: Page,
  hand: Hand,
  numbers: readonly string[],
  bare: (number: string) => unknown,
): Promise<Figure[]> {
  const samples: number[] = [];
  const tabs: number[] = [];
  const baseline: number[] = [];
  let slowest = { tab: '', took: 0 };
  for (const number of numbers) {
    baseline.push(await timed(() => bare(number)));
    await page.keyboard.press('Control+k');
    // What is typed before the box has the focus goes nowhere.
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox');
    await page.keyboard.insertText(number);
    // Its papers, which have its number in their codes, stand behind it.
    await hand.until(CARD_FOUND, number);
    await watchPaints(page, 'main');
    await hand.press(CARD_FOUND, number);
    await hand.until('main h2');
    samples.push((await lastPaint(page)) ?? Number.NaN);
    const names = await page.locator('main [role="tab"]').allTextContents();
    for (const [at, tab] of names.entries()) {
      if (at === 0) continue;
      await hand.press(`main [role="tab"]:nth-of-type(${at + 1})`);
      const took = await lastPaint(page);
      if (took === undefined) continue;
      tabs.push(took);
      if (took > slowest.took) slowest = { tab, took };
    }
  }
  return [
    {
      name: 'window: a card with 500 papers and 30 years, painted',
      unit: 'ms',
      samples,
      baseline: { name: 'its rows by bare SQL', samples: baseline },
      target: p95AtMost(CARD_MS, 'ms'),
    },
    {
      name: '– each of its other tabs, painted',
      note: `slowest: ${slowest.tab}, ${slowest.took.toFixed(0)} ms`,
      unit: 'ms',
      samples: tabs,
      target: p95AtMost(CARD_MS, 'ms'),
    },
  ];
}

async function wheel(page: Page, until: () => boolean): Promise<void> {
  for (let step = 0; !until(); step += 1) {
    await page.mouse.wheel(0, step % 40 < 20 ? 240 : -160);
    await page.waitForTimeout(WHEEL_EVERY_MS);
  }
}

const forAWhile = (): (() => boolean) => {
  const end = performance.now() + SCROLLED_MS;
  return () => performance.now() > end;
};

const smooth = (name: string, rates: readonly number[], idle: readonly number[]): Figure => ({
  name,
  note: `lowest: ${Math.min(...rates).toFixed(0)} in half a second`,
  unit: '/s',
  samples: rates,
  baseline: { name: 'the same window while nothing happens', samples: idle },
  target: { text: `never < ${FRAMES} /s`, met: ({ samples }) => Math.min(...samples) >= FRAMES },
});

/** Frames a second while a list is scrolled, the hand over its rows. */
export async function scrollInWindow(page: Page, hand: Hand, what: string): Promise<Figure> {
  const rows = await hand.until('[role="grid"]');
  await page.mouse.move(rows.x, rows.y);
  const idle = framesASecond(await framesDuring(page, () => page.waitForTimeout(SCROLLED_MS / 2)));
  const rates = framesASecond(await framesDuring(page, () => wheel(page, forAWhile())));
  return smooth(`window: frames a second while ${what} is scrolled`, rates, idle);
}

/** The same while a full backup is made; none where the folder has no room for it. */
export async function backUpInWindow(
  page: Page,
  hand: Hand,
  folder: string,
  login: Login,
  say: (line: string) => void,
): Promise<Figure[]> {
  const needed = 2.1 * statSync(vaultPaths(login.directory).database).size;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < needed) {
    say(`  the window during a backup not measured: it takes ${(needed / 1e9).toFixed(0)} GB of room`);
    return [];
  }
  const place = mkdtempSync(join(folder, 'backup-'));
  try {
    const rows = await hand.until('[role="grid"]');
    await page.mouse.move(rows.x, rows.y);
    const idle = framesASecond(await framesDuring(page, () => page.waitForTimeout(SCROLLED_MS / 2)));
    let running = true;
    const backup = ask(page, 'archive.backup', { file: place, extent: 'full' }).finally(() => {
      running = false;
    });
    const gaps = await framesDuring(page, async () => {
      await wheel(page, () => !running);
      await backup;
    });
    return [smooth('window: frames a second while a list is scrolled and a backup made', framesASecond(gaps), idle)];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * Watches the resident memory of the window's own process from now on, the largest where there are several; `stop` answers the highest, in megabytes.
 * The browser begins the system's own mark anew now and then (for its statistics), so it is read all along. Linux only.
 */
export function watchWindowMemory(hostPid: number): { stop(): number | undefined } {
  if (process.platform !== 'linux') return { stop: () => undefined };
  const windows = descendants(hostPid, /--type=renderer/);
  let highest: number | undefined;
  const look = (): void => {
    for (const pid of windows) {
      if (!processExists(pid)) continue;
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const marked = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
      highest = Math.max(highest ?? 0, marked);
    }
  };
  const timer = setInterval(look, MEMORY_EVERY_MS);
  return {
    stop() {
      look();
      clearInterval(timer);
      return highest;
    },
  };
}

export function windowMemory(highest: number | undefined, empty: readonly number[]): Figure[] {
  if (highest === undefined) return [];
  return [
    {
      name: 'window: memory of its process, highest',
      unit: 'MB',
      samples: [highest],
      ...(empty.length === 0 ? {} : { baseline: { name: 'an empty page in the same host', samples: empty } }),
      target: { text: `≤ ${WINDOW_MB} MB`, met: ({ samples }) => Math.max(...samples) <= WINDOW_MB },
    },
  ];
}
