import { expect, type Locator, type Page } from '@playwright/test';
import { button, field, say } from '../support/texts.ts';

/** The other room: hand-over, a manager's lookup, and back with the keeper's secret. */
export class ReadingRoom {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async handOver(): Promise<void> {
    await button(this.page, say('lookup.handOver')).first().click();
    await button(this.page.getByRole('dialog'), say('lookup.handOverNow')).click();
    await expect(this.page.getByText(say('lookup.signInText'))).toBeVisible();
  }

  async signIn(login: string, secret: string, purpose: string): Promise<void> {
    await field(this.page, say('start.login')).fill(login);
    await field(this.page, say('lookup.ownSecret')).fill(secret);
    await field(this.page, say('lookup.purpose')).fill(purpose);
    await button(this.page, say('lookup.begin')).click();
  }

  get searchField(): Locator {
    return this.page.getByRole('textbox', { name: say('palette.label') });
  }

  async find(text: string): Promise<void> {
    await this.searchField.fill(text);
    await this.page.keyboard.press('Enter');
  }

  hit(text: string): Locator {
    return this.page
      .getByRole('complementary', { name: say('lookup.search') })
      .getByRole('listitem')
      .filter({ hasText: text });
  }

  get table(): Locator {
    return this.page.getByRole('main', { name: say('lookup.table') });
  }

  async show(view: 'cards' | 'dossiers'): Promise<void> {
    await this.page.getByRole('tab', { name: say(`screen.${view}`) }).click();
  }

  /** The text that lies over everything. */
  get watermark(): Locator {
    return this.page.locator('svg pattern text').first();
  }

  async backToDesk(secret: string): Promise<void> {
    await field(this.page, say('lookup.keeperSecret')).fill(secret);
    await button(this.page, say('lookup.back')).click();
  }
}
