import { expect, type Locator, type Page } from '@playwright/test';
import { button, say } from '../support/texts.ts';

export type ScreenName =
  | 'today'
  | 'cards'
  | 'dossiers'
  | 'visits'
  | 'loans'
  | 'lookup'
  | 'copies'
  | 'credit'
  | 'binding'
  | 'revision'
  | 'analysis'
  | 'audit'
  | 'people'
  | 'settings'
  | 'help';

/** What stands around every screen of the desk: rail, search box, lock. */
export class DeskFrame {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get rail(): Locator {
    return this.page.getByRole('navigation', { name: say('app.rail') });
  }

  get work(): Locator {
    return this.page.getByRole('main');
  }

  async go(screen: ScreenName): Promise<void> {
    const item = this.rail.getByRole('button', { name: new RegExp(`^${say(`screen.${screen}`)}`, 'u') });
    await item.click();
    await expect(item).toHaveAttribute('aria-current', 'page');
  }

  /** Through the search box, as a person does who remembers a word of what is wanted. */
  async command(words: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.searchBox.fill(words);
    await this.page.getByRole('option').first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  get searchBox(): Locator {
    return this.page.getByRole('combobox', { name: say('palette.label') });
  }

  get hits(): Locator {
    return this.page.getByRole('group', { name: say('palette.records') }).getByRole('option');
  }

  async search(text: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.searchBox.fill(text);
  }

  async lock(): Promise<void> {
    await this.page.keyboard.press('Control+l');
    await expect(button(this.page, say('lock.open'))).toBeVisible();
  }

  /** One of the short messages at the edge of the window. */
  toast(text: string | RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: text });
  }
}
