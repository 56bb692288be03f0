import type { Page } from 'playwright-core';

/** How often the window is looked at while something is waited for. */
const LOOK_EVERY_MS = 100;
const LONGEST_WAIT_MS = 600_000;

/**
 * A hand that drives the window without costing it anything worth measuring: it presses at points, and looks by selectors of CSS and by
 * text alone. Playwright's own locators by role work out the names of everything on the screen, inside the window: up to 100 ms on a
 * card that is being filled in, and tens of megabytes to be collected later, which would be counted as the desk's.
 */
export class Hand {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until something matches the selector; with `words`, something whose text contains them; `free`: with nothing over it. */
  async until(selector: string, words = '', free = false): Promise<{ readonly x: number; readonly y: number }> {
    const found = await this.page.waitForFunction(
      ([wanted, text, uncovered]) => {
        for (const element of document.querySelectorAll(wanted)) {
          if (text !== '' && element.textContent?.includes(text) !== true) continue;
          const { left, top, width, height } = element.getBoundingClientRect();
          const x = left + width / 2;
          const y = top + height / 2;
          if (width > 0 && (!uncovered || element.contains(document.elementFromPoint(x, y)))) return { x, y };
        }
        return null;
      },
      [selector, words, free] as const,
      { polling: LOOK_EVERY_MS, timeout: LONGEST_WAIT_MS },
    );
    const point = await found.jsonValue();
    if (point === null) throw new Error(`nothing matches ${selector}`);
    return point;
  }

  async untilGone(selector: string): Promise<void> {
    await this.page.waitForFunction((wanted) => document.querySelector(wanted) === null, selector, {
      polling: LOOK_EVERY_MS,
      timeout: LONGEST_WAIT_MS,
    });
  }

  async press(selector: string, words = ''): Promise<void> {
    const { x, y } = await this.atRest(selector, words);
    await this.page.mouse.click(x, y);
  }

  async pressTwice(selector: string): Promise<void> {
    const { x, y } = await this.atRest(selector);
    await this.page.mouse.dblclick(x, y);
  }

  /** Where it is, once it stays there and no message lies over it. */
  private async atRest(selector: string, words = ''): Promise<{ readonly x: number; readonly y: number }> {
    for (let before = await this.until(selector, words, true); ; ) {
      await this.page.waitForTimeout(LOOK_EVERY_MS);
      const now = await this.until(selector, words, true);
      if (now.x === before.x && now.y === before.y) return now;
      before = now;
    }
  }
}
