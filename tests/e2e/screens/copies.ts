import { expect, type Locator, type Page } from '@playwright/test';
import { field, say } from '../support/texts.ts';

/** The issuing counter and the lists beside it. */
export class Copies {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get counter(): Locator {
    return this.page.getByRole('region', { name: say('copies.counter') });
  }

  get code(): Locator {
    return this.page.getByLabel(say('copies.codeLabel'));
  }

  get requestForm(): Locator {
    return this.page.getByRole('form', { name: say('copies.requestForm') });
  }

  get consent(): Locator {
    return this.page.getByRole('dialog', { name: say('agreement.title') });
  }

  /** What a scanner does: types fast, ends with Enter. */
  async scan(code: string): Promise<void> {
    await expect(this.code).toBeFocused();
    await this.page.keyboard.type(code);
    await this.page.keyboard.press('Enter');
  }

  /** A new request, by keyboard alone: recipient by initials, customers by a part of their names. */
  async request(recipient: string, customers: readonly string[], purpose: string): Promise<void> {
    const { page } = this;
    await page.keyboard.press('Alt+n');
    await expect(field(this.requestForm, say('copies.column.recipient'))).toBeFocused();
    await page.keyboard.type(recipient);
    await expect(page.getByRole('option')).toHaveCount(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    for (const customer of customers) {
      await field(this.requestForm, say('copies.column.customers')).focus();
      await page.keyboard.type(customer);
      await expect(page.getByRole('option').first()).toBeVisible();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    }
    await field(this.requestForm, say('copies.purpose')).focus();
    await page.keyboard.type(purpose);
    await page.keyboard.press('Enter');
  }

  async show(tab: 'open' | 'requests' | 'overdue' | 'settled' | 'holdings' | 'rounds'): Promise<void> {
    await this.page
      .getByRole('radiogroup', { name: say('copies.show') })
      .getByText(say(`copies.tab.${tab}`), { exact: true })
      .click();
  }

  list(tab: 'open' | 'requests' | 'overdue' | 'settled' | 'holdings'): Locator {
    return this.page.getByRole('grid', { name: say(`copies.tab.${tab}`) });
  }
}
