import type { Page } from 'playwright-core';

/** How often the window is looked at while something is waited for. */
const LOOK_EVERY_MS = 100;
const LONGEST_WAIT_MS = 600_000;

/**
 * A hand that drives the window without costing it anything worth measuring: it presses at points, and looks by selectors of CSS and by
 * text alone. Playwright's own locators by role work out the names of everything on the screen, inside the window: up to 100 ms on a
 * card that is being filled in, which would be counted as the desk's.
 */
export class Hand {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until something matches the selector; with `words`, something whose own text contains them. */
  async until(selector: string, words = ''): Promise<{ readonly x: number; readonly y: number }> {
    const found = await this.page.waitForFunction(
      ([wanted, text]) => {
        for (const element of document.querySelectorAll(wanted)) {
          if (text !== '' && element.textContent?.includes(text) !== true) continue;
          const { x, y, width, height } = element.getBoundingClientRect();
          if (width > 0) return { x: x + width / 2, y: y + height / 2 };
        }
        return null;
      },
      [selector, words] as const,
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
    const { x, y } = await this.until(selector, words);
    await this.page.mouse.click(x, y);
  }

  async pressTwice(selector: string): Promise<void> {
    const { x, y } = await this.until(selector);
    await this.page.mouse.dblclick(x, y);
  }
}
