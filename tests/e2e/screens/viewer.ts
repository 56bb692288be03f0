import { expect, type Locator, type Page } from '@playwright/test';
import { button, say } from '../support/texts.ts';

/** The viewer of scans and prints, wherever it stands. */
export class Viewer {
  readonly page: Page;
  readonly scope: Page | Locator;

  constructor(page: Page, scope: Page | Locator = page.getByRole('dialog')) {
    this.page = page;
    this.scope = scope;
  }

  get canvas(): Locator {
    return this.scope
      .getByRole('img', { name: say('viewer.page', { page: 1 }) })
      .and(this.page.locator('canvas'))
      .last();
  }

  /** What scrolls; its keys act while it has the focus. */
  get area(): Locator {
    return this.scope.getByRole('region', { name: new RegExp(say('viewer.label', { name: '' }), 'u') });
  }

  get picture(): Locator {
    return this.scope.locator('img');
  }

  /** Dark points of the first page as it is drawn; waits until there are some. */
  async darkPoints(): Promise<number> {
    let dark = 0;
    await expect
      .poll(async () => {
        dark = await this.canvas.evaluate((element) => {
          const canvas = element as HTMLCanvasElement;
          // Just taken away for one of another size.
          if (canvas.width === 0) return 0;
          const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
          let count = 0;
          for (let at = 0; at < data.length; at += 4)
            if ((data[at] ?? 255) < 90 && (data[at + 3] ?? 0) > 200) count += 1;
          return count;
        });
        return dark;
      })
      .toBeGreaterThan(50);
    return dark;
  }

  async size(of: Locator = this.canvas): Promise<{ readonly width: number; readonly height: number }> {
    const box = await of.boundingBox();
    return { width: Math.round(box?.width ?? 0), height: Math.round(box?.height ?? 0) };
  }

  async zoomIn(): Promise<void> {
    await button(this.scope, say('viewer.zoomIn')).click();
  }

  async rotate(): Promise<void> {
    await button(this.scope, say('viewer.rotate')).click();
  }
}
