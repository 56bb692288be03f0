import { expect, test } from '@playwright/test';
import { HOST, openDesk } from './support/launch.ts';

/** Objects of the window that nobody uses any more; the engine itself leaves them there as long as there is room. */
const FORGOTTEN = 'forgotten';

// The stand-in for Electron does not hand options on to the browser.
test.skip(HOST !== 'chromium', 'the options of the script engine are the browser’s');

test('what the window no longer uses is freed once somebody has worked and rests', async () => {
  const desk = await openDesk();
  const { page } = desk;
  try {
    const isFreed = () =>
      page.evaluate(
        (name) => (globalThis as unknown as Record<string, WeakRef<object>>)[name]?.deref() === undefined,
        FORGOTTEN,
      );
    await page.waitForTimeout(3_000);
    await page.evaluate((name) => {
      (globalThis as unknown as Record<string, WeakRef<object>>)[name] = new WeakRef({
        pages: new Array(100).fill('x'),
      });
    }, FORGOTTEN);
    await page.waitForTimeout(3_000);
    expect(await isFreed()).toBe(false);
    await page.keyboard.press('Shift');
    await expect.poll(isFreed, { timeout: 20_000 }).toBe(true);
  } finally {
    await desk.close();
  }
});
