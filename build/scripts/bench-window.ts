import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Binding } from '../../tests/e2e/screens/binding.ts';
import { Cards } from '../../tests/e2e/screens/cards.ts';
import { DeskFrame } from '../../tests/e2e/screens/desk-frame.ts';
import { Imports } from '../../tests/e2e/screens/imports.ts';
import { ask } from '../../tests/e2e/support/desk-archive.ts';
import { openDesk } from '../../tests/e2e/support/launch.ts';
import { button, say } from '../../tests/e2e/support/texts.ts';
import { type Figure, longestAtMost } from './bench-measure.ts';
import type { Login } from './bench-plain.ts';

const STILL_MS = 50;
const OPENED = 12;
const SAVED = 6;
const SCROLLS = 60;
const LONG_WORK_MS = 600_000;

/**
 * How long the window's own thread stands still while somebody works at it, keys pressed as a person presses them. No process may
 * have the archive open. `words` are typed into the search box; `table` is brought in.
 */
export async function measureWindow(
  folder: string,
  login: Login,
  words: readonly string[],
  table: Buffer,
): Promise<Figure[]> {
  const desk = await openDesk({ dataFolder: mkdtempSync(join(folder, 'window-')) });
  const { page } = desk;
  const { keyboard } = page;
  page.setDefaultTimeout(60_000);
  const figures: Figure[] = [];
  const during = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    await watchThread(page);
    await work();
    const { longest, timers } = await longestStandstill(page);
    figures.push({
      name: `longest standstill of the window: ${what}`,
      unit: 'ms',
      samples: [longest],
      baseline: { name: 'the same window, nobody at work', samples: [timers] },
      target: longestAtMost(STILL_MS, 'ms'),
    });
  };
  try {
    await ask(page, 'archive.unlock', login);
    await ask(page, 'host.rememberVault', { directory: login.directory, name: 'bench', practice: true });
    await page.reload();
    await page.getByRole('navigation').first().waitFor();
    const frame = new DeskFrame(page);
    const cards = new Cards(page);

    await during('screens opened for the first time', async () => {
      for (const screen of ['cards', 'dossiers', 'loans', 'binding', 'audit', 'today'] as const) {
        await frame.go(screen);
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
    await during('the list of cards is opened and scrolled', async () => {
      await frame.go('cards');
      await cards.list.getByRole('row').nth(1).waitFor();
      const box = await cards.list.boundingBox();
      await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 200);
      for (let step = 0; step < SCROLLS; step += 1) {
        await page.mouse.wheel(0, step % 10 === 9 ? 20_000 : 400);
        await page.waitForTimeout(16);
      }
    });
    await during(`${OPENED} cards opened one after the other`, async () => {
      await keyboard.press('Home');
      for (let at = 0; at < OPENED; at += 1) {
        await cards.list
          .getByRole('row')
          .nth(at + 1)
          .dblclick();
        await cards.name.waitFor();
        await page.waitForTimeout(250);
      }
    });
    await during(`${SAVED} cards changed and saved`, async () => {
      for (let at = 0; at < SAVED; at += 1) {
        await cards.list
          .getByRole('row')
          .nth(at + 1)
          .dblclick();
        await cards.name.waitFor();
        await keyboard.press('e');
        await cards.saveButton.waitFor();
        await keyboard.press('Tab');
        await keyboard.insertText('改');
        await keyboard.press('Control+s');
        await cards.saveButton.waitFor({ state: 'detached' });
        await page.waitForTimeout(250);
      }
    });
    await frame.command(say('palette.importTable'));
    await new Imports(page).choose({ name: 'customers.csv', mimeType: 'text/csv', buffer: table });
    await button(page, say('imports.try')).waitFor({ timeout: LONG_WORK_MS });
    await during('10,000 rows tried and brought in', async () => {
      await button(page, say('imports.try')).click();
      await page.getByText(say('imports.tried')).waitFor({ timeout: LONG_WORK_MS });
      await button(page, say('imports.bring')).click();
      await page.getByText(say('imports.done', { file: 'customers.csv' })).waitFor({ timeout: LONG_WORK_MS });
    });
    await during('a volume set and looked at', async () => {
      await frame.go('binding');
      const binding = new Binding(page);
      await binding.step('arrange');
      await button(binding.plan, say('binding.preview')).click();
      await page.getByRole('dialog').locator('canvas').first().waitFor({ timeout: LONG_WORK_MS });
      await page.waitForTimeout(1_000);
      await keyboard.press('Escape');
    });
    await during('the log and the files verified', async () => {
      await frame.command(say('palette.verify'));
      await button(page, say('audit.verifyNow')).click();
      await page.getByRole('heading', { name: say('audit.allGood') }).waitFor({ timeout: LONG_WORK_MS });
    });
  } finally {
    await desk.close();
  }
  return figures;
}

/** A clock that ticks in the window every few milliseconds and notes the longest time between two ticks. */
function watchThread(page: Page): Promise<void> {
  return page.evaluate(() => {
    const scope = window as unknown as { standstill?: { longest: number; stop: boolean } };
    if (scope.standstill !== undefined) scope.standstill.stop = true;
    const watch = { longest: 0, stop: false };
    scope.standstill = watch;
    let last = performance.now();
    const tick = (): void => {
      const now = performance.now();
      watch.longest = Math.max(watch.longest, now - last);
      last = now;
      if (!watch.stop) setTimeout(tick, 4);
    };
    setTimeout(tick, 4);
  });
}

/** The longest standstill since `watchThread`, then the same over a second in which nobody does anything. */
async function longestStandstill(page: Page): Promise<{ longest: number; timers: number }> {
  const read = () => page.evaluate(() => (window as unknown as { standstill: { longest: number } }).standstill.longest);
  const longest = await read();
  await page.waitForTimeout(500);
  await watchThread(page);
  await page.waitForTimeout(1_000);
  return { longest, timers: await read() };
}
